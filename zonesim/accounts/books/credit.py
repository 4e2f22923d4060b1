"""How much zones may borrow: room under caps and revenue, works of private partners, and how a quota of bonds is taken up."""

from __future__ import annotations

from typing import Any

import numpy as np

from zonesim.columns import Floats
from zonesim.compiled import rule


@rule
def debt_room(revenue: Any, debt: Any, cap: Any, usual_cap: Any, rate: Any, service_share: Any, subsidy: Any, years: Any) -> Any:
    """Return what a zone can still borrow: within the cap on debt over revenue, and while its revenue carries the service.

    room = max(0, min[min(cap, usual) R - D, s R / (r (1 - g) + 1 / T) - D]), R yearly revenue, D debt, s share of revenue for service,
    g interest subsidy, T years of repayment.

    >>> debt_room(100.0, 50.0, 2.0, 4.0, 0.05, 0.2, 0.0, 20.0)
    150.0
    >>> debt_room(100.0, 50.0, 0.5, 4.0, 0.05, 0.2, 0.0, 20.0)
    0.0
    """
    limit = min(min(cap, usual_cap) * revenue, service_share * revenue / (rate * (1.0 - subsidy) + 1.0 / years))
    return max(0.0, limit - debt)


@rule
def partner_works(own: Any, share: Any, revenue: Any, debt: Any, rate: Any, years: Any, red_line: Any) -> Any:
    """Return works that a private partner pays: own s / (1 - s), while yearly payments stay below a part of revenue.

    payments = (P + q)(r + 1 / T) <= l R, P what is owed to partners.

    >>> round(partner_works(70.0, 0.3, 1000.0, 0.0, 0.07, 15.0, 0.1), 9)
    30.0
    """
    room = max(0.0, red_line * revenue / (rate + 1.0 / years) - debt)
    return min(own * share / (1.0 - share), room)


@rule
def hand_on(quota: Floats, weights: Floats) -> Floats:
    """Return a quota with the parts of committees without parks (merged into others) split over the rest in proportion to theirs.

    >>> hand_on(np.array([10.0, 10.0, 20.0]), np.array([0.0, 1.0, 1.0])).round(9).tolist()
    [0.0, 13.333333333, 26.666666667]
    """
    whole, standing = 0.0, 0.0
    for z in range(len(quota)):
        whole += quota[z]
        standing += quota[z] if weights[z] > 0.0 else 0.0
    out = np.zeros(len(quota))
    for z in range(len(quota)):
        if weights[z] > 0.0 and standing > 0.0:
            out[z] = quota[z] * (whole / standing)
    return out


@rule
def take_up(quota: Floats, room: Floats) -> Floats:
    """Return what each committee takes of its part of a quota, and take it off its room.

    Each takes up to its room; what is left is offered to those with a part, in proportion to the room that they still have.

    >>> room = np.array([2.0, 10.0, 20.0, 50.0])
    >>> take_up(np.array([5.0, 5.0, 5.0, 0.0]), room).tolist(), room.tolist()
    ([2.0, 5.75, 7.25, 0.0], [0.0, 4.25, 12.75, 50.0])
    """
    taken = np.zeros(len(quota))
    left, free = 0.0, 0.0
    for z in range(len(quota)):
        if quota[z] > 0.0:
            taken[z] = min(quota[z], room[z])
            room[z] -= taken[z]
            left += quota[z] - taken[z]
            free += room[z]
    if left > 0.0 and free > 0.0:
        part = min(1.0, left / free)
        for z in range(len(quota)):
            if quota[z] > 0.0:
                more = part * room[z]
                taken[z] += more
                room[z] -= more
    return taken
