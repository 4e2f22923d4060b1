"""The report as PDF, printed by a browser from the page."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from zonesim.errors import InputError
from zonesim.report.exports.browser import find_browser, in_a_sandbox
from zonesim.report.exports.compact import compacted
from zonesim.report.page import write_report
from zonesim.report.view import View
from zonesim.report.words import Lang

SECONDS = 180


def write_pdf(view: View, path: Path, lang: Lang) -> None:
    """Write the report as PDF, every figure drawn with its table, the values of the measures, the definitions.

    Raises:
        InputError: there is no browser, or it failed.
    """
    browser = find_browser("a .pdf")
    with tempfile.TemporaryDirectory(prefix="zonesim-pdf-") as folder:
        page, made = Path(folder) / "report.html", Path(folder) / "report.pdf"
        write_report(view, page, lang)
        print_page(browser, f"{page.as_uri()}#print-{lang}", made, Path(folder))
        path.write_bytes(compacted(made.read_bytes()))


def print_page(browser: Path, address: str, path: Path, folder: Path) -> None:
    """Let a browser print a page, with a profile of its own and without network.

    Raises:
        InputError: it failed or took too long.
    """
    command = [
        str(browser), "--headless", "--disable-gpu", "--disable-extensions", "--no-first-run", "--no-default-browser-check", "--disable-background-networking",
        "--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={folder / 'profile'}", "--no-pdf-header-footer", "--virtual-time-budget=60000",
        "--run-all-compositor-stages-before-draw", f"--print-to-pdf={path}", *([] if in_a_sandbox() else ["--no-sandbox"]), address,
    ]  # fmt: skip
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False, text=True, errors="replace")
    except subprocess.TimeoutExpired:
        raise InputError(f"{browser} did not print the page within {SECONDS} s") from None
    if done.returncode or not path.is_file():
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise InputError(f"{browser} could not print the page: {last[:300]}")
