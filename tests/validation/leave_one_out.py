"""What each measure of the Lanzhou plan adds to it: ``python -m tests.validation.leave_one_out [PAIRS]``; the figures of docs/validation.md."""

from __future__ import annotations

import sys
from pathlib import Path

from zonesim.experiments.compare import indicator_table, run_all
from zonesim.experiments.effects import paired_effects
from zonesim.scenario import load_scenario

LANZHOU = Path(__file__).parents[2] / "scenarios" / "lanzhou"
COARSE = ["founding.scale=5"]
READ = [("zone", "etdz", "gdp", "2020"), ("city", "lanzhou", "gdp", "2020")]


def main() -> None:
    """Print the effect of the whole plan, and of each measure beside all others, on the product of zone and city in 2020 (10^8 CNY), the largest first."""
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    plan = load_scenario(LANZHOU / "plan_2015.yaml", COARSE)
    names = list(plan.resolved["policies"])
    without = {name: load_scenario(LANZHOU / "plan_2015.yaml", [*COARSE, f"policies.{name}=null", "id=without"]) for name in names}
    baseline = load_scenario(LANZHOU / "baseline.yaml", COARSE)
    rows = []
    for name, other in {"the whole plan": baseline, **without}.items():
        runs = run_all([other, plan], pairs, 1)
        effects = paired_effects(indicator_table(runs), runs[0].scenario, runs[-1].scenario).set_index(["level", "place", "indicator", "period"])
        rows.append((name, *(effects.loc[key] for key in READ)))
    width = max(len(name) for name in names)
    for name, *found in sorted(rows, key=lambda row: -abs(row[1]["effect"])):
        print(f"{name:<{width}}  " + "  ".join(f"{one['effect']:+7.2f} ({one['low']:+.2f} to {one['high']:+.2f})" for one in found))


if __name__ == "__main__":
    main()
