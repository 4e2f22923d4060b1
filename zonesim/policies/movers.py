"""Which measures move a kind of payment, and where: what clause stands beside it in the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from zonesim.policies.extension import LESS_IS_BETTER, MORE_IS_BETTER
from zonesim.policies.instrument import Instrument
from zonesim.policies.site import SiteInfo
from zonesim.terms import TERMS, Terms
from zonesim.terms.causes import Causes

PROMISED = ("standard_penalty", "relocation_subsidy", "commitment_penalty", "enclave_share", "enclave_cost")
"""Kinds of payment that are due for what was promised earlier, also when the clause of the promise has ended; no law moves one by itself."""


class Mover(NamedTuple):
    """A measure that moves a kind of payment."""

    clause: str
    terms: tuple[str, ...]  #: by which it moves it
    places: bytes  #: one byte each, 1 where it moves it
    zones: bytes  #: committees, likewise


def moved_by(one: Instrument, lawful: Terms, quarter: int, site: SiteInfo) -> dict[str, tuple[bytes, bytes]]:
    """Return by kind of payment the places and the committees where a measure, over the law alone, moves a term by which it moves that kind.

    Terms of a committee hold in its parks, those of a park for its committee, those of the region everywhere.

    Args:
        one: a measure in force.
        lawful: terms of the quarter before any instrument.
        quarter: whose terms these are.
        site: places and committees.
    """
    alone = lawful.share()
    one.change(alone, quarter, site)
    found = {}
    for kind, columns in one.moves.items():
        places, zones = np.zeros(len(site.place_ids), dtype=bool), np.zeros(len(site.zone_ids), dtype=bool)
        for column in columns:
            if alone[column] is lawful[column]:
                continue
            moved, where = alone[column] != lawful[column], TERMS[column].where
            if where != "zones":
                places |= moved.any(axis=1) if where == "sites" else moved
            if where in ("zones", "region"):
                zones |= moved
        chosen = {site.zone_ids[z] for z in np.flatnonzero(zones)}
        in_parks = np.array([zone in chosen for zone in site.zones], dtype=bool)
        found[kind] = ((places | in_parks).tobytes(), (zones | site.zone_mask(places)).tobytes())
    return found


def extend(movers: Mapping[str, Sequence[Mover]], before: Terms, after: Terms, site: SiteInfo) -> dict[str, list[Mover]]:
    """Return movers by kind with the parks to which the policies of a parent committee were extended, where that moved a term of theirs.

    Args:
        movers: by kind, as they move it by themselves.
        before: terms before policies were extended.
        after: terms with extended policies.
        site: places and committees.
    """
    better = {name: after[name] != before[name] for name in (*MORE_IS_BETTER, *LESS_IS_BETTER) if not np.array_equal(after[name], before[name])}
    families = [
        ([k for k, zone in enumerate(site.zones) if zone == site.zone_ids[z]], [k for k, zone in enumerate(site.zones) if zone == site.parents[z]])
        for z in np.flatnonzero(after["policy_extended"] > 0)
        if z < len(site.parents) and site.parents[z]
    ]
    found = {kind: list(ones) for kind, ones in movers.items()}
    for ones in found.values():
        for i, one in enumerate(ones):
            places = bytearray(one.places)
            for name in better.keys() & set(one.terms):
                for here, there in families:
                    if any(one.places[k] for k in there):
                        for k in here:
                            places[k] |= bool(np.any(better[name][k]))
            ones[i] = one._replace(places=bytes(places))
    return found


def causes_of(movers: Mapping[str, Sequence[Mover]], usual: Mapping[str, str]) -> Causes:
    """Return the causes of all kinds of payment.

    Args:
        movers: by kind of payment.
        usual: the law behind each kind.
    """
    causes = Causes(usual, {}, {})
    for kind, found in movers.items():
        law = usual.get(kind, "law:budget")
        causes[kind] = region = named(one.clause for one in found if any(one.places) or any(one.zones)) or law
        for table, sides in (
            (causes.places, tuple((one.clause, one.places) for one in found)),
            (causes.zones, tuple((one.clause, one.zones) for one in found)),
        ):
            said = _said(law, sides)
            if said.count(region) < len(said):
                table[kind] = said
    return causes


def run_on(causes: Causes, before: Causes, usual: Mapping[str, str], site: SiteInfo) -> None:
    """Let the clauses that moved what is promised stand where none moves it any more: what is paid there was promised under them.

    Args:
        causes: of a quarter; changed.
        before: of the last quarter before in which a measure that moves such a kind may have been another.
        usual: the law behind each kind.
        site: places and committees.
    """
    for kind in PROMISED:
        law = usual[kind]
        if before[kind] == law:
            continue
        tables = ((causes.places, before.places, len(site.place_ids)), (causes.zones, before.zones, len(site.zone_ids)))
        found = []
        for now, then, n in tables:
            sides = zip(now.get(kind) or (causes[kind],) * n, then.get(kind) or (before[kind],) * n, strict=True)
            found.append(tuple(earlier if one == law else one for one, earlier in sides))
        causes[kind] = named({one for said in found for one in said} - {law})
        for (now, _, _), said in zip(tables, found, strict=True):
            now.pop(kind, None)
            if said.count(causes[kind]) < len(said):
                now[kind] = said


@lru_cache(maxsize=4096)
def _said(law: str, sides: tuple[tuple[str, bytes], ...]) -> tuple[str, ...]:
    """Return what stands beside a payment in each place (or for each committee): packages of a sweep share most of it."""
    rows = list(zip(*(side for _, side in sides), strict=True))
    known = {row: named(clause for (clause, _), here in zip(sides, row, strict=True) if here) or law for row in set(rows)}
    return tuple(known[row] for row in rows)


def named(clauses: Iterable[str]) -> str:
    """Return clauses as the ledger names them: one as it is cited, several in the order of their names, each once.

    >>> named(["003§2a; 003§10a"]), named(["003§2a; 003§10a", "003§10a", "001§7c"]), named([])
    ('003§2a; 003§10a', '001§7c; 003§10a; 003§2a', '')
    """
    different = sorted(set(clauses))
    return "; ".join(sorted({part for clause in different for part in clause.split("; ")})) if len(different) > 1 else "".join(different)
