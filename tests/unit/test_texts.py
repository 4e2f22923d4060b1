"""Every word that people see is there in both languages."""

import ast
import re
from pathlib import Path

import pytest
import yaml

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


def test_every_source_of_a_parameter_and_unit_of_a_lever_has_its_chinese_text():
    from zonesim.parameters import load_all
    from zonesim.policies.instrument import every_lever

    needed = {one.json_schema_extra["source"] for kind in load_all().values() for one in kind.model_fields.values()}
    assert all(one.json_schema_extra["zh"] and one.description for kind in load_all().values() for one in kind.model_fields.values())
    needed |= {one.unit for _, one in every_lever() if one.unit}
    assert not {one for one in needed if one not in sources() and not re.search("[\u4e00-\u9fff]", one)}, "add them to zonesim/report/texts/sources.json"


def test_translations_keep_the_decimals_of_the_original():
    for english, chinese in sources().items():
        decimals = set(re.findall(r"\d+\.\d+", english.replace(",", ""))) - {"2.5"}
        told_ones = set(re.findall(r"\d+\.\d+", re.sub("[、,]", " ", chinese))) | set(re.findall(r"\d+\.\d+", chinese.replace(",", "")))
        assert decimals <= told_ones, (english, chinese)


def test_messages_keep_their_placeholders_and_are_recognised():
    for english, chinese in templates().items():
        assert set(PLACE.findall(english)) == set(PLACE.findall(chinese))
        filled = PLACE.sub("x", english)
        assert pattern(english).fullmatch(filled) and told(filled, "zh") != filled and told(filled, "en") == filled
    assert told("policies.tax_return (004§3.10.5) never acts: it is in force from 2010Q1 to 2011Q4, the run is 2014Q1 to 2020Q4", "zh").startswith(
        "policies.tax_return("
    )
