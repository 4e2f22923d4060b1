"""Terms: one commuting verb for each column."""

import numpy as np
import pytest

from zonesim.errors import InputError
from zonesim.terms import TERMS, VERBS, Terms


def test_every_term_is_declared_whole():
    for name, term in TERMS.items():
        assert term.verb in VERBS and term.doc and term.zh and term.read_by, name


@pytest.mark.parametrize("name", TERMS)
def test_the_wrong_verb_is_refused(name):
    terms = Terms(2, 3, 1)
    for verb in VERBS:
        if verb == TERMS[name].verb:
            continue
        arguments = (name, True) if verb == "turn_on" else (name, True, 1.0)
        with pytest.raises(InputError, match=TERMS[name].verb):
            getattr(terms, verb)(*arguments)


def test_verbs_do_what_they_say():
    terms = Terms(2, 1, 1)
    first = np.array([[True], [False]])
    terms.scale("land_price_factor", first, 0.5)
    terms.scale("land_price_factor", first, 0.5)
    assert terms["land_price_factor"].ravel().tolist() == [0.25, 1.0]
    terms.lower_to("refund_cap", first, 0.3)
    terms.lower_to("refund_cap", True, 0.6)
    assert terms["refund_cap"].ravel().tolist() == [0.3, 0.6]
    terms.turn_on("circulation", True)
    assert float(terms["circulation"]) == 1.0


def test_two_instruments_cannot_fix_different_values():
    terms = Terms(2, 1, 1)
    terms.fix("idle_reclaim_years", np.array([True, False]), 2.0)
    terms.fix("idle_reclaim_years", np.array([True, True]), 2.0)
    with pytest.raises(InputError, match="different values"):
        terms.fix("idle_reclaim_years", np.array([False, True]), 3.0)


def test_an_unknown_term_names_the_nearest():
    with pytest.raises(InputError, match="rent_relief"):
        Terms(1, 1, 1).add("rent_releif", True, 1.0)


def test_no_two_themes_declare_the_same_column():
    from zonesim.terms.register import THEMES

    names = [name for theme in THEMES for name in theme.TERMS]
    assert len(names) == len(set(names))
