"""Derive ``zonesim/data/industries.csv`` and ``input_output.csv`` from the national input-output accounts of 2017.

    python docs/derivations/derive_industries.py FOLDER

FOLDER holds ``io_sector_accounts_2017_2018_2020.csv`` and ``io_domestic_coefficients_2017.csv`` (National Bureau of
Statistics, 42 sectors). Sums, shares and output-weighted coefficients are derived; what the accounts do not hold
(energy, water and emission intensities, wages, land per capital, the split of pharma out of chemicals) is an assumption
that stands in this file.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import numpy as np

DEPRECIATION_RATE = 0.096  # Zhang Jun et al. 2004
PHARMA_IN_CHEMICALS = 0.20  # assumption: pharma's part of chemical products' value added
# id, zh, en, IO sectors, sector of the three, industrial, tradable, land use, tier, VAT class, business tax before 2016,
# high pollution, high energy, overcapacity, chemical, land factor, energy, water, emission, wage, zone prior, high-tech prior
GROUPS = [
    ("agri_food", "农副食品", "Agri-food processing", ["06"], 2, 1, 1, "industrial", 1, "goods", 0, 0, 0, 0, 0, 1.2, 0.5, 20, 0.8, 3.6, 24.2, 0.3),
    ("light", "轻工纺织", "Light industry and textiles", ["07", "08", "09", "10"], 2, 1, 1, "industrial", 1, "goods", 0, 0, 0, 0, 0, 1.1, 0.6, 25, 0.9, 3.4, 11.1, 0.2),
    ("chemicals", "石化化工", "Petrochemicals and chemicals", ["11", "12"], 2, 1, 1, "industrial", 2, "goods", 0, 1, 1, 0, 1, 1.1, 3.0, 60, 2.2, 5.2, 18.5, 0.8),
    ("pharma_bio", "生物医药", "Pharmaceuticals and biotechnology", ["12"], 2, 1, 1, "industrial", 3, "goods", 0, 0, 0, 0, 0, 0.8, 0.5, 30, 0.7, 4.8, 20.8, 2.0),
    ("building_materials", "建材", "Building materials", ["13"], 2, 1, 1, "industrial", 1, "goods", 0, 1, 1, 1, 0, 1.3, 4.0, 20, 2.4, 3.8, 10.4, 0.3),
    ("metals", "冶金有色", "Metals", ["14", "15"], 2, 1, 1, "industrial", 1, "goods", 0, 1, 1, 1, 0, 1.0, 4.5, 25, 2.0, 4.6, 11.8, 0.5),
    ("urban_minerals", "城市矿产", "Urban minerals and recycling", ["22"], 2, 1, 1, "industrial", 2, "goods", 0, 0, 0, 0, 0, 1.3, 1.2, 15, 1.2, 3.6, 4.0, 0.5),
    ("equipment", "装备制造", "Equipment", ["16", "17", "18", "19", "21", "23"], 2, 1, 1, "industrial", 3, "goods", 0, 0, 0, 0, 0, 0.9, 0.3, 8, 0.35, 4.9, 36.2, 1.5),
    ("electronics", "电子信息", "Electronics", ["20"], 2, 1, 1, "industrial", 3, "goods", 0, 0, 0, 0, 0, 0.6, 0.25, 10, 0.25, 5.2, 3.6, 2.5),
    ("energy", "能源电力", "Energy and utilities", ["24", "25", "26"], 2, 1, 0, "industrial", 2, "goods", 0, 1, 1, 0, 0, 0.7, 4.0, 50, 2.0, 6.6, 4.0, 0.2),
    ("mining", "采矿", "Mining", ["02", "03", "04", "05"], 2, 1, 1, "industrial", 1, "goods", 0, 1, 1, 1, 0, 1.0, 1.8, 20, 1.2, 5.6, 4.0, 0.1),
    ("construction", "建筑", "Construction", ["27"], 2, 0, 0, "none", 1, "second", 1, 0, 0, 0, 0, 0.0, 0.25, 5, 0.3, 4.3, 0.0, 0.0),
    ("transport_logistics", "交通物流", "Transport and logistics", ["29"], 3, 0, 1, "producer_service", 2, "second", 0.5, 0, 0, 0, 0, 0.35, 1.0, 5, 0.5, 5.4, 4.0, 0.1),
    ("producer_services", "生产性服务", "Producer services", ["31", "32", "34", "35", "36"], 3, 0, 0, "producer_service", 3, "services", 0.8, 0, 0, 0, 0, 0.10, 0.10, 3, 0.05, 6.4, 4.0, 0.6),
    ("consumer_services", "生活性服务", "Trade, real estate and consumer services", ["28", "30", "33", "38", "41"], 3, 0, 0, "commercial", 1, "services", 0.45, 0, 0, 0, 0, 0.10, 0.15, 8, 0.1, 3.8, 0.0, 0.0),
    ("other", "公共服务", "Public services", ["37", "39", "40", "42"], 3, 0, 0, "none", 1, "services", 0.0, 0, 0, 0, 0, 0.0, 0.10, 6, 0.05, 5.0, 0.0, 0.0),
    ("agriculture", "农业", "Agriculture", ["01"], 1, 0, 1, "none", 1, "goods", 0, 0, 0, 0, 0, 0.0, 0.15, 600, 0.3, 2.4, 0.0, 0.0),
]  # fmt: skip
NAMES = [
    "id", "zh", "en", "three_industry", "is_industrial", "is_tradable", "land_use", "tier", "vat_class",
    "business_tax_before_2016", "high_pollution", "high_energy", "overcapacity", "chemical", "national_value_added",
    "labour_share", "value_added_ratio", "production_tax_share", "depreciation_share", "surplus_share",
    "capital_per_value_added", "land_m2_per_capital", "energy_intensity", "water_intensity", "emission_intensity",
    "wage_10k_per_year", "zone_prior", "hightech_prior",
]  # fmt: skip
LAND_PER_CAPITAL = 2000 / 3 / 300  # m2 per 10k CNY: 300 (10k CNY/mu), between Qinghai 2016 (285) and the nation 2020 (599)


def main(folder: Path, out: Path) -> None:
    """Write both tables."""
    with (folder / "io_sector_accounts_2017_2018_2020.csv").open(encoding="utf-8") as file:
        accounts = {row["code"]: row for row in csv.DictReader(file) if row["year"] == "2017"}
    with (folder / "io_domestic_coefficients_2017.csv").open(encoding="utf-8") as file:
        table = list(csv.reader(file))
    codes = table[0][1:]
    coefficients = np.array([[float(v) for v in row[1:]] for row in table[1:]])
    output = np.array([float(accounts[c]["gross_output"]) for c in codes])
    n = len(GROUPS)
    weight = np.zeros((n, len(codes)))  # part of each sector that belongs to each group
    for g, group in enumerate(GROUPS):
        for code in group[3]:
            share = 1.0
            if code == "12":
                share = PHARMA_IN_CHEMICALS if group[0] == "pharma_bio" else 1 - PHARMA_IN_CHEMICALS
            weight[g, codes.index(code)] = share
    flows = weight @ (coefficients * output[None, :]) @ weight.T
    group_output = weight @ output
    with (out / "input_output.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["input", *[group[0] for group in GROUPS]])
        for g, group in enumerate(GROUPS):
            writer.writerow([group[0], *[f"{flows[g, h] / group_output[h]:.6f}" for h in range(n)]])

    def total(g: int, key: str) -> float:
        return float(sum(weight[g, k] * float(accounts[c][key]) for k, c in enumerate(codes)))

    manufacturing = [g for g, group in enumerate(GROUPS) if group[5] and group[0] not in ("energy", "mining")]
    mean_emission = sum(GROUPS[g][18] * total(g, "value_added") for g in manufacturing) / sum(total(g, "value_added") for g in manufacturing)
    with (out / "industries.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(NAMES)
        for g, group in enumerate(GROUPS):
            added = total(g, "value_added")
            tax, depreciation = max(0.0, total(g, "net_production_tax")) / added, total(g, "depreciation") / added
            labour = total(g, "compensation") / (added - max(0.0, total(g, "net_production_tax")))
            labour = min(labour, 0.75)  # self-employed income is booked as compensation in farming and small trade
            ratio = min(4.0, max(1.2, depreciation / DEPRECIATION_RATE))
            writer.writerow([
                group[0], group[1], group[2], *group[4:15], round(added / 1e4), f"{labour:.4f}",
                f"{added / total(g, 'gross_output'):.4f}", f"{tax:.4f}", f"{depreciation:.4f}", f"{total(g, 'operating_surplus') / added:.4f}",
                f"{ratio:.3f}", f"{LAND_PER_CAPITAL * group[15]:.4f}", group[16], group[17],
                f"{group[18] / mean_emission:.4f}", group[19], group[20], group[21],
            ])  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(__file__).parents[2] / "zonesim" / "data")
