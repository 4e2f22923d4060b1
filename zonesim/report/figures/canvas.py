"""The ground of a map at each width that a page may give it: a map of its own for each, whose labels stand exactly where they cover nothing.

Labels have a size in pixels, places have degrees: a map that is stretched moves its labels over one another. So a map is laid out for a few widths;
the page shows the widest that fits (``assets/fit.js``), and a picture the widest of all.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from zonesim.report.figures.labels import Mark, Placed, place, width
from zonesim.report.figures.style import GREY, lines, markup_free

WIDTHS = (270, 340, 440, 540, 660, 780, 900, 1000)
LEFT, RIGHT, TOP, BOTTOM = 62, 14, 68, 164  #: pixels around the plot: degrees, the bar of colours above, the replay below
SLIDER, BUTTONS = 30, 122  #: pixels below the plot at which the slider of quarters and the buttons begin
NARROW, BAR = 600, 420  #: width below which names are broken early; the longest bar of colours
TOWN = 3.0  #: radius of a county's town
LEAST = 4.0  #: of any park
LINE = 16  #: pixels of a line of the list of parks


@dataclass(frozen=True)
class Spot:
    """A park or a county's town: where it is, its name, and the largest radius that its mark ever has on the widest map (0 for a town)."""

    lon: float
    lat: float
    name: str
    radius: float = 0.0


class Canvas:
    """A map of one width: the part of the plane that it shows, its pixels, and its labels.

    Args:
        spots: parks and towns.
        width: of the whole map, in pixels.
        bar: colours have a bar above the plot.
    """

    def __init__(self, spots: Sequence[Spot], width: int, bar: bool = True) -> None:
        self.spots, self.width, self.has_bar = list(spots), width, bar
        self.narrow = width < NARROW
        self.wide, self.tall = width - LEFT - RIGHT, 320 if self.narrow else 380
        self.top = TOP if bar else 12
        self.shrunk = min(1.0, max(0.5, width / 900))  #: marks are smaller on a small map
        lon, lat = [one.lon for one in spots], [one.lat for one in spots]
        stretch = math.cos(math.radians(sum(lat) / len(lat)))
        middle_x, middle_y = (min(lon) + max(lon)) / 2, (min(lat) + max(lat)) / 2
        room_x, room_y = self.wide - min(220, 0.4 * self.wide), self.tall - 130
        per_pixel = max((max(lon) - min(lon)) * stretch / room_x, (max(lat) - min(lat)) / room_y, 1e-4)
        half_x, half_y = per_pixel * self.wide / 2 / stretch, per_pixel * self.tall / 2
        self.x, self.y = [middle_x - half_x, middle_x + half_x], [middle_y - half_y, middle_y + half_y]

    def pixel(self, lon: float, lat: float) -> tuple[float, float]:
        """Return where a point stands, from the top left of the plot."""
        return (lon - self.x[0]) / (self.x[1] - self.x[0]) * self.wide, (self.y[1] - lat) / (self.y[1] - self.y[0]) * self.tall

    @functools.cached_property
    def labels(self) -> list[tuple[Spot, Mark, Placed | None]]:
        """Where each name stands, the largest parks first and towns last; None for one without room. A narrow map without room for all has numbers, and a list."""
        named = self._placed(numbers=False)
        return self._placed(numbers=True) if self.narrow and any(at is None for one, _, at in named if one.radius) else named

    def _placed(self, numbers: bool) -> list[tuple[Spot, Mark, Placed | None]]:
        order = sorted(self.spots, key=lambda one: -one.radius)
        marks = [self._mark(one, numbers) for one in order]
        return list(zip(order, marks, place(marks, (self.wide, self.tall)), strict=True))

    def _mark(self, one: Spot, number: bool) -> Mark:
        x, y = self.pixel(one.lon, one.lat)
        if not one.radius:
            return Mark(x, y, TOWN, one.name, 10.0 if self.narrow else 11.0, 14.0)
        text = str(self.parks.index(one) + 1) if number else "\n".join(lines(one.name, 16 if self.narrow else 26))
        return Mark(x, y, max(LEAST, one.radius * self.shrunk) + 1, text, 12.0 if not self.narrow else 11.0 if self.width > 400 else 10.0)

    @property
    def parks(self) -> list[Spot]:
        """The parks, in the order of their numbers."""
        return [one for one in self.spots if one.radius]

    @property
    def numbered(self) -> bool:
        """Whether parks have numbers, and their names stand in a list below."""
        return any(mark.text.isdigit() for one, mark, _ in self.labels if one.radius)

    @property
    def bottom(self) -> int:
        """Pixels below the plot: the replay, and the list of parks where they have numbers."""
        return BOTTOM + (LINE * len(self.parks) + 8 if self.numbered else 0)

    @property
    def height(self) -> int:
        """The height of the whole map."""
        return self.tall + self.top + self.bottom

    def unnamed(self) -> int:
        """Return how many parks have no room for their name."""
        return sum(at is None for one, _, at in self.labels if one.radius)

    def annotations(self) -> list[dict[str, Any]]:
        """Return the names as Plotly writes them."""
        names = [_written(one, mark, at) for one, mark, at in self.labels if at is not None]
        return [*names, self._list()] if self.numbered else names

    def _list(self) -> dict[str, Any]:
        """Return the list of parks by number, below the replay."""
        text = "<br>".join(f"<b>{k}</b> {markup_free(one.name)}" for k, one in enumerate(self.parks, 1))
        return {"text": text, "align": "left", "showarrow": False, "font": {"size": 12}, "borderpad": 0, "xref": "paper", "yref": "paper", "x": 0, "xanchor": "left",
                "xshift": 8 - LEFT, "y": self.below(BOTTOM), "yanchor": "top"}  # fmt: skip

    @property
    def sizeref(self) -> float:
        """What Plotly divides the sizes of marks by."""
        return round(1 / self.shrunk, 4)

    @property
    def bar(self) -> int:
        """The length of the bar of colours."""
        return min(BAR, self.wide)

    def below(self, pixels: int) -> float:
        """Return a distance below the plot as Plotly measures it."""
        return -pixels / self.tall

    def change(self) -> dict[str, Any]:
        """Return what makes a map of another width one of this width: changes of its traces and of its layout, as ``Plotly.update`` takes them."""
        return {
            "width": self.width,
            "trace": {"marker.sizeref": [self.sizeref], **({"marker.colorbar.len": [self.bar]} if self.has_bar else {})},
            "layout": {
                "width": self.width, "height": self.height, "margin.b": self.bottom, "xaxis.range": self.x, "yaxis.range": self.y, "annotations": self.annotations(),
                "xaxis.nticks": 4 if self.narrow else 8, "sliders[0].y": self.below(SLIDER), "updatemenus[0].y": self.below(BUTTONS),
            },
        }  # fmt: skip


def _written(one: Spot, mark: Mark, at: Placed) -> dict[str, Any]:
    said = {
        "x": one.lon, "y": one.lat, "text": "<br>".join(markup_free(line) for line in mark.text.split("\n")),
        "font": {"size": mark.size, "color": "#111111" if one.radius else GREY},
    }  # fmt: skip
    if not at.led:
        return {**said, "xshift": at.dx, "yshift": -at.dy, "showarrow": False, "borderpad": 0}
    half = width(mark.text, mark.size) / 2 + 3  # the leader ends at the nearer side of a name that stands beside its mark
    side = "center" if abs(at.dx) < half else "left" if at.dx > 0 else "right"
    ax = at.dx - {"center": 0.0, "left": half - 3, "right": 3 - half}[side]
    return {**said, "ax": ax, "ay": at.dy, "showarrow": True, "arrowhead": 0, "arrowwidth": 1, "arrowcolor": "#777777", "standoff": mark.radius, "xanchor": side,
            "borderpad": 0}  # fmt: skip
