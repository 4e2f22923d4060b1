"""Pages of jobs: asking for a run, its progress, cancelling it."""

from __future__ import annotations

from typing import Any

from flask import Flask, jsonify, redirect, render_template, request
from werkzeug.datastructures import MultiDict

from zonesim.errors import InputError
from zonesim.report.texts.messages import told
from zonesim.web import words
from zonesim.web.app import Site
from zonesim.web.job_words import facts, left, said
from zonesim.web.jobs import DONE, QUEUED, RUNNING, Job
from zonesim.web.library_pages import card, form
from zonesim.web.remarks import remarks
from zonesim.web.work import specification

MOST_SCENARIOS, MOST_REPLICATIONS, MOST_RUNS = 12, 200, 1000
SAMPLES = (1, 5, 20)  #: how many enterprises a row of the table stands for; more is faster and coarser
DEFAULT_REPLICATIONS = 10


def add(server: Flask, site: Site) -> None:
    """Add the pages to the server."""

    def ask(lang: str) -> str:
        words.language(lang)
        references = request.args.getlist("scenario")[:MOST_SCENARIOS]
        chosen = [{**card(site.library.load(name), name), "remarks": remarks(site.library.load(name), lang)} for name in references]
        if not chosen:
            raise InputError(words.say("run.none", lang))
        one = site.library.load(references[-1])
        offered = [card(site.library.load(name), name) for name in _same_region(site, one.region.id) if name not in references]
        return render_template("run.html", chosen=chosen, offered=offered, **form(one))

    def submit(lang: str) -> Any:
        words.language(lang)
        site.jobs.room()
        job = site.jobs.submit(*_read(site, request.form, lang))
        site.supervisor.look()
        return redirect(f"/{lang}/job/{job.id}", code=303)

    def page(lang: str, identity: str) -> str:
        words.language(lang)
        return render_template("job.html", **_shown(site, site.jobs.get(identity), lang))

    def state(lang: str, identity: str) -> Any:
        words.language(lang)
        shown = _shown(site, site.jobs.get(identity), lang)
        job: Job = shown["job"]
        return jsonify(status=job.status, done=job.done, total=job.total, said=shown["said"], left=shown["left"], over=job.is_over)

    def cancel(lang: str, identity: str) -> Any:
        words.language(lang)
        site.jobs.get(identity)
        site.supervisor.cancel(identity)
        return redirect(f"/{lang}/job/{identity}", code=303)

    def again(lang: str, identity: str) -> Any:
        """Run what a job ran once more, with more replications: what it asked stands in the job itself."""
        words.language(lang)
        job = site.jobs.get(identity)
        replications = more_replications(job.spec)
        if not job.is_over or not replications:
            raise InputError(f"job {identity} cannot be run again with more replications")
        found = site.jobs.submit({**job.spec, "replications": replications}, replications * len(job.spec["scenarios"]))
        site.supervisor.look()
        return redirect(f"/{lang}/job/{found.id}", code=303)

    def every(lang: str) -> str:
        words.language(lang)
        ahead = site.jobs.ahead()
        return render_template("jobs.html", jobs=[_shown(site, job, lang, ahead) for job in site.jobs.listed()])

    server.add_url_rule("/<lang>/run", "ask", ask)
    server.add_url_rule("/<lang>/jobs", "submit", submit, methods=["POST"])
    server.add_url_rule("/<lang>/jobs", "jobs", every)
    server.add_url_rule("/<lang>/job/<identity>", "job", page)
    server.add_url_rule("/<lang>/job/<identity>/state", "state", state)
    server.add_url_rule("/<lang>/job/<identity>/cancel", "cancel", cancel, methods=["POST"])
    server.add_url_rule("/<lang>/job/<identity>/again", "again", again, methods=["POST"])


def more_replications(spec: dict[str, Any]) -> int:
    """Return four times the replications of a job, which halve its intervals, or as many as may be; 0 where that is no more.

    >>> [more_replications({"replications": n, "scenarios": [{}, {}]}) for n in (10, 100, MOST_REPLICATIONS)]
    [40, 200, 0]
    """
    most = min(MOST_REPLICATIONS, MOST_RUNS // max(1, len(spec["scenarios"])))
    return min(4 * int(spec["replications"]), most) if int(spec["replications"]) < most else 0


def _same_region(site: Site, region: str) -> list[str]:
    found = []
    for name in [*(n for r in site.library.regions() for n in (r.baseline, *r.packages)), *site.library.own()]:
        try:
            if site.library.load(name).region.id == region:
                found.append(name)
        except InputError:  # an own file that is broken is shown as such on the first page
            continue
    return found


def _read(site: Site, given: MultiDict[str, str], lang: str) -> tuple[dict[str, Any], int]:
    """Return specification and number of runs of the job that a form asks for.

    Raises:
        InputError: a figure is none or out of bounds, or the scenarios do not fit together.
    """
    references = list(dict.fromkeys(given.getlist("scenario")))
    if not 1 <= len(references) <= MOST_SCENARIOS:
        raise InputError(f"choose 1 to {MOST_SCENARIOS} scenarios, not {len(references)}")
    replications = _whole(given, "replications", 1, MOST_REPLICATIONS, DEFAULT_REPLICATIONS, lang)
    if replications * len(references) > MOST_RUNS:
        raise InputError(f"{replications} replications of {len(references)} scenarios are more than {MOST_RUNS} runs")
    seed = _whole(given, "seed", 0, 2**63 - 1, 1, lang)
    sample = _whole(given, "sample", 1, 1000, 1, lang)
    overrides = [f"horizon.end={given['end']}"] if given.get("end") else []
    if sample not in SAMPLES:
        raise InputError(f"sample: {sample} is not one of {', '.join(map(str, SAMPLES))}")
    if sample > 1:
        overrides.append(f"founding.scale={sample}")
    scenarios = [site.library.load(name, overrides) for name in references]
    title = {lang: " / ".join(getattr(one.name, lang) for one in scenarios) for lang in words.LANGUAGES}
    question = next((name.split("/")[1] for name in references if name.startswith("question/")), "")
    if question:
        document = site.library.question(question)[1]
        title = {lang: f"{question} {getattr(document.question, lang)}" for lang in words.LANGUAGES}
    return specification(scenarios, replications, seed, title), replications * len(scenarios)


def _whole(given: MultiDict[str, str], name: str, low: int, high: int, default: int, lang: str) -> int:
    text = given.get(name, "").strip() or str(default)
    if not (text.isascii() and text.isdigit() and len(text) <= 19 and low <= int(text) <= high):
        raise InputError(words.say("run.whole", lang, name=words.say(f"run.{name}", lang), value=text[:40], low=low, high=high))
    return int(text)


def _shown(site: Site, job: Job, lang: str, ahead: dict[str, int] | None = None) -> dict[str, Any]:
    """Return what a page says of a job."""
    before = (site.jobs.ahead() if job.status == QUEUED else {}) if ahead is None else ahead
    log = ""
    if job.status not in (RUNNING, DONE) and job.message:
        log = told(job.message, lang)
    took = words.duration(job.ended - job.began, lang) if job.ended and job.began else ""
    return {"job": job, "more": more_replications(job.spec) if job.status == DONE else 0, "said": said(job, before, lang), "left": left(job, lang), "log": log, "took": took, "title": job.spec["title"][lang],
            "asked": words.moment(job.created), **facts(job.spec, lang)}  # fmt: skip
