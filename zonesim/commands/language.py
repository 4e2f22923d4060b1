"""The language of what the command line says of mistakes: chosen by an option or the environment, else that of the terminal."""

from __future__ import annotations

import os

import click

VARIABLE = "ZONESIM_LANG"


def of_environment() -> str:
    """Return zh when the environment asks for Chinese: ``ZONESIM_LANG``, else the first of ``LC_ALL``, ``LC_MESSAGES``, ``LANG`` that is set; otherwise en."""
    named = (os.environ.get(name, "") for name in (VARIABLE, "LC_ALL", "LC_MESSAGES", "LANG"))
    return "zh" if next((one for one in named if one), "").lower().startswith("zh") else "en"


class Chosen:
    """The language of messages of one call of the command line; it outlives the command, which may fail before it knows its options."""

    def __init__(self) -> None:
        self.lang = of_environment()


def _choose(context: click.Context, _option: click.Parameter, given: str | None) -> None:
    if given:
        context.ensure_object(Chosen).lang = given


messages_option = click.option(
    "--messages", type=click.Choice(["zh", "en"]), is_eager=True, expose_value=False, callback=_choose,
    help=f"Language of errors and warnings (default: {VARIABLE}, else the terminal's).",
)  # fmt: skip


def current() -> str:
    """Return the language of messages of the call that is running."""
    context = click.get_current_context(silent=True)
    chosen: Chosen | None = context.find_object(Chosen) if context else None
    return chosen.lang if chosen else of_environment()


def headed(kind: str, message: str, lang: str) -> str:
    """Return a line in a language with what it is, an error or a warning, before it.

    >>> headed("error", "seed: -1 is not between 0 and 2^64 - 1", "en")
    'error: seed: -1 is not between 0 and 2^64 - 1'
    """
    from zonesim.report.texts import say
    from zonesim.report.texts.messages import told

    return say(f"message.{kind}", lang, text=told(message, lang))
