"""Chinese for what is said in English where it is declared: reasons and sources of scenario files and parameters, units of levers, parameters, terms and columns
(``sources.json``; a text that is not there is shown as it was written), and meanings of parameters (``parameters.json``).
"""

from __future__ import annotations

import functools
import json
from pathlib import Path


@functools.cache
def sources() -> dict[str, str]:
    """Return the translation of every known reason, source or unit."""
    found: dict[str, str] = json.loads((Path(__file__).parent / "sources.json").read_text(encoding="utf-8"))
    return found


def translated(text: str, lang: str) -> str:
    """Return a reason, source or unit in a language."""
    return sources().get(" ".join(str(text).split()), str(text)) if lang == "zh" else str(text)


@functools.cache
def meanings() -> dict[str, str]:
    """Return what each parameter means in Chinese, by ``decision.name``."""
    found: dict[str, str] = json.loads((Path(__file__).parent / "parameters.json").read_text(encoding="utf-8"))
    return found
