"""A reading: what is read of the runs of a counterfactual, where and when; and whether it can be read at all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal

import pydantic
from pydantic import Field

from zonesim import quarters
from zonesim.accounts.payments import PAYMENTS
from zonesim.errors import nearest
from zonesim.experiments.claim import Aim
from zonesim.indicators import DERIVED, INDICATORS
from zonesim.policies.package import LAW_CAUSES
from zonesim.scenario import Scenario
from zonesim.scenario.region import Region, Strict

REGION, ZONES, LAST = "region", "zones", "last"  #: the region as a whole; the mean of its committees' zones; the last full year
OTHER_PAYMENTS = tuple(LAW_CAUSES)  #: kinds of payment that the ledger numbers when they first occur


class Reading(Strict):
    """What to read: an indicator, or money of some kinds of payment, of a place in a period; ``how`` it is read.

    The place ``zones`` is the mean of the committees' zones that have a value: what a clause that binds zones alone does where it binds.
    Money is what city, counties, committees and platform companies of the place (and for the region the levels above) pay in a year, or receive.
    """

    indicator: str = ""
    money: list[str] = []
    side: Literal["paid", "received"] = "paid"
    place: str = REGION
    period: Annotated[str, Field(pattern=r"^(last|\d{4}(Q[1-4])?)$")] = LAST
    how: Literal["level", "mean", "spread", "volatility"] = "level"
    claim: Literal["+", "-"] | None = None
    against: str | None = None
    given: bool = False  #: the clause sets it itself (a share of a tax at a share of zero): it stands in the tables and is no finding

    @pydantic.model_validator(mode="after")
    def _reads_one_thing(self) -> Reading:
        if bool(self.indicator) == bool(self.money):
            raise ValueError("name either an indicator or kinds of money")
        if self.money and (self.how in ("spread", "volatility") or "Q" in self.period or self.place == ZONES):
            raise ValueError("money is read by year, as level or mean, of a place")
        if self.place == ZONES and self.how not in ("level", "mean"):
            raise ValueError("zones together are read as level or mean")
        return self

    @property
    def name(self) -> str:
        """What is read: the indicator, or the kinds of money joined."""
        return self.indicator or f"{self.side}:{'+'.join(self.money)}"


def readings_of(aim: Aim) -> list[Reading]:
    """Return what is read of an aim: each place in each period, the periods of a place together."""
    return [Reading(indicator=aim.indicator, place=place, period=period) for place in aim.places for period in aim.periods]


def check_reading(reading: Reading, steps: tuple[str | int, ...], scenarios: dict[str, Scenario], at: Any) -> Iterable[str]:
    """Check that a reading exists in every run: the indicator, the place in each region, the period in each horizon."""
    known = {**INDICATORS, **DERIVED}
    if reading.indicator and reading.indicator not in known:
        yield f"{at(*steps, 'indicator')}: no such indicator: {reading.indicator!r}{nearest(reading.indicator, known)}"
    for kind in reading.money:
        if kind not in PAYMENTS and kind not in OTHER_PAYMENTS:
            yield f"{at(*steps, 'money')}: no such payment: {kind!r}{nearest(kind, [*PAYMENTS, *OTHER_PAYMENTS])}"
    if reading.against is not None and reading.against not in scenarios:
        yield f"{at(*steps, 'against')}: no such arm: {reading.against!r}{nearest(reading.against, [name for name in scenarios if name])}"
    for name, scenario in scenarios.items():
        region = scenario.region
        places = [REGION, ZONES, *region.parks, *region.zones, *region.counties, region.id]
        arm = f" of arm {name!r}" if name else ""
        if reading.place not in places:
            yield f"{at(*steps, 'place')}: unknown place{arm} {reading.place!r}{nearest(reading.place, places)}"
        elif complaint := _complaint(reading, region):
            yield f"{at(*steps, 'place')}: {complaint}"
        elif problem := _outside(reading, scenario):
            yield f"{at(*steps, 'period')}: {problem}{arm}"
        else:
            continue
        return


def _complaint(reading: Reading, region: Region) -> str:
    """Return why an indicator says nothing of the place, or nothing; a spread is over the zones, whatever the place."""
    one = {**INDICATORS, **DERIVED}.get(reading.indicator)
    if one is None or reading.how == "spread":
        return ""
    return one.complaint("zone" if reading.place == ZONES else region.level_of(region.id if reading.place == REGION else reading.place))


def _outside(reading: Reading, scenario: Scenario) -> str:
    """Return what is wrong with a period, or nothing: it must lie inside the run whole."""
    span = f"{quarters.label(scenario.start)} to {quarters.label(scenario.end)}"
    if reading.period == LAST:
        first_full = -(-scenario.start // 4)
        return "" if 4 * first_full + 3 <= scenario.end or not reading.money else f"the run ({span}) has no full year"
    first = quarters.parse(reading.period) if "Q" in reading.period else 4 * int(reading.period)
    last = first if "Q" in reading.period else first + 3
    return "" if scenario.start <= first and last <= scenario.end else f"{reading.period} is outside the run ({span})"
