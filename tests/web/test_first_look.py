"""The first look at a page of figures: what Dash will draw is sent with the page, and stands until Dash has drawn it."""

import json
import re
import shutil
from html.parser import HTMLParser

import pytest

from tests.web import server as real
from tests.web.conftest import ORIGIN
from zonesim.web.figure_pages import plain, seen
from zonesim.web.first_look import first_look

HOSTILE = "</script><img src=x onerror=alert(1)>{{7*7}}\"'&\u2028"


@pytest.fixture
def stored(site, pair):
    shutil.copytree(pair, site.folder.run_folder("pair"))
    return site


class Read(HTMLParser):
    """What a browser makes of a page's part: its texts, its tags, its attributes."""

    def __init__(self, html):
        super().__init__()
        self.texts, self.tags, self.attributes = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.texts.append(data)


def texts_of(one):
    """Return the texts that Dash would show of a plain object, in order."""
    if one is None or isinstance(one, (str, int, float)):
        return [] if one is None else [str(one)]
    if isinstance(one, list):
        return [text for part in one for text in texts_of(part)]
    props = one["props"]
    if one["type"] == "Table":
        return [*props["columns"], *(cell for row in props["rows"] for cell in row)]
    if one["type"] == "Pick":
        return [text for _, options in props["groups"] for _, text in options]
    return texts_of(props.get("children"))


def test_the_first_look_says_all_that_dash_will_say(stored):
    gallery = stored.gallery
    for lang in ("zh", "en"):
        for asked in gallery.runs(["pair"]).questions():
            search = f"?run=pair&figure={asked.id}"
            shown, look = plain(gallery, f"/{lang}/results", search), seen(gallery, f"/{lang}/results", search)
            assert "".join(Read(str(look.html)).texts) == "".join(texts_of(shown)), asked.id
            assert seen(gallery, f"/{lang}/results", search) is look, "it is kept"
            if look.plot:
                plot = json.loads(str(look.plot))
                assert set(plot) == {"data", "layout", "config"} and plot["data"] and Read(str(look.html)).attributes.count(("id", "plot")) == 1


def test_a_page_of_figures_is_sent_with_its_first_look(client, stored):
    for lang, said in (("zh", "95%区间"), ("en", "95 % interval")):
        page = client.get(f"/{lang}/results?run=pair", headers=ORIGIN).get_data(as_text=True)
        first = page[page.index('<div id="first">') : page.index('id="first-plot"')]
        assert said in first and 'data-param="indicator"' in first and "<table>" in first
        assert page.index('<template id="dash">') < page.index("dash_renderer") and "/static/first.js" in page, "Dash waits"
        assert "Loading..." not in page


def test_names_in_a_first_look_are_data():
    def part(kind, namespace="dash_html_components", **props):
        return {"namespace": namespace, "type": kind, "props": props}

    table = part("Table", "zonesim", columns=[HOSTILE], numeric=[False], rows=[[HOSTILE]])
    pick = part("Pick", "zonesim", id="pick-x", part="x", value=HOSTILE, groups=[[HOSTILE, [[HOSTILE, HOSTILE]]]], key="k")
    graph = part("Graph", "dash_core_components", id="plot", config={}, figure={"data": [{"name": HOSTILE}], "layout": {"title": HOSTILE}})
    shown = [part("A", children=HOSTILE, href=HOSTILE), part("Link", "dash_core_components", children=HOSTILE, href=HOSTILE, refresh=True), table, pick, graph]
    look = first_look(shown)
    found = Read(str(look.html))
    assert "img" not in found.tags and "script" not in found.tags and found.texts.count(HOSTILE) == 5
    assert [value for name, value in found.attributes if name in ("href", "label", "value")] == [HOSTILE] * 4
    assert "<" not in look.plot and "\u2028" not in look.plot and json.loads(str(look.plot))["layout"]["title"] == HOSTILE
    with pytest.raises(ValueError, match="onclick"):
        first_look(part("P", onclick="x"))


@pytest.fixture
def browsed(tmp_path, pair):
    """A server over a pair of results, and a page of a browser that looks at nothing but it."""
    pytest.importorskip("playwright")
    if shutil.which("chromium") is None:
        pytest.skip("no chromium here")
    shutil.copytree(pair, tmp_path / "runs" / "pair")
    server = real.Server(tmp_path).start()
    with real.browser() as one, real.looking(one, server) as page:
        yield server, page
    server.kill()


@pytest.mark.slow
def test_a_figure_is_drawn_before_dash_is_there_and_can_be_used(browsed):
    server, page = browsed
    held = []
    page.route(re.compile("dash_renderer"), lambda route: held.append(route))  # it never comes
    page.goto(f"{server.address}/en/results?run=pair", wait_until="commit")
    page.locator("#first #plot .main-svg").first.wait_for()
    assert "95 % interval" in page.locator(".reading").inner_text() and page.locator("table tbody tr").count() > 5
    page.locator("[data-param=indicator]").select_option("gdp")
    page.wait_for_url(re.compile("indicator=gdp"))
    page.locator("#first #plot .main-svg").first.wait_for()
    page.locator("nav.menu a[href*='figure=time']").click()
    page.locator("#first #plot .scatterlayer").first.wait_for()
    assert held, "Dash was on its way"


@pytest.mark.slow
def test_dash_takes_the_place_of_the_first_look_and_nothing_is_there_twice(browsed):
    server, page = browsed
    held = []
    page.route(re.compile("_dash-update-component"), lambda route: held.append(route))
    for figure in ("where", "money", "map"):
        page.goto(f"{server.address}/zh/results?run=pair&figure={figure}", wait_until="commit")
        page.locator("#first #plot .main-svg").first.wait_for()
        link = page.locator("nav.menu a[href*='figure=time']")
        link.focus()
        typed = page.locator("#search-pick-indicator")
        if typed.count():
            typed.fill("就业")
            link.focus()
        top = page.locator("#plot").bounding_box()["y"]
        page.wait_for_timeout(200)
        while not held:
            page.wait_for_timeout(50)
        held.pop().continue_()
        page.locator("#first").wait_for(state="detached")
        page.locator("#react-entry-point #plot .main-svg").first.wait_for()
        page.locator(".before").wait_for(state="detached")
        for once in ("#plot", ".reading", "#figure", "table", "h1", "#plot .js-plotly-plot"):
            assert page.locator(once).count() == 1, (figure, once)
        assert abs(page.locator("#plot").bounding_box()["y"] - top) < 2, "nothing moved"
        assert not typed.count() or typed.input_value() == "就业", "what was typed is there"
        assert link.evaluate("one => document.activeElement === one"), "what had the focus has it"
    page.unroute(re.compile("_dash-update-component"))
    link.click()
    page.locator("#plot .scatterlayer").first.wait_for()
    assert page.evaluate("performance.getEntriesByType('navigation').length === 1 && !document.getElementById('first')"), "Dash drew it, in the same page"
