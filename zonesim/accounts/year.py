"""The year so far: what evaluation and quotas look at, added up quarter by quarter."""

from __future__ import annotations

from zonesim.columns import Floats, Ints
from zonesim.compiled import kernel
from zonesim.sums import total
from zonesim.world import World
from zonesim.world.flows import Flows, Jobs

OUTPUT, EMISSIONS = Flows.BY_SITE.index("output"), Flows.BY_SITE.index("emissions")
NEW, FROM_OUTSIDE, EXPANDED = int(Jobs.NEW), int(Jobs.FROM_OUTSIDE), int(Jobs.EXPANDED)


@kernel
def _add(
    taxes: Floats, by_site: Floats, jobs: Ints, unmet: Floats, granted: Floats, year_tax: Floats, year_output: Floats, year_emissions: Floats,
    year_jobs: Floats, demand: Floats, memory: float, by_place: Floats, year_by_place: Floats, year_by_site: Floats,
) -> None:  # fmt: skip
    for k in range(len(by_site)):
        for p in range(len(demand)):
            year_by_site[k, p] += total(by_site[k, p])
    year_by_place += by_place
    for p in range(len(demand)):
        year_tax[p] += total(taxes[p])
        year_output[p] += total(by_site[OUTPUT, p])
        year_emissions[p] += total(by_site[EMISSIONS, p])
        year_jobs[p] += jobs[p, NEW] + jobs[p, FROM_OUTSIDE] + jobs[p, EXPANDED]
        demand[p] = demand[p] * memory + (1.0 - memory) * (granted[p] + unmet[p])


def add_to_year(world: World, memory: float) -> None:
    """Add the quarter to the sums of the year, and to the smoothed demand for land (``memory`` of the old, the rest of the new)."""
    f, y = world.flows, world.year_sums
    _add(
        f.taxes, f.by_site, f.jobs, f.unmet_land, f.land_granted, y["tax"], y["output"], y["emissions"], y["new_jobs"], world.land_demand, memory,
        f.by_place, y["by_place"], y["by_site"],
    )  # fmt: skip
