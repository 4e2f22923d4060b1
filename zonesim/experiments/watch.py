"""A run that is watched: who looks for a place in each quarter, and what each place would mean to them, without a change to the run."""

from __future__ import annotations

from collections.abc import Callable

from zonesim.behaviour.applicants import Applicants
from zonesim.behaviour.approval import procedure
from zonesim.behaviour.arrivals import arrive
from zonesim.behaviour.incubation import founders
from zonesim.behaviour.location import Preferences, choose_places
from zonesim.model import ZoneModel
from zonesim.scenario import Scenario
from zonesim.terms import Terms

Watcher = Callable[["Watched", Applicants], None]


class Watched(ZoneModel):
    """A run whose applicants are shown to somebody before they choose; draws are functions of who and when, so looking changes nothing.

    Args:
        scenario: what to run.
        seed: of the run.
        watcher: called with the run and the applicants of each quarter from the opening on.
    """

    def __init__(self, scenario: Scenario, seed: int, watcher: Watcher) -> None:
        self.watcher: Watcher | None = None  # nobody looks while the pipeline is filled
        super().__init__(scenario, seed)
        self.watcher = watcher

    def apply_for_places(self) -> None:
        """Show the applicants, then go on as any run."""
        if self.watcher is not None:
            p = self.parameters
            births = self.days_of_births(procedure(self.world, self.terms, p["approval"]))
            more = founders(self.world, p["incubation"], p["arrivals"].births, p["arrivals"].birth_size)
            looked = self.world.flows.looked_around.copy()
            who = arrive(
                self.world, self.terms, p["arrivals"], p["promotion"], self.scenario.founding.scale, births, p["approval"].base_days,
                p["construction"].hoarding, more,
            )  # fmt: skip
            self.world.flows.looked_around[:] = looked
            self.watcher(self, who)
        super().apply_for_places()

    def wishes(self, who: Applicants, terms: Terms | None = None) -> Preferences:
        """Return what applicants would choose under some terms (those of the quarter unless others are given), with the figures of every site."""
        p, t = self.parameters, terms or self.terms
        steps = procedure(self.world, t, p["approval"])
        return choose_places(
            self.world, t, who, steps, self.floor_price, self.local_part, p["location"], p["taxation"], p["investment"], p["bespoke"], p["promotion"],
            with_sites=True,
        )  # fmt: skip
