"""All columns of terms, by name."""

from __future__ import annotations

from zonesim.terms import approval, cooperation, entry, environment, evaluation, finance, fiscal, governance, innovation, land, promotion
from zonesim.terms.term import Term

THEMES = (fiscal, land, entry, approval, cooperation, environment, innovation, finance, governance, evaluation, promotion)
TERMS: dict[str, Term] = {name: term for theme in THEMES for name, term in theme.TERMS.items()}
