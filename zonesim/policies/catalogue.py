"""What the software itself can say of each lever."""

from __future__ import annotations

from typing import Any

from zonesim.policies.instrument import every_lever
from zonesim.terms import TERMS


def lever_rows() -> list[dict[str, Any]]:
    """Return one row for each lever: id, group, tier, instrument, setting, type, unit, low, high, default, clauses, zh, en,
    the terms it edits, the decisions that read them, and the documents' claims (hypotheses to test, never targets).
    """  # fmt: skip
    rows = []
    for kind, one in every_lever():
        readers = sorted({reader.strip() for term in kind.edits for reader in TERMS[term].read_by.split(",")})
        rows.append(
            {
                "id": one.id, "group": one.group, "tier": one.tier, "instrument": kind.name, "setting": one.id, "type": one.kind,
                "unit": one.unit, "low": one.low, "high": one.high, "allowed": list(one.allowed), "default": one.default,
                "default_from_document": one.given, "clauses": list(one.clauses), "zh": one.zh, "en": one.en, "terms": list(kind.edits),
                "read_by": readers, "claims": [{"indicator": i, "direction": d} for i, d in one.claims],
            }
        )  # fmt: skip
    return sorted(rows, key=lambda row: (row["group"], row["id"]))
