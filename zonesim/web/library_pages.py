"""Pages of what can be run: the first page, a scenario, a question."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, render_template

from zonesim import quarters
from zonesim.experiments.counterfactual import CounterfactualDocument
from zonesim.policies.clauses import cited
from zonesim.policies.instrument import Instrument
from zonesim.report.texts.messages import told
from zonesim.report.texts.sources import translated
from zonesim.report.words import choice, declared_unit
from zonesim.scenario import Scenario
from zonesim.web import documents, words
from zonesim.web.app import LANGUAGE_COOKIE, Site
from zonesim.web.job_words import facts, said
from zonesim.web.jobs import MOST_QUEUED, QUEUED, RUNNING
from zonesim.web.remarks import remarks

FEATURED = "PL-1"


def add(server: Flask, site: Site) -> None:
    """Add the pages to the server."""

    def home(lang: str) -> Any:
        words.language(lang)
        library = site.library
        asked = library.questions_by_region()
        regions = [
            {"id": one.id, "name": library.load(one.baseline).region, "baseline": card(library.load(one.baseline), one.baseline),
             "packages": [card(library.load(name), name) for name in one.packages], "questions": [plain(q, lang) for q in asked.get(one.id, [])]}
            for one in library.regions()
        ]  # fmt: skip
        own, broken = [], []
        for name in library.own():
            try:
                own.append({**card(library.load(name), name), "baseline": library.baseline_of(library.load(name))})
            except Exception as error:  # a file that somebody put there
                broken.append((name, told(str(error).splitlines()[0], lang)))
        known = {one.id: one for several in asked.values() for one in several}
        answer = render_template(
            "home.html", regions=regions, own=own, broken=broken, across=[plain(q, lang) for q in asked.get("", [])],
            featured=plain(known[FEATURED], lang) if FEATURED in known else None, active=active(site, lang), stored=site.folder.runs()[:5],
        )  # fmt: skip
        response = Response(answer)
        response.set_cookie(LANGUAGE_COOKIE, lang, samesite="Lax", max_age=365 * 24 * 3600)
        return response

    def scenario(lang: str, reference: str) -> str:
        words.language(lang)
        one = site.library.load(reference)
        baseline = site.library.baseline_of(one)
        return render_template(
            "scenario.html", one=card(one, reference), warnings=[remark.text for remark in remarks(one, lang)], policies=[policy(p, lang) for p in one.instruments],
            baseline=baseline if baseline != reference else None, start=quarters.label(one.start), end=quarters.label(one.end),
        )  # fmt: skip

    def question(lang: str, identity: str) -> str:
        words.language(lang)
        path, document = site.library.question(identity)
        arms = [{"id": name, "name": getattr(arm, lang)} for name, arm in document.arms.items()]
        base = site.library.base_of(identity)
        return render_template(
            "question.html", one=plain(document, lang), arms=arms, reference=getattr(document.reference, lang), file=path.name, base=base, cited=cited(document.claim.clause),
            claim=getattr(document.claim, lang), note=getattr(document.note, lang) if document.note else "", **form(base),
        )  # fmt: skip

    def yaml(reference: str) -> Response:
        one = site.library.load(reference)
        answer = Response(documents.written(one.resolved), mimetype="application/yaml")
        answer.headers["Content-Disposition"] = f'attachment; filename="{one.id}.yaml"'
        return answer

    server.add_url_rule("/<lang>/", "home", home)
    server.add_url_rule("/<lang>/help", "help", lambda lang: render_template("help.html", lang=words.language(lang)))
    server.add_url_rule("/<lang>/scenario/<path:reference>", "scenario", scenario)
    server.add_url_rule("/<lang>/question/<identity>", "question", question)
    server.add_url_rule("/yaml/<path:reference>", "yaml", yaml)


def active(site: Site, lang: str) -> dict[str, Any]:
    """Return the jobs that run or are next, the first of the queue first, and how many there are."""
    found = site.jobs.listed(RUNNING, QUEUED, limit=2 * MOST_QUEUED)[::-1]
    found.sort(key=lambda one: one.status != RUNNING)
    shown = [{"id": one.id, "title": one.spec["title"][lang], "said": said(one, site.jobs.ahead(), lang), **facts(one.spec, lang)} for one in found[:5]]
    return {"shown": shown, "n": len(found)}


def card(one: Scenario, reference: str) -> dict[str, Any]:
    """Return what a card says of a scenario."""
    levers = sum(not lever.is_option for p in one.instruments for lever in p.levers.values())
    return {"reference": reference, "id": one.id, "name": one.name, "description": one.document.description, "policies": len(one.instruments), "levers": levers,
            "region": one.region, "is_own": reference.startswith("own/")}  # fmt: skip


def plain(document: CounterfactualDocument, lang: str) -> dict[str, Any]:
    """Return what a list says of a question."""
    return {"id": document.id, "question": getattr(document.question, lang), "arms": len(document.arms)}


def policy(one: Instrument, lang: str) -> dict[str, Any]:
    """Return what a page says of a policy: names, dates, settings with values, clauses."""
    settings = [
        {
            "name": getattr(lever, lang),
            "value": choice(setting.value, lang, key),
            "unit": declared_unit(lever.unit, lang) if lever.kind in ("number", "integer") else "",
            "assumption": translated(setting.assumption, lang),
        }
        for key, lever in one.levers.items()
        if (setting := one.settings[key]) is not None
    ]
    return {"label": one.label, "name": words.instrument_name(type(one), lang), "clauses": cited(one.clause), "clause": one.clause,
            "start": one.start.isoformat() if one.start.year > 1 else "", "end": one.end.isoformat() if one.end else "", "settings": settings}  # fmt: skip


def form(one: Scenario) -> dict[str, Any]:
    """Return what the form of a run offers for a scenario: ends of the horizon."""
    ends = [f"{year}Q4" for year in range(quarters.year(one.start) + 1, quarters.year(one.end) + 1) if 4 * year + 3 <= one.end]
    whole = quarters.label(one.end)
    return {"ends": ends if whole in ends else [*ends, whole], "end": whole}
