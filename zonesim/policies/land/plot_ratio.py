"""Allow denser building (容积率与建筑密度提高)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class PlotRatio(Instrument, name="plot_ratio", zh="容积率放宽", en="Higher plot ratio", edits="far_bonus"):
    """Allow denser building (容积率与建筑密度提高).

    Projects use a part of the relaxation: they ask for less land, and sitting enterprises outgrow their parcel later.
    """

    far_cap_bonus = lever(
        "number",
        0.3,
        unit="relative increase of FAR cap",
        zh="容积率/建筑密度提高",
        en="Plot-ratio and density relaxation",
        clauses="003§10b",
        group="land",
        tier=2,
        low=0,
        high=1,
        claims=(("output_per_mu", "+"),),
        null=0.0,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Raise the bonus."""
        terms.raise_to("far_bonus", face.sites, face.by_site("far_cap_bonus"))
