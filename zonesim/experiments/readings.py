"""What is read of a run of a counterfactual: its readings, its money, its targets. Small, so that many runs fit into memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from zonesim.columns import Floats
from zonesim.errors import InputError
from zonesim.experiments.alike import traces
from zonesim.experiments.claim import Aim
from zonesim.experiments.reading import LAST, REGION, ZONES, Reading, readings_of
from zonesim.experiments.spending import OTHERWISE, Purse
from zonesim.indicators import DERIVED, INDICATORS
from zonesim.model import Run
from zonesim.scenario.schema import Target

Window = tuple[tuple[str, ...], int, int]  #: kinds of payment, first and last quarter


@dataclass(frozen=True)
class Seen:
    """What was read of one run.

    Attributes:
        values: one for each reading.
        spent: what the payments of some kinds cost a year, by window, 10k CNY.
        surplus: of the local budgets a year, by first and last quarter, 10k CNY.
        balances: of each public level a year, by first and last quarter, 10k CNY.
        otherwise: what public accounts paid a year for works and public services, likewise.
        gaps: value less target of each target whose place there is.
        last_year: the last full year (or period) of the run.
        trace: a check sum of all its figures, by year.
        aims: value of each aim of the claim, in its unit.
    """

    values: Floats
    spent: dict[Window, float]
    surplus: dict[tuple[int, int], float]
    balances: dict[tuple[int, int], dict[str, float]]
    otherwise: dict[tuple[int, int], dict[str, float]]
    gaps: Floats
    last_year: str
    trace: dict[str, int]
    aims: Floats = field(default_factory=lambda: np.zeros(0))


@dataclass(frozen=True)
class Look:
    """What is to be read of each run of a scenario."""

    readings: tuple[Reading, ...]
    region: str
    spending: tuple[Window, ...] = ()
    surpluses: tuple[tuple[int, int], ...] = ()
    targets: tuple[Target, ...] = ()
    aims: tuple[Aim, ...] = ()

    def __call__(self, run: Run) -> Seen:
        """Read one run."""
        purse = Purse(run, self.region)
        return Seen(
            np.array([values_of(run, reading, self.region) for reading in self.readings]),
            {one: purse.spent(*one) for one in self.spending}, {one: purse.surplus(*one) for one in self.surpluses},
            {one: purse.balances(*one) for one in self.surpluses},
            {one: {kind: purse.total([kind], *one) for kind in OTHERWISE} for one in self.surpluses},
            np.array([values_of(run, Reading(indicator=t.indicator, place=t.place, period=t.period), self.region) - t.value for t in self.there(run)]),
            last_year(run), traces(run), np.array([value_of_aim(run, aim, self.region) for aim in self.aims]),
        )  # fmt: skip

    def there(self, run: Run) -> list[Target]:
        """Return the targets whose place the run knows."""
        return [t for t in self.targets if any(t.place == group for _, group in run.series.groups)]


def last_year(run: Run) -> str:
    """Return the last full year of a run, or its last quarter."""
    return next((label for label in reversed(run.series.periods) if "Q" not in label), run.series.periods[-1])


def matrix(runs: Sequence[Seen]) -> Floats:
    """Return the readings of runs, ``[n_readings, n_runs]``."""
    return np.array([one.values for one in runs]).T


def values_of(run: Run, reading: Reading, region: str) -> float:
    """Return one reading of one run.

    Level: the indicator there and then. Mean: its mean over all full years of the run. Spread: its standard deviation over the committees' zones, relative to their mean.
    Volatility: the standard deviation of its quarterly log changes over the run. The place ``zones`` is the mean over the committees' zones.

    A value that is missing (an evaluation before the first, of a zone that has been merged, a mean of no projects) is NaN, and is left out of a mean or a spread.

    Raises:
        InputError: the indicator is given for no place of this level, or the period is none of the run.
    """
    s = run.series
    place = region if reading.place == REGION else reading.place
    years = [label for label in s.periods if "Q" not in label]
    if reading.money:
        return _money(run, reading, place, region, years)
    which = s.indicators.index(reading.indicator)
    mine = s.indicator == which
    period = years[-1] if reading.period == LAST and years else (s.periods[-1] if reading.period == LAST else reading.period)
    if period not in s.periods:
        raise InputError(f"read {reading.indicator}: {period} is not a period of the run ({s.periods[0]} to {s.periods[-1]})")
    groups = [k for k, (level, name) in enumerate(s.groups) if (level == "zone" if reading.how == "spread" or place == ZONES else name == place)]
    if reading.how == "volatility":
        quarters = np.array(["Q" in label for label in s.periods])
        path = s.value[mine & np.isin(s.group, groups) & quarters[s.period]]
        path = path[path > 0]
        return float(np.diff(np.log(path)).std(ddof=1)) if len(path) > 2 else float("nan")
    if reading.how == "mean":
        yearly = s.value[mine & np.isin(s.group, groups) & np.isin(s.period, [s.periods.index(year) for year in years])]
        return float(yearly.mean()) if len(yearly) else float("nan")
    found = s.value[mine & np.isin(s.group, groups) & (s.period == s.periods.index(period))]
    may = reading.indicator in INDICATORS and any(not INDICATORS[reading.indicator].complaint(s.groups[k][0]) for k in groups)
    if not len(found) and (may or any(s.groups[g][0] == s.groups[k][0] for k in groups for g in np.unique(s.group[mine]))):
        return float("nan")  # missing here and then: not evaluated yet, or merged, or a mean of nothing
    if not len(found):
        levels = sorted({s.groups[g][0] for g in np.unique(s.group[mine])})
        raise InputError(f"read {reading.indicator}: it has no value for {place!r} in {period} (it is given by {', '.join(levels) or 'nothing'})")
    if reading.how == "spread":
        middle = float(found.mean())
        return float(found.std()) / abs(middle) if middle else float("nan")
    return float(found.mean())


def value_of_aim(run: Run, aim: Aim, region: str) -> float:
    """Return what a run has of an aim, in the unit of its indicator: the sum over places of the mean over periods; NaN where a value is missing."""
    return sum(values_of(run, reading, region) for reading in readings_of(aim)) / len(aim.periods)


def _money(run: Run, reading: Reading, place: str, region: str, years: list[str]) -> float:
    first, last = (years[0], years[-1]) if reading.how == "mean" else (years[-1],) * 2 if reading.period == LAST else (reading.period,) * 2
    return Purse(run, region).total(reading.money, 4 * int(first), 4 * int(last) + 3, place=place, received=reading.side == "received")


def unit_of(reading: Reading) -> str:
    """Return the unit of a reading."""
    if reading.money:
        return "10k CNY/yr"
    one = {**INDICATORS, **DERIVED}[reading.indicator]
    if reading.how == "spread":
        return "ratio"
    if reading.how == "volatility":
        return "log"
    return one.unit.replace("/yr", "/quarter") if "Q" in reading.period and one.per_quarter else one.unit
