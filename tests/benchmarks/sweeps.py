"""The sweep measured: what it costs beside its runs, how well two workers share them, how soon a million planned runs are counted.

The comparison with EMA Workbench is made when it is installed, which the project does not ask for (``docs/performance.md`` says how).
"""

from __future__ import annotations

import functools
import importlib.util
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import mesa

from tests.slow_mesa import SlowModel, choose_slowly
from zonesim.accounts import sharing
from zonesim.behaviour import arrivals
from zonesim.behaviour.approval import procedure
from zonesim.behaviour.demography import close_down
from zonesim.behaviour.location import choose_places
from zonesim.behaviour.production import produce
from zonesim.behaviour.taxation import assess_taxes
from zonesim.experiments.experiment import Experiment
from zonesim.experiments.openings import Openings
from zonesim.experiments.sweep import sweep
from zonesim.model import Run, ZoneModel
from zonesim.scenario.schema import Scenario

ONE = {"low": 0, "high": 1}
LANZHOU = Path(__file__).parents[2] / "scenarios" / "lanzhou"
SHORT = ["horizon.end=2017Q4"]


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
        produce(model.world, model.parameters["production"])  # arrivals count the enterprises that produce: without it this side has no births
        self.slow = SlowModel(model.world, model.terms, model.parameters, model.local_part, model.central)
        self.left = self.scenario.n_quarters
        self.datacollector = mesa.DataCollector(model_reporters={"applicants": "applied"})

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
            model.world, model.terms, model.parameters["arrivals"], model.parameters["promotion"], 1, model.days_of_births(steps), 180.0, 0.25
        )
        choose_slowly(model.world, model.terms, applicants, steps, model.floor_price, model.local_part, model.parameters)
        self.applied = applicants.n
        self.left -= 1
        self.running = self.left > 0
        self.datacollector.collect(self)


@functools.lru_cache(maxsize=1)
def ten_thousand() -> Scenario:
    """The Lanzhou plan with about ten thousand enterprises."""
    from tests.benchmarks.bench import scenario_of

    return scenario_of(10_000)


@functools.lru_cache(maxsize=1)
def openings() -> Openings:
    """The opening worlds of this process: a sweep of the whole model shares them in the same way."""
    return Openings()


def same_steps(settings: Mapping[str, Any], seed: int) -> dict[str, float]:
    """The fast model's own part of what ``SlowRun`` does: production, taxes and their sharing, exit, arrivals and choice of place each quarter.

    As there, the quarter does not advance. Its flows are cleared each time, as at the head of a quarter: otherwise the enterprises of all steps add up, births go by their
    number, and at the 28th step this side places seventeen times as many applicants as at the first.
    """
    return steps(ZoneModel(ten_thousand(), 1, founder=openings().found, parts=False))


def same_steps_founded(settings: Mapping[str, Any], seed: int) -> dict[str, float]:
    """The same, and the opening world is founded anew for each run, as the slow side's is."""
    return steps(ZoneModel(ten_thousand(), 1, parts=False))


def steps(model: ZoneModel) -> dict[str, float]:
    """Do the steps; return how many applicants a step had in the mean, which is the same on both sides or the comparison means nothing."""
    world, p, applied = model.world, model.parameters, 0
    model.law_of_the_quarter()
    for _ in range(ten_thousand().n_quarters):
        world.flows.clear(world.contracts.n)
        model.ledger.begin(model.quarter)
        produce(world, p["production"])
        assess_taxes(world, model.terms, model.local_part, p["taxation"])
        sharing.settle_taxes(world, model.terms, model.ledger, model.central, p["sharing"], model.causes)
        close_down(world, p["exit"])
        steps = procedure(world, model.terms, p["approval"])
        applicants = arrivals.arrive(world, model.terms, p["arrivals"], p["promotion"], 1, model.days_of_births(steps), 180.0, 0.25)
        choose_places(world, model.terms, applicants, steps, model.floor_price, model.local_part, p["location"], p["taxation"], p["investment"], p["bespoke"],
                      p["promotion"])  # fmt: skip
        applied += applicants.n
    return {"applicants": applied / ten_thousand().n_quarters}


def seconds_a_run(one: Experiment, warm: int = 5) -> float:
    """Wall seconds of a run in a sweep with one worker, the first ones (which load and compile) left out."""
    marks: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        sweep(one, Path(folder) / "s", workers=1, progress=lambda finished, total, failed: marks.append(time.perf_counter()))
    return (marks[-1] - marks[warm - 1]) / (len(marks) - warm)


def whole_model(scenario: Scenario, runs: int = 30, baseline: Scenario | None = None) -> Experiment:
    """Runs of the whole model, with one lever that varies."""
    return Experiment(scenario=scenario, baseline=baseline, levers={"tax_increment_return_share": {"low": 0, "high": 1}},
                      outcomes=[{"indicator": "gdp", "place": "etdz"}], design={"method": "latin_hypercube", "samples": runs})  # fmt: skip


def against_mesa(scenario: Scenario) -> tuple[float, float, float]:
    """How many times as many runs as ``mesa.batch_run`` of the slow implementation a sweep does in a second.

    Returns:
        Of the same steps; of the same steps with an opening world of its own for each run; of the whole model.
    """
    SlowRun.scenario = scenario
    start = time.perf_counter()
    found = mesa.batch_run(SlowRun, {"share": [0.5, 1.0]}, iterations=1, max_steps=scenario.n_quarters, number_processes=1, display_progress=False,
                           data_collection_period=1)  # fmt: skip
    slow = (time.perf_counter() - start) / 2
    theirs = sum(float(row["applicants"]) for row in found) / len(found)
    mine = same_steps({}, 1)["applicants"]
    if abs(mine / theirs - 1) > 0.1:
        raise RuntimeError(f"the two sides do not do the same: {mine:.0f} and {theirs:.0f} applicants a step")

    def ours(function: str) -> float:
        return seconds_a_run(Experiment(model=f"tests.benchmarks.sweeps:{function}", levers={"share": ONE}, outcomes=["applicants"],
                                        design={"method": "latin_hypercube", "samples": 30}))  # fmt: skip

    return slow / ours("same_steps"), slow / ours("same_steps_founded"), slow / seconds_a_run(whole_model(scenario))


def of_public_names(tax_increment_return_share: float = 0.5) -> dict[str, float]:
    """A run as a user of another workbench writes it, with the public names of this package."""
    from zonesim import load_scenario, simulate

    setting = f"policies.tax_return.tax_increment_return_share={tax_increment_return_share}"
    return {"gdp": _gdp(simulate(load_scenario(LANZHOU / "plan_2015.yaml", [setting, *SHORT]), 1))}


def effect_by_public_names(tax_increment_return_share: float = 0.5) -> dict[str, float]:
    """The same over the baseline, which such a function runs each time."""
    from zonesim import load_scenario, simulate

    without = _gdp(simulate(load_scenario(LANZHOU / "baseline.yaml", SHORT), 1))
    return {"gdp": of_public_names(tax_increment_return_share)["gdp"] - without}


def _gdp(run: Run) -> float:
    series = run.series
    row = (series.group == series.groups.index(("zone", "etdz"))) & (series.indicator == series.indicators.index("gdp"))
    return float(series.value[row][-1])


def against_ema(runs: int = 24, rounds: int = 2) -> tuple[float, float, float] | None:
    """How many times as many runs as EMA Workbench a sweep does in a second, each side at its best of some rounds in turn; None when EMA Workbench is not there.

    Returns:
        Of nothing; of the whole model; of the whole model and its baseline.
    """
    if importlib.util.find_spec("ema_workbench") is None:
        return None
    from ema_workbench import Model, RealParameter, ScalarOutcome, SequentialEvaluator

    from zonesim import load_scenario

    def theirs(function: Any, name: str, outcome: str, count: int) -> float:
        model = Model("zonesim", function=function)
        model.uncertainties, model.outcomes = [RealParameter(name, 0.0, 1.0)], [ScalarOutcome(outcome)]
        with SequentialEvaluator(model) as evaluator:
            evaluator.perform_experiments(scenarios=3)
            start = time.perf_counter()
            evaluator.perform_experiments(scenarios=count)
        return (time.perf_counter() - start) / count

    plan, baseline = (load_scenario(LANZHOU / f"{one}.yaml", SHORT) for one in ("plan_2015", "baseline"))
    lever = "tax_increment_return_share"
    pairs = [
        (lambda: theirs(lambda a=0.5: {"sum": a}, "a", "sum", 2000), lambda: seconds(experiment("nothing", 20_000), 1) / 19_900),
        (lambda: theirs(of_public_names, lever, "gdp", runs), lambda: seconds_a_run(whole_model(plan, runs))),
        (lambda: theirs(effect_by_public_names, lever, "gdp", runs), lambda: seconds_a_run(whole_model(plan, runs, baseline))),
    ]
    one, two, three = (_ratio(their, our, rounds) for their, our in pairs)
    return one, two, three


def _ratio(slow: Callable[[], float], fast: Callable[[], float], rounds: int) -> float:
    times = [(slow(), fast()) for _ in range(rounds)]
    return min(one for one, _ in times) / min(one for _, one in times)


def occupied(workers: int = 2, runs: int = 400) -> float:
    """Efficiency of workers whatever else the machine does: work of the runs by (time that workers computed or waited for orders, and the driver's work).

    The kernel counts the time that a process waits for a processor that another has; on an idle machine there is none, so it is left out.
    """
    before = _own_work()
    start: dict[int, tuple[float, float, float]] = {}
    end: dict[int, tuple[float, float, float]] = {}

    def progress(finished: int, total: int, failed: int) -> None:
        if finished in (100, total):
            (start if finished == 100 else end).update({pid: (time.perf_counter(), *_schedule(pid)) for pid in _workers()})
            marks.append(_own_work())

    marks: list[float] = [before]
    with tempfile.TemporaryDirectory() as folder:
        sweep(experiment("busy", runs), Path(folder) / "s", workers=workers, progress=progress)
    taken = sum((end[pid][0] - one[0]) - (end[pid][2] - one[2]) for pid, one in start.items() if pid in end)
    useful = 0.02 * (runs - 100)
    return useful / (taken + (marks[-1] - marks[1]))


def _own_work() -> float:
    return time.process_time()


def _schedule(pid: int) -> tuple[float, float]:
    """Return the seconds that a process has computed, and waited for a processor."""
    computed, waited = Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[:2]
    return int(computed) / 1e9, int(waited) / 1e9


def _workers() -> list[int]:
    """Return the worker processes of this one: children of its fork server."""
    parents: dict[int, int] = {}
    for one in Path("/proc").iterdir():
        if one.name.isdigit():
            try:
                parents[int(one.name)] = int((one / "stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
    servers = {pid for pid, parent in parents.items() if parent == os.getpid()}
    return [pid for pid, parent in parents.items() if parent in servers]


def sobol_seconds(groups: int = 10, rows: int = 4096, resamples: int = 1000) -> float:
    """Processor seconds of Sobol indices with their bootstrap."""
    import numpy as np

    from zonesim.experiments import sensitivity

    table = np.random.default_rng(1).standard_normal((rows, groups + 2))
    sensitivity.sobol(table, 0, resamples=10)
    start = time.process_time()
    sensitivity.sobol(table, 0, resamples=resamples)
    return time.process_time() - start


def rows(scenario: Scenario) -> list[tuple[str, str, str]]:
    """Measure everything; rows of (what, measured, goal)."""
    runs = 20_000
    overhead = seconds(experiment("nothing", runs), 2) / (runs - 100)
    idle = seconds(experiment("waiting", 400), 1) / seconds(experiment("waiting", 400), 2) / 2
    planned, status = status_of_a_million()
    same, founded, whole = against_mesa(scenario)
    ema = against_ema()
    return [
        ("sweep: cost beside the run, 2 workers", f"{1e3 * overhead:.2f} ms a run", "<= 1 ms"),
        ("sweep: efficiency of 2 workers, runs of 20 ms of work, waiting for a busy processor left out", f"{occupied():.2f}", ">= 0.85"),
        ("sweep: the same by the clock with runs that wait instead of working", f"{idle:.2f}", ">= 0.85"),
        ("sweep: planning a million runs", f"{planned:.0f} s", ""),
        ("sweep: status of a million planned runs", f"{status:.2f} s", "<= 2 s"),
        ("sweep of the same steps against mesa.batch_run of the slow implementation, 10^4 enterprises, 1 worker", f"{same:,.0f} times", ">= 50"),
        ("sweep of the same steps, each run with an opening world of its own, against the same", f"{founded:,.0f} times", ""),
        ("sweep of the whole model against the same", f"{whole:,.0f} times", ""),
        *([] if ema is None else [("sweep against EMA Workbench, runs of nothing, 1 worker", f"{ema[0]:.1f} times", ""),
                                  ("sweep against EMA Workbench driving the same model by its public names, 1 worker", f"{ema[1]:.1f} times", ">= 4"),
                                  ("the same, effects over the baseline", f"{ema[2]:.1f} times", ">= 4")]),
        ("Sobol indices with 1,000 resamples, D = 10, N = 4,096", f"{sobol_seconds():.2f} s", "<= 1 s"),
    ]  # fmt: skip
