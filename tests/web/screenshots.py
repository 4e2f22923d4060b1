"""A picture of every page and every figure in both languages: ``make screenshots``, or ``python -m tests.web.screenshots OUT [DATA]``.

Without DATA a comparison and a small sweep are made first; a few pictures go into docs/planners, where the tour shows them.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from tests.web.server import ROOT, Server, browser, looking
from zonesim.experiments.counterfactual import load_counterfactual
from zonesim.experiments.experiment import Experiment
from zonesim.experiments.study import study
from zonesim.experiments.sweep import sweep
from zonesim.report.page import write_report

TOUR = {"zh": ("home", "question", "editor-wrong", "job", "figure-where", "figure-time", "stored"), "en": ("question", "editor-wrong", "figure-where")}
WIDTH, HEIGHT, NARROW = 1100, 820, 340
RUN, STORE = "pingliang-quota-split", "pingliang-levers"


def prepare(data: Path) -> None:
    """Make a comparison (the split of quotas in Pingliang) and a sweep of three of its levers."""
    asked = load_counterfactual(ROOT / "experiments" / "PL-1.yaml", ["founding.scale=5", "horizon.end=2026Q4"])
    results = study([asked.reference, asked.arm("half"), asked.arm("pooled")], 10, 1, workers=2)
    results.save(data / "runs" / RUN)
    write_report(results, data / "runs" / RUN / "report.html")
    levers: dict[str, object] = {"land_quota_local_retention_share": {}, "filing_days": {}, "award_amount": {}}
    made = Experiment(
        name={"zh": "平凉：三个手段", "en": "Pingliang: three levers"},
        scenario=ROOT / "scenarios" / "pingliang" / "pingliang_2023.yaml", settings={"founding.scale": 20, "horizon.end": "2024Q4"}, levers=levers,
        outcomes=[{"indicator": "employment", "period": "2024"}, {"indicator": "gdp", "period": "2024"}], design={"method": "sobol", "samples": 16},
    )  # fmt: skip
    sweep(made, data / "stores" / STORE, workers=2)


def pages(server: Server) -> dict[str, str]:
    """Return the address of every page below its language."""
    found = {
        "home": "", "question": "question/PL-1?arm=half", "scenario": "scenario/shipped/pingliang/pingliang_2023", "editor": "edit?base=shipped/pingliang/pingliang_2023",
        "run": "run?scenario=shipped/pingliang/baseline&scenario=shipped/pingliang/pingliang_2023", "stored": "stored", "help": "help",
    }  # fmt: skip
    for kind, of in (("results", f"run={RUN}"), ("sweep", f"store={STORE}")):
        with browser() as one, looking(one, server) as page:
            page.goto(f"{server.address}/en/{kind}?{of}")
            page.locator("nav.menu a").first.wait_for()
            for link in page.locator("nav.menu a").all():
                address = link.get_attribute("href")
                found[f"figure-{address.rsplit('figure=', 1)[1]}"] = address.removeprefix("/en/")
    return found


def take(server: Server, out: Path) -> None:
    """Take every picture, the narrow ones (as of a telephone) in a folder of their own."""
    narrow = out / "narrow"
    narrow.mkdir(parents=True, exist_ok=True)
    addresses = pages(server)
    with browser() as one:
        for lang in ("zh", "en"):
            more = {"locale": "zh-CN" if lang == "zh" else "en-GB"}
            with looking(one, server, viewport={"width": WIDTH, "height": HEIGHT}, **more) as page:
                every_page(page, server, addresses, lang, out)
                job(page, server, lang, out)
                wrong_value(page, server, lang, out)
            with looking(one, server, viewport={"width": NARROW, "height": HEIGHT}, **more) as page:
                every_page(page, server, addresses, lang, narrow)


def every_page(page, server: Server, addresses: dict[str, str], lang: str, out: Path) -> None:
    """Take every page and figure as a page of one width shows it."""
    for name, path in addresses.items():
        page.goto(f"{server.address}/{lang}/{path}")
        if name.startswith("figure-"):
            page.locator(".reading, .error").first.wait_for()
            if page.locator("#plot").count():
                page.locator("#plot .main-svg").first.wait_for()
        page.wait_for_timeout(300)
        page.screenshot(path=out / f"{name}-{lang}.png", full_page=name.startswith(("figure-", "help", "stored")))


def job(page, server: Server, lang: str, out: Path) -> None:
    """Take a job while it runs, and the list of jobs, and end it."""
    page.goto(f"{server.address}/{lang}/question/PL-1?arm=half")
    page.locator("#replications").fill("20")
    page.locator("button.main").click()
    page.locator("#progress").wait_for()
    until = time.monotonic() + 300
    while time.monotonic() < until and page.evaluate("document.getElementById('progress').value") < 8:
        page.wait_for_timeout(300)
    page.screenshot(path=out / f"job-{lang}.png")
    address = page.url
    page.goto(f"{server.address}/{lang}/jobs")
    page.screenshot(path=out / f"jobs-{lang}.png")
    page.goto(address)
    page.locator("button.danger").click()
    page.locator("#said").wait_for()


def wrong_value(page, server: Server, lang: str, out: Path) -> None:
    """Take the editor with a mistake in it."""
    page.goto(f"{server.address}/{lang}/edit?base=shipped/pingliang/pingliang_2023")
    page.locator("[id='s.quota_split.land_quota_local_retention_share']").fill("50")
    page.locator(".problem:not(:empty)").first.wait_for()
    page.locator("summary", has_text="002§2.7b").first.click()
    page.screenshot(path=out / f"editor-wrong-{lang}.png")


def shrink(out: Path, docs: Path) -> None:
    """Put the pictures of the tour beside the documentation, with few colours, so that they stay small."""
    from PIL import Image

    docs.mkdir(parents=True, exist_ok=True)
    for lang, names in TOUR.items():
        for name in names:
            with Image.open(out / f"{name}-{lang}.png") as picture:
                small = picture.convert("RGB").crop((0, 0, picture.width, min(picture.height, 1150))).quantize(96, dither=Image.Dither.NONE)
                small.save(docs / f"{name}-{lang}.png", optimize=True)


def main(out: Path, data: Path | None) -> None:
    """Make what is missing, take all, and renew those of the tour."""
    with tempfile.TemporaryDirectory() as folder:
        if data is None:
            data = Path(folder)
            prepare(data)
        server = Server(data).start()
        try:
            take(server, out)
        finally:
            server.kill()
    shrink(out, ROOT / "docs" / "planners")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
