"""What is computed once, and what those admitted get."""

from zonesim.behaviour.applicants import Channel
from zonesim.behaviour.entry import enclaves
from zonesim.behaviour.location_weights import LocationParameters
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
