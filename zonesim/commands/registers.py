"""Commands that list what there is: levers, indicators."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import click

from zonesim.commands.options import File, printable, seed_option
from zonesim.commands.progress import Progress, compile_first
from zonesim.errors import InputError


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON with everything that is known of each lever.")
@click.option("--group", default=None, help="Only this group.")
@click.option("--prove", is_flag=True, help="Move each lever from one end of its range to the other and report what changed first.")
@click.option("--lever", "only", multiple=True, metavar="ID", help="With --prove: only this lever; may be repeated.")
@click.option("--replications", "-n", type=click.IntRange(1, 10_000), default=1, show_default=True, help="With --prove: pairs of runs.")
@click.option("--scenarios", type=File, default=Path("scenarios"), show_default=True, help="With --prove: folder of the packages.")
@seed_option
def levers(as_json: bool, group: str | None, prove: bool, only: tuple[str, ...], replications: int, scenarios: Path, seed: int) -> None:
    """List the levers: what a government can choose; with --prove, show that each acts."""
    from zonesim.errors import nearest
    from zonesim.policies.catalogue import lever_rows

    rows = lever_rows()
    known = [row["id"] for row in rows]
    for one in only:
        if one not in known:
            raise InputError(f"--lever {one}: no such lever{nearest(one, known)}")
    groups = sorted({row["group"] for row in rows})
    if group is not None and group not in groups:
        raise InputError(f"--group {group}: no such group{nearest(group, groups)} (allowed: {', '.join(groups)})")
    rows = [row for row in rows if group in (None, row["group"])]
    if prove:
        _prove([row["id"] for row in rows if not only or row["id"] in only], scenarios, replications, seed, as_json)
        return
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        bounds = f" {row['low']}..{row['high']}" if row["low"] is not None else ""
        click.echo(f"{row['id']:<38} tier {row['tier']}  {row['zh']}  [{row['unit']}{bounds}]  {row['instrument']}")


def _prove(wanted: list[str], folder: Path, replications: int, seed: int, as_json: bool) -> None:
    """Prove the levers and print a line for each: first quarter and column that changed, effects on what the documents name."""
    from zonesim.experiments.proof import find_packages, prove_all

    packages = find_packages(folder)
    proofs = []
    compile_first()
    with Progress("levers", len(wanted)) as shown:
        for one in prove_all(packages, only=wanted, replications=replications, seed=seed):
            proofs.append(one)
            shown.one()
    if as_json:
        click.echo(json.dumps([dataclasses.asdict(one) for one in proofs], ensure_ascii=False, indent=1))
    else:
        for one in proofs:
            acted = f"{one.quarter} {one.column}" if one.quarter else "NEVER BOUND"
            claims = "; ".join(f"{c.indicator} of {c.place} claimed {c.claimed}: {c.effect:+.3g} {c.verdict}" for c in one.claims)
            click.echo(
                printable(f"{one.lever:<38} {one.low} -> {one.high} in {one.package}{' (added)' if one.added else ''}: {acted}{'; ' if claims else ''}{claims}")
            )
    dead = [one.lever for one in proofs if one.never_bound]
    verdicts = [c.verdict for one in proofs for c in one.claims]
    said = ", ".join(f"{verdicts.count(v)} {v}" for v in ("agrees", "contradicts", "open", "none", "unknown"))
    click.echo(f"{len(proofs)} levers, {len(dead)} never bound{': ' + ', '.join(dead) if dead else ''}; {len(verdicts)} claims: {said}", err=as_json)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def indicators(as_json: bool) -> None:
    """List the indicators: what is measured."""
    from zonesim.indicators import DERIVED, INDICATORS

    rows: list[dict[str, Any]] = [
        {"id": one.id, "zh": one.zh, "en": one.en, "unit": one.unit, "definition": one.definition, "definition_zh": one.definition_zh,
         "yearly_only": one.yearly_only}
        for one in [*INDICATORS.values(), *DERIVED.values()]
    ]  # fmt: skip
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        click.echo(f"{row['id']:<28} {row['unit']:<22} {row['zh']}  {row['en']}")
