"""The clauses of the five documents: their text, and what each says in English."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

DOCUMENTS = {
    "000": ("张掖市2018年实施意见", "Zhangye 2018"),
    "001": ("河北某县高新区实施意见", "County high-tech zone of Hebei"),
    "002": ("平凉市2023年意见", "Pingliang 2023"),
    "003": ("三明市2024年若干措施", "Sanming 2024"),
    "004": ("兰州经济区2015年方案", "Lanzhou 2015"),
}


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
