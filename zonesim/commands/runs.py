"""Commands that run scenarios: run, compare."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zonesim.commands.options import File, check_option, load, out_option, seed_option, setting, tell, workers_option
from zonesim.commands.progress import Progress, compile_first
from zonesim.errors import InputError

if TYPE_CHECKING:
    from zonesim.results import Results
    from zonesim.scenario import Scenario


@click.command()
@click.argument("scenario", type=File)
@click.option(
    "--replications",
    "-n",
    type=click.IntRange(1, 100_000),
    default=1,
    show_default=True,
    help="Runs with different seeds.",
)
@seed_option
@click.option(
    "--run-seed",
    type=click.IntRange(0, 2**63 - 1),
    default=None,
    help="Instead of --seed: the seed of the one run itself, as a sweep says it of each of its runs.",
)
@out_option
@setting
@check_option
@workers_option
def run(
    scenario: Path,
    replications: int,
    seed: int,
    run_seed: int | None,
    out: Path,
    overrides: tuple[str, ...],
    check: bool,
    workers: int | None,
) -> None:
    """Run one SCENARIO and write its tables and a report.

    --set takes all that an experiment can move: policies.NAME.SETTING, policies.NAME.enabled, a part of a setting that differs by place or date
    (policies.NAME.SETTING@PART), parameters.DECISION.NAME, and figures of the opening world (founding.city.gdp).
    """
    loaded = load(scenario, overrides)
    _usable(out)
    results = _simulate([loaded], replications, seed, check, workers, run_seed)
    _finish(results, out)


@click.command()
@click.argument("baseline", type=File)
@click.argument("reforms", type=File, nargs=-1, required=True, metavar="REFORM...")
@click.option("--replications", "-n", type=click.IntRange(1, 100_000), default=20, show_default=True, help="Paired runs.")
@seed_option
@out_option
@setting
@check_option
@workers_option
def compare(
    baseline: Path,
    reforms: tuple[Path, ...],
    replications: int,
    seed: int,
    out: Path,
    overrides: tuple[str, ...],
    check: bool,
    workers: int | None,
) -> None:
    """Run BASELINE and one or more REFORMs with the same luck and report the effects, the targets and the costs.

    --set policies.… changes the reforms; horizon, opening figures and parameters change with --set in all of them, so that the runs stay paired.

    BASELINE may be a counterfactual of experiments/; each REFORM is then the name of one of its arms, compared with what the arm is read against.
    """
    from zonesim.experiments.counterfactual import is_counterfactual, load_counterfactual
    from zonesim.experiments.study import require_comparable

    if is_counterfactual(baseline):
        asked = load_counterfactual(baseline, overrides)
        arms = [asked.arm(str(one)) for one in reforms]
        against = {asked.versus(one.id).id: asked.versus(one.id) for one in arms}
        if len(against) > 1:
            raise InputError(f"{baseline}: these arms are read against different scenarios ({', '.join(against)}); compare them one at a time")
        scenarios = [*against.values(), *arms]
    else:
        common = tuple(one for one in overrides if not one.lstrip().startswith("policies."))  # openings that differ could not be paired
        scenarios = [load(baseline, common), *(load(one, overrides) for one in reforms)]
    require_comparable(scenarios)
    _usable(out)
    results = _simulate(scenarios, replications, seed, check, workers)
    _finish(results, out)


def _usable(out: Path) -> None:
    from zonesim.results import usable_folder

    usable_folder(out)


def _simulate(scenarios: list[Scenario], replications: int, seed: int, check: bool, workers: int | None, run_seed: int | None = None) -> Results:
    from zonesim.experiments.study import study

    compile_first()
    with Progress("runs", len(scenarios) * replications) as shown:
        return study(scenarios, replications, seed, check=check, workers=workers, progress=lambda done, _all: shown.to(done), run_seed=run_seed)


def _finish(results: Results, out: Path) -> None:
    from zonesim.report.page import write_report
    from zonesim.report.terminal import summary

    results.save(out)
    tell(one for one in results.run["warnings"] if one.startswith("region.parks."))  # those of the opening world, which is known now
    write_report(results, out / "report.html")
    click.echo(summary(results))
    click.echo(f"tables: {out}/indicators.parquet, ledger.parquet" + (", effects.parquet" if results.effects is not None else ""))
    click.echo(f"report: {out / 'report.html'}")
