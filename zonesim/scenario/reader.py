"""The strict reader of YAML files: limits, positions, and no surprises.

Read at the level of PyYAML's events, with budgets checked before anything is built. Typed are only true, false, null, whole
and decimal numbers; everything else, dates too, stays text. What other readers guess (``no``, ``010``, ``1:30``) is an error that says how to write it.
"""

from __future__ import annotations

import os
import re
import stat
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from zonesim.errors import InputError, nearest
from zonesim.scenario.scalars import strange_character, typed

MAX_BYTES, MAX_DEPTH, MAX_NODES, MAX_CHARACTERS = 1 << 20, 32, 100_000, 10_000
KNOWN_FILES, KNOWN_CHARACTERS = 16, 1 << 16  #: files that are remembered, and the longest of them


class Where(NamedTuple):
    """A place in a file; lines and columns count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Located(NamedTuple):
    """A node of a document: a plain scalar, a mapping of located nodes, or a list of them."""

    value: Any
    where: Where


_KNOWN: dict[tuple[str, str], Located] = {}
_TURN = threading.Lock()


class NotYaml(InputError):
    """A document that is not even YAML."""


_SPOT = re.compile(r".*?:\d+:\d+: ")


@contextmanager
def together(problems: list[str]) -> Iterator[None]:
    """Raise what was found so far with what is found inside, which says nothing more of the same places.

    Raises:
        InputError: with one line for each mistake.
    """
    try:
        yield
    except InputError as error:
        spots = {spot[0] for one in problems if (spot := _SPOT.match(one))}
        raise InputError(*problems, *(one for one in error.problems if not ((spot := _SPOT.match(one)) and spot[0] in spots))) from None
    if problems:
        raise InputError(*problems)


@contextmanager
def collected(problems: list[str]) -> Iterator[None]:
    """Add what is wrong inside to the problems, and go on."""
    try:
        yield
    except InputError as error:
        problems += error.problems


def parse_document(text: str, display: str, faults: list[str] | None = None) -> Located:
    """Parse the text of one document.

    Args:
        text: the document.
        display: name of the file in messages.
        faults: takes what is wrong with single values and keys, so that the rest of the document can still be looked at; None raises.

    Raises:
        InputError: one line ``file:line:column: what is wrong`` for each problem found.
    """
    if len(text) > MAX_BYTES:
        raise InputError(f"{display}: more than {MAX_BYTES} characters")
    try:
        return _parsed(text, display, faults, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except NotYaml:
        return _parsed(text, display, faults, yaml.SafeLoader)  # ten times slower, and it names the character


def _parsed(text: str, display: str, faults: list[str] | None, loader: Any) -> Located:
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
        for event in yaml.parse(text, Loader=loader):
            if isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                _, holder, start, _ = stack.pop()
                pending.pop()
                place(Located(holder, start))
                continue
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
                odd = strange_character(event.value)
                if odd:
                    fail(at, f"a control or invisible character ({odd}) is not allowed")
                plain = event.implicit[0] and not event.style
                is_key = bool(stack) and stack[-1][0] == "map" and pending[-1] is None
                value, wrong = (event.value, None) if is_key and plain and event.value else typed(event.value, plain)
                if wrong:
                    fail(at, wrong)
                place(Located(value, at))
            elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                if len(stack) >= MAX_DEPTH:
                    raise InputError(f"{at}: nested deeper than {MAX_DEPTH}")
                mapping = isinstance(event, yaml.MappingStartEvent)
                stack.append(("map" if mapping else "list", {} if mapping else [], at, {}))
                pending.append(None)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        spot = f"{display}:{mark.line + 1}:{mark.column + 1}" if mark else display
        raise NotYaml(*problems, f"{spot}: {error.problem or error.context}") from None
    except yaml.YAMLError as error:
        raise NotYaml(*problems, f"{display}: {str(error).splitlines()[0]}") from None
    except (ValueError, RecursionError) as error:
        raise NotYaml(*problems, f"{display}: not readable as YAML ({error})") from None
    if root is None:
        raise InputError(*problems, f"{display}:1:1: the file is empty")
    if not isinstance(root.value, dict):
        raise InputError(*problems, f"{root.where}: the file must be a mapping (name: value)")
    if problems and faults is None:
        raise InputError(*problems)
    if faults is not None:
        faults += problems
    return root


def beside(path: Path) -> list[str]:
    """Return the names of the files beside one, for a message about a name that is not there."""
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
        raise InputError(f"{str(path)!r}: {getattr(error, 'strerror', error)}{nearest(path.name, beside(path))}") from None
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


def read_document(path: Path, faults: list[str] | None = None) -> Located:
    """Read and parse one file; ``faults`` is as in :func:`parse_document`.

    The last files in which nothing was wrong are remembered by their text: many scenarios, and all arms of an experiment, extend the same one. The mapping is
    the caller's own, the nodes in it are shared and not to be edited.
    """
    text, found = read_text(path), list[str]()
    key = (text, str(path))
    root = _KNOWN.get(key)
    if root is None:
        root = parse_document(*key, None if faults is None else found)
        if faults is not None:
            faults += found
        if not found and len(text) <= KNOWN_CHARACTERS:
            with _TURN:
                _KNOWN[key] = root
                while len(_KNOWN) > KNOWN_FILES:
                    del _KNOWN[next(iter(_KNOWN))]
    return Located(dict(root.value), root.where)


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
