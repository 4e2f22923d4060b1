"""What binds a folder of results: the SHA-256 of each of its tables and of what ``run.json`` says, written with them and recomputed by ``zonesim verify``."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

FILES, SEAL = "sha256", "seal"  #: entries of ``run.json``: sha256 of each table's file, and of everything else in ``run.json``


def file_sum(path: Path) -> str:
    """Return the sha256 of a file, as ``sha256sum`` says it."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def seal(run: dict[str, Any]) -> str:
    """Return the sha256 of everything that a record says but its seal, whatever the order and the layout of its entries.

    >>> seal({"seed": 1, "replications": 2, "seal": "x"}) == seal({"replications": 2, "seed": 1})
    True
    >>> seal({"replications": 200}) == seal({"replications": 2})
    False
    """
    plain = json.loads(json.dumps({key: value for key, value in run.items() if key != SEAL}, default=str))
    return hashlib.sha256(json.dumps(plain, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def bind(run: dict[str, Any], folder: Path, names: Iterable[str]) -> None:
    """Enter into a record the sums of the files that were written into a folder, then its seal."""
    run[FILES] = {name: file_sum(folder / name) for name in names}
    run[SEAL] = seal(run)


def is_bound(run: dict[str, Any]) -> bool:
    """Tell whether a record binds its tables; those of earlier versions say nothing of it."""
    return FILES in run or SEAL in run


def differences(folder: Path, run: dict[str, Any], known: Iterable[str]) -> list[str]:
    """Return a line for each file of a folder that is not as it was written.

    Args:
        folder: of results.
        run: its record.
        known: names of all tables that a folder can hold; one that the record does not list was put there later.
    """
    problems = []
    if (found := seal(run)) != run.get(SEAL):
        problems.append(f"{folder / 'run.json'}: was changed after it was written (its digest is {found}, it says {run.get(SEAL)})")
    said = run.get(FILES)
    sums: dict[str, Any] = said if isinstance(said, dict) else {}
    for name in known:
        path = folder / name
        if not path.is_file():
            if name in sums or name in run["tables"]:
                problems.append(f"{path}: is missing")
        elif name not in sums or name not in run["tables"]:
            problems.append(f"{path}: was put there after these results were written (run.json does not list it)")
        elif (found := file_sum(path)) != sums[name]:
            problems.append(f"{path}: was changed after it was written (its digest is {found}, run.json says {sums[name]})")
    return problems
