"""Which shares of an enclave leave everybody no worse: origin, host and enterprise.

The finder (origin) of a project gives it to a host and gets tau of the local tax T it pays there for N years, and pays the part c of the
site cost C. Over a horizon of H years at rate r, with A(y) = (1 - (1 + r)^-y) / r the value of one yuan a year for y years (y when r = 0),

    origin no worse:      tau A(N) T - c C >= A(H) B          B what the origin's own budget would have had of it a year without the enclave
    host no worse:        A(H) G - tau A(N) T + c C >= K      G what the host's budget has of it a year more than without, K what the site costs the host
    enterprise no worse:  it chooses the host's park of its own will (so this holds by construction: an enterprise that would lose stays away)

so the shares run from (A(H) B + c C) / (A(N) T) to (A(H) G + c C - K) / (A(N) T), inside [0, 1]; there are some when A(H) (G - B) >= K and
the origin can be paid out of N years. Where a budget has all of the local tax, without costs and for N = H, the range is [B / T, 1].
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from zonesim import draws, quarters
from zonesim.behaviour.applicants import Applicants, Channel
from zonesim.behaviour.parcel import RENTS
from zonesim.columns import Floats
from zonesim.errors import InputError
from zonesim.experiments.watch import Watched
from zonesim.scenario import Scenario
from zonesim.targets import wilson


def annuity(years: float, rate: float) -> float:
    """Return the value of one yuan a year for some years.

    >>> round(annuity(2, 0.1), 6), annuity(3, 0.0)
    (1.735537, 3.0)
    """
    return float(years) if rate == 0 else (1 - (1 + rate) ** -years) / rate


@dataclass(frozen=True)
class Passed:
    """Projects that would be passed on in one replication; money in 10k CNY, taxes by year."""

    origin: np.ndarray  #: county of the committee that found it
    host: np.ndarray  #: county of the park that it chooses under the enclave
    tax_origin: Floats  #: what the origin's county would have of it without the enclave
    tax_host: Floats  #: what the host's county has of it more than without
    base: Floats  #: local tax there, of which the share is taken
    site_cost: Floats
    outlay: Floats  #: what making the site ready costs the host, less what its land brings
    enterprise_gain: Floats  #: surplus of the enterprise, 10k CNY a year

    @property
    def n(self) -> int:
        """Number of projects."""
        return len(self.base)


def share_range(
    tax_origin: float, tax_host: float, base: float, site_cost: float, outlay: float, *, cost_share: float, years: float, horizon: float, rate: float
) -> tuple[float, float]:
    """Return the least share that the origin accepts and the largest that the host accepts (none fits both when the first is larger).

    >>> share_range(4.0, 10.0, 10.0, 0.0, 0.0, cost_share=0.0, years=5, horizon=5, rate=0.05)
    (0.4, 1.0)
    >>> share_range(2.0, 8.0, 10.0, 40.0, 30.0, cost_share=0.5, years=10, horizon=10, rate=0.0)
    (0.4, 0.7)
    """
    shared = annuity(years, rate) * base
    if shared <= 0:
        return float("inf"), float("-inf")
    whole = annuity(horizon, rate)
    low = (whole * tax_origin + cost_share * site_cost) / shared
    high = (whole * tax_host + cost_share * site_cost - outlay) / shared
    return max(0.0, low), min(1.0, high)


def joint_range(passed: Passed, *, cost_share: float, years: float, horizon: float, rate: float, by: str = "all") -> tuple[float, float]:
    """Return the range of one contract for all projects of a replication.

    Args:
        passed: the projects.
        cost_share, years, horizon, rate: of the contract.
        by: "all" adds up origins and hosts; "each" asks that every origin and every host be no worse.
    """
    if passed.n == 0:
        return float("inf"), float("-inf")

    def ends(mine: np.ndarray) -> tuple[float, float]:
        sums = (float(v[mine].sum()) for v in (passed.tax_origin, passed.tax_host, passed.base, passed.site_cost, passed.outlay))
        return share_range(*sums, cost_share=cost_share, years=years, horizon=horizon, rate=rate)

    if by == "all":
        return ends(np.ones(passed.n, dtype=bool))
    low = max(ends(passed.origin == one)[0] for one in np.unique(passed.origin))
    high = min(ends(passed.host == one)[1] for one in np.unique(passed.host))
    return low, high


MOST = 0.5  #: part of the replications in which a share must fit to stand in the range that is reported


@dataclass(frozen=True)
class Likelihood:
    """The ranges of many replications."""

    lows: Floats
    highs: Floats

    @property
    def exists(self) -> np.ndarray:
        """In which replications some share leaves all no worse."""
        return np.asarray(self.lows <= self.highs)

    @property
    def middle(self) -> float:
        """The point in the middle of the shares that fit at least half of the replications; where none does, of those that fit the most; NaN when no share ever fits.

        >>> Likelihood(np.array([0.0, 0.5]), np.array([0.2, 0.9])).middle, Likelihood(np.array([0.1, 0.4, 0.55]), np.array([0.5, 0.8, 0.75])).middle
        (0.7, 0.65)
        """
        n = len(self.lows)
        often = max((self.fits(float(end)) for end in np.concatenate([self.lows, self.highs])[np.tile(self.exists, 2)]), default=0)
        band = self.band(min(MOST, often / n)) if often else None
        return float("nan") if band is None else 0.5 * (band[0] + band[1])

    def fits(self, share: float) -> int:
        """Return in how many replications a share leaves all no worse."""
        return int(((self.lows <= share + 1e-12) & (share <= self.highs + 1e-12)).sum())

    def band(self, least: float) -> tuple[float, float] | None:
        """Return the widest stretch in which each share fits at least a part of the replications, or None.

        What fits changes at the ends of ranges alone, so that an end and the middle between two ends speak for all shares.

        >>> Likelihood(np.array([0.0, 0.6]), np.array([0.1, 0.9])).band(0.5)
        (0.6, 0.9)
        """
        ends = np.unique(np.concatenate([self.lows, self.highs])[np.tile(self.exists, 2)])
        stretches: list[tuple[float, float]] = []
        first: float | None = None
        for k, end in enumerate(ends):
            if self.fits(float(end)) >= least * len(self.lows):
                first = float(end) if first is None else first
                if k + 1 == len(ends) or self.fits(0.5 * float(end + ends[k + 1])) < least * len(self.lows):
                    stretches.append((first, float(end)))
                    first = None
        return max(stretches, key=lambda one: one[1] - one[0], default=None)


class _Passing:
    """Collects the projects that an enclave would let pass: where each would go without, and where with finders that all agree."""

    def __init__(self) -> None:
        self.rows: list[tuple[float, ...]] = []
        self.contract: tuple[float, float, float] | None = None

    def __call__(self, run: Watched, who: Applicants) -> None:
        """Look at one quarter."""
        world, terms = run.world, run.terms
        shared = terms["enclave"] > 0
        if not shared.any():
            return
        self.contract = tuple(float(terms[name][shared].mean()) for name in ("enclave_tax_share", "enclave_cost_share", "enclave_years"))  # type: ignore[assignment]
        found = who.take(np.flatnonzero(who.channel == Channel.ATTRACTED))
        if found.n == 0:
            return
        without, agreed = terms.copy(), terms.copy()
        without["enclave"][:] = 0.0
        agreed["enclave_tax_share"][:] = 1.0
        agreed["enclave_years"][:] = run.parameters["location"].enclave_full_years
        before, after = run.wishes(found, without), run.wishes(found, agreed)
        zone, county = world.places.zone[: world.n_places].astype(np.int64), world.places.county[: world.n_places]
        kept = 1 - run.parameters["sharing"].city
        prepare, net = run.parameters["books"].land_cost, 1 - terms["land_revenue_deduction"]
        usual = world.economy.usual_value[found.industry]
        location, key = run.parameters["location"], draws.seed_key(world.seed)
        for a in range(found.n):
            p, q, mine = int(before.place[a, 0]), int(after.place[a, 0]), int(found.finder[a])
            if q < 0 or q == p or zone[q] < 0 or zone[q] == mine or county[q] == world.zones.county[mine]:
                continue
            home = int(world.zones.county[mine])
            there, here = float(after.local_tax[a, 0]), float(before.local_tax[a, 0]) if p >= 0 else 0.0
            area, price = (float(after.area[a, 0]), float(after.price[a, 0])) if after.tenure[a, 0] != RENTS else (0.0, 0.0)

            def worth(sites: Floats, place: int, a: int = a) -> float:
                luck = draws.gumbel(key, draws.PLACE_TASTE, world.quarter, found.id[a], place if place >= 0 else 65535)
                return float((sites[0, a, place] if place >= 0 else usual[a] + location.not_here) + luck)

            gain = (worth(after.sites, q) - worth(before.sites, p)) * 4 * float(found.value_added[a]) / location.profit
            self.rows.append(
                (
                    home, int(county[q]), kept * here if p >= 0 and county[p] == home else 0.0,
                    kept * (there - (here if p >= 0 and county[p] == county[q] else 0.0)), there, price * area,
                    area * (prepare - net[q] * price), gain,
                )
            )  # fmt: skip

    def passed(self) -> Passed:
        """Return the projects of the run."""
        table = np.array(self.rows, dtype=float).reshape(-1, 8)
        return Passed(table[:, 0].astype(int), table[:, 1].astype(int), *table[:, 2:].T)


def passed_on(scenario: Scenario, seed: int) -> tuple[Passed, tuple[float, float, float] | None]:
    """Run a scenario and return the projects that its enclave would let pass, and the contract (tax share, cost share, years) in force at last."""
    watch = _Passing()
    run = Watched(scenario, seed, watch)
    while run.running:
        run.step()
    return watch.passed(), watch.contract


def find_range(scenario: Scenario, *, replications: int = 10, seed: int = 1, horizon: float = 10.0, rate: float = 0.05) -> dict[str, Any]:
    """Return the shares of tax that leave origin, host and enterprise no worse, with their probability over replications.

    Args:
        scenario: with an enclave in force in some quarter.
        replications: runs.
        seed: seed of the whole.
        horizon: years that count.
        rate: discount rate a year.

    Returns:
        For one contract for all counties together, and for one that suits each county: ``from`` and ``to`` (shares that fit at least half of
        the runs, every share between them too), ``middle`` (of that range, or without one of the shares that fit the most runs) and the probability that it fits, the number of runs in which any share fits, the
        probability of that, and that the share in force does, with Wilson intervals. That the enterprise is no worse holds by construction: it goes of its own will.

    Raises:
        InputError: fewer than two zones, or no enclave in the run.
    """
    if len({park.zone for park in scenario.region.parks.values()}) < 2:
        raise InputError(f"{scenario.id}: an enclave needs at least two zones with parks, and the region has {len(scenario.region.zones)}")
    runs = []
    contract = None
    for r in range(replications):
        one, agreed = passed_on(scenario, draws.replication_seed(seed, r))
        if agreed is None:
            span = f"{quarters.label(scenario.start)} to {quarters.label(scenario.end)}"
            raise InputError(f"{scenario.id}: no enclave is in force from {span}; add a policy with 'instrument: enclave' (enclave_enabled: true)")
        contract = agreed
        runs.append(one)
    assert contract is not None
    share, cost_share, years = contract
    terms = {"cost_share": cost_share, "years": max(years, 1e-9), "horizon": horizon, "rate": rate}
    contracts = []
    for name, by in (("counties together", "all"), ("each county", "each")):
        ranges = [joint_range(one, **terms, by=by) for one in runs]
        likely = Likelihood(np.array([low for low, _ in ranges]), np.array([high for _, high in ranges]))
        band, middle = likely.band(MOST), likely.middle
        there, fits = int(likely.exists.sum()), likely.fits(share)
        contracts.append(
            {
                "name": name, "from": band[0] if band else None, "to": band[1] if band else None, "middle": None if np.isnan(middle) else middle,
                "runs": there, "exists": _probability(there, replications), "now_fits": _probability(fits, replications),
                "middle_fits": _probability(likely.fits(middle) if there else 0, replications),
            }
        )  # fmt: skip
    every = np.concatenate([one.enterprise_gain for one in runs])
    return {
        "scenario": scenario.id, "now": share, "cost_share": cost_share, "years": years, "horizon": horizon, "rate": rate,
        "replications": replications, "projects": float(np.mean([one.n for one in runs])), "contracts": contracts,
        "enterprise_gain": float(every.mean()) if len(every) else 0.0, "enterprises_worse": int((every < 0).sum()),
    }  # fmt: skip


def _probability(met: int, n: int) -> dict[str, float]:
    low, high = wilson(met, n)
    return {"probability": met / n, "low": low, "high": high}
