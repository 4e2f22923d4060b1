"""A browser as a reader has it: chromium with a profile of its own, driven over its pipe with no debugger in the page.

Playwright switches on the debugger of the script engine, which then reads every script a second time to know where each piece stands:
Plotly's 4.8 MB take it half as long again. Here only keys, clicks and addresses are sent, and the page's own clock is read afterwards.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.web.server import CHROMIUM, FLAGS

MARKS = """new MutationObserver(function () {
  function drawn(name) { if (!performance.getEntriesByName(name).length) requestAnimationFrame(function () { setTimeout(function () { performance.mark(name); }); }); }
  const figure = document.querySelector("#figure");
  if (document.querySelector("#plot .main-svg")) { drawn("plot"); drawn("plot of " + figure.textContent.slice(0, 7)); }
}).observe(document, {childList: true, subtree: true, characterData: true});
addEventListener("DOMContentLoaded", function () { requestAnimationFrame(function () { setTimeout(function () { performance.mark("page"); }); }); });
"""  #: marks the moment after the frame in which a page, a figure, and the figure of each question was first drawn


def marked(name: str) -> str:
    """Return the script that says when something was drawn, in ms since 1970; 0 if it was not yet."""
    return f"(function () {{ const all = performance.getEntriesByName({json.dumps(name)}); return all.length ? performance.timeOrigin + all[0].startTime : 0; }})()"


class Plain:
    """A browser, and its one page.

    Args:
        profile: folder of what the browser keeps.
    """

    def __init__(self, profile: Path) -> None:
        theirs_in, self._out = os.pipe()
        self._in, theirs_out = os.pipe()
        self._number, self._kept = 0, b""
        self._answers: dict[int, dict[str, Any]] = {}

        def lay() -> None:
            """Put the pipes where the browser looks for them: 3 and 4."""
            first, second = os.dup(theirs_in), os.dup(theirs_out)
            os.dup2(first, 3)
            os.dup2(second, 4)

        command = [CHROMIUM, "--headless=new", *FLAGS, f"--user-data-dir={profile}", "--window-size=1280,900", "--remote-debugging-pipe", "about:blank"]
        self._process = subprocess.Popen(command, preexec_fn=lay, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(theirs_in)
        os.close(theirs_out)
        self._pages: dict[str, str] = {}
        tab = self.ask("Target.getTargets", "", filter=[{"type": "tab"}])["targetInfos"][0]["targetId"]  # a tab, not its page: pages made ready are in it too
        self._tab = self.ask("Target.attachToTarget", "", targetId=tab, flatten=True)["sessionId"]
        self.ask("Target.setAutoAttach", self._tab, autoAttach=True, waitForDebuggerOnStart=True, flatten=True)
        while not self._pages:
            self.ask("Target.getTargets", "")
        self.ask("Page.enable")  # answered when all that was sent before is known to the page

    def _send(self, method: str, session: str, **parameters: Any) -> int:
        """Send a command to a session, or to the browser, and return its number."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters, **({"sessionId": session} if session else {})}
        os.write(self._out, json.dumps(message).encode() + b"\0")
        return self._number

    def ask(self, method: str, session: str | None = None, **parameters: Any) -> dict[str, Any]:
        """Send a command, to the page that is seen unless a session is named, and return its answer."""
        to = self._seen() if session is None else session
        wanted = self._send(method, to, **parameters)
        while wanted not in self._answers:
            assert to in self._pages or session is not None, "the page went away"
            while b"\0" not in self._kept:
                got = os.read(self._in, 1 << 16)
                assert got, "the browser is gone"
                self._kept += got
            raw, _, self._kept = self._kept.partition(b"\0")
            answer = json.loads(raw)
            if "id" in answer:
                self._answers[answer["id"]] = answer
            else:
                self._note(answer["method"], answer["params"])
        answer = self._answers.pop(wanted)
        assert "error" not in answer, answer
        found: dict[str, Any] = answer["result"]
        return found

    def _note(self, event: str, about: dict[str, Any]) -> None:
        """Take note of pages that come and go in the tab; one that was made ready is the one that is seen from then on."""
        if event == "Target.attachedToTarget":
            session, target = about["sessionId"], about["targetInfo"]
            if target["type"] == "page":
                self._pages[session] = target.get("subtype", "")
                self._send("Page.enable", session)
                self._send("Page.addScriptToEvaluateOnNewDocument", session, source=MARKS)
            self._send("Runtime.runIfWaitingForDebugger", session)
        elif event == "Target.detachedFromTarget":
            self._pages.pop(about["sessionId"], None)

    def _seen(self) -> str:
        """Return the session of the page that is seen; when it went, that of the one made ready which took its place."""
        return next((key for key, kind in self._pages.items() if kind != "prerender"), "") or next(reversed(self._pages))

    def rest(self, seconds: float) -> None:
        """Let time pass; pages that come are let in."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.ask("Target.getTargets", "")
            time.sleep(0.02)

    def value(self, script: str) -> Any:
        """Return the value of an expression in the page."""
        return self.ask("Runtime.evaluate", expression=script, returnByValue=True)["result"].get("value")

    def until(self, script: str, limit: float = 60.0) -> Any:
        """Wait until an expression is true in the page, and return its value; rarely asked, so that asking does not count."""
        end = time.monotonic() + limit
        while time.monotonic() < end:
            with contextlib.suppress(AssertionError):  # between two pages
                found = self.value(script)
                if found:
                    return found
            self.rest(0.25)
        raise AssertionError(f"never: {script}")

    def visit(self, address: str, mark: str = "plot") -> float:
        """Type an address; return the seconds until the page or its figure stands."""
        start = time.time()
        self.ask("Page.navigate", url=address)
        return float(self.until(marked(mark))) / 1000 - start

    def click(self, selector: str, hover: float = 0.3, mark: str = "plot") -> float:
        """Point at a link, and after a moment press; return the seconds from then until the figure of its page is seen."""
        x, y = self.value(f"(function () {{ const one = document.querySelector({json.dumps(selector)}); one.scrollIntoView(); const r = one.getClientRects()[0]; return [r.x + 5, r.y + r.height / 2]; }})()")  # fmt: skip
        self.ask("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
        self.rest(hover)
        start = time.time()
        for kind in ("mousePressed", "mouseReleased"):
            self.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)
        drawn = float(self.until(marked(mark)))
        shown = float(self.value("performance.timeOrigin + (performance.getEntriesByType('navigation')[0].activationStart || 0)"))
        return max(drawn, shown) / 1000 - start  # one that was made ready was drawn before it is shown

    def close(self) -> None:
        """End the browser as one that is shut, so that it keeps what it has learnt."""
        with contextlib.suppress(OSError, AssertionError):
            self.ask("Browser.close", "")
        self._process.wait(30)
        os.close(self._in)
        os.close(self._out)


@contextlib.contextmanager
def plain(profile: Path | None = None) -> Iterator[Plain]:
    """Yield a browser; without a profile it holds nothing yet."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        one = Plain(profile or Path(folder))
        try:
            yield one
        finally:
            one.close()
