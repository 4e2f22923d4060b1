"""Why money moves: the clause, or the law, behind each kind of payment, and where it is not the same everywhere."""

from __future__ import annotations

from collections.abc import Mapping


class Causes(dict[str, str]):
    """The cause of each kind of payment: of the whole region, and of each place or committee where they differ.

    Args:
        region: cause by kind.
        places: by kind, the cause in each place; kinds that have the region's cause in all of them are left out.
        zones: by kind, the cause for each committee, likewise.
    """

    def __init__(self, region: Mapping[str, str], places: Mapping[str, tuple[str, ...]], zones: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__(region)
        self.places, self.zones = dict(places), dict(zones)
