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
