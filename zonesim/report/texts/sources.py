"""Chinese for what is said in English where it is declared: reasons and sources of scenario files and parameters, units of levers, parameters, terms and columns
(``sources.json``; a text that is not there is shown as it was written), and meanings of parameters (``parameters.json``).
"""

from __future__ import annotations

import functools
import json
import re
from pathlib import Path

from zonesim.report.texts import say

_ARM = re.compile(r"arm (\w+) of counterfactual ([\w-]+)")


@functools.cache
def sources() -> dict[str, str]:
    """Return the translation of every known reason, source or unit."""
    found: dict[str, str] = json.loads((Path(__file__).parent / "sources.json").read_text(encoding="utf-8"))
    return found


def translated(text: str, lang: str) -> str:
    """Return a reason, source or unit in a language.

    >>> translated("arm half of counterfactual PL-1", "zh"), translated("arm half of counterfactual PL-1", "en")
    ('问题 PL-1 的做法“half”', 'arm half of counterfactual PL-1')
    """
    if lang != "zh":
        return str(text)
    plain = " ".join(str(text).split())
    arm = _ARM.fullmatch(plain)
    return say("source.arm", lang, arm=arm[1], question=arm[2]) if arm else sources().get(plain, str(text))


@functools.cache
def meanings() -> dict[str, str]:
    """Return what each parameter means in Chinese, by ``decision.name``."""
    found: dict[str, str] = json.loads((Path(__file__).parent / "parameters.json").read_text(encoding="utf-8"))
    return found
