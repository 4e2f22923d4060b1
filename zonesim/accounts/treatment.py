"""Money of the environment: treatment, fees, fines, accidents, by-products; and who builds treatment plants."""

from __future__ import annotations

import numpy as np

from zonesim.accounts.ledger import Book, Handed, Ledger, pay, pay_rows
from zonesim.columns import Array, Floats, Ints
from zonesim.compiled import kernel
from zonesim.parameters import Parameters, parameter
from zonesim.terms import Terms
from zonesim.world import World
from zonesim.world.flows import Flows
from zonesim.world.places import Infrastructure, LandStage, Use
from zonesim.world.world import AccountIndex

MARKET, HOUSEHOLDS, OWNERS = AccountIndex.MARKET, AccountIndex.HOUSEHOLDS, AccountIndex.OWNERS
READY, GRANTED, INDUSTRIAL = int(LandStage.READY), int(LandStage.GRANTED), int(Use.INDUSTRIAL)


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
    running: float = parameter(
        0.9, low=0.5, high=1.2, unit="share of fees", doc="what running a plant costs its company", source="assumption", zh="运行成本占收费"
    )


COSTS, FEES, FINES, INSPECTIONS, CASUALTIES, BYPRODUCTS = (
    Flows.BY_PLACE.index(name)
    for name in (
        "treatment_costs", "treatment_fees", "environment_fines", "inspection_costs", "accident_costs", "byproduct_value",
    )
)  # fmt: skip
KINDS = ("treatment", "treatment_fee", "plant_running", "environment_fine", "casualties", "consumption", "byproducts")
FEE, WORKS = ("treatment_fee",), ("treatment_works",)


@kernel
def _settle(
    handed: Handed, flow: Floats, zone: Array, county: Array, county0: int, platform0: int, enterprise0: int, kinds: Array, market: int,
    environment: int, safety: int, fee: Ints, running: float,
) -> None:  # fmt: skip
    book = Book(*handed)
    treatment, treatment_fee, plant_running, fine, casualties, consumption, byproducts = kinds
    n = flow.shape[1]
    rows, amount = np.empty((4, len(kinds) * n), dtype=np.int64), np.empty(len(kinds) * n)
    payer, payee, kind, cause = rows[0], rows[1], rows[2], rows[3]
    for p in range(n):
        firm, host = enterprise0 + p, county0 + county[p]
        plant = platform0 + zone[p] if zone[p] >= 0 else OWNERS
        k = len(kinds) * p
        payer[k], payee[k], amount[k], kind[k], cause[k] = firm, MARKET, flow[COSTS, p] + flow[INSPECTIONS, p], treatment, environment
        payer[k + 1], payee[k + 1], amount[k + 1], kind[k + 1], cause[k + 1] = firm, plant, flow[FEES, p], treatment_fee, fee[p]
        payer[k + 2], payee[k + 2], amount[k + 2], kind[k + 2], cause[k + 2] = plant, MARKET, running * flow[FEES, p], plant_running, market
        payer[k + 3], payee[k + 3], amount[k + 3], kind[k + 3], cause[k + 3] = firm, host, flow[FINES, p], fine, environment
        payer[k + 4], payee[k + 4], amount[k + 4], kind[k + 4], cause[k + 4] = firm, HOUSEHOLDS, flow[CASUALTIES, p], casualties, safety
        payer[k + 5], payee[k + 5], amount[k + 5], kind[k + 5], cause[k + 5] = HOUSEHOLDS, MARKET, flow[CASUALTIES, p], consumption, market
        payer[k + 6], payee[k + 6], amount[k + 6], kind[k + 6], cause[k + 6] = MARKET, firm, flow[BYPRODUCTS, p], byproducts, market
    pay_rows(book, payer, payee, amount, kind, cause)


def settle_environment(world: World, ledger: Ledger, parameters: PlantParameters, causes: dict[str, str]) -> None:
    """Post what enterprises paid and received for treatment, inspections, fines, accidents and by-products.

    Fees go to the platform company that runs the plant (outside zones to owners), which pays its running cost out of them.
    """
    acc, places, n = world.accounts, world.places, world.n_places
    _settle(
        ledger.open(len(KINDS) * n), world.flows.by_place, places.zone, places.county, acc.county0, acc.platform0, acc.enterprise0,
        ledger.kinds_of(KINDS), ledger.cause("market"), ledger.cause("law:环境保护法"), ledger.cause("law:安全生产法"),
        ledger.causes_at_places(FEE, causes, n)[0], parameters.running,
    )  # fmt: skip
    ledger.close()


@kernel
def _build_plants(
    handed: Handed, zone: Array, county: Array, county0: int, zone0: int, central: Floats, unit: Floats, first: Floats, land: Array, effluent: Floats,
    treatment: Floats, works: Floats, invested: Floats, usual_share: float, unit_share: float, numbers: Floats, kind: int, cause: Ints,
) -> None:  # fmt: skip
    book = Book(*handed)
    cost, reserve, budget, design_load, _ = numbers
    n = len(invested)
    short, owed = np.zeros(n), np.zeros(len(book.balances))
    for p in range(n):
        share = max(central[p], unit_share if unit[p] > 0.0 else usual_share)
        wanted = (1.0 + reserve) * share * effluent[p]
        if first[p] > 0.0:
            wanted += design_load * (land[p, READY, INDUSTRIAL] + land[p, GRANTED, INDUSTRIAL])
        short[p] = max(0.0, wanted - treatment[p])
        owed[zone0 + zone[p] if zone[p] >= 0 else county0 + county[p]] += cost * short[p]
    means = np.maximum(book.balances, 0.0) * budget
    for p in range(n):
        if short[p] <= 0.0:
            continue
        payer = zone0 + zone[p] if zone[p] >= 0 else county0 + county[p]
        paid = cost * short[p] * min(1.0, means[payer] / owed[payer])
        pay(book, payer, MARKET, paid, kind, cause[p])
        treatment[p] += paid / cost
        works[p] += paid
        invested[p] += paid


def build_plants(
    world: World, terms: Terms, ledger: Ledger, parameters: PlantParameters, usual_share: float, unit_share: float, causes: dict[str, str]
) -> None:
    """Let committees (outside zones counties) build treatment capacity that is short, within a part of their money.

    wanted = (1 + reserve) x connected share x effluent of the last quarter, and with treatment as a precondition also the design load of
    ready and granted industrial land, which must have its plant first.
    """
    acc, places = world.accounts, world.places
    _build_plants(
        ledger.open(world.n_places), places.zone, places.county, acc.county0, acc.zone0, terms["central_share"], terms["unit_treatment"],
        terms["treatment_precondition"], places.land, places.effluent, places.treatment, places.infrastructure[:, Infrastructure.WASTEWATER],
        world.flows.infrastructure_investment, usual_share, unit_share, parameters.vector, ledger.kind("treatment_works"),
        ledger.causes_at_places(WORKS, causes, world.n_places)[0],
    )  # fmt: skip
    ledger.close()
