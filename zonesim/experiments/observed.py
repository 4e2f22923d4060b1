"""What a ranking reads: the runs of a design for one outcome, arranged by base row."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zonesim.columns import Array, Floats
from zonesim.experiments import sensitivity


@dataclass(frozen=True)
class Observed:
    """The runs of a design for one outcome; nan where a run failed.

    Attributes:
        method: of the design (sobol, morris, latin_hypercube, fast, factorial).
        groups: names of what varies together, in the order of the design's parts.
        dummies: positions of the groups that the model ignores.
        of: group of each factor ``[n_factors]``.
        unit: points in the unit cube ``[n_rows, n_factors]``.
        scramble, base, part: place of each row in the design ``[n_rows]``.
        runs: outcome ``[n_rows, n_replications]``.
        second_order: whether a Sobol design has the rows for second-order indices.
        luck: what shares its luck: all points (``common``), the points of a base row (``by_row``), or none (``independent``).
        harmonics: interference of a FAST design.
        setting: what each row runs, luck included: rows of one setting are one run ``[n_rows]``; None where that is not known.
        position: how far along its range each factor's value lies (``Factor.position``), nan for one without a direction ``[n_rows, n_factors]``; None: where ``unit`` says.
    """

    method: str
    groups: tuple[str, ...]
    dummies: tuple[int, ...]
    of: Array
    unit: Floats
    scramble: Array
    base: Array
    part: Array
    runs: Floats
    second_order: bool = False
    luck: str = "common"
    harmonics: int = 4
    setting: Array | None = None
    position: Floats | None = None

    @property
    def means(self) -> Floats:
        """Mean over replications ``[n_rows]``, nan where one failed."""
        return np.asarray(self.runs.mean(axis=1))

    @property
    def n_parts(self) -> int:
        """Rows of a base row."""
        groups = len(self.groups)
        return groups + 1 if self.method == "morris" else 2 * groups + 2 if self.second_order else groups + 2

    @property
    def levers(self) -> list[int]:
        """Groups that the model reads."""
        return [g for g in range(len(self.groups)) if g not in self.dummies]

    @property
    def first(self) -> list[int]:
        """The (first) factor of each group."""
        return [int(np.flatnonzero(self.of == g)[0]) for g in range(len(self.groups))]

    @property
    def unordered(self) -> Array:
        """Whether the (first) factor of a group has no low and no high end ``[n_groups]``."""
        return np.zeros(len(self.groups), dtype=bool) if self.position is None else np.asarray(np.isnan(self.position[:, self.first]).all(axis=0))

    @property
    def directed(self) -> Array:
        """Whether a group has a low and a high end: it is one factor, and one with a direction ``[n_groups]``."""
        return np.asarray((np.bincount(self.of, minlength=len(self.groups)) == 1) & ~self.unordered)

    @property
    def along(self) -> Floats:
        """How far along its range the (first) factor of each group lies, 0 for one without a direction ``[n_rows, n_groups]``."""
        return np.nan_to_num(self.unit[:, self.first] if self.position is None else self.position[:, self.first])

    @property
    def rows(self) -> Array:
        """Base row of each row, counted over the scrambles."""
        keys = self.scramble.astype(np.int64) * (int(self.base.max()) + 1) + self.base
        return np.unique(keys, return_inverse=True)[1]

    def table(self, values: Floats, rows: Array | None = None) -> tuple[Floats, int]:
        """Arrange values of the rows by base row and part, the complete base rows alone, and count the lost ones."""
        pick = slice(None) if rows is None else rows
        table, _, lost = sensitivity.complete(values[pick], self.scramble[pick], self.base[pick], self.part[pick], self.n_parts)
        return table, lost

    def replication(self, r: int) -> Floats:
        """Return the outcomes of one replication, nan where any replication failed (so that all have the same base rows)."""
        return np.where(np.isfinite(self.means), self.runs[:, r], np.nan)

    def steps(self, rows: Array | None = None) -> tuple[Array, Floats]:
        """Return which group moved in each step of each complete trajectory, and how far (positive for a group of several factors)."""
        known = np.isfinite(self.means)
        walks = np.stack([self.table(np.where(known, self.unit[:, f], np.nan), rows)[0] for f in range(self.unit.shape[1])], axis=2)
        change = np.diff(walks, axis=1)
        factor = np.abs(change).argmax(axis=2)
        moved = self.of[factor]
        step = np.take_along_axis(change, factor[:, :, None], axis=2)[:, :, 0]
        many = np.bincount(self.of, minlength=len(self.groups))[moved] > 1
        return moved, np.where(many, np.abs(step), step)

    @property
    def stretch(self) -> Floats:
        """How much farther a step goes in each factor's range than in the unit cube: 1 for a continuous factor; 3/2 for a switch on four levels, whose effects in the unit cube are as much larger ``[n_groups]``.

        nan where there are no steps (designs other than Morris), for a group of several factors, and for one without a direction.
        """
        if self.method != "morris":
            return np.full(len(self.groups), np.nan)
        known = np.isfinite(self.means)
        far, step = (
            np.array([np.abs(np.diff(self.table(np.where(known, one, np.nan))[0][:, [0, -1]], axis=1)).mean() for one in columns])
            for columns in (self.along.T, self.unit[:, self.first].T)
        )
        return np.where(self.directed & (step > 0), far / np.where(step > 0, step, 1.0), np.nan)
