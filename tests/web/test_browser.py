"""The whole way in a real browser: choose a package, change two levers, run, watch, reload, compare, switch the language, download."""

import csv
import io
import json
import re
import shutil
import time
import zipfile

import pytest

from tests.web import server as real

pytestmark = [pytest.mark.slow, pytest.mark.skipif(shutil.which("chromium") is None, reason="no chromium here")]
pytest.importorskip("playwright")
from playwright.sync_api import expect  # noqa: E402

expect.set_options(timeout=30_000)
HOSTILE = "<img src=x onerror=alert(1)>{{7*7}}=1+1</script>%{x}"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    one = real.Server(tmp_path_factory.mktemp("data")).start()
    yield one
    one.kill()


@pytest.fixture(scope="module")
def chromium():
    with real.browser() as one:
        yield one


@pytest.fixture
def stored(server, pair):
    """Results in the data folder, whichever test came first."""
    folder = server.data / "runs" / "pair"
    if not folder.exists():
        shutil.copytree(pair, folder)
    return folder


@pytest.fixture
def page(chromium, server):
    with real.looking(chromium, server) as one:
        yield one


def quick(page):
    """Choose a small run."""
    page.get_by_label("Replications").fill("2")
    page.get_by_label("Enterprises").select_option("20")
    page.get_by_label("Until").select_option("2024Q4")


def test_from_a_package_to_its_report(page, server):
    page.goto(f"{server.address}/en/")
    card = page.locator("li.card", has_text="Pingliang with the document of 2023")
    card.get_by_role("link", name="Change clauses").click()
    land = page.get_by_label("Local retention share of land quota (rest pooled by city)")
    assert land.input_value() == "0.75"
    land.fill("75")
    page.get_by_text("a share is written as a fraction: 0.75 for 75 %").wait_for()
    assert land.get_attribute("aria-invalid") == "true" and "mistakes: 1" in page.locator("#checked").inner_text()
    land.fill("0.5")
    page.get_by_label("Local retention share of energy quota").fill("0.5")
    expect(page.locator("#checked")).to_have_text("changes: 2, no mistakes")
    page.locator("summary", has_text="002§2.7b").first.click()
    expect(page.locator("details[open] blockquote").first).to_contain_text("剩余25%的计划指标整合交由市工业园区")
    page.get_by_label("Name of the scenario").fill(f"Half {HOSTILE}")
    page.get_by_role("button", name="Save and compare").click()

    page.wait_for_url(re.compile(r"/en/run\?"))
    assert page.get_by_role("checkbox", name="Half").is_checked() and page.get_by_role("checkbox", name="Pingliang with the document of 2023").is_checked()
    quick(page)
    page.get_by_role("button", name="Run", exact=True).click()

    page.wait_for_url(re.compile("/en/job/"))
    address = page.url
    page.get_by_role("progressbar").wait_for()
    expect(page.get_by_role("progressbar")).to_have_attribute("max", "4")
    expect(page.locator("#said")).to_have_text(re.compile("Running: [1-4] of 4 runs are done|Done"), timeout=600_000)
    page.goto("about:blank")
    server.kill()
    server.start()  # the job went on
    page.goto(address)
    page.get_by_role("link", name="See the results").wait_for(timeout=600_000)
    assert page.get_by_role("status").inner_text() == "Done"
    page.reload()
    page.get_by_role("link", name="See the results").click()

    page.locator("#plot .main-svg").first.wait_for()
    reading = page.locator(".reading").inner_text()
    assert "Half <img" in reading and "persons employed of Pingliang in 2024" in reading and "95 % interval" in reading
    rows = page.locator("table tbody tr").count()
    assert rows > 30
    page.get_by_label("Indicator").select_option("gdp")
    page.wait_for_url(re.compile("indicator=gdp"))
    expect(page.locator(".reading")).not_to_contain_text("persons employed")
    page.reload()
    page.locator("#plot .main-svg").first.wait_for()
    assert "persons employed" not in page.locator(".reading").inner_text()
    page.go_back()

    for question in page.locator("nav.menu a").all_inner_texts():
        page.get_by_role("link", name=question, exact=True).click()
        expect(page.locator("#figure")).to_have_text(question)
        expect(page.locator("#plot .main-svg").first.or_(page.get_by_text("There is nothing to show")).first).to_be_visible()

    page.get_by_role("link", name="中文").click()
    page.wait_for_url(re.compile(r"/zh/results\?"))
    page.locator("#plot .main-svg").first.wait_for()
    assert page.locator("html").get_attribute("lang") == "zh-CN" and page.get_by_role("heading", name="问什么？").is_visible()

    def download(name):
        with page.expect_download() as got:
            page.get_by_role("link", name=name).first.click()
        return got.value.path().read_bytes()

    report = download("下载报告（HTML）").decode()
    assert "<img src=x" not in report and "</html>" in report
    archive = zipfile.ZipFile(io.BytesIO(download("下载方案（YAML）")))
    assert len(archive.namelist()) == 2 and all(b"zonesim: 1" in archive.read(name) for name in archive.namelist())
    rows = list(csv.reader(io.StringIO(download("下载这张表（CSV）").decode("utf-8-sig"))))
    assert len(rows) > 3
    archive = zipfile.ZipFile(io.BytesIO(download("下载全部表格（CSV）")))
    for name in archive.namelist():
        if name.endswith(".csv"):
            cells = [cell for row in csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"))) for cell in row]
            assert not any(re.match(r"[=@\t\r]|[-+](?![\d.])", cell) for cell in cells), name
    book = zipfile.ZipFile(io.BytesIO(download("下载表格（Excel）")))
    assert not any(b"<f>" in book.read(name) for name in book.namelist() if name.startswith("xl/worksheets/sheet"))


def test_a_planner_asks_whether_half_and_half_costs_jobs_and_where(page, server):
    page.goto(f"{server.address}/zh/")
    page.get_by_role("link", name="用模型回答这个问题").click()
    assert page.get_by_role("checkbox", name="50/50", exact=True).is_checked()
    page.get_by_label("重复次数").fill("2")
    page.get_by_label("企业", exact=True).select_option("20")
    page.get_by_role("button", name="开始运行").click()
    page.get_by_role("link", name="看结果").click(timeout=600_000)
    page.locator("#plot .main-svg").first.wait_for()
    reading = page.locator(".reading").inner_text()
    assert re.search(r"“50/50”.*平凉市2028年的从业人员", reading) and "95%区间" in reading and "县区中" in reading and "园区中" in reading
    table = page.locator("table").inner_text()
    assert "崆峒区" in table and "华亭工业园区" in table


def test_two_people_each_have_their_language_and_a_job_can_be_cancelled(chromium, server):
    with real.looking(chromium, server, locale="en-GB") as one, real.looking(chromium, server, locale="zh-CN") as two:
        one.goto(server.address)
        two.goto(server.address)
        assert one.locator("html").get_attribute("lang") == "en" and two.locator("html").get_attribute("lang") == "zh-CN"
        for page, label, button in ((one, "Replications", "Run"), (two, "重复次数", "开始运行")):
            page.goto(f"{page.url.rstrip('/')}/run?scenario=shipped/lanzhou/baseline&scenario=shipped/lanzhou/plan_2015")
            page.get_by_label(label, exact=True).fill("100")
            page.get_by_role("button", name=button, exact=True).click()
        two.get_by_text("排队等候").wait_for()
        one.get_by_role("button", name="Cancel the job").click()
        one.get_by_text("Cancelled").wait_for()
        two.get_by_role("button", name="取消任务").click()
        two.get_by_text("已取消").wait_for()
        assert not list((server.data / "runs").glob(f"{one.url.rsplit('/', 1)[1]}*"))


PAGES = ["", "jobs", "stored", "help", "question/PL-1", "scenario/shipped/pingliang/pingliang_2023", "edit?base=shipped/lanzhou/plan_2015",
         "run?scenario=shipped/lanzhou/baseline&scenario=shipped/lanzhou/plan_2015", "job/none"]  # fmt: skip


def violations(page, ours=""):
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [
        (one["id"], node["target"], node["failureSummary"])
        for one in found
        for node in one["nodes"]
        if ours == "" or ours not in " ".join(map(str, node["target"]))
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(chromium, server, path, lang):
    context = chromium.new_context(bypass_csp=True)  # axe is a script that is put into the page
    page = context.new_page()
    page.goto(f"{server.address}/{lang}/{path}")
    assert violations(page) == []
    context.close()


@pytest.mark.parametrize("width", [340, 1280, 1600])
def test_every_page_begins_where_its_header_does(chromium, server, stored, width):
    context = chromium.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    for path in ("", "stored", f"results?run={stored.name}", f"results?run={stored.name}&figure=time"):
        page.goto(f"{server.address}/en/{path}")
        page.locator("#react-entry-point #plot .main-svg" if "results" in path else "h1").first.wait_for()
        lefts = page.evaluate(
            "['header .brand', 'main', 'footer'].map(one => { const at = document.querySelector(one);"
            "return at.getBoundingClientRect().left + parseFloat(getComputedStyle(at).paddingLeft); })"
        )
        assert max(lefts) - min(lefts) < 1, (path, lefts)
    context.close()


def test_axe_finds_nothing_of_ours_on_a_page_of_figures(chromium, server, stored):
    context = chromium.new_context(bypass_csp=True)
    page = context.new_page()
    for lang in ("zh", "en"):
        page.goto(f"{server.address}/{lang}/results?run={stored.name}")
        page.locator("#react-entry-point #plot .main-svg").first.wait_for()
        expect(page.locator(".before")).to_have_count(0)
        assert violations(page, ours="#plot") == []
    context.close()


def test_axe_finds_nothing_of_ours_while_the_first_look_gives_way(chromium, server, stored):
    context = chromium.new_context(bypass_csp=True)
    page = context.new_page()
    page.route("**/async-graph*", lambda _: None)  # what draws Dash's own plot does not come: the first one stands
    page.goto(f"{server.address}/en/results?run={stored.name}")
    page.locator("#react-entry-point .before .main-svg").first.wait_for()
    assert violations(page, ours="#plot") == []
    page.locator(".before .modebar-btn").first.evaluate("one => one.focus()")
    assert not page.evaluate("document.querySelector('.before').contains(document.activeElement)")
    page.keyboard.press("Tab")
    assert not page.evaluate("document.querySelector('.before').contains(document.activeElement)")
    context.close()


@pytest.mark.parametrize("figure", ["where", "time"])
def test_a_page_that_was_scrolled_to_its_end_stays_there_while_the_first_look_gives_way(chromium, server, stored, figure):
    """No frame in between stands elsewhere, or is of another height."""
    context = chromium.new_context(viewport={"width": 1280, "height": 700})
    page = context.new_page()
    page.add_init_script(
        "window.seen = new Set(); window.note = () => { window.seen.add(scrollY + ' of ' + document.documentElement.scrollHeight); requestAnimationFrame(window.note); };"
    )
    held = []
    page.route("**/dash-renderer/**", lambda route: held.append(route))
    page.goto(f"{server.address}/en/results?run={stored.name}&figure={figure}")
    page.locator("#first #plot .main-svg").first.wait_for()
    page.wait_for_timeout(300)
    page.evaluate("window.scrollTo(0, 1e6); window.note()")
    at = page.evaluate("scrollY")
    for one in held:
        one.continue_()
    page.unroute("**/dash-renderer/**")
    page.locator("#react-entry-point #plot .main-svg").first.wait_for()
    expect(page.locator(".before")).to_have_count(0)
    page.wait_for_timeout(200)
    assert at > 300 and page.evaluate("[...window.seen]") == [f"{at} of {at + 700}"]
    assert page.evaluate("document.documentElement.style.overflowAnchor") == ""
    context.close()


def test_what_goes_beyond_its_box_says_so_and_is_reached(chromium, server, stored):
    context = chromium.new_context(viewport={"width": 340, "height": 800})
    page = context.new_page()
    for lang, said in (("zh", "左右滑动"), ("en", "scroll sideways")):
        page.goto(f"{server.address}/{lang}/results?run={stored.name}&figure=where")
        page.locator("#react-entry-point #plot .main-svg").first.wait_for()
        for box in (".wide", ".scroll"):
            one = page.locator(f"#react-entry-point {box}").first
            expect(one).to_have_attribute("data-over", "")
            assert one.evaluate("one => one.tabIndex === 0 && one.scrollWidth > one.clientWidth")
            assert said in one.evaluate("one => getComputedStyle(one, '::before').content")
    assert page.evaluate("document.documentElement.scrollWidth") <= 340
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(page.locator("[data-over]")).to_have_count(0)
    assert page.locator("#react-entry-point .wide").get_attribute("tabindex") is None
    context.close()


def test_names_in_flows_of_money_have_a_plate_behind_them(chromium, server, stored):
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{server.address}/zh/results?run={stored.name}&figure=money")
    one = page.locator("#react-entry-point #plot .node-label").first
    one.wait_for()
    assert one.evaluate("one => getComputedStyle(one).paintOrder") == "stroke"
    assert one.evaluate("one => getComputedStyle(one).stroke") == "rgb(255, 255, 255)"
    context.close()


def test_the_whole_way_works_with_the_keyboard(page, server):
    page.goto(f"{server.address}/en/question/PL-1")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "submit":
            break
    assert page.evaluate("document.activeElement.textContent.trim()") == "Run"


def test_hostile_results_are_inert(page, server, stored):
    target = server.data / "runs" / "hostile"
    shutil.copytree(stored, target)
    record = json.loads((target / "run.json").read_text(encoding="utf-8"))
    for one in [*record["scenarios"], record["region"], *record["places"], *record["zones"], *record["counties"], *record["indicators"], *record["accounts"]]:
        one["zh"] = one["en"] = HOSTILE
    record["warnings"] = [HOSTILE]
    (target / "run.json").write_text(json.dumps(record), encoding="utf-8")
    page.goto(f"{server.address}/en/stored")
    assert page.get_by_role("link", name=HOSTILE).count() >= 1 and page.locator("img").count() == 0
    page.goto(f"{server.address}/en/results?run=hostile")
    page.locator("#plot .main-svg").first.wait_for()
    for question in page.locator("nav.menu a").all_inner_texts():
        page.get_by_role("link", name=question, exact=True).click()
        expect(page.locator("#figure")).to_have_text(question)
        page.wait_for_timeout(300)
        assert page.locator("img[src='x']").count() == 0
    shutil.rmtree(target)


def test_levers_and_indicators_are_found_by_typing(page, server, stored):
    page.goto(f"{server.address}/en/edit?base=shipped/pingliang/pingliang_2023")
    every = page.locator(".lever:visible").count()
    page.get_by_label("Find a lever").fill("energy quota")
    expect(page.locator("#filtered")).to_have_text(re.compile(rf"^[1-9]\d* / {every}$"))
    left = page.locator(".lever:visible")
    assert 0 < left.count() < every and page.get_by_label("Local retention share of energy quota").is_visible()
    page.get_by_label("Find a lever").fill("no such thing")
    expect(page.locator("#filtered")).to_have_text("No lever fits")
    page.get_by_label("Find a lever").fill("")
    assert page.locator(".lever:visible").count() == every
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing scrolls sideways"

    page.goto(f"{server.address}/en/results?run=pair&figure=where")
    page.get_by_label("Search the list").fill("persons emp")
    page.get_by_label("Search the list").press("Enter")
    page.wait_for_url(re.compile("indicator=employment"))


def test_results_are_deleted_after_a_question(page, server, pair):
    shutil.copytree(pair, server.data / "runs" / "unwanted")
    page.goto(f"{server.address}/zh/stored")
    row = page.locator("tr", has=page.locator("input[value='unwanted']"))
    row.get_by_role("link", name="删除").click()
    page.get_by_role("link", name="不删除").click()
    assert (server.data / "runs" / "unwanted").is_dir()
    row.get_by_role("link", name="删除").click()
    page.get_by_role("button", name="确认删除").click()
    page.wait_for_url(re.compile("/zh/stored$"))
    expect(row).to_have_count(0)
    assert not (server.data / "runs" / "unwanted").exists()


def test_a_page_says_when_the_server_is_gone(chromium, tmp_path):
    from zonesim.web.folder import DataFolder
    from zonesim.web.jobs import Jobs

    jobs = Jobs(DataFolder(tmp_path / "data").jobs)
    document = {"name": {"zh": "甲", "en": "A"}}
    job = jobs.submit({"title": {"zh": "甲", "en": "A"}, "scenarios": [{"document": document}], "replications": 2, "seed": 1}, 2)
    jobs.claim(1)  # it is running as far as the server knows
    own = real.Server(tmp_path / "data").start()
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{own.address}/en/job/{job.id}")
    expect(page.locator("#progress")).to_be_visible()
    expect(page.locator("#away")).to_be_hidden()
    own.kill()
    expect(page.locator("#away")).to_be_visible()
    jobs.progress(job.id, "running", 1)
    own.start()
    expect(page.locator("#away")).to_be_hidden()
    expect(page.locator("#said")).to_contain_text("1 of 2")
    context.close()
    own.kill()


def test_what_draws_comes_once_however_late(page, server, stored):
    asked = []
    page.goto(f"{server.address}/en/results?run=pair")
    page.locator("#plot .main-svg").first.wait_for()  # the server has read it: its answer comes before the script that draws
    page.on("request", lambda request: asked.append(request.url) if "plotly" in request.url else None)

    def late(route):
        time.sleep(1.5)
        route.continue_()

    page.route(re.compile("plotly.min.js"), late)
    page.reload()
    page.locator("#plot .main-svg").first.wait_for()
    assert len(asked) == 1, asked


def test_flows_are_drawn_by_the_whole_library_and_the_way_back_works(page, server, stored):
    asked = []
    page.on("request", lambda request: asked.append(request.url.partition("?")[0].rsplit("/")[-1]) if "/figures/plotly" in request.url else None)
    page.goto(f"{server.address}/zh/results?run=pair")
    page.locator("#plot .main-svg").first.wait_for()
    assert asked == ["plotly-cartesian.min.js"]
    page.locator("nav.menu a[href*='figure=money']").click()
    page.locator("#plot .sankey").first.wait_for()
    assert asked == ["plotly-cartesian.min.js", "plotly.min.js"]
    page.locator("nav.menu a[href*='figure=time']").click()
    page.locator("#plot .scatterlayer").first.wait_for()
    page.go_back()
    page.locator("#plot .sankey").first.wait_for()
    page.go_back()
    expect(page.locator("#figure")).to_contain_text("哪里")
    page.locator("#plot .scatterlayer, #plot .barlayer").first.wait_for()
    assert page.locator("table").first.locator("tbody tr").count() > 5 and page.locator("table th[scope=col]").count() >= 3


@pytest.mark.parametrize("width", [320, 360, 399])
def test_a_row_of_a_list_is_read_without_scrolling_sideways(chromium, server, stored, width):
    """On a narrow screen the parts of a row stand below each other, each with its name, and reach no further than the screen."""
    with real.looking(chromium, server, viewport={"width": width, "height": 740}) as page:
        for lang in ("zh", "en"):
            page.goto(f"{server.address}/{lang}/stored")
            inside = page.locator("div.scroll").first.evaluate("one => one.scrollWidth <= one.clientWidth")
            tops = page.locator("table.stack tbody tr").first.locator("th,td").evaluate_all("all => all.map(one => one.getBoundingClientRect().top)")
            assert inside and tops == sorted(set(tops)), (lang, tops)
            caption = page.locator("table.stack caption").bounding_box()
            assert caption["width"] > caption["height"], "its words stand on one line"
            assert page.locator("table.stack td").first.evaluate("one => getComputedStyle(one, '::before').content").strip('" ')


def test_a_name_of_one_long_word_is_held_by_every_page(chromium, server, stored):
    """Sixty letters without a space are broken where the screen ends, and widen no page."""
    name = "W" * 60
    shutil.copytree(stored, server.data / "runs" / "long")
    record = json.loads((server.data / "runs" / "long" / "run.json").read_text(encoding="utf-8"))
    for one in record["scenarios"]:
        one["zh"] = one["en"] = name
    (server.data / "runs" / "long" / "run.json").write_text(json.dumps(record), encoding="utf-8")
    with real.looking(chromium, server, viewport={"width": 320, "height": 740}) as page:
        page.goto(f"{server.address}/zh/edit?base=shipped/pingliang/pingliang_2023")
        page.get_by_label("方案名称").fill(name)
        page.get_by_role("button", name="保存", exact=True).click()
        page.wait_for_url(re.compile("/zh/scenario/own/"))
        own = page.url.rsplit("/", 1)[1]
        wide = {}
        for path in (
            "",
            f"scenario/own/{own}",
            f"edit?base=own/{own}",
            f"run?scenario=own/{own}",
            f"own/{own}",
            f"own/{own}/remove",
            "stored",
            "remove/long",
            "results?run=long",
        ):
            page.goto(f"{server.address}/zh/{path}")
            assert name in page.content()
            wide[path] = page.evaluate("document.documentElement.scrollWidth")
        assert set(wide.values()) == {320}, wide
    shutil.rmtree(server.data / "runs" / "long")
    (server.data / "scenarios" / f"{own}.yaml").unlink()


@pytest.mark.parametrize("width", [320, 360, 399])
def test_narrow_screens_hold_every_page(chromium, server, stored, width):
    with real.looking(chromium, server, viewport={"width": width, "height": 740}) as page:
        for path in ("", "results?run=pair", "stored", "jobs", "edit?base=shipped/pingliang/pingliang_2023", "question/PL-1"):
            for lang in ("zh", "en"):
                page.goto(f"{server.address}/{lang}/{path}")
                if path.startswith("results"):
                    page.locator("#plot .main-svg").first.wait_for()
                wide = page.evaluate("document.documentElement.scrollWidth")
                assert wide <= width, (path, lang, wide)
                boxes = [one.bounding_box() for one in page.locator("header.top nav a").all()]
                rows = len({round(one["y"]) for one in boxes})
                assert rows <= 2 and all(one["height"] < 40 for one in boxes), "the menu is one or two rows of whole words"
