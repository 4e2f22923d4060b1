"""What the documents say or presuppose of a question, as a counterfactual or a sweep states it, and what would make it true."""

from __future__ import annotations

from typing import Annotated, Literal

import pydantic
from pydantic import Field

from zonesim.scenario.region import Real, Strict
from zonesim.scenario.schema import Text

TARGETS = "targets"  #: a claim that the targets of the package are met, all of them at once


class Claim(Text):
    """What the documents say or presuppose."""

    clause: str


class Aim(Strict):
    """A value that the documents say is reached: of an indicator, summed over places and as the mean over periods."""

    indicator: str
    places: Annotated[list[str], Field(min_length=1)]
    periods: Annotated[list[str], Field(min_length=1)] = ["last"]
    value: Real
    direction: Literal["at least", "at most"] = "at least"


class JudgedClaim(Claim):
    """A claim of a counterfactual, and how it is judged.

    Attributes:
        reaches: values that it says are reached (``targets``: those of the package): it is judged by the probability of all of them at once, and by no sign of an effect.
        every: it holds only if the effect on every reading that has a direction does; else the first such reading is judged, and others are said beside it.
        unread: why no figure of the model reads it.
    """

    reaches: Literal["targets"] | Annotated[list[Aim], Field(min_length=1)] | None = None
    every: bool = False
    unread: Text | None = None

    @pydantic.model_validator(mode="after")
    def _is_judged_in_one_way(self) -> JudgedClaim:
        if (self.reaches is not None) + self.every + (self.unread is not None) > 1:
            raise ValueError("a claim is judged in one way: 'reaches', 'every' or 'unread'")
        return self
