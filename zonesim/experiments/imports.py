"""The files that a model of the user's own is made of: its own, and those of every module of the user that it imports.

Import statements are read, not run, so what is found depends on the files alone: not on what else a process has imported, nor on the order. A file is
the user's when it lies neither in Python's library nor among installed packages (unless the model does itself) nor in zonesim, which has a fingerprint of its own.
An import whose name is put together at run time, and data that a model reads, cannot be seen.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import importlib.machinery
import inspect
import sys
import sysconfig
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from zonesim.experiments.called import without_arguments

INSTALLED = frozenset({"site-packages", "dist-packages"})
OURS = "zonesim"
_DRIVERS = (
    "Experiment",
    "load_experiment",
    "sweep",
    "rank_levers",
    "write_report",
    "InputError",
)  # of our public names: what starts runs, and is no part of one
_LOADERS = ("import_module", "__import__")
_SUFFIXES = (*importlib.machinery.EXTENSION_SUFFIXES, *importlib.machinery.SOURCE_SUFFIXES)
_LIBRARY = tuple({Path(sysconfig.get_path(name)).resolve() for name in ("stdlib", "platstdlib")})
_ZONESIM = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Module:
    """A module or package as it is found on the disk: its file (none for a folder without ``__init__``), and where its parts are looked for."""

    file: Path | None
    folders: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Sources:
    """What a model is made of.

    Attributes:
        model: file that holds the function; None where there is none (written in C).
        name: path of that file below the folder that it is imported from.
        imported: files of the user that it imports, and that these import, by their paths likewise; a package's file that is empty is none.
        uses_zonesim: whether any of them imports something of zonesim that a run may depend on.
    """

    model: Path | None = None
    name: str = ""
    imported: dict[str, Path] = field(default_factory=dict)
    uses_zonesim: bool = False


def sources_of(function: Callable[..., Any]) -> Sources:
    """Return the files that a function of the user's own is made of."""
    bare = inspect.unwrap(without_arguments(function))
    model = file_of(bare)
    if model is None:
        return Sources()
    name = _module_name(bare)
    walk = _Walk(model, name)
    walk.follow(name, model)
    return Sources(model, _path_of(name, model), dict(sorted(walk.found.items())), walk.uses_zonesim)


def file_of(function: Callable[..., Any]) -> Path | None:
    """Return the file of a function, or of the class of an object that is called; None where there is none (written in C)."""
    for one in (function, type(function)):
        with contextlib.suppress(TypeError):
            source = inspect.getsourcefile(one)
            if source is not None and Path(source).is_file():
                return Path(source).resolve()
    return None


def _module_name(function: Callable[..., Any]) -> str:
    name = getattr(function, "__module__", None) or type(function).__module__
    spec = getattr(sys.modules.get(name), "__spec__", None)  # of a program that is run as a part of a package (python -m)
    return spec.name if spec is not None else name


class _Walk:
    """Follows import statements from one file."""

    def __init__(self, model: Path, name: str) -> None:
        self.model, self.found, self.uses_zonesim = model, dict[str, Path](), False
        depth = name.count(".") + (model.name == "__init__.py")
        root = model.parents[min(depth, len(model.parents) - 1)]
        entries = [Path(entry or ".").resolve() for entry in sys.path]
        self.folders = tuple(dict.fromkeys([*(one for one in entries if one.is_dir()), root]))  # the model's own last: it may have been loaded from anywhere
        self.own = root / name.split(".")[0] if depth else None
        self._seen: set[str] = set()

    def follow(self, name: str, file: Path) -> None:
        """Find what a file imports; what its own packages do when they are imported comes first."""
        waiting = [(name, file)]
        while waiting:
            name, file = waiting.pop()
            for wanted in sorted({name.rpartition(".")[0], *_imported(name, file)} - {""}):
                if wanted.split(".")[0] == OURS:
                    self.uses_zonesim |= not _starts_runs(wanted)
                    continue
                for part, at in self._found(wanted):
                    if part not in self._seen and at != self.model:
                        self._seen.add(part)
                        self.found[_path_of(part, at)] = at
                        if at.suffix == ".py":
                            waiting.append((part, at))

    def _found(self, wanted: str) -> Iterator[tuple[str, Path]]:
        """Yield the modules of the user that the import of a dotted name loads: its packages, and the last step where it is a module."""
        folders, steps = self.folders, wanted.split(".")
        if steps[0] in sys.builtin_module_names:
            return
        for k, step in enumerate(steps, 1):
            at = _find(step, folders) or (_elsewhere(step) if k == 1 else None)
            if at is None:
                return
            if at.file is not None:
                if not self._is_users(at.file):
                    return
                if at.file.stat().st_size:
                    yield ".".join(steps[:k]), at.file
            folders = at.folders

    def _is_users(self, file: Path) -> bool:
        if file.is_relative_to(_ZONESIM):
            return False
        if self.own is not None and file.is_relative_to(self.own):
            return True
        return not (INSTALLED & set(file.parts) or any(file.is_relative_to(one) for one in _LIBRARY))


def _imported(name: str, file: Path) -> frozenset[str]:
    """Return the dotted names that a file may import; of ``from a import b`` both ``a.b``, which may be a module, and so ``a``."""
    try:
        return _named(tuple(name.split(".") if file.name == "__init__.py" else name.split(".")[:-1]), file.read_bytes())
    except (OSError, SyntaxError, ValueError, RecursionError):  # it is watched, though nobody can follow it
        return frozenset()


@functools.lru_cache(maxsize=256)
def _named(package: tuple[str, ...], text: bytes) -> frozenset[str]:
    """Return the dotted names that the text of a module of a package may import; remembered, since every plan asks twice."""
    tree, found = ast.parse(text), set[str]()
    for one in ast.walk(tree):
        if isinstance(one, ast.Import):
            found.update(alias.name for alias in one.names)
        elif isinstance(one, ast.ImportFrom):
            if one.level > len(package):
                continue
            base = [*package[: len(package) - one.level + 1], *(one.module.split(".") if one.module else [])] if one.level else (one.module or "").split(".")
            found.update(".".join([*base, alias.name] if alias.name != "*" else base) for alias in one.names)
        elif isinstance(one, ast.Call) and one.args and isinstance(one.args[0], ast.Constant) and isinstance(one.args[0].value, str):
            called = one.func.attr if isinstance(one.func, ast.Attribute) else getattr(one.func, "id", "")
            if called in _LOADERS and not one.args[0].value.startswith("."):
                found.add(one.args[0].value)
    return frozenset(one for one in found if one)


def _starts_runs(wanted: str) -> bool:
    """Tell whether a name of zonesim only starts sweeps, reads or reports them."""
    steps = wanted.split(".")
    return len(steps) > 1 and (steps[1] in _DRIVERS or steps[1] in ("experiments", "report", "errors"))


def _find(step: str, folders: tuple[Path, ...]) -> Module | None:
    """Find a module as Python's finder of files does: a package before a module, the first folder first, a folder without ``__init__`` last."""
    spaces = []
    for folder in folders:
        own = folder / step
        for suffix in _SUFFIXES:
            if (own / f"__init__{suffix}").is_file():
                return Module(own / f"__init__{suffix}", (own,))
        for suffix in _SUFFIXES:
            if (file := folder / f"{step}{suffix}").is_file():
                return Module(file)
        if own.is_dir():
            spaces.append(own)
    return Module(None, tuple(spaces)) if spaces else None


def _elsewhere(step: str) -> Module | None:
    """Find a package that only a finder of its own knows, as one that is installed to be edited."""
    for finder in sys.meta_path:
        if finder in (importlib.machinery.BuiltinImporter, importlib.machinery.FrozenImporter, importlib.machinery.PathFinder):
            continue
        try:
            spec = finder.find_spec(step, None)
        except Exception:  # a stranger's finder
            continue
        if spec is not None and spec.origin is not None and Path(spec.origin).is_file():
            return Module(Path(spec.origin).resolve(), tuple(Path(one).resolve() for one in spec.submodule_search_locations or ()))
    return None


def _path_of(name: str, file: Path) -> str:
    """Return the path of a module's file below the folder that it is imported from: the same on every machine."""
    steps = name.split(".")
    return "/".join([*steps, file.name] if file.stem.split(".")[0] == "__init__" else [*steps[:-1], file.name])
