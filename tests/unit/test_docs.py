"""Documentation that comes from the code is up to date."""

import importlib.util

from tests.conftest import ROOT


def test_generated_pages_are_current():
    spec = importlib.util.spec_from_file_location("write_tables", ROOT / "docs" / "derivations" / "write_tables.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (ROOT / "docs" / "levers.md").read_text(encoding="utf-8") == module.levers()
    assert (ROOT / "docs" / "own_lists.md").read_text(encoding="utf-8") == module.own_lists()


def test_every_choice_of_a_lever_has_words_in_both_languages():
    from zonesim.policies.catalogue import lever_rows
    from zonesim.policies.site import GROUPS
    from zonesim.report.words import CHOICES, choice

    needed = {text for row in lever_rows() for text in row["allowed"]} | set(GROUPS)
    assert not needed - set(CHOICES)
    assert choice(["vat", True], "zh") == "增值税、是" and choice({"2015": 0.5}, "en") == "2015: 0.5" and choice(None, "en") == "–"
