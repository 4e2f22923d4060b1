"""Commands that report results and check them: report, verify."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from zonesim.commands.options import File
from zonesim.errors import InputError


@click.command()
@click.argument("sources", type=File, nargs=-1, required=True, metavar="STORE|RUN...")
@click.option(
    "--out",
    type=File,
    default=None,
    help="File to write; its ending says the form: .html .pdf .xlsx .docx .csv .zip (default: report.html in the first folder).",
)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language (of a page: shown first).")
@click.option("--figure", metavar="ID", default=None, help="Only this figure, such as effects or time.gdp.etdz: .png .svg .pdf .html .json .csv.")
@click.option("--figures", "listed", is_flag=True, help="Only list the figures of these results.")
def report(sources: tuple[Path, ...], out: Path | None, lang: Any, figure: str | None, listed: bool) -> None:
    """Report results: folders of any number of runs and comparisons of the same region and seeds, the store of a sweep, or both.

    The first scenario of the first folder is the baseline.
    """
    from zonesim.report.sources import open_view
    from zonesim.results import usable_file

    if out is not None and not listed:
        usable_file(out)
    view = open_view(sources)
    for source in sources:
        if (source / "run.json").is_file():
            _as_written(source)
    if listed:
        from zonesim.report.figures import QUESTIONS

        for asked in QUESTIONS.values():
            if asked.fits(view):
                for choice in asked.choices(view):
                    key = choice.key()
                    click.echo(f"{asked.id}{'.' + key if key else ''}\t{asked.asks(lang)}")
        return
    target = out or sources[0] / "report.html"
    if out is None:
        usable_file(target)
    if figure is not None:
        from zonesim.report.exports.pictures import write_figure

        write_figure(view, figure, target, lang)
    else:
        from zonesim.report.exports import export

        export(view, target, lang)
    click.echo(f"report: {target}")


@click.command()
@click.argument("what", type=File, metavar="STORE|RUN|REPORT.html")
def verify(what: Path) -> None:
    """Check every checksum: of the store of a sweep, of a folder of results, or of a page; exit 2 when anything is damaged."""
    from zonesim.report.sources import is_results, is_store

    if what.is_file():
        from zonesim.report.sealed import verify_page

        click.echo(f"{what}: is as it was written (sha256 {verify_page(what)})")
    elif is_results(what) and not is_store(what):
        _verify_results(what)
    else:
        _verify_store(what)


def _as_written(folder: Path) -> dict[str, Any]:
    """Return the record of a folder of results; one that is not as it was written is an error. Records of earlier versions say nothing of it."""
    from zonesim.bound import differences, is_bound
    from zonesim.results import TABLES, read_run

    run = read_run(folder)
    problems = differences(folder, run, [f"{name}.parquet" for name in TABLES]) if is_bound(run) else []
    if problems:
        raise InputError(*problems, f"{folder}: do not rely on these results; bring the files back from a copy, or make the results again")
    return run


def _verify_results(folder: Path) -> None:
    from zonesim.bound import SEAL, is_bound
    from zonesim.results import TABLES, Results, digest

    run = _as_written(folder)
    files, bound = [f"{name}.parquet" for name in TABLES], is_bound(run)
    found = digest(Results.load(folder))
    if found != run.get("digest"):
        raise InputError(f"{folder}: the tables are not those that were written (their digest is {found}, run.json says {run.get('digest')})")
    if bound:
        click.echo(
            f"{folder}: every table and run.json are as they were written ({len(run['tables'])} tables; digest of the results {found}, seal {run[SEAL]})"
        )
        return
    others = [name for name in files if name not in ("indicators.parquet", "ledger.parquet") and (folder / name).is_file()]
    click.echo(f"{folder}: indicators.parquet and ledger.parquet agree with their digest ({found})")
    click.echo(
        f"{folder}: written by an earlier zonesim, which kept no digest of {', '.join([*others, 'run.json'])}: "
        "whether these were changed cannot be said; make the results again to have them checked"
    )


def _verify_store(store: Path) -> None:
    from zonesim.experiments.damage import verify as problems_of
    from zonesim.experiments.store import Store

    with Store(store) as opened:
        problems = problems_of(opened)
        counts = opened.counts() if not problems else {}
    if problems:
        raise InputError(
            *problems[:50], *([f"and {len(problems) - 50} more"] if len(problems) > 50 else []), f"'zonesim repair {store}' sets the damaged records aside"
        )
    click.echo(f"{store}: every record agrees with its checksum ({sum(counts.values()):,} runs planned, {counts['ok']:,} ok)")
