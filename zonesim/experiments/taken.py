"""What each design takes: a setting that a design would ignore is a mistake, not a wish."""

from __future__ import annotations

from collections.abc import Iterable

from zonesim.errors import nearest
from zonesim.experiments.schema import At, ExperimentDocument

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


def ignored(document: ExperimentDocument, at: At) -> Iterable[str]:
    """Yield what an experiment gives and its design would not read."""
    method = document.design.method
    taken = TAKEN[method]
    for name in sorted(document.design.model_fields_set - {"method", *taken}):
        yield f"{at('design', name)}: a {method!r} design takes no {name}{nearest(name, taken)} (it takes: {', '.join(taken)})"
    if document.groups and method not in BY_GROUP:
        yield f"{at('groups')}: in a {method!r} design every factor moves by itself; groups go with {' and '.join(BY_GROUP)}"
    if method not in BY_CHANCE:
        for section, specs in (("levers", document.levers), ("uncertainties", document.uncertainties)):
            for name, spec in specs.items():
                if spec is not None and spec.weights is not None:
                    yield f"{at(section, name, 'weights')}: a {method!r} design takes every value once, whatever its weight; weights go with {', '.join(BY_CHANCE)}"
