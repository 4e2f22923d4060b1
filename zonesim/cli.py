"""The command line. Heavy imports happen inside the commands that need them, so ``--help`` is instant."""

from __future__ import annotations

import atexit
import contextlib
import errno
import gc
import os
import select
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

import click

from zonesim.commands import every_command
from zonesim.commands.language import Chosen, headed, messages_option
from zonesim.commands.options import printable
from zonesim.errors import ZonesimError
from zonesim.interrupts import listening, stop_if_asked

EXIT_USER, EXIT_INTERNAL, EXIT_INTERRUPTED, EXIT_PIPE = 2, 70, 130, 141
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)  #: what the place says to which the output was led when it takes no more


class ReaderGone(Exception):
    """Whoever read the output has gone (``zonesim levers | head -3``)."""


class Commands(click.Group):
    """The commands; a closed pipe is told apart from other faults before click makes an error of it."""

    def make_context(self, *arguments: Any, **named: Any) -> click.Context:
        """Read the arguments."""
        with _told_apart():
            return super().make_context(*arguments, **named)

    def invoke(self, ctx: click.Context) -> Any:
        """Do the command."""
        with _told_apart():
            done = super().invoke(ctx)
            sys.stdout.flush()
            stop_if_asked()
            return done


@contextmanager
def _told_apart() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError as error:
        raise (ReaderGone() if _is_closed(sys.stdout) else RuntimeError("a pipe inside zonesim broke")) from error


def _is_closed(stream: TextIO) -> bool:
    """Tell whether nobody is left to read what is written."""
    if not hasattr(select, "poll"):
        return True
    watched = select.poll()
    watched.register(stream.fileno(), 0)
    return bool(watched.poll(0))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="zonesim")
@messages_option
def app() -> None:
    """Ask what a development-zone policy will do before it is enacted (开发区政策仿真)."""


for _command in every_command():
    app.add_command(_command)


def main() -> None:
    """Run the command line and turn errors into messages and exit codes (0 done, 2 yours, 70 ours, 130 interrupted)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    chosen = Chosen()
    try:
        with listening():
            app(standalone_mode=False, obj=chosen)
        sys.stdout.flush()
    except click.exceptions.Abort:
        _fail("interrupted; nothing partial was kept", EXIT_INTERRUPTED, chosen.lang)
    except KeyboardInterrupt:
        _fail("interrupted; nothing partial was kept", EXIT_INTERRUPTED, chosen.lang)
    except click.ClickException as error:
        if chosen.lang == "en":
            error.show()
            sys.exit(EXIT_USER)
        if isinstance(error, click.UsageError) and error.ctx:
            click.echo(error.ctx.get_usage(), err=True)
        _fail(error.format_message(), EXIT_USER, chosen.lang)
    except ZonesimError as error:
        _fail(error.named(chosen.lang), error.exit_code, chosen.lang)
    except (ReaderGone, BrokenPipeError):
        _let_go(sys.stdout)
        sys.exit(EXIT_PIPE)
    except OSError as error:
        if error.filename is None and error.errno in FULL:
            _let_go(sys.stdout)
            _fail(f"the output could not be written ({error.strerror})", EXIT_USER, chosen.lang)
        _fail(
            f"{error.filename or ''}: {error.strerror or error}".lstrip(": "),
            EXIT_USER if error.filename else EXIT_INTERNAL,
            chosen.lang,
        )
    except Exception:
        traceback.print_exc()
        _fail("this is a fault of zonesim, not of your input; please report it with the lines above", EXIT_INTERNAL, chosen.lang)


def console() -> None:
    """Be the program ``zonesim``: do what the command line says, and end."""
    gc.set_threshold(10_000, 20, 20)  # most of what a command makes are modules, which stay: to look through them again and again took 0.3 s
    main()
    _end()


def _end() -> None:
    """End the process; what the system takes back anyway, modules and machine code, is not taken down piece by piece, which takes half a second."""
    if any(one is not threading.main_thread() and not one.daemon for one in threading.enumerate()):
        return  # somebody is still at work: Python waits for them
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def _let_go(stream: TextIO) -> None:
    """Let what is still to be flushed go nowhere: Python would try again at its end, and end with another code."""
    with contextlib.suppress(OSError):  # a stream of somebody else, without a file
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _fail(message: str, code: int, lang: str) -> None:
    lines = message.splitlines() or ["error"]
    for line in lines:
        click.echo(headed("error", printable(line), lang), err=True)
    sys.exit(code)


if __name__ == "__main__":
    console()
