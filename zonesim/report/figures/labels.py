"""Labels of a map that do not overlap: each is put at the first free place around its mark, with a leader where it had to move away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Box = tuple[float, float, float, float]
RINGS = (0, 14, 28, 46, 70, 100, 140)  #: pixels between a mark and its label, tried one after another
LED = 14  #: from this far on, a leader shows to which mark a label belongs


@dataclass(frozen=True)
class Mark:
    """A mark on the canvas, in pixels from the top left, with the text that belongs to it (lines are parted by a line feed; none without a label)."""

    x: float
    y: float
    radius: float
    text: str
    size: float = 12.0
    reach: float = RINGS[-1]  #: pixels that its label may stand away


@dataclass(frozen=True)
class Placed:
    """Where a label stands: its middle in pixels relative to the mark; ``led`` where a leader shows to which mark it belongs."""

    dx: float
    dy: float
    led: bool


def width(text: str, size: float) -> float:
    r"""Return about how wide a text is in pixels: Chinese characters are square, others a little more than half as wide.

    >>> width("兰州", 10), width("ab", 10), width("ab\nc", 10)
    (20, 11.6, 11.6)
    """
    return round(max(sum(size if ord(c) > 0x2E80 else 0.58 * size for c in line) for line in text.split("\n")), 3)


def halves(mark: Mark) -> tuple[float, float]:
    """Return half the width and half the height of a mark's label, with a little room around it."""
    return width(mark.text, mark.size) / 2 + 3, 0.66 * mark.size * (1 + mark.text.count("\n")) + 2


def box(mark: Mark, at: Placed) -> Box:
    """Return the box (left, top, right, bottom) that a label takes.

    >>> box(Mark(50, 50, 5, "a", 10), Placed(14, 0, False))
    (58.1, 41.4, 69.9, 58.6)
    """
    half, tall = halves(mark)
    left, top, right, bottom = mark.x + at.dx - half, mark.y + at.dy - tall, mark.x + at.dx + half, mark.y + at.dy + tall
    return round(left, 3), round(top, 3), round(right, 3), round(bottom, 3)


def overlap(a: Box, b: Box) -> bool:
    """Tell whether two boxes (left, top, right, bottom) share a point.

    >>> overlap((0, 0, 2, 2), (1, 1, 3, 3)), overlap((0, 0, 1, 1), (2, 0, 3, 1))
    (True, False)
    """
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def covers(one: Box, mark: Mark) -> bool:
    """Tell whether a box lies on the circle of a mark.

    >>> covers((0, 0, 10, 10), Mark(14, 5, 5, "")), covers((0, 0, 10, 10), Mark(14, 14, 5, ""))
    (True, False)
    """
    dx, dy = max(one[0] - mark.x, 0.0, mark.x - one[2]), max(one[1] - mark.y, 0.0, mark.y - one[3])
    return dx * dx + dy * dy < mark.radius * mark.radius


def crosses(start: tuple[float, float], end: tuple[float, float], one: Box) -> bool:
    """Tell whether a straight line passes through a box (Liang and Barsky 1984).

    >>> crosses((0, 5), (10, 5), (4, 4, 6, 6)), crosses((0, 0), (10, 1), (4, 4, 6, 6)), crosses((5, 5), (5, 5), (4, 4, 6, 6))
    (True, False, True)
    """
    enter, leave = 0.0, 1.0
    for k in (0, 1):
        way, low, high = end[k] - start[k], one[k] - start[k], one[k + 2] - start[k]
        if way == 0:
            if low > 0 or high < 0:
                return False
            continue
        first, last = sorted((low / way, high / way))
        enter, leave = max(enter, first), min(leave, last)
    return enter < leave


def place(marks: Sequence[Mark], canvas: tuple[float, float]) -> list[Placed | None]:
    """Return where each label stands; None for one without room. Labels find their places in the order of the marks, so put the important ones first.

    A label covers no mark, no label and no leader, its leader crosses no label, and it lies within the canvas.

    >>> [round(one.dx) for one in place([Mark(50, 50, 5, "a"), Mark(54, 50, 5, "b")], (200, 100))]
    [-14, 14]
    """
    boxes: list[Box] = []
    leaders: list[tuple[tuple[float, float], tuple[float, float]]] = []
    found: list[Placed | None] = []
    for mark in marks:
        best = next((at for at in _around(mark, canvas) if _free(mark, at, marks, canvas, boxes, leaders)), None) if mark.text else None
        found.append(best)
        if best is not None:
            boxes.append(box(mark, best))
            if best.led:
                leaders.append(((mark.x, mark.y), (mark.x + best.dx, mark.y + best.dy)))
    return found


def _around(mark: Mark, canvas: tuple[float, float]) -> list[Placed]:
    """Return the places that a label may take, the best first: beside its mark, above, below, askew, moved into the canvas; then farther away."""
    half, tall = halves(mark)
    found = []
    for ring in RINGS:
        if ring > mark.reach:
            break
        away = mark.radius + 3 + ring
        sides = [(away + half, 0.0), (-away - half, 0.0), (0.0, -away - tall), (0.0, away + tall)]
        sides += [(sx * (0.7 * away + half), sy * (0.7 * away + tall)) for sx in (1, -1) for sy in (-1, 1)]
        for sy in (-1, 1):
            inside = min(max(mark.x, half), canvas[0] - half) - mark.x
            sides += [(dx, sy * (away + tall)) for dx in (inside, 0.5 * half, -0.5 * half, half, -half)]
        found += [Placed(dx, dy, ring >= LED) for dx, dy in sides]
    return found


def _free(
    mark: Mark, at: Placed, marks: Sequence[Mark], canvas: tuple[float, float], boxes: list[Box], leaders: list[tuple[tuple[float, float], tuple[float, float]]]
) -> bool:
    mine = box(mark, at)
    if mine[0] < 0 or mine[1] < 0 or mine[2] > canvas[0] or mine[3] > canvas[1]:
        return False
    if any(overlap(mine, other) for other in boxes) or any(covers(mine, other) for other in marks) or any(crosses(*line, mine) for line in leaders):
        return False
    return not at.led or not any(crosses((mark.x, mark.y), (mark.x + at.dx, mark.y + at.dy), other) for other in boxes)
