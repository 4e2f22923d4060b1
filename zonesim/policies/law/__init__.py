"""The law of the date: statutory rates, sharing and land rules, before any instrument."""

from __future__ import annotations

import csv
import datetime
import math
from collections.abc import Iterator
from functools import cache
from importlib import resources

import numpy as np

from zonesim import quarters
from zonesim.columns import Floats
from zonesim.policies.site import SiteInfo
from zonesim.terms import Terms
from zonesim.terms.register import TERMS

TAX_KEYS = ("vat", "business", "cit", "surcharge", "land_use")


@cache
def _rows() -> list[tuple[datetime.date, datetime.date, str, str, float]]:
    path = resources.files("zonesim") / "data" / "law.csv"
    with path.open(encoding="utf-8") as file:
        return [
            (
                datetime.date.fromisoformat(r["from"]),
                datetime.date.fromisoformat(r["to"]),
                r["item"],
                r["key"],
                float(r["value"]),
            )
            for r in csv.DictReader(file)
        ]


@cache
def value(item: str, key: str, quarter: int) -> float:
    """Return a figure of the law in a quarter: the mean of its values over the quarter's days.

    A rate that changes inside a quarter (VAT for business tax on 1 May 2016) acts in proportion to its days. Before 2013
    and after 2029 the first and last known value hold.
    """
    spells = list(_spells(item, key, quarter))
    if len(spells) == 1:  # to the last bit
        return spells[0][1]
    return sum(days * figure for days, figure in spells) / sum(days for days, _ in spells)


@cache
def part_under(item: str, other: str, key: str, quarter: int) -> float:
    """Return the part of a figure's mean over a quarter that falls on the days on which another figure is above nothing."""
    of_days = [[figure for part, figure in _spells(one, key, quarter) for _ in range(part)] for one in (item, other)]
    whole = math.fsum(of_days[0])
    return math.fsum(figure for figure, ruling in zip(*of_days, strict=True) if ruling > 0.0) / whole if whole else 0.0


def _spells(item: str, key: str, quarter: int) -> Iterator[tuple[int, float]]:
    """Yield for how many days of a quarter which value of a figure holds, in order."""
    first, after = quarters.first_day(quarter), quarters.first_day(quarter + 1)
    rows = _items().get((item, key))
    if rows is None:
        raise KeyError(f"the law has no {item} {key}")
    for k, (start, end, figure) in enumerate(rows):
        begins = first if k == 0 else max(first, start)
        ends = after if k == len(rows) - 1 else min(after, end + datetime.timedelta(days=1))
        if (days := (ends - begins).days) > 0:
            yield days, figure


@cache
def _items() -> dict[tuple[str, str], list[tuple[datetime.date, datetime.date, float]]]:
    items: dict[tuple[str, str], list[tuple[datetime.date, datetime.date, float]]] = {}
    for start, end, item, key, v in _rows():
        items.setdefault((item, key), []).append((start, end, v))
    return {name: sorted(rows) for name, rows in items.items()}


@cache
def signature(quarter: int) -> tuple[float, ...]:
    """Return every figure of the law in a quarter: two quarters with equal signatures have the same law."""
    if quarter not in _dates() and min(_dates()) < quarter < max(_dates()):
        return signature(quarter - 1)
    return tuple(value(item, key, quarter) for item, key in sorted(_items()))


@cache
def laws_from(start: int) -> tuple[int, ...]:
    """Return the first quarter of each law from a quarter on: the quarter itself, and each later one whose law is not that of the quarter before.

    >>> [quarters.label(quarter) for quarter in laws_from(quarters.parse("2018Q1"))][:4]
    ['2018Q1', '2018Q2', '2018Q3', '2019Q2']
    """
    return (start, *(quarter for quarter in sorted(_dates()) if quarter > start and signature(quarter) != signature(quarter - 1)))


@cache
def _dates() -> frozenset[int]:
    """Return the quarters whose figures may differ from those of the quarter before: in which a row begins or has ended, and the next ones."""
    days = [day for start, end, *_ in _rows() for day in (start, end + datetime.timedelta(days=1) if end < datetime.date.max else end)]
    return frozenset(quarters.quarter_of(day) + after for day in days for after in (0, 1))


@cache
def central_shares(quarter: int) -> Floats:
    """Return the centre's share of each tax (order of ``Tax``); not to be edited."""
    return np.array([value("central_share", key, quarter) for key in TAX_KEYS])


def floor_prices(quarter: int, grades: Floats) -> Floats:
    """Return the lowest industrial land price by grade, 10k CNY per m2."""
    return np.asarray(_floor_prices(quarter)[grades])


@cache
def _floor_prices(quarter: int) -> Floats:
    """Return the floor price of each grade; there is no grade 0."""
    return np.array([np.nan] + [value("floor_price", str(g), quarter) for g in range(1, 16)]) / 10_000


def law_terms(quarter: int, site: SiteInfo, neutral: Terms | None = None, before: tuple[int, Terms] | None = None) -> Terms:
    """Return the terms of a quarter before any instrument.

    Args:
        quarter: whose law it is.
        site: places and industries.
        neutral: terms without any law; columns on which the law is silent are shared with it, where given.
        before: another quarter, and what this function gave for it (with the same ``neutral``): columns that are the same are shared with it.
    """
    figures = _figures(quarter, site)
    if neutral is None:
        neutral = Terms(len(site.place_ids), len(site.industries.ids), len(site.zone_ids))
    if before is None:
        terms = neutral.share()
    else:
        known, terms = _figures(before[0], site), before[1].share()
        figures = {name: figure for name, figure in figures.items() if not np.array_equal(figure, known[name])}
        terms.update((name, neutral[name]) for name in figures)
    for name, figure in figures.items():
        getattr(terms, TERMS[name].verb)(name, True, figure)
    return terms


def _figures(quarter: int, site: SiteInfo) -> dict[str, Floats]:
    """Return the figures of each column of terms on which the law is not silent, in a shape that spreads over the column."""
    industries = site.industries
    classes = industries.figures["vat_class"]
    under_business_tax = industries.business_tax_before_2016
    vat = np.array([value("vat_rate", c, quarter) for c in classes])
    business = np.array([value("business_tax_rate", c, quarter) for c in classes])
    before = np.array([part_under("vat_rate", "business_tax_rate", c, quarter) for c in classes])
    exempt = np.array([identity in ("other", "agriculture") for identity in industries.ids])  # public services, farm produce
    town = [_town(site, place) for place in range(len(site.place_ids))]
    return {
        "vat_rate": np.where(exempt, 0.0, vat * (1 - under_business_tax * before))[None, :],
        "business_tax_rate": np.where(exempt, 0.0, business * under_business_tax)[None, :],
        "cit_rate": np.array(value("cit_rate", "standard", quarter)),
        "cit_rate_high_tech": np.array(value("cit_rate", "high_tech", quarter)),
        "cit_rate_small": np.array(value("cit_rate", "small", quarter)),
        "surcharge_rate": np.array([value("surcharge_rate", t, quarter) for t in town])[:, None],
        "land_use_tax": np.array([value("land_use_tax", t, quarter) for t in town])[:, None] / 10_000,
        "refund_cap": np.array(value("refund", "cap", quarter)),
        "refund_honoured": np.array(value("refund", "honoured", quarter)),
        "idle_fee": np.array(value("idle", "fee", quarter)),
        "idle_reclaim_years": np.array(value("idle", "reclaim_years", quarter)),
        "idle_compensation": np.array(value("idle", "compensation", quarter)),
        "land_revenue_deduction": np.array(value("land_revenue", "deduction", quarter)),
    }


def _town(site: SiteInfo, place: int) -> str:
    if site.kinds[place] == "rural":
        return "rural"
    return "city" if site.counties[place] in site.city_districts else "county"
