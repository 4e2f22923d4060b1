"""The application measured: the first page, a figure on a store of 10,000 runs, and ten clients at once. ``python -m tests.benchmarks.web``.

Times in a browser are from the moment at which an address is given or a link is pressed until the frame after the page or the figure was first drawn,
by the page's own clock, in a browser without a debugger (:mod:`tests.benchmarks.plain`).
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from pathlib import Path

from tests.benchmarks.plain import plain
from tests.benchmarks.sweeps import ONE
from tests.web.server import Server
from zonesim.experiments.experiment import Experiment
from zonesim.experiments.study import study
from zonesim.experiments.sweep import sweep
from zonesim.scenario import load_scenario

BASE_ROWS, CLIENTS, ROUNDS, LOOKS, READING = 2048, 10, 20, 5, 3  # a Sobol design of three levers has five points for each base row: 10,240 runs
ROOT = Path(__file__).parents[2]


def prepare(data: Path) -> None:
    """Make a store of 10,000 runs, and results of a pair of Pingliang's scenarios."""
    made = Experiment(
        model="tests.benchmarks.sweeps:nothing", levers={"a": ONE, "b": ONE, "c": ONE}, outcomes=["sum"], design={"method": "sobol", "samples": BASE_ROWS}
    )
    sweep(made, data / "stores" / "large", workers=2)
    small = ["founding.scale=20", "horizon.end=2024Q4"]
    pair = [load_scenario(ROOT / "scenarios" / "pingliang" / f"{name}.yaml", small) for name in ("baseline", "pingliang_2023")]
    study(pair, 5, 1, workers=1).save(data / "runs" / "pair")


def first_looks(data: Path, times: int) -> dict[str, list[float]]:
    """Seconds until pages stand in a browser that holds nothing yet, each several times."""
    found: dict[str, list[float]] = {}
    large, pair, anew = "/zh/sweep?store=large&figure=tornado", "/zh/results?run=pair", "figure of 10,000 runs, nothing read"
    parallel = "/zh/sweep?store=large&figure=parallel"
    for _ in range(times):
        server = Server(data).start()  # it has not seen the store
        try:
            for name, path, mark in (
                (anew, large, "plot"), ("first page", "/zh/", "page"), ("editor", "/zh/edit?base=shipped/pingliang/pingliang_2023", "page"),
                ("figure of 10,000 runs, address", large, "plot"), ("parallel coordinates of 10,000 runs, address", parallel, "plot"),
                ("figure of a comparison, address", pair, "plot"), ("flows of money of a comparison, address", f"{pair}&figure=money", "plot"),
            ):  # fmt: skip
                with plain() as browser:
                    found.setdefault(name, []).append(browser.visit(server.address + path, mark))
            with plain() as browser:
                browser.visit(server.address + "/zh/stored", "page")
                browser.rest(READING)
                found.setdefault(f"figure of 10,000 runs, pressed after {READING} s in the list", []).append(browser.click("a[href*='sweep?']"))
                question = "nav.menu a[href*='figure=spider']"
                browser.rest(1)  # until Dash is there: the page moves by some pixels when it comes
                asked = browser.value(f"document.querySelector({json.dumps(question)}).textContent")
                found.setdefault("another figure of 10,000 runs", []).append(browser.click(question, mark=f"plot of {asked[:7]}"))
        finally:
            server.kill()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        server = Server(data).start()
        try:
            for _ in range(times + 2):  # a browser keeps what it compiled from the second visit on
                with plain(Path(profile)) as browser:
                    found.setdefault("figure of 10,000 runs, address, a browser that was here", []).append(browser.visit(server.address + large, "plot"))
        finally:
            server.kill()
    found["figure of 10,000 runs, address, a browser that was here"][:2] = []
    return found


def ask(server: Server, path: str, search: str) -> None:
    """Ask for the content of a page of figures, as its script does."""
    body = {
        "output": "shown.children", "outputs": {"id": "shown", "property": "children"}, "changedPropIds": ["address.search"],
        "inputs": [{"id": "address", "property": "pathname", "value": path}, {"id": "address", "property": "search", "value": search}],
    }  # fmt: skip
    request = urllib.request.Request(
        f"{server.address}/figures/_dash-update-component", json.dumps(body).encode(), {"Content-Type": "application/json", "Origin": server.address}
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        assert answer.status == 200 and b"reading" in answer.read()


def crowd(server: Server) -> dict[str, list[float]]:
    """Seconds of requests when ten clients ask at once: pages, the editor's check, figures with changing pickers."""
    times: dict[str, list[float]] = {"pages": [], "check": [], "figures": [], "sweep": []}
    lock = threading.Lock()
    indicators = ["gdp", "employment", "enterprises", "tax_revenue", "va_secondary", "va_tertiary"]
    fields = urllib.parse.urlencode(
        {"base": "shipped/pingliang/pingliang_2023", "p.awards": "awards", "on.awards": "1", "s.awards.award_amount": "50"}
    ).encode()

    def timed(kind: str, do) -> None:
        start = time.perf_counter()
        do()
        with lock:
            times[kind].append(time.perf_counter() - start)

    def get(path: str) -> None:
        with urllib.request.urlopen(server.address + path, timeout=60) as answer:
            answer.read()

    def post() -> None:
        with urllib.request.urlopen(urllib.request.Request(f"{server.address}/zh/check", fields, {"Origin": server.address}), timeout=60) as answer:
            answer.read()

    def client(k: int) -> None:
        for n in range(ROUNDS):
            timed("pages", lambda n=n: get(("/zh/", "/en/stored", "/zh/jobs", "/en/edit?base=shipped/lanzhou/plan_2015")[n % 4]))
            timed("check", post)
            timed("figures", lambda n=n: ask(server, "/zh/results", f"?run=pair&figure=where&indicator={indicators[(n + k) % len(indicators)]}"))
            timed("sweep", lambda n=n: ask(server, "/en/sweep", f"?store=large&figure={('ranking', 'tornado', 'spider')[(n + k) % 3]}"))

    threads = [threading.Thread(target=client, args=(k,)) for k in range(CLIENTS)]
    [one.start() for one in threads]
    [one.join() for one in threads]
    return times


def report() -> dict[str, float]:
    """Measure all, and print it."""
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder))
        found: dict[str, float] = {}
        for name, times in first_looks(Path(folder), LOOKS).items():
            found[f"{name}: best of {LOOKS}"], found[f"{name}: median"] = min(times), statistics.median(times)
        server = Server(Path(folder)).start()
        try:
            ask(server, "/en/sweep", "?store=large")  # read once, as above
            for kind, times in crowd(server).items():
                found[f"{kind}, 10 clients: median"] = statistics.median(times)
                found[f"{kind}, 10 clients: p95"] = statistics.quantiles(times, n=20)[-1]
        finally:
            server.kill()
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    for name, seconds in found.items():
        print(f"{name:<72} {seconds:8.3f} s")
    return found


if __name__ == "__main__":
    argparse.ArgumentParser(prog="python -m tests.benchmarks.web", description=__doc__).parse_args()
    sys.exit(0 if report() else 1)
