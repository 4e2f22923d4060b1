"""From what is written of one factor to its numbers: ends, shape and weights, with the field that is wrong where one is."""

from __future__ import annotations

import math
from typing import Any

from zonesim.errors import InputError
from zonesim.experiments.factors import Factor
from zonesim.experiments.schema import FactorSpec
from zonesim.scenario.vary import Slot

ENOUGH_SPREADS = 3.0  # where a normal or lognormal without bounds is cut off


class FieldError(InputError):
    """What is wrong with one field of a factor."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field


def weights(spec: FactorSpec, values: tuple[Any, ...]) -> tuple[float, ...]:
    """Return the probabilities of listed values.

    Raises:
        FieldError: there are more or fewer weights than values, or none above 0.
    """
    if spec.weights is None:
        return tuple(1 / len(values) for _ in values)
    total = math.fsum(spec.weights)
    if len(spec.weights) != len(values) or total <= 0:
        raise FieldError("weights", f"{len(spec.weights)} weights for {len(values)} values (each above 0)")
    return tuple(w / total for w in spec.weights)


def measured(common: dict[str, Any], spec: FactorSpec, slot: Slot | None) -> Factor:
    """Return a factor on a scale of numbers or dates.

    Raises:
        InputError: what is written gives none.
    """
    kind = common["kind"]
    scale = Factor("scale", "lever", kind)

    def number(value: Any, side: str) -> float | None:
        if kind != "date" and isinstance(value, str):
            raise FieldError(side, f"{value!r} is a text; write the number without quotes" if _looks_like_one(value) else f"{value!r} is not a number")
        try:
            found = None if value is None else scale.number(value)
        except (TypeError, ValueError):
            found = math.nan
        if found is not None and (isinstance(value, bool) or not math.isfinite(found)):
            raise FieldError(side, f"{value!r} is not {'a date like 2015-06-05' if kind == 'date' else 'a number'}")
        if found is not None and kind == "integer" and found != int(found):
            raise FieldError(side, f"{value!r} is not a whole number")
        return found

    number(spec.default, "default")
    low = number(spec.low if spec.low is not None else slot.low if slot else None, "low")
    high = number(spec.high if spec.high is not None else slot.high if slot else None, "high")
    shape = spec.distribution or "uniform"
    center: float | None = None
    if shape in ("normal", "lognormal"):
        center = spec.mean if shape == "normal" else spec.median
        if center is None or spec.sd is None:
            raise InputError(
                f"a {shape} distribution needs {'mean' if shape == 'normal' else 'median (of the value)'} and sd{'' if shape == 'normal' else ' (of its logarithm)'}"
            )
        reach = ENOUGH_SPREADS * spec.sd
        ends = (center - reach, center + reach) if shape == "normal" else (center * math.exp(-reach), center * math.exp(reach))
        low, high = (ends[0] if low is None else low), (ends[1] if high is None else high)
    elif shape in ("triangular", "pert"):
        center = spec.mode
        if center is None:
            raise InputError(f"a {shape} distribution needs its 'mode'")
    if low is None or high is None:
        raise InputError("needs 'low' and 'high': nothing declares them")
    if not low < high:
        raise FieldError(
            "low" if spec.low is not None else "high",
            f"low {spec.low if spec.low is not None else low} is not below high {spec.high if spec.high is not None else high}",
        )
    if (shape == "lognormal" and low < 0) or (shape == "log_uniform" and low <= 0):
        raise InputError(f"low {low:g}: a {shape} distribution is above 0")
    if center is not None and not low <= center <= high:
        raise InputError(f"{'mode' if shape in ('triangular', 'pert') else 'center'} {center:g} is outside {low:g}..{high:g}")
    if shape == "list":
        raise InputError("distribution 'list' needs 'values'")
    return Factor(**common, low=low, high=high, distribution=shape, center=0.0 if center is None else center, spread=spec.sd or 1.0)


def _looks_like_one(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False
