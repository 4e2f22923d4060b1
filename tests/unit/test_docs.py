"""Documentation that comes from the code is up to date."""

import importlib.util

import pytest

from tests.conftest import ROOT


def _writer():
    spec = importlib.util.spec_from_file_location("write_tables", ROOT / "docs" / "derivations" / "write_tables.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


WRITER = _writer()


@pytest.mark.parametrize("name", WRITER.PAGES)
def test_a_generated_page_is_current(name):
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == WRITER.PAGES[name](), "run python docs/derivations/write_tables.py"


def test_every_choice_of_a_lever_has_words_in_both_languages():
    from zonesim.policies.catalogue import lever_rows
    from zonesim.policies.site import GROUPS
    from zonesim.report.words import CHOICES, choice

    needed = {text for row in lever_rows() for text in row["allowed"]} | set(GROUPS)
    assert not needed - set(CHOICES)
    assert choice(["vat", True], "zh") == "增值税、是" and choice({"2015": 0.5}, "en") == "2015: 0.5" and choice(None, "en") == "–"


def test_every_unit_of_an_indicator_has_its_chinese_name():
    from zonesim.indicators import DERIVED, INDICATORS
    from zonesim.report.words import UNITS

    assert not {one.unit for one in [*INDICATORS.values(), *DERIVED.values()]} - set(UNITS)
