"""What a figure is: the plot, the table behind it, its alternative text and its reading; and the register of the questions that figures answer."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

from zonesim.report.figures.axes import MONEY
from zonesim.report.figures.plot import Plot
from zonesim.report.texts import say
from zonesim.report.view import View
from zonesim.report.words import COUNTED, Lang, digits_apart, number, plain, quantity

Kind = Literal["text", "number", "share", "count", "times", "plain"]
LEAST = 440  #: pixels that most figures need: names beside bars, and an axis
MOST_TIMES = 1000  #: a ratio beyond it is not written out: it says no more
Cell = str | float | int | None


@dataclass(frozen=True)
class Column:
    """A column of a figure's table: its heading, how its cells are written, and with how many significant digits (see ``digits_apart``)."""

    title: str
    kind: Kind = "text"
    digits: int = 3


@dataclass(frozen=True)
class Table:
    """The data behind a figure: numbers as numbers, names in the reader's language."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    compared: tuple[int, ...] = ()  #: columns whose numbers of a row are read against each other: with as many digits as tell them apart

    def written(self, lang: Lang) -> list[list[str]]:
        """Return the rows as texts."""
        return [
            [written(cell, column.kind, lang, digits) for cell, column, digits in zip(row, self.columns, self._digits(row), strict=True)] for row in self.rows
        ]

    def _digits(self, row: tuple[Cell, ...]) -> list[int]:
        apart = digits_apart([value for k in self.compared if isinstance(value := row[k], int | float)])
        return [max(column.digits, apart if k in self.compared else 3) for k, column in enumerate(self.columns)]


def written(cell: Cell, kind: Kind, lang: Lang, digits: int = 3) -> str:
    """Return a cell as people write it.

    >>> written(0.25, "share", "en"), written(12345.6, "number", "zh"), written(float("nan"), "number", "en"), written(None, "text", "en"), written(67.2, "count", "en")
    ('25 %', '1.23万', '–', '–', '67')
    >>> written(2230123.4, "plain", "zh"), written(0.0123, "plain", "en")
    ('2,230,123', '0.0123')
    >>> written(4.49e6, "times", "zh"), written(4.49e6, "times", "en"), written(12.3, "times", "en")
    ('超过 1,000', 'over 1,000', '12.3')
    """
    if cell is None:
        return "–"
    if isinstance(cell, str) or kind == "text":
        return str(cell)
    if not math.isfinite(cell):
        return "–"
    if kind == "times" and cell > MOST_TIMES:
        return say("table.over", lang, most=f"{MOST_TIMES:,}")
    if kind == "plain":
        return plain(cell, digits)
    if kind == "count":
        return quantity(cell, COUNTED[0], lang, digits)
    return f"{100 * cell:.0f}{'%' if lang == 'zh' else ' %'}" if kind == "share" else number(cell, lang, digits)


def kind_of(unit: str) -> Kind:
    """Return how numbers of a unit are written.

    >>> kind_of("persons"), kind_of("days"), kind_of("10^8 CNY/yr")
    ('count', 'number', 'plain')
    """
    return "count" if unit in COUNTED else "plain" if unit.partition("/")[0] in MONEY else "number"


@dataclass(frozen=True)
class Figure:
    """A plot with what must stand beside it.

    Attributes:
        id: of the question it answers, with its choice (``time.gdp.etdz``): letters, digits, dots, dashes.
        title: what it shows.
        content: what is drawn.
        table: its data.
        alt: alternative text for those who do not see it.
        reading: one sentence computed from the data.
        note: how it is to be read.
    """

    id: str
    title: str
    content: Plot
    table: Table
    alt: str
    reading: str
    note: str = ""

    @functools.cached_property
    def spec(self) -> dict[str, Any]:
        """The plot as plain data, as Plotly's JavaScript takes it."""
        return dict(self.content.spec())

    @property
    def least(self) -> int:
        """The width in pixels below which its parts would lie on each other: a narrower page scrolls it."""
        meta = self.spec["layout"].get("meta", {})
        return int(meta.get("least", 0 if "sizes" in meta else LEAST))

    @property
    def plot(self) -> Any:
        """The plot as a ``plotly.graph_objects.Figure`` (made on demand: its checks take longer than everything else)."""
        import plotly.graph_objects as go

        return go.Figure({**self.spec, "layout": {**self.spec["layout"], "template": {}}})


@dataclass(frozen=True)
class Choice:
    """What a figure is asked about, where its question leaves something open."""

    indicator: str = ""
    place: str = ""
    scenario: str = ""
    outcome: str = ""
    second: str = ""  #: another outcome, or indicator

    def key(self) -> str:
        """Return the parts that are set, as they stand in a figure's id."""
        return ".".join(part for part in (self.indicator, self.place, self.scenario, self.outcome, self.second) if part)


Draw = Callable[[View, Lang, Choice], Figure | None]
Needs = Literal["values", "pair", "effects", "targets", "net", "costs", "ledger", "breakdown", "map", "ranking", "points"]


@dataclass(frozen=True)
class Question:
    """An entry of the register.

    Attributes:
        id: its name; ``figure.<id>.title`` and ``figure.<id>.question`` are its texts.
        draw: makes the figure; None when this view has nothing to show for the choice.
        needs: what a view must have.
        takes: parts of a choice that it reads.
        choices: the choices that a report shows, most important first.
        section: heading under which a report shows it.
    """

    id: str
    draw: Draw
    needs: tuple[Needs, ...]
    takes: tuple[str, ...]
    choices: Callable[[View], list[Choice]]
    section: str

    def title(self, lang: Lang) -> str:
        """Return what it shows, whatever the choice."""
        plain = say(f"figure.{self.id}.title", lang).partition("{")[0].rstrip(" :\uff1a")
        return plain or self.asks(lang)

    def asks(self, lang: Lang) -> str:
        """Return the question in words."""
        return say(f"figure.{self.id}.question", lang)

    def fits(self, view: View) -> bool:
        """Tell whether a view has what the figure needs."""
        return set(self.needs) <= view.has


QUESTIONS: dict[str, Question] = {}
SECTIONS = ("effects", "targets", "time", "place", "land", "money", "net", "gains", "ranking")  #: headings, in the order of a report


def question(
    name: str, section: str, needs: tuple[Needs, ...], takes: tuple[str, ...] = (), choices: Callable[[View], list[Choice]] = lambda view: [Choice()]
) -> Callable[[Draw], Draw]:
    """Enter a function into the register of questions."""

    def enter(draw: Draw) -> Draw:
        QUESTIONS[name] = Question(name, draw, needs, takes, choices, section)
        return draw

    return enter


def draw(name: str, view: View, lang: Lang, choice: Choice | None = None) -> Figure | None:
    """Return the figure of a question: for a choice, or for the first that a report would show; None where the view has nothing to show.

    >>> from zonesim.report.figures import QUESTIONS, draw
    >>> draw("nothing", None, "en")
    Traceback (most recent call last):
    ...
    KeyError: 'nothing'
    """
    asked = QUESTIONS[name]
    if not asked.fits(view):
        return None
    if choice is None:
        known = asked.choices(view)
        if not known:
            return None
        choice = known[0]
    made = asked.draw(view, lang, choice)
    if made is None:
        return None
    key = choice.key()
    return replace(made, id=f"{name}.{key}" if key else name)


def every_figure(view: View, lang: Lang) -> list[tuple[Question, list[Figure]]]:
    """Return all figures that a report of a view shows, question by question."""
    found: list[tuple[Question, list[Figure]]] = []
    for asked in sorted(QUESTIONS.values(), key=lambda one: SECTIONS.index(one.section)):
        if asked.fits(view):
            made = [draw(asked.id, view, lang, choice) for choice in asked.choices(view)]
            drawn = [one for one in made if one is not None]
            if drawn:
                found.append((asked, drawn))
    return found


def cells(*values: Any) -> tuple[Cell, ...]:
    """Return a row of a table; NumPy's numbers become Python's."""
    return tuple(value.item() if hasattr(value, "item") else value for value in values)
