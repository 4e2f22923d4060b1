"""Who has the jobs, the value added and the land: by industry, size of enterprise and use, in every full year, for zones, counties and the region."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from zonesim import quarters
from zonesim.columns import Array, Floats, Ints
from zonesim.compiled import kernel
from zonesim.indicators.measures import groups
from zonesim.units import MU
from zonesim.world import World
from zonesim.world.enterprises import Stage
from zonesim.world.places import LandStage, Use

SIZES = ("micro", "small", "medium", "large")
LIMITS = np.array([20.0, 300.0, 1000.0])  # persons, industry (工信部联企业〔2011〕300号)
LAND = ("undeveloped", "ready", "granted", "built_industrial", "built_services", "built_public")
SERVICES = (int(Use.PRODUCER_SERVICE), int(Use.LIVING_SERVICE), int(Use.COMMERCIAL))
UNDEVELOPED, READY, GRANTED, BUILT = (int(stage) for stage in (LandStage.UNDEVELOPED, LandStage.READY, LandStage.GRANTED, LandStage.BUILT))
INDUSTRIAL, PUBLIC, OPERATING = int(Use.INDUSTRIAL), int(Use.PUBLIC), int(Stage.OPERATING)
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
            for by, stock in found.items():
                self._collected[by].append(stock)  # [n_measures, n_places, n_parts]
        self._made[:] = 0.0
        self._whole = True

    def tabulated(self) -> Breakdown:
        """Return what was collected."""
        values = {}
        for by, found in self._collected.items():  # [n_years, n_measures, n_places, n_parts] -> [n_years, n_measures, n_parts, n_groups], without BLAS
            stock = np.stack(found) if found else np.zeros((0, len(MEASURES[by]), len(self._membership), len(self._names[by])))
            values[by] = np.asarray((stock[:, :, :, :, None] * self._membership[None, None, :, None, :]).sum(axis=2))
        return Breakdown(tuple(self._years), self._groups, self._names, values)


@kernel
def _add_by_size(n: int, stage: Array, place: Array, weight: Array, employment: Array, limits: Floats, out: Floats) -> None:
    for i in range(n):
        if stage[i] >= OPERATING:
            persons, size = employment[i] / max(weight[i], 1), 0
            while size < len(limits) and persons >= limits[size]:
                size += 1
            out[0, place[i], size] += employment[i]
            out[1, place[i], size] += weight[i]


def _by_size(world: World) -> Floats:
    """Return jobs and enterprises by place and size: ``[n_measures, n_places, n_sizes]``."""
    e, out = world.enterprises, np.zeros((len(MEASURES["size"]), world.n_places, len(SIZES)))
    _add_by_size(e.n, e.stage, e.place, e.weight, e.employment, LIMITS, out)
    return out


@kernel
def _divide_land(land: Ints, out: Floats) -> None:
    for p in range(len(out)):
        for k, stage in enumerate((UNDEVELOPED, READY, GRANTED)):
            for use in range(land.shape[2]):
                out[p, k] += land[p, stage, use] / MU
        out[p, 3], out[p, 5] = land[p, BUILT, INDUSTRIAL] / MU, land[p, BUILT, PUBLIC] / MU
        for use in SERVICES:
            out[p, 4] += land[p, BUILT, use] / MU


def _by_use(world: World) -> Floats:
    """Return the land account by place in mu: ``[n_places, n_parts]``, in the order of ``LAND``."""
    out = np.zeros((world.n_places, len(LAND)))
    _divide_land(world.places.land, out)
    return out
