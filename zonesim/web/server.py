"""The server: the application behind waitress."""

from __future__ import annotations

import importlib
import os
import secrets
from collections.abc import Callable
from typing import Any

import waitress
from flask import Flask
from waitress.server import BaseWSGIServer

from zonesim.errors import InputError
from zonesim.report.sweeps import factor_names
from zonesim.web import refusals
from zonesim.web.app import Site, create_server
from zonesim.web.security import MAX_BODY, Guard, is_loopback

TOKEN = "ZONESIM_TOKEN"
THREADS, CONNECTIONS, SECONDS = 8, 200, 60
MAX_READ = 8 * MAX_BODY  #: what is too large is read so far, or a browser that still sends would never read the answer


def token_for(host: str) -> str:
    """Return the token that visitors of an address must know: that of the environment, else a new one; none on loopback unless one is set."""
    return os.environ.get(TOKEN, "") or ("" if is_loopback(host) else secrets.token_urlsafe(24))


def warm(site: Site) -> None:
    """Read what the first page shows, and import what a figure of a sweep needs, before anybody waits for it."""
    for region in site.library.regions():
        for name in (region.baseline, *region.packages):
            site.library.load(name)
    site.library.questions()
    factor_names()
    for name in ("zonesim.experiments.ranked", "scipy.special"):
        importlib.import_module(name)


def listen(guard: Guard, server: Flask) -> Any:
    """Return what listens on the address of a guard, and answers itself what is too large or no request.

    Raises:
        InputError: the address cannot be listened on.
    """
    sockets: dict[int, Any] = {}
    try:
        listening = waitress.create_server(
            server, sockets, host=guard.host, port=guard.port, threads=THREADS, connection_limit=CONNECTIONS, channel_timeout=SECONDS,
            max_request_body_size=MAX_READ, max_request_header_size=32 << 10, ident="zonesim", expose_tracebacks=False,
        )  # fmt: skip
    except OSError as error:
        raise InputError(f"--host {guard.host} --port {guard.port}: cannot be listened on ({error.strerror or error})") from None
    for one in sockets.values():
        if isinstance(one, BaseWSGIServer):
            one.channel_class = refusals.channel(server)
    return listening


def serve(site: Site, said: Callable[[str], None]) -> None:
    """Serve until interrupted; jobs that run go on by themselves.

    Args:
        site: what is served.
        said: told the address.

    Raises:
        InputError: the address cannot be listened on.
    """
    guard = site.guard
    server = create_server(site)
    warm(site)
    listening = listen(guard, server)
    shown = f"[{guard.host}]" if ":" in guard.host else guard.host
    said(f"http://{shown}:{guard.port}/" + (f"login?token={guard.token}" if guard.token else ""))
    site.supervisor.start()
    site.gallery.read_newest()
    try:
        listening.run()
    finally:
        site.supervisor.stop()
        listening.close()
