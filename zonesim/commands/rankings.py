"""The command that ranks levers: rank."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from zonesim.commands.options import File, Number, dask_option, keeping, model_option, printable, sweep_workers_option, timeout_option
from zonesim.commands.progress import RunsOfSweep
from zonesim.errors import InputError, NotSettled


@click.command("rank")
@click.argument("source", type=File)
@click.option("--store", type=File, default=None, help="With an experiment file: folder of its sweep; made or gone on with.")
@click.option("--outcome", "outcomes", multiple=True, metavar="NAME", help="Only this outcome; may be repeated.")
@click.option("--of", "reading", type=click.Choice(["value", "effect", "met"]), default="value", show_default=True,
              help="Rank by the outcome, by its effect over the baseline, or by whether its target is met.")  # fmt: skip
@click.option("--top", type=click.IntRange(1, 100), default=3, show_default=True, help="How many of the first should be settled against the next.")
@click.option("--confidence", type=Number(0.5, 0.999), default=0.95, show_default=True, help="Of intervals and of the order.")
@click.option("--until", type=click.Choice(["settled", "signs-settled"]), default=None,
              help="With an experiment file: enlarge its design until the order (or the signs of the effects) of the first is settled.")  # fmt: skip
@click.option("--most-runs", type=click.IntRange(1), default=100_000, show_default=True, help="With --until: stop before more runs than this.")
@click.option("--complete-rows", is_flag=True, help="Use complete base rows (trajectories, points) when runs failed or are missing, instead of refusing.")
@click.option("--json", "as_json", is_flag=True, help="Print ranking.json.")
@click.option(
    "--out",
    type=File,
    default=None,
    help="Folder for ranking.json, ranking.csv, pairs.csv (second order), targets.csv and targets_at_once.csv (each setting) and the figures (ranking.html).",
)
@sweep_workers_option
@dask_option
@timeout_option
@model_option
def rank_command(
    source: Path, store: Path | None, outcomes: tuple[str, ...], reading: Any, top: int, confidence: float, until: str | None, most_runs: int,
    complete_rows: bool, as_json: bool, out: Path | None, workers: int | None, dask: str | None, timeout: float | None, model: str | None,
) -> None:  # fmt: skip
    """Rank the levers of SOURCE: the store of a sweep, or an experiment file (its sweep is done first).

    With --until the exit code is 4 when it ends without: comparisons stay open, or nothing can be told from a lever that does nothing.
    """
    with keeping(store or source):
        from zonesim.experiments.experiment import load_experiment
        from zonesim.experiments.rankable import refuse_unrankable
        from zonesim.experiments.ranked import NOTHING, SETTLED, rank_levers, until_settled
        from zonesim.experiments.sweep import sweep
        from zonesim.experiments.targeted import number_by_setting, targets_by_setting
        from zonesim.report.rankings import save_ranking, text_of_ranking

        if source.is_dir():
            if store is not None or until is not None:
                raise InputError("--store and --until go with an experiment file, not with a store")
            if dask is not None or timeout is not None or model is not None:
                raise InputError("--model, --dask and --timeout go with an experiment file: a store is ranked as it is")
            folder = source
        else:
            if not source.is_file():
                raise InputError(f"{source}: is neither the store of a sweep nor an experiment file")
            if store is None:
                raise InputError("--store: name the folder of the sweep")
            folder = store
        if dask is not None and workers is not None:
            raise InputError("--workers and --dask: give one of them")
        experiment = None if source.is_dir() else load_experiment(source, model)
        if experiment is not None:
            refuse_unrankable(experiment, source, outcomes, reading)  # before hours of runs, not after
        if experiment is not None and until is not None:
            record = until_settled(
                experiment, folder, outcomes, reading=reading, confidence=confidence, top=top, most_runs=most_runs, workers=workers,
                settle="order" if until == "settled" else "sign", said=lambda text: click.echo(text, err=True), watched=RunsOfSweep,
                dask=dask, timeout=timeout,
            )  # fmt: skip
        else:
            if experiment is not None:
                with RunsOfSweep() as bar:
                    sweep(experiment, folder, workers=workers, dask=dask, timeout=timeout, progress=bar.progress, said=bar.said)
            record = rank_levers(folder, outcomes, reading=reading, confidence=confidence, top=top, complete_rows=complete_rows)
        if out is not None:
            written = save_ranking(
                record, out, targets_by_setting(folder) if record["targets"] else None, number_by_setting(folder) if record["at_once"] else None
            )
        said = [text_of_ranking(record), *([f"NOTE: {record['favours']}"] if record["favours"] else [])]
        click.echo(json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False) if as_json else printable_lines("\n".join(said)))
        if out is not None:
            click.echo(f"ranking: {out}/{', '.join(reversed(written))}", err=as_json)
        if "until" in record and record["until"]["state"] != SETTLED:
            names = printable(", ".join(record["until"]["open"] + record["until"]["nothing"]))
            if record["until"]["state"] == NOTHING:
                raise NotSettled(f"--until {until}: nothing is distinguishable from a lever that does nothing: {names}")
            raise NotSettled(f"--until {until}: not settled: {names}")


def printable_lines(text: str) -> str:
    """Return a text whose lines hold no control characters."""
    return "\n".join(printable(line) for line in text.splitlines())
