"""Zones that bid for projects: the refunds each would offer against the others', and what agreeing would gain.

Projects choose by the logit of the model. With offers o, project a chooses park p with probability

    s_ap(o) = exp(u_ap + g_ap o_z(p)) / (exp(u_a0) + sum over q of exp(u_aq + g_aq o_z(q)))

u its utility there at no refund, g what a refund adds, u_a0 not coming at all. A committee z gains

    W_z(o) = sum over a, p in z of s_ap(o) [t_ap - k o_z r_ap + b_a] ,

t the local tax a year, r the part of it that may be refunded, k the part of it that a refund of its years is worth over the horizon, b what a project is worth beyond its
tax (jobs, evaluation). In the equilibrium no zone gains by another offer; the optimum maximises the sum over zones. The places outside
zones, which bid nothing, stand together as one more zone that may not offer: what the zones take from them is no gain of the region.

For n alike zones with r = t and nothing else to choose, the equilibrium is o* = [1 + b/t - n / (g' (n - 1))] / k with g' = g / k, and the optimum is
0; with somewhere else to go the optimum is o = [1 + b/t - (1 + X) / g'] / k, X = W(n exp(u - u0 + g' (1 + b/t) - 1)), W of Lambert
(both inside the bounds of the offers; tests hold the solvers to them).
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize, minimize_scalar

from zonesim.columns import Array, Floats

TOLERANCE = 1e-9
ROUNDS = 400
LARGEST = 0.9  #: refund that a committee offers at most, whatever the terms allow


def closed_form(n: int, g: float, t: float, b: float, k: float) -> float:
    """Return the offer of n alike zones in the equilibrium, with r = t and nothing else to choose, before the bounds of offers.

    Args:
        n: zones that bid.
        g: utility that an offer of 1 adds.
        t: local tax of a project a year.
        b: what a project is worth to a committee beyond its tax, a year.
        k: what a refund of its years is worth over the horizon, per unit of yearly tax.

    >>> round(closed_form(2, 7.0, 8.0, 1.0, 0.6), 3)
    1.589
    """
    per_refund = g / k  # g' of the text above
    return (1 + b / t - n / (per_refund * (n - 1))) / k


@dataclass(frozen=True)
class Game:
    """Projects that look for a place, and what each committee gains by one."""

    utility: Floats  #: [projects, parks] at no refund; -inf where it may not go
    slope: Floats  #: [projects, parks] utility per unit of offer
    tax: Floats  #: [projects, parks] local tax, 10k CNY a year
    refundable: Floats  #: [projects, parks] the part of it that refunds are a share of
    worth: Floats  #: [projects] worth to a committee beyond tax, 10k CNY a year
    outside: Floats  #: [projects] log of the sum of exp utility of all else
    weight: Floats  #: [projects] projects a year that it stands for
    zone: Array  #: [parks] committee, 0 .. zones - 1
    cap: Floats  #: [zones] largest offer
    paid: float  #: k, value of a refund per unit of yearly tax

    @property
    def zones(self) -> int:
        """Number of committees."""
        return len(self.cap)

    def shares(self, offers: Floats) -> Floats:
        """Return the probability of each park for each project, ``[projects, parks]``."""
        u = self.utility + self.slope * offers[self.zone][None, :]
        top = np.maximum(u.max(axis=1), self.outside)
        each = np.exp(u - top[:, None])
        return np.asarray(each / (each.sum(axis=1) + np.exp(self.outside - top))[:, None])

    def gains(self, offers: Floats) -> Floats:
        """Return W of each committee, 10k CNY a year of arrivals."""
        return self._by_zone(self.shares(offers) * self._worth_of(offers))

    def projects(self, offers: Floats) -> Floats:
        """Return the projects a year that settle with each committee."""
        return self._by_zone(self.shares(offers))

    def refunded(self, offers: Floats) -> Floats:
        """Return the refunds of each committee as yearly values, 10k CNY a year of arrivals."""
        return self._by_zone(self.shares(offers) * self.refundable * (self.paid * offers[self.zone])[None, :])

    def _worth_of(self, offers: Floats) -> Floats:
        return np.asarray(self.tax - self.refundable * (self.paid * offers[self.zone])[None, :] + self.worth[:, None])

    def _by_zone(self, values: Floats) -> Floats:
        by_park = (values * self.weight[:, None]).sum(axis=0)
        return np.asarray(np.bincount(self.zone, weights=by_park, minlength=self.zones), dtype=np.float64)

    def gradient(self, offers: Floats) -> Floats:
        """Return the derivative of the sum of gains by each offer."""
        s, v = self.shares(offers), self._worth_of(offers)
        mean = (s * v).sum(axis=1)
        by_offer = s * (self.slope * (v - mean[:, None]) - self.paid * self.refundable)
        return self._by_zone(by_offer)

    def best_response(self, z: int, offers: Floats) -> tuple[float, float]:
        """Return the offer of z that is best for it against the others', and its gain."""

        def loss(x: float) -> float:
            trial = offers.copy()
            trial[z] = x
            return -float(self.gains(trial)[z])

        best, value = 0.0, loss(0.0)
        if self.cap[z] > 0:
            grid = np.linspace(0.0, self.cap[z], 9)
            losses = [value, *(loss(float(x)) for x in grid[1:])]
            k = int(np.argmin(losses))
            low, high = grid[max(0, k - 1)], grid[min(8, k + 1)]
            inner = minimize_scalar(loss, bounds=(float(low), float(high)), method="bounded", options={"xatol": 1e-10})
            for x, f in ((float(grid[k]), losses[k]), (float(inner.x), float(inner.fun))):
                if f < value:
                    best, value = x, f
        return best, -value


@dataclass(frozen=True)
class Outcome:
    """Offers, and what follows from them, by committee."""

    offers: Floats
    gains: Floats
    projects: Floats
    refunded: Floats


@dataclass(frozen=True)
class Solution:
    """The game solved: equilibrium and optimum, and how far each is one."""

    equilibrium: Outcome
    optimum: Outcome
    regret: float  #: the most any committee could still gain alone at the equilibrium, of its own gain
    unique: bool  #: the equilibrium is the same from no refunds and from the largest ones
    would_offer: Floats  #: what each would answer to the others' offers if its cap were ``LARGEST``

    @property
    def bound(self) -> Array:
        """Which committees stand at their cap in the equilibrium and would go higher if they could."""
        return np.asarray(self.would_offer > self.equilibrium.offers + 1e-4)

    @property
    def gain(self) -> float:
        """What agreeing adds, 10k CNY a year of arrivals."""
        return float(self.optimum.gains.sum() - self.equilibrium.gains.sum())


def outcome(game: Game, offers: Floats) -> Outcome:
    """Return what follows from offers."""
    return Outcome(offers, game.gains(offers), game.projects(offers), game.refunded(offers))


def equilibrium(game: Game, start: Floats) -> Floats:
    """Return offers at which each is the best response to the others', by rounds of best responses.

    Rounds are damped when the step does not shrink, so that cycles end.
    """
    offers, damping, before = start.astype(float).copy(), 1.0, np.inf
    for _ in range(ROUNDS):
        step = 0.0
        for z in range(game.zones):
            wanted, _ = game.best_response(z, offers)
            step = max(step, abs(wanted - offers[z]))
            offers[z] += damping * (wanted - offers[z])
        if step < TOLERANCE:
            break
        if step > 0.95 * before:
            damping = max(0.2, 0.7 * damping)
        before = step
    return offers


def optimum(game: Game, starts: list[Floats]) -> Floats:
    """Return the offers that maximise the sum of gains, the best of what L-BFGS-B finds from several starts."""
    bounds = [(0.0, float(c)) for c in game.cap]
    scale = max(1.0, float(np.abs(game.gains(np.zeros(game.zones))).sum()))
    best, value = np.zeros(game.zones), float(game.gains(np.zeros(game.zones)).sum())
    for start in starts:
        found = minimize(
            lambda o: -float(game.gains(o).sum()) / scale, start, jac=lambda o: -game.gradient(o) / scale, bounds=bounds, method="L-BFGS-B",
            options={"ftol": 1e-15, "gtol": 1e-11, "maxiter": 500},
        )  # fmt: skip
        total = float(game.gains(found.x).sum())
        if total > value + 1e-12 * scale:
            best, value = np.asarray(found.x), total
    return best


def solve(game: Game) -> Solution:
    """Return the equilibrium (from no refunds; and whether the largest refunds lead to the same) and the optimum of a game."""
    low = equilibrium(game, np.zeros(game.zones))
    high = equilibrium(game, game.cap)
    regret = 0.0
    own = game.gains(low)
    for z in range(game.zones):
        _, value = game.best_response(z, low)
        regret = max(regret, (value - own[z]) / max(abs(own[z]), 1e-12))
    together = optimum(game, [np.zeros(game.zones), 0.5 * game.cap, low])
    free = dataclasses.replace(game, cap=np.full(game.zones, LARGEST))
    at_cap = (game.cap > 0) & (game.cap < LARGEST) & (low >= game.cap - 1e-6)
    would = np.array([free.best_response(z, low)[0] if at_cap[z] else low[z] for z in range(game.zones)])
    return Solution(outcome(game, low), outcome(game, together), regret, bool(np.abs(low - high).max(initial=0.0) < 1e-4), np.maximum(would, low))
