"""A real server in a process of its own, and a real browser that looks at nothing but it."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parents[2]
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Server:
    """``zonesim serve`` over a data folder; it can be killed and started again."""

    def __init__(self, data: Path, port: int = 0) -> None:
        self.data, self.port = data, port or free_port()
        self.process: subprocess.Popen | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> Server:
        command = [sys.executable, "-m", "zonesim", "serve", "--data", str(self.data), "--port", str(self.port)]
        self.process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE, text=True)
        until = time.monotonic() + 120
        while time.monotonic() < until:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{self.address}/zh/jobs", timeout=5).close()
                return self
            if self.process.poll() is not None:
                raise AssertionError(self.process.stderr.read())
            time.sleep(0.2)
        raise AssertionError("the server did not start")

    def kill(self) -> None:
        """End the server without asking; what it started goes on."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process.stderr.close()


@contextlib.contextmanager
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        one = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield one
        one.close()


@contextlib.contextmanager
def looking(one, server: Server, **more):
    """Yield a page of the browser; at the end: it asked nobody but the server, and nothing was wrong in its console."""
    context = one.new_context(accept_downloads=True, **more)
    page = context.new_page()
    asked, wrong = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: (wrong.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.set_default_timeout(180_000)
    yield page
    context.close()
    away = [url for url in asked if not url.startswith((server.address + "/", "data:", "blob:"))]
    assert not away, away
    assert not wrong, wrong
