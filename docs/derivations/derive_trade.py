"""Derive ``zonesim/data/trade.csv``: imported inputs per output from the national input-output accounts of 2017; export shares are assumptions.

    python docs/derivations/derive_trade.py FOLDER

FOLDER holds ``io_sector_accounts_2017_2018_2020.csv``. The groups of sectors are those of ``derive_industries.py``.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from derive_industries import GROUPS

# exports per output of the nation about 2017, rounded; assumption (the accounts at hand hold no exports by sector)
EXPORTS = {
    "agri_food": 0.03, "light": 0.20, "chemicals": 0.07, "pharma_bio": 0.08, "building_materials": 0.04, "metals": 0.06, "urban_minerals": 0.01,
    "equipment": 0.13, "electronics": 0.40, "mining": 0.01, "transport_logistics": 0.05, "producer_services": 0.03, "agriculture": 0.01,
}  # fmt: skip


def main(folder: Path, out: Path) -> None:
    """Write the table."""
    with (folder / "io_sector_accounts_2017_2018_2020.csv").open(encoding="utf-8") as file:
        accounts = {row["code"]: row for row in csv.DictReader(file) if row["year"] == "2017"}
    with (out / "trade.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", "export_share", "import_share"])
        for group in GROUPS:
            imported = sum(float(accounts[code]["imported_intermediate"]) for code in group[3])
            output = sum(float(accounts[code]["gross_output"]) for code in group[3])
            writer.writerow([group[0], f"{EXPORTS.get(group[0], 0.0):.2f}", f"{imported / output:.4f}"])


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(__file__).parents[2] / "zonesim" / "data")
