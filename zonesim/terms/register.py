"""All columns of terms, by name."""

from __future__ import annotations

from zonesim.terms import approval, cooperation, entry, environment, finance, fiscal, innovation, land
from zonesim.terms.term import Term

THEMES = (fiscal, land, entry, approval, cooperation, environment, innovation, finance)
TERMS: dict[str, Term] = {name: term for theme in THEMES for name, term in theme.TERMS.items()}
