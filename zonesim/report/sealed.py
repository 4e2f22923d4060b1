"""The digest that a page carries of itself, and its check."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from zonesim.errors import InputError

EMPTY = "0" * 64
_META = "<meta name='zonesim-digest' content='sha256:{}'>"
_FOUND = re.compile(rb"<meta name='zonesim-digest' content='sha256:([0-9a-f]{64})'>")


def seal(page: str = "") -> str:
    """Return a page with the digest of everything else in it; without a page, the element that will hold it.

    >>> len(seal()), seal("a" + seal() + "b") != "a" + seal() + "b"
    (110, True)
    """
    empty = _META.format(EMPTY)
    if not page:
        return empty
    return page.replace(empty, _META.format(hashlib.sha256(page.encode("utf-8")).hexdigest()), 1)


def verify_page(path: Path) -> str:
    """Recompute the digest of a page and return it.

    Raises:
        InputError: it carries none, or was changed after it was written.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from None
    found = _FOUND.search(content)
    if found is None:
        raise InputError(f"{path}: carries no digest of zonesim; it is no report, or was saved again by a browser")
    blank = content[: found.start(1)] + EMPTY.encode() + content[found.end(1) :]
    digest = hashlib.sha256(blank).hexdigest()
    if digest != found[1].decode():
        raise InputError(f"{path}: was changed after it was written (its digest is {digest}, it says {found[1].decode()})")
    return digest
