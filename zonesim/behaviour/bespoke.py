"""Terms of its own for a large project (一事一议): what city and project agree on, and how long it takes."""

from __future__ import annotations

from typing import Any

from zonesim.compiled import rule
from zonesim.parameters import Parameters, parameter


class BespokeParameters(Parameters, name="bespoke"):
    """How city and project bargain."""

    power: float = parameter(
        0.4, low=0.0, high=1.0, unit="share", doc="of the tax that the city expects, what the project gets",
        source="assumption: a little less than equal parts (Nash 1950), since the project may still come without", zh="议价能力",
    )  # fmt: skip
    years: float = parameter(
        5.0, low=1.0, high=15.0, unit="years", doc="years of tax that the city counts", source="assumption: a term of office", zh="测算年限"
    )
    meeting_days: float = parameter(
        45.0, low=0.0, high=180.0, unit="days", doc="leading group and executive meeting of the city", source="assumption: 002§2.4d names both without days", zh="市级研究天数",
    )  # fmt: skip
    hurry: float = parameter(
        0.6,
        low=0.2,
        high=1.0,
        unit="factor",
        doc="days of all other stages after the meeting",
        source="assumption: a task force goes with the project",
        zh="专班提速",
    )


@rule
def bargain(tax_year: Any, capital: Any, limit: Any, power: Any, years: Any) -> Any:
    """Return the grant, 10k CNY: the project's part of the local tax of the years that count, at most a share of its investment.

    With nothing to lose on either side the Nash product g^b (T - g)^(1 - b) is largest at g = b T.

    >>> bargain(1000.0, 100_000.0, 0.05, 0.4, 5.0), bargain(10_000.0, 100_000.0, 0.05, 0.4, 5.0), bargain(-5.0, 100.0, 0.05, 0.4, 5.0)
    (2000.0, 5000.0, 0.0)
    """
    return min(limit * capital, power * years * max(0.0, tax_year))


@rule
def bespoke_days(days: Any, hurry: Any, meeting: Any) -> Any:
    """Return the days of a project with terms of its own: the meeting, then the other stages hurried.

    >>> bespoke_days(100.0, 0.6, 45.0)
    105.0
    """
    return meeting + hurry * days
