"""The command line. Heavy imports happen inside the commands that need them, so ``--help`` is instant."""

from __future__ import annotations

import json
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zonesim.errors import InputError, ZonesimError

if TYPE_CHECKING:
    from zonesim.results import Results
    from zonesim.scenario import Scenario

EXIT_USER, EXIT_INTERNAL, EXIT_INTERRUPTED = 2, 70, 130
File = click.Path(path_type=Path)
_set = click.option(
    "--set",
    "overrides",
    multiple=True,
    metavar="policies.NAME.SETTING=VALUE",
    help="Change a setting; may be repeated.",
)
_seed = click.option("--seed", type=click.IntRange(0, 2**63 - 1), default=1, show_default=True, help="Seed of the whole; 0 is a seed.")
_out = click.option("--out", type=File, required=True, help="Folder for the results; replaced when the new ones are whole.")
_check = click.option("--check", is_flag=True, help="Verify every account, land and head identity in every quarter.")
_workers = click.option("--workers", type=click.IntRange(1, 256), default=None, help="Processes; the results do not depend on it.")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="zonesim")
def app() -> None:
    """Ask what a development-zone policy will do before it is enacted (开发区政策仿真)."""


def main() -> None:
    """Run the command line and turn errors into messages and exit codes (0 done, 2 yours, 70 ours, 130 interrupted)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app(standalone_mode=False)
    except click.exceptions.Abort:
        _fail("interrupted; nothing partial was kept", EXIT_INTERRUPTED)
    except KeyboardInterrupt:
        _fail("interrupted; nothing partial was kept", EXIT_INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(EXIT_USER)
    except ZonesimError as error:
        _fail(str(error), error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        _fail(
            f"{error.filename or ''}: {error.strerror or error}".lstrip(": "),
            EXIT_USER if error.filename else EXIT_INTERNAL,
        )
    except Exception:
        traceback.print_exc()
        _fail("this is a fault of zonesim, not of your input; please report it with the lines above", EXIT_INTERNAL)


def _fail(message: str, code: int) -> None:
    lines = message.splitlines() or ["error"]
    for line in lines:
        click.echo(f"error: {_printable(line)}", err=True)
    sys.exit(code)


def _printable(text: str) -> str:
    """Drop control characters, so that a name in a file cannot steer the terminal."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def _load(path: Path, overrides: tuple[str, ...] = ()) -> Scenario:
    from zonesim.compiled import is_cold

    if is_cold():
        click.echo("compiling the model (first time only, about half a minute)", err=True)
    from zonesim.scenario import load_scenario

    scenario = load_scenario(path, overrides)
    for warning in scenario.warnings:
        click.echo(f"warning: {_printable(warning)}", err=True)
    return scenario


@app.command()
@click.argument("scenario", type=File)
@click.option(
    "--replications",
    "-n",
    type=click.IntRange(1, 100_000),
    default=1,
    show_default=True,
    help="Runs with different seeds.",
)
@_seed
@_out
@_set
@_check
@_workers
def run(
    scenario: Path,
    replications: int,
    seed: int,
    out: Path,
    overrides: tuple[str, ...],
    check: bool,
    workers: int | None,
) -> None:
    """Run one SCENARIO and write its tables and a report."""
    loaded = _load(scenario, overrides)
    _usable(out)
    results = _simulate([loaded], replications, seed, check, workers)
    _finish(results, out)


@app.command()
@click.argument("baseline", type=File)
@click.argument("reform", type=File)
@click.option("--replications", "-n", type=click.IntRange(1, 100_000), default=20, show_default=True, help="Paired runs.")
@_seed
@_out
@_set
@_check
@_workers
def compare(
    baseline: Path,
    reform: Path,
    replications: int,
    seed: int,
    out: Path,
    overrides: tuple[str, ...],
    check: bool,
    workers: int | None,
) -> None:
    """Run BASELINE and REFORM with the same luck and report the effects, the targets and the costs."""
    first = _load(baseline)
    second = _load(reform, overrides)
    if first.id == second.id:
        raise InputError(f"{baseline} and {reform}: both scenarios are called {first.id!r}; give them different ids")
    _usable(out)
    results = _simulate([first, second], replications, seed, check, workers)
    _finish(results, out)


def _usable(out: Path) -> None:
    from zonesim.results import usable_folder

    usable_folder(out)


def _simulate(scenarios: list[Scenario], replications: int, seed: int, check: bool, workers: int | None) -> Results:
    from zonesim.experiments.study import study

    with click.progressbar(length=len(scenarios) * replications, label="runs", file=sys.stderr, show_pos=True) as bar:
        done = 0

        def progress(now: int, _all: int) -> None:
            nonlocal done
            bar.update(now - done)
            done = now

        return study(scenarios, replications, seed, check=check, workers=workers, progress=progress)


def _finish(results: Results, out: Path) -> None:
    from zonesim.report.page import write_report
    from zonesim.report.terminal import summary

    results.save(out)
    write_report(results, out / "report.html")
    click.echo(summary(results))
    click.echo(f"tables: {out}/indicators.parquet, ledger.parquet" + (", effects.parquet" if results.effects is not None else ""))
    click.echo(f"report: {out / 'report.html'}")


@app.command()
def schema() -> None:
    """Print the JSON Schema of a scenario, for editors."""
    from zonesim.scenario.schema import json_schema

    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=1))


@app.command()
@click.argument("files", type=File, nargs=-1, required=True)
@_set
def check(files: tuple[Path, ...], overrides: tuple[str, ...]) -> None:
    """Check scenario FILES without running them."""
    from zonesim.scenario import load_scenario

    problems: list[str] = []
    for path in files:
        try:
            scenario = load_scenario(path, overrides)
        except InputError as error:
            problems += error.problems
            continue
        for warning in scenario.warnings:
            click.echo(f"warning: {path}: {_printable(warning)}", err=True)
        click.echo(f"{path}: ok ({len(scenario.instruments)} policies, {scenario.n_quarters} quarters)")
    if problems:
        raise InputError(*problems)


@app.command()
@click.argument("baseline", type=File)
@click.argument("reform", type=File)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def diff(baseline: Path, reform: Path, as_json: bool) -> None:
    """Show what differs between the inputs of two scenarios."""
    from zonesim.scenario import load_scenario
    from zonesim.scenario.diff import differences

    rows = differences(load_scenario(baseline), load_scenario(reform))
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    if not rows:
        click.echo("the scenarios say the same")
    for row in rows:
        dates = f"  [{row['from']} .. {row['to']}]" if row["from"] or row["to"] else ""
        clause = f"  ({row['clause']})" if row["clause"] else ""
        click.echo(_printable(f"{row['path']}: {row['baseline']} -> {row['reform']}{clause}{dates}"))


@app.command()
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


@app.command()
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


@app.command("import")
@click.argument("enterprises", type=File)
@click.option("--zones", type=File, required=True, help="CSV of the zones (and of the areas outside them).")
@_out
@click.option("--start", default="2020Q1", show_default=True, help="Quarter that the lists describe.")
def import_lists(enterprises: Path, zones: Path, out: Path, start: str) -> None:
    """Make a scenario folder of your own lists of ENTERPRISES and zones (CSV; docs/own_lists.md has the columns)."""
    from zonesim.founding.own_lists import import_folder

    said = import_folder(enterprises, zones, out, start)
    for line in said:
        click.echo(line)


@app.command()
@click.argument("results", type=File)
@click.option("--out", type=File, default=None, help="HTML file (default: report.html in the folder).")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language shown first.")
def report(results: Path, out: Path | None, lang: str) -> None:
    """Write the report of a folder of RESULTS again."""
    from zonesim.report.page import write_report
    from zonesim.results import Results

    loaded = Results.load(results)
    target = out or results / "report.html"
    write_report(loaded, target, lang=lang)
    click.echo(f"report: {target}")
