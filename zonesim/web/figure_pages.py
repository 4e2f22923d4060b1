"""What a page of figures shows: a figure at a time with its pickers, the questions beside it, what can be taken along, and the summary."""

from __future__ import annotations

import json
from typing import Any

from dash import dcc, html
from plotly.io.json import to_json_plotly

from zonesim.errors import InputError
from zonesim.report.cautions import mixed, warnings
from zonesim.report.figures import Question
from zonesim.report.sampled import sample
from zonesim.report.texts import say as report_say
from zonesim.report.words import Lang, method, period
from zonesim.web import words
from zonesim.web.asked import Pairs, address, asked_for, figure_of, question_of, shown_by
from zonesim.web.drawing import BEYOND
from zonesim.web.drawn import drawn
from zonesim.web.first_look import FirstLook, first_look
from zonesim.web.pickers import pickers
from zonesim.web.shown import Gallery, Shown

EXPORTS = ("html", "xlsx", "docx", "zip")


def content(gallery: Gallery, path: str, search: str) -> Any:
    """Return what a page of an address shows.

    Raises:
        InputError: it names what is not there, or what cannot be compared.
    """
    lang, given = asked_for(path, search)
    return _content(gallery, shown_by(gallery, given), path, given, lang)


def plain(gallery: Gallery, path: str, search: str) -> Any:
    """Return what a page of an address shows as a plain object, which is kept: writing a table's components out takes ten times as long as its figure.

    Raises:
        InputError: as :func:`content`.
    """
    lang, given = asked_for(path, search)
    shown = shown_by(gallery, given)
    return gallery.pages.get((shown.key, path, search), lambda: json.loads(to_json_plotly(_content(gallery, shown, path, given, lang))))


def seen(gallery: Gallery, path: str, search: str) -> FirstLook:
    """Return the first look at a page of an address, which is kept as well.

    Raises:
        InputError: as :func:`content`.
    """
    _, given = asked_for(path, search)
    key = (shown_by(gallery, given).key, path, search, "first")
    return gallery.pages.get(key, lambda: first_look(plain(gallery, path, search)))  # type: ignore[no-any-return]


def _content(gallery: Gallery, shown: Shown, path: str, given: Pairs, lang: Lang) -> Any:
    questions = shown.questions()
    if not questions:
        raise InputError(words.say("figures.none", lang))
    asked = question_of(questions, given, lang)
    figure, choice = figure_of(gallery, shown, lang, given)
    side = [
        html.H2(words.say("figures.questions", lang)),
        _menu(questions, asked, given, path, lang),
        *([html.P(words.say("figures.no_targets", lang), className="note")] if shown.view.scenes and "targets" not in shown.view.has else []),
        html.H2(words.say("download", lang)),
        _downloads(given, shown, lang),
    ]
    answer = [html.H2(asked.asks(lang), id="figure"), pickers(gallery, shown, asked, choice, lang)]
    answer.append(html.P(words.say("figures.nothing", lang), className="reading") if figure is None else drawn(figure, given, choice, lang))
    answer += _more(gallery, given, lang)
    if shown.view.scenes:
        said = [html.Li([html.Strong(f"{heading} "), one]) for heading, one in gallery.sentences(shown, lang)]
        answer += [html.H2(words.say("figures.summary", lang)), html.Ul(said)]
    head = [html.H1(title(shown, lang) or dict(given).get("store", "")), html.Div(_facts(shown, lang), className="note"), _warnings(shown, lang)]
    return [*head, html.Div([html.Div(side, className="side"), html.Div(answer, className="answer")], className="explore")]


def title(shown: Shown, lang: Lang) -> str:
    """Return what a page is about."""
    if shown.view.sweep is not None:
        return shown.view.sweep.zh if lang == "zh" else shown.view.sweep.en
    return " / ".join(one.name(lang) for one in shown.view.scenes)


def _facts(shown: Shown, lang: Lang) -> str:
    view = shown.view
    if view.sweep is not None:
        counts = view.sweep.facts["counts"]
        failed = counts["error"] + counts["timeout"] + counts["crashed"]
        return words.say(
            "figures.sweep", lang, ok=f"{counts['ok']:,}", failed=failed, missing=counts["pending"], method=method(view.sweep.facts["design"]["method"], lang)
        )
    run = view.run
    size = sample(run["scenarios"][0].get("resolved"), lang)
    return words.say("figures.facts", lang, region=run["region"][lang], start=period(str(run["start"]), lang), end=period(str(run["end"]), lang),
                     n=run["replications"], seed=run["seed"], sample=size)  # fmt: skip


def _warnings(shown: Shown, lang: Lang) -> Any:
    said = [mixed(shown.view, lang), *warnings(shown.view, lang)]
    return html.Div([html.P(one, className="warn") for one in said if one])


def _downloads(given: Pairs, shown: Shown, lang: Lang) -> Any:
    """Return links to everything that can be taken along: the report in its forms, tables, and the scenarios themselves."""
    runs = [value for key, value in given if key == "run"]
    links = [html.A(words.say("download.report.open", lang), href=f"/report/{name}", target="_blank", rel="noopener") for name in runs[:1] if len(runs) == 1]
    links += [html.A(words.say(f"download.{form}", lang), href=f"/{lang}/export.{form}{address(given)}") for form in EXPORTS]
    for name in runs:
        links.append(html.A(words.say("download.scenarios", lang), href=f"/download/{name}/scenarios.zip"))
    return html.Ul([html.Li(link) for link in links], className="plain")


def _more(gallery: Gallery, given: Pairs, lang: Lang) -> list[Any]:
    """Return a link to the job of what is shown, where it can be run with more replications; results of the command line have none."""
    runs = [value for key, value in given if key == "run"]
    known = len(runs) == 1 and gallery.folder.log(runs[0]).is_file()
    return [html.P(html.A(words.say("job.of", lang), href=f"/{lang}/job/{runs[0]}"))] if known else []


def _menu(questions: list[Question], asked: Question, given: Pairs, path: str, lang: Lang) -> Any:
    """Return the questions as links, by section."""
    sections: dict[str, list[Any]] = {}
    for one in questions:
        link = dcc.Link(one.asks(lang), href=f"{path}{address(given, figure=one.id)}", refresh=one.id in BEYOND and asked.id not in BEYOND)
        item = html.Li(html.Strong(link) if one.id == asked.id else link, **({"aria-current": "true"} if one.id == asked.id else {}))
        sections.setdefault(one.section if one.id != "where" else "", []).append(item)
    groups = []
    for section, items in sections.items():
        heading = [html.Span(report_say(f"section.{section}", lang), className="note")] if section else []
        groups.append(html.Div([*heading, html.Ul(items, className="plain")]))
    return html.Nav(groups, className="menu", **{"aria-label": words.say("figures.questions", lang)})
