"""Money of the environment: treatment, fees, fines, accidents, by-products; and who builds treatment plants."""

from __future__ import annotations

import numpy as np

from zonesim.accounts.ledger import Ledger
from zonesim.columns import Floats
from zonesim.parameters import Parameters, parameter
from zonesim.terms import Terms
from zonesim.world import World
from zonesim.world.places import Infrastructure, LandStage, Use


class PlantParameters(Parameters, name="plants"):
    """Building central treatment plants."""

    cost: float = parameter(0.15, low=0.02, high=0.5, unit="10k CNY per index/quarter", doc="building of capacity", source="assumption", zh="处理能力造价")
    reserve: float = parameter(0.10, low=0.0, high=0.5, unit="share of the load", doc="capacity wanted above the load", source="assumption", zh="余量")
    budget: float = parameter(
        0.30, low=0.05, high=0.9, unit="share of money a quarter", doc="most that is spent on plants", source="assumption", zh="治污支出上限"
    )
    design_load: float = parameter(
        0.01, low=0.0, high=0.05, unit="index/quarter per m2", doc="load for which plants of new land are designed", source="assumption", zh="新区设计负荷"
    )


def settle_environment(world: World, terms: Terms, ledger: Ledger, causes: dict[str, str]) -> Floats:
    """Post what enterprises paid and received for treatment, inspections, fines, accidents and by-products; return unpaid support by place.

    Fees go to the platform company that runs the plant (outside zones to owners), which pays its running cost out of them.
    """
    f, acc, places, n = world.flows, world.accounts, world.places, world.n_places
    firm = acc.enterprise0 + np.arange(n)
    county = acc.county0 + places.county[:n].astype(np.int64)
    zone = places.zone[:n].astype(np.int64)
    platform = np.where(zone >= 0, acc.platform0 + np.maximum(zone, 0), acc.OWNERS)
    ledger.post(firm, acc.MARKET, f.treatment_costs + f.inspection_costs, "treatment", "law:环境保护法")
    ledger.post(firm, platform, f.treatment_fees, "treatment_fee", causes["treatment_fee"])
    ledger.post(platform, acc.MARKET, f.treatment_fees * 0.9, "plant_running", "market")
    ledger.post(firm, county, f.environment_fines, "environment_fine", "law:环境保护法")
    ledger.post(firm, acc.HOUSEHOLDS, f.accident_costs, "casualties", "law:安全生产法")
    ledger.post(acc.HOUSEHOLDS, acc.MARKET, f.accident_costs.sum(), "consumption", "market")
    ledger.post(acc.MARKET, firm, f.byproduct_value, "byproducts", "market")
    if not f.circular_support.any():
        return np.zeros(n)
    committee = np.where(zone >= 0, acc.zone0 + np.maximum(zone, 0), county)
    unpaid = ledger.pay_what_there_is(np.full(n, acc.CITY), firm, f.circular_support, "circular_support", causes["circular_support"])
    return ledger.pay_what_there_is(committee, firm, unpaid, "circular_support", causes["circular_support"])


def build_plants(
    world: World, terms: Terms, ledger: Ledger, parameters: PlantParameters, usual_share: float, unit_share: float, causes: dict[str, str]
) -> None:
    """Let committees (outside zones counties) build treatment capacity that is short, within a part of their money.

    wanted = (1 + reserve) x connected share x effluent of the last quarter, and with treatment as a precondition also the design load of
    ready and granted industrial land, which must have its plant first.
    """
    acc, places, n, p = world.accounts, world.places, world.n_places, parameters
    wanted = (1 + p.reserve) * np.maximum(terms["central_share"], np.where(terms["unit_treatment"] > 0, unit_share, usual_share)) * places.effluent[:n]
    first = terms["treatment_precondition"] > 0
    if first.any():
        land = places.land[:n, [LandStage.READY, LandStage.GRANTED], Use.INDUSTRIAL].sum(axis=1)
        wanted = wanted + np.where(first, p.design_load * land, 0.0)
    short = np.maximum(0.0, wanted - places.treatment[:n])
    if not short.any():
        return
    zone = places.zone[:n].astype(np.int64)
    payer = np.where(zone >= 0, acc.zone0 + np.maximum(zone, 0), acc.county0 + places.county[:n].astype(np.int64))
    cost = p.cost * short
    owed = np.bincount(payer, weights=cost, minlength=acc.size)
    there = p.budget * np.maximum(world.balances[: acc.size], 0.0)
    paid = cost * np.minimum(1.0, there / np.maximum(owed, 1e-12))[payer]
    ledger.post(payer, acc.MARKET, paid, "treatment_works", causes["treatment_works"])
    places.treatment[:n] += paid / p.cost
    places.infrastructure[:n, Infrastructure.WASTEWATER] += paid
    world.flows.infrastructure_investment[:n] += paid
