"""A site over an empty data folder, and a client that asks as a browser on its own pages does."""

import pytest

from tests.conftest import ROOT

pytest.importorskip("dash")

ORIGIN = {"Host": "127.0.0.1:8050", "Origin": "http://127.0.0.1:8050"}


LOADED = {}  # scenarios that were read by an earlier test


@pytest.fixture
def site(tmp_path):
    from zonesim.web.app import Site

    one = Site(tmp_path / "data", ROOT / "scenarios", ROOT / "experiments")
    one.library._loaded = LOADED
    return one


@pytest.fixture
def client(site):
    from zonesim.web.app import create_server

    return create_server(site).test_client()


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
