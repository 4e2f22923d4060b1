"""How long a report takes: 5 scenarios of Lanzhou with 20 replications each, from stored results to the page; ``python -m tests.benchmarks.reports``.

The rows of a run do not depend on how many enterprises it has, so two replications of a small world are run and repeated with noise.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

from zonesim.experiments.effects import paired_effects
from zonesim.experiments.study import study
from zonesim.results import Results
from zonesim.scenario import load_scenario

LANZHOU = Path(__file__).parents[2] / "scenarios" / "lanzhou"
SHARES = (0.7, 0.1, 0.4, 1.0)
REPEATED = 10  # times two replications


def stored(folder: Path, end: str = "2020Q4") -> tuple[int, float]:
    """Store results of 5 scenarios with 20 replications; return rows of indicators and seconds of writing."""
    small = [f"horizon.end={end}", "founding.scale=20"]
    plan = LANZHOU / "plan_2015.yaml"
    reforms = [load_scenario(plan, [*small, f"id=return_{k}", f"policies.tax_return.tax_increment_return_share={share}"]) for k, share in enumerate(SHARES)]
    results = study([load_scenario(LANZHOU / "baseline.yaml", small), *reforms], 2, 1, workers=2)
    for name in ("indicators", "ledger", "breakdown"):
        setattr(results, name, _repeated(getattr(results, name), "amount" if name == "ledger" else "value"))
    ids = [one["id"] for one in results.run["scenarios"]]
    results.effects = pd.concat([paired_effects(results.indicators, ids[0], one).assign(scenario=one) for one in ids[1:]], ignore_index=True)
    results.run = {**results.run, "replications": 2 * REPEATED, "run_seeds": list(range(2 * REPEATED))}
    begun = time.perf_counter()
    results.save(folder)
    return len(results.indicators), time.perf_counter() - begun


def _repeated(table: pd.DataFrame, number: str) -> pd.DataFrame:
    luck = np.random.default_rng(0)
    parts = [
        table.assign(replication=(table["replication"] + 2 * k).astype(np.int32), **{number: table[number] * luck.normal(1, 0.02, len(table))})
        for k in range(REPEATED)
    ]
    whole = pd.concat(parts, ignore_index=True)
    return whole.sort_values("indicator", kind="stable", ignore_index=True) if "indicator" in whole.columns else whole


def report_seconds(folder: Path, page: Path, *more: str) -> tuple[float, float]:
    """Return seconds and processor seconds of the command."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([sys.executable, "-m", "zonesim", "report", str(folder), "--out", str(page), *more], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter() - begun, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure and print."""
    argparse.ArgumentParser(prog="python -m tests.benchmarks.reports", description=__doc__).parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder, page = Path(place) / "results", Path(place) / "report.html"
        rows, writing = stored(folder)
        size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
        print(f"5 scenarios x 20 replications: {rows:,} rows of indicators, {size:.0f} MB, saved in {writing:.1f} s")
        for name, more in (("whole report", ()), ("one figure", ("--figure", "time", "--lang", "en"))):
            target = page if not more else page.with_suffix(".json")
            seconds, used = min(report_seconds(folder, target, *more) for _ in range(2))
            print(f"{name}: {seconds:.1f} s ({used:.1f} s of processor), {target.stat().st_size / 1e6:.1f} MB")
        begun = time.perf_counter()
        Results.load(folder)
        print(f"loading every table: {time.perf_counter() - begun:.1f} s")


if __name__ == "__main__":
    main()
