"""Three results of a run worked out again from docs/model.md alone, with no rule of the model imported."""

import math

import numpy as np
import pytest

from zonesim.model import ZoneModel
from zonesim.world import load_world

THETA, PROVINCE, CITY, SHARE = 0.80, 0.20, 0.45, 0.70  # docs/model.md sections 3 and 5; the plan's clause 004§3.10.5


@pytest.fixture(scope="module")
def by_hand(plan, opening):
    """Run four years; note value added by hand, the split of taxes by hand, and the taxes of the zone and what merges into it."""
    model = ZoneModel(plan, 1, world=load_world(opening))
    worst, split, years = [], [], {}
    while model.quarter < 4 * 2018:
        world, year = model.world, model.quarter // 4
        e, industries = world.enterprises, world.industries
        before = {
            k: e.live(k).copy() for k in ("id", "log_productivity", "capital", "employment", "weight", "place", "industry", "stage", "high_tech", "utilisation")
        }
        standing = {k: e.live(k).astype(int) for k in ("grade", "centre", "brand", "incubated")}
        model.step()
        economy, central = world.economy, model.central
        after = {
            int(i): [int(x) for x in row] for i, *row in zip(e.live("id"), e.live("grade"), e.live("centre"), e.live("brand"), e.live("incubated"), strict=True)
        }
        status = dict(zip(e.live("id").tolist(), e.live("high_tech").tolist(), strict=True))
        made = dict(zip(e.live("id").tolist(), e.live("value_added").tolist(), strict=True))
        for i in range(0, len(before["id"]), 50):
            if before["stage"][i] != 3 or made.get(int(before["id"][i]), 0.0) == 0.0:
                continue
            p, j, w = int(before["place"][i]), int(before["industry"][i]), float(before["weight"][i])
            alpha = 1 - industries.labour_share[j]
            demand = economy.outside_demand[j] * economy.local_demand[world.places.county[p], j]
            recognised = 0.02 if status[int(before["id"][i])] and not before["high_tech"][i] else 0.0  # section 6, at the opening of the year
            rises = [now - int(standing[k][i]) for k, now in zip(("grade", "centre", "brand"), after[int(before["id"][i])][:3], strict=True)]
            learned = recognised + sum(max(0, rise) * gain for rise, gain in zip(rises, (0.015, 0.01, 0.005), strict=True)) * (
                model.quarter > world.start + 1
            )  # section 15
            learned += 0.03 * (model.quarter % 4 == 1 and standing["incubated"][i] * after[int(before["id"][i])][3])  # a year in an incubator
            inputs = (before["capital"][i] / w) ** alpha * (before["employment"][i] / w) ** (1 - alpha)
            value = w * demand * math.exp(before["log_productivity"][i] + learned + economy.place_effect[p, j]) * inputs**THETA
            value *= float(before["utilisation"][i])  # section 14
            with_result = value * math.exp(0.005) if model.quarter % 4 == 1 else value  # a partner's result put to use at the opening of the year
            worst.append(min(abs(one / made[int(before["id"][i])] - 1) for one in (value, with_result)))
        rest = world.flows.taxes * (1 - central)[None, :]
        rest[:, :3] *= 1 - PROVINCE
        posted = model.ledger.of_this_quarter()
        kinds = [model.ledger.kinds.index(k) for k in ("vat", "business_tax", "cit", "surcharge", "land_use_tax") if k in model.ledger.kinds]
        to_city = posted["amount"][np.isin(posted["kind"], kinds) & (posted["payee"] == world.accounts.CITY)].sum()
        split.append(abs(to_city / (CITY * rest.sum()) - 1))
        zone = world.zone_names.index(next(z for z in world.zone_names if z.id == "etdz"))
        family = [z for z in range(world.zones.n) if z == zone or world.zones.parent[z] == zone]
        inside = np.isin(world.places.zone[: world.n_places], family)
        years[year] = years.get(year, 0.0) + CITY * rest[inside, :3].sum()
    return model, worst, split, years


def test_value_added_of_enterprises(by_hand):
    _, worst, _, _ = by_hand
    assert len(worst) > 1000 and max(worst) < 1e-12


def test_the_citys_part_of_every_quarters_taxes(by_hand):
    _, _, split, _ = by_hand
    assert len(split) == 16 and max(split) < 1e-12


def test_the_return_on_the_increment_of_three_taxes(by_hand):
    """70 % of what the city's part grew by over the year before, for the zone with the parks that merge into it."""
    model, _, _, years = by_hand
    rows = model.ledger.rows()
    returned = rows["kind"] == model.ledger.kinds.index("tax_return")
    assert {model.ledger.causes[c] for c in rows["cause"][returned]} == {"004§3.10.5"}
    for year in (2015, 2016, 2017):
        paid = rows["amount"][returned & (rows["quarter"] == 4 * year + 3)].sum()
        assert paid == pytest.approx(SHARE * max(0.0, years[year] - years[year - 1]), rel=1e-9, abs=1e-9)
    assert rows["amount"][returned].sum() > 0
