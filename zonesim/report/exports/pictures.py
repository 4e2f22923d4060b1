"""A single figure as a picture (PNG, SVG, PDF), as its data, or as a page."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from zonesim.errors import InputError, nearest
from zonesim.report.exports import PICTURES, whole
from zonesim.report.exports.browser import find_browser
from zonesim.report.exports.tables import write_rows
from zonesim.report.figures import QUESTIONS, Choice, Figure, draw
from zonesim.report.figures.style import markup_free
from zonesim.report.view import View
from zonesim.report.words import LANGS, Lang

WIDTH, SCALE = 1000, 2


def find_figure(view: View, name: str, lang: Lang) -> Figure:
    """Return a figure by its id: a question (``effects``), or a question with its choice (``time.gdp.etdz``).

    Raises:
        InputError: there is none of this name, or this view has nothing to show for it.
    """
    head, _, key = name.partition(".")
    known = {asked.id: asked for asked in QUESTIONS.values() if asked.fits(view)}
    if head not in known:
        raise InputError(f"--figure {name}: no such figure of these results{nearest(head, known)} (figures: {', '.join(sorted(known))})")
    choices = {choice.key(): choice for choice in known[head].choices(view)}
    if key and key not in choices:
        raise InputError(f"--figure {name}: no such choice{nearest(key, choices)} (choices: {', '.join(f'{head}.{one}' for one in choices if one) or head})")
    found = draw(head, view, lang, choices[key] if key else next(iter(choices.values()), Choice()))
    if found is None:
        raise InputError(f"--figure {name}: these results have nothing to show for it")
    return found


def write_figure(view: View, name: str, path: Path, lang: Lang) -> None:
    """Write a figure in the form that the ending of the file's name says.

    Raises:
        InputError: an unknown ending, no such figure, or what the form needs is not installed.
        StorageError: the file cannot be written.
    """
    ending = path.suffix.lower()
    if ending not in PICTURES:
        raise InputError(f"--out {path}: a figure is one of {', '.join(PICTURES)}")
    found = find_figure(view, name, lang)
    if ending == ".json":
        whole(path, lambda aside: aside.write_text(json.dumps(found.spec, ensure_ascii=False, allow_nan=False), encoding="utf-8"))
    elif ending == ".csv":
        whole(path, lambda aside: write_rows(found.table, aside))
    elif ending == ".html":
        _page(view, name, path, lang)
    else:
        picture = pictures([found], ending[1:], f"a {ending}")[0]
        whole(path, lambda aside: aside.write_bytes(picture))


def _page(view: View, name: str, path: Path, lang: Lang) -> None:
    from zonesim.report.page import shown, write_page

    plots: dict[str, str] = {}
    made = {language: find_figure(view, name, language) for language in LANGS}
    sections = [f"<section lang='{language}' hidden>{shown(one, plots, language)}</section>" for language, one in made.items()]
    write_page(path, sections, plots, {language: one.title for language, one in made.items()}, lang)


def pictures(figures: list[Figure], form: str, what: str) -> list[bytes]:
    """Return figures as pictures, drawn by one browser.

    Raises:
        InputError: kaleido or a browser is not installed, or the browser failed.
    """
    try:
        import kaleido
    except ImportError:
        raise InputError(f"{what} needs the extra: pip install 'zonesim[report]' (kaleido)") from None
    os.environ["BROWSER_PATH"] = str(find_browser(what))
    return _drawn(kaleido, [_titled(one) for one in figures], form)


def _titled(one: Figure) -> dict[str, Any]:
    """Return the plot with its title on top, for a picture that stands alone; without buttons and sliders."""
    layout = {key: value for key, value in one.spec["layout"].items() if key not in ("updatemenus", "sliders")}
    margin = dict(layout.get("margin", {}))
    height = int(layout.get("height", 420)) + 34
    if "sliders" in one.spec["layout"]:  # their room
        height -= int(margin["b"]) - 40
        margin["b"] = 40
    title = {"text": markup_free(one.title), "x": 0.01, "xanchor": "left", "y": 0.99, "yanchor": "top", "font": {"size": 16}}
    margin["t"] = float(margin.get("t", 40)) + 34
    return {"data": one.spec["data"], "layout": {**layout, "template": {}, "width": WIDTH, "height": height, "title": title, "margin": margin}}


def _drawn(kaleido: Any, specs: list[dict[str, Any]], form: str) -> list[bytes]:
    import asyncio

    async def every() -> list[bytes]:
        async with kaleido.Kaleido(n=1, timeout=90) as browser:
            return [await browser.calc_fig(spec, opts={"format": form, "scale": SCALE if form == "png" else 1}) for spec in specs]

    try:
        return _in_a_thread(lambda: asyncio.run(every()))
    except InputError:
        raise
    except Exception as error:
        lines = str(error).strip().splitlines()
        raise InputError(f"the browser could not draw the figure: {type(error).__name__}: {lines[0][:300] if lines else ''}") from error


def _in_a_thread(work: Callable[[], list[bytes]]) -> list[bytes]:
    """Do work in a thread of its own, so that it also works where an event loop runs already (a notebook)."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()
