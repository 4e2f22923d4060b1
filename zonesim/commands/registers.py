"""Commands that list what there is: levers, indicators."""

from __future__ import annotations

import json
from typing import Any

import click

from zonesim.errors import InputError


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON with everything that is known of each lever.")
@click.option("--group", default=None, help="Only this group.")
def levers(as_json: bool, group: str | None) -> None:
    """List the levers: what a government can choose."""
    from zonesim.errors import nearest
    from zonesim.policies.catalogue import lever_rows

    rows = lever_rows()
    groups = sorted({row["group"] for row in rows})
    if group is not None and group not in groups:
        raise InputError(f"--group {group}: no such group{nearest(group, groups)} (allowed: {', '.join(groups)})")
    rows = [row for row in rows if group in (None, row["group"])]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        bounds = f" {row['low']}..{row['high']}" if row["low"] is not None else ""
        click.echo(f"{row['id']:<38} tier {row['tier']}  {row['zh']}  [{row['unit']}{bounds}]  {row['instrument']}")


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
