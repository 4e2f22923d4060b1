"""What a page says when something was not done: in the language of whoever asked, with what to do next, whoever refused it.

A mistake is told by the application; what is too large or no request at all is refused by the server itself, before the application sees it
(:func:`channel`).
"""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, render_template, request
from waitress.channel import HTTPChannel
from waitress.task import ErrorTask
from werkzeug.exceptions import HTTPException

from zonesim.errors import Busy, InputError, NotTogether
from zonesim.report.texts.messages import told
from zonesim.web import words
from zonesim.web.app import came_from, page_language, switched

BUSY, AGAIN = 429, "10"  #: seconds after which something that was busy may be asked for again


def add(server: Flask) -> None:
    """Add the pages to the server."""
    server.register_error_handler(InputError, _mistake)
    server.register_error_handler(HTTPException, _refused)


def channel(server: Flask) -> type[HTTPChannel]:
    """Return what waitress is to answer with where it refuses a request by itself: the same page that the application would send."""

    class Told(ErrorTask):  # type: ignore[misc]
        def execute(self) -> None:
            try:
                answer = _told(server, self.request)
            except Exception:  # of a request that can hardly be read: the library's own few words
                super().execute()
                return
            body = answer.get_data()
            self.status, self.content_length = answer.status, len(body)
            self.response_headers.extend(one for one in answer.headers.items() if one[0].lower() != "content-length")
            self.set_close_on_finish()
            self.write(body)

    class Channel(HTTPChannel):  # type: ignore[misc]
        error_task_class = Told

    return Channel


def _told(server: Flask, refused: Any) -> Response:
    """Return the page of a request that waitress refused: of its address only the language is taken, of its headers only what tells the language."""
    first = str(getattr(refused, "path", "")).split("/")[1:2]
    path = f"/{first[0]}/" if first and first[0] in words.LANGUAGES else "/"
    given = {f"HTTP_{name}": str(refused.headers[name]) for name in ("HOST", "COOKIE", "ACCEPT_LANGUAGE", "REFERER") if name in refused.headers}
    code = int(refused.error.code)
    with server.test_request_context(path, method="POST", environ_overrides=given):
        return server.process_response(server.make_response((page(said(code)), code)))


def said(code: int) -> str:
    """Return what a status means, and what to do next."""
    known = f"error.{code}"
    return words.say(known if known in words.texts() else "error.other", page_language())


def page(message: str, step: str = "") -> str:
    """Return the page of something that was not done.

    Args:
        message: what is wrong.
        step: key of what to do next, where the message does not say it.
    """
    lang = page_language()
    back = came_from()
    here = request.full_path.rstrip("?") if request.method == "GET" else back  # an address that takes what is sent is no page to be led to
    there = switched(here, "en" if lang == "zh" else "zh")
    return render_template(
        "error.html",
        lines=message.splitlines(),
        together=step == "error.together",
        step=words.say(step, lang) if step else "",
        back=back if back != "/" else "",
        switch=there,
    )


def _mistake(error: InputError) -> Any:
    message = told(error.named(page_language()), page_language())
    if isinstance(error, Busy):
        return page(message, "error.again"), BUSY, {"Retry-After": AGAIN}
    if request.method == "POST":
        return page(message, "error.mend"), 400
    if isinstance(error, NotTogether):
        return page(message, "error.together"), 400 if request.args else 404  # with nothing chosen there is no such page
    return page(message, "error.choose"), 404


def _refused(error: HTTPException) -> Any:
    code = error.code or 500
    if code < 400 or error.response is not None:
        return error
    return page(said(code)), code
