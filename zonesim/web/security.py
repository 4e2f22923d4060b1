"""Who may ask, and from where: Host allow-list, same origin on every change, a token beyond loopback, and what a page may load."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import socket
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Request, Response, abort, redirect, request

from zonesim.errors import InputError

COOKIE = "zonesim_token"
LOOPBACK = ("localhost", "127.0.0.1", "::1")
MAX_BODY, MAX_TARGET = 1 << 20, 8192
OPEN = ("/login", "/static/")  #: what can be had without the token
HEADERS = {
    "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin", "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}  # fmt: skip


def is_loopback(host: str) -> bool:
    """Tell whether an address can be reached from this machine alone.

    >>> [is_loopback(one) for one in ("127.0.0.1", "localhost", "::1", "0.0.0.0", "10.0.0.3", "example.org")]
    [True, True, True, False, False, False]
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass
class Guard:
    """The rules of one server.

    Attributes:
        host: address on which it listens.
        port: its port.
        token: what a visitor must know; none on loopback.
        names: further names under which it may be asked for.
        inline: hashes of the scripts inside the pages of figures.
    """

    host: str = "127.0.0.1"
    port: int = 8050
    token: str = ""
    names: Iterable[str] = ()
    inline: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        if not is_loopback(self.host) and not self.token:
            raise InputError(f"--host {self.host}: is reachable from other machines, and needs a token")
        if self.token and len(self.token) < 16:
            raise InputError("the token has fewer than 16 characters")
        self._allowed = {*LOOPBACK, self.host.lower(), *(name.lower() for name in self.names)}
        if not is_loopback(self.host):
            self._allowed.add(socket.gethostname().lower())

    def allows_host(self, header: str) -> bool:
        """Tell whether a Host header names this server: a page elsewhere whose name was pointed here is refused."""
        try:
            parts = urlsplit(f"//{header}")
            name, port = (parts.hostname or "").lower(), parts.port
        except ValueError:
            return False
        if parts.username is not None or parts.path or port not in (None, self.port):
            return False
        if name in self._allowed:
            return True
        return not is_loopback(self.host) and _is_address(name)  # no page can be bound to a bare address

    def same_origin(self, asked: Request) -> bool:
        """Tell whether a change was asked for by a page of this server."""
        site = asked.headers.get("Sec-Fetch-Site")
        if site is not None and site != "same-origin":
            return False
        origin = asked.headers.get("Origin") or asked.headers.get("Referer")
        if not origin:
            return False
        try:
            parts = urlsplit(origin)
        except ValueError:
            return False
        return parts.scheme == asked.scheme and parts.netloc == asked.host

    def knows_token(self, given: str) -> bool:
        """Compare a token in constant time."""
        return _is_same(given, self.token)

    @property
    def cookie(self) -> str:
        """What the cookie holds: not the token itself."""
        return hmac.new(self.token.encode(), b"zonesim session", hashlib.sha256).hexdigest()

    def policy(self, path: str) -> str:
        """Return the Content-Security-Policy of a page: nothing but what this server sends; figures may set styles."""
        scripts = " ".join(["'self'", *(f"'{one}'" if not one.startswith("'") else one for one in self.inline)]) if is_dash(path) else "'self'"
        styles = "'self' 'unsafe-inline'" if is_dash(path) else "'self'"
        return (
            f"default-src 'none'; script-src {scripts}; style-src {styles}; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
            "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        )


def is_dash(path: str) -> bool:
    """Tell whether a path is one of the pages of figures."""
    parts = path.split("/")
    return len(parts) == 3 and parts[2] in ("results", "sweep")


def _is_same(given: str, wanted: str) -> bool:
    r"""Compare in constant time, whatever was given: as texts only ASCII can be compared.

    >>> _is_same("中\udcff", "a"), _is_same("a", "a")
    (False, True)
    """
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), wanted.encode("utf-8", "surrogatepass"))


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def protect(server: Flask, guard: Guard) -> None:
    """Put the rules before every request and the headers behind every answer."""
    server.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    server.config["MAX_FORM_MEMORY_SIZE"] = MAX_BODY

    def before() -> Any:
        if not guard.allows_host(request.host):
            abort(421)
        if len(request.full_path) > MAX_TARGET:
            abort(414)
        if request.method not in ("GET", "HEAD", "POST"):
            abort(405)
        if request.method == "POST" and not guard.same_origin(request):
            abort(403)
        if guard.token and not request.path.startswith(OPEN) and not _is_same(request.cookies.get(COOKIE, ""), guard.cookie):
            if request.method == "GET" and "text/html" in request.headers.get("Accept", ""):
                return redirect("/login")
            abort(401)
        return None

    def after(answer: Response) -> Response:
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
        answer.headers.setdefault("Content-Security-Policy", guard.policy(request.path))
        if request.path.startswith("/figures/_dash-component-suites/"):
            answer.headers.setdefault("Cache-Control", "max-age=86400")  # 4.8 MB need not be asked for on every page
        elif not request.path.startswith("/static/"):
            answer.headers.setdefault("Cache-Control", "no-store")
        return answer

    server.before_request(before)
    server.after_request(after)
