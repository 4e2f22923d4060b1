"""The report in other forms: PDF, workbook, brief, tables, and single figures as pictures; chosen by the ending of a file's name."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from zonesim.errors import InputError, StorageError
from zonesim.interrupts import stop_if_asked
from zonesim.report.view import View
from zonesim.report.words import Lang

Write = Callable[[View, Path, Lang], None]


def _page(view: View, path: Path, lang: Lang) -> None:
    from zonesim.report.page import write_report

    write_report(view, path, lang)


def _pdf(view: View, path: Path, lang: Lang) -> None:
    from zonesim.report.exports.pdf import write_pdf

    write_pdf(view, path, lang)


def _workbook(view: View, path: Path, lang: Lang) -> None:
    from zonesim.report.exports.workbook import write_workbook

    write_workbook(view, path, lang)


def _brief(view: View, path: Path, lang: Lang) -> None:
    from zonesim.report.exports.brief import write_brief

    write_brief(view, path, lang)


def _tables(view: View, path: Path, lang: Lang) -> None:
    from zonesim.report.exports.tables import write_tables

    write_tables(view, path, lang)


def _zip(view: View, path: Path, lang: Lang) -> None:
    from zonesim.report.exports.tables import write_zip

    write_zip(view, path, lang)


FORMS: dict[str, Write] = {".html": _page, ".pdf": _pdf, ".xlsx": _workbook, ".docx": _brief, ".csv": _tables, ".zip": _zip}
PICTURES = (".png", ".svg", ".pdf", ".html", ".json", ".csv")  #: of a single figure


def export(view: View, path: Path, lang: Lang = "zh") -> None:
    """Write the report in the form that the ending of the file's name says, aside and renamed.

    Raises:
        InputError: an unknown ending, or what the form needs is not installed.
        StorageError: the file cannot be written.
    """
    write = FORMS.get(path.suffix.lower())
    if write is None:
        raise InputError(f"--out {path}: a report is one of {', '.join(FORMS)}; a single figure (--figure) one of {', '.join(PICTURES)}")
    whole(path, lambda aside: write(view, aside, lang))


def whole(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file aside, then rename it, so that it is whole or not there.

    Raises:
        StorageError: it cannot be written.
    """
    aside = path.with_name(f".{os.getpid()}-{path.name}")
    try:
        write(aside)
        stop_if_asked()
        os.replace(aside, path)
    except OSError as error:
        raise StorageError(f"{path}: {error.strerror or error}; it was not written") from error
    finally:
        aside.unlink(missing_ok=True)
