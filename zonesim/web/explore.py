"""Pages of figures: stored results compared, and sweeps; a figure at a time, with its reading, its table, and pickers for what it is about.

The address holds all that is chosen, so that a page can be reloaded, shared and gone back from. A native ``select`` names the part of the address
that it sets; the page's script puts it there, and the page follows its address.
"""

from __future__ import annotations

import csv
import io
import json
from typing import Any, cast
from urllib.parse import parse_qs, urlencode

from dash import Dash, Input, Output, dcc, html
from dash.exceptions import DependencyException
from flask import Flask, Response, abort, redirect, render_template, request, send_file
from plotly.io.json import to_json_plotly
from werkzeug.exceptions import NotFound

from zonesim.errors import InputError
from zonesim.experiments.stored import FORMULA
from zonesim.indicators.register import DERIVED, INDICATORS
from zonesim.report.drawing import plotly_script, plotly_version
from zonesim.report.figures import QUESTIONS, Choice, Figure, Question
from zonesim.report.texts import say as report_say
from zonesim.report.texts.messages import told
from zonesim.report.words import Lang, method, period, word
from zonesim.web import words
from zonesim.web.app import Site, page_context
from zonesim.web.flat import flattened
from zonesim.web.shown import PARTS, Gallery, Shown, label, written

PREFIX = "/figures/"
DRAWING = f"{PREFIX}plotly.min.js?v={plotly_version()}"  #: read and compiled while the page asks what it shows, not after
CONFIG: dict[str, Any] = {
    "displaylogo": False,
    "responsive": True,
    "modeBarButtonsToRemove": ["lasso2d", "select2d"],
    "toImageButtonOptions": {"format": "png", "scale": 2},
}
LONG_LIST = 15  #: options from which on a list is grouped, and can be searched
EXPORTS = ("html", "xlsx", "docx", "zip")
THEMES = (
    "output_and_money", "enterprises_and_jobs", "land_use", "land_and_environment", "environment", "innovation", "openness", "finance", "approvals", "evaluation",
    "over_time", "other",
)  # fmt: skip
Pairs = list[tuple[str, str]]


def add(server: Flask, site: Site) -> None:
    """Add the pages of figures to the server."""
    app = Dash(
        "zonesim.web", server=server, url_base_pathname=PREFIX, title="zonesim", update_title=None, suppress_callback_exceptions=True, serve_locally=True,
        include_assets_files=False, compress=False, add_log_handler=False,
    )  # fmt: skip
    app.layout = html.Div([dcc.Location(id="address", refresh=False), html.Div(id="shown")])
    app.interpolate_index = _frame

    def shown(path: str | None, search: str | None) -> Any:
        try:
            return plain(site.gallery, path or "", search or "")
        except InputError as error:
            lang = (path or "").strip("/").split("/")[0]
            return html.Div([html.P(line) for line in told(str(error), lang).splitlines()], className="error", role="alert")

    app.callback(Output("shown", "children"), Input("address", "pathname"), Input("address", "search"))(shown)
    script = plotly_script().encode()
    site.guard.inline = [str(one) for one in app.csp_hashes()]

    def page(lang: str) -> Any:
        words.language(lang)
        given = list(request.args.items(multi=True))
        stores = [value for key, value in given if key == "store"]
        if stores and not site.gallery.has_read(stores[0]):  # read it while the browser reads its scripts; what is wrong with it is said in the page
            site.gallery.ahead(stores[0])
            if dict(given).get("figure", "parallel") not in QUESTIONS:
                raise _unknown(dict(given)["figure"], lang)
            return app.index()
        found = _shown(site.gallery, given)
        if not found.questions():  # what is not there has no page
            raise InputError(words.say("figures.none", lang))
        _check(site.gallery, found, given, cast(Lang, lang))
        return app.index()

    def drawing() -> Response:
        answer = Response(script, mimetype="text/javascript")
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"  # its address names its version
        return answer

    def table(lang: str) -> Response:
        """Return the table of a figure as CSV."""
        chosen = cast(Lang, words.language(lang))
        given = [(key, value) for key, value in request.args.items(multi=True)]
        figure, _ = _figure(site.gallery, _shown(site.gallery, given), chosen, given)
        if figure is None:
            raise InputError(words.say("figures.nothing", lang))
        answer = Response(csv_of(figure), mimetype="text/csv")
        answer.headers["Content-Disposition"] = f'attachment; filename="{figure.id}.csv"'
        return answer

    def export(lang: str, form: str) -> Any:
        """Return the report of what is shown, in one of its forms."""
        chosen = cast(Lang, words.language(lang))
        if form not in EXPORTS:
            raise InputError(f"no export {form[:20]!r}")
        given = [(key, value) for key, value in request.args.items(multi=True)]
        if form == "html" and len(given) == 1 and given[0][0] == "run" and (site.gallery.folder.run(given[0][1]).path / "report.html").is_file():
            return redirect(f"/download/{given[0][1]}/report.html")
        return send_file(
            written(site.gallery, _shown(site.gallery, given), form, chosen),
            as_attachment=True,
            download_name=f"zonesim-{'-'.join(dict(given).values())[:60]}.{form}",
        )

    def called() -> None:
        """Refuse calls of what no page calls, which would be faults of the library."""
        if request.path == f"{PREFIX}_dash-update-component" and request.method == "POST":
            body = request.get_json(silent=True)
            if not isinstance(body, dict):
                abort(400)
            if body.get("output") != "shown.children":
                abort(404)
            if not _is_call(body):
                abort(400)

    server.before_request(called)
    server.register_error_handler(DependencyException, lambda _: server.handle_http_exception(NotFound()))
    server.add_url_rule(DRAWING.partition("?")[0], "drawing", drawing)
    server.add_url_rule("/<lang>/export.<form>", "export", export)
    server.add_url_rule("/<lang>/results", "results", page)
    server.add_url_rule("/<lang>/sweep", "sweep", page)
    server.add_url_rule("/<lang>/table.csv", "table", table)


def _is_call(body: dict[str, Any]) -> bool:
    """Tell whether a call of the page of figures is as its script makes it: where the page is, both parts as text."""
    inputs, changed = body.get("inputs"), body.get("changedPropIds", [])
    if body.get("outputs", {"id": "shown", "property": "children"}) != {"id": "shown", "property": "children"} or body.get("state"):
        return False
    if not isinstance(inputs, list) or len(inputs) != 2 or not isinstance(changed, list) or not all(isinstance(one, str) for one in changed):
        return False
    known = [one for one, part in zip(inputs, ("pathname", "search"), strict=True)
             if isinstance(one, dict) and one.get("id") == "address" and one.get("property") == part and isinstance(one.get("value"), (str, type(None)))]  # fmt: skip
    return len(known) == 2


def _frame(**parts: str) -> str:
    """Return the page around the figures: the frame of all pages."""
    return render_template(
        "figures.html", **page_context(), drawing=DRAWING, **{key: parts.get(key, "") for key in ("app_entry", "config", "scripts", "renderer", "css")}
    )


def content(gallery: Gallery, path: str, search: str) -> Any:
    """Return what a page of an address shows.

    Raises:
        InputError: it names what is not there, or what cannot be compared.
    """
    lang, given = _asked_for(path, search)
    return _content(gallery, _shown(gallery, given), path, given, lang)


def plain(gallery: Gallery, path: str, search: str) -> Any:
    """Return what a page of an address shows as a plain object, which is kept: writing a table's components out takes ten times as long as its figure.

    Raises:
        InputError: as :func:`content`.
    """
    lang, given = _asked_for(path, search)
    shown = _shown(gallery, given)
    return gallery.pages.get((shown.key, path, search), lambda: json.loads(to_json_plotly(_content(gallery, shown, path, given, lang))))


def _asked_for(path: str, search: str) -> tuple[Lang, Pairs]:
    given = [(key, value) for key, values in parse_qs(search.lstrip("?"), max_num_fields=40).items() for value in values]
    return cast(Lang, words.language(path.strip("/").split("/")[0])), given


def _content(gallery: Gallery, shown: Shown, path: str, given: Pairs, lang: Lang) -> Any:
    questions = shown.questions()
    if not questions:
        raise InputError(words.say("figures.none", lang))
    asked = _asked(questions, given, lang)
    figure, choice = _figure(gallery, shown, lang, given)
    side = [
        html.H2(words.say("figures.questions", lang)),
        _menu(questions, asked, given, path, lang),
        *([html.P(words.say("figures.no_targets", lang), className="note")] if shown.view.scenes and "targets" not in shown.view.has else []),
        html.H2(words.say("download", lang)),
        _downloads(given, shown, lang),
    ]
    answer = [html.H2(asked.asks(lang), id="figure"), _pickers(gallery, shown, asked, choice, lang)]
    answer.append(html.P(words.say("figures.nothing", lang), className="reading") if figure is None else _drawn(figure, given, choice, lang))
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


def _shown(gallery: Gallery, given: Pairs) -> Shown:
    stores = [value for key, value in given if key == "store"]
    return gallery.sweep(stores[0]) if stores else gallery.runs([value for key, value in given if key == "run"])


def _asked(questions: list[Question], given: Pairs, lang: Lang) -> Question:
    wanted = dict(given).get("figure", questions[0].id)
    found = next((one for one in questions if one.id == wanted), None)
    if found is None:
        raise _unknown(wanted, lang)
    return found


def _unknown(value: str, lang: str) -> InputError:
    return InputError(words.say("figures.unknown", lang, value=value[:40]))


def _check(gallery: Gallery, shown: Shown, given: Pairs, lang: Lang) -> Question:
    """Return the question of an address, all of whose parts are there to choose."""
    asked = _asked(shown.questions(), given, lang)
    allowed, listed = gallery.options(shown, asked), asked.choices(shown.view)
    for part, value in given:
        if part in PARTS and value not in (*allowed.get(part, ()), *(getattr(one, part) for one in listed)):
            raise _unknown(value, lang)
    return asked


def _figure(gallery: Gallery, shown: Shown, lang: Lang, given: Pairs) -> tuple[Figure | None, Choice]:
    asked = _check(gallery, shown, given, lang)
    return gallery.figure(shown, asked.id, lang, {key: value for key, value in given if key in PARTS})


def _address(given: Pairs, **changed: str) -> str:
    kept = [(key, value) for key, value in given if key in ("run", "store")]
    return "?" + urlencode([*kept, *changed.items()])


def _facts(shown: Shown, lang: Lang) -> str:
    view = shown.view
    if view.sweep is not None:
        counts = view.sweep.facts["counts"]
        failed = counts["error"] + counts["timeout"] + counts["crashed"]
        return words.say(
            "figures.sweep", lang, ok=f"{counts['ok']:,}", failed=failed, missing=counts["pending"], method=method(view.sweep.facts["design"]["method"], lang)
        )
    run = view.run
    size = words.sample(run["scenarios"][0].get("resolved"), lang)
    return words.say("figures.facts", lang, region=run["region"][lang], start=period(str(run["start"]), lang), end=period(str(run["end"]), lang),
                     n=run["replications"], seed=run["seed"], sample=size)  # fmt: skip


def _warnings(shown: Shown, lang: Lang) -> Any:
    said = [one for run in shown.view.runs for one in run.get("warnings", [])]
    return html.Div([html.P(told(one, lang), className="warn") for one in dict.fromkeys(said)])


def _downloads(given: Pairs, shown: Shown, lang: Lang) -> Any:
    """Return links to everything that can be taken along: the report in its forms, tables, and the scenarios themselves."""
    runs = [value for key, value in given if key == "run"]
    links = [html.A(words.say("download.report.open", lang), href=f"/report/{name}", target="_blank", rel="noopener") for name in runs[:1] if len(runs) == 1]
    links += [html.A(words.say(f"download.{form}", lang), href=f"/{lang}/export.{form}{_address(given)}") for form in EXPORTS]
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
        link = dcc.Link(one.asks(lang), href=f"{path}{_address(given, figure=one.id)}", refresh=False)
        item = html.Li(html.Strong(link) if one.id == asked.id else link, **({"aria-current": "true"} if one.id == asked.id else {}))
        sections.setdefault(one.section if one.id != "where" else "", []).append(item)
    groups = []
    for section, items in sections.items():
        heading = [html.Span(report_say(f"section.{section}", lang), className="note")] if section else []
        groups.append(html.Div([*heading, html.Ul(items, className="plain")]))
    return html.Nav(groups, className="menu", **{"aria-label": words.say("figures.questions", lang)})


def _pickers(gallery: Gallery, shown: Shown, asked: Question, choice: Choice, lang: Lang) -> Any:
    """Return a native select for each thing that can be chosen."""
    found = []
    for part, values in gallery.options(shown, asked).items():
        now = getattr(choice, part)
        listed: list[Any] = [html.Option(label(shown.view, asked, part, one, lang), value=one, selected=one == now) for one in values]
        if part == "indicator" and len(values) > LONG_LIST:
            themes: dict[str, list[Any]] = {}
            for one, option in sorted(zip(values, listed, strict=True), key=lambda pair: THEMES.index(theme_of(pair[0]))):
                themes.setdefault(theme_of(one), []).append(option)
            listed = [html.Optgroup(options, label=words.say(f"theme.{theme}", lang)) for theme, options in themes.items()]
        select = html.Select(listed, id=f"pick-{part}", key=f"{asked.id}-{part}-{now}", **{"data-param": part})
        found.append(html.Div([html.Label(words.say(f"pick.{part}", lang), htmlFor=f"pick-{part}"), select]))
        if len(values) > LONG_LIST:
            named = words.say("pick.search", lang)
            found.append(html.Div([html.Label(named, htmlFor=f"search-pick-{part}"), dcc.Input(id=f"search-pick-{part}", type="search", autoComplete="off")]))
    return html.Div(found, className="pickers")


def theme_of(indicator: str) -> str:
    """Return the theme of an indicator: the part of the model that it measures.

    >>> theme_of("employment"), theme_of("evaluation_rank"), theme_of("not_known")
    ('enterprises_and_jobs', 'over_time', 'other')
    """
    known = INDICATORS.get(indicator)
    theme = known.compute.__module__.rpartition(".")[2] if known is not None else "over_time" if indicator in DERIVED else "other"
    return theme if theme in THEMES else "other"


def _drawn(figure: Figure, given: Pairs, choice: Choice, lang: Lang) -> Any:
    """Return a figure with its reading first and its table beside it."""
    chosen = {part: getattr(choice, part) for part in PARTS if getattr(choice, part)}
    wanted = dict(given).get("figure")
    address = _address(given, **({"figure": wanted} if wanted else {}), **chosen)
    head = html.Thead(html.Tr([html.Th(one.title, scope="col") for one in figure.table.columns]))
    body = html.Tbody([html.Tr([html.Td(cell, className="n" if column.kind != "text" else "") for cell, column in zip(row, figure.table.columns, strict=True)])
                       for row in figure.table.written(lang)])  # fmt: skip
    plot = dcc.Graph(id="plot", figure=flattened(figure.spec, lang), config=CONFIG)
    return html.Div([
        html.H3(figure.title), html.P(figure.reading, className="reading", role="status"),
        html.Div(plot, role="figure", **{"aria-label": figure.alt}), html.P(figure.note, className="note"),
        html.Details([
            html.Summary(word("table", lang)), html.Div(html.Table([head, body]), className="scroll", tabIndex="0", role="region", **{"aria-label": figure.title}),
        ], open=True),
        html.P(html.A(words.say("download.table", lang), href=f"/{lang}/table.csv{address}", className="button")),
    ])  # fmt: skip


def csv_of(figure: Figure) -> bytes:
    """Return a figure's table for spreadsheets: numbers as they are, texts that could be formulas quoted."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow([_inert(column.title) for column in figure.table.columns])
    for row in figure.table.rows:
        writer.writerow([_inert(cell) if isinstance(cell, str) else "" if cell is None else repr(cell) for cell in row])
    return stream.getvalue().encode("utf-8-sig")


def _inert(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
