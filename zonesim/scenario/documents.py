"""Documents made of several: a file with what it ``extends``, and the files that another one names."""

from __future__ import annotations

import re
from pathlib import Path

from zonesim.errors import InputError, nearest
from zonesim.scenario.reader import Located, Where, beside, plain, read_document

MAX_EXTENDS = 8


def resolve_extends(path: Path, root: Path, faults: list[str] | None = None) -> Located:
    """Read a file and what it ``extends``, and merge: mappings deeply (the child wins), lists and values replaced, null removes.

    Args:
        path: the file.
        root: the folder that no ``extends`` may leave.
        faults: takes what is wrong with single values, as in :func:`zonesim.scenario.reader.parse_document`.

    Raises:
        InputError: a cycle, a depth above 8, or a path outside ``root``, each where ``extends`` says it.
    """
    inside = _resolved(root)
    chain: list[Path] = []

    def read(file: Path, named: Where | None = None) -> Located:
        """Read a file that stands at ``extends`` where it is named; the first is named nowhere."""
        resolved = _resolved(file)
        if resolved in chain:
            names = " -> ".join(p.name for p in [*chain[chain.index(resolved) :], resolved])
            raise InputError(f"{named}: extends goes round in a circle: {names}")
        if len(chain) > MAX_EXTENDS:
            raise InputError(f"{named}: extends is nested deeper than {MAX_EXTENDS}")
        chain.append(resolved)
        node = read_document(file, faults)
        base = node.value.pop("extends", None)
        if base is None:
            return node
        name = base.value
        if not isinstance(name, str) or not name:
            raise InputError(f"{base.where}: extends: {plain(base)!r} is not a file name")
        if name.startswith(("/", "\\")) or re.match(r"[A-Za-z]:|[a-z]+://", name) or "\\" in name:
            raise InputError(f"{base.where}: extends: {name!r} must be a file beside this one, not an absolute path or address")
        target = file.parent / name
        if not _resolved(target, f"{base.where}: extends: ").is_relative_to(inside):
            raise InputError(f"{base.where}: extends: {name!r} is outside the scenario's folder {root}")
        if not target.exists():
            raise InputError(f"{base.where}: extends: no file {name!r}{nearest(name, beside(target))}")
        return _merge(read(target, base.where), node)

    return read(path)


def neighbour(path: Path, name: str, where: str) -> Path:
    """Return the file that another one names, relative to itself; nothing outside the folder above its own is read.

    Raises:
        InputError: outside that folder, or not a file.
    """
    root = path.resolve().parent.parent
    target = _resolved(path.parent / name, f"{where}: ")
    if not target.is_relative_to(root):
        raise InputError(f"{where}: {name!r} is outside {root}")
    if not target.is_file():
        raise InputError(f"{where}: no file {name!r}{nearest(target.name, beside(target))}")
    return target


def _resolved(path: Path, what: str = "") -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError) as error:  # a loop of links, a name too long, a zero byte
        raise InputError(f"{what}{str(path)!r} is not a usable path ({error})") from None


def _merge(base: Located, child: Located, top: bool = True) -> Located:
    if not (isinstance(base.value, dict) and isinstance(child.value, dict)):
        return child
    merged = dict(base.value)
    for key, node in child.value.items():
        if node.value is None and key in merged and top:
            raise InputError(f"{node.where}: {key}: is empty, and would remove the whole inherited section; remove one entry by 'NAME: null' inside it")
        if node.value is None and key in merged:
            del merged[key]
        elif key in merged:
            merged[key] = _merge(merged[key], node, top=False)
        else:
            merged[key] = node
    return Located(merged, child.where)
