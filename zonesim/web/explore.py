"""Pages of figures: stored results compared, and sweeps; a figure at a time, with its reading, its table, and pickers for what it is about.

The address holds all that is chosen, so that a page can be reloaded, shared and gone back from. A native ``select`` names the part of the address
that it sets; the page's script puts it there, and the page follows its address. Here are the ways in; what a page shows is made in
:mod:`zonesim.web.figure_pages`.
"""

from __future__ import annotations

from typing import Any, cast

from dash import Dash, Input, Output, dcc, html
from dash.exceptions import DependencyException
from flask import Flask, Response, abort, g, redirect, render_template, request, send_file
from werkzeug.exceptions import NotFound

from zonesim.errors import InputError
from zonesim.report.figures import QUESTIONS
from zonesim.report.texts.messages import told
from zonesim.report.words import Lang
from zonesim.web import drawing, words
from zonesim.web.app import Site, page_context
from zonesim.web.asked import checked, figure_of, shown_by, unknown
from zonesim.web.drawn import csv_of
from zonesim.web.figure_pages import EXPORTS, plain, seen
from zonesim.web.shown import written

PREFIX = "/figures/"


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
            return html.Div([html.P(line) for line in told(error.named(lang), lang).splitlines()], className="error", role="alert")

    app.callback(Output("shown", "children"), Input("address", "pathname"), Input("address", "search"))(shown)
    site.guard.inline = [str(one) for one in app.csp_hashes()]

    def page(lang: str) -> Any:
        words.language(lang)
        given = list(request.args.items(multi=True))
        stores = [value for key, value in given if key == "store"]
        if stores and not site.gallery.has_read(stores[0]):  # read it while the browser reads its scripts; what is wrong with it is said in the page
            site.gallery.ahead(stores[0])
            if dict(given).get("figure", "parallel") not in QUESTIONS:
                raise unknown(dict(given)["figure"], lang)
            return app.index()
        found = shown_by(site.gallery, given)
        if not found.questions():  # what is not there has no page
            raise InputError(words.say("figures.none", lang))
        checked(site.gallery, found, given, cast(Lang, lang))
        g.first = seen(site.gallery, request.path, f"?{request.query_string.decode()}")
        return app.index()

    def table(lang: str) -> Response:
        """Return the table of a figure as CSV."""
        chosen = cast(Lang, words.language(lang))
        given = [(key, value) for key, value in request.args.items(multi=True)]
        figure, _ = figure_of(site.gallery, shown_by(site.gallery, given), chosen, given)
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
            written(site.gallery, shown_by(site.gallery, given), form, chosen),
            as_attachment=True,
            download_name=f"zonesim-{'-'.join(value for key, value in given if key in ('run', 'store'))[:60]}.{form}",
        )

    def called() -> None:
        """Refuse calls of what no page calls, which would be faults of the library."""
        if request.path == f"{PREFIX}_dash-update-component" and request.method == "POST":
            try:
                body = request.get_json(silent=True)
            except RecursionError:  # lists in lists in lists
                abort(400)
            if not isinstance(body, dict):
                abort(400)
            if body.get("output") != "shown.children":
                abort(404)
            if not _is_call(body):
                abort(400)

    server.before_request(called)
    server.register_error_handler(DependencyException, lambda _: server.handle_http_exception(NotFound()))
    drawing.add(server, PREFIX)
    server.add_url_rule("/<lang>/export.<form>", "export", export)
    server.add_url_rule("/<lang>/results", "results", page)
    server.add_url_rule("/<lang>/sweep", "sweep", page)
    server.add_url_rule("/<lang>/table.csv", "table", table)


def _is_call(body: dict[str, Any]) -> bool:
    """Tell whether a call of the page of figures is as its script makes it: where the page is, both parts as text."""
    inputs, changed = body.get("inputs"), body.get("changedPropIds", [])
    if body.get("outputs") != {"id": "shown", "property": "children"} or body.get("state"):
        return False
    if not isinstance(inputs, list) or len(inputs) != 2 or not isinstance(changed, list) or not all(isinstance(one, str) for one in changed):
        return False
    known = [one for one, part in zip(inputs, ("pathname", "search"), strict=True)
             if isinstance(one, dict) and one.get("id") == "address" and one.get("property") == part and isinstance(one.get("value"), (str, type(None)))]  # fmt: skip
    return len(known) == 2


def _frame(**parts: str) -> str:
    """Return the page around the figures: the frame of all pages."""
    return render_template(
        "figures.html",
        **page_context(),
        first=g.get("first"),
        drawing=drawing.script_for(PREFIX, request.args.get("figure", "")),
        **{key: parts.get(key, "") for key in ("config", "scripts", "renderer", "css")},
    )
