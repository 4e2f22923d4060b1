"""A study: scenarios run with the same luck, and every table that a reader needs."""

from __future__ import annotations

import importlib.metadata
import platform
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from zonesim import quarters
from zonesim.compiled import source_fingerprint
from zonesim.errors import InputError
from zonesim.experiments.compare import Progress, breakdown_table, indicator_table, ledger_table, run_all, run_seeds
from zonesim.experiments.effects import costs, gross_to_net, paired_effects, wide
from zonesim.founding.misfit import misfits
from zonesim.indicators import DERIVED, INDICATORS
from zonesim.model import Run
from zonesim.results import Results
from zonesim.scenario import Scenario, load_scenario
from zonesim.scenario.diff import differences
from zonesim.scenario.neutral import unfelt
from zonesim.scenario.schema import site_info
from zonesim.targets import attainment
from zonesim.world.industries import load_industries

PACKAGES = ("zonesim", "numpy", "numba", "scipy", "mesa", "pandas", "duckdb", "pydantic", "plotly")


def study(
    scenarios: Sequence[Scenario], replications: int, seed: int, *, check: bool = False, workers: int | None = None, progress: Progress | None = None,
    run_seed: int | None = None,
) -> Results:  # fmt: skip
    """Run one scenario, or a baseline and any number of reforms, and tabulate.

    Args:
        scenarios: one, or the baseline and then the reforms.
        replications: runs of each; replication r has the same run seed in every scenario.
        seed: seed of the whole.
        check: verify every identity in every quarter.
        workers: processes; the results do not depend on it.
        progress: called with (runs done, runs in all).
        run_seed: seed of the only replication itself, instead of one made of ``seed``.
    """
    runs = run_all(scenarios, replications, seed, check=check, workers=workers, progress=progress, run_seed=run_seed)
    results = Results(indicator_table(runs), ledger_table(runs), provenance(scenarios, runs, replications, seed, run_seed))
    parts = breakdown_table(runs)
    results.breakdown = parts if len(parts) else None
    targets = next((one.targets for one in reversed(scenarios) if one.targets), ())
    if targets:
        results.targets = attainment(results.indicators, targets)
    pairs = [compare_pair(results.indicators, results.ledger, scenarios[0], reform) for reform in scenarios[1:]]
    for name in ("effects", "net", "costs"):
        found = [pair[name] for pair in pairs if name in pair]
        if found:
            setattr(results, name, pd.concat(found, ignore_index=True))
    return results


def compare_pair(table: pd.DataFrame, ledger: pd.DataFrame, baseline: Scenario, reform: Scenario) -> dict[str, pd.DataFrame]:
    """Return effects, gross to net, and costs of a reform over its baseline, each with the reform's id in the column ``scenario``."""
    found = {"effects": paired_effects(table, baseline.id, reform.id)}
    zones = [t.place for t in reform.targets if t.place in reform.region.zones]
    acting = sorted({z for one in reform.instruments for z in one.place_names if z in reform.region.zones})
    zone = next(iter(zones or acting or list(reform.region.zones)), None)
    first = max([quarters.year(reform.start)] + [min(q for q in (one.first_quarter for one in reform.instruments)) // 4 if reform.instruments else 0])
    last = quarters.year(reform.end) if quarters.closes_year(reform.end) else quarters.year(reform.end) - 1
    if zone is None or last < first:
        return _labelled(found, reform.id)
    city = reform.region.id
    found["net"] = gross_to_net(table, baseline.id, reform.id, zone, city, first, last)
    b, r = wide(table, baseline.id), wide(table, reform.id)

    def gain(name: str, years: list[str]) -> Any:
        key = ("city", city, name)
        rows = [
            (
                r.xs((*key, y), level=("level", "place", "indicator", "period")).to_numpy()[0]
                - b.xs((*key, y), level=("level", "place", "indicator", "period")).to_numpy()[0]
            )
            for y in years
        ]
        return sum(rows)

    years = [str(y) for y in range(first, last + 1)]
    found["costs"] = costs(ledger, baseline.id, reform.id, gain("employment", years[-1:]), gain("gdp", years) * 10_000)
    return _labelled(found, reform.id)


def _labelled(tables: dict[str, pd.DataFrame], scenario: str) -> dict[str, pd.DataFrame]:
    for table in tables.values():
        table.insert(0, "scenario", scenario)
    return tables


def provenance(scenarios: Sequence[Scenario], runs: Sequence[Run], replications: int, seed: int, run_seed: int | None = None) -> dict[str, Any]:
    """Return what is needed to know where results come from, and to make them again."""
    first, last = scenarios[0], scenarios[-1]
    region = last.region
    idle = {s.id: dict(unfelt(s)) for s in scenarios}
    places: list[dict[str, Any]] = []
    for key, park in region.parks.items():
        places.append({"id": key, "zh": park.zh, "en": park.en, "kind": "sub_park", "county": park.county, "zone": park.zone, "lon": park.longitude,
                       "lat": park.latitude, "planned_km2": park.planned_km2.value})  # fmt: skip
    for key, county in region.counties.items():
        for kind, zh, en in (("urban", "城区", "towns"), ("rural", "乡村", "villages")):
            places.append({"id": f"{key}_{kind}", "zh": county.zh + zh, "en": f"{county.en} {en}", "kind": kind, "county": key, "zone": None,
                           "lon": county.longitude, "lat": county.latitude, "planned_km2": None})  # fmt: skip
    names = {"market": ("市场", "Market"), "households": ("居民", "Households"), "owners": ("企业主", "Owners"), "banks": ("银行", "Banks"),
             "centre": ("中央", "Centre"), "province": (region.province.zh, region.province.en), "city": (region.zh, region.en)}  # fmt: skip
    for key, county in region.counties.items():
        names[f"county:{key}"] = (county.zh, county.en)
    for key, zone in region.zones.items():
        names[f"zone:{key}"] = (zone.zh, zone.en)
        names[f"platform:{key}"] = (f"{zone.zh}平台公司", f"Platform of {zone.en}")
    for key, partner in region.partners.items():
        names[f"partner:{key}"] = (partner.zh, partner.en)
    names["fund"] = ("产业基金与国资投资集团", "Industry fund and investment group")
    for place in places:
        names[f"enterprises:{place['id']}"] = (f"{place['zh']}企业", f"Enterprises of {place['en']}")
    return {
        "scenarios": [
            {"id": s.id, "zh": s.name.zh, "en": s.name.en, "resolved": s.resolved, "settings": list(s.settings), "dates": _dates(s, idle[s.id]), "differences": differences(first, s) if s is not first else []}
            for s in scenarios
        ],
        "baseline": first.id,
        "reform": last.id if len(scenarios) > 1 else None,
        "region": {"id": region.id, "zh": region.zh, "en": region.en},
        "places": places,
        "zones": [{"id": k, "zh": z.zh, "en": z.en, "parent": z.parent} for k, z in region.zones.items()],
        "counties": [{"id": k, "zh": c.zh, "en": c.en} for k, c in region.counties.items()],
        "accounts": [{"id": a, "zh": names[a][0], "en": names[a][1], "level": a.split(":")[0]} for a in runs[0].accounts],
        "indicators": [
            {"id": one.id, "zh": one.zh, "en": one.en, "unit": one.unit, "definition_en": one.definition, "definition_zh": one.definition_zh}
            for one in [*INDICATORS.values(), *DERIVED.values()]
        ],
        "differences": differences(first, last) if len(scenarios) > 1 else [],
        "dates": _dates(last, idle[last.id]),
        "industries": [{"id": i, "zh": zh, "en": en} for i, zh, en in zip(load_industries().ids, load_industries().zh, load_industries().en, strict=True)],
        "start": quarters.label(last.start),
        "end": quarters.label(last.end),
        "seed": seed,
        "replications": replications,
        "run_seeds": run_seeds(seed, replications, run_seed),
        "versions": {name: importlib.metadata.version(name) for name in PACKAGES} | {"python": platform.python_version()},
        "fingerprint": source_fingerprint(),
        "founding_residuals": {k: v for k, v in runs[0].founding.items()},
        "checks": {"quarters_checked": sum(run.checked for run in runs), "worst_residual": max(run.worst_residual for run in runs)},
        "warnings": sorted({w for s, run in zip(scenarios, runs[::replications], strict=True) for w in (*s.warnings, *idle[s.id].values(), *misfits(s, run.founding))}),
    }  # fmt: skip


def _dates(scenario: Scenario, idle: Collection[str] = ()) -> list[dict[str, Any]]:
    """Return the measures of a scenario; ``acts`` is false of one that changes nothing itself: an idle one, or the window of the others."""
    ids = site_info(scenario.region).place_ids
    return [
        {"date": str(one.start), "until": str(one.end) if one.end else None, "clause": one.clause, "zh": one.zh, "en": one.en, "label": one.label,
         "covers": [place for place, holds in zip(ids, one.covered, strict=True) if holds],
         "acts": not one.bounds_package and one.label not in idle,
         "theme": next((lever.group for lever in one.levers.values() if lever.group != "option"), "other")}
        for one in scenario.instruments
    ]  # fmt: skip


def compare(
    baseline: Scenario | str | Path, *reforms: Scenario | str | Path, replications: int = 20, seed: int = 1, check: bool = False, workers: int | None = 1
) -> Results:
    """Run a baseline and reforms with the same luck and return effects, targets, costs and tables.

    Args:
        baseline: a scenario or its file.
        reforms: scenarios or their files.
        replications: pairs of runs.
        seed: seed of the whole.
        check: verify every identity in every quarter.
        workers: processes (more than one needs the caller's module to be importable).
    """
    loaded = [one if isinstance(one, Scenario) else load_scenario(one) for one in (baseline, *reforms)]
    require_comparable(loaded)
    return study(loaded, replications, seed, check=check, workers=workers)


def require_comparable(scenarios: Sequence[Scenario]) -> None:
    """Raise InputError when two scenarios have the same id, or are of different regions."""
    regions = list(dict.fromkeys(one.region.id for one in scenarios))
    if len(regions) > 1:
        raise InputError(
            f"scenarios of different regions cannot be compared, and these are of {', '.join(regions)}; "
            "a counterfactual moves a package into another region with 'transplant' (experiments/X-2.yaml)"
        )
    ids = [one.id for one in scenarios]
    twice = sorted({one for one in ids if ids.count(one) > 1})
    if twice:
        raise InputError(f"two scenarios are called {twice[0]!r}; give them different ids")
