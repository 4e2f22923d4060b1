"""Where results come from, and how to make them again, in words."""

from __future__ import annotations

from typing import Any

from zonesim.report.designs import size_of
from zonesim.report.sampled import samples
from zonesim.report.texts import catalogue, say
from zonesim.report.view import View
from zonesim.report.words import Lang, joined, method, number, period, unit, word


def facts(view: View, lang: Lang) -> list[tuple[str, str]]:
    """Return what is known of the making of the results: (label, value)."""
    found: list[tuple[str, str]] = []
    for k, run in enumerate(view.runs):
        found += (
            _of_run(view, run, lang)
            if k == 0
            else [(say("provenance.digest", lang), f"{joined([s['id'] for s in run['scenarios']], lang)}: {run.get('digest', '')}")]
        )
    if view.sweep is not None:
        found += _of_sweep(view, lang)
    return found


def _of_run(view: View, run: dict[str, Any], lang: Lang) -> list[tuple[str, str]]:
    checks = run["checks"]
    said = (
        word("checked", lang).format(n=checks["quarters_checked"], r=f"{checks['worst_residual']:.1e}")
        if checks["quarters_checked"]
        else word("unchecked", lang)
    )
    residuals = [f"{say(f'residual.{key}', lang)} {number(value, lang)}" for key, value in _residuals(run).items()]
    return [
        (say("provenance.scenarios", lang), joined([f"{one.name(lang)} ({one.id})" for one in view.scenes], lang)),
        (say("provenance.horizon", lang), say("years.span_of", lang, first=period(str(run["start"]), lang), last=period(str(run["end"]), lang))),
        (say("provenance.replications", lang), str(run["replications"])),
        (say("provenance.seed", lang), str(run["seed"])),
        (say("provenance.sample", lang), joined(samples(view.runs, lang), lang)),
        *([(say("provenance.settings", lang), given)] if (given := settings(view, lang)) else []),
        (say("provenance.digest", lang), str(run.get("digest", ""))),
        (say("provenance.fingerprint", lang), str(run["fingerprint"])),
        (say("provenance.versions", lang), ", ".join(f"{key} {value}" for key, value in sorted(run["versions"].items()))),
        (say("provenance.accounts", lang), said),
        (say("provenance.founding", lang), joined(residuals, lang)),
    ]


def settings(view: View, lang: Lang) -> str:
    """Return what was set beyond the files (``--set``), as it was written: what all scenarios share once, the rest after the name of its scenario."""
    given = {scene.id: scene.settings for scene in view.scenes}
    shared = [one for one in dict.fromkeys(one for mine in given.values() for one in mine) if all(one in mine for mine in given.values())]
    said = ["; ".join(shared)] if shared else []
    for scene in view.scenes:
        if own := [one for one in scene.settings if one not in shared]:
            said.append(say("provenance.settings_of", lang, name=scene.name(lang), settings="; ".join(own)))
    return "; ".join(said)


def _residuals(run: dict[str, Any]) -> dict[str, float]:
    """Return how far the opening world is from the published figures; of the shares of high-tech enterprises, and of land of parks that was scaled to fit their plan, the largest gap."""
    every = {key: float(value) for key, value in run.get("founding_residuals", {}).items()}
    high_tech = [value for key, value in every.items() if key.startswith("high_tech_share")]
    kept = {key: value for key, value in every.items() if f"residual.{key}" in catalogue("en") and not key.startswith("high_tech_share")}
    scaled = {key: value for key, value in every.items() if key.startswith("land_scaled_")}
    if scaled:
        kept["land_scaled"] = min(scaled.values())
    return {**kept, **({"high_tech_share": max(high_tech, key=abs)} if high_tech else {})}


def _of_sweep(view: View, lang: Lang) -> list[tuple[str, str]]:
    assert view.sweep is not None
    facts = view.sweep.facts
    counts = facts.get("counts", {})
    design = facts.get("design", {})
    return [
        (say("provenance.experiment", lang), view.sweep.id),
        (say("provenance.runs", lang), joined([f"{say(f'status.{key}', lang)} {value:,}" for key, value in counts.items() if value], lang)),
        (say("provenance.design", lang), f"{method(design['method'], lang)}{size_of(design, lang)}" if design else ""),
        (say("provenance.engine", lang), str(facts.get("engine", {}).get("model", ""))),
    ]


def definitions(view: View, lang: Lang) -> list[tuple[str, str, str]]:
    """Return name, unit and definition of every indicator."""
    return [(str(one[lang]), unit(str(one["unit"]), lang), str(one[f"definition_{lang}"])) for one in view.run.get("indicators", [])]
