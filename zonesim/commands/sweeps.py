"""Commands of sweeps: sweep, status, repair, digest, rerun, export."""

from __future__ import annotations

import json
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zonesim.commands.options import File, Number, dask_option, keeping, model_option, printable, sweep_workers_option, timeout_option
from zonesim.commands.progress import RunsOfSweep
from zonesim.errors import InputError, TooManyFailed
from zonesim.experiments.records import MAX_FAILED

if TYPE_CHECKING:
    from zonesim.experiments.records import Status

store_argument = click.argument("store", type=File)
_max_failed = click.option(
    "--max-failed", type=Number(0, 1), default=None,
    help=f"Share of runs that may fail; above it the exit code is 3, and every report says so at its top. 'sweep' and 'rerun' keep it with the store.  [default: what the store keeps, else {MAX_FAILED:g}]",
)  # fmt: skip


@click.command()
@click.argument("experiment", type=File)
@click.option("--store", type=File, default=None, help="Folder of the sweep; made when it is not there, gone on with when it is.")
@sweep_workers_option
@dask_option
@timeout_option
@_max_failed
@model_option
@click.option("--changed", type=click.Choice(["stop", "rerun", "keep"]), default="stop", show_default=True, help="When the store was made of another input.")
@click.option("--price", is_flag=True, help="Only say what it would cost.")
def sweep(
    experiment: Path, store: Path | None, workers: int | None, dask: str | None, timeout: float | None, max_failed: float | None, model: str | None, changed: Any,
    price: bool,
) -> None:  # fmt: skip
    """Do the runs of an EXPERIMENT that its store does not have; killed at any moment, the same command goes on."""
    with keeping(store):
        from zonesim.experiments.experiment import load_experiment
        from zonesim.experiments.sweep import price_of
        from zonesim.experiments.sweep import sweep as run_sweep

        if dask is not None and workers is not None:
            raise InputError("--workers and --dask: give one of them")
        loaded = load_experiment(experiment, model)
        if price:
            click.echo(price_of(loaded, workers, lambda text: click.echo(printable(text), err=True)).text())
            return
        if store is None:
            raise InputError("--store: name the folder of the sweep")
        with RunsOfSweep() as bar:
            status = run_sweep(loaded, store, workers=workers, dask=dask, timeout=timeout, changed=changed, progress=bar.progress, said=bar.said,
                               max_failed=max_failed)  # fmt: skip
        _end(store, status, max_failed)


@click.command()
@store_argument
@click.option("--failed", is_flag=True, help="Do all runs again that ended in an error, a timeout or a crash.")
@click.option("--run", "number", type=click.IntRange(1), default=None, help="Do one run again, here and in the open, and print its outcomes; nothing is kept.")
@sweep_workers_option
@dask_option
@timeout_option
@_max_failed
@model_option
def rerun(
    store: Path, failed: bool, number: int | None, workers: int | None, dask: str | None, timeout: float | None, max_failed: float | None, model: str | None
) -> None:
    """Do runs of a STORE again: the failed ones, or one of them to see what happens."""
    with keeping(store):
        from zonesim.experiments.store import Store
        from zonesim.experiments.stored import command_of, find_run, subject_of
        from zonesim.experiments.subject import FunctionSubject
        from zonesim.experiments.sweep import rerun_failed
        from zonesim.experiments.worker import message_of

        if failed == (number is not None):
            raise InputError("give either --failed or --run NUMBER")
        if number is not None:
            with Store(store) as opened:
                job = find_run(opened, number)
                subject = subject_of(opened, model)
                command = command_of(opened, job)
            click.echo(
                f"run {number}: seed {job.seed}, {'baseline' if job.role else 'scenario'}, settings {json.dumps(job.values, ensure_ascii=False)}", err=True
            )
            if command is not None:
                click.echo(f"with all its tables: {printable(command)}", err=True)
            try:
                values = subject.run(job.role, job.values, job.seed)
            except Exception as error:  # of one's own function: the lines of the traceback are what was asked for, and the fault is not of this program
                if not isinstance(subject, FunctionSubject):
                    raise
                traceback.print_exc()
                raise InputError(f"run {number}: the model ended with {type(error).__name__}: {printable(message_of(error))}") from None
            for one, value in zip(subject.outcomes, values, strict=True):
                click.echo(f"{one.name}: {value!r}")
            return
        with RunsOfSweep() as bar:
            status = rerun_failed(store, model, workers=workers, dask=dask, timeout=timeout, progress=bar.progress, said=bar.said,
                               max_failed=max_failed)  # fmt: skip
        _end(store, status, max_failed)


@click.command()
@store_argument
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--all", "every", is_flag=True, help="Name every failed run, not the first five.")
@_max_failed
def status(store: Path, as_json: bool, every: bool, max_failed: float | None) -> None:
    """Say how far the sweep in STORE is, and which runs failed, why."""
    from zonesim.experiments.store import Store

    with Store(store) as opened:
        found = opened.status(-1) if every else opened.status()
    if as_json:
        said = {"planned": found.planned, **found.counts, "failed_share": _share(found), "too_many_failed": _too_many(found, max_failed), "max_failed": found.allowed if max_failed is None else max_failed, "plan": found.plan,
                "id": found.document.get("id"), "mean_seconds": found.seconds, "mixed_with": found.identity["mixed_with"], "writer": found.held,
                "failures": found.failures, "failures_not_named": max(0, found.failed - len(found.failures))}  # fmt: skip
        click.echo(json.dumps(said, ensure_ascii=False, indent=1))
        _refuse_failed(found, max_failed)
        return
    _end(store, found, max_failed)


@click.command()
@store_argument
def repair(store: Path) -> None:
    """Set what is damaged in a STORE aside (nothing is deleted), so that a sweep does it again."""
    from zonesim.experiments.damage import repair_folder

    done = repair_folder(store)
    for line in done or [f"{store}: nothing is damaged"]:
        click.echo(printable(line))


@click.command()
@store_argument
def digest(store: Path) -> None:
    """Print a hash of all results of a STORE; it does not depend on who did them when."""
    from zonesim.experiments.store import Store
    from zonesim.experiments.upkeep import digest as digest_of

    with Store(store) as opened:
        click.echo(digest_of(opened))
        missing = _missing(opened.status(0))
    if missing:
        click.echo(f"{missing}; the digest of the whole sweep is another", err=True)


@click.command()
@store_argument
@click.option("--out", type=File, required=True, help="File to write: .parquet, .csv, .dta (Stata) or .xlsx.")
@_max_failed
def export(store: Path, out: Path, max_failed: float | None) -> None:
    """Write one row for each planned point of a STORE: its settings, its outcomes and its status."""
    from zonesim.experiments.exported import export as write
    from zonesim.experiments.store import Store

    with Store(store) as opened:
        found = opened.status()
        rows = write(opened, out)
    for line in _warnings(found, max_failed):
        click.echo(line, err=True)
    if missing := _missing(found):
        click.echo(f"{missing}; their rows have no outcomes", err=True)
    click.echo(f"{out}: {rows:,} rows")
    _refuse_failed(found, max_failed)


def _missing(status: Status) -> str:
    return f"{status.counts['pending']:,} of {status.planned:,} runs are not done" if status.counts["pending"] else ""


def _too_many(status: Status, max_failed: float | None) -> bool:
    return _share(status) > (status.allowed if max_failed is None else max_failed)


def _share(status: Status) -> float:
    return status.failed / status.planned if status.planned else 0.0


def _warnings(status: Status, max_failed: float | None) -> list[str]:
    lines = []
    if _too_many(status, max_failed):
        lines.append(f"TOO MANY FAILED: {status.failed:,} of {status.planned:,} runs ({100 * _share(status):.3g} %) ended without outcomes")
    if status.mixed:
        from zonesim.report.rankings import mixed_line

        lines.append(mixed_line(status.identity["mixed_with"]))
    return lines


def _lines(store: Path, status: Status, max_failed: float | None) -> list[str]:
    lines = _warnings(status, max_failed)
    done = status.planned - status.counts["pending"]
    lines.append(
        f"{store}: {status.document.get('id', '')}, {done:,} of {status.planned:,} runs done" + (f", {status.seconds:.3g} s each" if status.seconds else "")
    )
    lines.append("  " + ", ".join(f"{name} {count:,}" for name, count in status.counts.items()))
    if status.held:
        lines.append(f"  process {status.held.get('pid')} on {status.held.get('host')} is writing")
    for one in status.failures:
        lines.append(f"  run {one['run']} {one['status']}: {one['type']}: {one['message']}" + (f" ({one['frame']})" if one["frame"] else ""))
        lines.append(f"    seed {one['seed']}; see it by: zonesim rerun {store} --run {one['run']}" + _model_of(status))
    if (more := status.failed - len(status.failures)) > 0:
        lines.append(f"  and {more:,} more failed: zonesim status {store} --all")
    return lines


def _model_of(status: Status) -> str:
    return f" --model {status.identity['label']}" if status.identity["model"] == "FunctionSubject" else ""


def _end(store: Path, status: Status, max_failed: float | None) -> None:
    for line in _lines(store, status, max_failed):
        click.echo(printable(line))
    _refuse_failed(status, max_failed)


def _refuse_failed(status: Status, max_failed: float | None) -> None:
    if _too_many(status, max_failed):
        raise TooManyFailed(
            f"{status.failed:,} of {status.planned:,} runs failed, more than --max-failed {status.allowed if max_failed is None else max_failed:g}"
        )
