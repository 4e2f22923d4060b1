"""Whose measures a document's are: the Lanzhou plan is one of its economic zone, and the other zones of the city have none of it."""

import numpy as np
import pytest

from tests.conftest import LANZHOU
from zonesim.model import ZoneModel
from zonesim.policies.instrument import Instrument
from zonesim.quarters import parse
from zonesim.scenario import load_scenario
from zonesim.scenario.schema import site_info
from zonesim.terms import TERMS

OF_THE_CITY = {"urban_minerals_to_honggu", "medicine_to_airport_north", "bio_enterprises_leave_the_city", "evaluation_of_the_plan"}
"""By the text: the first of all the city; the others what the siting, the leaving and one list for all zones mean."""


@pytest.fixture(scope="module")
def terms():
    """Of the last quarter of 2016, with the plan and without it."""
    found = [ZoneModel(load_scenario(LANZHOU / f"{name}.yaml", ["founding.scale=40"]), 1) for name in ("plan_2015", "baseline")]
    return (*(model.package.terms_at(parse("2016Q4")) for model in found), found[0].world)


def test_every_measure_of_the_plan_is_of_the_zone_or_says_why_not():
    plan = load_scenario(LANZHOU / "plan_2015.yaml")
    etdz = {"etdz", "anning_park", "xigu_park", "honggu_park", "gaolan_park", "airport_park"}
    for name, raw in plan.resolved["policies"].items():
        edits = Instrument.kinds()[raw["instrument"]].edits
        if name not in OF_THE_CITY and any(TERMS[one].where != "region" for one in edits):
            assert set(raw.get("places", [])) and set(raw["places"]) <= etdz, name


def test_other_zones_of_the_city_face_the_terms_of_the_baseline(terms):
    plan, baseline, world = terms
    other = ~site_info(load_scenario(LANZHOU / "baseline.yaml").region).select(["etdz"])
    committees = np.unique(world.places.zone[: world.n_places][other & (world.places.zone[: world.n_places] >= 0)])
    changed = []  # but for the sitings, for who leaves the city, and for the one list by which all zones are judged
    for name, term in TERMS.items():
        rows = other if term.where in ("sites", "places") else committees if term.where == "zones" else None
        if rows is None or name == "closed_share" or name.startswith(("relocation_", "weight_")):
            continue
        assert np.array_equal(plan[name][rows], baseline[name][rows]), name
        if not np.array_equal(plan[name], baseline[name]):
            changed.append(name)
    assert len(changed) > 40
