"""Commands for the questions about the packages: list them, run one, read the answer."""

from __future__ import annotations

import json
from pathlib import Path

import click

from zonesim.commands.options import File, printable, require_no_sweep, seed_option, setting, warn, workers_option
from zonesim.commands.progress import Progress, compile_first

FOLDER = Path("experiments")
_folder = click.option("--folder", type=File, default=FOLDER, show_default=True, help="Folder of the counterfactual files.")


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@_folder
@click.pass_context
def counterfactuals(context: click.Context, as_json: bool, folder: Path) -> None:
    """List the questions about the packages; 'counterfactuals run LZ-1' answers one."""
    if context.invoked_subcommand is not None:
        return
    from zonesim.experiments.catalogue import catalogue, sweeps

    rows = catalogue(folder)
    if as_json:
        click.echo(json.dumps([{"file": str(path), **document.model_dump()} for path, document in rows], ensure_ascii=False, indent=1))
        return
    for path, document in rows:
        click.echo(printable(f"{document.id:<14} {document.question.zh}  {document.question.en}  [{len(document.arms)} arms, {path}]"))
    for path, name in sweeps(folder):
        click.echo(printable(f"{path.stem:<14} {name['zh']}  {name['en']}  [a sweep: zonesim rank {path} --store DIR]"))


@counterfactuals.command("run")
@click.argument("identity", metavar="ID")
@click.option("--replications", "-n", type=click.IntRange(1, 100_000), default=10, show_default=True, help="Runs of each arm, paired.")
@click.option("--out", type=File, default=None, help="Folder for answer.md, answer.json and effects.parquet.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of the paragraphs.")
@seed_option
@setting
@workers_option
@_folder
def counterfactuals_run(
    identity: str, replications: int, out: Path | None, as_json: bool, seed: int, overrides: tuple[str, ...], workers: int | None, folder: Path
) -> None:
    """Run the counterfactual ID (or its file) and answer in a paragraph with intervals, in Chinese and English."""
    from zonesim.experiments.answers import answer, save_answer
    from zonesim.experiments.catalogue import find
    from zonesim.experiments.counterfactual import load_counterfactual
    from zonesim.report.answers import paragraph
    from zonesim.results import usable_folder

    path = Path(identity) if identity.endswith((".yaml", ".yml")) else find(folder, identity)
    require_no_sweep(path)
    question = load_counterfactual(path, overrides)
    if overrides:  # what is set may not do what is meant
        warn(question.reference)
    if out is not None:
        usable_folder(out)
    compile_first()
    with Progress("runs", len(question.scenarios) * replications) as shown:
        done = answer(question, replications, seed, workers=workers, progress=lambda now, _all: shown.to(now))
    said = {lang: paragraph(done, lang) for lang in ("zh", "en")}
    if out is not None:
        save_answer(done, said, out)
    if as_json:
        click.echo(json.dumps(done.record(said), ensure_ascii=False, indent=1))
    else:
        click.echo(printable(said["zh"]) + "\n\n" + printable(said["en"]))
    if out is not None:
        click.echo(f"answer: {out}/answer.md, answer.json, effects.parquet", err=as_json)
