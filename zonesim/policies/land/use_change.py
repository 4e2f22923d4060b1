"""Let old buildings house producer services at their old right for a time (存量房产转用过渡期)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class UseChange(Instrument, name="use_change", zh="转用过渡期", en="Transition period for change of use", edits="use_change_grace_years post_grace_price"):
    """Let old buildings house producer services at their old right for a time (存量房产转用过渡期).

    When its years are over an enterprise in an old building pays the ratio of the market price of service land for its space, or closes.
    """

    use_change_grace_years = lever(
        "number",
        5.0,
        unit="years",
        zh="存量房产转用过渡期",
        en="Grace period for keeping original use/right when hosting producer services or maker spaces",
        clauses="000§9g",
        group="land",
        tier=1,
        low=0,
        high=10,
        claims=(("va_tertiary", "+"), ("enterprises_new", "+")),
        given=True,
        null=0.0,
    )

    use_change_post_grace_price_ratio = lever(
        "number",
        1.0,
        unit="share of market price",
        zh="期满补缴价款比例",
        en="Price after the grace period as share of market price",
        clauses="000§9g",
        group="land",
        tier=2,
        low=0,
        high=1,
        given=True,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Set the years and the price after them."""
        terms.fix("use_change_grace_years", face.places, face["use_change_grace_years"])
        terms.fix("post_grace_price", face.places, face["use_change_post_grace_price_ratio"])
