"""Options that several commands share, and how they load a scenario and print a name."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zonesim.commands.language import current, headed
from zonesim.errors import InputError, SweepInterrupted

if TYPE_CHECKING:
    from zonesim.scenario import Scenario


class Number(click.FloatRange):
    """A number within bounds; what is not a number, or has no end, is within none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the number.

        Raises:
            click.BadParameter: it is none, not finite, or outside the bounds.
        """
        found: float = super().convert(value, param, ctx)
        if not math.isfinite(found):
            self.fail(f"{value!r} is not a number that can be counted with", param, ctx)
        return found


class Name(click.Path):
    """A file or folder by its name, which is no option that took another option's place (``--data --help`` made a folder of it)."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path.

        Raises:
            click.BadParameter: it begins with two dashes.
        """
        if str(value).startswith("--"):
            self.fail(f"{value!r} looks like an option; a file of that name is './{value}'", param, ctx)
        return super().convert(value, param, ctx)


File = Name(path_type=Path)
setting = click.option(
    "--set",
    "overrides",
    multiple=True,
    metavar="policies.NAME.SETTING=VALUE",
    help="Change a setting; may be repeated.",
)
seed_option = click.option("--seed", type=click.IntRange(0, 2**63 - 1), default=1, show_default=True, help="Seed of the whole; 0 is a seed.")
out_option = click.option("--out", type=File, required=True, help="Folder for the results; replaced when the new ones are whole.")
check_option = click.option("--check", is_flag=True, help="Verify every account, land and head identity in every quarter.")
workers_option = click.option("--workers", type=click.IntRange(1, 256), default=None, help="Processes; the results do not depend on it.")
model_option = click.option(
    "--model",
    metavar="MODULE:FUNCTION",
    help="Run f(settings, seed) -> {outcome: number} of your own. Never named in a file, since that would run a stranger's code.",
)
sweep_workers_option = click.option(
    "--workers", type=click.IntRange(0, 512), default=None, help="Processes (default: one for each processor); 0 runs in this one, unsupervised."
)
dask_option = click.option("--dask", metavar="ADDRESS", help="Run on the cluster of this Dask scheduler instead, such as tcp://127.0.0.1:8786.")
timeout_option = click.option("--timeout", type=Number(0.01), default=None, metavar="SECONDS", help="For one run (default: 20 times the median, at least 30).")


def printable(text: str) -> str:
    """Drop control characters, so that a name in a file cannot steer the terminal."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


@contextmanager
def keeping(store: Path | None) -> Iterator[None]:
    """Say of Ctrl-C outside the runs of a sweep (at its start, or while it is ranked) what is true: what its store holds is kept."""
    try:
        yield
    except KeyboardInterrupt:
        if store is None or not store.exists():
            raise SweepInterrupted("interrupted before anything was begun") from None
        raise SweepInterrupted(f"interrupted; what {store} holds is kept, and the same command goes on from there") from None


def require_no_sweep(path: Path) -> None:
    """Raise InputError when a file is a sweep."""
    from zonesim.experiments.experiment import is_experiment

    if is_experiment(path):
        raise InputError(f"{path}: is a sweep; 'zonesim sweep {path} --store DIR' runs it, 'zonesim rank {path} --store DIR' runs and ranks it")


def load(path: Path, overrides: tuple[str, ...] = ()) -> Scenario:
    """Load a scenario for a run, and say what it warns of.

    Raises:
        InputError: with one line for each mistake; or the file is a sweep or a counterfactual.
    """
    from zonesim.experiments.counterfactual import is_counterfactual
    from zonesim.scenario import load_scenario

    require_no_sweep(path)
    if is_counterfactual(path):
        raise InputError(f"{path}: is a counterfactual, not a scenario; 'zonesim counterfactuals run {path}' answers it")
    scenario = load_scenario(path, overrides)
    warn(scenario)
    return scenario


def warn(scenario: Scenario, where: str = "") -> None:
    """Say what is not wrong with a scenario and may still not be meant: what never acts, and what changes nothing."""
    from zonesim.scenario.neutral import neutral_measures

    tell((*scenario.warnings, *neutral_measures(scenario)), where)


def tell(warnings: Iterable[str], where: str = "") -> None:
    """Say warnings, each on a line."""
    for warning in warnings:
        click.echo(headed("warning", where + printable(warning), current()), err=True)
