"""The catalogue of questions: the counterfactuals and sweeps of a folder, by id."""

from __future__ import annotations

import re
from pathlib import Path

from zonesim.errors import InputError, nearest
from zonesim.experiments.counterfactual import CounterfactualDocument, is_counterfactual, read_document
from zonesim.scenario import reader


def catalogue(folder: Path) -> list[tuple[Path, CounterfactualDocument]]:
    """Return every counterfactual of a folder, by id.

    Raises:
        InputError: the folder is not there, or a file is wrong.
    """
    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder of experiments")
    found: list[tuple[Path, CounterfactualDocument]] = []
    problems: list[str] = []
    for path in sorted(folder.glob("*.yaml")):
        if not is_counterfactual(path):
            continue
        try:
            found.append((path, read_document(path)[0]))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(*problems)
    return sorted(found, key=lambda pair: (pair[1].id.split("-")[0], int(pair[1].id.split("-")[1])))


def sweeps(folder: Path) -> list[tuple[Path, dict[str, str]]]:
    """Return the questions of the catalogue that are sweeps (files named by an id, such as X-4, and what further looks at the same, such as X-4_sobol), with what they ask, else their names."""
    found = []
    for path in sorted(folder.glob("*.yaml")):
        if re.fullmatch(r"[A-Z]+-\d+(_[a-z]+)?", path.stem) and path.is_file() and "kind: sweep" in reader.read_text(path):
            plain = reader.plain(reader.read_document(path))
            found.append((path, plain.get("question") or plain.get("name") or {"zh": path.stem, "en": path.stem}))
    return found


def find(folder: Path, identity: str) -> Path:
    """Return the file of a counterfactual by its id.

    Raises:
        InputError: there is none, with the nearest.
    """
    named = folder / f"{identity}.yaml"  # usually; the others are then not read
    if re.fullmatch(r"[A-Z]+-\d+", identity) and is_counterfactual(named) and read_document(named)[0].id == identity:
        return named
    known = {document.id: path for path, document in catalogue(folder)}
    for path, _ in sweeps(folder):
        if path.stem == identity:
            raise InputError(f"{identity} is a sweep: run 'zonesim rank {path} --store DIR'")
    if identity not in known:
        raise InputError(f"no counterfactual {identity!r} in {folder}{nearest(identity, known)}")
    return known[identity]
