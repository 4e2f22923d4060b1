"""A policy that changes nothing is warned about by name, with the reason, and nothing else is."""

import pytest
from click.testing import CliRunner

from tests.conftest import LANZHOU, ROOT
from zonesim.cli import app
from zonesim.commands.options import load
from zonesim.report.texts.messages import told
from zonesim.scenario import load_scenario
from zonesim.scenario.neutral import neutral_measures

HEAD = "zonesim: 1\nid: mine\nextends: baseline.yaml\nname: {zh: 我的, en: mine}\npolicies:\n"
DATED = "clause: 001§7c, start: 2013-01-01"


@pytest.fixture
def mine(tmp_path):
    """Write a scenario with some policies over Lanzhou's baseline; return its path."""
    (tmp_path / "baseline.yaml").write_bytes((LANZHOU / "baseline.yaml").read_bytes())

    def write(*policies):
        (tmp_path / "mine.yaml").write_text(HEAD + "".join(f"  {one}\n" for one in policies), encoding="utf-8")
        return tmp_path / "mine.yaml"

    return write


def said(path, *overrides):
    return list(neutral_measures(load_scenario(path, list(overrides))))


def rent(value, more=""):
    return f"rent: {{instrument: rent_reduction, {DATED}, rent_reduction_rate: {{{value}, assumption: x}}{more}}}"


@pytest.mark.parametrize(
    "value, speaks",
    [
        ("value: 0", True),
        ("value: 0.3", False),
        ("value: 0, by_place: {honggu: 0}", True),
        ("value: 0, by_place: {honggu: 0.3}", False),
        ("schedule: {2013-01-01: 0, 2016-01-01: 0}", True),
        ("schedule: {2013-01-01: 0, 2016-01-01: 0.3}", False),
        ("schedule: {2013-01-01: 0, 2020-10-01: 0.3}", False),  # in the last quarter of the run
        ("schedule: {2013-01-01: 0, 2030-01-01: 0.3}", True),  # what comes after the run does not count
    ],
)
def test_a_lever_at_its_neutral_value_is_named(mine, value, speaks):
    found = said(mine(rent(value)))
    assert len(found) == speaks == len(said(mine(rent(value, ", end: 2031-12-31"))))
    if speaks and "2030" not in value:
        assert found == ["policies.rent (001§7c) changes nothing in the run: set at its neutral value: rent_reduction_rate = 0"]


@pytest.mark.parametrize("setting", ["tax_increment_return_share=0", "tax_increment_tax_set=[]"])
def test_a_return_of_nothing_is_named(setting):
    (found,) = said(LANZHOU / "plan_2015.yaml", f"policies.tax_return.{setting}")
    assert found.startswith("policies.tax_return (004§3.10.5) changes nothing in the run: set at its neutral value: " + setting.partition("=")[0])


def test_places_that_are_not_there_and_places_without_a_committee_are_named(mine):
    path = mine(
        rent("value: 0.3", ", places: [provincial]"),
        f"career: {{instrument: career_link, {DATED}, places: [urban], evaluation_cadre_link: {{value: 0.5, assumption: x}}}}",
    )
    zones = [f"region.zones.{zone}.level=county" for zone in load_scenario(path).region.zones]
    assert said(path) == ["policies.career (001§7c) changes nothing in the run: no committee runs a place that it covers (places: urban)"]
    (other,) = [one for one in said(path, *zones) if ".rent" in one]
    assert other == "policies.rent (001§7c) changes nothing in the run: it covers no place of the region (places: provincial)"


def test_a_measure_that_leaves_the_law_is_named_and_dates_outside_the_run_are_left_to_the_reader(mine):
    """A review of no days, parks that are merged after the run, factories to be held where no park is; a measure of 2030 is told of once."""
    review = "instrument: city_review, clause: 001§7c, city_review_days: {value: 0, assumption: x}"
    merger = f"merger: {{instrument: park_integration, {DATED}, park_integration_deadline: {{value: 2035, assumption: x}}}}"
    elsewhere = f"hold: {{instrument: factory_holding, {DATED}, places: [parks], standard_factory_self_hold_ratio: {{value: 1, by_place: {{urban: 0.4}}, assumption: x}}}}"
    path = mine(f"review: {{{review}, start: 2013-01-01}}", f"late: {{{review}, start: 2030-01-01}}", merger, elsewhere)
    assert said(path) == [
        f"policies.{name} (001§7c) changes nothing in the run: every term stays what the law makes it" for name in ("hold", "merger", "review")
    ]
    (warned,) = load_scenario(path).warnings
    assert "policies.late" in warned and "never acts" in warned


def test_a_measure_behind_the_window_of_its_package_never_acts(mine):
    window = "window: {instrument: policy_window, clause: 004§0, start: 2014-01-01, policy_window: 2}"
    late = rent("value: 0.3").replace("2013-01-01", "2016-06-01")
    (found,) = said(mine(window, late))
    assert found == "policies.rent (001§7c) never acts: the window of the package (window) is closed whenever it is in force, the run is 2014Q1 to 2020Q4"
    assert said(mine(window, rent("value: 0.3"))) == [], "the window itself is no measure"


@pytest.mark.parametrize("path", sorted((ROOT / "scenarios").glob("*/*.yaml")), ids=lambda path: path.stem)
def test_every_measure_of_the_packages_changes_something(path):
    assert said(path) == []


def test_check_and_what_loads_a_run_say_it_in_both_languages_and_go_on(mine, capsys):
    path = mine(rent("value: 0"))
    result = CliRunner().invoke(app, ["check", str(path)])
    assert result.exit_code == 0 and "ok (1 policies" in result.output and "mine.yaml: policies.rent (001§7c) changes nothing in the run" in result.output
    load(path)
    assert capsys.readouterr().err.startswith("warning: policies.rent (001§7c) changes nothing in the run: set at its neutral value: rent_reduction_rate = 0")
    (text,) = said(path)
    assert told(text, "zh") == "policies.rent\uff08001§7c\uff09在运行期内不改变任何东西\uff1a取值为不起作用的中性值\uff1arent_reduction_rate = 0"
