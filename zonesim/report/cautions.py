"""What must be known before anything of a report, a page or a ranking is used."""

from __future__ import annotations

from collections.abc import Sequence

from zonesim.experiments.records import MAX_FAILED
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


def too_many_failed(failed: int, planned: int, lang: Lang, allowed: float = MAX_FAILED) -> str:
    """Return what is said of a sweep of which a larger share of runs than is allowed (its store keeps it: ``sweep --max-failed``) ended without outcomes; else nothing.

    >>> too_many_failed(6, 8, "en"), too_many_failed(1, 100, "en"), too_many_failed(6, 8, "en", 0.8)
    ('TOO MANY FAILED: 6 of 8 runs (75 %) ended without outcomes.', '', '')
    """
    if not planned or failed / planned <= allowed:
        return ""
    return say("ranking.too_many_failed", lang, failed=f"{failed:,}", planned=f"{planned:,}", share=f"{100 * failed / planned:.3g}")


def mixed(view: View, lang: Lang) -> str:
    """Return that the store of a view is mixed, or that too many of its runs failed, or nothing."""
    if view.sweep is None:
        return ""
    plans, counts = view.sweep.facts.get("mixed_with"), view.sweep.facts.get("counts", {})
    failed = sum(counts.get(one, 0) for one in ("error", "timeout", "crashed"))
    said = [too_many_failed(failed, sum(counts.values()), lang, view.sweep.facts.get("max_failed", MAX_FAILED)), said_to_be_mixed(plans, lang) if plans else ""]
    return ("" if lang == "zh" else " ").join(one for one in said if one)


def warnings(view: View, lang: Lang) -> list[str]:
    """Return what the runs of a view warned of, each once."""
    return [told(one, lang) for one in sorted({str(one) for run in view.runs for one in run.get("warnings", [])})]
