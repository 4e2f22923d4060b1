"""Every scenario file that ships: it loads, runs with every identity checked, and its policies act from their dates and not before."""

import dataclasses
import functools
import hashlib

import numpy as np
import pytest

from tests.conftest import ROOT
from zonesim import quarters
from zonesim.model import ZoneModel
from zonesim.policies.package import Package
from zonesim.scenario import load_scenario
from zonesim.scenario.reader import read_document
from zonesim.scenario.schema import Scenario, site_info

SCENARIOS = ROOT / "scenarios"
FILES = sorted(str(path.relative_to(SCENARIOS)) for path in SCENARIOS.glob("*/*.yaml"))


@functools.cache
def load(name):
    return load_scenario(SCENARIOS / name)


def base_of(name):
    """The file that a scenario extends, or None."""
    extends = read_document(SCENARIOS / name).value.get("extends")
    return f"{name.split('/')[0]}/{extends.value}" if extends else None


PACKAGES = [name for name in FILES if base_of(name)]


def fingerprint(world):
    """A digest of all that the world holds: tables, economy, money, quotas."""
    digest = hashlib.sha256()
    for table in ("enterprises", "places", "zones", "counties", "contracts"):
        for key, values in sorted(getattr(world, table).arrays().items()):
            digest.update(key.encode() + np.ascontiguousarray(values).tobytes())
    for key, value in sorted(vars(world.economy).items()):
        digest.update(key.encode() + np.ascontiguousarray(value).tobytes())
    for key, value in sorted(world.quotas.items()):
        digest.update(key.encode() + np.ascontiguousarray(value).tobytes())
    return digest.update(world.balances.tobytes()) or digest.hexdigest()


def with_instruments(scenario, instruments):
    changed = Scenario(scenario.document, scenario.resolved, tuple(instruments))
    changed.end = scenario.end
    return changed


def course(scenario, last, check=False):
    """Fingerprints of the world before each quarter, up to ``last``, and after it."""
    model = ZoneModel(scenario, 1, check=check)
    seen = [fingerprint(model.world)]
    while model.quarter <= last:
        model.step()
        seen.append(fingerprint(model.world))
    if check:
        assert model.checker.quarters == len(seen) - 1
    return seen


@functools.cache
def whole_course(name, last):
    return course(load(name), last)


def same_before(first, second, start, quarter):
    """The worlds are the same until ``quarter`` opens."""
    return first[: quarter - start + 1] == second[: quarter - start + 1]


@pytest.mark.parametrize("name", FILES)
def test_file_loads_without_warnings_and_says_where_figures_come_from(name):
    scenario = load(name)
    assert not scenario.warnings
    assert scenario.name.zh and scenario.name.en and scenario.document.description
    assert scenario.founding.scale == 1
    for instrument in scenario.instruments:
        assert instrument.clause and instrument.start.year > 2000


@pytest.mark.parametrize("name", FILES)
def test_figures_are_met_at_the_opening(name):
    """Totals add up to the published ones; shares that whole enterprises cannot meet stay near."""
    residuals = ZoneModel(load(name), 1).world.founding
    for key in ("county_gdp", "city_gdp", "employment"):
        assert abs(residuals[key]) < 1e-3, key
    for key in ("enterprises", "above_scale", "above_scale_moved"):
        assert residuals[key] == 0, key
    strange = {key for key in residuals if key.startswith(("planned_area_exceeded", "places_without", "land_scaled"))}
    assert not strange
    assert residuals["investment_not_explained"] == 0


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_file_runs_eight_quarters_checked(name):
    scenario = load(name)
    course(scenario, scenario.start + 7, check=True)


@pytest.mark.slow
@pytest.mark.parametrize("name", PACKAGES)
def test_package_acts_from_its_first_date_and_not_before(name):
    base, package = load(base_of(name)), load(name)
    first = min(one.first_quarter for one in package.instruments)
    last = first + 3
    without, with_it = course(base, last), course(package, last, check=True)
    assert same_before(without, with_it, base.start, first)
    assert without[-1] != with_it[-1]


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_growth_is_of_this_world(name):
    """GDP grows by 0 to 12 % in each year of one run (14 with a package), by 2 to 9.5 % on average (10.5); tax and work stay in bounds."""
    model = ZoneModel(load(name), 1, check=True)
    while model.running:
        model.step()
    data = model.datacollector.get_model_vars_dataframe()
    years = len(data) // 4
    gdp = data.gdp.to_numpy()[: 4 * years].reshape(years, 4).sum(axis=1)
    growth = gdp[1:] / gdp[:-1] - 1
    reformed = base_of(name) is not None
    assert 0.0 < growth.min() and growth.max() < (0.14 if reformed else 0.12), growth
    assert 0.02 < (gdp[-1] / gdp[0]) ** (1 / (years - 1)) - 1 < (0.105 if reformed else 0.095)
    share = data.tax.sum() / data.gdp.sum()
    assert 0.06 < share < 0.2
    workers = model.world.counties.labour_force[: model.world.counties.n].sum()
    assert 0.85 < data.employment.iloc[-1] / workers <= 1.0


def dated(name):
    """(what, label, quarter, changed package) for each date of a package: start, end, and steps of schedules."""
    scenario = load(name)
    for one in scenario.instruments:
        if one.bounds_package:  # it opens and closes the others, whose dates are tested
            continue
        others = [other for other in scenario.instruments if other is not one]
        if scenario.start < one.first_quarter <= scenario.end:
            yield "start", one.label, one.first_quarter, others
        if one.last_quarter is not None and one.last_quarter < scenario.end:
            yield "end", one.label, one.last_quarter + 1, [*others, changed(one, end=None)]
        for key, setting in one.settings.items():
            for i, (first, _) in enumerate(setting.schedule):
                if i and scenario.start < first <= scenario.end:
                    yield f"step of {key}", one.label, first, [*others, changed(one, key=key, steps=setting.schedule[:i])]


def changed(one, end="same", key=None, steps=()):
    """An instrument with another last day, or with fewer steps of a schedule."""
    settings = dict(one.settings)
    if key is not None:
        settings[key] = dataclasses.replace(settings[key], schedule=tuple(steps))
    last = one.end if end == "same" else end
    return type(one)(one.label, one.clause, one.start, last, one.covered, one.industries, settings, one.place_names)


def confirms_the_law(scenario, label):
    """Some texts say what holds anyway: every lever of the measure is at the value that changes nothing."""
    one = next(one for one in scenario.instruments if one.label == label)
    return all(one.settings[key].value == lever.null for key, lever in one.levers.items() if not lever.is_option)


@functools.cache
def whole_package(name):
    """The package of a scenario, which makes the terms of a quarter once for all tests."""
    scenario = load(name)
    return Package(scenario.instruments, site_info(scenario.region))


def differ(one, other, span):
    """Tell whether the terms of two packages differ in any of the quarters; those that stay the same objects are compared once."""
    pairs = [(one.terms_at(q), other.terms_at(q)) for q in span]
    return any(not a.same_as(b) for a, b in {(id(a), id(b)): (a, b) for a, b in pairs}.values())


SAID_TWICE = {("tax_return", "end")}  # the window of years that the clause gives ends on the same day
DATED = [(name, what, label, quarter, other) for name in PACKAGES for what, label, quarter, other in dated(name)]


@pytest.mark.parametrize(("name", "what", "label", "quarter", "other"), DATED, ids=[f"{n}-{label}-{what}" for n, what, label, _, _ in DATED])
def test_terms_change_at_each_date_and_not_before(name, what, label, quarter, other):
    """The terms with and without a dated setting are the same before its quarter, and differ at some time from it on."""
    scenario = load(name)
    site = site_info(scenario.region)
    full, reduced = whole_package(name), Package(other, site)
    assert not differ(full, reduced, range(scenario.start, quarter))
    window = any(one.bounds_package for one in scenario.instruments)
    if (label, what) in SAID_TWICE or (what == "end" and window) or confirms_the_law(scenario, label):
        return
    assert differ(full, reduced, range(quarter, scenario.end + 1)), f"{label} ({what}) changes no term"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "what", "label", "quarter", "other"), DATED, ids=[f"{n}-{label}-{what}-{quarters.label(q)}" for n, what, label, q, _ in DATED]
)
def test_world_is_the_same_before_each_date(name, what, label, quarter, other):
    """A policy cannot be felt before its date: the worlds with and without it are bit-identical until its quarter opens."""
    scenario = load(name)
    full = whole_course(name, scenario.end)
    reduced = course(with_instruments(scenario, other), quarter - 1)
    assert same_before(full, reduced, scenario.start, quarter)
