"""The commands of the command line: a file for each group; every ``click`` command in here is found, none is listed.

A module of this folder imports only ``click`` and ``zonesim.errors`` at its head; what is heavy is imported inside the command that needs it.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import click


def every_command() -> Iterator[click.Command]:
    """Yield the commands that the modules of this folder define."""
    for module in pkgutil.iter_modules(__path__, __name__ + "."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, click.Command):
                yield value
