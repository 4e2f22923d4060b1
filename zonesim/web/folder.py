"""The data folder: what is stored, and the only ways in which a name from an address becomes a path."""

from __future__ import annotations

import contextlib
import json
import re
import secrets
import shutil
import sqlite3
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from zonesim.errors import InputError

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}")
RUNS, STORES, SCENARIOS, LOGS = "runs", "stores", "scenarios", "logs"
DOWNLOADS = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}\.(html|xlsx|csv|yaml|json|parquet|docx|md)")


@dataclass(frozen=True)
class StoredRun:
    """A folder of results, as its ``run.json`` describes it."""

    name: str
    path: Path
    record: dict[str, Any]
    written: float

    @property
    def scenarios(self) -> list[dict[str, Any]]:
        """Id and names of its scenarios, the reference first."""
        return list(self.record["scenarios"])

    def title(self, lang: str) -> str:
        """Return the names of its scenarios."""
        return " / ".join(str(one[lang]) for one in self.scenarios)

    @property
    def day(self) -> str:
        """When it was written."""
        return time.strftime("%Y-%m-%d %H:%M", time.localtime(self.written))


class DataFolder:
    """The folder of a server: ``runs``, ``stores``, ``scenarios``, ``logs`` and the table of jobs.

    Args:
        root: made if it is missing.

    Raises:
        InputError: it is a file, or cannot be made.
    """

    def __init__(self, root: Path) -> None:
        self.root = root.absolute()
        try:
            for name in ("", RUNS, STORES, SCENARIOS, LOGS):
                (self.root / name).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(f"--data {root}: cannot be used as a folder ({error.strerror or error})") from None
        self.root = self.root.resolve()

    @property
    def jobs(self) -> Path:
        """The table of jobs."""
        return self.root / "jobs.sqlite"

    def log(self, job: str) -> Path:
        """Return the file into which a job prints."""
        return self.root / LOGS / f"{self._name(job)}.txt"

    def run_folder(self, name: str) -> Path:
        """Return the folder of results of a name, whether it exists or not."""
        return self.root / RUNS / self._name(name)

    @property
    def scenario_folder(self) -> Path:
        """The folder of own scenarios."""
        return self.root / SCENARIOS

    def scenario_file(self, name: str) -> Path:
        """Return the file of an own scenario of a name, whether it exists or not."""
        return self.root / SCENARIOS / f"{self._name(name)}.yaml"

    def run(self, name: str) -> StoredRun:
        """Return stored results by name.

        Raises:
            InputError: there are none, or the name is not one.
        """
        found = _stored(self._inside(self.run_folder(name)))
        if found is None:
            raise InputError(f"no stored results {name!r}")
        return found

    def runs(self) -> list[StoredRun]:
        """Return all stored results, the newest first."""
        found = [_stored(path) for path in self._folders(RUNS)]
        return sorted((one for one in found if one is not None), key=lambda one: (-one.written, one.name))

    def store(self, name: str) -> Path:
        """Return the folder of a stored sweep by name.

        Raises:
            InputError: there is none.
        """
        path = self._inside(self.root / STORES / self._name(name))
        if not (path / "index.sqlite").is_file():
            raise InputError(f"no stored sweep {name!r}")
        return path

    def stores(self) -> list[str]:
        """Return the names of all stored sweeps, the one that changed last first."""
        found = [(-path.stat().st_mtime, folder.name) for folder in self._folders(STORES) if (path := folder / "index.sqlite").is_file()]
        return [name for _, name in sorted(found)]

    def sweep_title(self, name: str, lang: str) -> str:
        """Return what a stored sweep calls itself; the name of its folder where it says nothing."""
        path = self.root / STORES / self._name(name) / "index.sqlite"
        return _titles(path, path.stat().st_mtime_ns).get(lang, name)

    def scenarios(self) -> list[Path]:
        """Return the files of all own scenarios."""
        return sorted(path for path in self.scenario_folder.glob("*.yaml") if NAME.fullmatch(path.stem) and path.is_file() and not path.is_symlink())

    def download(self, run: str, file: str) -> Path:
        """Return a file of stored results.

        Raises:
            InputError: the name is not one that can be had, or there is no such file.
        """
        if not DOWNLOADS.fullmatch(file):
            raise InputError(f"no file {file!r}")
        path = self.run(run).path / file
        if path.is_symlink() or not path.is_file():
            raise InputError(f"no file {file!r}")
        return path

    def discard(self, name: str) -> None:
        """Remove what a job that did not end left of its results; whole results stay."""
        path = self.run_folder(name)
        if path.is_dir() and not path.is_symlink() and not (path / "run.json").exists():
            shutil.rmtree(path, ignore_errors=True)

    def remove(self, name: str) -> None:
        """Remove stored results: put aside in one step, so that nobody sees half of them, then deleted.

        Raises:
            InputError: there are none of this name, or they cannot be removed.
        """
        path = self.run(name).path
        aside = path.with_name(f".removed-{secrets.token_hex(8)}")
        try:
            path.rename(aside)
        except OSError as error:
            raise InputError(f"{name}: cannot be removed ({error.strerror or error})") from None
        shutil.rmtree(aside, ignore_errors=True)

    def _folders(self, kind: str) -> Iterator[Path]:
        for path in sorted((self.root / kind).iterdir()):
            if NAME.fullmatch(path.name) and path.is_dir() and not path.is_symlink():
                yield path

    def _inside(self, path: Path) -> Path:
        """Refuse a folder that is a link: nothing outside the data folder is read."""
        try:
            outside = path.is_symlink() or not path.resolve().is_relative_to(self.root)
        except OSError:
            outside = True
        if outside:
            raise InputError(f"no folder {path.name!r}")
        return path

    @staticmethod
    def _name(name: str) -> str:
        if not NAME.fullmatch(name):
            raise InputError(f"{name[:80]!r} is not a name")
        return name


def _stored(path: Path) -> StoredRun | None:
    file = path / "run.json"
    try:
        status = file.lstat()
    except OSError:
        return None
    if not stat.S_ISREG(status.st_mode) or status.st_size > 64 << 20:
        return None
    return _read(path, status.st_mtime_ns)


@lru_cache(maxsize=256)
def _titles(path: Path, mtime: int) -> dict[str, str]:
    """Return the names of the experiment of a store by language, read from its plan alone."""
    try:
        with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
            (document,) = database.execute("SELECT document FROM plans ORDER BY id DESC LIMIT 1").fetchone()
        return {lang: str(said) for lang, said in json.loads(document)["name"].items()}
    except (sqlite3.Error, ValueError, KeyError, TypeError, AttributeError):
        return {}


@lru_cache(maxsize=256)
def _read(path: Path, mtime: int) -> StoredRun | None:
    try:
        record = json.loads((path / "run.json").read_text(encoding="utf-8"))
        named = [(str(one["id"]), str(one["zh"]), str(one["en"])) for one in record["scenarios"]]
        {str(record[key]) for key in ("region", "replications", "seed", "start", "end")}
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return StoredRun(path.name, path, record, mtime / 1e9) if named else None
