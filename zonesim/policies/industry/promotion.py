"""Pay for promotion, and choose its channels (招商投入与招商方式)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms
from zonesim.terms.promotion import CHANNELS


class Promotion(
    Instrument,
    name="promotion",
    zh="招商引资",
    en="Investment promotion",
    edits="promotion_money " + " ".join(f"channel_{name}" for name in CHANNELS),
    pays="promotion_budget:promotion_money promotion_fee:" + ",".join(f"channel_{name}" for name in CHANNELS),
):
    """Pay for promotion, and choose its channels (招商投入与招商方式).

    The committee, and where it lacks money its county, pays the budget in quarters; what is paid multiplies the contacts by
    (1 + paid / usual)^e. The channels differ in how many contacts they bring, which industries these are in, how large and how sincere the
    projects are, and in the fee that falls due when one settles.
    """

    promotion_budget = lever(
        "number",
        500.0,
        unit="10^4 yuan/year",
        zh="招商投入",
        en="Promotion budget",
        clauses="001§15b; 004§3.4",
        group="industry_and_promotion",
        tier=1,
        low=0,
        high=5000,
        claims=(("investment_attracted", "+"),),
        null=0.0,
    )
    promotion_channel_mix = lever(
        "shares",
        {"chain": 0.25, "big_data": 0.1, "fund": 0.15, "purchased": 0.1, "incumbents": 0.2, "team": 0.2},
        unit="shares, sum 1",
        zh="招商方式组合",
        en="Channel mix of promotion",
        clauses="001§15b; 002§2.1a; 003§14b; 003§14c; 004§3.4",
        group="industry_and_promotion",
        tier=1,
        allowed=" ".join((*CHANNELS, "team")),
        claims=(("entrant_quality", "+"), ("local_supply_share", "+")),
        null={"team": 1.0},
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Add the budget, and fix the mix."""
        terms.add("promotion_money", face.zones, face.by_zone("promotion_budget"))
        mix = face["promotion_channel_mix"]
        for name in CHANNELS:
            terms.fix(f"channel_{name}", face.zones, mix.get(name, 0.0))
