"""Compiled rules and kernels, and the private folder that keeps them between runs.

Numba's own cache entry for a kernel notices a change in the kernel's file but not in a rule of another module, and an
installation that cannot be written to makes it raise. So the cache lives in a folder of the user, named after
everything that goes into the machine code: the source of the whole package, Python and Numba. A cache file is code:
the folder is private, and one that somebody else could have written is not used.
"""

from __future__ import annotations

import atexit
import hashlib
import importlib.metadata
import os
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, ParamSpec, Protocol, TypeVar, cast

from zonesim.postponed import postpone

P = ParamSpec("P")
R_co = TypeVar("R_co", covariant=True)

_KEPT_SECONDS = 30 * 24 * 3600


class Compiled(Protocol[P, R_co]):  # type: ignore[misc]
    """A compiled function: called like the Python one, which stays at hand as ``py_func``."""

    py_func: Callable[P, R_co]
    stats: Any
    signatures: list[Any]

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R_co:
        """Run the compiled function."""
        ...


@lru_cache(maxsize=1)
def source_fingerprint() -> str:
    """Return the SHA-256 over the names and contents of the package's Python files, in sorted order."""
    package = Path(__file__).parent
    total = hashlib.sha256()
    for path in sorted(package.rglob("*.py"), key=lambda path: path.relative_to(package).as_posix()):
        content = path.read_bytes()
        total.update(f"{path.relative_to(package).as_posix()} {len(content)}\n".encode())
        total.update(content)
    return total.hexdigest()


def cache_name() -> str:
    """Return the name of the cache folder: it changes with the source, Python and Numba."""
    versions = f"{sys.implementation.cache_tag} {sys.version} numba {importlib.metadata.version('numba')}"
    return "kernels-" + hashlib.sha256(f"{source_fingerprint()} {versions}".encode()).hexdigest()[:24]


def _cache_root() -> Path:
    """Return the user's cache folder for zonesim; the XDG rule ignores a relative path."""
    configured = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(configured) if os.path.isabs(configured) else Path.home() / ".cache") / "zonesim"


def _is_ours(folder: Path, *, closed_to: int) -> bool:
    """Tell whether a folder is a real one that belongs to the user and gives others none of some permissions."""
    if not hasattr(os, "geteuid"):
        return folder.is_dir()
    found = folder.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & closed_to


def private_folder(folder: Path) -> Path | None:
    """Return the folder, created for the user alone, or None when it cannot be had or cannot be trusted."""
    try:
        folder.parent.parent.mkdir(parents=True, exist_ok=True)
        folder.parent.mkdir(mode=0o700, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        if not (_is_ours(folder.parent, closed_to=0o022) and _is_ours(folder, closed_to=0o077)):
            return None
        with tempfile.TemporaryFile(dir=folder):
            os.utime(folder)
    except OSError:
        return None
    return folder


def _forget_old_sources(root: Path) -> None:
    """Drop folders of sources that nobody has run for a month."""
    oldest = time.time() - _KEPT_SECONDS
    try:
        unused = [folder for folder in root.glob("kernels-*") if folder.lstat().st_mtime < oldest]
    except OSError:
        return
    for folder in unused:
        shutil.rmtree(folder, ignore_errors=True)


def _temporary_folder() -> Path:
    """Return a private folder that goes away with this process."""
    folder, owner = Path(tempfile.mkdtemp(prefix="zonesim-")), os.getpid()

    def remove() -> None:
        if os.getpid() == owner:
            shutil.rmtree(folder, ignore_errors=True)

    atexit.register(remove)
    return folder


def _choose_cache() -> Path:
    """Return the folder for compiled code: the user's choice, else the private one, else a temporary one."""
    try:
        root = _cache_root()
    except RuntimeError:  # no home folder
        return _temporary_folder()
    chosen = os.environ.get("NUMBA_CACHE_DIR", "")
    # A parent process of ours may have set the variable for an older source: only the user's own choice counts.
    if chosen and Path(chosen).parent != root:
        return Path(chosen)
    folder = private_folder(root / cache_name())
    if folder is None:
        return _temporary_folder()
    _forget_old_sources(root)
    return folder


CACHE_FOLDER = _choose_cache()
os.environ["NUMBA_CACHE_DIR"] = str(CACHE_FOLDER)
postpone("scipy.linalg")  # Numba looks only whether there is SciPy's BLAS, and SciPy would read all of its linear algebra for that

import numba  # noqa: E402  (reads the variable when it is imported)
import numpy  # noqa: E402
from numba.core.caching import FunctionCache  # noqa: E402
from numba.extending import overload  # noqa: E402

from zonesim.stored_code import read_late  # noqa: E402

numba.config.CACHE_DIR = str(CACHE_FOLDER)  # for a process that had imported numba before us
read_late()


def is_compiling() -> bool:
    """Tell whether rules and kernels become machine code (``NUMBA_DISABLE_JIT`` keeps them Python)."""
    return not numba.config.DISABLE_JIT


@contextmanager
def alone(name: str, waits: Callable[[], None] | None = None) -> Iterator[None]:
    """Be the only process that does something with the cache folder; where files cannot be locked there is nothing to wait for.

    Args:
        name: of what is done.
        waits: called where another process does it already, before that one is waited for.
    """
    with ExitStack() as held:
        with suppress(OSError, ImportError):
            import fcntl

            CACHE_FOLDER.mkdir(parents=True, exist_ok=True)
            lock = held.enter_context((CACHE_FOLDER / f"{name}.lock").open("w"))
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if waits is not None:
                    waits()
                fcntl.flock(lock, fcntl.LOCK_EX)
        yield


class _SharedCache(FunctionCache):  # type: ignore[misc]
    """Numba's cache of one function, in a folder that several processes fill at the same time.

    Numba reads the index of a function, adds a line and then writes the machine code: two processes that compile the same rule for different
    types would give both the same file, and a third would then run code made for other types.
    """

    def save_overload(self, sig: Any, data: Any) -> None:
        """Keep what was compiled."""
        with alone("saving"):
            super().save_overload(sig, data)


def rule(function: Callable[P, R_co]) -> Compiled[P, R_co]:
    """Compile a rule: a scalar function that kernels call, and that can be called alone.

    Division by zero gives infinity or not-a-number as in NumPy; floating-point sums keep their order.
    """
    return _compiled(function, nogil=False)


def part(function: Callable[P, R_co]) -> Compiled[P, R_co]:
    """Compile a part of a kernel: what is called by kernels alone, with many columns (from Python as ``py_func``).

    What Python would need to call it, an unpacking of each column, is not compiled.
    """
    return _compiled(function, nogil=False, no_cpython_wrapper=True)


def kernel(function: Callable[P, R_co]) -> Compiled[P, R_co]:
    """Compile a kernel: the loop over enterprises or places that applies a rule; it releases the interpreter lock."""
    return _compiled(function, nogil=True)


def each(values: Any, i: Any) -> Any:
    """Return the i-th of some values, or the one that holds for all: a number, or an array of one. For rules and kernels too.

    >>> each(7, 3), int(each(numpy.array([7]), 3)), int(each(numpy.array([5, 6, 7, 8]), 3))
    (7, 7, 8)
    """
    if numpy.ndim(values) == 0:
        return values
    return values[i] if len(values) > 1 else values[0]


@overload(each, strict=False)  # type: ignore[untyped-decorator]
def _each(values: Any, i: Any) -> Any:  # noqa: ARG001  (the types of both are asked for)
    """Choose the compiled form by what the values are."""
    if isinstance(values, numba.types.Array):
        return lambda values, i: values[i] if len(values) > 1 else values[0]
    return lambda values, i: values


def _compiled(function: Callable[P, R_co], *, nogil: bool, no_cpython_wrapper: bool = False) -> Compiled[P, R_co]:
    made = numba.njit(cache=True, error_model="numpy", nogil=nogil, no_cfunc_wrapper=True, no_cpython_wrapper=no_cpython_wrapper)(function)
    if is_compiling():
        made._cache = _SharedCache(function)
    return cast("Compiled[P, R_co]", made)
