"""Figures in a real browser. The map: what its estimated boxes promise holds for the texts as they are drawn, in every region, in both languages, wide and narrow."""

import itertools
import shutil

import pytest

from tests.conftest import ROOT
from tests.web import server as real

pytestmark = [pytest.mark.slow, pytest.mark.skipif(shutil.which("chromium") is None, reason="no chromium here")]
pytest.importorskip("playwright")

REGIONS = {"hebei_county": "2022", "lanzhou": "2017", "pingliang": "2024", "sanming": "2026", "zhangye": "2020"}  #: last year of a short run
BOXES = """plot => {
  const boxes = css => [...plot.querySelectorAll(css)].map(e => { const b = e.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom, e.textContent]; });
  return {names: boxes('.annotation-text'), plot: boxes('.draglayer .nsewdrag'), bar: boxes('.infolayer .colorbar'), slider: boxes('.slider-group'),
          buttons: boxes('.updatemenu-button'), room: plot.parentElement.clientWidth, width: plot.getBoundingClientRect().width};
}"""


@pytest.fixture(scope="module")
def chromium():
    with real.browser() as one:
        yield one


@pytest.fixture(scope="module", params=sorted(REGIONS))
def page_of_map(request, tmp_path_factory):
    """A page with the map of a small comparison alone."""
    from zonesim.experiments.study import study
    from zonesim.report.exports.pictures import write_figure
    from zonesim.report.view import View
    from zonesim.scenario import load_scenario

    files = sorted((ROOT / "scenarios" / request.param).glob("*.yaml"), key=lambda one: (one.stem != "baseline", one.stem))
    scenarios = [load_scenario(one, ["founding.scale=50", f"horizon.end={REGIONS[request.param]}Q4"]) for one in files[:2]]
    path = tmp_path_factory.mktemp("map") / "map.html"
    view = View([study(scenarios, 2, 1, workers=1)])
    write_figure(view, "map", path, "zh")
    write_figure(view, "effects", path.with_name("effects.html"), "zh")
    return path


def meets(a, b):
    return a[0] < b[2] - 0.5 and b[0] < a[2] - 0.5 and a[1] < b[3] - 0.5 and b[1] < a[3] - 0.5


@pytest.mark.parametrize("width", [320, 1100])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_names_as_drawn_cover_no_name_no_bar_and_stay_in_the_plot(chromium, page_of_map, lang, width):
    page = chromium.new_page(bypass_csp=True, viewport={"width": width, "height": 900})
    try:
        page.goto(f"file://{page_of_map}")
        if lang == "en":
            page.locator("#switch").click()
        plot = page.locator(f"section[lang={lang}] .js-plotly-plot")
        plot.locator(".annotation-text").first.wait_for()
        page.wait_for_function(
            "p => { const d = document.querySelector(p); return d.layout.width <= d.parentElement.clientWidth; }", arg=f"section[lang={lang}] .js-plotly-plot"
        )
        page.wait_for_timeout(300)
        found = plot.evaluate(BOXES)
        assert len(found["names"]) >= 3 and found["width"] <= found["room"] + 1
        (ground,) = found["plot"]
        below = [one for one in found["names"] if one[1] > ground[3]]  # the list of parks by number
        assert len(below) == (plot.locator(".annotation-text", has_text="1 ").count() > 0 and width == 320)
        for one in below:
            assert one[0] >= 0 and one[2] <= width and all(one[1] >= button[3] for button in found["buttons"])
        found["names"] = [one for one in found["names"] if one not in below]
        for one in found["names"]:
            assert one[0] >= ground[0] - 0.5 and one[1] >= ground[1] - 0.5 and one[2] <= ground[2] + 0.5 and one[3] <= ground[3] + 0.5, (one, ground)
        for a, b in itertools.combinations(found["names"], 2):
            assert not meets(a, b), (a, b)
        (slider,) = found["slider"]
        assert len(found["buttons"]) == 2 and found["bar"]
        for one in [*found["bar"], slider, *found["buttons"]]:
            assert not any(meets(one, name) for name in found["names"])
            assert one[2] <= width
        assert not any(meets(one, slider) for one in found["buttons"])
        assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    finally:
        page.close()


@pytest.mark.parametrize("page_of_map", ["pingliang"], indirect=True)
def test_words_of_a_table_stand_in_lines_of_words(chromium, page_of_map):
    page = chromium.new_page(bypass_csp=True, viewport={"width": 1100, "height": 900})
    try:
        page.goto(f"file://{page_of_map.with_name('effects.html')}")
        page.locator("section[lang=zh] details.data summary").click()
        widths = page.locator("section[lang=zh] figure tbody td:not(.n)").evaluate_all("cells => cells.map(one => one.clientWidth)")
        assert widths and min(widths) >= 60, "a column of words was as wide as one character"
    finally:
        page.close()


def test_the_first_quarter_can_be_clicked_and_a_wider_page_has_a_wider_map(chromium, page_of_map):
    page = chromium.new_page(bypass_csp=True, viewport={"width": 700, "height": 1000})
    try:
        page.goto(f"file://{page_of_map}")
        plot = page.locator("section[lang=zh] .js-plotly-plot")
        plot.locator(".slider-label").first.wait_for()
        first = plot.locator(".slider-tick-rect").first
        box = first.bounding_box()
        plot.locator(".slider-rail-touch-rect").click(position={"x": 4, "y": 4}, force=True)
        assert box["width"] > 0
        page.wait_for_function("document.querySelector('section[lang=zh] .js-plotly-plot').layout.sliders[0].active === 0")
        width = "document.querySelector('section[lang=zh] .js-plotly-plot').layout.width"
        before = page.evaluate(width)
        page.set_viewport_size({"width": 1100, "height": 1000})
        page.wait_for_function(f"{width} > {before}")
        assert page.evaluate("document.querySelector('section[lang=zh] .js-plotly-plot').layout.sliders[0].active") == 0
    finally:
        page.close()
