"""The look that all figures share: colours that the colour-blind and a grey printer can tell apart, each with its own dash and mark."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from zonesim.report.inert import inert

# Okabe and Ito 2008; the baseline is grey
BLUE, ORANGE, GREEN, GREY, RED, PINK, SKY, YELLOW, BLACK = "#0072B2", "#E69F00", "#009E73", "#666666", "#D55E00", "#CC79A7", "#56B4E9", "#B8A900", "#222222"
BROWN = "#8C6A3F"
PALETTE = (BLUE, RED, GREEN, ORANGE, PINK, SKY, YELLOW, BLACK)
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
MARKS = ("circle", "diamond", "square", "triangle-up", "cross", "x", "star", "triangle-down")
PATTERNS = ("", "/", "\\", "x", "-", "|", "+", ".")
DIVERGING = [[0.0, "#B2560D"], [0.25, "#E8B98A"], [0.5, "#F5F5F5"], [0.75, "#8CBBDD"], [1.0, "#0A5A8C"]]
WRITTEN = {"exponentformat": "none", "separatethousands": True}  #: numbers of an axis
FONT = "'Noto Sans CJK SC','Noto Sans SC','Microsoft YaHei','PingFang SC',sans-serif"


class Style(NamedTuple):
    """How a scenario is drawn everywhere."""

    colour: str
    dash: str
    mark: str
    pattern: str
    width: float


def style(k: int) -> Style:
    """Return the style of the k-th scenario; 0 is the baseline: a broad grey line that shows below a line on top of it."""
    if k == 0:
        return Style(GREY, "solid", "circle-open", "", 6.0)
    n = k - 1
    return Style(PALETTE[n % len(PALETTE)], DASHES[n % len(DASHES)], MARKS[n % len(MARKS)], PATTERNS[(n + 1) % len(PATTERNS)], 2.4)


def faint(colour: str, alpha: float = 0.15) -> str:
    """Return a colour as a transparent one.

    >>> faint("#0072B2")
    'rgba(0,114,178,0.15)'
    """
    return f"rgba({int(colour[1:3], 16)},{int(colour[3:5], 16)},{int(colour[5:7], 16)},{alpha:g})"


def layout(height: int = 420, **more: Any) -> dict[str, Any]:
    """Return the layout that all figures share; numbers of axes are written out, in every language the same."""
    axis = {"gridcolor": "#E8ECF0", "zerolinecolor": "#C8CED4", "ticks": "", "automargin": True, **WRITTEN}
    return {
        "height": height, "margin": {"l": 60, "r": 24, "t": 40, "b": 56}, "font": {"family": FONT, "size": 13, "color": BLACK}, "paper_bgcolor": "white",
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0}, "hoverlabel": {"font": {"family": FONT}}, "plot_bgcolor": "white",
        **more, "xaxis": {**axis, **more.get("xaxis", {})}, "yaxis": {**axis, **more.get("yaxis", {})},
    }  # fmt: skip


def legend_below(entries: int) -> dict[str, Any]:
    """Return the layout of a figure with many long names: the legend stands under the plot, where it covers no title."""
    rows = (entries + 1) // 2
    return {"legend": {"orientation": "h", "y": -0.2, "yanchor": "top", "x": 0}, "margin": {"l": 60, "r": 24, "t": 40, "b": 84 + 22 * rows}}


def markup_free(name: str) -> str:
    r"""Return a name that Plotly shows as it is: its pseudo-HTML and templates are switched off.

    >>> markup_free("<b>a</b> %{x} &amp;")
    '&lt;b&gt;a&lt;/b&gt; %\u200b{x} &amp;amp;'
    """
    return inert(name).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("%{", "%\u200b{")


def lines(name: str, width: int) -> list[str]:
    """Return a name in lines of about so many characters (half as many Chinese ones).

    >>> lines("gain of the zone", 8), lines("区域内其他地方的替代", 12)
    (['gain of', 'the zone'], ['区域内其他地', '方的替代'])
    """
    found, line, used = [], "", 0.0
    for piece in re.findall(r"[\u2e80-\uffff]|[^\s\u2e80-\uffff]+|\s+", name):
        size = 2.0 if piece[0] > "\u2e80" else float(len(piece))
        if line and used + size > width and not piece.isspace():
            found.append(line.strip())
            line, used = "", 0.0
        line, used = line + piece, used + size
    return [one for one in [*found, line.strip()] if one]


def wrapped(name: str, width: int) -> str:
    """Return a name in lines of about so many characters, as Plotly shows it.

    >>> wrapped("gain of the zone", 8)
    'gain of<br>the zone'
    """
    return "<br>".join(markup_free(one) for one in lines(name, width))
