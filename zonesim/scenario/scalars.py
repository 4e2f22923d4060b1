"""What a scalar of a YAML file is: only true, false, null, whole and decimal numbers are typed, and what other readers guess is an error."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import Any

MAX_DIGITS = 20
_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?((0|[1-9][0-9]*)\.[0-9]*|\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?[eE][-+]?[0-9]+|(0|[1-9][0-9]*)\.[0-9]*[eE][-+]?[0-9]+)")
_DIGITLIKE = re.compile(
    r"[-+]?([0-9][0-9_,.]*([eE][-+]?[0-9_]*)?%?|0[xXoObB][0-9a-fA-F_]*|[0-9]+(:[0-9]{1,2})+(\.[0-9]*)?|\.?(inf|infinity|nan))", re.IGNORECASE
)
_NUMBERLIKE = re.compile(r"[-+0-9_.,:%eExX]+")
_LONGEST_NUMBER = 64
_WORDS = {"yes", "no", "on", "off", "y", "n"}


def strange_character(text: str) -> str | None:
    """Return the code point of a control, bidirectional or zero-width character."""
    if text.isprintable():  # none of the categories below is: most texts need no look at each of their characters
        return None
    for character in text:
        if character in "\n\t":
            continue
        if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn") or character in "\u2028\u2029":
            return f"U+{ord(character):04X}"
    return None


def typed(text: str, plain: bool) -> tuple[Any, str | None]:
    """Type a scalar; return (value, what is wrong)."""
    if not plain:
        return text, None
    if len(text) > _LONGEST_NUMBER:
        return text, f"a number of more than {MAX_DIGITS} digits" if _NUMBERLIKE.fullmatch(text) else None
    if text in ("null", "~", ""):
        return None, None
    if text in ("true", "false"):
        return text == "true", None
    if text.lower() in ("true", "false", "null"):
        return text, f"{text!r}: write {text.lower()} (or quote it, if it is a text)"
    if text.lower() in _WORDS:
        return text, f"{text!r} is ambiguous: write true or false, or quote it if it is a text"
    if _INT.fullmatch(text):
        if sum(c.isdigit() for c in text) > MAX_DIGITS:
            return text, f"a number of more than {MAX_DIGITS} digits"
        return int(text), None
    if _FLOAT.fullmatch(text):
        if len(text) > MAX_DIGITS + 8:
            return text, f"a number of more than {MAX_DIGITS} digits"
        number = float(text)
        return (number, None) if math.isfinite(number) else (text, f"{text!r} is too large a number")
    if _DIGITLIKE.fullmatch(text):
        return text, f"{text!r} is ambiguous: write a plain decimal number, or quote it if it is a text"
    return text, None
