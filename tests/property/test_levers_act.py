"""No dead lever: moved from one end of its range to the other, with everything on, each lever changes the world."""

import numpy as np
import pytest

from zonesim.model import ZoneModel
from zonesim.policies.instrument import build_instrument, every_lever
from zonesim.scenario.schema import Scenario, site_info
from zonesim.world import load_world

QUARTERS = 20
ASSUMED = {"assumption": "test"}
# a package in which every instrument is on, at settings that leave each other room
ON = {
    "sector_designated_zone_map": {"urban_minerals": "honggu_park"},
    "sector_mandate_share": 1.0,
    "in_zone_siting_mandate_share": 0.5,
    "entry_gate_pass_score": 40,
    "entry_min_output_per_mu": 20,
    "entry_env_standard": 2.5,
    "entry_min_investment_intensity": 100,
    "standard_min_investment_per_mu": 100,
    "standard_min_output_per_mu": 20,
    "standard_min_tax_per_mu": 1,
    "standard_breach_penalty": 0.5,
    "idle_land_enforcement": 0.8,
    "negative_list_classes": [],
    "park_integration_deadline": 2015,
    "relocation_rate": 0.2,
    "city_pool_allocation_rule": "key_projects",
    "far_min": 0.8,
    "pollution_total_cap": 1.3,
    "water_total_cap": 1.4,
    "entry_industry_tier_min": 0,
    "land_pre_review_retained": False,
    "regional_assessment_validity_years": 2,
    "assessment_fee_share": 0.5,
    "use_change_grace_years": 1,
    "land_use_change_allowed": True,
    "commercial_conversion_cap": 0.5,
    "expansion_score_threshold": 60,
    "policy_window": 30,
    "bespoke_deal_threshold": 5000,
}
ENDS = {
    "park_integration_deadline": (2014, 2020),
    "tax_increment_window": ([2010, 2011], [2014, 2018]),
    "sector_designated_zone_map": ({"urban_minerals": "honggu_park"}, {"urban_minerals": "anning_park"}),
    "far_min": (0.5, 2.5),
    "leading_industry_map": ({}, {"anning_park": ["equipment"], "honggu_park": ["metals", "urban_minerals"]}),
    "promotion_channel_mix": ({"team": 1.0}, {"chain": 1.0}),
}


def package(region, change):
    site = site_info(region)
    built = []
    kinds = {}
    for kind, one in every_lever():
        kinds.setdefault(kind.name, (kind, []))[1].append(one)
    for name, (_, levers) in kinds.items():
        raw = {"instrument": name, "clause": "000§0", "start": "2014-01-01"}
        for one in levers:
            value = change.get(one.id, ON.get(one.id, one.default))
            raw[one.id] = {"value": value, **ASSUMED}
        if name == "key_zones":  # all parks cannot all be the key ones
            raw["places"] = ["anning_park", "honggu_park"]
        if name == "standard_land":
            raw["standard_review_years"] = 1.0
        if name == "tax_increment_return" and "tax_increment_window" not in change:
            raw["tax_increment_window"] = {"value": [2014, 2018], **ASSUMED}
        instrument, problems = build_instrument(name, raw, site)
        assert not problems, problems
        built.append(instrument)
    return tuple(built)


def cube(baseline, opening, change):
    scenario = Scenario(baseline.document, baseline.resolved, package(baseline.region, change))
    scenario.end = scenario.start + QUARTERS - 1
    model = ZoneModel(scenario, 1, world=load_world(opening))
    for _ in range(QUARTERS):
        model.step()
    return model.observer.cube, model.world.balances


@pytest.mark.slow
@pytest.mark.parametrize("lever_id", sorted({one.id for _, one in every_lever()}))
def test_lever_acts(lever_id, baseline, opening):
    _, one = next((k, x) for k, x in every_lever() if x.id == lever_id)
    if lever_id in ENDS:
        low, high = ENDS[lever_id]
    elif one.kind in ("number", "integer"):
        low, high = one.low, one.high
    elif one.kind == "switch":
        low, high = False, True
    elif one.kind == "choice":
        low, high = one.allowed[0], one.allowed[-1]
    elif one.kind == "weights":
        low, high = {one.allowed[0]: 5.0}, {one.allowed[-1]: 5.0}
    else:
        low, high = [], list(one.allowed)
    first, money = cube(baseline, opening, {lever_id: low})
    second, other = cube(baseline, opening, {lever_id: high})
    acted = np.flatnonzero((first != second).any(axis=(1, 2)))
    assert len(acted) or not np.array_equal(money, other), f"{lever_id} changes nothing in {QUARTERS} quarters"
