"""The clauses of the five documents: their text, and what each says in English."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from zonesim.errors import nearest

DOCUMENTS = {
    "000": ("张掖市2018年实施意见", "Zhangye 2018"),
    "001": ("河北某县高新区实施意见", "County high-tech zone of Hebei"),
    "002": ("平凉市2023年意见", "Pingliang 2023"),
    "003": ("三明市2024年若干措施", "Sanming 2024"),
    "004": ("兰州经济区2015年方案", "Lanzhou 2015"),
}

LAW = re.compile(r".+〔\d{4}〕\d+号")  #: a document of the state by its number, such as 国发〔2015〕25号


@dataclass(frozen=True)
class Clause:
    """A clause: its number in the catalogue (``002§2.7a``), its document, its text, and what it says in English."""

    id: str
    document: tuple[str, str]
    zh: str
    en: str


@lru_cache(maxsize=1)
def clauses() -> dict[str, Clause]:
    """Return every clause by its number."""
    rows = csv.DictReader(io.StringIO((files("zonesim") / "data" / "clauses.csv").read_text(encoding="utf-8"), newline=""))
    return {row["clause"]: Clause(row["clause"], DOCUMENTS[row["clause"][:3]], row["zh"], row["en"]) for row in rows}


def cited(text: str) -> list[Clause]:
    """Return the clauses that a citation names; what is no clause of the documents (a law) is left out.

    >>> [one.id for one in cited("002§2.7a; 002§2.7b; 国发〔2015〕25号")]
    ['002§2.7a', '002§2.7b']
    """
    known = clauses()
    return [known[part.strip()] for part in text.split(";") if part.strip() in known]


def miscited(text: str) -> list[str]:
    """Return what is wrong with a citation: each part must be a clause of the documents, a section of theirs, a range of these, or the number of a law.

    >>> miscited("002§2.7a; 002§2.7b; 004§2; 004§2a-i; 000§9a–000§9c; 国发〔2015〕25号"), miscited("")
    ([], [])
    >>> miscited("002§2.7x")
    ["'002§2.7x' is no clause of document 002; did you mean '002§2.7c'?"]
    """
    parts: list[str] = []
    for piece in re.split("[;；]", text):
        first, _, last = (one.strip() for one in re.sub("[–—~]", "-", piece).partition("-"))
        if last and "§" not in last:  # a range within a section, or within a document
            last = re.sub("[a-z]$", "", first) + last if last.isalpha() else f"{first.split('§')[0]}§{last}"
        parts += [first, last]
    return [wrong for part in parts if part and (wrong := _miscited(part))]


def _miscited(part: str) -> str:
    known = clauses()
    if part in known or LAW.fullmatch(part):
        return ""
    document, sign, number = part.partition("§")
    if not (sign and number and document.isdigit()):
        return f"{part!r} names no clause: write document and clause, such as 002§2.7a, and several with ';'{nearest(part, known)}"
    if document not in DOCUMENTS:
        return f"{part!r} is of no document that is known ({', '.join(DOCUMENTS)}){nearest(part, known)}"
    if any(one.startswith(part) and not one[len(part)].isdigit() for one in known):  # a section, such as 004§2 of 004§2a
        return ""
    return f"{part!r} is no clause of document {document}{nearest(part, [one for one in known if one.startswith(document)])}"
