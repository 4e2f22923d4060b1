"""What a page of figures shows: views of stored results and sweeps, kept while they are looked at, and the figures made of them."""

from __future__ import annotations

import contextlib
import io
import tempfile
import threading
from collections.abc import Hashable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from zonesim.errors import Busy, InputError, NotTogether
from zonesim.report.exports import export
from zonesim.report.figures import QUESTIONS, Choice, Figure, Question, draw
from zonesim.report.figures.nested import only_parks
from zonesim.report.sources import sweep_in
from zonesim.report.summary import sentences
from zonesim.report.texts import say
from zonesim.report.view import View
from zonesim.report.words import Lang
from zonesim.web.folder import DataFolder
from zonesim.web.kept import Kept
from zonesim.web.words import say as say_here

MOST_RUNS, KEPT_VIEWS, KEPT_FIGURES, KEPT_EXPORTS, KEPT_PAGES = 8, 8, 256, 4, 64
READ_AHEAD = 3  #: stored sweeps that are read before somebody asks
PARTS = ("indicator", "place", "scenario", "outcome", "second")
FREE = ("effects", "map", "time", "where", "zones")  #: questions whose parts may be chosen each by itself


@dataclass(frozen=True)
class Shown:
    """A view with the key of what it was made of."""

    key: Hashable
    view: View

    def questions(self) -> list[Question]:
        """Return the questions that it can answer; where something changes comes first."""
        fitting = [one for one in QUESTIONS.values() if one.fits(self.view) and not _says_nothing(self.view, one)]
        return sorted(fitting, key=lambda one: one.id != "where")


def _says_nothing(view: View, asked: Question) -> bool:
    """Tell whether a question about a sweep has no answer by the kind of its design, or for want of targets."""
    if view.sweep is None:
        return False
    design = view.sweep.facts["design"]
    return (
        (asked.id == "plane" and design["method"] != "morris")
        or (asked.id == "together" and not design.get("second_order"))
        or (asked.id == "probability" and not any(one.get("target") is not None for one in view.sweep.outcomes))
    )


class Gallery:
    """Views and figures over a data folder.

    Args:
        folder: of the stored results.
    """

    def __init__(self, folder: DataFolder) -> None:
        self.folder = folder
        self._views: Kept[View] = Kept(KEPT_VIEWS)
        self._figures: Kept[Figure | None] = Kept(KEPT_FIGURES)
        self._options: Kept[dict[str, list[str]]] = Kept(KEPT_FIGURES)
        self._sentences: Kept[list[tuple[str, str]]] = Kept(2 * KEPT_VIEWS)
        self._exports: Kept[bytes] = Kept(KEPT_EXPORTS)
        self.pages: Kept[Any] = Kept(KEPT_PAGES)  #: pages of figures as they are sent
        self._reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ahead")
        self.one_at_a_time = threading.Lock()  #: making a report takes seconds of a processor

    def runs(self, names: Sequence[str]) -> Shown:
        """Return the view of stored results together; the first scenario of the first is the baseline.

        Raises:
            InputError: none or too many are named, one is not there, or they cannot be compared.
        """
        wanted = list(dict.fromkeys(names))
        if not 1 <= len(wanted) <= MOST_RUNS:
            raise NotTogether(f"choose 1 to {MOST_RUNS} results, not {len(wanted)}")
        found = [self.folder.run(name) for name in wanted]
        key = tuple((one.path, one.written) for one in found)
        return Shown(key, self._views.get(key, lambda: View([one.path for one in found])))

    def sweep(self, name: str) -> Shown:
        """Return the view of a stored sweep.

        Raises:
            InputError: it is not there, or damaged.
        """
        key = self._key(name)
        return Shown(key, self._views.get(key, lambda: View(sweep=sweep_in(key[0]))))

    def _key(self, store: str) -> tuple[Any, ...]:
        folder = self.folder.store(store)
        return (folder, *(_stamp(path) for path in (folder / "index.sqlite", folder / "index.sqlite-wal", folder / "parts")))

    def has_read(self, store: str) -> bool:
        """Tell whether a stored sweep is kept, as it stands now.

        Raises:
            InputError: it is not there.
        """
        return self._views.has(self._key(store))

    def ahead(self, store: str) -> None:
        """Read a stored sweep on a thread beside, since it will be asked for in a moment; one at a time, and what is wrong is told to whoever asks."""

        def read() -> None:
            with contextlib.suppress(InputError):
                self.sweep(store)

        self._reader.submit(read)

    def read_newest(self) -> None:
        """Read the newest sweeps ahead: one of them is asked for next."""
        for name in self.folder.stores()[:READ_AHEAD]:
            if not self.has_read(name):
                self.ahead(name)

    @property
    def exports(self) -> Kept[bytes]:
        """Reports that were made to be taken along."""
        return self._exports

    def options(self, shown: Shown, asked: Question) -> dict[str, list[str]]:
        """Return what can be chosen for a question, see :func:`options`."""
        return self._options.get((shown.key, asked.id), lambda: options(shown.view, asked))

    def sentences(self, shown: Shown, lang: Lang) -> list[tuple[str, str]]:
        """Return the summary of what is shown: headings with their sentences."""
        return self._sentences.get((shown.key, lang), lambda: list(sentences(shown.view, lang)))

    def figure(self, shown: Shown, name: str, lang: Lang, given: dict[str, str]) -> tuple[Figure | None, Choice]:
        """Return the figure of a question, and the choice that it was made for.

        Args:
            shown: of what.
            name: of the question.
            lang: language.
            given: parts of the choice; what is not given, or is not there, is as the first that a report shows.

        Raises:
            InputError: there is no such question for this view.
        """
        if name not in QUESTIONS or not QUESTIONS[name].fits(shown.view):
            raise InputError(f"no figure {name[:40]!r} here")
        asked = QUESTIONS[name]
        choices = asked.choices(shown.view)
        choice = choices[0] if choices else Choice()
        allowed = self.options(shown, asked)
        wanted = {part: value for part, value in given.items() if part in allowed and value in allowed[part]}
        choice = replace(choice, **wanted)
        if name not in FREE and choices and choice not in choices:  # its parts go together: the nearest that a report would show
            choice = max(choices, key=lambda one: sum(getattr(one, part) == value for part, value in wanted.items()))
        made = self._figures.get((shown.key, name, lang, choice), lambda: draw(name, shown.view, lang, choice))
        return made, choice


def written(gallery: Gallery, shown: Shown, form: str, lang: Lang) -> io.BytesIO:
    """Return the report of a view in a form: html, xlsx, docx or zip (tables as CSV).

    Raises:
        InputError: what the form needs is not installed.
        Busy: another report is being made.
    """

    def make() -> bytes:
        if not gallery.one_at_a_time.acquire(blocking=False):
            raise Busy(say_here("figures.busy", lang))
        try:
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / f"report.{form}"
                export(shown.view, path, lang)
                return path.read_bytes()
        finally:
            gallery.one_at_a_time.release()

    return io.BytesIO(gallery.exports.get((shown.key, form, lang), make))


def options(view: View, asked: Question) -> dict[str, list[str]]:
    """Return what can be chosen for each part of a question's choice: everything that the view has, not only what a report shows."""
    found: dict[str, list[str]] = {}
    for part in asked.takes:
        listed = list(dict.fromkeys(getattr(one, part) for one in asked.choices(view)))
        if part == "scenario":
            listed = [one.id for one in view.scenes if asked.id not in ("where", "map", "net", "costs") or one.id != view.baseline.id]
        elif part == "place" and asked.id in ("effects", "time"):
            listed = list(dict.fromkeys([*listed, *places(view)]))
        elif part == "indicator" and asked.id in ("where", "time", "map", "zones"):
            listed = list(dict.fromkeys([*listed, *indicators(view, asked.id)]))
        found[part] = [one for one in listed if one]
    return {part: values for part, values in found.items() if len(values) > 1}


def places(view: View) -> list[str]:
    """Return every place of a view that has indicators, the whole region first; a zone's only park is its zone."""
    doubled = only_parks(view)
    named = [str(one["id"]) for group in ("counties", "zones", "places") for one in view.run.get(group, [])]
    return [view.city, *(one for one in named if one not in doubled)]


def indicators(view: View, question: str) -> list[str]:
    """Return every indicator of a view that a question could be about: where something changes, those that are known at more than one place."""
    several = question != "time"
    rows = view.query(
        "SELECT indicator::VARCHAR AS indicator FROM indicators WHERE period::VARCHAR = ? GROUP BY 1 HAVING count(DISTINCT place) > ? ORDER BY 1",
        [view.years[-1], 1 if several else 0],
    )
    return [str(one) for one in rows["indicator"]]


def label(view: View, asked: Question, part: str, value: str, lang: Lang) -> str:
    """Return the name of an option."""
    if part == "scenario":
        return view.scene(value).name(lang)
    if view.sweep is not None:
        return view.sweep.outcome(value, lang)
    if part == "second":
        return say(f"by.{value}", lang)
    if part == "place":
        return view.place(value, lang)
    return say(f"measure.{value}", lang) if asked.id == "gains" else view.indicator(value, lang)


def _stamp(path: Path) -> tuple[Any, ...]:
    try:
        status = path.stat()
    except OSError:
        return ()
    return (status.st_mtime_ns, status.st_size) if status.st_size else ()  # reading alone leaves an empty log behind
