"""No dead parameter: moved from one end of its range to the other, each parameter of the register changes the world in one of the packages."""

import copy

import pytest

from tests.conftest import ROOT
from zonesim.experiments.homes import find_packages
from zonesim.experiments.proof import first_difference
from zonesim.model import ZoneModel
from zonesim.parameters import load_all
from zonesim.scenario.vary import vary

PARAMETERS = {f"{decision}.{name}": field for decision, kind in load_all().items() for name, field in kind.model_fields.items()}
MOST_QUARTERS = 40
# Parameters that move nothing in the shipped packages, and why.
EXPLAINED: dict[str, str] = {}


@pytest.fixture(scope="module")
def packages():
    return find_packages(ROOT / "scenarios", ["founding.scale=20"])


@pytest.fixture(scope="module")
def openings():
    return {}


def bounds(field):
    """Return the low and the high end of a parameter's range."""
    low, high = (next(getattr(one, side) for one in field.metadata if hasattr(one, side)) for side in ("ge", "le"))
    return low, high


def acts(path, ends, package, openings, *, founded):
    """Return when and in which column the worlds with a parameter at both ends of its range differ first, or an empty string.

    Both begin from the same opening; founded anew only where asked for, as some parameters say what the opening is like.
    """
    if package.id not in openings:
        openings[package.id] = ZoneModel(package, 1).world
    pair = [vary(package, {f"parameters.{path}": value}) for value in ends]
    models = [ZoneModel(one, 1) if founded else ZoneModel(one, 1, world=copy.deepcopy(openings[package.id])) for one in pair]
    try:
        if founded and (column := first_difference(*models)):
            return f"opening {column}"
        for _ in range(min(package.n_quarters, MOST_QUARTERS)):
            for model in models:
                model.step()
            if column := first_difference(*models):
                return f"{models[0].quarter} {column}"
        return ""
    finally:
        for model in models:
            model.release()


def found(path, packages, openings):
    """Return where a parameter acts first, looking through the packages from one opening, then founded anew."""
    ends = bounds(PARAMETERS[path])
    tries = [(package, founded) for founded in ([True] if path.startswith("founding.") else [False, True]) for package in packages]
    return next(filter(None, (acts(path, ends, package, openings, founded=founded) for package, founded in tries)), "")


@pytest.mark.slow
@pytest.mark.parametrize("path", sorted(PARAMETERS))
def test_parameter_acts(path, packages, openings):
    where = found(path, packages, openings)
    if path in EXPLAINED:
        assert not where, f"{path} acts after all ({where}): it is no exception"
    else:
        assert where, f"{path} changes nothing in {MOST_QUARTERS} quarters of any package"


def test_exceptions_are_parameters():
    assert set(EXPLAINED) <= set(PARAMETERS)
