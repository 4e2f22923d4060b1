"""Native selects for what a figure can be about; a long list is grouped by theme, and can be searched."""

from __future__ import annotations

import itertools
from typing import Any

from dash import dcc, html

from zonesim.indicators.register import DERIVED, INDICATORS
from zonesim.report.figures import Choice, Question
from zonesim.report.words import Lang
from zonesim.web import words
from zonesim.web.elements import Pick
from zonesim.web.shown import Gallery, Shown, label

LONG_LIST = 15  #: options from which on a list is grouped, and can be searched
THEMES = (
    "output_and_money", "enterprises_and_jobs", "land_use", "land_and_environment", "environment", "innovation", "openness", "finance", "approvals", "evaluation",
    "over_time", "other",
)  # fmt: skip


def pickers(gallery: Gallery, shown: Shown, asked: Question, choice: Choice, lang: Lang) -> Any:
    """Return a native select for each thing that can be chosen."""
    found = []
    for part, values in gallery.options(shown, asked).items():
        now = getattr(choice, part)
        named = [(one, label(shown.view, asked, part, one, lang)) for one in values]
        groups = {"": named}
        if part == "indicator" and len(values) > LONG_LIST:
            by_theme = sorted(named, key=lambda one: THEMES.index(theme_of(one[0])))
            groups = {words.say(f"theme.{theme}", lang): list(some) for theme, some in itertools.groupby(by_theme, key=lambda one: theme_of(one[0]))}
        select = Pick(part, now, list(groups.items()), key=f"{asked.id}-{part}-{now}")
        found.append(html.Div([html.Label(words.say(f"pick.{part}", lang), htmlFor=f"pick-{part}"), select]))
        if len(values) > LONG_LIST:
            search = words.say("pick.search", lang)
            found.append(html.Div([html.Label(search, htmlFor=f"search-pick-{part}"), dcc.Input(id=f"search-pick-{part}", type="search", autoComplete="off")]))
    return html.Div(found, className="pickers")


def theme_of(indicator: str) -> str:
    """Return the theme of an indicator: the part of the model that it measures.

    >>> theme_of("employment"), theme_of("evaluation_rank"), theme_of("not_known")
    ('enterprises_and_jobs', 'over_time', 'other')
    """
    known = INDICATORS.get(indicator)
    theme = known.compute.__module__.rpartition(".")[2] if known is not None else "over_time" if indicator in DERIVED else "other"
    return theme if theme in THEMES else "other"
