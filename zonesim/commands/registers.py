"""Commands that list what there is: levers, indicators."""

from __future__ import annotations

import dataclasses
import json
import time
from pathlib import Path
from typing import Any

import click

from zonesim.commands.options import File, Number, printable, seed_option, setting
from zonesim.commands.progress import Progress, compile_first
from zonesim.errors import InputError


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON with everything that is known of each lever.")
@click.option("--group", default=None, help="Only this group.")
@click.option("--prove", is_flag=True, help="Move each lever from one end of its range to the other and report what changed first.")
@click.option("--lever", "only", multiple=True, metavar="ID", help="Only this lever; may be repeated.")
@click.option("--replications", "-n", type=click.IntRange(1, 10_000), default=1, show_default=True, help="With --prove: pairs of runs.")
@click.option("--scenarios", type=File, default=Path("scenarios"), show_default=True, help="With --prove: folder of the packages.")
@click.option("--up-to", type=click.IntRange(1, 10_000), default=None, help="With --prove: double the pairs of levers whose claims are open, up to so many.")
@click.option("--minutes", type=Number(0.1, 100_000), default=None, help="With --prove: start no further pairs after so many minutes.")
@click.option("--out", type=File, default=None, help="With --prove: also write the result into this JSON file (docs/claims.md is made of it).")
@seed_option
@setting
def levers(
    as_json: bool, group: str | None, prove: bool, only: tuple[str, ...], replications: int, scenarios: Path, up_to: int | None, minutes: float | None,
    out: Path | None, seed: int, overrides: tuple[str, ...],
) -> None:  # fmt: skip
    """List the levers: what a government can choose; with --prove, show that each acts."""
    from zonesim.errors import nearest
    from zonesim.policies.catalogue import lever_rows
    from zonesim.results import usable_file

    rows = lever_rows()
    known = [row["id"] for row in rows]
    for one in only:
        if one not in known:
            raise InputError(f"--lever {one}: no such lever{nearest(one, known) or '; `zonesim levers` lists them'}")
    groups = sorted({row["group"] for row in rows})
    if group is not None and group not in groups:
        raise InputError(f"--group {group}: no such group{nearest(group, groups)} (allowed: {', '.join(groups)})")
    rows = [row for row in rows if group in (None, row["group"]) and (not only or row["id"] in only)]
    if not rows:
        raise InputError(f"--lever {', '.join(only)}: none of the group {group}")
    if prove:
        if out is not None:
            usable_file(out)
        wanted = [row["id"] for row in rows]
        result = _prove(wanted, scenarios, overrides, replications=replications, most=up_to, seed=seed, minutes=minutes)
        if out is not None:
            out.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        _say_proofs(result, as_json)
        return
    if out is not None or up_to is not None or minutes is not None or overrides:
        raise InputError("--out, --up-to, --minutes and --set belong to --prove")
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        bounds = f" {row['low']}..{row['high']}" if row["low"] is not None else ""
        click.echo(f"{row['id']:<38} tier {row['tier']}  {row['zh']}  {row['en']}  [{row['unit']}{bounds}]  {row['instrument']}")


def _prove(
    wanted: list[str], folder: Path, overrides: tuple[str, ...], *, replications: int, most: int | None, seed: int, minutes: float | None
) -> dict[str, Any]:
    """Prove the levers; return the result as plain values: how it was made, and a proof for each lever."""
    from zonesim.compiled import source_fingerprint
    from zonesim.experiments.homes import find_packages
    from zonesim.experiments.proof import prove_all

    packages = find_packages(folder, overrides)
    compile_first()
    start = time.monotonic()
    rounds: list[Progress] = []

    def shown(now: int, all_: int) -> None:
        if now == 1:
            rounds.append(Progress("levers" if not rounds else "levers with open claims, twice as many pairs", all_))
        rounds[-1].to(now)

    proofs = prove_all(
        packages, only=wanted, replications=replications, most=most, seed=seed, progress=shown,
        is_over=lambda: minutes is not None and time.monotonic() - start > 60 * minutes,
    )  # fmt: skip
    return {
        "replications": replications, "up_to": max(most or replications, replications), "seed": seed, "minutes": minutes, "settings": list(overrides),
        "packages": [one.id for one in packages], "fingerprint": source_fingerprint(), "proofs": [_plain(dataclasses.asdict(one)) for one in proofs],
    }  # fmt: skip


def _plain(value: Any) -> Any:
    """Return a value as JSON knows it: what is no number becomes null."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return None if isinstance(value, float) and value != value else value


def _effect(claim: dict[str, Any]) -> str:
    """Return the effect with its interval and unit, or nothing when there is none."""
    from zonesim.indicators import DERIVED, INDICATORS
    from zonesim.report.amounts import interval

    if claim["effect"] is None:
        return ""
    low, high = (float("nan") if claim[key] is None else claim[key] for key in ("low", "high"))
    return interval(claim["effect"], low, high, {**INDICATORS, **DERIVED}[claim["indicator"]].unit, "en") + " "


def _say_proofs(result: dict[str, Any], as_json: bool) -> None:
    """Print a line for each lever: first quarter and column that changed, effects on what the documents name."""
    from zonesim.experiments.verdict import FEWEST
    from zonesim.report.claims import place_read
    from zonesim.report.late import late_by, late_why

    proofs = result["proofs"]
    if as_json:
        click.echo(json.dumps(result, ensure_ascii=False, indent=1))
    else:
        for one in proofs:
            acted = f"{one['quarter']} {one['column']}" if one["quarter"] else "NEVER BOUND"
            if late := late_by(one):
                acted += f", LATE: {late[0]}" + (f", as {late_why()[one['lever']][0]}" if one["lever"] in late_why() else "")
            claims = "; ".join(
                f"{c['indicator']} of {place_read(c['place'])} claimed {c['claimed']}: {_effect(c)}{c['verdict']} ({c['pairs']} pair{'s' if c['pairs'] > 1 else ''})"
                for c in one["claims"]
            )
            where = f"{one['low']} -> {one['high']} in {one['package']}{' (added)' if one['added'] else ''}"
            click.echo(printable(f"{one['lever']:<38} {where}: {acted}{'; ' if claims else ''}{claims}"))
    dead = [one["lever"] for one in proofs if not one["quarter"]]
    late_ones = sum(late_by(one) is not None for one in proofs)
    verdicts = [c["verdict"] for one in proofs for c in one["claims"]]
    few = any(0 < c["pairs"] < FEWEST for one in proofs for c in one["claims"])
    said = ", ".join(f"{verdicts.count(v)} {v}" for v in ("agrees", "contradicts", "nil", "open", "none", "unknown"))
    click.echo(
        f"{len(proofs)} levers, {len(dead)} never bound{': ' + ', '.join(dead) if dead else ''}, {late_ones} first felt more than a year after their date; {len(verdicts)} claims: {said}{f'; a claim stays open below {FEWEST} pairs (-n {FEWEST})' if few else ''}",
        err=as_json,
    )


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def indicators(as_json: bool) -> None:
    """List the indicators: what is measured."""
    from zonesim.indicators import DERIVED, INDICATORS

    rows: list[dict[str, Any]] = [
        {"id": one.id, "zh": one.zh, "en": one.en, "unit": one.unit, "definition": one.definition, "definition_zh": one.definition_zh,
         "yearly_only": one.yearly_only, "levels": one.levels}
        for one in [*INDICATORS.values(), *DERIVED.values()]
    ]  # fmt: skip
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        click.echo(f"{row['id']:<28} {row['unit']:<22} {row['zh']}  {row['en']}")
