"""Names that people give: what cannot be one is said in one sentence beside the field, before any file is written."""

from __future__ import annotations

import unicodedata

from zonesim.scenario.scalars import strange_character
from zonesim.web.drafts import LONGEST_NAME
from zonesim.web.words import say

SHOWN = 12  #: characters before an invisible one that are named, so that it can be found


def unfit(name: str, lang: str) -> str:
    r"""Return why a text cannot be a name; empty if it can.

    >>> unfit("Half and half", "en"), unfit("五五\u202e分成", "zh")
    ('', '名称在“五五”之后有一个看不见的字符（U+202E），请删去')
    >>> unfit(" ", "en"), unfit("\u200bx", "en")
    ('give the scenario a name (at most 60 characters)', 'the name begins with an invisible character (U+200B); delete it')
    """
    if not name.strip() or len(name) > LONGEST_NAME:
        return say("editor.unnamed", lang, most=LONGEST_NAME)
    for place, one in enumerate(name):
        if one in "\n\t" or strange_character(one):
            before = "".join(c for c in name[max(0, place - SHOWN) : place] if unicodedata.category(c)[0] != "C")
            return say("name.odd" if before else "name.odd_first", lang, before=before, code=f"U+{ord(one):04X}")
    return ""
