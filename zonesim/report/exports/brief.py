"""The brief: a few pages in Word for those who decide, with the summary, the main figures, and what differs."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from zonesim.errors import InputError
from zonesim.report.document import Document, document
from zonesim.report.exports.pictures import pictures
from zonesim.report.figures import Figure
from zonesim.report.inert import inert
from zonesim.report.inputs import head
from zonesim.report.texts import say
from zonesim.report.view import View
from zonesim.report.words import Lang, word

PICTURED = ("effects", "targets", "map", "net", "gains", "ranking", "tradeoff")  # one figure of each
FONT = {"zh": "Noto Sans CJK SC", "en": "Noto Sans"}


def write_brief(view: View, path: Path, lang: Lang) -> None:
    """Write the brief.

    Raises:
        InputError: python-docx, kaleido or a browser is not installed.
    """
    try:
        import docx
    except ImportError:
        raise InputError("a .docx needs the extra: pip install 'zonesim[report]' (python-docx)") from None
    made = document(view, lang)
    chosen = [next(one for one in drawn) for _, questions in made.sections for asked, drawn in questions if asked.id in PICTURED]
    drawn = pictures(chosen, "png", "a .docx")
    word_file = docx.Document()
    _styles(word_file, lang)
    word_file.add_heading(inert(made.title), 0)
    word_file.core_properties.title = inert(made.title)[:250]
    if made.mixed:
        word_file.add_paragraph(inert(made.mixed), style="Intense Quote")
    for heading, said in made.summary:
        paragraph = word_file.add_paragraph()
        paragraph.add_run(inert(heading) + ("\uff1a" if lang == "zh" else ": ")).bold = True
        paragraph.add_run(inert(said))
    if made.glance is not None:
        word_file.add_heading(say("summary.glance", lang), 2)
        _table(word_file, [c.title for c in made.glance.columns], made.glance.written(lang))
    for caution in made.cautions:
        word_file.add_paragraph(inert(caution), style="Intense Quote")
    word_file.add_heading(say("brief.figures", lang), 1)
    for one, picture in zip(chosen, drawn, strict=True):
        _figure(word_file, one, picture)
    _measures(word_file, made)
    word_file.add_heading(say("section.provenance", lang), 1)
    _table(word_file, [say("provenance.fact", lang), word("value", lang)], made.facts)
    word_file.save(str(path))


def _styles(word_file: Any, lang: Lang) -> None:
    """Set the font of both scripts, and A4."""
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3"):
        style = word_file.styles[name]
        style.font.name = FONT[lang]
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in ("w:eastAsia", "w:ascii", "w:hAnsi"):
            fonts.set(qn(key), FONT[lang])
        for key in ("w:asciiTheme", "w:eastAsiaTheme", "w:hAnsiTheme", "w:cstheme"):
            fonts.attrib.pop(qn(key), None)
    word_file.styles["Normal"].font.size = Pt(10.5)
    word_file.styles["Title"].font.size = Pt(20)
    page = word_file.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.2)
    page.top_margin = page.bottom_margin = Cm(2)


def _figure(word_file: Any, one: Figure, picture: bytes) -> None:
    from docx.shared import Cm

    word_file.add_heading(inert(one.title), 2)
    word_file.add_paragraph(inert(one.reading))
    shape = word_file.add_picture(io.BytesIO(picture), width=Cm(16.4))
    shape._inline.docPr.set("descr", inert(one.alt))  # alternative text for a screen reader
    if one.note:
        word_file.add_paragraph(inert(one.note), style="Caption")


def _table(word_file: Any, columns: list[str], rows: Any) -> None:
    from docx.shared import Pt

    rows = [list(row) for row in rows]
    made = word_file.add_table(rows=1 + len(rows), cols=len(columns), style="Light Grid Accent 1")
    for i, row in enumerate([columns, *rows]):
        for j, value in enumerate(row):
            cell = made.rows[i].cells[j]
            cell.text = inert(value)
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(8.5)


def _measures(word_file: Any, made: Document) -> None:
    lang = made.lang
    for name, found in made.inputs:
        if not found:
            continue
        word_file.add_heading(say("brief.inputs", lang, scenario=inert(name)), 1)
        rows = [(f"{one.name} {one.clause}", *row[:3]) for one in found for row in one.rows]
        _table(word_file, [say("inputs.measure", lang), *head(lang)[:3]], rows)
