"""Pages of what is stored: results and sweeps, and everything that can be downloaded."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask, Response, render_template, send_file

from zonesim.errors import InputError
from zonesim.web import documents, words
from zonesim.web.app import Site

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

    def yaml(run: str, identity: str) -> Response:
        found = site.folder.run(run)
        for one in found.scenarios:
            if one["id"] == identity and re.fullmatch(r"[a-z][a-z0-9_]{0,39}", identity):
                answer = Response(documents.written(one["resolved"]), mimetype="application/yaml")
                answer.headers["Content-Disposition"] = f'attachment; filename="{identity}.yaml"'
                return answer
        raise InputError(f"no scenario {identity[:40]!r} in {run}")

    server.add_url_rule("/<lang>/stored", "stored", stored)
    server.add_url_rule("/report/<run>", "report", report)
    server.add_url_rule("/download/<run>/<file>", "download", download)
    server.add_url_rule("/stored-yaml/<run>/<identity>", "stored_yaml", yaml)
