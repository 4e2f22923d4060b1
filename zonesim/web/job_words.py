"""What pages say of a job: how far it is, and by what it is told apart from others."""

from __future__ import annotations

from typing import Any

from zonesim.report.sampled import sample
from zonesim.report.words import period
from zonesim.web import words
from zonesim.web.jobs import QUEUED, RUNNING, Job


def said(job: Job, ahead: dict[str, int], lang: str) -> str:
    """Return how far a job is.

    Args:
        job: it.
        ahead: how many are before each that waits.
        lang: language.
    """
    if job.status == QUEUED and ahead.get(job.id):
        return words.say("status.waiting", lang, n=ahead[job.id])
    phase, *count = job.phase.split() if job.status == RUNNING and job.phase else [""]
    key = f"phase.{phase}" if phase else f"status.{job.status}"
    return words.say(key, lang, **dict(zip(("done", "total"), count or (job.done, job.total), strict=True)))


def left(job: Job, lang: str) -> str:
    """Return how long a job will take, or what is known instead: how long the run that is awaited has been going on."""
    if job.seconds_left is not None:
        return words.say("jobs.left", lang, time=words.duration(job.seconds_left, lang))
    if not job.is_running:
        return ""
    return words.say("jobs.late" if job.done else "jobs.first", lang, time=words.duration(job.seconds_still, lang))


def facts(spec: dict[str, Any], lang: str) -> dict[str, Any]:
    """Return by what jobs of one title are told apart: the scenarios that are compared (where the title does not name them), years, sample, replications and seed."""
    documents = [one["document"] for one in spec["scenarios"]]
    names = [str((one.get("name") or {}).get(lang, "")) for one in documents]
    named = words.say("jobs.compared", lang, names=words.say("jobs.joint", lang).join(names)) if " / ".join(names) != spec["title"][lang] else ""
    horizon = (documents[0].get("horizon") if documents else None) or {}
    years = " – ".join(period(str(horizon[part]), lang) for part in ("start", "end")) if "start" in horizon and "end" in horizon else ""
    size = [words.say("stored.replications", lang, n=spec["replications"]), sample(documents[0] if documents else None, lang)]
    return {"compared": named, "scenarios": names, "years": years, "size": words.say("stored.joint", lang).join(size), "seed": spec["seed"]}
