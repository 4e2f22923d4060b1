"""Terms that are made anew in part equal terms made from nothing, and what is derived from them is never stale."""

from pathlib import Path

import numpy as np
import pytest

from zonesim.behaviour.investment import cost_effects
from zonesim.policies.package import Package
from zonesim.scenario import load_scenario
from zonesim.scenario.schema import site_info
from zonesim.terms import Terms

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
        assert package.causes_at(quarter) == fresh.causes_at(quarter)
        assert np.array_equal(made, cost_effects(fresh.terms_at(quarter), scenario.parameters["investment"], scenario.parameters["taxation"]))


def rent(terms: Terms) -> float:
    return float(terms["rent_relief"].max())


def twice_the_rent(terms: Terms) -> float:
    return 2 * terms.once(rent)


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
    assert (same.once(twice_the_rent), before.once(twice_the_rent), float(law["rent_relief"].max())) == (1.5, 0.5, 0.0)
