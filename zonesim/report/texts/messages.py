"""Chinese for messages that the program gives in English: errors and warnings are matched against templates (``messages.json``), names in them are kept.

A message is raised where its values are known, as one readable sentence; the catalogue holds that sentence once, with placeholders, and its Chinese. What
stands before it (a file with its line, the path of a setting, the value that is wrong) is kept as it is.
"""

from __future__ import annotations

import functools
import json
import re
from pathlib import Path

from zonesim.report.texts.sources import translated
from zonesim.report.words import period

LONGEST = 4000  #: characters of a line that is still looked up
_QUARTER = re.compile(r"\d{4}Q[1-4]")
_PLACE = re.compile(r"\{(\w+)\}")
_HEAD = r"(?:.*: )?"  # a file with its line, the path of a setting
_GIVEN = r"(?:'[^']*' |\"[^\"]*\" |-?[\d.]+ |None |True |False )?"  # the value that is wrong


@functools.cache
def templates() -> dict[str, str]:
    """Return the Chinese of every English template, with the same named placeholders."""
    found: dict[str, str] = json.loads((Path(__file__).parent / "messages.json").read_text(encoding="utf-8"))
    return found


def pattern(template: str) -> re.Pattern[str]:
    """Return what matches a message made of a template, after the place that it speaks of.

    >>> pattern("{name} is above {high}").fullmatch("a.yaml:3:1: x is above 3").groupdict()
    {'head_': 'a.yaml:3:1: ', 'name': 'x', 'high': '3'}
    """
    parts = _PLACE.split(template)
    head = _HEAD if template.startswith("{") else _HEAD + _GIVEN
    filled = {"hint": "(?:; .*)?"}  # what is near, after the sentence
    return re.compile(
        f"(?P<head_>{head})" + "".join(re.escape(part) if k % 2 == 0 else f"(?P<{part}>{filled.get(part, '.*?')})" for k, part in enumerate(parts))
    )


@functools.cache
def _compiled() -> list[tuple[str, re.Pattern[str], str]]:
    # the most specific first: that with the most text of its own; its longest piece tells quickly that a line is another's
    ordered = sorted(templates().items(), key=lambda item: -len(_PLACE.sub("", item[0])))
    return [(max(_PLACE.split(english)[::2], key=len), pattern(english), chinese) for english, chinese in ordered]


def told(message: str, lang: str) -> str:
    """Return a message in a language, line by line; a line that no template knows is returned as it is.

    >>> told("a.yaml:3:1: policies.x.rate.value: 1.7 is above 1 (share)", "zh")
    'a.yaml:3:1: policies.x.rate.value: 1.7 高于上限 1（比例）'
    >>> told("nothing known", "zh")
    'nothing known'
    """
    return message if lang == "en" else "\n".join(_line(one) for one in message.split("\n"))


def _line(line: str) -> str:
    if len(line) > LONGEST:
        return line
    for sign, known, chinese in _compiled():
        match = known.fullmatch(line) if sign in line else None
        if match:
            values = match.groupdict()
            return values.pop("head_") + chinese.format(**{key: _value(value) for key, value in values.items()})
    return line


def _value(value: str) -> str:
    """Return what fills a placeholder: a unit, a hint or a message inside a message in Chinese; a name as it is."""
    if value in templates():
        return templates()[value]
    if _QUARTER.fullmatch(value):
        return period(value, "zh")
    known = translated(value, "zh")
    return known if known != value or " " not in value else _line(value)
