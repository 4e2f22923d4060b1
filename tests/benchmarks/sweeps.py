"""The sweep measured: what it costs beside its runs, how well two workers share them, how soon a million planned runs are counted."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import mesa

from tests.slow_mesa import SlowModel, choose_slowly
from zonesim.behaviour import arrivals
from zonesim.behaviour.approval import procedure
from zonesim.experiments.experiment import Experiment
from zonesim.experiments.sweep import sweep
from zonesim.model import ZoneModel
from zonesim.scenario.schema import Scenario

ONE = {"low": 0, "high": 1}


def nothing(settings: Mapping[str, Any], seed: int) -> dict[str, float]:
    """A run that costs nothing."""
    return {"sum": settings["a"] + settings["b"] + settings["c"]}


def busy(settings: Mapping[str, Any], seed: int) -> dict[str, float]:
    """A run of 20 ms of work."""
    end, total = time.process_time() + 0.02, 0.0
    while time.process_time() < end:
        total += 1e-9
    return {"sum": settings["a"] + 0 * total}


def waiting(settings: Mapping[str, Any], seed: int) -> dict[str, float]:
    """A run of 20 ms that needs no processor."""
    time.sleep(0.02)
    return {"sum": settings["a"]}


def experiment(function: str, runs: int) -> Experiment:
    """Runs at the points of a Latin hypercube."""
    return Experiment(model=f"tests.benchmarks.sweeps:{function}", levers={"a": ONE, "b": ONE, "c": ONE}, outcomes=["sum"],
                      design={"method": "latin_hypercube", "samples": runs})  # fmt: skip


def seconds(one: Experiment, workers: int) -> float:
    """Wall seconds from the hundredth run to the last (the start of workers is apart)."""
    marks: list[float] = []

    def progress(finished: int, total: int, failed: int) -> None:
        if finished in (100, total):
            marks.append(time.perf_counter())

    with tempfile.TemporaryDirectory() as folder:
        sweep(one, Path(folder) / "s", workers=workers, progress=progress)
    return marks[1] - marks[0]


def status_of_a_million() -> tuple[float, float]:
    """Seconds to plan a million runs, and of ``zonesim status`` on them."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        sweep(experiment("nothing", 1_000_000), Path(folder) / "s", workers=0, limit=1)
        planned = time.perf_counter() - start
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", "from zonesim.cli import main; main()", "status", f"{folder}/s"], capture_output=True, text=True, check=True
        )
        took = time.perf_counter() - start
        assert "1 of 1,000,000 runs done" in done.stdout, done.stdout
        return planned, took


class SlowRun(mesa.Model):  # type: ignore[misc]
    """A run of the slow implementation's part of the work (production, taxes, exit, choice of place), as ``mesa.batch_run`` makes it."""

    scenario: Scenario

    def __init__(self, share: float = 1.0, rng: Any = None) -> None:
        super().__init__(rng=rng)
        self.fast = model = ZoneModel(self.scenario, 1)
        self.slow = SlowModel(model.world, model.terms, model.parameters, model.local_part, model.central)
        self.left = self.scenario.n_quarters
        self.datacollector = mesa.DataCollector(model_reporters={"quarters": "left"})

    def step(self) -> None:
        """One quarter."""
        model = self.fast
        self.slow.agents.do("produce")
        self.slow.agents.do("pay_taxes")
        self.slow.share()
        for one in self.slow.agents:
            one.wants_to_close()
        steps = procedure(model.world, model.terms, model.parameters["approval"])
        applicants = arrivals.arrive(
            model.world, model.terms, model.parameters["arrivals"], model.parameters["promotion"], 1, model.days_of_births(steps), 180.0
        )
        choose_slowly(model.world, model.terms, applicants, steps, model.floor_price, model.local_part, model.parameters)
        self.left -= 1
        self.running = self.left > 0
        self.datacollector.collect(self)


def against_mesa(scenario: Scenario) -> float:
    """How many times as many runs the sweep of the whole model does in a second as ``mesa.batch_run`` does of the slow implementation's part of it."""
    SlowRun.scenario = scenario
    quarters = scenario.n_quarters
    start = time.perf_counter()
    mesa.batch_run(SlowRun, {"share": [0.5, 1.0]}, iterations=1, max_steps=quarters, number_processes=1, display_progress=False)
    slow = (time.perf_counter() - start) / 2
    one = Experiment(scenario=scenario, levers={"tax_increment_return_share": {"low": 0, "high": 1}}, outcomes=[{"indicator": "gdp", "place": "etdz"}],
                     design={"method": "latin_hypercube", "samples": 30})  # fmt: skip
    marks: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        sweep(one, Path(folder) / "s", workers=1, progress=lambda finished, total, failed: marks.append(time.perf_counter()))
    return slow / ((marks[-1] - marks[4]) / (len(marks) - 5))


def rows(scenario: Scenario) -> list[tuple[str, str, str]]:
    """Measure everything; rows of (what, measured, goal)."""
    runs = 20_000
    overhead = seconds(experiment("nothing", runs), 2) / (runs - 100)
    alone, shared = seconds(experiment("busy", 400), 1), seconds(experiment("busy", 400), 2)
    idle = seconds(experiment("waiting", 400), 1) / seconds(experiment("waiting", 400), 2) / 2
    planned, status = status_of_a_million()
    return [
        ("sweep: cost beside the run, 2 workers", f"{1e3 * overhead:.2f} ms a run", "<= 1 ms"),
        ("sweep: efficiency of 2 workers, runs of 20 ms", f"{alone / shared / 2:.2f}", ">= 0.85 on an idle machine"),
        ("sweep: the same with runs that wait instead of working", f"{idle:.2f}", ">= 0.85"),
        ("sweep: planning a million runs", f"{planned:.0f} s", ""),
        ("sweep: status of a million planned runs", f"{status:.2f} s", "<= 2 s"),
        ("sweep of the whole model against mesa.batch_run of the slow part, 10^4 enterprises, 1 worker", f"{against_mesa(scenario):,.0f} times", ">= 50"),
    ]
