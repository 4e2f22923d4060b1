"""Schema of ``experiments/*.yaml`` of the kind ``sweep``: strict, like that of scenarios."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

import pydantic
from pydantic import Field

from zonesim.errors import InputError
from zonesim.experiments.claim import Claim
from zonesim.experiments.design import Method
from zonesim.experiments.factors import Distribution, Kind
from zonesim.scenario.complaints import describe
from zonesim.scenario.region import Identifier, Real, Strict
from zonesim.scenario.schema import Text

Name = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_.]{0,79}$")]
At = Callable[..., str]
REGION, LAST = "region", "last"


class FactorSpec(Strict):
    """A lever or uncertainty as it is written; what is left out is taken from where the setting is declared."""

    name: Text | None = None  #: what people call it; else the name of the lever or parameter
    policy: Any = None  #: one name, or a list
    setting: str | None = None
    path: str | None = None
    at: str | None = None  #: of a setting that differs by place or date: every, scale, others, a place, or a date
    kind: Kind | None = None
    low: Any = None  #: a number, or a date
    high: Any = None
    distribution: Distribution | None = None
    mean: Real | None = None
    median: Annotated[Real, Field(gt=0)] | None = None
    mode: Real | None = None
    sd: Annotated[Real, Field(gt=0)] | None = None
    values: Annotated[list[Any], Field(min_length=2, max_length=1000)] | None = None
    weights: list[Annotated[Real, Field(ge=0)]] | None = None
    default: Any = None


class OutcomeSpec(Strict):
    """What is read of each run, and what it should reach: an indicator of a scenario, or by ``name`` what a model of the user's own returns."""

    name: Name | None = None
    indicator: str | None = None
    place: str = REGION
    period: Annotated[str, Field(pattern=r"^(last|\d{4}(Q[1-4])?)$")] = LAST
    unit: str | None = None
    target: Real | None = None
    direction: Literal["at least", "at most"] = "at least"

    @pydantic.model_validator(mode="before")
    @classmethod
    def _by_name(cls, given: Any) -> Any:
        return {"name": given} if isinstance(given, str) else given


class DesignSpec(Strict):
    """How the points are chosen."""

    method: Method = "one_at_a_time"
    samples: Annotated[int, Field(ge=1, le=10_000_000)] = 64
    levels: Annotated[int, Field(ge=2, le=1000)] | None = None
    second_order: bool = False
    scrambles: Annotated[int, Field(ge=1, le=1000)] = 1
    harmonics: Annotated[int, Field(ge=2, le=16)] = 4


class ExperimentDocument(Strict):
    """The file as it is written."""

    zonesim: Literal[1] = 1
    kind: Literal["sweep"] = "sweep"
    id: Identifier = "experiment"
    name: Text | None = None
    description: Text | None = None
    question: Text | None = None  #: what the sweep is to answer, and what the documents say of it
    claim: Claim | None = None
    scenario: str | None = None
    baseline: str | None = None
    settings: dict[str, Any] = {}
    levers: dict[Name, FactorSpec | None] = {}
    uncertainties: dict[Name, FactorSpec | None] = {}
    groups: dict[Name, Annotated[list[str], Field(min_length=1)]] = {}
    outcomes: Annotated[list[OutcomeSpec], Field(min_length=1)]
    design: DesignSpec = DesignSpec()
    replications: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    luck: Literal["common", "by_row", "independent"] = "common"
    seed: Annotated[int, Field(ge=0, lt=2**63)] = 1


def validated(plain: Any, at: At) -> ExperimentDocument:
    """Return the document of plain values.

    Raises:
        InputError: with one line for each mistake.
    """
    if not isinstance(plain, dict):
        raise InputError("an experiment is a mapping")
    try:
        return ExperimentDocument.model_validate(plain)
    except pydantic.ValidationError as error:
        raise InputError(*dict.fromkeys(describe(problem, at, ExperimentDocument) for problem in error.errors())) from None
