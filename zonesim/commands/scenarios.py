"""Commands about scenario files, none of which runs them: schema, check, diff, import."""

from __future__ import annotations

import json
from pathlib import Path

import click

from zonesim.commands.options import File, model_option, out_option, printable, setting, tell, warn
from zonesim.errors import InputError


@click.command()
def schema() -> None:
    """Print the JSON Schema of a scenario, for editors."""
    from zonesim.scenario.schema import json_schema

    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=1))


@click.command()
@click.argument("files", type=File, nargs=-1, required=True)
@setting
@model_option
def check(files: tuple[Path, ...], overrides: tuple[str, ...], model: str | None) -> None:
    """Check FILES (scenarios, counterfactuals and sweeps) without running them."""
    from zonesim.experiments.counterfactual import is_counterfactual, load_counterfactual
    from zonesim.experiments.experiment import is_experiment, load_experiment
    from zonesim.founding.misfit import opening_misfits
    from zonesim.scenario import load_scenario

    problems: list[str] = []
    for path in files:
        try:
            if is_experiment(path):
                design = load_experiment(path, model).design()
                click.echo(f"{path}: ok ({len(design.factors)} factors, {design.n_rows:,} points)")
                continue
            if is_counterfactual(path):
                asked = load_counterfactual(path, overrides)
                click.echo(f"{path}: ok ({len(asked.arms)} arms, {len(asked.document.read)} readings)")
                continue
            scenario = load_scenario(path, overrides)
        except InputError as error:
            problems += error.problems
            continue
        warn(scenario, f"{path}: ")
        try:
            tell(opening_misfits(scenario), f"{path}: ")
        except InputError as error:
            problems += error.problems
            continue
        click.echo(f"{path}: ok ({len(scenario.instruments)} policies, {scenario.n_quarters} quarters)")
    if problems:
        raise InputError(*problems)


@click.command()
@click.argument("baseline", type=File)
@click.argument("reform", type=File)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def diff(baseline: Path, reform: Path, as_json: bool) -> None:
    """Show what differs between the inputs of two scenarios."""
    from zonesim.scenario import load_scenario
    from zonesim.scenario.diff import differences, written

    rows = differences(load_scenario(baseline), load_scenario(reform))
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    if not rows:
        click.echo("the scenarios say the same")
    for row in rows:
        click.echo(printable(written(row)))


@click.command("import")
@click.argument("enterprises", type=File)
@click.option("--zones", type=File, required=True, help="CSV of the zones; their counties are those of the region.")
@out_option
@click.option("--start", default="2020Q1", show_default=True, help="Quarter that the lists describe.")
def import_lists(enterprises: Path, zones: Path, out: Path, start: str) -> None:
    """Make a scenario folder of your own lists of ENTERPRISES and zones (CSV; docs/own_lists.md has the columns)."""
    from zonesim.founding.own_lists import import_folder

    said = import_folder(enterprises, zones, out, start)
    for line in said:
        click.echo(line)
