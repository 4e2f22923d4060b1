"""Every word that people see is there in both languages."""

import ast
import json
import re
import time
from pathlib import Path

import pytest
import yaml

from tests.unit.messages_said import bodies, said
from tests.unit.punctuation import full_width
from zonesim.report.texts import catalogue
from zonesim.report.texts.messages import pattern, templates, told
from zonesim.report.texts.sources import sources, translated

ROOT = Path(__file__).parents[2]
PLACE = re.compile(r"\{(\w+)\}")


def calls(name):
    """Yield the first argument of every call of a function in the report, where it is a text."""
    for path in (ROOT / "zonesim" / "report").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name and node.args:
                given = node.args[0]
                for one in [given.body, given.orelse] if isinstance(given, ast.IfExp) else [given]:
                    if isinstance(one, ast.Constant) and isinstance(one.value, str):
                        yield path.name, one.value


def test_both_catalogues_have_the_same_keys_and_placeholders():
    zh, en = catalogue("zh"), catalogue("en")
    assert set(zh) == set(en)
    assert all(zh[key].strip(" ,、") or key.startswith("list.") for key in zh)
    assert {key for key in zh if set(PLACE.findall(zh[key])) != set(PLACE.findall(en[key]))} <= {"date.day"}, (
        "a month is a number in Chinese and a name in English"
    )


def test_chinese_texts_are_chinese():
    latin = {key for key, text in catalogue("zh").items() if not re.search("[\u3000-\u9fff]", text) and re.search("[A-Za-z]{4}", PLACE.sub("", text))}
    assert latin <= {"word.switch"}, latin


def test_every_text_that_the_report_asks_for_is_there():
    assert not {(file, key) for file, key in calls("say") if key not in catalogue("en")}
    assert not {(file, key) for file, key in calls("word") if f"word.{key}" not in catalogue("en")}


def test_every_kind_and_cause_of_payment_has_words():
    from zonesim.accounts.payments import PAYMENTS
    from zonesim.policies.instrument import Instrument
    from zonesim.policies.package import LAW_CAUSES

    kinds = {str(getattr(one, "name", one)) for one in PAYMENTS} | {kind for one in Instrument.kinds().values() for kind in one.pays}
    assert not {one for one in kinds if f"word.{one}" not in catalogue("en")}
    assert not {one for one in LAW_CAUSES.values() if f"word.{one}" not in catalogue("en")}


def test_every_theme_of_a_lever_has_words():
    from zonesim.policies.instrument import Instrument, every_lever
    from zonesim.report.inputs import THEMES

    themes = {one.group for _, one in every_lever()}
    assert themes <= set(THEMES) and all(f"theme.{one}" in catalogue("zh") for one in THEMES)
    assert all(kind.zh for kind in Instrument.kinds().values())


def reasons(value):
    if isinstance(value, dict):
        for key, one in value.items():
            if key in ("assumption", "source", "coordinates_source") and isinstance(one, str):
                yield " ".join(one.split())
            else:
                yield from reasons(one)
    elif isinstance(value, list):
        for one in value:
            yield from reasons(one)


@pytest.mark.parametrize("path", sorted((ROOT / "scenarios").glob("*/*.yaml")), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_reason_and_source_of_a_scenario_has_its_chinese_text(path):
    needed = set(reasons(yaml.safe_load(path.read_text(encoding="utf-8"))))
    missing = {one for one in needed if one not in sources() and not re.search("[\u4e00-\u9fff]", one)}
    assert not missing, "add them to zonesim/report/texts/sources.json"
    assert all(translated(one, "en") == one for one in needed)


def test_every_source_of_a_parameter_has_its_chinese_text():
    from zonesim.parameters import load_all

    needed = {one.json_schema_extra["source"] for kind in load_all().values() for one in kind.model_fields.values()}
    assert all(one.json_schema_extra["zh"] and one.description for kind in load_all().values() for one in kind.model_fields.values())
    assert not {one for one in needed if one not in sources() and not re.search("[\u4e00-\u9fff]", one)}, "add them to zonesim/report/texts/sources.json"


def units():
    """Return every unit of a lever, parameter, term, column and indicator, with the function that names it."""
    from zonesim.indicators import DERIVED, INDICATORS
    from zonesim.parameters import load_all
    from zonesim.policies.instrument import Instrument
    from zonesim.report.words import declared_unit, unit
    from zonesim.terms.register import THEMES
    from zonesim.world.enterprises import Enterprises
    from zonesim.world.places import Contracts, Counties, Places
    from zonesim.world.zones import Zones

    for kind in Instrument.kinds().values():
        yield from ((declared_unit, one.unit) for one in kind.levers.values())
    for kind in load_all().values():
        yield from ((declared_unit, one.json_schema_extra["unit"]) for one in kind.model_fields.values())
    for theme in THEMES:
        yield from ((declared_unit, one.unit) for one in theme.TERMS.values())
    for table in (Enterprises, Places, Zones, Counties, Contracts):
        yield from ((declared_unit, one.unit) for one in table.columns.values())
    yield from ((unit, one.unit) for one in [*INDICATORS.values(), *DERIVED.values()])


def test_every_unit_has_its_chinese_name():
    """In Chinese nothing is left of the English words, and in English nothing of the Chinese; what has no letters needs no name."""
    everything = {(named, one) for named, one in units() if one}
    assert len({one for _, one in everything}) > 350
    english = {one for named, one in everything if re.search("[A-Za-z]", one) and not re.search("[\u4e00-\u9fff]", named(one, "zh"))}
    assert not english, "add them to zonesim/report/texts/sources.json"
    mixed = {named(one, "zh") for named, one in everything if re.search("[A-Za-z]{2,}", re.sub("log（", "", named(one, "zh")))}
    assert not mixed, "English words in a Chinese unit"
    assert not {one for named, one in everything if re.search("[\u4e00-\u9fff]", named(one, "en")) and "VAT" not in one}


def test_translations_keep_the_decimals_of_the_original():
    for english, chinese in sources().items():
        decimals = set(re.findall(r"\d+\.\d+", english.replace(",", ""))) - {"2.5"}
        told_ones = set(re.findall(r"\d+\.\d+", re.sub("[、,]", " ", chinese))) | set(re.findall(r"\d+\.\d+", chinese.replace(",", "")))
        assert decimals <= told_ones, (english, chinese)


def test_messages_keep_their_placeholders_and_are_recognised():
    for english, chinese in templates().items():
        assert set(PLACE.findall(english)) == set(PLACE.findall(chinese))
        filled = PLACE.sub("x", english.replace("{hint}", ""))
        assert pattern(english).fullmatch(filled) and told(filled, "en") == filled
        assert re.search("[\u3400-\u9fff]", told(filled, "zh")) or not re.search("[\u3400-\u9fff]", chinese)
    assert told("policies.tax_return (004§3.10.5) never acts: it is in force from 2010Q1 to open, the run is 2014Q1 to 2020Q4", "zh") == (
        "policies.tax_return\uff08004§3.10.5\uff09从不生效\uff1a其有效期为 2010年第1季度 至 无截止\uff0c运行期为 2014年第1季度 至 2020年第4季度"
    )


def test_every_message_that_is_raised_has_its_chinese_text():
    known = {PLACE.sub("{}", english) for english in templates()}
    everything = list(said())
    missing = {f"{where} {text}" for where, text in everything if not known & set(bodies(text))}
    assert len(everything) > 350 and not missing, "add them to zonesim/report/texts/messages.json"


def test_what_the_schema_says_of_a_form_or_a_kind_has_its_chinese_text():
    from zonesim.scenario.complaints import _BOUNDS, _FORMS, _KINDS

    said_of = [*_FORMS.values(), *(f"is not {one}" for one in _KINDS.values()), *(text.format("3") for _, text in _BOUNDS.values())]
    assert not [one for one in said_of if not re.search("[\u3400-\u9fff]", told(f"a.yaml:3:1: targets.0.value: 'x' {one}", "zh"))]


def test_a_message_keeps_its_place_its_value_and_its_hint():
    assert told("a: b.yaml:3:5: policies.x.rate.value: 1.7 is above 1 (share of yearly quota); a share is written as a fraction: 0.017 for 1.7 %", "zh") == (
        "a: b.yaml:3:5: policies.x.rate.value: 1.7 高于上限 1\uff08占年度指标的比例\uff09\uff1b比例写成小数\uff1a1.7% 写 0.017"
    )
    assert (
        told("s.yaml:9:3: policies.x: no such setting of awards; did you mean 'amount'?", "zh")
        == "s.yaml:9:3: policies.x: awards 没有这个参数\uff1b是否想写 'amount'\uff1f"
    )
    assert told("s.yaml:9:3: id: 'Ä b' is not a name: at most 40 small letters, digits and _, a letter first", "zh").startswith(
        "s.yaml:9:3: id: 'Ä b' 不是名称\uff1a"
    )


def test_a_hostile_line_takes_no_time():
    started = time.process_time()
    for one in (" is above is below: ", ": a (b) is not a (", "{a} {b} ", "' is not allowed (allowed: "):
        told((one * 400)[:4000], "zh")
    assert time.process_time() - started < 15


@pytest.mark.parametrize("name", ["report/texts/zh.json", "report/texts/sources.json", "report/texts/messages.json", "web/texts.json"])
def test_chinese_punctuation_is_full_width(name):
    found = json.loads((ROOT / "zonesim" / name).read_text(encoding="utf-8"))
    chinese = [one[0] if isinstance(one, list) else one for one in found.values()]
    assert not {one: full_width(one) for one in chinese if full_width(one) != one}


def test_a_fault_of_the_accounts_is_told_in_both_languages():
    line = "2016Q3: land of 'huating': stages and uses add up to 5 m2 of 6 planned"
    assert told(line, "en") == line
    assert told(line, "zh") == "2016Q3: 账目不平\uff08模型的错误\uff09\uff1a'huating' 的土地\uff1a各阶段、各用途合计 5 平方米\uff0c规划为 6"
    assert "透支 3.5" in told("2016Q3: account 'province' is overdrawn by 3.5", "zh")


def test_english_writes_large_amounts_in_one_way():
    """k, M and bn, as the numbers themselves are written: no 100m, no powers of ten."""
    for key, said_there in catalogue("en").items():
        assert not re.search(r"\b\d+m CNY|10\^\d|10[⁰¹²³⁴-⁹]|\bmillion CNY|\bmn\b", said_there), (key, said_there)
    for key, said_there in catalogue("zh").items():
        assert not re.search(r"\d(k|M|bn)\b|10\^\d|百万元|千万元", said_there), (key, said_there)


def test_every_measure_has_an_english_name_that_is_no_id():
    from zonesim.policies.instrument import Instrument
    from zonesim.web.words import instrument_name

    kinds = Instrument.kinds()
    english = {name: instrument_name(kind, "en") for name, kind in kinds.items()}
    assert not {name for name, said in english.items() if not re.fullmatch(r"[A-Z][A-Za-z ,-]{3,}", said)}
    assert len(set(english.values())) == len(kinds) == len({kind.zh for kind in kinds.values()}), "no two measures have one name"
    assert english["eia_followup"] == "Follow-up environmental assessment" and english["multi_plan"] == "Several plans merged into one"
    with pytest.raises(TypeError, match="en"):
        type("Nameless", (Instrument,), {}, name="nameless", zh="无名", edits="")


def test_a_difference_says_which_places_a_measure_covers():
    from types import SimpleNamespace

    from tests.conftest import LANZHOU
    from zonesim.experiments.study import _dates
    from zonesim.report.inputs import measures
    from zonesim.report.scenes import Scene
    from zonesim.scenario import load_scenario
    from zonesim.scenario.diff import differences

    baseline, plan = (load_scenario(LANZHOU / f"{name}.yaml") for name in ("baseline", "plan_2015"))
    scene = Scene("plan", "规划", "plan", tuple(_dates(plan)), tuple(differences(baseline, plan)))
    view = SimpleNamespace(baseline=Scene("b", "基准", "baseline"), run={}, place=lambda name, lang: name)
    for lang, places in (("en", {"all parks", "all places", "outside zones"}), ("zh", {"全部园区", "全部地点", "园区以外"})):
        found = [one for one in measures(view, scene, lang) if one.theme != "other"]
        assert len(found) > 40 and all(one.where for one in found), [one.name for one in found if not one.where]
        assert places <= {one.where for one in found}
        assert not {one.name for one in found if "_" in one.name or one.name.islower()}


def test_definitions_say_the_same_of_where_and_of_whom_in_both_languages():
    from zonesim.indicators import DERIVED, INDICATORS

    every = {**INDICATORS, **DERIVED}
    for one in every.values():
        for zh, en in (("园区", "zone"), ("本市", "city"), ("区内", "zone"), ("规模以上", "bove-scale")):
            assert zh not in one.definition_zh or en in one.definition, (one.id, zh)
        assert ("建筑业" in one.definition_zh or "工业建筑" in one.definition_zh) == (
            "construction enterprises" in one.definition or "construction enterprise." in one.definition
        ), one.id if "建筑业企业" in one.definition_zh or "construction" in one.definition else ""
    assert every["gdp"].definition_zh == "当地全部企业增加值之和" and "一年前" in every["idle_land_area"].definition_zh


def test_what_a_column_of_an_own_list_means_is_told_in_chinese():
    from zonesim.founding.own_lists import ENTERPRISES, ZONES
    from zonesim.report.texts.messages import told

    page = (ROOT / "docs" / "own_lists.md").read_text(encoding="utf-8")
    for column in (*ENTERPRISES, *ZONES):
        chinese = translated(column.doc, "zh")
        assert chinese != column.doc and f"| {chinese} | {column.doc} |" in page
        said = told(f"zones.csv:1: no column for {column.name!r} ({column.doc}); one of the headers {', '.join(column.headers)}", "zh")
        assert f"（{chinese}）" in said and column.doc not in said


def test_no_text_calls_certain_what_one_interval_leaves_out():
    """What leaves zero out can be told from zero; an interval of 95 % among many makes nothing certain."""
    said = {**catalogue("en"), **{f"zh {key}": one for key, one in catalogue("zh").items()}}
    pages = [ROOT / "zonesim" / "web" / "templates" / f"help_{lang}.html" for lang in ("en", "zh")]
    said |= {path.name: path.read_text(encoding="utf-8") for path in pages}
    too_much = re.compile(r"for certain|\bsurely\b|\bis sure\b|确定(?:增|减|多|少|方向|不)|能确定|有把握")
    assert not {key: one for key, one in said.items() if too_much.search(one)}
    for lang, words in (("en", ("can be told from zero", "cannot be told from zero")), ("zh", ("可与零区分", "与零无法区分"))):
        assert all(one in said[f"help_{lang}.html"].replace("<b>", "").replace("</b>", "") for one in words), "the help page explains the words"
        assert all(one in (ROOT / "docs" / "planners.md").read_text(encoding="utf-8") for one in words)
