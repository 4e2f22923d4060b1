"""Names from files are data: what could steer a page, a terminal or a reader's eye is taken out of them."""

from __future__ import annotations

import unicodedata

BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
KEPT = frozenset("\n\t\u200b")


def inert(value: object) -> str:
    r"""Return a value as text without control characters and without marks that turn the direction of writing.

    >>> inert("a\u202eb\x00c"), inert(3)
    ('abc', '3')
    """
    text = str(value)
    if text.isprintable():  # which control characters and marks of direction are not
        return text
    return "".join(c for c in text if c in KEPT or (c not in BIDI and unicodedata.category(c) not in ("Cc", "Cs", "Co", "Cn")))
