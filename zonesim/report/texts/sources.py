"""Chinese for the reasons and sources that scenario files and parameters give in English (``sources.json``); a text that is not there is shown as it was written."""

from __future__ import annotations

import functools
import json
from pathlib import Path


@functools.cache
def sources() -> dict[str, str]:
    """Return the translation of every known reason or source."""
    found: dict[str, str] = json.loads((Path(__file__).parent / "sources.json").read_text(encoding="utf-8"))
    return found


def translated(text: str, lang: str) -> str:
    """Return a reason or source in a language."""
    return sources().get(" ".join(str(text).split()), str(text)) if lang == "zh" else str(text)
