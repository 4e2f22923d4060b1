"""Terms: what an enterprise at a site, a place, a committee and the region face this quarter.

Terms are rebuilt from the law of the date and the instruments in force; they are never state. Each column allows one
verb, and each verb commutes with itself, so the order in which a scenario lists its instruments cannot matter:

=========  ==========================  =========================================================
verb       effect on a cell            used for
=========  ==========================  =========================================================
scale      x -> x * factor             prices
add        x -> x + amount             transfers, days, rates that pile up
raise_to   x -> max(x, value)          floors, strengths
lower_to   x -> min(x, value)          caps
turn_on    x -> True                   switches
fix        x -> value, once            choices; two instruments that fix different values clash
=========  ==========================  =========================================================

The columns stand in a file by theme; each says what it means, where it holds, its one verb, and the decisions that read it.
"Sites" are (place, industry): the same cell prices a site for a mover and charges a sitting enterprise.
"""

from zonesim.terms.register import TERMS
from zonesim.terms.table import Terms
from zonesim.terms.term import VERBS, Term

__all__ = ["TERMS", "VERBS", "Term", "Terms"]
