"""What is wrong with targets: each field by itself, so that a mistake in one hides none in another; and which are of a period outside the run."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterator
from typing import Any

from zonesim import quarters
from zonesim.errors import nearest
from zonesim.policies.clauses import miscited
from zonesim.scenario.region import Region

QUARTER, PERIOD = re.compile(r"\d{4}Q[1-4]"), re.compile(r"\d{4}(Q[1-4])?")


def measured() -> dict[str, Any]:
    """Return every indicator by its id (their rooms stand above this one, and are looked for when they are needed, as parameters are)."""
    register = importlib.import_module("zonesim.indicators")
    return {**register.INDICATORS, **register.DERIVED}


def _entries(targets: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    yield from ((i, one) for i, one in enumerate(targets if isinstance(targets, list) else ()) if isinstance(one, dict))


def check_targets(targets: Any, region: Region, at: Callable[..., str]) -> Iterator[str]:
    """Yield what is wrong with indicators, places and clauses of targets as they are written; what the schema refuses is left to it."""
    places = [*region.parks, *region.zones, *region.counties, region.id]
    known = measured()
    for i, target in _entries(targets):
        indicator, place, clause = (target.get(name) for name in ("indicator", "place", "clause"))
        if isinstance(indicator, str) and indicator not in known:
            yield f"{at('targets', i, 'indicator')}: no such indicator: {indicator!r}{nearest(indicator, known)}"
        if isinstance(place, str) and place not in places:
            yield f"{at('targets', i, 'place')}: unknown place {place!r}{nearest(place, places)}"
        elif isinstance(place, str) and indicator in known and (complaint := known[indicator].complaint(region.level_of(place))):
            yield f"{at('targets', i, 'place')}: {complaint}"
        if isinstance(clause, str):
            yield from (f"{at('targets', i, 'clause')}: {wrong}" for wrong in miscited(clause))


def outside_run(targets: Any, horizon: Any) -> list[int]:
    """Return which targets are of a period that does not end inside the horizon, where both can be read."""
    if not isinstance(horizon, dict) or not all(QUARTER.fullmatch(str(horizon.get(name))) for name in ("start", "end")):
        return []
    start, end = quarters.parse(str(horizon["start"])), quarters.parse(str(horizon["end"]))
    found = []
    for i, target in _entries(targets):
        period = target.get("period")
        if isinstance(period, str) and PERIOD.fullmatch(period):
            last = quarters.parse(period) if "Q" in period else 4 * int(period) + 3
            found += [i] if start <= end and not start <= last <= end else []
    return found


def _named(targets: Any, outside: list[int]) -> tuple[str, str]:
    listed = "; ".join(f"{targets[i].get('indicator')} of {targets[i].get('place')} in {targets[i]['period']}" for i in outside)
    return "targets are" if len(outside) > 1 else "target is", listed


def refused(targets: Any, horizon: Any, outside: list[int], at: Callable[..., str]) -> Iterator[str]:
    """Yield one line about targets that a scenario sets outside its own horizon."""
    if outside:
        several, named = _named(targets, outside)
        yield (
            f"{at('targets', outside[0], 'period')}: {len(outside)} {several} of a period outside the horizon {horizon['start']} to {horizon['end']}: {named}; "
            "change the horizon, or leave targets out (all of them: --set targets=[], or 'targets: []' in the settings of an experiment)"
        )


def left_out(targets: Any, horizon: Any, outside: list[int]) -> Iterator[str]:
    """Yield one line about targets that are left out because the horizon was set to another one for this run."""
    if outside:
        several, named = _named(targets, outside)
        yield f"{len(outside)} {several} left out, of a period outside the horizon {horizon['start']} to {horizon['end']} that was set: {named}"
