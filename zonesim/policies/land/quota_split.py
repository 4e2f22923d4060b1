"""Split the yearly quotas between counties and a pool of the city (指标留存与市级统筹)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever, option
from zonesim.terms import Terms


class QuotaSplit(
    Instrument,
    name="quota_split",
    zh="指标统筹",
    en="Split of quotas between zone and city pool",
    edits="retention_land retention_energy retention_emission pool_rule unused_quota",
    places="all",
):
    """Split the yearly quotas between counties and a pool of the city (指标留存与市级统筹).

    A county keeps the retained share of its land, energy and environmental quota; the rest is pooled and allocated by the rule.
    What is not used by the end of the year lapses and is planned anew; as the text is silent, ``unused_quota`` lets it go into the next year's pool
    instead, or stay with its place on top of the next year's quota.
    """

    land_quota_local_retention_share = lever(
        "number",
        0.75,
        unit="share of yearly planned land quota",
        zh="土地计划指标县级留存比例",
        en="Local retention share of land quota (rest pooled by city)",
        clauses="002§2.7a; 002§2.7b",
        group="land",
        tier=1,
        low=0,
        high=1,
        claims=(("quota_utilisation", "+"), ("output_per_mu", "+")),
        given=True,
        null=1.0,
    )
    energy_quota_local_retention_share = lever(
        "number",
        0.75,
        unit="share of yearly energy quota",
        zh="能耗指标县级留存比例",
        en="Local retention share of energy quota",
        clauses="002§2.7a",
        group="land",
        tier=1,
        low=0,
        high=1,
        given=True,
        null=1.0,
        claims=(("output_per_mu", "+"),),
    )
    env_quota_local_retention_share = lever(
        "number",
        0.75,
        unit="share of yearly emission capacity",
        zh="环境容量指标县级留存比例",
        en="Local retention share of environmental-capacity quota",
        clauses="002§2.7a",
        group="land",
        tier=1,
        low=0,
        high=1,
        given=True,
        null=1.0,
        claims=(("output_per_mu", "+"),),
    )
    city_pool_allocation_rule = lever(
        "choice",
        "key_projects",
        unit="{key-project first, evaluation score, highest output per mu, equal, random}",
        zh="市级统筹指标分配规则",
        en="Allocation rule of the city pool",
        clauses="002§2.7b",
        group="land",
        tier=1,
        allowed="key_projects evaluation_score output_per_mu equal random",
        given=True,
        null="key_projects",
        claims=(("investment_attracted", "-"),),
    )
    unused_quota = option("choice", "lapses", allowed="lapses to_pool carried_over", zh="未用指标", en="Quota that was not used in its year")

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Set the retained shares and the rule."""
        terms.lower_to("retention_land", True, face["land_quota_local_retention_share"])
        terms.lower_to("retention_energy", True, face["energy_quota_local_retention_share"])
        terms.lower_to("retention_emission", True, face["env_quota_local_retention_share"])
        rules = self.levers["city_pool_allocation_rule"].allowed
        terms.fix("pool_rule", True, float(rules.index(face["city_pool_allocation_rule"])))
        terms.fix("unused_quota", True, float(self.levers["unused_quota"].allowed.index(face["unused_quota"])))
