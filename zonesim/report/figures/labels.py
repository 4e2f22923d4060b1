"""Labels of a map that do not overlap: each is put at the first free place around its mark, with a leader where it had to move away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Mark:
    """A mark on the canvas, in pixels from the top left, with the text that belongs to it."""

    x: float
    y: float
    radius: float
    text: str
    size: float = 12.0
    optional: bool = False  #: left out where there is no room
    reach: float = 14.0  #: pixels that an optional one may move away


@dataclass(frozen=True)
class Placed:
    """Where a label stands: its middle in pixels relative to the mark; ``led`` where a leader shows to which mark it belongs."""

    dx: float
    dy: float
    led: bool


def width(text: str, size: float) -> float:
    """Return about how wide a text is in pixels: Chinese characters are square, others a little more than half as wide.

    >>> width("兰州", 10), width("ab", 10)
    (20, 11.6)
    """
    return round(sum(size if ord(c) > 0x2E80 else 0.58 * size for c in text), 3)


def overlap(a: Box, b: Box) -> bool:
    """Tell whether two boxes (left, top, right, bottom) share a point.

    >>> overlap((0, 0, 2, 2), (1, 1, 3, 3)), overlap((0, 0, 1, 1), (2, 0, 3, 1))
    (True, False)
    """
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def place(marks: Sequence[Mark], canvas: tuple[float, float]) -> list[Placed | None]:
    """Return where each label stands; None for an optional one without room. Marks come first in their own order, so put the important ones first.

    >>> [round(one.dx) for one in place([Mark(50, 50, 5, "a"), Mark(54, 50, 5, "b")], (200, 100))]
    [-14, 14]
    """
    taken: list[Box] = [(m.x - m.radius, m.y - m.radius, m.x + m.radius, m.y + m.radius) for m in marks]
    found: list[Placed | None] = []
    for mark in marks:
        half, tall = width(mark.text, mark.size) / 2 + 3, 0.62 * mark.size + 2
        best: tuple[float, float, float, Box] | None = None
        for ring in (0, 14, 28, 46, 70, 100, 140):
            away = mark.radius + 3 + ring
            sides = [(away + half, 0.0), (-away - half, 0.0), (0.0, -away - tall), (0.0, away + tall)]
            sides += [(sx * (0.7 * away + half), sy * (0.7 * away + tall)) for sx in (1, -1) for sy in (-1, 1)]
            for dx, dy in sides:
                box = (mark.x + dx - half, mark.y + dy - tall, mark.x + dx + half, mark.y + dy + tall)
                if box[0] < 0 or box[1] < 0 or box[2] > canvas[0] or box[3] > canvas[1] or any(overlap(box, other) for other in taken):
                    continue
                best = (dx, dy, float(ring), box)
                break
            if best or (mark.optional and ring >= mark.reach):
                break
        if best is None:
            found.append(None if mark.optional else Placed(0.0, -mark.radius - tall, False))
            continue
        taken.append(best[3])
        found.append(Placed(best[0], best[1], best[2] >= 14))
    return found
