"""Money of the procedure: fines for broken commitments, fees for shared assessments, and the zone's own assessments."""

from __future__ import annotations

import numpy as np

from zonesim import quarters
from zonesim.accounts.ledger import Ledger
from zonesim.parameters import Parameters, parameter
from zonesim.terms import Terms
from zonesim.world import World


class AssessmentParameters(Parameters, name="assessments"):
    """What a zone pays so that its projects need not."""

    region_cost: float = parameter(
        300.0, low=50.0, high=2000.0, unit="10k CNY per park", doc="cost of one round of regional assessments", source="assumption", zh="区域评估费用"
    )
    bundle_cost: float = parameter(
        20.0, low=0.0, high=200.0, unit="10k CNY/yr per park", doc="cost of the zone's own application for the public items",
        source="assumption", zh="整体申报费用",
    )  # fmt: skip
    followup_cost: float = parameter(
        60.0, low=0.0, high=500.0, unit="10k CNY per park", doc="cost of a follow-up environmental assessment", source="assumption", zh="跟踪评价费用"
    )


def settle_approvals(world: World, ledger: Ledger, causes: dict[str, str]) -> None:
    """Post what enterprises pay for broken commitments (to the county) and for shared assessments (to the committee)."""
    flows, acc, places, n = world.flows, world.accounts, world.places, world.n_places
    for amounts, kind in ((flows.commitment_fines, "commitment_penalty"), (flows.assessment_fees, "assessment_fee")):
        if not np.count_nonzero(amounts):
            continue
        county = acc.county0 + places.county[:n].astype(np.int64)
        zone = places.zone[:n].astype(np.int64)
        payee = np.where((zone >= 0) & (kind == "assessment_fee"), acc.zone0 + np.maximum(zone, 0), county)
        ledger.post(acc.enterprise0 + np.arange(n), payee, amounts, kind, ledger.causes_at_places((kind,), causes, n)[0])


def _wanted(terms: Terms) -> tuple[np.ndarray, np.ndarray]:
    return terms["regional_assessment"].max(axis=1) > 0, terms["bundled_items"].max(axis=1) > 0


def _any_regional(terms: Terms) -> bool:
    return bool(terms.once(_wanted)[0].any())


def renew_assessments(world: World, terms: Terms, ledger: Ledger, parameters: AssessmentParameters, causes: dict[str, str]) -> None:
    """Let committees pay for regional assessments that have lapsed (when they have the money), yearly for the public items, and for follow-up
    environmental assessments when they are due.

    An assessment paid this quarter is valid from the next one on, for ``assessment_validity`` years. A zone that cannot pay has none, and its
    projects assess themselves as before.
    """
    regional, bundled = terms.once(_wanted)
    places, acc, n = world.places, world.accounts, world.n_places
    if not quarters.opens_year(world.quarter) and not (terms.once(_any_regional) and (places.assessed_until[:n] <= world.quarter).any()):
        return
    inside = places.zone[:n] >= 0
    for p in np.flatnonzero(regional & inside & (places.assessed_until[:n] <= world.quarter)):
        account = acc.zone0 + int(places.zone[p])
        if world.balances[account] >= parameters.region_cost:
            ledger.post(
                account, acc.MARKET, parameters.region_cost, "regional_assessment", ledger.causes_at_places(("regional_assessment",), causes, n)[0][[p]]
            )
            places.assessed_until[p] = world.quarter + max(1, round(4 * float(terms["assessment_validity"][p])))
    if not quarters.opens_year(world.quarter):
        return
    for where, cost, kind in ((bundled, parameters.bundle_cost, "bundled_items"), (world.flows.followups > 0, parameters.followup_cost, "followup_eia")):
        parks = np.flatnonzero(where & inside)
        if len(parks):
            zone = places.zone[parks].astype(np.int64)
            ledger.pay_what_there_is(
                np.asarray(acc.zone0 + zone), acc.MARKET, np.full(len(zone), cost), kind, ledger.causes_at_places((kind,), causes, n)[0][parks]
            )
