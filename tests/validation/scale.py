"""What a representation weight does to results: ``python -m tests.validation.scale [PAIRS]``; the table of docs/validation.md."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np

from zonesim.experiments.compare import indicator_table, run_all
from zonesim.experiments.effects import paired_effects, wide
from zonesim.model import ZoneModel
from zonesim.scenario import load_scenario

LANZHOU = Path(__file__).parents[2] / "scenarios" / "lanzhou"
READ = [("zone", "etdz", "gdp"), ("zone", "etdz", "employment"), ("zone", "etdz", "enterprises"), ("city", "lanzhou", "gdp"), ("city", "lanzhou", "employment")]


def main() -> None:
    """Print level, spread over seeds, and effect of the plan in 2020 for scales 1, 2, 5 and 10."""
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    print("scale   rows  s/run  " + "".join(f"{f'{place} {name}':>50}" for _, place, name in READ))
    for scale in (1, 2, 5, 10):
        two = [load_scenario(LANZHOU / f"{name}.yaml", [f"founding.scale={scale}"]) for name in ("baseline", "plan_2015")]
        start = time.perf_counter()
        runs = run_all(two, pairs, 1)
        took = (time.perf_counter() - start) / len(runs)
        rows = ZoneModel(two[0], 1).world.enterprises.n
        table = indicator_table(runs)
        base = wide(table, runs[0].scenario)
        effects = paired_effects(table, runs[0].scenario, runs[-1].scenario).set_index(["level", "place", "indicator", "period"])
        cells = []
        for key in READ:
            values = np.asarray(base.xs((*key, "2020"), level=("level", "place", "indicator", "period")).to_numpy()[0])
            effect = effects.loc[(*key, "2020")]
            cells.append(f"{values.mean():,.4g} sd {values.std(ddof=1):,.2g} / {effect['effect']:+,.3g} ({effect['low']:,.3g}..{effect['high']:,.3g})")
        print(f"{scale:>5}  {rows:>5}  {took:5.2f}  " + "".join(f"{cell:>50}" for cell in cells), flush=True)


if __name__ == "__main__":
    main()
