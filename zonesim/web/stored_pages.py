"""Pages of what is stored: results and sweeps, and everything that can be downloaded."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from flask import Flask, redirect, render_template, send_file

from zonesim.errors import InputError
from zonesim.report.sampled import sample
from zonesim.web import documents, words
from zonesim.web.app import Site

IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,39}")
SANDBOX = "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:"


def add(server: Flask, site: Site) -> None:
    """Add the pages to the server."""

    def stored(lang: str) -> str:
        words.language(lang)
        stores = site.folder.stores()
        site.gallery.read_newest()
        return render_template("stored.html", runs=site.folder.runs(), sample=sample, stores=[(name, site.folder.sweep_title(name, lang)) for name in stores])

    def ask(lang: str, name: str) -> str:
        """Ask before anything is removed."""
        words.language(lang)
        return render_template("remove.html", name=name, **_removable(site, name, lang))

    def remove(lang: str, name: str) -> Any:
        """Remove stored results and the job that made them, whichever is there."""
        words.language(lang)
        found = _removable(site, name, lang)
        if found["job"]:
            site.jobs.forget(name)
            site.folder.log(name).unlink(missing_ok=True)
        if found["results"]:
            site.folder.remove(name)
        return redirect(f"/{lang}/stored", code=303)

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

    server.add_url_rule("/<lang>/stored", "stored", stored)
    server.add_url_rule("/<lang>/remove/<name>", "ask_remove", ask)
    server.add_url_rule("/<lang>/remove/<name>", "remove", remove, methods=["POST"])
    server.add_url_rule("/report/<run>", "report", report)
    server.add_url_rule("/download/<run>/<file>", "download", download)
    server.add_url_rule("/download/<run>/scenarios.zip", "scenarios", scenarios)


def _removable(site: Site, name: str, lang: str) -> dict[str, Any]:
    """Return what there is of a name: title, whether there are results, whether there is a job.

    Raises:
        InputError: neither, or the job is not over.
    """
    job = site.jobs.get(name) if site.jobs.has(name) else None
    results = next((one for one in site.folder.runs() if one.name == name), None)
    if job is None and results is None:
        raise InputError(f"no stored results {name[:80]!r}")
    if job is not None and not job.is_over:
        raise InputError(f"job {name} is not over; cancel it first")
    title = results.title(lang) if results is not None else job.spec["title"][lang] if job is not None else name
    return {"title": title, "results": results, "job": job}
