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
        "甲机械,城冬工业园,城关县,C35,1.2,150,6000,40,2008,是": ("e.csv:2", "did you mean"),
        "甲机械,城东工业园,城关县,X99,1.2,150,6000,40,2008,是": ("e.csv:2:4", "is no industry"),
        "甲机械,城东工业园,城关县,C35,1.2,150,6000,40,2008": ("e.csv:2", "has 9 cells"),
        "甲机械,城东工业园,城关县,C35,1.2,-3,6000,40,2008,是": ("e.csv:2:6", "negative"),
        "甲机械,城东工业园,城关县,C35,nan,150,6000,40,2008,是": ("e.csv:2:5", "finite"),
        "甲机械,城东工业园,城关县,C35,1.2,150,6000,40,last year,是": ("e.csv:2:9", "year"),
        "甲机械,城东工业园,城关县,C35,1.2,150,6000,40,2008,maybe": ("e.csv:2:10", "neither"),
        '甲机械,"城东工业园,城关县,C35,1.2,150,6000,40,2008,是': ("e.csv", "broken line"),
        ",城东工业园,城关县,C35,1.2,150,6000,40,2008,是": ("e.csv:2:1", "is empty"),
    }
}
CASES = [(good, bad, said) for good, all_bad in BAD.items() for bad, said in all_bad.items()]


@pytest.mark.parametrize(("good", "bad", "said"), CASES, ids=[c[2][1] for c in CASES])
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
