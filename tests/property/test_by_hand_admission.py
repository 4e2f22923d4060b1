"""Who is admitted while land, floor, quotas and desks last, on hand-made applicants, worked out from docs/model.md section 10 alone."""

import numpy as np
import pytest

from tests.hand_made import INDUSTRY, PARK, applicants_of, terms_for
from zonesim.behaviour.admission import admit
from zonesim.behaviour.applicants import Channel
from zonesim.behaviour.approval import Procedure
from zonesim.behaviour.bespoke import BespokeParameters
from zonesim.behaviour.location import CHOICES, NOWHERE, Preferences
from zonesim.behaviour.parcel import BUYS_PARCEL, NO_LAND, RENTS
from zonesim.world.places import LandStage, Use

LOTS = 1e9


@pytest.fixture
def admitted(small_model, world):
    """Let four projects apply to the park, with room for all of them unless told; return the numbers of those admitted, and the world."""

    def apply(tenure=BUYS_PARCEL, area=3000.0, room=(LOTS, LOTS), terms=None, of_applicants=None, number=4):
        n, m = world.n_places, world.n_industries
        a = applicants_of(world, number, **({"county": 0, "emission": 2.0} | (of_applicants or {})))
        choice = np.full((number, CHOICES), NOWHERE, dtype=np.int16)
        choice[:, 0] = PARK
        of = [np.zeros((number, CHOICES)) for _ in range(4)]
        wishes = Preferences(
            choice, np.full((number, CHOICES), area), np.full((number, CHOICES), tenure, dtype=np.int8), *of, np.zeros((n, m)), np.zeros((3, 0, 0))
        )
        p, none = small_model.parameters, np.zeros((n, m))
        procedure = Procedure(np.full((4, n, m), 90.0), np.zeros((4, n, m)), np.zeros((4, n, m)), np.ones((n, m)), none, none)
        rooms = [np.full(n, one) for one in room]
        admit(world, terms_for(world) if terms is None else terms, a, wishes, procedure, p["admission"], p["approval"], (rooms[0], rooms[1]),
              BespokeParameters(), 5.0)  # fmt: skip
        return [int(i) & 0xFF for i in world.enterprises.live("id") if int(i) >> 40 == world.quarter], rooms

    places, zones, i = world.places, world.zones, world.industries
    places.land[PARK, LandStage.READY, Use.INDUSTRIAL], places.factory[PARK], places.factory_let[PARK] = 50_000, 9_000, 0
    places.quota_energy[:], places.quota_emission[:], zones.service_capacity[:], zones.queue[:] = LOTS, LOTS, 100.0, 0.0
    i.energy_intensity[INDUSTRY], i.emission_intensity[INDUSTRY], i.water_intensity[INDUSTRY] = 0.5, 0.3, 5.0
    return apply


# A project makes 10 a quarter, 40 a year: 0.5 x 40 = 20 of energy, 0.3 x 40 x twice the usual = 24 of pollution, 5 x 40 = 200 of water.
def only_land(world):
    world.places.land[PARK, LandStage.READY, Use.INDUSTRIAL] = 9_100


def only_energy(world):
    world.places.quota_energy[PARK] = 59.0


def only_emission(world):
    world.places.quota_emission[PARK] = 71.0


def few_desks(world):
    world.zones.service_capacity[world.places.zone[PARK]] = 1.9


def busy_desks(world):
    few_desks(world)
    world.zones.queue[world.places.zone[PARK]] = 1.0


@pytest.mark.parametrize(
    "short, room, number",
    [
        (None, (LOTS, LOTS), 4),
        (only_land, (LOTS, LOTS), 3),  # 9,100 m2 for 3,000 each
        (only_energy, (LOTS, LOTS), 2),  # 59 < 3 x 20
        (only_emission, (LOTS, LOTS), 2),  # 71 < 3 x 24
        (None, (71.0, LOTS), 2),  # what total caps leave, as the quota
        (None, (LOTS, 599.0), 2),  # 599 < 3 x 200
        (few_desks, (LOTS, LOTS), 3),  # 2 x 1.9 cases
        (busy_desks, (LOTS, LOTS), 2),  # of which one waits
    ],
)
def test_projects_enter_while_land_quotas_caps_and_desks_last(world, admitted, short, room, number):
    if short is not None:
        short(world)
    energy, emission = float(world.places.quota_energy[PARK]), float(world.places.quota_emission[PARK])
    who, rooms = admitted(room=room)
    f, places = world.flows, world.places
    assert who == list(range(number)) and (f.applied[PARK], f.refused[PARK]) == (4, 4 - number)
    assert f.unmet_land[PARK] == (3_000 if short is only_land else 0)
    assert (f.quota_energy_used[PARK], f.quota_emission_used[PARK]) == pytest.approx((20.0 * number, 24.0 * number))
    assert (energy - places.quota_energy[PARK], emission - places.quota_emission[PARK]) == pytest.approx((20.0 * number, 24.0 * number))
    assert (room[0] - rooms[0][PARK], room[1] - rooms[1][PARK]) == pytest.approx((24.0 * number, 200.0 * number))


def test_a_workshop_needs_eight_tenths_of_its_land_as_floor(world, admitted):
    """9,000 m2 of floor for 2,400 each, and no land."""
    world.places.land[PARK, LandStage.READY] = 0
    assert admitted(tenure=RENTS)[0] == [0, 1, 2] and (world.flows.refused[PARK], world.flows.unmet_land[PARK]) == (1, 0)


def test_a_gate_turns_away_what_scores_less_but_no_major_project(world, admitted):
    terms = terms_for(world, gate=1.0, pass_score=101.0)
    assert admitted(terms=terms, of_applicants=dict(channel=[Channel.BORN, Channel.MAJOR, Channel.ATTRACTED, Channel.BORN]))[0] == [1]
    assert world.flows.refused[PARK] == 3


@pytest.mark.parametrize("levels, accuracy", [(2.0, 0.6), (4.0, 0.7), (20.0, 1.0)])
def test_each_level_that_approves_plans_sees_more_up_to_all(world, admitted, levels, accuracy):
    """10 x tier + 20 + 20 (no land) + 15 (1.5 - 1) + 15 (a s + (1 - a) luck), s = 0.4 and luck 0.9."""
    score = 10 * world.industries.tier[INDUSTRY] + 40 + 7.5 + 15 * (accuracy * 0.4 + (1 - accuracy) * 0.9)
    admitted(NO_LAND, 0.0, terms=terms_for(world, plan_levels=levels), of_applicants=dict(emission=1.0, sincerity=0.4, screen=0.9), number=1)
    assert world.flows.entrant_quality[PARK] == pytest.approx(score)


def test_a_row_is_as_many_cases_as_it_stands_for(world, admitted):
    """Three to a row, and desks for 4 cases: 3, 6, then 9, as 7 of 8 still fits; the fourth row is turned away.

    9 - 4 wait. A case in the middle of its row has 9 - (3 - 1) / 2 = 8 before it, one capacity too many: 90 days and a whole queue of 60 for each of nine.
    """
    z = world.places.zone[PARK]
    world.zones.service_capacity[z] = 4.0
    assert admitted(NO_LAND, 0.0, of_applicants=dict(weight=3))[0] == [0, 1, 2]
    f = world.flows
    assert (f.applied[PARK], f.refused[PARK], f.lost_projects[PARK]) == (12, 3, 3)
    assert (f.approved[PARK], f.committee_cases[PARK], f.industrial_new_projects[PARK], world.zones.queue[z]) == (9, 9, 9, 5)
    assert f.approval_days[PARK] == pytest.approx(9 * (90 + 60))


def test_lines_on_investment_are_drawn_for_one_enterprise(world, admitted):
    """A row of three with 300 in all files from 100 on: 90 days and 20 to file; from 101 on it does not."""
    for line, days in ((100.0, 3 * 110.0), (101.0, 3 * 90.0)):
        world.flows.approval_days[:] = 0.0
        admitted(NO_LAND, 0.0, terms=terms_for(world, filing_threshold=line, filing_days=20.0), of_applicants=dict(weight=3), number=1)
        assert world.flows.approval_days[PARK] == pytest.approx(days)
