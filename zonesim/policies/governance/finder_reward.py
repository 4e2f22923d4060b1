"""Reward those who bring a project (引荐奖励)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class FinderReward(Instrument, name="finder_reward", zh="引资奖励", en="Reward for finders of investment", edits="finder_reward", pays="finder_reward"):
    """Reward those who bring a project (引荐奖励).

    projects found x [1 + a (1 - exp(-rate / scale))]; the committee pays the rate on the investment that is landed, out of its own account.
    """

    investment_promotion_reward_rate = lever(
        "number",
        0.002,
        unit="share of landed investment",
        zh="引进项目奖励率",
        en="Finder reward for landed investment",
        clauses="001§15a",
        group="evaluation",
        tier=2,
        low=0,
        high=0.02,
        claims=(("investment_attracted", "+"),),
        null=0.0,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Offer the reward."""
        terms.raise_to("finder_reward", face.zones, face.by_zone("investment_promotion_reward_rate"))
