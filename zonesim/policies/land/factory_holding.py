"""Let developers of standard factories sell what they need not hold (标准厂房自持比例)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class FactoryHolding(
    Instrument, name="factory_holding", zh="标准厂房自持", en="Standard factories kept by the developer", edits="factory_hold", pays="factory_sale"
):
    """Let developers of standard factories sell what they need not hold (标准厂房自持比例).

    Platform companies sell floor to tenants that can pay, and to investors, up to one less the ratio of all they built; the
    money repays their debt and lets them build again.
    """

    standard_factory_self_hold_ratio = lever(
        "number",
        0.4,
        unit="share of floor space",
        zh="标准厂房自持比例",
        en="Developer self-holding ratio before transfer by floor",
        clauses="003§10e",
        group="land",
        tier=2,
        low=0,
        high=1,
        claims=(("new_debt", "+"),),
        null=1.0,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Set the ratio."""
        terms.lower_to("factory_hold", face.places, face["standard_factory_self_hold_ratio"])
