"""What must be known before anything of a report, a page or a ranking is used."""

from __future__ import annotations

from collections.abc import Sequence

from zonesim.report.texts import say
from zonesim.report.texts.messages import told
from zonesim.report.view import View
from zonesim.report.words import Lang, joined


def said_to_be_mixed(plans: Sequence[int], lang: Lang) -> str:
    """Return what is said of a store that keeps runs of earlier plans, made by another input or engine.

    >>> said_to_be_mixed([1, 2], "en")
    'MIXED: runs of plan 1, 2, made by another input or engine, were kept.'
    """
    return say("ranking.mixed", lang, plans=joined([str(one) for one in plans], lang))


def mixed(view: View, lang: Lang) -> str:
    """Return that the store of a view is mixed, or nothing."""
    plans = view.sweep.facts.get("mixed_with") if view.sweep is not None else None
    return said_to_be_mixed(plans, lang) if plans else ""


def warnings(view: View, lang: Lang) -> list[str]:
    """Return what the runs of a view warned of, each once."""
    return [told(one, lang) for one in sorted({str(one) for run in view.runs for one in run.get("warnings", [])})]
