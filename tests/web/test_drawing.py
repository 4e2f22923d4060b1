"""What draws figures in the browser: the plane bundle where it is enough, sent for once, read once, and kept."""

import inspect
import re
import shutil

import pytest

from tests.web.components import find
from tests.web.conftest import ORIGIN
from zonesim.report.drawing import eager, plotly_script
from zonesim.report.figures import QUESTIONS, draw
from zonesim.report.sources import open_view
from zonesim.report.view import View
from zonesim.web import drawing
from zonesim.web.drawing import BEYOND, TYPES, plane_script
from zonesim.web.figure_pages import content
from zonesim.web.flat import flattened

SOURCE = r'<script src="(/figures/plotly[^"]*)" defer>'


@pytest.fixture
def stored(site, pair):
    shutil.copytree(pair, site.folder.run_folder("pair"))
    return site


@pytest.mark.parametrize(("search", "least", "most"), [("?run=pair", 1.3, 1.8), ("?run=pair&figure=time", 1.3, 1.8), ("?run=pair&figure=money", 4.0, 6.0)])
def test_what_draws_is_sent_for_once_kept_and_no_larger_than_needed(client, stored, search, least, most):
    page = client.get(f"/en/results{search}", headers=ORIGIN).get_data(as_text=True)
    (source,) = re.findall(SOURCE, page)
    answer = client.get(source, headers=ORIGIN)
    assert answer.status_code == 200 and "max-age" in answer.headers["Cache-Control"] and least < len(answer.data) / 1e6 < most
    assert client.get("/en/results?run=pair", headers=ORIGIN).headers["Cache-Control"] == "no-store"


def test_what_draws_is_read_once_and_awaited(client, stored):
    page = client.get("/en/results?run=pair", headers=ORIGIN).get_data(as_text=True)
    assert page.index("/static/awaited.js") < page.index("/figures/plotly") < page.index("dash_renderer")
    assert eager("another();") == "another();"
    for script in (plotly_script(), plane_script()):
        assert ': this, (() => {\n"use strict"' in script, "Plotly has another form: see zonesim/report/drawing.py"


def test_the_plane_bundle_is_of_the_installed_version():
    plane, whole = (re.search(r"plotly\.js (?:\(cartesian - minified\) )?v([\d.]+)", script[:200])[1] for script in (plane_script(), plotly_script()))
    assert plane == whole and drawing.fits(), "see zonesim/web/drawing.py: npm pack plotly.js-cartesian-dist-min"


def test_a_bundle_of_another_version_draws_nothing(monkeypatch):
    other = drawing.plane_script().replace("minified) v", "minified) v9", 1)
    monkeypatch.setattr(drawing, "plane_script", lambda: other)
    drawing.fits.cache_clear()
    try:
        assert not drawing.fits() and drawing.script_for("/", "where").startswith("/plotly.min.js?")
    finally:
        monkeypatch.undo()
        drawing.fits.cache_clear()
    assert drawing.fits() and drawing.script_for("/", "where").startswith("/plotly-cartesian.min.js?")


def test_the_plane_bundle_can_draw_every_figure_but_those_that_get_the_whole_library(pair, sweeps):
    asked = set()
    for view in (View([pair]), *(open_view([one]) for one in sweeps)):
        for name, question in QUESTIONS.items():
            for choice in question.choices(view) if question.fits(view) else ():
                made = draw(name, view, "zh", choice)
                if made is None:
                    continue
                asked.add(name)
                spec = flattened(made.spec, "zh")
                types = {str(one.get("type", "scatter")) for one in spec["data"]}
                beyond = {key for key in spec["layout"] if re.match("scene|geo|polar|mapbox|map|ternary|smith", key)}
                assert (name in BEYOND) == bool(types - set(TYPES) or beyond), (name, types, beyond)
    assert {name for name, one in QUESTIONS.items() if "sankey" in inspect.getsource(one.draw)} == set(BEYOND), "whatever this view has of them"
    assert asked >= {"where", "money", "map", "time", "tornado", "ranking", "parallel", "tradeoff", "spider", "plane"}
    assert set(re.findall(r'moduleType:"trace",name:"(\w+)"', plane_script())) >= set(TYPES)


@pytest.fixture
def sweeps(tmp_path):
    from tests.web.test_sweep_pages import experiment
    from zonesim.experiments.sweep import sweep

    found = []
    for design in ({"method": "sobol", "samples": 16}, {"method": "morris", "samples": 16}):
        found.append(tmp_path / design["method"])
        sweep(experiment(design=design), found[-1], workers=0)
    return found


def test_a_link_to_a_figure_that_needs_the_whole_library_loads_the_page_anew(stored):
    def links(figure):
        return {one.href.rsplit("figure=", 1)[1]: one.refresh for one in find(content(stored.gallery, "/en/results", f"?run=pair&figure={figure}"), "Link")}

    assert links("where")["money"] and not links("where")["time"]
    assert not any(links("money").values()), "it has the whole library already"


def test_a_table_is_one_component_however_long(site, sweeps):
    shutil.copytree(sweeps[0], site.folder.root / "stores" / "sobol")
    shown = content(site.gallery, "/zh/sweep", "?store=sobol&figure=parallel")
    (table,) = find(shown, "Table")
    assert len(table.rows) > 20 and table._namespace == "zonesim" and table.numeric.count(True) >= 4
    assert not find(shown, "Td") and not find(shown, "Option")
