"""What a column of terms is."""

from __future__ import annotations

from dataclasses import dataclass

INF = float("inf")
DAYS, SHARE, YEARS, PER_MU = "days", "share", "years", "10k CNY/mu"
VERBS = ("scale", "add", "raise_to", "lower_to", "turn_on", "fix")


@dataclass(frozen=True)
class Term:
    """Meaning of one column of terms."""

    where: str  # "sites" [place, industry], "places" [place], "zones" [committee], "region" []
    verb: str
    neutral: float
    unit: str
    doc: str  # its meaning, in English
    zh: str  # its name, in Chinese
    doc_zh: str  # its meaning, in Chinese
    read_by: str


def by_site(verb: str, neutral: float, unit: str, doc: str, zh: str, doc_zh: str, read_by: str) -> Term:
    """Declare a column by place and industry."""
    return Term("sites", verb, neutral, unit, doc, zh, doc_zh, read_by)


def by_place(verb: str, neutral: float, unit: str, doc: str, zh: str, doc_zh: str, read_by: str) -> Term:
    """Declare a column by place."""
    return Term("places", verb, neutral, unit, doc, zh, doc_zh, read_by)


def by_zone(verb: str, neutral: float, unit: str, doc: str, zh: str, doc_zh: str, read_by: str) -> Term:
    """Declare a column by committee."""
    return Term("zones", verb, neutral, unit, doc, zh, doc_zh, read_by)


def of_region(verb: str, neutral: float, unit: str, doc: str, zh: str, doc_zh: str, read_by: str) -> Term:
    """Declare a single value of the region."""
    return Term("region", verb, neutral, unit, doc, zh, doc_zh, read_by)
