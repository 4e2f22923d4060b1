"""Policies of a zone for the parks that are merged into it or entrusted to it."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class PolicyExtension(
    Instrument,
    name="policy_extension",
    zh="优惠政策延伸",
    en="Policies extended to entrusted parks",
    edits="policy_extended",
):
    """Let merged or entrusted parks enjoy the policies of the main zone (享受主体开发区政策).

    Each column of its terms that helps an enterprise becomes the better of its own and its parent's, and its offers are at least the parent's.
    """

    preferential_policy_extension = lever(
        "switch",
        True,
        unit="",
        zh="被整合企业享受主体开发区政策",
        en="Extension of zone policy to merged/entrusted parks",
        clauses="000§4b; 003§4d",
        group="fiscal",
        tier=2,
        claims=(("gdp", "+"),),
        given=True,
        null=False,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Edit the terms of the covered committees or sites."""
        if face["preferential_policy_extension"]:
            terms.turn_on("policy_extended", face.zones)
