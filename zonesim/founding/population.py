"""Enterprises of the opening world: sizes, ages, status, land, from the totals of their place and industry."""

from __future__ import annotations

from typing import Any

import numpy as np

from zonesim import draws
from zonesim.columns import Array, Floats
from zonesim.compiled import kernel
from zonesim.founding.sizes import pareto_between, sizes_with_total, stratified
from zonesim.founding.totals import Totals
from zonesim.scenario.region import Founding
from zonesim.units import ABOVE_SCALE_OUTPUT
from zonesim.world.enterprises import Enterprises
from zonesim.world.industries import Industries

# How the sizes of a cell (place and industry) are bounded, so that they add up to its value added. Assumptions.
LARGEST_SHARE = 0.25  # of its cell's value added that one enterprise may hold, unless there are few
FEW = 5  # enterprises above scale in a cell, below which one may hold most of it
LARGEST_OF_FEW = 0.6  # the same, where there are few above scale
ABOVE_AT_MOST = 0.98  # of a cell's value added held by enterprises above scale: something is left for the small
ROOM_ABOVE = 1.05  # times the line, that the mean enterprise above scale must at least reach
LEAST_ABOVE = 1.02  # times the line, the smallest enterprise above scale
LEAST_TOP = 1.1  # times the line, the least bound on the largest
BELOW_LINE = 0.98  # times the line, the largest enterprise below scale
CLEARLY_BELOW = 0.9  # times the line, below which the mean of the small ones allows for that bound
SMALLEST = 0.02  # of the mean, the smallest industrial enterprise below scale
SMALLEST_OTHER = 0.05  # of the mean, the smallest where no line divides them
YOUNG, MIDDLE, OLDEST = 5, 10, 40  # years of age at which the classes of published shares of ages end; the last one is an assumption
SPARE = 1.15  # rows that a table of enterprises has at the start, for newcomers


@kernel
def _uniforms(seed: Any, identities: Array, first: Floats, second: Floats, block: int) -> None:
    for i in range(len(identities)):
        first[i], second[i] = draws.uniforms(seed, draws.FOUNDING, 0, identities[i], block)


def keyed_uniforms(seed: Any, identities: Array, block: int) -> tuple[Floats, Floats]:
    """Return two uniforms for each identity, functions of (seed, identity, block)."""
    first, second = np.empty(len(identities)), np.empty(len(identities))
    _uniforms(draws.seed_key(seed), identities, first, second, block)
    return first, second


def populate(totals: Totals, founding: Founding, industries: Industries, seed: int, start: int, tilt: float) -> tuple[Enterprises, dict[str, float]]:
    """Make the table of enterprises so that places and industries add up to their totals exactly.

    Industrial cells have two parts: the above-scale enterprises, whose sizes follow a Pareto law from the national line
    upwards with the exponent that makes them add up, and the others below the line. Other cells follow one Pareto law
    with the scenario's exponent. ``founding.scale`` small enterprises share a row.

    Returns:
        The table (capital, employment, productivity, land still to be set) and residuals.
    """
    scale = founding.scale
    exponent = founding.size_exponent.value
    parts: list[dict[str, Array]] = []
    residuals: dict[str, float] = {"above_scale_moved": 0.0}
    tails: list[float] = []
    n_places, n_industries = totals.value_added.shape
    for p in range(n_places):
        made = industries.is_industrial.astype(bool)
        industrial = float(totals.value_added[p, made].sum())
        above_total = industrial * totals.above_scale_share[p]
        weights = np.where(totals.above_scale[p] > 0, totals.value_added[p] * made, 0.0)
        for j in range(n_industries):
            count, total = int(totals.enterprises[p, j]), float(totals.value_added[p, j])
            if count == 0:
                continue
            line = ABOVE_SCALE_OUTPUT / 4 * industries.value_added_ratio[j]
            big = int(totals.above_scale[p, j])
            base = (np.uint64(p) << np.uint64(32)) + (np.uint64(j) << np.uint64(26))
            big_total = min(above_total * weights[j] / weights.sum(), ABOVE_AT_MOST * total) if big else 0.0
            while big and big_total < ROOM_ABOVE * line * big:  # too little value added for so many above the line
                big -= 1
                residuals["above_scale_moved"] += 1
            if big and big == count:
                big_total = total
            elif not big:
                big_total = 0.0
            small = count - big
            rows = -(-small // scale)
            identity = base + np.arange(big + rows, dtype=np.uint64)
            u, _ = keyed_uniforms(seed, identity, 0)
            sizes = np.empty(big + rows)
            if big:
                high = max(big_total * (LARGEST_OF_FEW if big < FEW else LARGEST_SHARE * 2), LEAST_TOP * line)
                sizes[:big], tail = sizes_with_total(stratified(u[:big]), big_total, line * LEAST_ABOVE, high, exponent)
                tails.append(tail)
            weight = np.ones(big + rows, dtype=np.int32)
            if rows:
                weight[big:] = scale
                weight[-1] = small - scale * (rows - 1)
                rest = total - big_total
                each = rest / small
                quantiles = stratified(u[big:])
                if made[j] and each < CLEARLY_BELOW * line:
                    relative, _ = sizes_with_total(quantiles, rest * rows / small, SMALLEST * each, line * BELOW_LINE, exponent)
                else:
                    top = each * max(2.0, LARGEST_SHARE * small)
                    relative = pareto_between(quantiles, SMALLEST_OTHER * each, top, exponent)
                sizes[big:] = relative * weight[big:]
                sizes[big:] *= rest / sizes[big:].sum()
            parts.append(
                {
                    "id": identity,
                    "weight": weight,
                    "place": np.full(big + rows, p),
                    "industry": np.full(big + rows, j),
                    "value_added": sizes,
                    "above": np.arange(big + rows) < big,
                }
            )
    joined = {key: np.concatenate([part[key] for part in parts]) for key in parts[0]}
    n = len(joined["id"])
    table = Enterprises(n, capacity=int(SPARE * n) + 64)
    for key in ("id", "weight", "place", "industry", "value_added"):
        getattr(table, key)[:n] = joined[key]
    residuals["tail_exponent_median"] = float(np.nanmedian(tails)) if tails else float("nan")
    draw_ages(table, founding, seed, start)
    _choose_high_tech(table, joined["above"], totals, industries, seed, start, tilt, residuals)
    foreign, _ = keyed_uniforms(seed, table.live("id"), 5)
    table.foreign[:n] = joined["above"] & (foreign < founding.city.foreign_share.value)
    return table, residuals


def _choose_high_tech(
    table: Enterprises, above: Array, totals: Totals, industries: Industries, seed: int, start: int, tilt: float, residuals: dict[str, float]
) -> None:  # fmt: skip
    """Mark the published number of high-tech enterprises so that their value added comes near the published share.

    The k enterprises with the largest ln(prior of the industry) + b ln(size) + Gumbel are marked, with b found by bisection
    between -tilt and tilt. A row has the size of one of those that it stands for, and is marked while all of them fit into the number.
    """
    n = table.n
    zone_of = np.array([row.zone or "outside" for row in totals.places])[table.place[:n]]
    u, _ = keyed_uniforms(seed, table.live("id"), 3)
    gumbel = -np.log(-np.log(u))
    prior = industries.hightech_prior[table.industry[:n]]
    size, weight = table.value_added[:n], table.weight[:n]
    each = size / weight
    for group in sorted(totals.high_tech):
        wanted = totals.high_tech[group]
        eligible = np.flatnonzero((zone_of == group) & (prior > 0) & (table.founded[:n] < start - 4))
        wanted = min(wanted, int(weight[eligible].sum()))
        if wanted == 0:
            continue
        share = totals.high_tech_share[group]
        industrial = industries.is_industrial[table.industry[:n]] > 0
        all_above = float(size[above & (zone_of == group)].sum())
        low, high = -tilt, tilt
        chosen = eligible[:0]
        for _ in range(30):
            b = 0.5 * (low + high)
            key = np.log(prior[eligible]) + b * np.log(each[eligible]) + gumbel[eligible]
            ranked = eligible[np.argsort(-key, kind="stable")]
            chosen = ranked[_fit(weight[ranked], wanted)]
            if (size * industrial)[chosen].sum() > share * all_above:
                high = b
            else:
                low = b
        table.high_tech[chosen] = True
        residuals[f"high_tech_share_{group}"] = float((size * industrial)[chosen].sum() / all_above - share) if all_above else 0.0


def _fit(weight: Array, wanted: int) -> list[int]:
    """Return the rows that are taken in their order, each while all that it stands for fit into the number wanted.

    >>> _fit(np.array([1, 1, 1]), 2), _fit(np.array([1, 20, 1, 1]), 3), _fit(np.array([2, 2]), 3)
    ([0, 1], [0, 2, 3], [0])
    """
    taken: list[int] = []
    for k, w in enumerate(weight.tolist()):
        if wanted <= 0:
            break
        if w <= wanted:
            taken.append(k)
            wanted -= w
    return taken


def draw_ages(table: Enterprises, founding: Founding, seed: int, start: int) -> None:
    """Draw the quarter of foundation: shares of young (to 5 years), middle (5 to 10), old (10 to 40, falling)."""
    n = table.n
    shares = np.array([founding.age_shares.value.get(key, 0.0) for key in ("young", "middle", "old")])
    shares = shares / shares.sum()
    which, where = keyed_uniforms(seed, table.live("id"), 7)
    young, middle = which < shares[0], (which >= shares[0]) & (which < shares[0] + shares[1])
    years = np.where(young, YOUNG * where, np.where(middle, YOUNG + (MIDDLE - YOUNG) * where, MIDDLE + (OLDEST - MIDDLE) * where**2))
    table.founded[:n] = start - np.maximum(1, np.round(4 * years)).astype(np.int16)
    table.arrived[:n] = table.founded[:n]
    table.starts_building[:n] = table.founded[:n]
