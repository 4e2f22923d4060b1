"""Pages: each in both languages, with what stands on it."""

import re

import pytest

from tests.web.conftest import ORIGIN
from zonesim.web.words import texts

PATHS = ["", "edit?base=shipped/pingliang/pingliang_2023", "jobs", "stored", "help", "question/PL-1", "scenario/shipped/pingliang/pingliang_2023", "run?scenario=shipped/lanzhou/baseline&scenario=shipped/lanzhou/plan_2015",
         "job/none"]  # fmt: skip


def page(client, path):
    return client.get(path, headers=ORIGIN).get_data(as_text=True)


@pytest.mark.parametrize("path", PATHS)
def test_a_page_says_its_language_and_leads_to_itself_in_the_other(client, path):
    for lang, other, code in (("zh", "en", "zh-CN"), ("en", "zh", "en")):
        text = page(client, f"/{lang}/{path}")
        there = f'{"formaction" if path.startswith("edit") else "href"}="/{other}/{path}"'  # the editor takes along what was typed
        assert f'<html lang="{code}">' in text and there.replace("&", "&amp;") in text
        assert '<a class="skip" href="#main">' in text and "<h1>" in text


@pytest.mark.parametrize("path", PATHS)
def test_every_input_has_a_label(client, path):
    text = page(client, f"/en/{path}")
    for tag in re.findall(r"<(?:input|select|textarea)\b[^>]*>", text):
        if 'type="hidden"' in tag:
            continue
        identity = re.search(r'\bid="([^"]+)"', tag)
        around = text[max(0, text.index(tag) - 40) : text.index(tag)]
        assert "aria-label=" in tag or '<label class="inline">' in around or (identity and f'<label for="{identity[1]}"' in text), tag


def test_the_texts_are_complete_and_their_places_agree():
    for key, both in texts().items():
        assert both["zh"].strip() and both["en"].strip(), key
        assert sorted(re.findall(r"\{\w+\}", both["zh"])) == sorted(re.findall(r"\{\w+\}", both["en"])), key
        assert not re.search(r"[一-鿿]", both["en"].replace("企业", "")), key


def test_every_text_that_a_template_names_is_there():
    from importlib.resources import files

    known = texts()
    for path in (files("zonesim.web") / "templates").iterdir():
        for key in re.findall(r"\bt\('([\w.]+)'[,)]", path.read_text(encoding="utf-8")):
            assert key in known, (path.name, key)


def test_the_first_page_shows_the_five_regions_and_begins_with_a_question(client):
    text = page(client, "/en/")
    assert all(f'id="region-{name}"' in text for name in ("hebei_county", "lanzhou", "pingliang", "sanming", "zhangye"))
    assert 'href="/en/question/PL-1?arm=half"' in text and text.count("/en/question/") >= 50


def test_a_question_offers_its_arms_and_the_text_of_the_clause(client):
    text = page(client, "/zh/question/PL-1?arm=half")
    assert re.search(r'value="question/PL-1/half" checked', text) and 'value="question/PL-1/kept">' in text
    assert "将75%的计划指标留存县" in text


def test_a_page_of_no_language_is_not_found(client):
    for path in ("/fr/", "/zh", "/de/jobs", "/zh/question/PL-99", "/zh/scenario/own/none", "/yaml/own/none"):
        assert client.get(path, headers=ORIGIN).status_code in (404, 308), path


def test_a_visitor_without_a_language_is_led_to_the_browsers(client):
    for accept, lang in (("en-GB,en", "en"), ("zh-CN", "zh"), ("fr", "zh")):
        assert client.get("/", headers={**ORIGIN, "Accept-Language": accept}).headers["Location"] == f"/{lang}/"


def test_an_own_file_that_is_broken_is_shown_and_breaks_nothing(client, site):
    (site.folder.root / "scenarios" / "mine.yaml").write_text("zonesim: 1\nid: <b>x\n", encoding="utf-8")
    text = page(client, "/en/")
    assert "own/mine" in text and "<b>x" not in text
    assert client.get("/en/run?scenario=shipped/pingliang/baseline", headers=ORIGIN).status_code == 200


def test_a_downloaded_scenario_is_read_back_as_it_was(client, tmp_path):
    from tests.conftest import ROOT
    from zonesim.scenario import load_scenario

    for name in ("pingliang/pingliang_2023", "lanzhou/plan_2015", "sanming/sanming_2024", "zhangye/zhangye_2018", "hebei_county/hebei_2020"):
        file = tmp_path / "one.yaml"
        file.write_bytes(client.get(f"/yaml/shipped/{name}", headers=ORIGIN).data)
        assert load_scenario(file).resolved == load_scenario(ROOT / "scenarios" / f"{name}.yaml").resolved


def test_every_unit_of_a_lever_has_a_chinese_name():
    from zonesim.policies.instrument import Instrument
    from zonesim.report.words import declared_unit

    for kind in Instrument.kinds().values():
        for one in kind.levers.values():
            if one.kind in ("number", "integer") and one.unit:
                assert declared_unit(one.unit, "en") and (re.search(r"[一-鿿]", declared_unit(one.unit, "zh")) or not re.search("[a-z]{3}", one.unit)), one.unit
