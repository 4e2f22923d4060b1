"""The game that the committees of a scenario play for newcomers, read from its runs: what each newcomer is worth where, with and without a refund.

The game itself, its equilibrium and its optimum are in ``competition.py``.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np

from zonesim import draws, quarters
from zonesim.behaviour.applicants import Applicants, Channel
from zonesim.columns import Array, Floats
from zonesim.errors import InputError
from zonesim.experiments.competition import LARGEST, Game
from zonesim.experiments.watch import Watched
from zonesim.scenario import Scenario
from zonesim.world.places import Kind

OUTSIDE = "outside"  #: name under which the places outside zones stand


@dataclass(frozen=True)
class Bids:
    """The game of a scenario: who plays, what they offer in its runs, and the game itself."""

    zones: tuple[str, ...]  #: ids of the committees, and at last the places outside zones
    now: Floats  #: mean offer in the runs of the scenario
    game: Game
    projects: int  #: projects that were seen
    year: int
    replications: int
    worth: float
    legal_caps: tuple[float, ...] = ()  #: the largest refund that law and package allow in each quarter of the year
    given_cap: float | None = None  #: the cap that was asked for instead
    usual: bool = True  #: nobody named the year
    in_force: bool = True  #: some clause of the package is in force in the year
    first_in_force: int | None = None  #: the first full year of the run in which one is
    first_cap: float = LARGEST  #: the largest legal refund of that year
    each: tuple[Game, ...] = ()  #: the game of each run alone


def legal_caps(scenario: Scenario, year: int) -> tuple[float, ...]:
    """Return the largest refund that law and package allow anywhere in parks, in each quarter of a year."""
    package, parks = scenario.package, len(scenario.region.parks)
    return tuple(float(min(LARGEST, package.terms_at(4 * year + k)["refund_cap"][:parks].max())) for k in range(4))


def full_years(scenario: Scenario) -> range:
    """Return the full years of a run."""
    return range(-(-scenario.start // 4), (scenario.end - 3) // 4 + 1)


def is_in_force(scenario: Scenario, year: int) -> bool:
    """Tell whether some clause of the package is in force all of a year; what has no package is as it is in every year."""
    return not scenario.instruments or any(all(one.in_force(4 * year + k) for k in range(4)) for one in scenario.instruments)


def usual_year(scenario: Scenario) -> int:
    """Return the year nearest to the third of the run in which one cap that is not zero holds all year.

    A year in which some clause of the package is in force comes first; when there is no year with one cap, it is the third (or the last).
    """
    years = full_years(scenario)
    third = min(years.start + 2, years.stop - 1)
    capped = []
    for year in sorted(years, key=lambda one: (abs(one - third), one)):
        caps = legal_caps(scenario, year)
        if min(caps) == max(caps) > 0:
            capped.append(year)
    return next((year for year in capped if is_in_force(scenario, year)), capped[0] if capped else third)


def bids(scenario: Scenario, *, year: int | None = None, replications: int = 2, seed: int = 1, worth: float = 0.02, cap: float | None = None) -> Bids:
    """Return the game that the committees of a scenario play for the newcomers of a year.

    The scenario is run to the year; every newcomer of its four quarters is valued at every place by the choice of the model, once with no
    refund and once with the largest (the choice is linear in the refund between).

    Args:
        scenario: what to run.
        year: of the newcomers; unless given the year nearest to the third of the run in which one cap holds all year and is not zero.
        replications: runs whose newcomers are put together.
        seed: seed of the whole.
        worth: what value added is worth to a committee beyond tax, as a share of it (jobs, growth, evaluation); an assumption to vary.
        cap: largest refund; what the terms of the quarter allow unless given.

    Raises:
        InputError: fewer than two committees with parks, or a year outside the run.
    """
    first = 4 * (year if year is not None else usual_year(scenario))
    if not scenario.start <= first <= scenario.end - 3:
        raise InputError(
            f"--year {first // 4}: the run of {scenario.id} goes from {quarters.label(scenario.start)} to {quarters.label(scenario.end)}; a full year inside it is needed"
        )
    if len({park.zone for park in scenario.region.parks.values()}) < 2:
        raise InputError(f"{scenario.id}: bids need at least two zones with parks, and the region has {len(scenario.region.zones)}")
    watch = _Newcomers(first, cap)
    for r in range(replications):
        run = Watched(scenario, draws.replication_seed(seed, r), watch)
        while run.running and run.quarter < first + 4:
            run.step()
    zone, names = watch.zone, [one.id for one in run.world.zone_names]
    players = np.unique(zone[zone >= 0])
    if len(players) < 2:
        raise InputError(f"{scenario.id}: bids need at least two zones, and in {first // 4} all parks are run by {names[int(players[0])]!r}")
    joined = {key: np.concatenate([part[key] for part in watch.parts]) for key in watch.parts[0]}
    owner = np.where(zone >= 0, np.searchsorted(players, zone), len(players))
    n, years = len(joined["value"]), run.parameters["location"].refund_years
    game = Game(
        joined["utility"], joined["slope"], joined["tax"], joined["refundable"], worth * joined["value"],
        joined["usual"] + float(run.parameters["location"].not_here), np.full(n, 1 / replications), owner, np.append(watch.caps[players], 0.0), years / (years + 5),
    )  # fmt: skip
    each = []
    for mine in (watch.run == r for r in range(replications)):
        each.append(
            dataclasses.replace(
                game, utility=game.utility[mine], slope=game.slope[mine], tax=game.tax[mine], refundable=game.refundable[mine], worth=game.worth[mine],
                outside=game.outside[mine], weight=np.ones(int(mine.sum())),
            )
        )  # fmt: skip
    now = np.append(np.mean(watch.offers, axis=0)[players], 0.0)
    caps = legal_caps(scenario, first // 4)
    in_force = next((one for one in full_years(scenario) if is_in_force(scenario, one)), None)
    return Bids(
        (*(names[int(z)] for z in players), OUTSIDE), now, game, n, first // 4, replications, worth, caps, cap, year is None, is_in_force(scenario, first // 4),
        in_force, LARGEST if in_force is None else max(legal_caps(scenario, in_force)), tuple(each) if replications > 1 else (),
    )  # fmt: skip


class _Newcomers:
    """Collects the newcomers of a year: utility at no refund, what a refund adds, taxes."""

    def __init__(self, first: int, cap: float | None) -> None:
        self.first, self.cap = first, cap
        self.parts: list[dict[str, Floats]] = []
        self.offers: list[Floats] = []
        self.caps: Floats = np.zeros(0)
        self.zone: Array = np.zeros(0, dtype=np.int64)
        self.runs: list[int] = []  #: of each part
        self.begun = -1  #: the run that is looked at: one after the other begins with the first quarter of the year

    @property
    def run(self) -> Array:
        """The run of each project that was seen."""
        return np.repeat(np.array(self.runs), [len(part["value"]) for part in self.parts])

    def __call__(self, run: Watched, who: Applicants) -> None:
        """Look at one quarter."""
        if not self.first <= run.quarter < self.first + 4:
            return
        self.begun += run.quarter == self.first
        world, n = run.world, run.world.n_places
        offers, kept = world.zones.refund_offer, world.zones.refund_offer.copy()
        zone = np.where(world.places.kind[:n] == Kind.PARK, world.places.zone[:n].astype(np.int64), -1)
        if not len(self.zone):
            self.zone, self.caps = zone, np.zeros(len(offers))
        terms = run.terms
        if self.cap is not None:
            terms = terms.copy()
            terms["refund_cap"][:] = self.cap
        np.maximum.at(self.caps, zone[zone >= 0], np.minimum(LARGEST, terms["refund_cap"][zone >= 0].max(axis=1)))
        new = np.flatnonzero(who.channel != Channel.INCUMBENT)
        most = np.maximum(self.caps, 1e-6)
        try:
            offers[:] = 0.0
            none, tax, refundable = run.wishes(who, terms).sites[:, new]
            offers[:] = most
            all_of_it = run.wishes(who, terms).sites[0, new]
        finally:
            offers[:] = kept
        may = np.isfinite(none)
        added = np.subtract(all_of_it, none, out=np.zeros_like(none), where=may) / np.where(zone >= 0, most[zone], 1.0)
        some = may.any(axis=1)
        self.parts.append(
            {
                "utility": none[some], "slope": added[some], "tax": tax[some], "refundable": refundable[some],
                "value": 4 * who.value_added[new][some], "usual": world.economy.usual_value[who.industry[new]][some],
            }
        )  # fmt: skip
        self.offers.append(kept)
        self.runs.append(self.begun)
