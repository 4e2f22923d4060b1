"""Files that are there whole or not at all, and the lock that lets one driver write."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import json
import os
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from zonesim.errors import InputError, StoreError

ASIDE = ".aside-"


def storage_error(folder: Path, error: OSError) -> StoreError:
    """Return what is said of a failed write: the reason, and that what was done is kept."""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    reason = "the disk is full" if full else f"writing failed ({error.strerror or error})"
    return StoreError(f"{folder}: {reason}; what was committed before is kept, and the same command goes on from there")


def write_whole(path: Path, write: Callable[[Path], Any]) -> None:
    """Write a file aside, sync it, rename it into place, and sync the folder.

    Args:
        path: where it is to stand.
        write: writes the content to the path that it is given.

    Raises:
        OSError: something failed; nothing stands at ``path`` that was not there before.
    """
    aside = path.with_name(f"{ASIDE}{os.getpid()}-{path.name}")
    try:
        write(aside)
        sync_file(aside)
        os.replace(aside, path)
        sync_folder(path.parent)
    finally:
        with contextlib.suppress(OSError):
            aside.unlink()


def sync_file(path: Path) -> None:
    """Ask the disk to keep a file's content. An error is final: what was not kept cannot be told by asking again."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(path: Path) -> None:
    """Ask the disk to keep the names in a folder."""
    sync_file(path)


def sweep_aside(folder: Path) -> None:
    """Remove what a killed writer left aside (the caller holds the lock)."""
    for path in folder.glob(f"{ASIDE}*"):
        with contextlib.suppress(OSError):
            path.unlink()


class Lock:
    """The right to write into a store, held by one process until it ends, however it ends.

    The system's own file lock goes away with the process, so nothing has to be unlocked after a kill. What the file says (process,
    host, since when) is for the message; where the file system has no locks it decides.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / "lock"
        self._handle: int | None = None

    def take(self) -> None:
        """Take the lock.

        Raises:
            InputError: another process holds it; the message names it and its host.
        """
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _lock(handle)
        except BlockingIOError:
            holder = self.holder()
            os.close(handle)
            raise InputError(self._refusal(holder)) from None
        except OSError:  # no locks on this file system
            holder = self.holder()
            if _lives(holder):
                os.close(handle)
                raise InputError(self._refusal(holder)) from None
        self._handle = handle
        says = {"pid": os.getpid(), "host": socket.gethostname(), "since": time.strftime("%Y-%m-%d %H:%M:%S"), "started": _started(os.getpid())}
        with contextlib.suppress(OSError):  # a full disk: the lock holds, it only does not say by whom
            os.ftruncate(handle, 0)
            os.write(handle, json.dumps(says).encode())

    def holder(self) -> dict[str, Any]:
        """Return what the lock says of its holder."""
        try:
            found = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def _refusal(self, holder: dict[str, Any]) -> str:
        who = f"process {holder.get('pid', '?')} on {holder.get('host', '?')} since {holder.get('since', '?')}"
        return f"{self.path.parent}: another sweep is writing here ({who}); wait for it or end it, or use another --store"

    def is_held(self) -> bool:
        """Tell whether some process holds it now."""
        try:
            handle = os.open(self.path, os.O_RDONLY)
        except OSError:
            return False
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:
            return _lives(self.holder())
        finally:
            os.close(handle)
        return False

    def release(self) -> None:
        """Give it up."""
        if self._handle is not None:
            with contextlib.suppress(OSError):
                os.ftruncate(self._handle, 0)
            os.close(self._handle)
            self._handle = None


def _lock(handle: int, tries: int = 5) -> None:
    """Take the system's lock; somebody who only looks whether it is held has it for a moment."""
    for left in range(tries, 0, -1):
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if left == 1:
                raise
            time.sleep(0.05)


def _started(pid: int) -> str:
    """Return when a process of this machine started, so that a number that is used again is told apart; empty if there is none."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[19]
    except (OSError, IndexError):
        return ""


def _lives(holder: dict[str, Any]) -> bool:
    if not holder:
        return False
    if holder.get("host") != socket.gethostname():
        return True  # cannot be known from here: the user has to say
    try:
        os.kill(int(holder.get("pid", 0)), 0)
    except (OSError, ValueError):
        return False
    return bool(_started(int(holder["pid"])) == holder.get("started", ""))
