"""The texts that people see, one catalogue for each language: captions, readings, messages; with named placeholders."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any


@functools.cache
def catalogue(lang: str) -> dict[str, str]:
    """Return every text of a language by its key."""
    found: dict[str, str] = json.loads((Path(__file__).parent / f"{lang}.json").read_text(encoding="utf-8"))
    return found


def say(key: str, lang: str, **values: Any) -> str:
    """Return a text in a language with its placeholders filled.

    >>> say("figure.effects.title", "zh")
    '主要效果'
    """
    text = catalogue(lang)[key]
    return text.format(**values) if values else text
