"""The report in a real browser: offline, both languages, every figure drawn, names inert."""

import shutil

import pytest

from zonesim.experiments.study import study
from zonesim.report.page import write_report
from zonesim.results import Results

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="module")
def results(request):
    from tests.conftest import LANZHOU
    from zonesim.scenario import load_scenario

    pair = [load_scenario(LANZHOU / name, ["horizon.end=2017Q4", "founding.scale=20"]) for name in ("baseline.yaml", "plan_2015.yaml")]
    return study(pair, 2, 1, workers=1)


def test_save_load_and_a_failing_disk(results, tmp_path, monkeypatch):
    import os

    from zonesim.errors import StorageError
    from zonesim.results import digest

    results.save(tmp_path / "a")
    back = Results.load(tmp_path / "a")
    assert digest(back) == digest(results)
    assert back.indicators["value"].tolist() == results.indicators["value"].tolist()
    first = (tmp_path / "a" / "run.json").read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="disk is full"):
        results.save(tmp_path / "a")
    with pytest.raises(StorageError):
        results.save(tmp_path / "b")
    monkeypatch.undo()
    assert (tmp_path / "a" / "run.json").read_bytes() == first, "the old results stay whole"
    assert not list((tmp_path / "b").glob("*")) and not list((tmp_path / "a").glob(".partial*"))


@pytest.mark.slow
def test_report_in_a_browser(results, tmp_path):
    if CHROMIUM is None:
        pytest.skip("no chromium is installed")
    from playwright.sync_api import sync_playwright

    hostile = "<script>alert(1)</script>\u202e=cmd"
    names = {s["id"]: (s["zh"], s["en"]) for s in results.run["scenarios"]}
    results.run["scenarios"][1]["en"] = hostile
    path = tmp_path / "report.html"
    write_report(results, path)
    results.run["scenarios"][1]["en"] = names["plan_2015"][1]
    assert path.stat().st_size < 12_000_000
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1100, "height": 900})
        said, asked, dialogs = [], [], []
        page.on("console", lambda m: said.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: said.append(str(e)))
        page.on("request", lambda r: asked.append(r.url))
        page.on("dialog", lambda d: (dialogs.append(d.message), d.dismiss()))
        page.goto(path.as_uri())
        page.wait_for_timeout(2500)
        for lang, heading in (("zh", "主要效果"), ("en", "Headline effects")):
            section = page.locator(f"section[lang={lang}]")
            assert section.is_visible() and heading in section.inner_text()
            hidden = section.locator("details.more")
            assert hidden.count() >= 5
            page.evaluate("for (const d of document.querySelectorAll('details.more')) d.open = true")
            page.wait_for_timeout(3000)
            plots = section.locator(".plot")
            assert plots.count() >= 25
            for link in section.locator("nav a").all():
                assert page.locator(link.get_attribute("href").replace(".", "\\.")).count() == 1, "the contents lead somewhere"
            for k in range(plots.count()):
                assert plots.nth(k).locator("svg").count() > 0
                assert plots.nth(k).get_attribute("aria-label")
            assert section.locator("details table").count() >= plots.count()
            page.click("#switch")
            page.wait_for_timeout(2000)
        browser.close()
    assert not said and not dialogs
    assert [u for u in asked if not u.startswith(("file:", "data:", "blob:"))] == []
