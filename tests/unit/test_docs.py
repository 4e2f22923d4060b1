"""Documentation that comes from the code is up to date."""

import collections
import csv
import importlib.util
import re
from pathlib import Path

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
    from zonesim.policies.instrument import Instrument
    from zonesim.policies.site import GROUPS
    from zonesim.report.words import CHOICES, choice

    assert not set(GROUPS) - set(CHOICES)
    allowed = {key: one.allowed for kind in Instrument.kinds().values() for key, one in kind.levers.items()}  # options too
    shared = collections.Counter(text for values in allowed.values() for text in values)
    assert len(allowed) > 150 and max(shared.values()) > 1
    for key, values in allowed.items():
        for text in values:  # a word in common is of one lever only: another may mean something else by it
            assert f"{key}.{text}" in CHOICES or (shared[text] == 1 and text in CHOICES), (key, text)
            zh, en = choice(text, "zh", key), choice(text, "en", key)
            assert re.search("[一-鿿]", zh) and not re.search("[一-鿿]", en), (key, text)
        assert len({choice(text, "en", key) for text in values}) == len(values) == len({choice(text, "zh", key) for text in values})
    assert choice("city", "zh", "delegated_authority_level") == "市级权限" and choice("city", "zh", "increment_part") == "市级部分"
    assert choice(["vat", True], "zh") == "增值税、是" and choice({"2015": 0.5}, "en") == "2015: 0.5" and choice(None, "en") == "–"


def test_every_unit_of_an_indicator_has_its_chinese_name():
    from zonesim.indicators import DERIVED, INDICATORS
    from zonesim.report.texts import catalogue

    assert not {f"unit.{one.unit}" for one in [*INDICATORS.values(), *DERIVED.values()]} - set(catalogue("zh"))


def test_what_a_package_leaves_unset_has_a_reason_and_nothing_else_has():
    with (ROOT / "docs" / "derivations" / "unset_why.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(row["en"] and row["zh"] and "|" not in "".join(row.values()) for row in rows)
    text = "".join((ROOT / "docs" / "policies" / f"{key}.md").read_text(encoding="utf-8") for key in WRITER.DOCUMENTS)
    cells = [line.split(" | ") for line in text.splitlines() if line.startswith("| 00")]
    unset = {(one[0].strip("| "), one[1].split("`")[1]) for one in cells if one[2].startswith("–")}
    assert unset == {(row["clause"], row["lever"]) for row in rows} and len(rows) == len(unset)


@pytest.mark.parametrize("key", WRITER.DOCUMENTS)
def test_a_page_of_a_document_has_every_row_of_its_package_with_its_setting(key):
    """The rows come from the catalogue, not from the code: clause and lever stand in one line, and the package sets it."""
    with (ROOT / "tests" / "data" / "package_rows.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["package"] == Path(WRITER.DOCUMENTS[key][3]).stem]
    page = (ROOT / "docs" / "policies" / f"{key}.md").read_text(encoding="utf-8")
    cells = [[cell.strip() for cell in line.split(" | ")] for line in page.splitlines()]
    there = {(line[0].removeprefix("| "), line[1].split("`")[1]): line[2] for line in cells if len(line) == 7 and "`" in line[1]}
    assert rows
    for row in rows:
        for clause in row["clause"].split("; "):
            assert there[clause, row["lever"]] != "–", (clause, row["lever"])


def test_every_command_of_the_tensions_names_what_there_is():
    page = (ROOT / "docs" / "counterfactuals.md").read_text(encoding="utf-8").split("Where the documents pull")[1]
    ids = re.findall(r"`(?:zonesim counterfactuals )?run ([A-Z]+-\d+)`", page)
    assert len(ids) >= 15 and all((ROOT / "experiments" / f"{one}.yaml").is_file() for one in ids)
    assert all((ROOT / path).is_file() for path in re.findall(r"scenarios/\S+\.yaml", page))
    from zonesim.policies.catalogue import lever_rows

    assert set(re.findall(r"--lever (\w+)", page)) <= {row["id"] for row in lever_rows()}
