"""The page: one offline HTML file in both languages, with a digest of itself."""

from __future__ import annotations

import contextlib
import functools
import html
import json
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from zonesim.errors import StorageError
from zonesim.interrupts import stop_if_asked
from zonesim.report.document import Document, document
from zonesim.report.drawing import plotly_script
from zonesim.report.figures import Figure
from zonesim.report.inert import inert
from zonesim.report.inputs import Measure, head
from zonesim.report.sealed import seal
from zonesim.report.texts import say
from zonesim.report.view import View
from zonesim.report.words import LANGS, Lang, word
from zonesim.results import Results


@functools.cache
def asset(name: str) -> str:
    """Return a file of the page's style or script."""
    return (Path(__file__).parent / "assets" / name).read_text(encoding="utf-8")


def text(value: Any) -> str:
    """Return a value as inert text.

    >>> text("<b> & 'c'")
    '&lt;b&gt; &amp; &#x27;c&#x27;'
    """
    return html.escape(inert(value), quote=True)


_QUANTITY = re.compile(r"[-+−]?\d[\d,.]*[%‰]?[万亿]{0,2}(?:年(?:第\d季度)?|[元亩人个处次吨天项家](?:/年)?)?")


def prose(value: Any) -> str:
    """Return a sentence as inert text in which no line ends within a year or a quantity, as it may between a digit and a Chinese character.

    >>> prose("到2015年第1季度为 <3人")
    "到<span class='whole'>2015年第1季度</span>为 &lt;<span class='whole'>3人</span>"
    >>> prose("多1.2亿元/年")
    "多<span class='whole'>1.2亿元/年</span>"
    >>> prose("in 2015")
    'in 2015'
    """
    said, end, parts = str(value), 0, []
    for match in _QUANTITY.finditer(said):
        if not match[0].isascii():
            parts += [text(said[end : match.start()]), f"<span class='whole'>{text(match[0])}</span>"]
            end = match.end()
    return "".join([*parts, text(said[end:])])


def table(columns: Iterable[str], rows: Iterable[Iterable[Any]], numeric: Iterable[bool] = ()) -> str:
    """Return an HTML table of texts."""
    right = list(numeric)
    mark = [" class='n'" if k < len(right) and right[k] else "" for k in range(200)]
    top = "".join(f"<th scope='col'>{text(one)}</th>" for one in columns)
    body = "".join("<tr>" + "".join(f"<td{mark[k]}>{text(cell)}</td>" for k, cell in enumerate(row)) + "</tr>" for row in rows)
    return f"<div class='scroll'><table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"


def script_json(value: Any) -> str:
    """Return JSON that cannot leave its script element."""
    raw = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return raw.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def shown(one: Figure, plots: dict[str, str], lang: Lang) -> str:
    """Return the element of a figure with its reading and data table, and enter its JSON into ``plots``."""
    key = f"{one.id}-{lang}"
    plots[key] = json.dumps(one.spec, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    note = f"<p class='note'>{prose(one.note)}</p>" if one.note else ""
    height = one.spec["layout"].get("height", 420)
    data = table([c.title for c in one.table.columns], one.table.written(lang), [c.kind != "text" for c in one.table.columns])
    return (
        f"<figure id='figure-{text(key)}'><figcaption>{prose(one.title)}</figcaption><p class='reading'>{prose(one.reading)}</p>"
        f"<div class='scroll'><div class='plot' id='{text(key)}' role='img' aria-label='{text(one.alt)}' style='min-height:{int(height)}px;min-width:{one.least}px'></div></div>{note}"
        f"<details class='data'><summary>{text(word('table', lang))}</summary>{data}</details></figure>"
    )


def section(made: Document, plots: dict[str, str]) -> str:
    """Return the element of one language: contents, summary, inputs, figures, provenance."""
    lang = made.lang
    parts: dict[str, str] = {"summary": _summary(made)}
    for key, questions in made.sections:
        parts[key] = "".join(f"<h3 id='question-{asked.id}-{lang}'>{text(asked.asks(lang))}</h3>{_drawn(drawn, plots, lang)}" for asked, drawn in questions)
    if made.inputs:
        parts["inputs"] = "".join(f"<h3>{text(name)}</h3>{_measures(found, lang)}" for name, found in made.inputs)
    parts["provenance"] = _provenance(made)
    entries = "".join(f"<li><a href='#section-{key}-{lang}'>{text(say(f'section.{key}', lang))}</a>{_questions(made, key)}</li>" for key in parts)
    nav = f"<nav aria-label='{text(say('section.contents', lang))}'><details open><summary>{text(say('section.contents', lang))}</summary><ol>{entries}</ol></details></nav>"
    body = "".join(f"<h2 id='section-{key}-{lang}'>{text(say(f'section.{key}', lang))}</h2>{found}" for key, found in parts.items())
    return f"<section lang='{lang}' hidden>{nav}{body}</section>"


def _questions(made: Document, key: str) -> str:
    found = next((questions for name, questions in made.sections if name == key), [])
    named = [(asked, asked.title(made.lang)) for asked, _ in found if asked.title(made.lang) != say(f"section.{key}", made.lang)]
    return "".join(f" · <a class='q' href='#question-{asked.id}-{made.lang}'>{text(title)}</a>" for asked, title in named)


def _drawn(drawn: list[Figure], plots: dict[str, str], lang: Lang) -> str:
    """Return figures of one question: the first two open, the rest folded."""
    first = "".join(shown(one, plots, lang) for one in drawn[:2])
    rest = [f"<details class='more'><summary>{text(one.title)}</summary>{shown(one, plots, lang)}</details>" for one in drawn[2:]]
    return first + "".join(rest)


def _summary(made: Document) -> str:
    lang = made.lang
    paragraphs = "".join(f"<dt>{text(heading)}</dt><dd>{prose(said)}</dd>" for heading, said in made.summary)
    glance = ""
    if made.glance is not None:
        glance = f"<h3>{text(say('summary.glance', lang))}</h3>" + table([c.title for c in made.glance.columns], made.glance.written(lang))
    cautions = "".join(f"<p class='warn'>{prose(one)}</p>" for one in made.cautions)
    mixed = f"<p class='warn'>{prose(made.mixed)}</p>" if made.mixed else ""
    return f"{mixed}<dl class='summary'>{paragraphs}</dl>{glance}{cautions}"


def _measures(found: list[Measure], lang: Lang) -> str:
    if not found:
        return f"<p>{text(word('none', lang))}</p>"
    parts, theme = [f"<p class='note'>{text(say('inputs.count', lang, n=len(found), settings=sum(len(one.rows) for one in found)))}</p>"], ""
    for one in found:
        if one.theme != theme:
            theme = one.theme
            parts.append(f"<h4>{text(say(f'theme.{theme}', lang))}</h4>")
        facts = " · ".join(part for part in (one.clause, one.where and say("inputs.where", lang, places=one.where), one.dates) if part)
        parts.append(
            f"<details class='measure'><summary><b>{text(one.name)}</b> <span class='note'>{text(facts)}</span></summary>{table(head(lang), one.rows)}</details>"
        )
    return "".join(parts)


def _provenance(made: Document) -> str:
    lang = made.lang
    rows = "".join(f"<tr><th scope='row'>{text(label)}</th><td>{text(value)}</td></tr>" for label, value in made.facts)
    columns = [word("indicator", lang), word("unit", lang), say("column.definition", lang)]
    return (
        f"<p class='note'>{text(say('provenance.how', lang))}</p><div class='scroll'><table class='facts'><tbody>{rows}</tbody></table></div>"
        f"<details><summary>{text(say('provenance.definitions', lang, n=len(made.definitions)))}</summary>{table(columns, made.definitions)}</details>"
    )


def write_report(results: Results | View, path: Path, lang: Lang = "zh") -> None:
    """Write the report as one HTML file that needs no network.

    Args:
        results: of any number of scenarios, or a view of several or of a sweep.
        path: file to write (aside, then renamed).
        lang: language shown first, zh or en.

    Raises:
        StorageError: the file cannot be written.
    """
    view = results if isinstance(results, View) else View([results])
    sections: list[str] = []
    plots: dict[str, str] = {}
    titles: dict[Lang, str] = {}
    for language in LANGS:
        made = document(view, language)
        sections.append(section(made, plots))
        titles[language] = made.title
    write_page(path, sections, plots, titles, lang)


def write_page(path: Path, sections: list[str], plots: dict[str, str], titles: Mapping[Lang, str], lang: Lang = "zh") -> None:
    """Write sections in both languages with their figures as one HTML file that needs no network, aside and renamed.

    Args:
        path: file to write.
        sections: one for each language, each a ``section`` element.
        plots: figures as JSON, by the id of their element.
        titles: of the page, by language.
        lang: language shown first, zh or en.

    Raises:
        StorageError: the file cannot be written.
    """
    switch = {language: word("switch", language) for language in LANGS}
    said = {language: inert(titles[language]) for language in LANGS}
    data = "{" + ",".join(f"{json.dumps(k)}:{script_json(v)}" for k, v in plots.items()) + "}"
    policy = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:"
    page = (
        f"<!doctype html><html lang='{'zh-CN' if lang == 'zh' else 'en'}'><head><meta charset='utf-8'><meta http-equiv='Content-Security-Policy' content=\"{policy}\">"
        f"<meta name='viewport' content='width=device-width,initial-scale=1'><link rel='icon' href='data:,'>{seal()}<title>{text(titles[lang])}</title><style>{asset('page.css')}</style></head><body>"
        f"<header><div><button id='switch' type='button'>{text(switch[lang])}</button><h1 id='title'>{text(titles[lang])}</h1></div></header><main>{''.join(sections)}</main>"
        f"<script>{plotly_script()}</script>"
        f"<script>const FIGURES={data};const TITLES={script_json(said)};const SWITCH={script_json(switch)};const START={script_json(json.dumps(lang))};{asset('page.js')}{asset('fit.js')}</script></body></html>\n"
    )
    write_text(path, seal(page))


def write_text(path: Path, content: str) -> None:
    """Write a text aside, then rename it.

    Raises:
        StorageError: the file cannot be written.
    """
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        aside.write_bytes(content.encode("utf-8"))
        stop_if_asked()
        os.replace(aside, path)
    except OSError as error:
        raise StorageError(f"{path}: {error.strerror or error}; the report was not written, the tables are whole: 'zonesim report' writes it again") from error
    finally:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
