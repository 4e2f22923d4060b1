"""Who has the jobs, the value added and the land: by industry, size of enterprise and use, in every full year, for zones, counties and the region."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from zonesim import quarters
from zonesim.columns import Floats
from zonesim.indicators.measures import groups
from zonesim.units import MU
from zonesim.world import World
from zonesim.world.enterprises import Stage
from zonesim.world.places import LandStage, Use

SIZES = ("micro", "small", "medium", "large")
LIMITS = np.array([20.0, 300.0, 1000.0])  # persons, industry (工信部联企业〔2011〕300号)
LAND = ("undeveloped", "ready", "granted", "built_industrial", "built_services", "built_public")
SERVICES = (int(Use.PRODUCER_SERVICE), int(Use.LIVING_SERVICE), int(Use.COMMERCIAL))
MEASURES = {"industry": ("value_added", "employment", "enterprises"), "size": ("employment", "enterprises"), "land": ("area",)}
UNITS = {"value_added": "10k CNY/yr", "employment": "persons", "enterprises": "enterprises", "area": "mu"}


@dataclass(frozen=True)
class Breakdown:
    """The parts of one run.

    Attributes:
        years: calendar years.
        groups: (level, id) of zones, counties and the region.
        parts: names of the parts, by what is broken down (industry, size, land).
        values: ``[n_years, n_measures, n_parts, n_groups]`` of each, the measures as in ``MEASURES``.
    """

    years: tuple[int, ...]
    groups: tuple[tuple[str, str], ...]
    parts: Mapping[str, tuple[str, ...]]
    values: Mapping[str, Floats]


class Parts:
    """Collects the parts of every full year of one run.

    Args:
        world: the opening world.
    """

    def __init__(self, world: World) -> None:
        keys, membership = groups(world)
        chosen = [g for g, (level, _) in enumerate(keys) if level in ("zone", "county", "city")]
        self._groups, self._membership = tuple(keys[g] for g in chosen), membership[:, chosen]
        self._names = {"industry": tuple(world.industries.ids), "size": SIZES, "land": LAND}
        self._made = np.zeros((world.n_places, world.n_industries))
        self._whole = quarters.opens_year(world.quarter)
        self._years: list[int] = []
        self._collected: dict[str, list[Floats]] = {by: [] for by in MEASURES}

    def observe(self, world: World) -> None:
        """Add the quarter that ends; close the year with its last one."""
        flows = world.flows
        self._made += flows.value_added
        if not quarters.closes_year(world.quarter):
            return
        if self._whole:
            self._years.append(quarters.year(world.quarter))
            found = {"industry": np.stack([self._made, flows.employment, flows.enterprises]), "size": _by_size(world), "land": _by_use(world)[None]}
            for by, stock in found.items():  # [n_measures, n_places, n_parts] -> [n_measures, n_parts, n_groups], without BLAS
                self._collected[by].append(np.asarray((stock[:, :, :, None] * self._membership[None, :, None, :]).sum(axis=1)))
        self._made[:] = 0.0
        self._whole = True

    def tabulated(self) -> Breakdown:
        """Return what was collected."""
        empty = {by: np.zeros((0, len(MEASURES[by]), len(self._names[by]), len(self._groups))) for by in MEASURES}
        return Breakdown(tuple(self._years), self._groups, self._names, {by: np.stack(found) if found else empty[by] for by, found in self._collected.items()})


def _by_size(world: World) -> Floats:
    """Return jobs and enterprises by place and size: ``[n_measures, n_places, n_sizes]``."""
    e = world.enterprises
    at_work = e.live("stage") >= int(Stage.OPERATING)
    heads, weight, place = (e.live(name)[at_work].astype(float) for name in ("employment", "weight", "place"))
    code = place.astype(np.int64) * len(SIZES) + np.searchsorted(LIMITS, heads / np.maximum(weight, 1.0), side="right")
    shape = world.n_places, len(SIZES)
    return np.stack([np.bincount(code, values, shape[0] * shape[1]).reshape(shape) for values in (heads, weight)])


def _by_use(world: World) -> Floats:
    """Return the land account by place in mu: ``[n_places, n_parts]``."""
    land = world.places.land[: world.n_places].astype(float) / MU
    built = land[:, int(LandStage.BUILT)]
    stages = [land[:, int(stage)].sum(axis=1) for stage in (LandStage.UNDEVELOPED, LandStage.READY, LandStage.GRANTED)]
    return np.stack([*stages, built[:, int(Use.INDUSTRIAL)], built[:, list(SERVICES)].sum(axis=1), built[:, int(Use.PUBLIC)]], axis=1)
