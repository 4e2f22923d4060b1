"""What is computed once, and what those admitted get."""

import numpy as np
import pytest

from tests.conftest import LANZHOU, ROOT
from zonesim.behaviour.applicants import Channel
from zonesim.behaviour.entry import enclaves
from zonesim.behaviour.location_weights import LocationParameters
from zonesim.behaviour.site_value import inclusive_value
from zonesim.model import ZoneModel
from zonesim.scenario import load_scenario
from zonesim.terms import Terms
from zonesim.world.enterprises import Origin
from zonesim.world.flows import Heads


def test_what_is_made_of_terms_is_made_again_when_they_change():
    terms = Terms(2, 1, 1)
    assert not terms.once(enclaves).any()
    assert terms.once(enclaves) is terms.once(enclaves)
    terms.turn_on("enclave", [True, False])
    assert terms.once(enclaves).tolist() == [True, False]
    assert terms.copy().once(enclaves).tolist() == [True, False]


def test_a_copy_of_parameters_has_its_own_vector():
    usual = LocationParameters()
    assert usual.vector[0] == usual.profit
    assert usual.model_copy(update={"profit": 30.0}).vector[0] == 30.0
    assert usual.vector[0] == usual.profit


def test_channels_origins_and_heads_stand_in_one_order():
    channels = [one.name for one in Channel if one != Channel.INCUMBENT]
    assert [Origin(1 + one).name for one in range(4)] == channels
    assert [Heads(one).name for one in range(4)] == channels


def test_inclusive_value_is_that_of_the_open_places():
    """Two places of utility 1: 1 + ln 2; a closed place adds nothing; large utilities do not overflow."""
    values = np.array([[1.0, 1.0, -np.inf], [900.0, -np.inf, -np.inf]])
    assert inclusive_value(values) == pytest.approx([1 + np.log(2), 900.0])


@pytest.mark.parametrize("path", ["lanzhou/baseline", "pingliang/baseline"])
def test_founders_of_every_industry_enter_at_a_like_rate(path):
    """Newcomers ask for what their industry usually finds: neither margins nor need of land keep an industry from being founded.

    Born in two years over the enterprises of the opening, for industries of which there are enough: without the measure services of other kinds, farms and
    transport are hardly founded at all (0.1 to 2 % a year against 11 %), and their jobs run out.
    """
    model = ZoneModel(load_scenario(ROOT / "scenarios" / f"{path}.yaml"), 1)
    e = model.world.enterprises
    many = 300
    opening = np.bincount(e.live("industry"), minlength=model.world.n_industries)
    before = set(e.live("id").tolist())
    born = np.zeros_like(opening)
    for _ in range(8):
        model.step()
        new = [i for i in range(e.n) if int(e.id[i]) not in before and e.origin[i] == Origin.BORN]
        born += np.bincount(e.industry[new], minlength=len(born))
        before |= set(e.live("id").tolist())
    rate = born[opening > many] / opening[opening > many] / 2
    assert len(rate) >= 5
    assert rate.min() > 0.06
    assert rate.max() < 2.2 * rate.min()


def test_a_tax_on_one_industry_keeps_its_founders_away():
    """What an industry usually finds is measured at the opening, so that worse terms than those are felt."""
    found = []
    for factor in (1.0, 1.5):
        model = ZoneModel(load_scenario(LANZHOU / "baseline.yaml"), 1)
        j, terms_at = model.world.industries.index("consumer_services"), model.package.terms_at

        def dearer(quarter, j=j, factor=factor, terms_at=terms_at):
            terms = terms_at(quarter).copy()
            for name in ("vat_rate", "business_tax_rate", "cit_rate", "cit_rate_small"):
                terms[name][:, j] *= factor
            return terms

        model.package.terms_at = dearer
        e, n = model.world.enterprises, model.world.enterprises.n
        for _ in range(4):
            model.step()
        found.append(int((e.live("industry")[n:] == j).sum()))
    assert found[1] < 0.8 * found[0]
