"""The industry groups and their figures, read from ``zonesim/data``."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np

from zonesim.columns import Array, Floats
from zonesim.world.places import Use

USUAL_FAR = 0.8
"""Plot ratio at which the land need of industries is measured: m2 of floor per m2 of land. Assumption: mean of standards for industrial land (0.6 to 1.0)."""
DANGER = {"chemicals": 3.0, "mining": 6.0, "construction": 2.0}
"""Accidents relative to other industry. Assumption; ``supervision.danger_spread`` makes them more or less alike."""
USES = {"industrial": Use.INDUSTRIAL, "producer_service": Use.PRODUCER_SERVICE, "commercial": Use.COMMERCIAL}


@dataclass(frozen=True, eq=False)
class Industries:
    """Figures of the industry groups, arrays ``[n_industries]`` (units in ``zonesim/data/README.md``)."""

    ids: tuple[str, ...]
    zh: tuple[str, ...]
    en: tuple[str, ...]
    figures: dict[str, Array]
    input_output: Floats  #: domestic input per unit of output [input, user]
    use_code: Array  #: land use of each industry (``Use``); industries without land of their own count as commercial
    land_factor: float = 1.0  #: land per unit of capital in this region, relative to the figures that ship with the package

    def __deepcopy__(self, memo: object) -> Industries:
        """Return itself: the figures of industries never change."""
        return self

    def __post_init__(self) -> None:
        """Make every figure an attribute."""
        self.__dict__.update(self.figures)

    @cached_property
    def arrival_share(self) -> Floats:
        """Share of each industry among projects from outside."""
        return np.asarray(self.zone_prior / self.zone_prior.sum())

    @cached_property
    def is_dangerous(self) -> Array:
        """Whether accidents are more frequent: chemicals and mining."""
        return np.asarray((self.chemical > 0) | (np.array(self.ids) == "mining"))

    @cached_property
    def danger(self) -> Floats:
        """Accidents relative to safe industry: by ``DANGER``, other industry 1, services and agriculture 0."""
        return np.array([DANGER.get(one, 1.0 if inside else 0.0) for one, inside in zip(self.ids, self.figures["is_industrial"] > 0, strict=True)])

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

    def index(self, identity: str) -> int:
        """Return the position of an industry by its id."""
        return self.ids.index(identity)

    def with_land(self, factor: float) -> Industries:
        """Return the same industries in a region that uses ``factor`` times the land for the same capital.

        >>> load_industries().with_land(2.0).land_m2_per_capital[0] / load_industries().land_m2_per_capital[0]
        np.float64(2.0)
        """
        land = self.figures["land_m2_per_capital"] * (factor / self.land_factor)
        return replace(self, figures={**self.figures, "land_m2_per_capital": land}, land_factor=factor)


@cache
def load_industries() -> Industries:
    """Read the industry groups that ship with the package."""
    folder = resources.files("zonesim") / "data"
    with (folder / "industries.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    ids = tuple(row["id"] for row in rows)
    figures: dict[str, Array] = {}
    for key in rows[0]:
        values = [row[key] for row in rows]
        try:
            figures[key] = np.array([float(v) for v in values])
        except ValueError:
            figures[key] = np.array(values)
    with (folder / "input_output.csv").open(encoding="utf-8") as file:
        table = list(csv.reader(file))
    matrix = np.array([[float(v) for v in row[1:]] for row in table[1:]])
    return Industries(
        ids, tuple(row["zh"] for row in rows), tuple(row["en"] for row in rows),
        {k: v for k, v in figures.items() if k not in ("id", "zh", "en")}, matrix,
        np.array([int(USES.get(name, Use.COMMERCIAL)) for name in figures["land_use"]], dtype=np.int64),
    )  # fmt: skip
