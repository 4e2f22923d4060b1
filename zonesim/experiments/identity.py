"""Who a run is: the hash of everything that decides its results, and of nothing else.

Numbers are equal when they are equal (0 and 0.0, -0.0), texts when they are the same after Unicode normalisation; the order of keys,
comments, names, descriptions and sources do not count.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.metadata
import json
import math
import platform
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from zonesim.scenario import Scenario

SCHEMA = 2  #: 2: which settings a factor moves is part of a run
KEY_BYTES, SHORT = 16, 12
SHOWN = 40  #: differences that a message names
_NAMES_AND_SOURCES = frozenset({"zh", "en", "source", "assumption", "range", "note", "coordinates_source", "clause"})
_NOT_RUN = ("cli.py", "web/", "commands/", "report/", "experiments/")
_RUN_BY_SWEEPS = ("experiments/subject.py", "experiments/called.py", "experiments/openings.py", "experiments/branches.py")


def canonical(value: Any) -> Any:
    """Return plain values in one form: mappings in the order of their keys, whole numbers as integers, texts in NFC.

    >>> canonical({"b": 1.0, "a": [-0.0, True]})
    {'a': [0, True], 'b': 1}
    """
    if isinstance(value, dict):
        return {unicodedata.normalize("NFC", str(key)): canonical(value[key]) for key in sorted(value, key=str)}
    if isinstance(value, list | tuple):
        return [canonical(one) for one in value]
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        if not math.isfinite(value):
            raise ValueError(f"{value} has no place in an identity")
        return int(value) if value == int(value) and abs(value) < 2**53 else value
    return unicodedata.normalize("NFC", str(value))


def canonical_bytes(value: Any) -> bytes:
    """Return the canonical text of plain values."""
    return json.dumps(canonical(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def digest_of(value: Any) -> bytes:
    """Return the sha256 of plain values in their canonical form."""
    return hashlib.sha256(canonical_bytes(value)).digest()


def run_key(base: bytes, setting: bytes, seed: int) -> bytes:
    """Return the key of a run from the digests of what is common to all runs and of its setting, and its seed."""
    return hashlib.sha256(b"run" + base + setting + seed.to_bytes(8, "little")).digest()[:KEY_BYTES]


def essence(scenario: Scenario) -> dict[str, Any]:
    """Return what of a scenario decides its results: defaults filled in, names and sources left out."""
    from zonesim.scenario.schema import site_info

    document = scenario.document.model_dump(mode="json", exclude={"id", "name", "description", "targets", "zonesim", "policies", "parameters"})
    site = site_info(scenario.region)
    places, industries = np.array(site.place_ids), np.array(site.industries.ids)
    policies = {}
    for one in scenario.instruments:
        policies[one.label] = {
            "instrument": one.name, "start": one.start.isoformat(), "end": one.end.isoformat() if one.end else None, "covered": sorted(places[one.covered].tolist()),
            "industries": sorted(industries[one.industries].tolist()),
            "settings": {key: [s.value, [list(pair) for pair in s.by_place], [list(pair) for pair in s.schedule]] for key, s in one.settings.items()},
        }  # fmt: skip
    parameters = {name: own.model_dump(mode="json") for name, own in scenario.parameters.items()}
    listed = file_fingerprint(scenario.enterprises_list) if scenario.enterprises_list is not None else None
    region = scenario.document.region
    # places are in the order in which the file names them, and sums over places are in the order of places
    order = {name: list(getattr(region, name)) for name in ("counties", "zones", "parks", "partners")}
    found: dict[str, Any] = canonical({"order": order, "document": _bare(document), "policies": policies, "parameters": parameters, "enterprises_list": listed})
    return found


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _bare(one) for key, one in value.items() if key not in _NAMES_AND_SOURCES}
    if isinstance(value, list):
        return [_bare(one) for one in value]
    return value


@lru_cache(maxsize=1)
def engine_fingerprint() -> str:
    """Return the sha256 of the model's source and data files: all of the package but what reports, pages, commands and experiments do."""
    return total_fingerprint(engine_files())


def total_fingerprint(files: Iterable[tuple[str, Path]]) -> str:
    """Return the sha256 of the names and contents of files."""
    total = hashlib.sha256()
    for name, path in files:
        content = path.read_bytes()
        total.update(f"{name} {len(content)}\n".encode())
        total.update(content)
    return total.hexdigest()


def hashes(files: Iterable[tuple[str, Path]]) -> dict[str, str]:
    """Return the beginning of the sha256 of each file: enough to tell which of them have changed."""
    return {name: file_fingerprint(path)[:SHORT] for name, path in files}


def engine_sources() -> dict[str, str]:
    """Return the hash of each of the engine's files, as they were when the process first asked, like its fingerprint."""
    return dict(_engine_sources())


@lru_cache(maxsize=1)
def _engine_sources() -> dict[str, str]:
    return hashes((f"zonesim/{name}", path) for name, path in engine_files())


def engine_files() -> Iterator[tuple[str, Path]]:
    """Yield the name and the path of every file that results depend on."""
    package = Path(__file__).parents[1]
    for path in sorted(package.rglob("*"), key=lambda path: path.relative_to(package).as_posix()):
        name = path.relative_to(package).as_posix()
        if path.suffix in (".py", ".csv", ".json", ".yaml") and (not name.startswith(_NOT_RUN) or name in _RUN_BY_SWEEPS):
            yield name, path


def file_fingerprint(path: Path) -> str:
    """Return the sha256 of a file's content."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def machine(packages: Iterable[str]) -> dict[str, str]:
    """Return the versions and the class of processor on which the last bits of results depend."""
    numeric = importlib.import_module("numpy._core._multiarray_umath")
    features = sorted(name for name, there in getattr(numeric, "__cpu_features__", {}).items() if there)
    return {
        **{name: importlib.metadata.version(name) for name in packages}, "python": platform.python_version(),
        "processor": f"{platform.machine()} {hashlib.sha256(' '.join(features).encode()).hexdigest()[:12]}",
    }  # fmt: skip


def flat(value: Any, path: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return nested plain values as dotted paths, for a difference."""
    if isinstance(value, dict):
        found: dict[str, Any] = {}
        for key, one in value.items():
            found |= flat(one, (*path, str(key)))
        return found
    return {".".join(path): value}


def differences(old: Any, new: Any) -> list[str]:
    """Return what differs between two plain values, a line each: ``path: old -> new``."""
    before, after = flat(canonical(old)), flat(canonical(new))
    changed = [path for path in dict.fromkeys([*before, *after]) if before.get(path, "(none)") != after.get(path, "(none)")]
    lines = [f"{path}: {_short(before.get(path, '(none)'))} -> {_short(after.get(path, '(none)'))}" for path in changed[:SHOWN]]
    return lines + ([f"and {len(changed) - SHOWN} more"] if len(changed) > SHOWN else [])


def engine_differences(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """Return what differs between the engines of two plans, with the names of the files; plans of earlier versions did not keep these.

    >>> plans = [{"engine": {"model": one}, "sources": {"a.py": one, "b.py": "0"}} for one in "12"]
    >>> engine_differences(*plans)
    ['engine.model: 1 -> 2', 'file a.py: changed']
    """
    lines = differences({"engine": old["engine"]}, {"engine": new["engine"]})
    before, after = old.get("sources"), new.get("sources")
    if not lines or not isinstance(before, dict) or not isinstance(after, dict):
        return lines
    changed = [name for name in sorted({*before, *after}) if before.get(name) != after.get(name)]
    said = [f"file {one}: {'added' if one not in before else 'removed' if one not in after else 'changed'}" for one in changed[:SHOWN]]
    return lines + said + ([f"and {len(changed) - SHOWN} more files"] if len(changed) > SHOWN else [])


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "..."
