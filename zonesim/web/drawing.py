"""What draws figures in the browser: Plotly's bundle for plane figures, and the whole library where a figure needs more.

The whole library is 4.8 MB, of which a browser that has not been here spends most of its time on; the bundle that Plotly publishes for figures with
x and y axes (``plotly.js-cartesian-dist-min``, MIT) is 1.5 MB. It is stored beside the pages, of the version of the package that the lock file names; where another is installed, the whole library draws.
"""

from __future__ import annotations

import functools
import re
from importlib.resources import files

from flask import Flask, Response

from zonesim.report.drawing import eager, plotly_script, plotly_version
from zonesim.report.page import asset

PLANE, WHOLE, FIT = "plotly-cartesian.min.js", "plotly.min.js", "fit.js"
BEYOND = ("money", "clauses")  #: questions whose figures are no plane ones: flows
TYPES = ("scatter", "bar", "heatmap")  #: what figures on pages are made of; the plane bundle draws more


@functools.cache
def plane_script() -> str:
    """Return Plotly's bundle for plane figures, in the form that browsers read fastest."""
    return eager((files("zonesim.web") / "static" / PLANE).read_text(encoding="utf-8"))


@functools.cache
def fits() -> bool:
    """Tell whether the bundle is of the version of Plotly's script that the installed package has."""
    mine, whole = (re.search(r"plotly\.js (?:\([\w -]+\) )?v([\d.]+)", script[:400]) for script in (plane_script(), plotly_script()))
    return mine is not None and whole is not None and mine[1] == whole[1]


def script_for(prefix: str, figure: str) -> str:
    """Return the address of what draws a figure; it names its version, so that it can be kept for ever.

    >>> script_for("/figures/", "where").partition("?")[0], script_for("/figures/", "money").partition("?")[0]
    ('/figures/plotly-cartesian.min.js', '/figures/plotly.min.js')
    """
    return f"{prefix}{PLANE if fits() and figure not in BEYOND else WHOLE}?v={plotly_version()}"


def add(server: Flask, prefix: str) -> None:
    """Add both scripts to the server, and what fits maps to the width of the page."""

    def sent(script: bytes) -> Response:
        answer = Response(script, mimetype="text/javascript")
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return answer

    plane, whole = plane_script().encode(), plotly_script().encode()
    server.add_url_rule(f"{prefix}{PLANE}", "drawing_plane", lambda: sent(plane))
    server.add_url_rule(f"{prefix}{FIT}", "drawing_fit", lambda: Response(asset(FIT), mimetype="text/javascript"))
    server.add_url_rule(f"{prefix}{WHOLE}", "drawing_whole", lambda: sent(whole))
