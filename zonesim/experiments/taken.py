"""What each design and each factor takes: a setting that would be ignored is a mistake, not a wish."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable
from typing import Any

from zonesim import quarters
from zonesim.errors import nearest
from zonesim.experiments.factors import Factor
from zonesim.experiments.schema import At, ExperimentDocument, FactorSpec
from zonesim.scenario import Scenario

TAKEN = {
    "one_at_a_time": ("levels",),
    "grid": ("levels",),
    "latin_hypercube": ("samples", "scrambles"),
    "sobol": ("samples", "second_order", "scrambles"),
    "morris": ("samples", "levels", "scrambles"),
    "factorial": ("scrambles",),
    "fast": ("samples", "harmonics", "scrambles"),
}
BY_GROUP = ("sobol", "morris")  #: designs in which the members of a group move together
BY_CHANCE = ("latin_hypercube", "sobol", "morris", "fast")  #: designs that draw values, so that weights count
SHAPED = {"normal": ("mean", "sd"), "lognormal": ("median", "sd"), "triangular": ("mode",), "pert": ("mode",)}  #: what each distribution reads beside its ends
COLUMNS = ("row", "scramble", "base", "part", "replication", "seed", "status", "seconds")  #: what a table of runs has beside factors and outcomes
FAR_QUARTERS = 80  #: that a date may lie outside the run


def ignored(document: ExperimentDocument, at: At) -> Iterable[str]:
    """Yield what an experiment gives and its design would not read."""
    method = document.design.method
    taken = TAKEN[method]
    for name in sorted(document.design.model_fields_set - {"method", *taken}):
        yield f"{at('design', name)}: a {method!r} design takes no {name}{nearest(name, taken)} (it takes: {', '.join(taken)})"
    if method in ("latin_hypercube", "morris") and document.design.samples < 2:
        what = "points" if method == "latin_hypercube" else "trajectories"
        yield f"{at('design', 'samples')}: {document.design.samples} is too few for a {method!r} design: 2 {what} or more, since one says nothing of the others"
    for i, outcome in enumerate(document.outcomes):
        if "direction" in outcome.model_fields_set and outcome.target is None:
            yield f"{at('outcomes', i, 'direction')}: is not read without a 'target'"
    if document.groups and method not in BY_GROUP:
        yield f"{at('groups')}: in a {method!r} design every factor moves by itself; groups go with {' and '.join(BY_GROUP)}"
    if method not in BY_CHANCE:
        for section, specs in (("levers", document.levers), ("uncertainties", document.uncertainties)):
            for name, spec in specs.items():
                if spec is not None and spec.weights is not None:
                    yield f"{at(section, name, 'weights')}: a {method!r} design takes every value once, whatever its weight; weights go with {', '.join(BY_CHANCE)}"


def same_names(document: ExperimentDocument, at: At) -> Iterable[str]:
    """Yield names that would be one column of the table of runs with something else."""
    for name in document.uncertainties:
        if name in document.levers:
            yield f"{at('uncertainties', name)}: a lever is called {name!r} too"
    for section, names in (("levers", document.levers), ("uncertainties", document.uncertainties)):
        for name in names:
            if name in COLUMNS:
                yield f"{at(section, name)}: {name!r} is the name of a column of every table of runs; choose another"
    for i, outcome in enumerate(document.outcomes):
        if outcome.name in COLUMNS:
            yield f"{at('outcomes', i)}: {outcome.name!r} is the name of a column of every table of runs; choose another"
        if outcome.name is not None and (outcome.name in document.levers or outcome.name in document.uncertainties):
            yield f"{at('outcomes', i)}: what varies is called {outcome.name!r} too; choose another"


def unread(section: str, name: str, spec: FactorSpec, factor: Factor, at: At) -> Iterable[str]:
    """Yield what is given of a factor and not read, and the values that would never be drawn."""
    if factor.values:
        read: tuple[str, ...] = ("weights",)
        why = "is not read of a switch, which is true or false" if factor.kind == "boolean" else "is not read beside listed values"
    else:
        read = ("low", "high", *SHAPED.get(factor.distribution, ()))
        why = f"is not read by a {factor.distribution} distribution"
    for field in ("low", "high", "mean", "median", "mode", "sd", "weights"):
        if getattr(spec, field) is not None and field not in read:
            yield f"{at(section, name, field)}: {'needs listed values' if field == 'weights' else why}"
    for k, weight in enumerate(spec.weights or ()):
        if weight == 0 and k < len(factor.values):
            yield f"{at(section, name, 'weights', k)}: 0: the value {factor.values[k]!r} would never be drawn; leave it out of 'values'"


def far_dates(section: str, name: str, spec: FactorSpec, factor: Factor, scenario: Scenario, at: At) -> Iterable[str]:
    """Yield the dates of a factor that lie so far outside the run that they are a slip of the pen."""
    if factor.kind != "date":
        return
    given: list[tuple[tuple[str | int, ...], float, Any]] = []
    if not factor.values:
        given = [(("low",), factor.low, spec.low), (("high",), factor.high, spec.high)]
    given += [(("values", k), _quarter(one), one) for k, one in enumerate(factor.values)]
    for path, quarter, written in given:
        if written is not None and not (scenario.start - FAR_QUARTERS <= quarter <= scenario.end + FAR_QUARTERS or math.isnan(quarter)):
            first, last = quarters.label(scenario.start), quarters.label(scenario.end)
            yield f"{at(section, name, *path)}: {written} is more than {FAR_QUARTERS // 4} years outside the run ({first} to {last})"


def _quarter(day: Any) -> float:
    """Return the quarter of a day as it is written; no number where it is none, which others say."""
    try:
        return quarters.quarter_of(datetime.date.fromisoformat(day))
    except (TypeError, ValueError):
        return math.nan
