"""Own lists become a scenario that runs; bad lists are refused whole."""

import pytest

from tests.conftest import ROOT
from zonesim.errors import InputError
from zonesim.founding.own_lists import ENTERPRISES, ZONES, import_folder, read_list

DATA = ROOT / "tests" / "data"
LIST = (DATA / "enterprises_gbk.csv.txt").read_text(encoding="utf-8")


@pytest.fixture
def lists(tmp_path):
    (tmp_path / "e.csv").write_bytes(LIST.encode("gbk"))
    (tmp_path / "z.csv").write_bytes((DATA / "zones.csv").read_bytes())
    return tmp_path


def test_headers_units_and_encodings(lists):
    rows = read_list(lists / "e.csv", ENTERPRISES)
    first = rows[0]
    assert (first["name"], first["industry"], first["output"], first["employment"], first["high_tech"]) == ("甲机械", "equipment", 12_000.0, 150.0, True)
    assert first["land"] == pytest.approx(40 * 2000 / 3) and first["capital"] == 6000.0
    assert [r["industry"] for r in rows[1:]] == ["agri_food", "chemicals", "transport_logistics", "pharma_bio", "consumer_services"]
    (lists / "u.csv").write_text(LIST, encoding="utf-8-sig")
    assert [{**r} for r in read_list(lists / "u.csv", ENTERPRISES)] == rows
    zone = read_list(lists / "z.csv", ZONES)[0]
    assert zone["planned"] == 12e6 and zone["ready"] == pytest.approx(200_000)


def test_an_imported_region_runs_with_its_accounts_checked(lists):
    from zonesim.model import ZoneModel, simulate
    from zonesim.scenario import load_scenario

    said = import_folder(lists / "e.csv", lists / "z.csv", lists / "mine", "2020Q1")
    assert "6 enterprises in 2 zones" in said[0]
    scenario = load_scenario(lists / "mine" / "baseline.yaml", ["horizon.end=2022Q4"])
    world = ZoneModel(scenario, 1).world
    listed = world.enterprises.live("founded") < 4 * 2019
    assert sorted(world.enterprises.live("employment")[listed].tolist()) == [40, 60, 90, 150, 180, 300]
    assert simulate(scenario, 1, check=True).checked == 12


BAD = {
    "甲机械,城东工业园,城关县,C35,1.2,150,6000,40,2008,是": {
        "甲机械,城东工业园,城关县,C35,abc,150,6000,40,2008,是": ("e.csv:2:5", "'abc' is not a number"),
        "甲机械,城东工业圆,城关县,C35,1.2,150,6000,40,2008,是": ("e.csv:2:2", "allowed: 城东工业园, 城西工业园); did you mean '城东工业园'?"),
        "甲机械,城东工业园,水口县,C35,1.2,150,6000,40,2008,是": ("e.csv:2:3", "its zone '城东工业园' lies in '城关县' (line 2 of the zones)"),
        "甲机械,,水囗县,C35,1.2,150,6000,40,2008,是": (
            "e.csv:2:3",
            "unknown county '水囗县' (allowed, as counties of zones: 城关县, 水口县); did you mean '水口县'?",
        ),
        "乙食品,城东工业园,城关县,C35,1.2,150,6000,40,2008,是": ("e.csv:3:1", "'乙食品' stands in line 2 already"),
        "甲机械,城东工业园,城关县,C35,0,150,6000,40,2008,是": ("e.csv:2:5", "is not between 1e-08 and 100,000 亿元"),
        "甲机械,城东工业园,城关县,C35,1e300,150,6000,40,2008,是": ("e.csv:2:5", "'1e300' is not between"),
        "甲机械,城东工业园,城关县,C35,1.2,0,6000,40,2008,是": ("e.csv:2:6", "is not between 1 and 10,000,000 人"),
        "甲机械,城东工业园,城关县,C35,1.2,1e9,6000,40,2008,是": ("e.csv:2:6", "'1e9' is not between 1 and 10,000,000 人"),
        "甲机械,城东工业园,城关县,C35,1.2,10.5,6000,40,2008,是": ("e.csv:2:6", "'10.5' is not a whole number of persons"),
        '甲机械,城东工业园,城关县,C35,1.2,"1,50",6000,40,2008,是': ("e.csv:2:6", "'1,50' has separators that are not before groups of three digits"),
        '甲机械,城东工业园,城关县,C35,1.2,"12,345,67",6000,40,2008,是': ("e.csv:2:6", "groups of three digits"),
        "甲机械,城东工业园,城关县,C35,1_2,150,6000,40,2008,是": ("e.csv:2:5", "'1_2' is not a number"),
        "甲机械,城东工业园,城关县,C35,1.2,150,6000,40,2035,是": ("e.csv:2:9", "year 2035 is after the start in 2020"),
        "甲机械,城东工业园,城关县,C35,1.2,150,6000,40,200812345,是": ("e.csv:2:9", "does not begin with a year"),
        '甲机械,城东工业园,城关县,C35,1.2,"150"人,6000,40,2008,是': ("e.csv:2:6", "text stands after the quote that closes here"),
        "甲机械,城东工业园,城关县,X99,1.2,150,6000,40,2008,是": ("e.csv:2:4", "is no industry"),
        "甲机械,城东工业园,城关县,C35,1.2,150,6000,40,2008": ("e.csv:2", "has 9 cells"),
        "甲机械,城东工业园,城关县,C35,1.2,-3,6000,40,2008,是": ("e.csv:2:6", "negative"),
        "甲机械,城东工业园,城关县,C35,nan,150,6000,40,2008,是": ("e.csv:2:5", "finite"),
        "甲机械,城东工业园,城关县,C35,1.2,150,6000,40,last year,是": ("e.csv:2:9", "year"),
        "甲机械,城东工业园,城关县,C35,1.2,150,6000,40,2008,maybe": ("e.csv:2:10", "neither"),
        '甲机械,"城东工业园,城关县,C35,1.2,150,6000,40,2008,是': ("e.csv:2:2", "a quote opens here and is not closed on this line"),
        ",城东工业园,城关县,C35,1.2,150,6000,40,2008,是": ("e.csv:2:1", "is empty"),
    }
}
CASES = [(good, bad, said) for good, all_bad in BAD.items() for bad, said in all_bad.items()]


@pytest.mark.parametrize(("good", "bad", "said"), CASES, ids=[f"{c[2][0]}: {c[2][1]}" for c in CASES])
def test_bad_lines_are_named_and_nothing_is_imported(lists, good, bad, said):
    (lists / "e.csv").write_text(LIST.replace(good, bad), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        import_folder(lists / "e.csv", lists / "z.csv", lists / "mine", "2020Q1")
    assert said[0] in str(caught.value) and said[1] in str(caught.value), caught.value
    assert not (lists / "mine").exists()


def test_unknown_units_and_missing_columns(lists):
    (lists / "e.csv").write_text(LIST.replace("营业收入(亿元)", "营业收入(吨)"), encoding="utf-8")
    with pytest.raises(InputError, match="unknown unit"):
        import_folder(lists / "e.csv", lists / "z.csv", lists / "mine", "2020Q1")
    (lists / "e.csv").write_text(LIST.replace("从业人员", "人数多少"), encoding="utf-8")
    with pytest.raises(InputError, match="no column for 'employment'"):
        import_folder(lists / "e.csv", lists / "z.csv", lists / "mine", "2020Q1")


def wrong(lists, start="2020Q1"):
    with pytest.raises(InputError) as caught:
        import_folder(lists / "e.csv", lists / "z.csv", lists / "mine", start)
    assert not (lists / "mine").exists()
    return [one.removeprefix(f"{lists}/") for one in caught.value.problems]


def test_a_forgotten_quote_is_reported_where_it_opens_and_the_lines_after_it_are_checked(lists):
    lines = LIST.replace("300,20000", "-300,20000").split("\n")
    lines[2] = '"' + lines[2]
    for later in ("", ',"'):  # a quote further down closes what was opened, with lines inside
        (lists / "e.csv").write_text("\n".join([*lines[:5], lines[5] + later, *lines[6:]]), encoding="utf-8")
        told = wrong(lists)
        assert told[:2] == ["e.csv:3:1: a quote opens here and is not closed on this line", "e.csv:4:6: 从业人员: '-300' is negative"]
        assert [one.partition(": ")[0] for one in told[2:]] == ["e.csv:6:11"] * bool(later)


def test_a_quoted_cell_may_go_on_over_lines_where_it_is_not_read(lists):
    head, first, *rest = LIST.strip().split("\n")
    (lists / "e.csv").write_text("\n".join([head + ",备注", first + ',"一\n二, ""三"""', *(one + "," for one in rest)]), encoding="utf-8")
    assert [(row["line"], row["name"]) for row in read_list(lists / "e.csv", ENTERPRISES)][:3] == [(2, "甲机械"), (4, "乙食品"), (5, "丙化工")]
    said = import_folder(lists / "e.csv", lists / "z.csv", lists / "mine", "2020Q1")
    assert said[0].endswith("e.csv: columns that are not used: 备注")


def test_mistakes_of_every_kind_in_both_lists_are_told_at_once_in_the_order_of_lines(lists):
    bad = LIST.replace("成立年份", "成立年分").replace("乙食品,城东工业园,城关县,13", "甲机械,城中工业园,城关县,Q9").replace("180,9000", "18.5,9000")
    (lists / "e.csv").write_text(bad, encoding="utf-8")
    (lists / "z.csv").write_text(
        (DATA / "zones.csv").read_text(encoding="utf-8").replace("8,200", "8,20000").replace("省级", "生级").replace("35.6", "135.6"), encoding="utf-8"
    )
    told = wrong(lists, "2020Q5")
    places = [one.partition(": ")[0] for one in told]
    assert places[-8:] == ["e.csv:1:9", "e.csv:3:1", "e.csv:3:2", "e.csv:3:4", "e.csv:6:6", "z.csv:2:3", "z.csv:2:5", "z.csv:3:7"], told
    assert "2020Q5" in told[0] and len(told) == 9


@pytest.mark.parametrize(("area", "ready", "said"), [
    ("0", "200", "is not between"), ("8", "300000", "ready land of 200 km2 is more than the planned area of 8 km2"), ("nan", "1", "finite"),
])  # fmt: skip
def test_areas_of_zones_that_cannot_be_are_refused_with_their_line(lists, area, ready, said):
    (lists / "z.csv").write_text((DATA / "zones.csv").read_text(encoding="utf-8").replace("8,200", f"{area},{ready}"), encoding="utf-8")
    (told,) = wrong(lists)
    assert told.startswith("z.csv:3:") and said in told


def test_ready_land_up_to_the_plan_is_taken_as_it_is(lists):
    from zonesim.scenario import load_scenario

    (lists / "z.csv").write_text((DATA / "zones.csv").read_text(encoding="utf-8").replace("8,200", "8,9000"), encoding="utf-8")
    import_folder(lists / "e.csv", lists / "z.csv", lists / "mine", "2020Q1")
    assert load_scenario(lists / "mine" / "baseline.yaml").founding.zones["zone_2"].ready_share.value == pytest.approx(0.75)


def test_separators_units_and_digits_that_are_right_are_read(lists):
    (lists / "e.csv").write_text(LIST.replace("150,6000", '"1,500","6，000.5"').replace("从业人员", "从业人员(人)"), encoding="utf-8")
    first = read_list(lists / "e.csv", ENTERPRISES)[0]
    assert (first["employment"], first["capital"]) == (1500.0, 6000.5)
    (lists / "e.csv").write_text(LIST.replace(",150,", ",0.015,").replace("从业人员", "从业人员(万人)").replace(",90,", ",0.009,").replace(",300,", ",0.03,")
                                 .replace(",60,", ",0.006,").replace(",180,", ",0.018,").replace(",40,,", ",0.004,,"), encoding="utf-8")  # fmt: skip
    assert [row["employment"] for row in read_list(lists / "e.csv", ENTERPRISES)] == [150.0, 90.0, 300.0, 60.0, 180.0, 40.0]


def test_a_header_like_a_missing_one_is_refused_and_one_unlike_any_is_named(lists):
    (lists / "e.csv").write_text(LIST.replace("高新技术企业", "高新技术企業"), encoding="utf-8")
    (told,) = wrong(lists)
    assert told.startswith("e.csv:1:10: unknown header '高新技术企業'; did you mean '高新技术企业'?")


def test_an_import_that_is_refused_ends_with_2_and_is_told_in_chinese(lists, capsys, monkeypatch):
    import sys

    from zonesim.cli import main

    (lists / "e.csv").write_text(LIST.replace("甲机械,城东工业园,城关县", "甲机械,城东工业园,水口县"), encoding="utf-8")
    monkeypatch.setattr(
        sys, "argv", ["zonesim", "--messages", "zh", "import", str(lists / "e.csv"), "--zones", str(lists / "z.csv"), "--out", str(lists / "mine")]
    )
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2 and "e.csv:2:3: 县区 '水口县' 与其开发区不符：'城东工业园' 位于 '城关县'" in capsys.readouterr().err
