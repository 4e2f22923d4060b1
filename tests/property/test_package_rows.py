"""Every row of the five packages' tables stands in its scenario: its lever, its clause, its dates.

``tests/data/package_rows.csv`` is compiled from the policy catalogue (package, lever, first day, last day, clause; an empty last day is not the
instrument's).
"""

import csv
import datetime

import pytest

from tests.conftest import ROOT
from zonesim.policies.instrument import every_lever
from zonesim.scenario import load_scenario

PACKAGES = {
    "zhangye_2018": "zhangye/zhangye_2018.yaml",
    "hebei_2020": "hebei_county/hebei_2020.yaml",
    "pingliang_2023": "pingliang/pingliang_2023.yaml",
    "sanming_2024": "sanming/sanming_2024.yaml",
    "plan_2015": "lanzhou/plan_2015.yaml",
}
with (ROOT / "tests" / "data" / "package_rows.csv").open(encoding="utf-8", newline="") as _file:
    ROWS = list(csv.DictReader(_file))
LEVERS = {one.id: one for _, one in every_lever()}
KNOWN = [row for row in ROWS if row["lever"] in LEVERS]


@pytest.fixture(scope="session")
def packages():
    return {name: load_scenario(ROOT / "scenarios" / path) for name, path in PACKAGES.items()}


def clauses(text):
    return {part.strip() for part in text.split(";") if part.strip()}


def test_the_table_is_whole():
    assert {row["package"] for row in ROWS} == set(PACKAGES)
    assert len(ROWS) == len({(row["package"], row["lever"]) for row in ROWS}) == 204
    assert len(KNOWN) == len(ROWS), sorted({row["lever"] for row in ROWS} - set(LEVERS))


def test_levers_of_the_tables_are_all_there_in_the_class_that_the_catalogue_gives_them():
    """Not the first class alone: a table is complete when its softer levers are in the register too."""
    with (ROOT / "docs" / "derivations" / "catalogue.csv").open(encoding="utf-8", newline="") as file:
        tier = {row["lever"]: int(row["tier"]) for row in csv.DictReader(file) if row["tier"].isdigit()}
    named = {row["lever"] for row in ROWS}
    missing = {(lever, tier[lever]) for lever in named if lever not in LEVERS or LEVERS[lever].tier != tier[lever]}
    assert not missing and {k: sum(tier[lever] == k for lever in named) for k in (1, 2, 3)} == {1: 91, 2: 65, 3: 5}


@pytest.mark.parametrize("row", KNOWN, ids=lambda row: f"{row['package']}-{row['lever']}")
def test_row_stands_in_its_package(row, packages):
    mine = [one for one in packages[row["package"]].instruments if row["lever"] in one.levers]
    named = [one for one in mine if clauses(one.settings[row["lever"]].clause) & clauses(row["clause"])]
    assert named, f"{row['lever']} ({row['clause']}) is not in {PACKAGES[row['package']]}"
    found = set().union(*(clauses(one.settings[row["lever"]].clause) for one in named))
    assert clauses(row["clause"]) <= found, f"clauses {sorted(found)}, the table says {row['clause']}"
    assert min(one.start for one in named) == datetime.date.fromisoformat(row["start"])
    if row["end"]:
        last = {one.end for one in named}
        assert last == ({None} if row["end"] == "open" else {datetime.date.fromisoformat(row["end"])})


@pytest.mark.parametrize("row", KNOWN, ids=lambda row: f"{row['package']}-{row['lever']}")
def test_row_is_on(row, packages):
    """A row is in the package to act: no switch of it is off, no value is the one at which the lever does nothing."""
    one = LEVERS[row["lever"]]
    mine = [i for i in packages[row["package"]].instruments if row["lever"] in i.levers]
    settings = [i.settings[row["lever"]] for i in mine if clauses(i.settings[row["lever"]].clause) & clauses(row["clause"])]
    values = [v for s in settings for v in (s.value, *(v for _, v in s.by_place), *(v for _, v in s.schedule))]
    if one.null is not None and not (one.given and one.default == one.null):  # some texts confirm what would be anyway
        assert any(value != one.null for value in values), f"{row['lever']} is {values}: it does nothing"


@pytest.mark.parametrize("name", PACKAGES)
def test_a_measure_stands_once_for_each_place(name, packages):
    """The same instrument twice is for different places or industries, not a repetition."""
    seen = [(one.name, one.place_names, tuple(one.industries), one.clause) for one in packages[name].instruments]
    assert len(seen) == len(set(seen))
