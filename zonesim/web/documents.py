"""A scenario's document as text that the strict reader reads back, and own scenarios kept as files."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from zonesim.errors import InputError
from zonesim.scenario import Scenario, load_scenario, reader
from zonesim.scenario.schema import build_scenario


class _Plain(yaml.SafeDumper):
    """Writes everything out: the reader takes no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def written(document: dict[str, Any]) -> str:
    """Return a resolved document as YAML."""
    return str(yaml.dump(document, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=160))


def identifier(name: str, taken: set[str]) -> str:
    """Return an id for a name: its Latin letters, else a number made of it; never one that is taken.

    >>> identifier("Half and half!", set()), identifier("五五分成", set()), identifier("Half and half", {"half_and_half"})
    ('half_and_half', 'plan_86555b71', 'half_and_half_2')
    """
    plain = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:30]
    if not re.fullmatch(r"[a-z][a-z0-9_]*", plain):
        plain = "plan_" + hashlib.sha256(name.encode()).hexdigest()[:8]
    found, number = plain, 1
    while found in taken:
        number += 1
        found = f"{plain}_{number}"
    return found


@contextlib.contextmanager
def called(path: Path, name: str) -> Iterator[None]:
    """Say what is wrong with a file by its name: where it stands, and what it is called for a moment, is nobody's business on a page.

    Args:
        path: of the file; of others in its folder the name alone is said too.
        name: what readers call it.

    Raises:
        InputError: as within, in these words.
    """
    try:
        yield
    except InputError as error:
        lines = error.problems
        for folder in dict.fromkeys((path.parent, path.parent.resolve())):
            lines = tuple(line.replace(f"{folder}{os.sep}", "") for line in lines)
        raise InputError(*(line.replace(path.name, name) for line in lines)) from None


def check(document: dict[str, Any], folder: Path = Path()) -> Scenario:
    """Return the scenario of a document that was made on a page.

    Raises:
        InputError: with one line for each mistake, ``path: what is wrong``.
    """
    return build_scenario(document, lambda *steps: ".".join(map(str, steps)), folder)


def save(document: dict[str, Any], path: Path, *, replace: bool) -> Scenario:
    """Write an own scenario: aside, read back by the strict reader, and only then put in its place.

    Raises:
        InputError: it is wrong, a text in it cannot be kept in a file, or the name is taken and may not be replaced.
    """
    text = written(document)
    reader.parse_document(text, path.name)
    aside = path.with_name(f".{secrets.token_hex(4)}.yaml")
    try:
        aside.write_text(text, encoding="utf-8")
        with called(aside, path.name):
            scenario = load_scenario(aside)
        if replace:
            os.replace(aside, path)
        else:
            os.link(aside, path)
    except FileExistsError:
        raise InputError(f"{path.stem}: there is a scenario of this name already") from None
    except OSError as error:
        raise InputError(f"{path.name}: cannot be written ({error.strerror or error})") from None
    finally:
        with contextlib.suppress(OSError):
            aside.unlink()
    return scenario
