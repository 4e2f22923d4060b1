"""A site over an empty data folder, and a client that asks as a browser on its own pages does."""

import pytest

from tests.conftest import ROOT

pytest.importorskip("dash")

ORIGIN = {"Host": "127.0.0.1:8050", "Origin": "http://127.0.0.1:8050"}


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    """One site and its server for all tests: making its routes and templates takes longer than most of them."""
    from zonesim.web.app import Site, create_server

    site = Site(tmp_path_factory.mktemp("first") / "data", ROOT / "scenarios", ROOT / "experiments")
    return site, create_server(site)


@pytest.fixture
def site(served, tmp_path):
    """The site with all its parts made anew over an empty data folder; only shipped scenarios stay loaded."""
    one, shipped = served[0], ROOT / "scenarios"
    loaded = {path: known for path, known in one.library._loaded.items() if path.is_relative_to(shipped)}
    one.data = tmp_path / "data"
    one.__post_init__()
    one.library._loaded = loaded
    return one


@pytest.fixture
def client(served, site):
    """A visitor without cookies."""
    return served[1].test_client()


@pytest.fixture(scope="session")
def pair(tmp_path_factory):
    """Stored results of a small pair of Pingliang's scenarios; copy them into a data folder."""
    from zonesim.experiments.study import study
    from zonesim.scenario import load_scenario

    small = ["founding.scale=20", "horizon.end=2022Q4", "policies.quota_split.start=2021-01-01"]
    base = ROOT / "scenarios" / "pingliang"
    scenarios = [load_scenario(base / "baseline.yaml", small[:2]), load_scenario(base / "pingliang_2023.yaml", small)]
    folder = tmp_path_factory.mktemp("results") / "pair"
    study(scenarios, 2, 1, workers=1).save(folder)
    return folder
