"""No dead lever: moved from one end of its range to the other in a package where it is on (else added to one), each lever changes the world."""

import pytest

from tests.conftest import LANZHOU
from zonesim.experiments.homes import find_packages
from zonesim.experiments.proof import prove
from zonesim.policies.instrument import every_lever

LEVERS = {one.id: (kind, one) for kind, one in every_lever()}
QUARTERS = 24


@pytest.fixture(scope="module")
def packages():
    return find_packages(LANZHOU.parent)


@pytest.fixture(scope="module")
def openings():
    return {}


@pytest.mark.slow
@pytest.mark.parametrize("lever_id", sorted(LEVERS))
def test_lever_acts(lever_id, packages, openings):
    kind, lever = LEVERS[lever_id]
    proof = prove(lever, kind, packages, openings, most_quarters=QUARTERS)
    assert not proof.never_bound, f"{lever_id} changes nothing in {QUARTERS} quarters of any package"
