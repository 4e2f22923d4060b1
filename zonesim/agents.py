"""The few who decide one by one: zone committees and the city's government; and the population of enterprises."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import mesa
import numpy as np

from zonesim import draws
from zonesim.accounts import books, evaluation, quotas
from zonesim.behaviour.location import families
from zonesim.parameters import Parameters, parameter
from zonesim.world.places import Effort

if TYPE_CHECKING:
    from zonesim.model import ZoneModel

# What each kind of effort does for each criterion of the evaluation, as a committee believes. Rows: growth, tax, investment, land,
# innovation, environment, jobs; columns: promotion, service, land, environment, infrastructure. Assumption.
BELIEFS = np.array(
    [
        [0.5, 0.3, 0.1, 0.0, 0.4],
        [0.3, 0.4, 0.2, 0.0, 0.2],
        [1.0, 0.3, 0.1, 0.0, 0.2],
        [0.1, 0.1, 1.0, 0.0, 0.1],
        [0.2, 0.5, 0.0, 0.1, 0.3],
        [0.0, 0.1, 0.1, 1.0, 0.2],
        [0.6, 0.3, 0.1, 0.0, 0.3],
    ]
)


class CommitteeParameters(Parameters, name="committee"):
    """How a committee decides on effort and offers."""

    adjustment: float = parameter(0.4, low=0.0, high=1.0, unit="per year", doc="speed towards the wanted split of effort", source="assumption", zh="调整速度")
    sharpness: float = parameter(2.0, low=0.0, high=6.0, unit="logit", doc="how sharply effort follows its perceived worth", source="assumption", zh="敏感度")
    knowledge: float = parameter(
        0.3, low=0.0, high=1.0, unit="sd", doc="error of a committee about the worth of effort", source="assumption: limited knowledge", zh="认知误差"
    )
    lag_pressure: float = parameter(
        0.3, low=0.0, high=1.0, unit="per sd", doc="more weight on criteria in which the zone lags", source="assumption", zh="短板压力"
    )
    reaction: float = parameter(
        0.75,
        low=0.36,
        high=0.87,
        unit="slope",
        doc="reaction to the neighbours' refunds",
        source="Tao, Gong, Zhu 2023 (0.87, 0.36); Chen and Regis 2015 (0.73)",
        zh="竞争反应",
    )
    relief: float = parameter(
        0.10,
        low=0.0,
        high=0.4,
        unit="share",
        doc="more cases handled when a company builds and promotes for the committee",
        source="assumption: 003§3b splits the tasks",
        zh="管委会减负",
    )
    own_offer: float = parameter(
        0.25,
        low=0.0,
        high=0.8,
        unit="share of the local tax part",
        doc="refund that a zone of usual pull would offer by itself",
        source="assumption",
        zh="自主返还",
    )
    weakness: float = parameter(
        0.10, low=0.0, high=0.4, unit="share per sd", doc="more refund offered by zones that lag in investment", source="assumption", zh="弱势加码"
    )
    reach_km: float = parameter(
        60.0,
        low=10.0,
        high=300.0,
        unit="km",
        doc="distance at which a neighbour's weight falls to 1/e",
        source="assumption: neighbours only (Tao et al. 2023)",
        zh="竞争范围",
    )


class ZoneCommittee(mesa.Agent):
    """A zone's committee (管委会); its data stand in row ``index`` of ``model.world.zones``."""

    def __init__(self, model: ZoneModel, index: int) -> None:
        super().__init__(model)
        self.index = index

    def plan_year(self) -> None:
        """Set the year's split of effort, and the refund offered to newcomers.

        Worth of effort k: v_k = sum over criteria c of w_c (1 + lag_c) B_ck + error; wanted share = softmax(sharpness v); effort moves
        part of the way. Offer = (1 - s) own + s x mean of neighbours by distance, own higher for zones that lag in investment, at most
        the cap of the terms; with joint promotion there is no reaction and half the own offer. Committees that operate as one do not bid against each other.

        Draws: KNOWLEDGE by committee and kind of effort.
        """
        world, model = self.model.world, self.model
        zones, z = world.zones, self.index
        if zones.merged[z]:
            return
        p: CommitteeParameters = model.parameters["committee"]
        w = evaluation.weights(model.parameters["evaluation"])
        lag = np.clip(-zones.criteria[z], -1.5, 1.5)
        worth = (w * (1 + p.lag_pressure * lag))[:, None] * BELIEFS
        key = draws.seed_key(world.seed)
        error = np.array([draws.normal(key, draws.KNOWLEDGE, world.quarter, z, k) for k in range(len(Effort))])
        value = p.sharpness * (worth.sum(axis=0) * (1 + p.knowledge * error))
        wanted = np.exp(value - value.max())
        zones.effort[z] += p.adjustment * (wanted / wanted.sum() - zones.effort[z])
        offers = model.last_offers
        family = families(world, model.terms)
        others = [k for k in range(zones.n) if family[k] != family[z] and not zones.merged[k]]
        own = p.own_offer + p.weakness * float(np.clip(-zones.criteria[z, 2], -1.5, 1.5))
        slope = p.reaction if float(model.terms["joint_promotion"]) == 0.0 else 0.0
        if slope == 0.0:
            own *= 0.5
        if others:
            weight = np.exp(-model.zone_distance[z, others] / p.reach_km) + 1e-12
            neighbours = float((weight * offers[others]).sum() / weight.sum())
            own = (1 - slope) * own + slope * neighbours
        parent = int(zones.parent[z])
        if float(model.terms["policy_extended"][z]) > 0 and parent >= 0:  # what the parent offers holds here too
            own = max(own, float(offers[parent]))
        mine = np.flatnonzero(world.places.zone[: world.n_places] == z)
        cap = float(model.terms["refund_cap"][mine].max()) if len(mine) else 0.0
        zones.refund_offer[z] = min(max(own, 0.0), cap, 0.9)


class Government(mesa.Agent):
    """The city and its counties: yearly quotas, and the closing of books."""

    def plan_year(self) -> None:
        """Allot the year's quotas."""
        quotas.allocate_quotas(self.model.world, self.model.terms, self.model.parameters["quotas"])

    def close_books(self) -> None:
        """Close the books of all governments and platform companies."""
        m: Any = self.model
        books.close_books(m.world, m.terms, m.ledger, m.parameters["books"], m.parameters["public_finance"], m.floor_price, m.causes)


class EnterprisePopulation(mesa.Agent):
    """All enterprises: one agent that holds the table; ``row(i)`` shows a single one."""

    @property
    def table(self) -> Any:
        """The table of enterprises."""
        return self.model.world.enterprises

    def row(self, i: int) -> dict[str, Any]:
        """Return one enterprise as plain values."""
        row: dict[str, Any] = self.table.row(i)
        return row
