"""The command that serves the application: serve."""

from __future__ import annotations

from pathlib import Path

import click

from zonesim.commands.options import File, Number
from zonesim.errors import InputError
from zonesim.interrupts import forget, stop_if_asked

PROJECT = Path(__file__).parents[2]  #: where the package stands, with regions and questions beside it: pip installs neither
REGIONS, QUESTIONS = "*/baseline.yaml", "*.yaml"


def regions(given: Path | None) -> Path:
    """Return the folder of regions: the given one, else the one here, else that of the project which the package belongs to.

    Raises:
        InputError: the given one holds none, or there is none to be found.
    """
    found = _with(REGIONS, given or Path("scenarios"), *([] if given else [PROJECT / "scenarios"]))
    if found is not None:
        return found
    if given is not None and given.is_dir():
        raise InputError(f"--scenarios {given}: holds no region (a folder with a file baseline.yaml)")
    if given is not None:
        raise InputError(f"--scenarios {given}: no such folder")
    raise InputError(
        "--scenarios: not given, and there is no folder 'scenarios' with regions here; regions and questions come with the project's files, not with pip: "
        "start in the project's folder, or name both: zonesim serve --scenarios PROJECT/scenarios --experiments PROJECT/experiments"
    )


def questions(given: Path | None) -> Path:
    """Return the folder of questions, found as :func:`regions` is; there need be none where none is given.

    Raises:
        InputError: the given one is not there.
    """
    if given is not None and not given.is_dir():
        raise InputError(f"--experiments {given}: no such folder")
    return given or _with(QUESTIONS, Path("experiments"), PROJECT / "experiments") or Path("experiments")


def _with(files: str, *folders: Path) -> Path | None:
    return next((one for one in folders if one.is_dir() and any(one.glob(files))), None)


@click.command()
@click.option("--data", type=File, default=Path("data"), show_default=True, help="Folder of stored results, own scenarios and jobs; made if missing.")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen on; any that others can reach needs a token (ZONESIM_TOKEN, else one is made and printed).",
)
@click.option("--port", type=click.IntRange(1, 65535), default=8050, show_default=True)
@click.option("--name", "names", multiple=True, metavar="HOST", help="Another name under which the server may be asked for; may be repeated.")
@click.option("--scenarios", type=File, help="Folder of the shipped regions (default: scenarios here, else that of the project this command is of).")
@click.option("--experiments", type=File, help="Folder of the questions about the packages (default: experiments, found in the same way).")
@click.option("--jobs", "at_once", type=click.IntRange(1, 64), default=1, show_default=True, help="Jobs that may run at the same time; the others wait.")
@click.option("--workers", type=click.IntRange(1, 256), default=None, help="Processes of each job (default: one for each processor).")
@click.option("--limit", type=Number(1, 7 * 86400), default=7200, show_default=True, help="Seconds that a job may run.")
def serve(
    data: Path, host: str, port: int, names: tuple[str, ...], scenarios: Path | None, experiments: Path | None, at_once: int, workers: int | None, limit: float
) -> None:  # fmt: skip
    """Serve the application for planners: choose, change, run, compare; in Chinese and English, without internet."""
    try:
        from zonesim.web.app import Site
        from zonesim.web.security import Guard
        from zonesim.web.server import serve as serve_site
        from zonesim.web.server import token_for
    except ModuleNotFoundError as error:
        raise InputError(f"'zonesim serve' needs {error.name}: pip install 'zonesim[web]'") from None
    guard = Guard(host, port, token_for(host), names)
    site = Site(data, regions(scenarios), questions(experiments), guard, at_once, workers, limit)
    stop_if_asked()
    serve_site(site, lambda address: click.echo(f"zonesim: {address}  (data in {site.folder.root}; end with Ctrl-C)", err=True))
    forget()
