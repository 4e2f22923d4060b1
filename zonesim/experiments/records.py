"""What a store keeps of a run: what is to be done, how it ended, how far a sweep is, and the checksums that say whether a record is whole."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

PENDING, OK, ERROR, TIMEOUT, CRASHED = range(5)
STATUSES = ("pending", "ok", "error", "timeout", "crashed")
CHECKSUM_BYTES = 16
MAX_FAILED = 0.01  #: share of runs that may fail before every report says so at its top, where the store keeps no other (``sweep --max-failed``)


@dataclass(frozen=True)
class Job:
    """A run that is to be done."""

    id: int
    key: bytes
    role: int
    values: dict[str, Any]
    replication: int
    seed: int


@dataclass(frozen=True)
class Record:
    """How a run ended: its status, and its outcomes (as bytes) or the reason (as text)."""

    id: int
    status: int
    payload: bytes
    seconds: float = 0.0
    attempts: int = 1


@dataclass
class Status:
    """How far a sweep is.

    Attributes:
        counts: runs of the current plan by status.
        plan: number of the current plan.
        document: the experiment of the current plan.
        identity: what its runs were made of.
        seconds: mean seconds of a finished run.
        held: what the lock says of the process that writes now, or None.
        failures: the first failed runs, each with run, status, and reason.
        allowed: share of runs that may fail, as the store keeps it.
    """

    counts: dict[str, int]
    plan: int
    document: dict[str, Any]
    identity: dict[str, Any]
    seconds: float
    held: dict[str, Any] | None
    failures: list[dict[str, Any]] = field(default_factory=list)
    allowed: float = MAX_FAILED

    @property
    def planned(self) -> int:
        """All runs of the plan."""
        return sum(self.counts.values())

    @property
    def failed(self) -> int:
        """Runs that ended without outcomes."""
        return self.counts["error"] + self.counts["timeout"] + self.counts["crashed"]

    @property
    def mixed(self) -> bool:
        """Whether runs of another engine or input were kept."""
        return bool(self.identity.get("mixed_with"))


def checksum(key: bytes, status: int, payload: bytes) -> bytes:
    """Return the checksum of a record: over the key too, so that a swapped payload is noticed."""
    return hashlib.sha256(key + bytes([status]) + payload).digest()[:CHECKSUM_BYTES]


def mark(key: bytes, setting: int, replication: int, seed: int) -> bytes:
    """Return the checksum of what a run is, as :func:`checksum` is that of how it ended."""
    return hashlib.sha256(key + f"{setting} {replication} {seed}".encode()).digest()[:8]


def setting_digest(role: int, luck: str, given: str) -> bytes:
    """Return who a setting is: the role, its values as text, and the point that it is when every point has its own luck."""
    return hashlib.sha256(f"{role}{luck}{given}".encode()).digest()[:CHECKSUM_BYTES]


def packed(values: Sequence[float]) -> bytes:
    """Return outcomes as bytes."""
    return struct.pack(f"<{len(values)}d", *values)


def plan_checksum(document: str, identity: str, design: str, design_hash: bytes) -> bytes:
    """Return the checksum of a plan's row."""
    return hashlib.sha256(b"\0".join([document.encode(), identity.encode(), design.encode(), design_hash])).digest()[:CHECKSUM_BYTES]
