"""Worlds with a few hand-made enterprises, for figures that are worked out by hand."""

import numpy as np

from zonesim.behaviour.applicants import Applicants, Channel
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


def applicants_of(world, n, **columns):
    """Return n projects of local founders, alike but for what is given by row, none of them with a tie to anybody."""
    a = Applicants(n)
    a.id[:] = (np.uint64(world.quarter) << np.uint64(40)) + np.arange(n, dtype=np.uint64)
    alike = dict(channel=Channel.BORN, enterprise=-1, industry=INDUSTRY, weight=1, finder=-1, partner=-1, county=-1, place=-1, value_added=10.0, capital=300.0)
    alike |= dict(employment=5.0, land=3000.0, sincerity=1.0, emission=1.0, bound=1.0, passed_on=0.0, screen=0.5, directed=1.0, fee=0.0, safe=True)
    alike |= dict(ordered=False, high_tech=False, foreign=False)
    for name, value in (alike | columns).items():
        getattr(a, name)[:] = value
    return a
