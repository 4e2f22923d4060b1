"""Speed and memory, measured as ratios in one run: ``make bench``. Writes the table of docs/performance.md to the screen.

The whole quarter with the Lanzhou package in force, one thread; the slow Mesa implementation on the same work; cold and warm commands.
"""

from __future__ import annotations

import argparse
import gc
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tests.benchmarks import sweeps
from tests.slow_mesa import SlowModel, choose_slowly
from zonesim import model as model_module
from zonesim.model import ZoneModel
from zonesim.scenario import load_scenario
from zonesim.scenario.schema import Scenario
from zonesim.steps import entry

LANZHOU = Path(__file__).parents[2] / "scenarios" / "lanzhou"


def scenario_of(n: int) -> Scenario:
    """The Lanzhou plan with about n enterprises: the published counts scaled."""
    factor = n / 14_000
    text = [f"founding.city.{k}.value={max(1, round(v * factor))}" for k, v in (("enterprises", 14_000), ("above_scale", 370), ("high_tech", 230))]
    plain = load_scenario(LANZHOU / "plan_2015.yaml")
    for key, zone in plain.founding.zones.items():
        for name in ("enterprises", "above_scale", "high_tech"):
            text.append(f"founding.zones.{key}.{name}.value={max(1, round(getattr(zone, name).value * factor))}")
    for place in ("city", *[f"zones.{k}" for k in plain.founding.zones]):
        group = plain.founding.city if place == "city" else plain.founding.zones[place[6:]]
        text.append(f"founding.{place}.gdp.value={group.gdp.value * factor}")
        for name in ("enterprises", "above_scale", "high_tech"):
            text.append(f"founding.{place}.{name}.range=[0, 1000000000]")
        text.append(f"founding.{place}.gdp.range=[0, 1000000000]")
    text += [f"founding.city.employment.value={1_600_000 * factor}", "founding.city.employment.range=[0, 1000000000000]"]
    text += [f"founding.{k}.value={v * factor}" for k, v in (("new_energy_tce", 1.5e6), ("new_emission", 7e5), ("new_land_km2", 14.0))]
    text += [f"founding.{k}.range=[0, 1000000000000]" for k in ("new_energy_tce", "new_emission", "new_land_km2")]
    text += [f"founding.city.fixed_asset_investment.value={1250 * factor}", "founding.city.fixed_asset_investment.range=[0, 1000000000]"]
    text += [f"founding.city.retail_sales.value={840 * factor}", "founding.city.retail_sales.range=[0, 1000000000]"]
    text += [f"region.parks.{k}.planned_km2.value={park.planned_km2.value * max(1.0, factor)}" for k, park in plain.region.parks.items()]
    text += [f"region.parks.{k}.planned_km2.range=[0, 1000000000]" for k, park in plain.region.parks.items() if park.planned_km2.assumption]
    text += [f"region.zones.{k}.staff.value={zone.staff.value * max(1.0, factor)}" for k, zone in plain.region.zones.items()]
    text += [f"region.zones.{k}.staff.range=[0, 1000000000]" for k in plain.region.zones]
    return load_scenario(LANZHOU / "plan_2015.yaml", text)


def quarter_seconds(n: int, quarters: int) -> tuple[list[float], int, ZoneModel]:
    """CPU seconds of quarters from the third year on (the package in force), in ascending order."""
    model = ZoneModel(scenario_of(n), 1)
    for _ in range(8 if n <= 200_000 else 2):
        model.step()
    times = []
    for _ in range(quarters):
        start = time.process_time()
        model.step()
        times.append(time.process_time() - start)
    return sorted(times), model.world.enterprises.n, model


@dataclass
class Quarter:
    """The best time of one quarter over several runs."""

    seconds: float
    enterprises: int
    changes: bool  #: opens a year, or its terms are not those of the quarter before


def best_quarters(n: int, runs: int) -> list[Quarter]:
    """The twelve quarters from the third year on, each at its best of several runs: what else runs on the machine only ever adds."""
    scenario = scenario_of(n)
    best: list[Quarter] = []
    for run in range(runs):
        model = ZoneModel(scenario, 1)
        for _ in range(8):
            model.step()
        for k in range(12):
            terms, opens = model.terms, model.quarter % 4 == 0
            start = time.process_time()
            model.step()
            took = time.process_time() - start
            if run == 0:
                best.append(Quarter(took, model.world.enterprises.n, opens or model.terms is not terms))
            best[k].seconds = min(best[k].seconds, took)
    return best


def fixed_rows() -> list[tuple[str, str, str]]:
    """What a quarter costs beside its enterprises: where the line through about 260 and 2,700 of them begins.

    A line through larger worlds would count as fixed what of the cost of an enterprise falls with their number, and be 2,600 enterprises away from where it is read.
    """
    small, large = best_quarters(100, 12), best_quarters(2_000, 8)
    every, quiet = [], []
    for a, b in zip(small, large, strict=True):
        slope = (b.seconds - a.seconds) / (b.enterprises - a.enterprises)
        every.append(a.seconds - slope * a.enterprises)
        if not a.changes:
            quiet.append(every[-1])
    live = int(np.median([one.enterprises for one in large]))
    return [
        ("fixed cost of a quarter, median of twelve", f"{1e3 * float(np.median(every)):.2f} ms", "<= 1 ms"),
        (f"the same, median of the {len(quiet)} without a change of terms", f"{1e3 * float(np.median(quiet)):.2f} ms", "<= 1 ms"),
        (f"a quarter with {live:,} enterprises in all", f"{1e3 * float(np.median([one.seconds for one in large])):.2f} ms", ""),
    ]


# What the slow implementation does, and where the model calls it from.
SAME_STEPS = ((model_module, "produce"), (model_module, "assess_taxes"), (model_module, "close_down"), (entry, "arrive"), (entry, "choose_places"),
              (model_module.sharing, "settle_taxes"))  # fmt: skip


@contextmanager
def timed() -> Iterator[list[float]]:
    """Add up the CPU seconds of the fast kernels of the steps that the slow implementation has."""
    spent = [0.0]

    def wrapped(function: Any) -> Any:
        def call(*arguments: Any, **named: Any) -> Any:
            start = time.process_time()
            result = function(*arguments, **named)
            spent[0] += time.process_time() - start
            return result

        return call

    kept = [(module, name, getattr(module, name)) for module, name in SAME_STEPS]
    for module, name, function in kept:
        setattr(module, name, wrapped(function))
    try:
        yield spent
    finally:
        for module, name, function in kept:
            setattr(module, name, function)


def command_seconds(command: list[str], env: dict[str, str]) -> tuple[float, float]:
    """Return the seconds by the clock and of CPU that a command takes."""
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, env=env, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter() - start, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Run everything and print the table."""
    asked = argparse.ArgumentParser(prog="python -m tests.benchmarks.bench", description=__doc__)
    asked.add_argument("--huge", action="store_true", help="Ten million enterprises too: 4 GB of memory.")
    huge = asked.parse_args().huge
    rows: list[tuple[str, str, str]] = []
    sizes = [100_000, 1_000_000] + ([10_000_000] if huge else [])
    quarter_seconds(2_000, 2)
    rows += fixed_rows()
    for n in sizes:
        times, live, model = quarter_seconds(n, 12 if n <= 200_000 else 4)
        best, median = times[0] * 1e9 / live, float(np.median(times)) * 1e9 / live
        rows.append((f"whole quarter, {live:,} enterprises", f"{best:,.0f} ns per enterprise-quarter at best, {median:,.0f} in the median", "<= 300"))
        if n == sizes[-1]:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
            rows.append(("columns of the table", f"{model.world.enterprises.bytes_per_row()} bytes per enterprise", "<= 300"))
            rows.append((f"peak memory of the process at {live:,}", f"{peak / 2**20:,.0f} MiB", ""))
        del model
        gc.collect()  # model and agents refer to each other: what one size leaves is not memory of the next
    model = ZoneModel(scenario_of(10_000), 1)
    for _ in range(8):
        model.step()
    fast, fast_part = np.inf, np.inf
    for _ in range(6):  # the best of six quarters, as the slow one is timed once
        with timed() as spent:
            start = time.process_time()
            model.step()
            fast, fast_part = min(fast, time.process_time() - start), min(fast_part, spent[0])
    from zonesim.behaviour import arrivals
    from zonesim.behaviour.approval import procedure

    start = time.process_time()
    slow = SlowModel(model.world, model.terms, model.parameters, model.local_part, model.central)
    built = time.process_time() - start
    start = time.process_time()
    slow.agents.do("produce")
    slow.agents.do("pay_taxes")
    slow.share()
    for one in slow.agents:
        one.wants_to_close()
    steps = procedure(model.world, model.terms, model.parameters["approval"])
    applicants = arrivals.arrive(
        model.world, model.terms, model.parameters["arrivals"], model.parameters["promotion"], 1, model.days_of_births(steps), 180.0, 0.25
    )
    choose_slowly(model.world, model.terms, applicants, steps, model.floor_price, model.local_part, model.parameters)
    mesa_time = time.process_time() - start
    rows.append(
        (
            f"slow Mesa on part of the work (production, taxes, exit, choice), {len(slow.agents):,}",
            f"{mesa_time * 1e3:,.0f} ms ({built * 1e3:,.0f} ms to build)",
            "",
        )
    )
    rows.append(("ratio slow Mesa / fast kernels of the same steps at 10^4", f"{mesa_time / fast_part:,.0f} times", ">= 50"))
    rows.append(("ratio slow Mesa part / fast whole quarter at 10^4", f"{mesa_time / fast:,.0f} times", ""))
    command = [sys.executable, "-m", "zonesim", "run", str(LANZHOU / "plan_2015.yaml")]
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "XDG_CACHE_HOME": folder}
        for name in ("NUMBA_CACHE_DIR", "PYTHONDONTWRITEBYTECODE"):  # a user's Python keeps what it compiled of the modules
            env.pop(name, None)
        cold, cpu = command_seconds([*command, "--out", f"{folder}/cold"], env)
        rows.append(("zonesim run of the Lanzhou plan, cold (compiles)", f"{cold:.1f} s ({cpu:.1f} s of CPU)", "<= 60 s"))
        warm = sorted(command_seconds([*command, "--out", f"{folder}/warm"], env) for _ in range(5))
        rows.append(("the same, warm, five times", f"{warm[0][0]:.1f} to {warm[-1][0]:.1f} s (at best {min(cpu for _, cpu in warm):.1f} s of CPU)", "<= 4 s"))
    rows += sweeps.rows(scenario_of(10_000))
    width = max(len(r[0]) for r in rows)
    print(f"{'what':<{width}}  measured / goal")
    for what, got, goal in rows:
        print(f"{what:<{width}}  {got}{'   (goal ' + goal + ')' if goal else ''}")


if __name__ == "__main__":
    main()
