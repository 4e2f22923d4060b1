"""Chinese for messages that the program gives in English: errors and warnings are matched against templates (``messages.json``), names in them are kept."""

from __future__ import annotations

import functools
import json
import re
from pathlib import Path

_PLACE = re.compile(r"\{(\w+)\}")


@functools.cache
def templates() -> dict[str, str]:
    """Return the Chinese of every English template, with the same named placeholders."""
    found: dict[str, str] = json.loads((Path(__file__).parent / "messages.json").read_text(encoding="utf-8"))
    return found


def pattern(template: str) -> re.Pattern[str]:
    """Return what matches a message made of a template.

    >>> pattern("{path}: is above {high}").fullmatch("a.b: is above 3").groupdict()
    {'path': 'a.b', 'high': '3'}
    """
    parts = _PLACE.split(template)
    return re.compile("".join(re.escape(part) if k % 2 == 0 else f"(?P<{part}>.*?)" for k, part in enumerate(parts)), re.DOTALL)


@functools.cache
def _compiled() -> list[tuple[re.Pattern[str], str]]:
    # the most specific first: that with the most text of its own
    ordered = sorted(templates().items(), key=lambda item: -len(_PLACE.sub("", item[0])))
    return [(pattern(english), chinese) for english, chinese in ordered]


def told(message: str, lang: str) -> str:
    """Return a message in a language, line by line; a line that no template knows is returned as it is.

    >>> told("nothing known", "zh")
    'nothing known'
    """
    return message if lang == "en" else "\n".join(_line(one) for one in message.split("\n"))


def _line(line: str) -> str:
    for known, chinese in _compiled():
        match = known.fullmatch(line)
        if match:
            return chinese.format(**{key: _line(value) if " " in value else value for key, value in match.groupdict().items()})
    return line
