"""The strict reader of YAML files: limits, positions, and no surprises.

Read at the level of PyYAML's events, with budgets checked before anything is built. Typed are only true, false, null, whole
and decimal numbers; everything else, dates too, stays text. What other readers guess (``no``, ``010``, ``1:30``) is an error that says how to write it.
"""

from __future__ import annotations

import math
import os
import re
import stat
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from zonesim.errors import InputError, nearest

MAX_BYTES, MAX_DEPTH, MAX_NODES, MAX_CHARACTERS, MAX_DIGITS, MAX_EXTENDS = 1 << 20, 32, 100_000, 10_000, 20, 8
_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?((0|[1-9][0-9]*)\.[0-9]*|\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?[eE][-+]?[0-9]+|(0|[1-9][0-9]*)\.[0-9]*[eE][-+]?[0-9]+)")
_DIGITLIKE = re.compile(
    r"[-+]?([0-9][0-9_,.]*([eE][-+]?[0-9_]*)?%?|0[xXoObB][0-9a-fA-F_]*|[0-9]+(:[0-9]{1,2})+(\.[0-9]*)?|\.?(inf|infinity|nan))", re.IGNORECASE
)
_NUMBERLIKE = re.compile(r"[-+0-9_.,:%eExX]+")
_LONGEST_NUMBER = 64
_WORDS = {"yes", "no", "on", "off", "y", "n"}


@dataclass(frozen=True)
class Where:
    """A place in a file; lines and columns count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Located:
    """A node of a document: a plain scalar, a mapping of located nodes, or a list of them."""

    value: Any
    where: Where


def _strange(text: str) -> str | None:
    """Return the code point of a control, bidirectional or zero-width character."""
    for character in text:
        if character in "\n\t":
            continue
        if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn") or character in "\u2028\u2029":
            return f"U+{ord(character):04X}"
    return None


def _scalar(text: str, plain: bool) -> tuple[Any, str | None]:
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


def parse_document(text: str, display: str) -> Located:
    """Parse the text of one document.

    Raises:
        InputError: one line ``file:line:column: what is wrong`` for each problem found.
    """
    if len(text) > MAX_BYTES:
        raise InputError(f"{display}: more than {MAX_BYTES} characters")
    problems: list[str] = []
    stack: list[tuple[str, Any, Where, dict[str, Where]]] = []
    pending: list[str | None] = []
    root: Located | None = None
    nodes = 0

    def fail(at: Where, what: str) -> None:
        if len(problems) < 50:
            problems.append(f"{at}: {what}")

    def place(node: Located) -> None:
        nonlocal root
        if not stack:
            root = node
            return
        kind, holder, _, keys = stack[-1]
        if kind == "list":
            holder.append(node)
            return
        key = pending[-1]
        if key is None:
            if not isinstance(node.value, str):
                name = "a mapping or list" if isinstance(node.value, dict | list) else repr(node.value)
                fail(node.where, f"a key must be a text, not {name}; quote it")
                pending[-1] = f"\0{len(keys)}"
                return
            if node.value == "<<":
                fail(node.where, "merge keys are not allowed; use 'extends' or write it out")
            if node.value in keys:
                fail(node.where, f"{node.value!r} stands here twice (first at line {keys[node.value].line})")
            keys[node.value] = node.where
            pending[-1] = node.value
        else:
            holder[key] = node
            pending[-1] = None

    try:
        documents = 0
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            mark: Any = event.start_mark
            at = Where(display, mark.line + 1, mark.column + 1)
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise InputError(f"{at}: a second document; one file holds one")
                if event.tags or event.version:
                    raise InputError(f"{at}: directives are not allowed")
                continue
            if isinstance(event, yaml.AliasEvent):
                raise InputError(f"{at}: aliases are not allowed; write it out")
            if isinstance(event, yaml.NodeEvent):
                nodes += 1
                if nodes > MAX_NODES:
                    raise InputError(f"{at}: more than {MAX_NODES} values")
                if event.anchor is not None:
                    raise InputError(f"{at}: anchors are not allowed; write it out")
                if getattr(event, "tag", None) is not None:
                    raise InputError(f"{at}: tags are not allowed")
            if isinstance(event, yaml.ScalarEvent):
                if len(event.value) > MAX_CHARACTERS:
                    raise InputError(f"{at}: a value of more than {MAX_CHARACTERS} characters")
                odd = _strange(event.value)
                if odd:
                    fail(at, f"a control or invisible character ({odd}) is not allowed")
                plain = event.implicit[0] and event.style is None
                is_key = bool(stack) and stack[-1][0] == "map" and pending[-1] is None
                value, wrong = (event.value, None) if is_key and plain and event.value else _scalar(event.value, plain)
                if wrong:
                    fail(at, wrong)
                place(Located(value, at))
            elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                if len(stack) >= MAX_DEPTH:
                    raise InputError(f"{at}: nested deeper than {MAX_DEPTH}")
                mapping = isinstance(event, yaml.MappingStartEvent)
                stack.append(("map" if mapping else "list", {} if mapping else [], at, {}))
                pending.append(None)
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                _, holder, start, _ = stack.pop()
                pending.pop()
                place(Located(holder, start))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        spot = f"{display}:{mark.line + 1}:{mark.column + 1}" if mark else display
        raise InputError(*problems, f"{spot}: {error.problem or error.context}") from None
    except yaml.YAMLError as error:
        raise InputError(*problems, f"{display}: {str(error).splitlines()[0]}") from None
    except (ValueError, RecursionError) as error:
        raise InputError(*problems, f"{display}: not readable as YAML ({error})") from None
    if root is None:
        problems.append(f"{display}:1:1: the file is empty")
    elif not isinstance(root.value, dict):
        problems.append(f"{root.where}: the file must be a mapping (name: value)")
    if problems or root is None:
        raise InputError(*problems)
    return root


def _beside(path: Path) -> list[str]:
    try:
        return sorted(p.name for p in path.parent.iterdir())
    except (OSError, ValueError):
        return []


def read_text(path: Path) -> str:
    """Read a regular file of at most 1 MiB as UTF-8.

    Raises:
        InputError: missing, not a regular file (a pipe or device), too large, or not UTF-8.
    """
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except (OSError, ValueError) as error:
        raise InputError(f"{str(path)!r}: {getattr(error, 'strerror', error)}{nearest(path.name, _beside(path))}") from None
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise InputError(f"{path}: not a regular file")
        if status.st_size > MAX_BYTES:
            raise InputError(f"{path}: {status.st_size} bytes; at most {MAX_BYTES} are read")
        with os.fdopen(handle, "rb", closefd=False) as file:
            data = file.read(MAX_BYTES + 1)
    finally:
        os.close(handle)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8") from None


def read_document(path: Path) -> Located:
    """Read and parse one file."""
    return parse_document(read_text(path), str(path))


def plain(node: Located) -> Any:
    """Return the tree as plain values."""
    if isinstance(node.value, dict):
        return {key: plain(child) for key, child in node.value.items()}
    if isinstance(node.value, list):
        return [plain(child) for child in node.value]
    return node.value


def where(node: Located, path: Iterable[str | int]) -> Where:
    """Return the position of the deepest existing element on a path."""
    current = node
    for step in path:
        value = current.value
        if isinstance(value, dict) and step in value:
            current = value[step]
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            current = value[step]
        else:
            break
    return current.where


def set_value(node: Located, dotted: str, text: str) -> Located:
    """Return the document with one value replaced, as ``--set a.b.c=VALUE`` gives it (scalar, [list] or {map: ...}).

    Raises:
        InputError: the parent does not exist, or the value cannot be read.
    """
    display = f"--set {dotted}"
    parsed = parse_document(f"value: {text}", display).value["value"]
    steps = dotted.split(".")

    def put(current: Located, rest: list[str]) -> Located:
        value = current.value
        if not isinstance(value, dict):
            raise InputError(f"{display}: {'.'.join(steps[: len(steps) - len(rest)])} is not a mapping")
        if len(rest) == 1 and parsed.value is None:  # null removes
            if rest[0] not in value:
                raise InputError(f"{display}: no {rest[0]!r} to remove{nearest(rest[0], value)}")
            return Located({key: child for key, child in value.items() if key != rest[0]}, current.where)
        if len(rest) == 1:
            return Located({**value, rest[0]: Located(parsed.value, Where(display, 1, 1))}, current.where)
        if rest[0] not in value:
            raise InputError(f"{display}: no {rest[0]!r} in {'.'.join(steps[: len(steps) - len(rest)]) or 'the scenario'}{nearest(rest[0], value)}")
        return Located({**value, rest[0]: put(value[rest[0]], rest[1:])}, current.where)

    return put(node, steps)


def resolve_extends(path: Path, root: Path) -> Located:
    """Read a file and what it ``extends``, and merge: mappings deeply (the child wins), lists and values replaced, null removes.

    Args:
        path: the file.
        root: the folder that no ``extends`` may leave.

    Raises:
        InputError: a cycle, a depth above 8, or a path outside ``root``.
    """
    inside = _resolved(root)
    chain: list[Path] = []

    def read(file: Path) -> Located:
        resolved = _resolved(file)
        if resolved in chain:
            names = " -> ".join(p.name for p in [*chain, resolved])
            raise InputError(f"{file}: extends goes round in a circle: {names}")
        if len(chain) > MAX_EXTENDS:
            raise InputError(f"{file}: extends is nested deeper than {MAX_EXTENDS}")
        chain.append(resolved)
        node = read_document(file)
        base = node.value.pop("extends", None)
        if base is None:
            return node
        name = base.value
        if not isinstance(name, str) or not name:
            raise InputError(f"{base.where}: extends: {name!r} is not a file name")
        if name.startswith(("/", "\\")) or re.match(r"[A-Za-z]:|[a-z]+://", name) or "\\" in name:
            raise InputError(f"{base.where}: extends: {name!r} must be a file beside this one, not an absolute path or address")
        target = file.parent / name
        if not _resolved(target, f"{base.where}: extends: ").is_relative_to(inside):
            raise InputError(f"{base.where}: extends: {name!r} is outside the scenario's folder {root}")
        if not target.exists():
            raise InputError(f"{base.where}: extends: no file {name!r}{nearest(name, _beside(target))}")
        return _merge(read(target), node)

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
        raise InputError(f"{where}: no file {name!r}{nearest(target.name, _beside(target))}")
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
