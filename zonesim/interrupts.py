"""Ctrl-C on the command line is remembered, since an import or a callback of somebody else may swallow the exception that it raises.

Only the command line listens (:func:`listening`): whoever uses the package from Python has their own handlers, and :func:`stop_if_asked` does nothing.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_heard = threading.Event()


def _hear(_number: int, _frame: Any) -> None:
    _heard.set()
    raise KeyboardInterrupt


@contextmanager
def listening() -> Iterator[None]:
    """Remember each Ctrl-C, which raises KeyboardInterrupt as ever; where somebody else listens, or signals are ignored, nothing is changed."""
    if threading.current_thread() is not threading.main_thread() or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    _heard.clear()
    signal.signal(signal.SIGINT, _hear)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        _heard.clear()


def forget() -> None:
    """Take Ctrl-C as done with: it was how the command ends."""
    _heard.clear()


def stop_if_asked() -> None:
    """Raise KeyboardInterrupt when Ctrl-C was pressed and did not end the command: before work begins, after each run, and before results are put in place.

    Raises:
        KeyboardInterrupt: it was.
    """
    if _heard.is_set():
        raise KeyboardInterrupt
