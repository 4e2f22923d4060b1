"""Terms that are made anew in part equal terms made from nothing, and what is derived from them is never stale."""

import pickle
from pathlib import Path

import numpy as np
import pytest

from zonesim import quarters
from zonesim.behaviour.investment import cost_effects
from zonesim.policies.package import Package
from zonesim.scenario import load_scenario
from zonesim.scenario.schema import site_info
from zonesim.scenario.vary import vary
from zonesim.terms import Terms
from zonesim.terms.table import KEPT

SCENARIOS = sorted((Path(__file__).parents[2] / "scenarios").glob("*/*.yaml"))


@pytest.mark.parametrize("path", SCENARIOS, ids=[path.stem for path in SCENARIOS])
def test_terms_made_in_part_equal_terms_made_from_nothing(path):
    scenario = load_scenario(path)
    site = site_info(scenario.region)
    package, last = Package(scenario.instruments, site), None
    for quarter in range(scenario.start - 3, scenario.end + 3):
        terms = package.terms_at(quarter)
        made = cost_effects(terms, scenario.parameters["investment"], scenario.parameters["taxation"])
        if terms is last:
            continue
        last, fresh = terms, Package(scenario.instruments, site)
        assert terms.same_as(fresh.terms_at(quarter))
        assert same_causes(package.causes_at(quarter), fresh.causes_at(quarter))
        assert np.array_equal(made, cost_effects(fresh.terms_at(quarter), scenario.parameters["investment"], scenario.parameters["taxation"]))


@pytest.mark.parametrize("path", [path for path in SCENARIOS if load_scenario(path).instruments], ids=lambda path: path.stem)
def test_terms_of_a_variation_equal_terms_made_from_nothing(path):
    scenario = load_scenario(path)
    site, measures = site_info(scenario.region), scenario.instruments
    some = [one for one in measures if not one.bounds_package][:: max(1, len(measures) // 4)]
    changes: list[dict[str, object]] = [{f"policies.{one.label}.enabled": False} for one in some]
    changes += [{f"policies.{one.label}.start": f"{quarters.year(scenario.start) + 2}-07-01"} for one in some if one.start.year > 1]
    for one in measures:
        for name, lever in one.levers.items():
            if lever.kind == "number" and not one.settings[name].schedule and isinstance(one.settings[name].value, float):
                changes.append({f"policies.{one.label}.{name}": lever.high if one.settings[name].value != lever.high else lever.low})
    for change in changes[:: max(1, len(changes) // 12)]:
        varied = vary(scenario, change)
        fresh = Package(varied.instruments, site)
        for quarter in range(scenario.start, scenario.end + 1, 3):
            assert varied.package.terms_at(quarter).same_as(fresh.terms_at(quarter)), (change, quarter)
            assert same_causes(varied.package.causes_at(quarter), fresh.causes_at(quarter))
    assert vary(scenario, {"parameters.location.home": 1.0}).package is scenario.package, "what does not touch policies has their terms"
    again = pickle.loads(pickle.dumps(scenario))
    assert again.package is not scenario.package and again.package.terms_at(scenario.end).same_as(scenario.package.terms_at(scenario.end))


def same_causes(one, other):
    return dict(one) == dict(other) and one.places == other.places and one.zones == other.zones


def rent(terms: Terms) -> float:
    return float(terms["rent_relief"].max())


def twice_the_rent(terms: Terms) -> float:
    return 2 * terms.once(rent)


def more_rent(terms: Terms, more: int) -> float:
    return float(terms["rent_relief"].max()) + more


def test_what_was_derived_stays_only_when_its_columns_do():
    law = Terms(2, 3, 1)
    before = law.share()
    before.add("rent_relief", np.array([True, False])[:, None], 0.25)
    assert before.once(twice_the_rent) == 0.5
    same, other = before.renew(law, {"refund_cap"}), before.renew(law, {"rent_relief"})
    assert list(same._derived) == list(before._derived)
    assert same.once(twice_the_rent) == 0.5
    assert other.once(twice_the_rent) == 0.0
    same.add("rent_relief", np.ones((2, 3), dtype=bool), 0.5)
    for n in range(100):
        same.once(more_rent, n)
    assert len(same._derived[more_rent]) <= KEPT
    assert same.once(more_rent, 1) == 1.75
    assert (same.once(twice_the_rent), before.once(twice_the_rent), float(law["rent_relief"].max())) == (1.5, 0.5, 0.0)
