"""The command that serves the application: serve."""

from __future__ import annotations

from pathlib import Path

import click

from zonesim.commands.options import File, Number
from zonesim.errors import InputError
from zonesim.interrupts import forget, stop_if_asked


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
@click.option("--scenarios", type=File, default=Path("scenarios"), show_default=True, help="Folder of the shipped regions.")
@click.option("--experiments", type=File, default=Path("experiments"), show_default=True, help="Folder of the questions about the packages.")
@click.option("--jobs", "at_once", type=click.IntRange(1, 64), default=1, show_default=True, help="Jobs that may run at the same time; the others wait.")
@click.option("--workers", type=click.IntRange(1, 256), default=None, help="Processes of each job (default: one for each processor).")
@click.option("--limit", type=Number(1, 7 * 86400), default=7200, show_default=True, help="Seconds that a job may run.")
def serve(
    data: Path, host: str, port: int, names: tuple[str, ...], scenarios: Path, experiments: Path, at_once: int, workers: int | None, limit: float
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
    site = Site(data, scenarios, experiments, guard, at_once, workers, limit)
    stop_if_asked()
    serve_site(site, lambda address: click.echo(f"zonesim: {address}  (data in {site.folder.root}; end with Ctrl-C)", err=True))
    forget()
