"""First checks against published evidence: ``python -m tests.validation.checks``. What is fitted and what is held out is in docs/validation.md."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from zonesim.model import ZoneModel
from zonesim.scenario import load_scenario
from zonesim.scenario.schema import Scenario

LANZHOU = Path(__file__).parents[2] / "scenarios" / "lanzhou"


@dataclass
class Fact:
    """A published fact: where the model comes out, with what is allowed."""

    name: str
    fitted: str
    value: float
    low: float
    high: float

    @property
    def holds(self) -> bool:
        """Tell whether the value is inside the tolerance."""
        return self.low <= self.value <= self.high


def with_terms(scenario: Scenario, change) -> ZoneModel:
    """A model whose terms are changed after they are made (a thought experiment, not an instrument)."""
    model = ZoneModel(scenario, 1)
    original = model.package.terms_at

    def terms_at(quarter):
        terms = original(quarter).copy()
        change(terms)
        return terms

    model.package.terms_at = terms_at
    model.package._by_quarter.clear()
    return model


def arrivals_by_place(model: ZoneModel, quarters: int) -> np.ndarray:
    """Enterprises that came to each place (born, attracted, moved in) over some quarters."""
    total = np.zeros(model.world.n_places)
    for _ in range(quarters):
        model.step()
        total += model.world.flows.heads[:, :5].sum(axis=1)
    return total


def facts(seeds: int = 3) -> list[Fact]:
    """Compute all checks on the Lanzhou baseline (mean over seeds where chance matters)."""
    baseline = load_scenario(LANZHOU / "baseline.yaml")
    out: list[Fact] = []
    accounts, hazards, moves, tails, growth, slopes, exits = [], [], [], [], [], [], []
    for seed in range(1, seeds + 1):
        m = ZoneModel(baseline, seed)
        w = m.world
        m.step()
        park = w.places.zone[: w.n_places] >= 0
        f = w.flows
        made = f.value_added[park].sum()
        industrial = w.industries.is_industrial > 0
        ratio = f.value_added[park][:, industrial].sum() / f.output[park][:, industrial].sum()
        accounts.append(
            (
                f.taxes[park].sum() / made,
                f.taxes[park].sum() / f.output[park].sum(),
                ratio,
                f.wages[park][:, industrial].sum() / f.value_added[park][:, industrial].sum(),
            )
        )
        jobs = w.enterprises.live("employment")[w.enterprises.live("stage") == 3].astype(float)
        top = np.sort(jobs)[-len(jobs) // 10 :]
        tails.append(1 / np.mean(np.log(top / top[0])))
        at_risk, closed = np.zeros(12), np.zeros(12)
        moved = years = gone = 0.0
        before = None
        for q in range(1, 28):
            e = w.enterprises
            ids, age = e.live("id").copy(), (w.quarter - e.live("founded").astype(int)) // 4
            alive = e.live("stage") >= 3
            m.step()
            e = w.enterprises
            still = np.isin(ids, e.live("id")[e.live("stage") >= 3])
            for a in range(12):
                mask = alive & (age == a)
                at_risk[a] += mask.sum()
                closed[a] += (mask & ~still).sum()
            moved += w.flows.heads[:, 4].sum()
            gone += w.flows.heads[:, 6].sum()
            years += alive.sum() / 4
            if q % 4 == 3:
                now = dict(zip(e.live("id")[e.live("stage") == 3].tolist(), e.live("value_added")[e.live("stage") == 3].tolist(), strict=True))
                if before is not None:
                    both = [(np.log(before[i]), np.log(now[i] / before[i])) for i in now if i in before and before[i] > 0 and now[i] > 0]
                    size, rate = np.array(both).T
                    rate = rate - np.median(rate)
                    spread = [
                        rate[(size >= lo) & (size < hi)].std()
                        for lo, hi in zip(np.quantile(size, np.arange(0, 1, 0.1)), np.quantile(size, np.arange(0.1, 1.01, 0.1)) + 1e-9, strict=True)
                    ]
                    middle = [
                        np.median(size[(size >= lo) & (size < hi)])
                        for lo, hi in zip(np.quantile(size, np.arange(0, 1, 0.1)), np.quantile(size, np.arange(0.1, 1.01, 0.1)) + 1e-9, strict=True)
                    ]
                    slopes.append(np.polyfit(middle, np.log(spread), 1)[0])
                    growth.append(_subbotin(rate))
                before = now
        hazards.append(1 - (1 - closed / np.maximum(at_risk, 1)) ** 4)
        moves.append(moved / years)
        exits.append(gone / years)
    a = np.mean(accounts, axis=0)
    out += [Fact("14 tax / GDP of zones", "fitted", a[0], 0.13, 0.20), Fact("14 tax / revenue of zones", "follows", a[1], 0.035, 0.065)]
    out += [
        Fact("14 value added / output of industry in zones", "IO table", a[2], 0.21, 0.28),
        Fact("14 labour share of industry in zones", "IO table", a[3], 0.33, 0.42),
    ]
    h = np.mean(hazards, axis=0)
    for year, target in ((1, 0.016), (2, 0.063), (3, 0.095), (5, 0.085), (7, 0.081)):
        out.append(Fact(f"11 hazard in year {year} of life", "fitted", h[year - 1], target - 0.02, target + 0.02))
    out.append(Fact("11 exit rate of all", "follows", float(np.mean(exits)), 0.055, 0.095))
    out.append(Fact("12 enterprises that move in a year", "fitted", float(np.mean(moves)), 0.02, 0.05))
    out.append(Fact("9 tail of sizes (CCDF exponent, Hill, top 10 %)", "input 1.2", float(np.mean(tails)), 0.9, 1.6))
    out.append(Fact("10 shape of yearly growth (Subbotin b; Laplace is 1)", "held out", float(np.mean(growth)), 0.7, 1.3))
    out.append(Fact("10 ln sd of growth on ln size", "fitted in part", float(np.mean(slopes)), -0.30, -0.05))
    out += elasticities(baseline)
    return out


def _subbotin(rate: np.ndarray) -> float:
    """Return the shape b of the Subbotin law by its kurtosis-like ratio E|x| / sqrt(E x^2) (0.707 for Laplace, 0.798 for normal)."""
    from scipy import optimize, special

    core = rate[np.abs(rate) < np.quantile(np.abs(rate), 0.99)]
    ratio = np.abs(core).mean() / np.sqrt((core**2).mean())

    def gap(b: float) -> float:
        return float(special.gamma(2 / b) / np.sqrt(special.gamma(1 / b) * special.gamma(3 / b)) - ratio)

    return float(optimize.brentq(gap, 0.3, 6.0))


def elasticities(baseline: Scenario) -> list[Fact]:
    """Fact 5: a tenth more tax in one zone, and in the whole region; what it does to arrivals in two years."""
    quarters = 8
    plain = arrivals_by_place(with_terms(baseline, lambda t: None), quarters)
    model = with_terms(baseline, lambda t: None)
    park = model.world.place_index("anning_park")

    def dearer(where):
        def change(terms):
            for name in ("vat_rate", "business_tax_rate", "cit_rate", "cit_rate_high_tech", "cit_rate_small", "land_use_tax"):
                terms[name][where] *= 1.1

        return change

    one = arrivals_by_place(with_terms(baseline, dearer(park)), quarters)
    every = arrivals_by_place(with_terms(baseline, dearer(slice(None))), quarters)
    inside = np.log(one[park] / plain[park]) / np.log(1.1)
    across = np.log(every.sum() / plain.sum()) / np.log(1.1)
    elsewhere = (np.delete(one, park).sum() - np.delete(plain, park).sum()) / max(1.0, plain[park] - one[park])
    return [
        Fact("5 arrivals to tax, one zone among those of a city", "fitted", float(inside), -3.2, -0.8),
        Fact("5 arrivals to tax, the whole city", "fitted", float(across), -0.7, -0.2),
        Fact("5 share of one zone's loss that reappears elsewhere in the city", "held out", float(elsewhere), 0.35, 0.95),
    ]


def main() -> None:
    """Print the table."""
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    for fact in facts(seeds):
        print(f"{'in ' if fact.holds else 'OUT'}  {fact.name:<66}{fact.value:>9.3f}   [{fact.low}, {fact.high}]  {fact.fitted}")


if __name__ == "__main__":
    main()
