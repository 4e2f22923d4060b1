"""Ask a least investment per mu and a least plot ratio of new projects (投资强度与容积率下限)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class IntensityFloor(
    Instrument, name="intensity_floor", zh="投资强度与容积率下限", en="Floors of investment intensity and plot ratio", edits="min_investment_intensity far_min"
):
    """Ask a least investment per mu and a least plot ratio of new projects (投资强度与容积率下限)."""

    entry_min_investment_intensity = lever(
        "number",
        150.0,
        unit="10^4 yuan/mu",
        zh="投资强度下限",
        en="Minimum investment intensity at entry/land grant",
        clauses="000§10b; 001§7a; 004§3.2.2",
        group="land",
        tier=1,
        low=0,
        high=500,
        claims=(("investment_intensity", "+"), ("enterprises_from_outside", "-")),
        null=0.0,
    )
    far_min = lever(
        "number",
        1.0,
        unit="floor area / land area",
        zh="容积率下限",
        en="Minimum plot ratio (FAR)",
        clauses="000§10b; 003§10b; 004§3.15.3b",
        group="land",
        tier=1,
        low=0.5,
        high=2.5,
        claims=(("output_per_mu", "+"),),
        null=0.5,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Raise both floors."""
        terms.raise_to("min_investment_intensity", face.sites, face.by_site("entry_min_investment_intensity"))
        terms.raise_to("far_min", face.sites, face.by_site("far_min"))
