"""The commands of the command line: a file for each group; every ``click`` command in here is found, none is listed.

A module of this folder imports only ``click`` and ``zonesim.errors`` at its head; what is heavy is imported inside the command that needs it.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import click


def every_command() -> Iterator[click.Command]:
    """Yield the commands that the modules of this folder define; those inside a group come with their group."""
    for module in pkgutil.iter_modules(__path__, __name__ + "."):
        found = [value for value in vars(importlib.import_module(module.name)).values() if isinstance(value, click.Command)]
        inner = [command for group in found if isinstance(group, click.Group) for command in group.commands.values()]
        yield from (command for command in found if command not in inner)
