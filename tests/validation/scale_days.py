"""What a representation weight does to days of approval: ``python -m tests.validation.scale_days [RUNS]``; the second table of docs/validation.md."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from zonesim.experiments.compare import indicator_table, run_all
from zonesim.experiments.effects import wide
from zonesim.scenario import load_scenario

SCENARIOS = Path(__file__).parents[2] / "scenarios"
PACKAGES = ("hebei_county/hebei_2020", "lanzhou/plan_2015", "zhangye/zhangye_2018", "pingliang/pingliang_2023")
SCALES, FIRST = (1, 4, 20), {"pingliang": 2024}


def main() -> None:
    """Print the mean days to approve over zones, full years in force and runs, and its standard deviation over runs."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 4
    for package in PACKAGES:
        region = package.partition("/")[0]
        cells = []
        for scale in SCALES:
            scenario = load_scenario(SCENARIOS / f"{package}.yaml", [f"founding.scale={scale}"])
            table = wide(indicator_table(run_all([scenario], runs, 1)), scenario.id)
            rows = table.xs(("zone", "approval_days"), level=("level", "indicator"))
            years = [period for period in rows.index.unique("period") if len(period) == 4 and int(period) >= FIRST.get(region, 2020)]
            values = rows[rows.index.get_level_values("period").isin(years)].to_numpy(dtype=float)
            by_run = np.nanmean(np.where(values > 0, values, np.nan), axis=0)
            cells.append(f"{by_run.mean():6.1f} (sd {by_run.std(ddof=1):.1f})")
        print(f"{package:<30}" + "".join(f"{cell:>22}" for cell in cells), flush=True)


if __name__ == "__main__":
    main()
