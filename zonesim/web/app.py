"""The application: its parts put together on one server."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, redirect, render_template, request

from zonesim.report.words import period
from zonesim.web import words
from zonesim.web.folder import DataFolder
from zonesim.web.jobs import Jobs
from zonesim.web.library import Library
from zonesim.web.processes import Supervisor
from zonesim.web.security import COOKIE, Guard, protect
from zonesim.web.shown import Gallery

LANGUAGE_COOKIE = "zonesim_lang"


@dataclass
class Site:
    """What the pages work on.

    Attributes:
        data: folder of stored results, own scenarios and jobs.
        scenarios: folder of the shipped regions.
        experiments: folder of the questions about the packages.
        guard: who may ask.
        at_once: jobs that may run at the same time.
        workers: processes of each job.
        limit: seconds that a job may run.
    """

    data: Path
    scenarios: Path = Path("scenarios")
    experiments: Path = Path("experiments")
    guard: Guard = field(default_factory=Guard)
    at_once: int = 1
    workers: int | None = None
    limit: float = 7200.0

    def __post_init__(self) -> None:
        self.folder = DataFolder(self.data)
        self.jobs = Jobs(self.folder.jobs)
        self.library = Library(self.folder, self.scenarios, self.experiments)
        self.gallery = Gallery(self.folder)
        self.supervisor = Supervisor(self.folder, self.jobs, at_once=self.at_once, workers=self.workers, limit=self.limit)


def preferred() -> str:
    """Return the language of a visitor who named none: the one of the last page, else the browser's, else Chinese."""
    known = request.cookies.get(LANGUAGE_COOKIE)
    return known if known in words.LANGUAGES else (request.accept_languages.best_match(words.LANGUAGES) or "zh")


def page_language() -> str:
    """Return the language of the page that is asked for; of what has none, that of the page where it was asked."""
    for path in (request.path, came_from()):
        if (first := path.split("/")[1]) in words.LANGUAGES:
            return first
    return preferred()


def came_from() -> str:
    """Return the address on this server of the page that a request was made from; the root where it was none of its pages."""
    try:
        parts = urlsplit(request.referrer or "")
    except ValueError:
        return "/"
    own = parts.netloc == request.host and parts.path.startswith("/") and not re.match(r"/[/\\]", parts.path)
    return (f"{parts.path}?{parts.query}" if parts.query else parts.path) if own else "/"


def page_context() -> dict[str, Any]:
    """Return what every page needs: its language, the other one with its address, the texts, and how a quarter is written."""
    lang = page_language()
    other = "en" if lang == "zh" else "zh"
    return {
        "lang": lang,
        "other": other,
        "t": functools.partial(_text, lang),
        "switch": switched(request.full_path.rstrip("?"), other),
        "period": functools.partial(_period, lang),
    }


def _text(lang: str, key: str, **values: object) -> str:
    return words.say(key, lang, **values)


def _period(lang: str, label: object) -> str:
    return period(str(label), lang)


def create_server(site: Site) -> Flask:
    """Return the server with every page; jobs are watched once ``site.supervisor`` is started."""
    from zonesim.web import ahead, editor_pages, explore, job_pages, library_pages, own_pages, refusals, stored_pages

    server = Flask("zonesim.web", static_folder="static", template_folder="templates")
    server.jinja_env.trim_blocks = server.jinja_env.lstrip_blocks = True
    protect(server, site.guard)

    server.context_processor(lambda: {**page_context(), "has_token": bool(site.guard.token)})
    refusals.add(server)
    server.add_url_rule("/", "root", lambda: redirect(f"/{preferred()}/"))
    server.add_url_rule("/login", "login", lambda: _login(site.guard), methods=["GET", "POST"])
    ahead.add(server)
    for pages in (library_pages, editor_pages, job_pages, own_pages, stored_pages, explore):
        pages.add(server, site)
    return server


def switched(address: str, other: str) -> str:
    """Return the address of a page in the other language.

    >>> switched("/zh/jobs?a=1", "en"), switched("/login", "en")
    ('/en/jobs?a=1', '/en/')
    """
    steps = address.split("/")
    return "/".join(["", other, *steps[2:]]) if len(steps) > 2 and steps[1] in words.LANGUAGES else f"/{other}/"


def _login(guard: Guard) -> Any:
    """Take the token by a form, or by the address that was printed at the start, and remember it in a cookie that scripts cannot read."""
    given = request.form.get("token", "") if request.method == "POST" else request.args.get("token", "")
    if guard.token and guard.knows_token(given):
        answer: Response = redirect("/")  # type: ignore[assignment]
        answer.set_cookie(COOKIE, guard.cookie, httponly=True, samesite="Strict", secure=request.is_secure, max_age=30 * 24 * 3600)
        return answer
    return render_template("login.html", wrong=bool(given)), 401 if given else 200
