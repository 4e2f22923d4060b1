"""Documentation that comes from the code is up to date."""

import importlib.util

from tests.conftest import ROOT


def test_generated_pages_are_current():
    spec = importlib.util.spec_from_file_location("write_tables", ROOT / "docs" / "derivations" / "write_tables.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (ROOT / "docs" / "levers.md").read_text(encoding="utf-8") == module.levers()
    assert (ROOT / "docs" / "own_lists.md").read_text(encoding="utf-8") == module.own_lists()
