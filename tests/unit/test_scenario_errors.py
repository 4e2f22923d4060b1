"""Bad input gets a clear message, with its place, and every error at once."""

import os
import shutil
import stat
import sys
import unicodedata

import pytest

from tests.conftest import LANZHOU
from zonesim.errors import InputError
from zonesim.report.texts.messages import told
from zonesim.scenario import load_scenario
from zonesim.scenario.diff import differences, written
from zonesim.scenario.reader import KNOWN_FILES, parse_document, plain, read_document, read_text
from zonesim.scenario.scalars import strange_character

EXPERIMENTS = LANZHOU.parents[1] / "experiments"
HEAD = "zonesim: 1\nid: mine\nextends: baseline.yaml\nname: {zh: 我的, en: mine}\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "baseline.yaml").write_bytes((LANZHOU / "baseline.yaml").read_bytes())
    (tmp_path / "plan_2015.yaml").write_bytes((LANZHOU / "plan_2015.yaml").read_bytes())
    return tmp_path


def complaint(folder, text):
    path = folder / "mine.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_scenario(path)
    return str(caught.value)


BAD = {
    "policies:\n  a:\n    instrument: tax_increment_return\n    clause: yes please\n    tax_increment_return_share: 0.7\n": (
        "mine.yaml:8:",
        "'yes please' names no clause",
    ),
    "policies:\n  a:\n    instrument: tax_increment_return\n    clause: 004§3.10.9\n    tax_increment_return_share: 0.7\n": (
        "mine.yaml:8:",
        "'004§3.10.9' is no clause of document 004; did you mean '004§3.10.",
    ),
    "policies:\n  a:\n    instrument: tax_increment_return\n    clause: 004§3.10.5; 017§2\n    tax_increment_return_share: 0.7\n": (
        "mine.yaml:8:",
        "'017§2' is of no document that is known (000, 001, 002, 003, 004)",
    ),
    "policies:\n  a:\n    instrument: tax_increment_return\n    clause: 004§3.10.5\n    tax_increment_return_share: {value: 0.7, clause: 004§3.10.55}\n": (
        "mine.yaml:9:",
        "'004§3.10.55' is no clause",
    ),
    "targets:\n  - {indicator: gdp, place: etdz, period: '2017', value: 1, clause: none}\n": ("mine.yaml:6:", "'none' names no clause"),
    "policies:\n  a:\n    instrument: tax_increment_return\n    clause: 004§3.10.5\n    tax_increment_return_share: {value: 0.3, assumption: t, range: [0.5, 0.1]}\n": (
        "mine.yaml:9:",
        "range [0.5, 0.1] is upside down: the lower end stands first",
    ),
    "policies:\n  a:\n    instrument: tax_increment_return\n    clause: 004§3.10.5\n    tax_increment_return_share: 1.7\n": ("mine.yaml:9:", "1.7 is above 1"),
    "policies:\n  a:\n    instrument: tax_increment_return\n    clause: 004§3.10.5\n    tax_increment_return_share: 20\n": ("mine.yaml:9:", "0.2 for 20 %"),
    "policies:\n  a:\n    instrument: tax_increment_return\n    clause: 004§3.10.5\n    tax_increment_return_shar: 0.7\n": (
        "mine.yaml:9:",
        "did you mean 'tax_increment_return_share'",
    ),
    "policies:\n  a:\n    instrument: idle_land\n    clause: 004§3.10.5\n    places: [hongu_park]\n": ("mine.yaml:9:", "honggu_park"),
    "horizon: {start: 2014Q1, end: 2013Q1}\n": ("mine.yaml:5:", "before the start"),
    "horizon: {start: 2014Q5, end: 2015Q1}\n": ("mine.yaml:5:", "'2014Q5' is not a quarter; write it as 2014Q1"),
    "targets:\n  - {indicator: gdp, place: etdz, period: '2035', value: 1, clause: 004§3.10.5}\n": ("mine.yaml:6:", "outside the horizon"),
    "targets:\n  - {indicator: gdp, place: etd, period: '2017', value: 1, clause: 004§3.10.5}\n": ("mine.yaml:6:", "etdz"),
    "parameters: {production: {span_of_contrl: 0.8}}\n": ("mine.yaml:5:", "span_of_control"),
    "parameters: {production: {span_of_control: 1.8}}\n": ("mine.yaml:5:", "0.95"),
    "parameters: {producton: {span_of_control: 0.8}}\n": ("mine.yaml:5:", "production"),
    "polcies: {}\n": ("mine.yaml:5:", "policies"),
    "founding: {scale: 0}\n": ("mine.yaml:5:", "0 is below 1"),
    "founding: {scale: many}\n": ("mine.yaml:5:", "'many' is not a whole number"),
    "founding: {scale: [1]}\n": ("mine.yaml:5:", "founding.scale: is not a whole number"),
    "founding: 7\n": ("mine.yaml:5:", "7 is not a mapping (name: value)"),
    "horizon: {start: 2014, end: 2020Q4}\n": ("mine.yaml:5:", "horizon.start: 2014 is not a quarter; write it as 2014Q1"),
    "targets:\n  - {indicator: gdp, place: etdz, period: 2017, value: 1, clause: 004§3.10.5}\n": ("mine.yaml:6:", "2017 is not a text; write it in quotes"),
    "targets:\n  - {indicator: gdp, place: etdz, period: '17', value: 1, direction: over, clause: 004§3.10.5}\n": (
        "'17' is not a year or quarter; write '2017' or '2017Q4'",
        "'over' is not allowed (allowed: 'at least' or 'at most')",
    ),
    "founding: {city: {gdp: {value: 5}}}\n": ("mine.yaml", "range"),
    "founding: {city: {gdp: {value: .nan, source: x}}}\n": ("mine.yaml:5:", "ambiguous"),
    "horizon: *x\n": ("mine.yaml:5:", "alias"),
    "horizon: &x {start: 2014Q1, end: 2015Q1}\n": ("mine.yaml:5:", "anchor"),
    "horizon: !!python/object {start: 2014Q1}\n": ("mine.yaml:5:", "tag"),
    "id: again\n": ("mine.yaml:5:", "twice"),
    "description: {zh: no, en: x}\n": ("mine.yaml:5:", "ambiguous"),
    "founding: {scale: 010}\n": ("mine.yaml:5:", "ambiguous"),
}


@pytest.mark.parametrize("text", BAD)
def test_message_names_place_and_remedy(folder, text):
    said = complaint(folder, text)
    for part in BAD[text]:
        assert part in said, said


@pytest.mark.parametrize("value", ["", " "], ids=["nothing", "blank"])
def test_a_set_without_a_value_is_no_removal(value):
    with pytest.raises(InputError, match="no value"):
        load_scenario(LANZHOU / "plan_2015.yaml", [f"policies.tax_return.tax_increment_return_share={value}"])
    load_scenario(LANZHOU / "plan_2015.yaml", ["policies.tax_return.tax_increment_return_share=null"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("parameters: {location: {refund_years: [1]}}\n", "mine.yaml:5:39: parameters.location.refund_years: is not a number"),
        ("parameters: {location: {refund_years: {valu: 1, assumption: t}}}\n", "parameters.location.refund_years.valu: no such setting"),
    ],
)
def test_a_parameter_of_no_form_is_told_in_the_words_of_the_file(folder, text, said):
    told_of = complaint(folder, text)
    assert said in told_of and "function-" not in told_of and "Setting" not in told_of
    assert "[1]" not in text or told_of.count("\n") == 0


def test_a_list_at_extends_is_shown_as_it_is_written(tmp_path):
    (tmp_path / "a.yaml").write_text("zonesim: 1\nid: a\nextends: [b.yaml]\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"extends: \['b.yaml'\] is not a file name"):
        load_scenario(tmp_path / "a.yaml")


def test_all_errors_come_at_once(folder):
    said = complaint(
        folder,
        "policies:\n  a: {instrument: equipment_subsidy, clause: 004§3.10.5, equipment_subsidy_rate: 3}\n  b: {instrument: siting_mandat}\n"
        "targets:\n  - {indicator: gdp, place: nowhere, period: '2017', value: 1, clause: 004§3.10.5}\n",
    )
    assert len(said.splitlines()) >= 3


def test_a_fault_of_the_reader_hides_no_other(folder):
    said = complaint(
        folder,
        "founding: {scale: 010}\nparameters: {production: {span_of_control: 1.8}}\n"
        "policies:\n  a: {instrument: idle_land, clause: yes}\n  b: {instrument: siting_mandat}\nhorizon: {start: 2014Q5, end: 2015Q4}\n",
    ).splitlines()
    for part in ("5:19: '010' is ambiguous", "6:44: parameters", "8:38: 'yes' is ambiguous", "9:19: policies.b.instrument", "10:18: horizon.start"):
        assert sum(f"mine.yaml:{part}" in line for line in said) == 1, said
    assert not any("is not a whole number" in line for line in said)  # nothing more about what could not be read


def test_targets_outside_the_horizon_of_their_own_file_are_one_message(folder):
    said = complaint(folder, "horizon: {start: 2014Q1, end: 2016Q4}\ntargets:\n" + "".join(
        f"  - {{indicator: {one}, place: etdz, period: '2017', value: 1, clause: 004§3.10.5}}\n" for one in ("gdp", "hightech_va")))  # fmt: skip
    assert "2 targets" in said and "2014Q1 to 2016Q4" in said and "gdp of etdz in 2017; hightech_va of etdz in 2017" in said
    assert len(said.splitlines()) == 1


def test_targets_outside_a_horizon_that_is_set_are_left_out_with_a_warning(folder):
    short = load_scenario(folder / "plan_2015.yaml", ["horizon.end=2016Q4"])
    assert short.targets == () and short.resolved["targets"] == []
    (said,) = [one for one in short.warnings if "left out" in one]
    assert said.startswith("8 targets are left out, of a period outside the horizon 2014Q1 to 2016Q4 that was set: gdp of etdz in 2017;")
    assert len(load_scenario(folder / "plan_2015.yaml", ["horizon.end=2018Q4"]).targets) == 8
    assert "已略去" in told(said, "zh") and "left out" not in told(said, "zh")
    late = "targets:\n  - {indicator: gdp, place: etdz, period: '2035', value: 1, clause: 004§3.10.5}\n"
    (folder / "late.yaml").write_text(HEAD + late, encoding="utf-8")
    with pytest.raises(InputError, match="outside the horizon"):  # nothing else lifts it
        load_scenario(folder / "late.yaml", ["founding.scale=20"])


def test_a_fault_in_one_target_hides_none_in_the_others(folder):
    said = complaint(
        folder,
        "targets:\n  - {indicator: gdp, place: etdz, period: '2017', value: .inf, clause: 004§3.10.5}\n  - {indicator: gdq, place: etdz, period: '2017', value: 1}\n"
        "  - {indicator: gdp, place: etd, period: '2035', value: 1, clause: none}\n  - {indicator: evaluation_score, place: lanzhou, period: '2017', value: 1, clause: 004§3.10.5}\n",
    ).splitlines()
    for part in (
        "6:58: '.inf' is ambiguous", "7:17: targets.1.indicator: no such indicator: 'gdq'; did you mean 'gdp'?", "targets.1.clause: is missing", "8:29: targets.2.place: unknown place 'etd'",
        "8:42: targets.2.period: 1 target is of a period outside", "targets.2.clause: 'none' names no clause", "9:42: targets.3.place: 'evaluation_score' has no meaning for the region",
    ):  # fmt: skip
        assert sum(part in line for line in said) == 1, (part, said)
    assert len(said) == 7


def test_a_step_after_the_run_and_a_window_outside_it_are_said(folder):
    text = (
        "policies:\n  late: {instrument: idle_land, clause: 001§7c, start: 2013-01-01, idle_land_enforcement: {schedule: {2013-01-01: 0.2, 2015-01-01: 0.3, 2022-01-01: 0.8},"
        " assumption: x}}\n"
    )
    (folder / "mine.yaml").write_text(HEAD + text, encoding="utf-8")
    (said,) = load_scenario(folder / "mine.yaml").warnings
    assert "policies.late.idle_land_enforcement (001§7c)" in said and "from 2022Q1 on never acts: the run ends before" in said and "2015" not in said
    ended = text.replace("start: 2013-01-01,", "start: 2013-01-01, end: 2014-06-30,")
    (folder / "mine.yaml").write_text(HEAD + ended, encoding="utf-8")
    (said,) = load_scenario(folder / "mine.yaml").warnings
    assert "from 2015Q1, 2022Q1 on never acts: the policy ends before" in said
    for years, speaks in (
        ("[2021, 2023]", True),
        ("[2011, 2013]", True),
        ("[2020, 2023]", True),
        ("[2017, 2023]", False),
        ("[2013, 2014]", True),
        ("[2013, 2015]", False),
    ):
        warnings = load_scenario(folder / "plan_2015.yaml", [f"policies.tax_return.tax_increment_window={years}"]).warnings
        assert any("tax_increment_window (004§3.10.5) never acts" in one for one in warnings) == speaks, years


def test_extends_stays_in_its_folder_and_ends(folder, tmp_path_factory):
    outside = tmp_path_factory.mktemp("other") / "x.yaml"
    outside.write_text("a: 1\n")
    for name in ("../x.yaml", str(outside), "http://example.org/x.yaml", "C:\\x.yaml", "missing.yaml"):
        (folder / "mine.yaml").write_text(f"extends: '{name}'\n")
        with pytest.raises(InputError, match="extends"):
            load_scenario(folder / "mine.yaml")
    os.symlink(outside, folder / "link.yaml")
    (folder / "mine.yaml").write_text("extends: link.yaml\n")
    with pytest.raises(InputError, match="outside"):
        load_scenario(folder / "mine.yaml")


CIRCLES = {
    "itself": ({"a.yaml": "id: a\nextends: a.yaml\n"}, "a.yaml:2:10", "a.yaml -> a.yaml"),
    "two files": ({"a.yaml": "extends: b.yaml\n", "b.yaml": "\n{id: b, extends: a.yaml}\n"}, "b.yaml:2:18", "a.yaml -> b.yaml -> a.yaml"),
    "two files below": (
        {"a.yaml": "extends: b.yaml\n", "b.yaml": "extends: c.yaml\n", "c.yaml": "# c\n\nextends: b.yaml\n"}, "c.yaml:3:10", "b.yaml -> c.yaml -> b.yaml"
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CIRCLES)
def test_extends_in_a_circle_is_told_where_it_closes(case, tmp_path):
    files, spot, names = CIRCLES[case]
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        load_scenario(tmp_path / "a.yaml")
    assert str(raised.value) == f"{tmp_path / spot.partition(':')[0]}:{spot.partition(':')[2]}: extends goes round in a circle: {names}"
    assert told(str(raised.value), "zh") == f"{tmp_path / spot.partition(':')[0]}:{spot.partition(':')[2]}: extends 首尾相接成了圈：{names}"


def test_extends_that_goes_too_deep_is_told_where_it_does(tmp_path):
    for k in range(10):
        (tmp_path / f"{k}.yaml").write_text(f"id: a{k}\nextends: {k + 1}.yaml\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"8\.yaml:2:10: extends is nested deeper than 8"):
        load_scenario(tmp_path / "0.yaml")


@pytest.mark.parametrize("value", ["20144", "2014", "2014Q5", "[2014Q4]", "true"])
def test_what_is_no_quarter_is_told_how_one_is_written(value):
    with pytest.raises(InputError) as raised:
        load_scenario(LANZHOU / "plan_2015.yaml", [f"horizon.end={value}"])
    shown = {"2014Q5": "'2014Q5' ", "[2014Q4]": "", "true": "True "}.get(value, f"{value} ")
    (said,) = [one for one in str(raised.value).splitlines() if "horizon.end: " in one]
    assert said == f"--set horizon.end:1:1: horizon.end: {shown}is not a quarter; write it as 2014Q1"
    assert "不是季度；请写成 2014Q1" in told(said, "zh")


def test_special_files_and_bombs_are_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe.yaml")
    assert stat.S_ISFIFO(os.stat(tmp_path / "pipe.yaml").st_mode)
    for path in (tmp_path / "pipe.yaml", tmp_path, tmp_path / "none.yaml"):
        with pytest.raises(InputError):
            read_text(path)
    (tmp_path / "gbk.yaml").write_bytes("id: 兰州".encode("gbk"))
    with pytest.raises(InputError, match="UTF-8"):
        read_text(tmp_path / "gbk.yaml")
    for bomb in ("[" * 100_000, "a: " + "1:" * 300_000, "a: " + "9" * 30, "a: {b: {c: " * 40, "a: 1\n---\nb: 2\n", "[1]", "", "a: \x07", "a: 'x\u202e'"):
        with pytest.raises(InputError):
            parse_document(bomb, "bomb")


def test_scalars_are_what_they_look_like():
    text = "a: true\nb: 3\nc: -1.5e-3\nd: 2015-06-05\ne: '010'\nf: null\ng: 1e3\nh: [1, x]\n"
    assert plain(parse_document(text, "t")) == {"a": True, "b": 3, "c": -0.0015, "d": "2015-06-05", "e": "010", "f": None, "g": 1000.0, "h": [1, "x"]}


def test_a_file_that_is_remembered_is_the_file_as_it_stands(tmp_path):
    path, faulty, faults = tmp_path / "one.yaml", tmp_path / "faulty.yaml", []
    path.write_text("extends: a.yaml\na: {b: 1}\n")
    read_document(path).value.pop("extends")
    assert plain(read_document(path)) == {"extends": "a.yaml", "a": {"b": 1}}  # what a caller takes out is there for the next
    path.write_text("a: {b: 2}\n")
    assert plain(read_document(path)) == {"a": {"b": 2}}
    faulty.write_text("a: no\n")
    for times in (1, 2):
        read_document(faulty, faults)
        assert len(faults) == times  # a fault is told each time
        with pytest.raises(InputError, match=r"faulty\.yaml:1:4"):
            read_document(faulty)
    for k in range(2 * KNOWN_FILES):
        (tmp_path / f"{k}.yaml").write_text(f"a: {k}\n")
    for k in (*range(2 * KNOWN_FILES), 0):
        assert plain(read_document(tmp_path / f"{k}.yaml")) == {"a": k}
    path.write_text("\na: {b: 2}\n")
    assert str(read_document(path).value["a"].where) == f"{path}:2:4"
    same = tmp_path / "same.yaml"
    same.write_text(path.read_text())
    assert str(read_document(same).value["a"].where) == f"{same}:2:4"


def test_no_strange_character_of_any_script_is_let_through():
    looked_at = [*range(0x20000), *range(0xE0000, 0xE0200), *range(0xFFF00, 0x100100), sys.maxunicode]  # all but Han letters and what is nobody's
    strange = {k for k in looked_at if strange_character(chr(k))}
    unseen = {k for k in looked_at if unicodedata.category(chr(k)) in ("Cc", "Cf", "Cs", "Co", "Cn")} - {ord("\n"), ord("\t")}
    assert strange == unseen | {0x2028, 0x2029}
    assert strange_character("兰州新区 “国批”\u3000é") is None and strange_character("兰州\u200b新区") == "U+200B"


def test_a_policy_that_never_acts_is_said(folder):
    (folder / "mine.yaml").write_text(
        HEAD + "policies:\n  late: {instrument: idle_land, clause: 001§7c, start: 2030-01-01, idle_land_enforcement: {value: 0.8, assumption: x}}\n",
        encoding="utf-8",
    )
    scenario = load_scenario(folder / "mine.yaml")
    assert "001§7c" in scenario.warnings[0] and "never acts" in scenario.warnings[0]


def test_overrides_and_diff(folder):
    plan = load_scenario(folder / "plan_2015.yaml")
    other = load_scenario(folder / "plan_2015.yaml", ["policies.tax_return.tax_increment_return_share=0.5"])
    rows = differences(plan, other)
    assert [(r["path"], r["baseline"], r["reform"], r["clause"]) for r in rows] == [("policies.tax_return.tax_increment_return_share", 0.7, 0.5, "004§3.10.5")]
    assert differences(plan, plan) == []
    base = differences(load_scenario(folder / "baseline.yaml"), plan)
    assert len(base) >= 35 and all(r["clause"] for r in base)
    with pytest.raises(InputError, match="tax_return"):
        load_scenario(folder / "plan_2015.yaml", ["policies.tax_retur.tax_increment_return_share=0.5"])
    with pytest.raises(InputError, match="above 1"):
        load_scenario(folder / "plan_2015.yaml", ["policies.tax_return.tax_increment_return_share=5"])
    with pytest.raises(InputError, match="--set"):
        load_scenario(folder / "plan_2015.yaml", ["nonsense"])


def test_a_difference_by_place_or_date_is_shown_with_its_reason(folder):
    """What varies between places or dates is not hidden behind one value, and what no document gives is marked."""
    plan = load_scenario(folder / "plan_2015.yaml")
    lever = "policies.tax_return.tax_increment_return_share"
    placed = load_scenario(folder / "plan_2015.yaml", [lever + "={value: 0.7, by_place: {honggu_park: 0.3}, schedule: {2015-01-01: 0.7, 2016-01-01: 0.6}, assumption: a try}",
                                                       "policies.tax_return.start=2015-03-01"])  # fmt: skip
    rows = {row["path"]: row for row in differences(plan, placed)}
    assert set(rows) == {lever, "policies.tax_return.start"}, "the date is shown beside the setting"
    assert rows[lever]["reform"]["by_place"] == {"honggu_park": 0.3} and rows[lever]["baseline"] == 0.7
    line = written(rows[lever])
    assert "0.7 -> 0.7, honggu_park: 0.3, from 2015-01-01: 0.7, from 2016-01-01: 0.6 *" in line and "* assumption: a try" in line
    back = {row["path"]: row for row in differences(placed, plan)}
    assert back[lever]["assumption"] == "" and "*" not in written(back[lever]), "the reason is that of the value it becomes"


def test_a_policy_without_settings_is_a_difference(folder):
    plan = load_scenario(folder / "plan_2015.yaml")
    with_it = load_scenario(folder / "plan_2015.yaml", ["policies.more={instrument: one_stop_service, clause: 004§3.2.3, start: 2016-01-01}"])
    assert [row["path"] for row in differences(plan, with_it)] == ["policies.more.instrument"]


def test_experiments_are_checked_as_what_they_are():
    from click.testing import CliRunner

    from zonesim.cli import app

    done = CliRunner().invoke(app, ["check", *(str(EXPERIMENTS / f"{name}.yaml") for name in ("LZ-1", "X-4"))], catch_exceptions=False)
    assert done.exit_code == 0 and "LZ-1.yaml: ok (4 arms, 7 readings)" in done.output and "X-4.yaml: ok (" in done.output
    for command, said in ((["compare", "X-4.yaml", "none", "--out", "o"], "is a sweep"), (["run", "LZ-1.yaml", "--out", "o"], "is a counterfactual, not a scenario"),
                          (["counterfactuals", "run", "X-4.yaml"], "is a sweep")):  # fmt: skip
        done = CliRunner().invoke(app, [str(EXPERIMENTS / one) if one.endswith(".yaml") else one for one in command])
        assert isinstance(done.exception, InputError) and said in str(done.exception)


def test_a_parameter_is_set_though_the_file_names_none():
    """Every parameter has a default, so --set needs no section in the file; what is no parameter is an error with the nearest name."""
    changed = load_scenario(LANZHOU / "baseline.yaml", ["parameters.location.stay=2"])
    assert changed.parameters["location"].stay == 2.0
    with pytest.raises(InputError, match="did you mean 'stay'"):
        load_scenario(LANZHOU / "baseline.yaml", ["parameters.location.sta=2"])
    with pytest.raises(InputError, match="did you mean 'location'"):
        load_scenario(LANZHOU / "baseline.yaml", ["parameters.locaton.stay=2"])


@pytest.mark.parametrize("text", ["010.5", "1_000.5", "0X1F", "NaN", "12 345", "1,5"])
def test_numbers_that_others_would_guess_are_errors(text, tmp_path):
    with pytest.raises(InputError, match=r"ambiguous|number|not"):
        load_scenario(LANZHOU / "plan_2015.yaml", [f"policies.tax_return.tax_increment_return_share={text}"])


def test_an_empty_section_does_not_remove_what_is_inherited(tmp_path):
    copied = shutil.copytree(LANZHOU, tmp_path / "s")
    (copied / "child.yaml").write_text("zonesim: 1\nid: child\nextends: plan_2015.yaml\npolicies:\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"child.yaml:4:\d+: policies: is empty"):
        load_scenario(copied / "child.yaml")


def test_a_loop_of_links_is_a_message(tmp_path):
    (tmp_path / "a.yaml").symlink_to(tmp_path / "b.yaml")
    (tmp_path / "b.yaml").symlink_to(tmp_path / "a.yaml")
    with pytest.raises(InputError):
        load_scenario(tmp_path / "a.yaml")


def test_an_option_is_no_name_of_a_file(tmp_path, monkeypatch):
    from click.testing import CliRunner

    from zonesim.cli import app

    monkeypatch.chdir(tmp_path)
    for command in (["serve", "--data", "--help"], ["run", "x.yaml", "--out", "--check"]):
        done = CliRunner().invoke(app, command)
        assert done.exit_code == 2 and "looks like an option" in done.output and not list(tmp_path.iterdir())
