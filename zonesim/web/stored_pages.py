"""Pages of what is stored: results and sweeps, and everything that can be downloaded."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from pathlib import Path
from typing import Any, BinaryIO, cast

import pandas as pd
from flask import Flask, render_template, send_file

from zonesim.experiments.stored import FORMULA
from zonesim.results import read_parquet
from zonesim.web import documents, words
from zonesim.web.app import Site

IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,39}")
SANDBOX = "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:"


def add(server: Flask, site: Site) -> None:
    """Add the pages to the server."""

    def stored(lang: str) -> str:
        words.language(lang)
        return render_template("stored.html", runs=site.folder.runs(), stores=site.folder.stores(), folder=site.folder.root)

    def report(run: str) -> Any:
        """Show a report in the browser; it runs its own scripts, so it is shut off from this server."""
        answer = send_file(site.folder.download(run, "report.html"), mimetype="text/html")
        answer.headers["Content-Security-Policy"] = SANDBOX
        return answer

    def download(run: str, file: str) -> Any:
        return send_file(site.folder.download(run, file), as_attachment=True, download_name=f"{run}-{file}")

    def scenarios(run: str) -> Any:
        """Return the scenarios of stored results, each as a file that the command line runs again."""
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
            for one in site.folder.run(run).scenarios:
                if IDENTIFIER.fullmatch(str(one["id"])):
                    archive.writestr(f"{one['id']}.yaml", documents.written(one["resolved"]))
        content.seek(0)
        return send_file(content, mimetype="application/zip", as_attachment=True, download_name=f"{run}-scenarios.zip")

    def effects(run: str) -> Any:
        """Return every effect, or for a single scenario every indicator, as CSV."""
        path = site.folder.run(run).path
        table = "effects" if (path / "effects.parquet").is_file() else "indicators"
        return send_file(csv_file(path / f"{table}.parquet"), mimetype="text/csv", as_attachment=True, download_name=f"{run}-{table}.csv")

    server.add_url_rule("/<lang>/stored", "stored", stored)
    server.add_url_rule("/report/<run>", "report", report)
    server.add_url_rule("/download/<run>/<file>", "download", download)
    server.add_url_rule("/download/<run>/scenarios.zip", "scenarios", scenarios)
    server.add_url_rule("/download/<run>/csv", "effects", effects)


def csv_file(path: Path) -> BinaryIO:
    """Return a stored table as CSV for spreadsheets, in a temporary file; texts that could be formulas are quoted."""
    table = read_parquet(path)
    for name in table.columns:
        if not pd.api.types.is_numeric_dtype(table[name]):
            table[name] = [f"'{one}" if one.startswith(FORMULA) else one for one in table[name].astype(str)]
    content = cast(BinaryIO, tempfile.TemporaryFile())
    content.write(table.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig"))
    content.seek(0)
    return content
