"""Who moves between two parks of one zone comes from nowhere else, and is no gross job of that zone."""

import copy

import numpy as np
import pandas as pd
import pytest

from tests.conftest import LANZHOU
from zonesim.accounts.checks import Checker
from zonesim.errors import AccountsError
from zonesim.experiments.effects import gross_to_net
from zonesim.indicators.table import moved_within
from zonesim.model import ZoneModel, finish
from zonesim.scenario import load_scenario
from zonesim.world.flows import Jobs


def test_jobs_gross_and_lost_leave_out_moves_between_own_parks_by_hand():
    # by hand: under the reform 100 persons moved in, 30 of them from another park of the zone; 50 moved out, the same 30 among them; the baseline has 40, 10 and 25
    figures = {
        "jobs_new": (5, 8), "jobs_expanded": (20, 22), "jobs_from_outside": (0, 10), "jobs_moved_inside": (40, 100), "jobs_moved_within": (10, 30), "jobs_contracted": (7, 7),
        "jobs_lost_exit": (3, 4), "jobs_moved_out": (25, 50), "employment": (1000, 1049),
    }  # fmt: skip
    rows = [{"scenario": scenario, "replication": 0, "level": level, "place": place, "indicator": name, "period": "2015", "unit": "persons", "value": float(both[k])}
            for k, scenario in enumerate(("b", "r")) for level, place in (("zone", "z"), ("city", "c")) for name, both in figures.items()]  # fmt: skip
    net = gross_to_net(pd.DataFrame(rows), "b", "r", "z", "c", 2015, 2015).set_index("component")["value"]
    assert net["gross: moved inside"] == 100 - 30 and net["would have come anyway: moved inside"] == 40 - 10
    assert net["gross"] == 8 + 22 + 10 + 70 and net["deadweight"] == 5 + 20 + 0 + 30
    assert net["more lost in the zone"] == (7 + 4 + 50 - 30) - (7 + 3 + 25 - 10)
    assert net["gross"] - net["deadweight"] - net["more lost in the zone"] == net["gain of the zone"] == 49, "what is left out of both changes no sum"
    old = pd.DataFrame([one for one in rows if one["indicator"] != "jobs_moved_within"])
    assert gross_to_net(old, "b", "r", "z", "c", 2015, 2015).set_index("component")["value"]["gross: moved inside"] == 100, "results of before count them"


def test_a_committee_and_its_zone_see_a_move_between_two_committees_each_in_its_way():
    moves = np.zeros((4, 4), dtype=np.int64)  # core, a park of an office, another of it, a place outside
    moves[0, 1], moves[1, 2], moves[3, 0], moves[2, 3] = 11, 5, 100, 9
    zone, office, place = [1.0, 1.0, 1.0, 0.0], [0.0, 1.0, 1.0, 0.0], [1.0, 0.0, 0.0, 0.0]
    assert moved_within(moves, np.array([zone, office, place, [1.0] * 4]).T).tolist() == [16, 5, 0, 125]


@pytest.fixture(scope="module")
def moved():
    """Return the run of a package in which enterprises move, what was seen of its moves step by step, and its model."""
    model = ZoneModel(load_scenario(LANZHOU / "plan_2015.yaml", ["founding.scale=4", "horizon.end=2017Q4"]), 1, check=True)
    seen = []
    while model.running:
        e = model.world.enterprises
        before = dict(zip(e.live("id").tolist(), e.live("place").tolist(), strict=True))
        model.step()
        e = model.world.enterprises
        after = zip(e.live("id").tolist(), e.live("place").tolist(), strict=True)
        seen.append((model.world.flows.moves.copy(), model.world.flows.jobs.copy(), {(before[i], p) for i, p in after if before.get(i, p) != p}))
    return model, seen


def test_moves_are_those_of_enterprises_that_changed_their_place(moved):
    _, seen = moved
    assert sum(len(ways) for _, _, ways in seen) > 20
    for moves, jobs, ways in seen:
        assert moves.sum(axis=0).tolist() == jobs[:, Jobs.MOVED_IN].tolist() and moves.sum(axis=1).tolist() == jobs[:, Jobs.MOVED_OUT].tolist()
        assert ways <= set(zip(*(one.tolist() for one in np.nonzero(moves)), strict=True)), "who closed since may have moved too"


def test_a_move_that_places_do_not_know_is_noticed(moved):
    world = copy.deepcopy(moved[0].world)
    checker = Checker(world)
    world.flows.clear(0)
    checker._people(world, "now")
    world.flows.moves[0, 1] = 3
    with pytest.raises(AccountsError, match="now: persons of enterprises that moved differ"):
        checker._people(world, "now")


def test_the_indicator_counts_what_moved_between_parks_of_the_zone(moved):
    model, seen = moved
    ids = [one.id for one in model.world.place_names]
    own = [ids.index(f"{one}_park") for one in ("anning", "xigu", "honggu", "gaolan", "airport")]
    series = finish(model).series
    group, which = series.groups.index(("zone", "etdz")), series.indicators.index("jobs_moved_within")
    mine = (series.group == group) & (series.indicator == which)
    found = {series.periods[at]: value for at, value in zip(series.period[mine], series.value[mine], strict=True)}
    by_hand = [int(moves[np.ix_(own, own)].sum()) for moves, _, _ in seen]
    assert sum(by_hand) > 0 and [found[f"{year}Q{k}"] for year in range(2014, 2018) for k in (1, 2, 3, 4)] == by_hand
    assert [found[str(year)] for year in range(2014, 2018)] == [sum(by_hand[k : k + 4]) for k in (0, 4, 8, 12)]
