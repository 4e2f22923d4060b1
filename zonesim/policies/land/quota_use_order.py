"""Say which use gets the land quota first (留存指标使用次序)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class QuotaUseOrder(Instrument, name="quota_use_order", zh="留存指标使用次序", en="Order of use of kept quotas", edits="quota_use_order", places="all"):
    """Say which use gets the land quota first (留存指标使用次序).

    New projects, expansion of incumbents and infrastructure get their demand for the year in this order, as far as the quota of the place
    goes. Without an order all are cut by the same part.
    """

    local_quota_use_order = lever(
        "choice",
        "new_expansion_works",
        unit="order of {new park projects, expansion of incumbents, infrastructure}",
        zh="留存指标使用次序",
        en="Priority order for local quota use",
        clauses="002§2.7a",
        group="land",
        tier=2,
        allowed="new_expansion_works new_works_expansion expansion_new_works expansion_works_new works_new_expansion works_expansion_new",
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Set the order."""
        orders = self.levers["local_quota_use_order"].allowed
        terms.fix("quota_use_order", True, 1.0 + orders.index(face["local_quota_use_order"]))
