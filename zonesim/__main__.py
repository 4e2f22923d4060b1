"""``python -m zonesim``: the command line."""

from zonesim.cli import console

console()
