"""The few who decide one by one: zone committees and the city's government; and the population of enterprises."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zonesim.accounts import books, quotas
from zonesim.behaviour.zone_effort import Minds, plan_effort, plan_offer
from zonesim.lean_mesa import Agent

if TYPE_CHECKING:
    from zonesim.model import ZoneModel


class ZoneCommittee(Agent):
    """A zone's committee (管委会); its data stand in row ``index`` of ``model.world.zones``."""

    def __init__(self, model: ZoneModel, index: int) -> None:
        super().__init__(model)
        self.index = index

    def plan_year(self) -> None:
        """Set the year's effort and the refund offered to newcomers (:mod:`zonesim.behaviour.zone_effort`)."""
        model, z = self.model, self.index
        zones, p = model.world.zones, model.parameters
        if zones.merged[z]:
            return
        minds = Minds(p["committee"], p["motives"], p["leaders"])
        plan_effort(model.world, model.terms, z, float((zones.weights[z] * p["evaluation"].soft).sum()), minds)
        plan_offer(model.world, model.terms, z, model.last_offers, model.zone_distance, minds.committee)


class Government(Agent):
    """The city and its counties: yearly quotas, and the closing of books."""

    def plan_year(self) -> None:
        """Staff the committees by the form in force, and allot the year's quotas."""
        self.staff_committees()
        quotas.allocate_quotas(self.model.world, self.model.terms, self.model.parameters["quotas"])

    def staff_committees(self) -> None:
        """Let the staff of each committee follow its form of governance."""
        zones, factor = self.model.world.zones, self.model.terms["staff_factor"]
        zones.staff[: zones.n] *= factor / zones.staff_factor[: zones.n]
        zones.staff_factor[: zones.n] = factor

    def close_books(self) -> None:
        """Close the books of all governments and platform companies."""
        m: Any = self.model
        p = m.parameters
        books.close_books(m.world, m.terms, m.ledger, p["books"], p["public_finance"], p["staff_pay"], p["plants"].cost, m.floor_price, m.causes)


class EnterprisePopulation(Agent):
    """All enterprises: one agent that holds the table; ``row(i)`` shows a single one."""

    @property
    def table(self) -> Any:
        """The table of enterprises."""
        return self.model.world.enterprises

    def row(self, i: int) -> dict[str, Any]:
        """Return one enterprise as plain values."""
        row: dict[str, Any] = self.table.row(i)
        return row
