"""How far a command is, on the error stream: a bar on a terminal, else a plain line every ten seconds."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any

import click

from zonesim.commands.options import printable
from zonesim.interrupts import stop_if_asked

EVERY_SECONDS = 10.0


class Progress:
    """So many of so many things are done.

    Args:
        label: what they are.
        total: how many there are.
    """

    def __init__(self, label: str, total: int) -> None:
        self.label, self.total, self.done, self._said, self._last = label, total, -1, -1, 0.0
        self._bar: Any = click.progressbar(length=total, label=label, file=sys.stderr, show_pos=True) if sys.stderr.isatty() else None

    def __enter__(self) -> Progress:
        if self._bar is not None:
            self._bar.__enter__()
        self.to(0)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.__exit__(kind, error, trace)
        elif self.done > self._said:
            self._say()

    def to(self, done: int, note: str = "") -> None:
        """Say that ``done`` of them are done; a Ctrl-C that was swallowed ends the command here."""
        stop_if_asked()
        moved, self.done = done - max(self.done, 0), done
        if self._bar is not None:
            self._bar.update(moved)
        elif self._said < 0 or time.monotonic() - self._last >= EVERY_SECONDS or done == self.total > self._said:
            self._say(note)

    def one(self) -> None:
        """Say that one more is done."""
        self.to(self.done + 1)

    def _say(self, note: str = "") -> None:
        click.echo(f"{self.label}: {self.done} of {self.total}{note}", err=True)
        self._said, self._last = self.done, time.monotonic()


class RunsOfSweep:
    """Progress with rate, time left and failures; lines are printed above it."""

    def __enter__(self) -> RunsOfSweep:
        from tqdm import tqdm

        self._make: Callable[..., Any] = tqdm
        self._bar: Any = None
        self._lines: Progress | None = None
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def progress(self, finished: int, total: int, failed: int) -> None:
        """Move on; a Ctrl-C that was swallowed ends the command here."""
        stop_if_asked()
        if not sys.stderr.isatty():
            self._lines = self._lines or Progress("runs", total)
            self._lines.to(finished, f", {failed} failed" if failed else "")
            return
        if self._bar is None:
            self._bar = self._make(total=total, initial=finished - 1, unit="run", file=sys.stderr, dynamic_ncols=True, mininterval=0.5, smoothing=0.05)
        if failed:
            self._bar.set_postfix_str(f"{failed} failed", refresh=False)
        self._bar.update(finished - self._bar.n)

    def said(self, text: str) -> None:
        """Print a line."""
        self._make.write(printable(text), file=sys.stderr)  # type: ignore[attr-defined]


def compile_first() -> None:
    """Compile the model's kernels when this source is used for the first time, and show how far that is."""
    from zonesim.first_use import compile_kernels

    shown: list[Progress] = []

    def progress(done: int, total: int) -> None:
        if not shown:
            shown.append(Progress("compiling the model's kernels (first use only)", total).__enter__())
        shown[0].to(done)

    def waits() -> None:
        click.echo("another process compiles the model's kernels (first use only); waiting for it", err=True)

    try:
        compile_kernels(progress, waits=waits)
    finally:
        for one in shown:
            one.__exit__(None, None, None)
