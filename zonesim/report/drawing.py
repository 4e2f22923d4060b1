"""Plotly's JavaScript, as it stands in the installed package, in the form that a browser reads fastest."""

from __future__ import annotations

import functools
import importlib.util
from importlib import metadata
from pathlib import Path

_LAZY, _EAGER = ': this, () => {\n"use strict"', ': this, (() => {\n"use strict"'
_LAZY_END, _EAGER_END = "return Plotly;\n}));", "return Plotly;\n})));"


def eager(script: str) -> str:
    r"""Return Plotly's script with the function that holds it all in brackets.

    Script engines skip over the body of a function until it is called, and then read it again; one in brackets they take to be called at once,
    and read a single time. Here that body is the whole library, so it is 4.8 MB less to read. A script of another form is returned as it is.

    >>> eager('(f(self : this, () => {\n"use strict"; return Plotly;\n}));')
    '(f(self : this, (() => {\n"use strict"; return Plotly;\n})));'
    >>> eager("another();")
    'another();'
    """
    body = script.rstrip()
    if body.count(_LAZY) != 1 or not body.endswith(_LAZY_END):
        return script
    return body.replace(_LAZY, _EAGER).removesuffix(_LAZY_END) + _EAGER_END


@functools.cache
def plotly_script() -> str:
    """Return Plotly's script."""
    found = importlib.util.find_spec("plotly")
    assert found is not None and found.origin is not None
    return eager((Path(found.origin).parent / "package_data" / "plotly.min.js").read_text(encoding="utf-8"))


def plotly_version() -> str:
    """Return the version of the installed package."""
    return metadata.version("plotly")
