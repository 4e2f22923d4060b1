"""Worlds with a few hand-made enterprises, for figures that are worked out by hand."""

import numpy as np

from zonesim.terms import Terms
from zonesim.world.enterprises import Origin, Stage

PARK, INDUSTRY = 0, 0  #: of Lanzhou's places and of the industries, the first: a park, and one with industrial land


class Causes(dict):
    """Every kind of payment by a clause of its own."""

    def __missing__(self, kind):
        return f"test:{kind}"


def terms_for(world, **columns):
    """Neutral terms with some columns set everywhere."""
    terms = Terms(world.n_places, world.n_industries, world.zones.n)
    for name, value in columns.items():
        terms[name][...] = value
    return terms


def rows_of(world, n, **columns):
    """Leave n enterprises, alike but for what is given by row, in the first park."""
    e = world.enterprises
    e.compact(np.arange(e.n) < n)
    alike = dict(stage=Stage.OPERATING, place=PARK, industry=INDUSTRY, weight=1, land=0, land_next=0, floor=0, laid_out=0, debt=0, capital=1000, destination=-1)
    alike |= dict(contract=-1, high_tech=False, foreign=False, ordered=False, sincerity=1, employment=10, value_added=100, profit=0, equity=0, evades=False)
    alike |= dict(origin=Origin.ATTRACTED, verification=0, review_due=-1, failing=0, grade=0, incubated=False, mu_grade=0, founded=world.quarter - 40)
    for name, value in (alike | columns).items():
        e.live(name)[:] = value
    return e
