"""Pages of the editor."""

from __future__ import annotations

from flask import Flask

from zonesim.web.app import Site


def add(server: Flask, site: Site) -> None:
    """Add the pages to the server."""
