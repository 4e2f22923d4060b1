"""Let zones grow in area or level after good years (扩区升级)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class ExpansionReward(
    Instrument,
    name="expansion_reward",
    zh="扩区升级",
    en="Expansion and upgrading of zones",
    edits="expansion_line expansion_years expansion_area expansion_level",
):
    """Let zones grow in area or level after good years (扩区升级).

    A zone at the line of the province's evaluation for the given years in a row gets priority: each year it stays there its reward is granted
    with a probability. Area comes out of its county's undeveloped land outside zones; a higher level brings staff and renown. The line included counts (90分以上).
    """

    expansion_score_threshold = lever(
        "number",
        90.0,
        unit="points of 100",
        zh="扩区升级分数线",
        en="Score needed for expansion/upgrade",
        clauses="000§13d",
        group="evaluation",
        tier=1,
        low=60,
        high=100,
        given=True,
    )
    expansion_consecutive_years = lever(
        "integer",
        2,
        unit="years",
        zh="连续达标年数",
        en="Consecutive years above the line",
        clauses="000§13d",
        group="evaluation",
        tier=1,
        low=1,
        high=5,
        given=True,
    )
    expansion_reward = lever(
        "choice",
        "both",
        unit="{none, expand area, upgrade level, both}",
        zh="扩区或升级",
        en="Reward on reaching the line: area, level",
        clauses="000§13d; 001§7g; 004§3.14.1",
        group="evaluation",
        tier=1,
        allowed="none area level both",
        claims=(("ready_land", "+"), ("zone_level", "+")),
        given=True,
        null="none",
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Draw the line and set the reward."""
        reward = face["expansion_reward"]
        if reward == "none":
            return
        terms.lower_to("expansion_line", face.zones, face.by_zone("expansion_score_threshold"))
        terms.raise_to("expansion_years", face.zones, face.by_zone("expansion_consecutive_years"))
        if reward in ("area", "both"):
            terms.turn_on("expansion_area", face.zones)
        if reward in ("level", "both"):
            terms.turn_on("expansion_level", face.zones)
