"""The editor: what a form says becomes a document; what was not touched stays; mistakes stand at their field."""

import copy
import html
import re

import pytest

from tests.conftest import ROOT
from tests.web.conftest import ORIGIN
from zonesim.errors import InputError
from zonesim.policies.instrument import Instrument
from zonesim.scenario import load_scenario
from zonesim.web import documents

PACKAGES = ["pingliang/pingliang_2023", "lanzhou/plan_2015", "sanming/sanming_2024", "zhangye/zhangye_2018", "hebei_county/hebei_2020"]
BASE = "shipped/pingliang/pingliang_2023"


def form_of(html):
    """Return the fields that a browser would send of the editor's page as it is."""
    from html import unescape

    html = html[html.index('id="editor"') : html.index('class="sticky"')]
    fields = []
    for tag, inner in re.findall(r"<(?:input|textarea)\b([^>]*)>([^<]*)", html):
        given = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if "name" not in given or (given.get("type") == "checkbox" and " checked" not in tag):
            continue
        fields.append((unescape(given["name"]), unescape(given.get("value", inner))))
    for name, inner in re.findall(r'<select[^>]*\bname="([^"]*)"[^>]*>(.*?)</select>', html, re.DOTALL):
        options = re.findall(r'<option value="([^"]*)"( selected)?', inner)
        fields.append((name, next((value for value, selected in options if selected), options[0][0])))
    return [(name, value) for name, value in fields if name != "add"]


def changed(fields, **values):
    """Return fields with other values; a name's dots are written as double underscores."""
    wanted = {key.replace("__", "."): value for key, value in values.items()}
    return [(name, wanted.get(name, value)) for name, value in fields if wanted.get(name, value) is not None]


def post(client, path, fields):
    data = {}
    for name, value in fields:
        data.setdefault(name, []).append(value)
    return client.post(path, data=data, headers=ORIGIN)


UNTOUCHED = []  # the fields of the page of BASE, which are the same for every site


@pytest.fixture
def fields(client):
    if not UNTOUCHED:
        UNTOUCHED.extend(form_of(client.get(f"/en/edit?base={BASE}", headers=ORIGIN).get_data(as_text=True)))
    return list(UNTOUCHED)


@pytest.mark.parametrize("name", PACKAGES)
def test_an_untouched_form_changes_nothing(client, site, name):
    fields = form_of(client.get(f"/zh/edit?base=shipped/{name}", headers=ORIGIN).get_data(as_text=True))
    found = post(client, "/zh/check", fields).get_json()
    assert found["changed"] == [] and found["problems"] == [], found
    assert post(client, "/zh/edit", [*fields, ("name", "照原样"), ("op", "save")]).status_code == 303
    saved = load_scenario(site.folder.scenarios()[0])
    assert saved.resolved["policies"] == load_scenario(ROOT / "scenarios" / f"{name}.yaml").resolved["policies"]


def test_a_changed_lever_is_saved_with_its_reason_and_the_rest_as_it_was(client, site, fields):
    asked = changed(
        fields, s__quota_split__land_quota_local_retention_share="0.5", s__awards__award_amount="250", start__filing="2024-01-01", end__filing="2026-12-31"
    )
    found = post(client, "/en/check", asked).get_json()
    assert found["changed"] == ["awards.award_amount", "filing.end", "filing.start", "quota_split.land_quota_local_retention_share"] and not found["problems"]
    answer = post(client, "/en/edit", [*asked, ("name", "Half and half"), ("op", "run")])
    assert answer.headers["Location"] == f"/en/run?scenario={BASE}&scenario=own/half_and_half"
    saved, before = load_scenario(site.folder.scenario_file("half_and_half")), load_scenario(ROOT / "scenarios" / f"{PACKAGES[0]}.yaml")
    policies = saved.resolved["policies"]
    assert policies["quota_split"]["land_quota_local_retention_share"] == {
        "value": 0.5,
        "clause": "002§2.7a; 002§2.7b",
        "assumption": "changed on the page; before: 0.75",
    }
    assert policies["awards"]["award_amount"]["value"] == 250 and (policies["filing"]["start"], policies["filing"]["end"]) == ("2024-01-01", "2026-12-31")
    assert {k: v for k, v in policies.items() if k not in ("quota_split", "awards", "filing")} == {
        k: v for k, v in before.resolved["policies"].items() if k not in ("quota_split", "awards", "filing")
    }
    assert saved.id == "half_and_half" and saved.name.en == "Half and half"


def test_a_policy_that_is_switched_off_is_gone(client, site, fields):
    post(client, "/en/edit", [*changed(fields, on__enclave=None), ("name", "no enclave"), ("op", "save")])
    assert "enclave" not in load_scenario(site.folder.scenario_file("no_enclave")).resolved["policies"]


@pytest.mark.parametrize(
    ("field", "value", "said", "zh"),
    [
        ("s.quota_split.land_quota_local_retention_share", "75", "a share is written as a fraction: 0.75", "高于上限 1"),
        ("s.quota_split.land_quota_local_retention_share", "abc", "'abc' is not a number", "不是数字"),
        ("s.quota_split.land_quota_local_retention_share", "", "is empty; a number is needed", "是空的"),
        ("s.quota_split.city_pool_allocation_rule", "best", "is not allowed", "不是可选的值"),
        ("s.plan_approval.plan_approval_levels", "1.5", "is not a whole number", "不是整数"),
        ("start.filing", "1 May", "is not a date", "不是日期"),
        ("end.filing", "2001-01-01", "is before the start", "早于开始日期"),
        ("w.promotion.promotion_channel_mix.chain", "0.9", "add up to", "各部分之和"),
    ],
)
def test_a_mistake_is_said_in_the_readers_words_at_its_field(client, fields, field, value, said, zh):
    label, key = field.split(".")[1], (field.split(".") + [""])[2] if field[0] in "sw" and not field.startswith("start") else field.split(".")[0]
    for lang, words in (("en", said), ("zh", zh)):
        found = post(client, f"/{lang}/check", [(name, value if name == field else old) for name, old in fields]).get_json()["problems"]
        assert [(one["label"], one["key"]) for one in found] == [(label, key)] and words in found[0]["text"], found


def test_what_is_wrong_is_not_saved_and_stays_on_the_page(client, site, fields):
    answer = post(client, "/en/edit", [*changed(fields, s__awards__award_amount="-5"), ("name", "bad"), ("op", "save")])
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200 and 'value="-5"' in page and "is below 0" in page and site.folder.scenarios() == []
    answer = post(client, "/en/edit", [*fields, ("name", "  "), ("op", "save")])
    assert "give the scenario a name" in answer.get_data(as_text=True) and site.folder.scenarios() == []
    page = post(client, "/en/edit", [*changed(fields, s__awards__award_amount="-5"), ("name", ""), ("op", "save")]).get_data(as_text=True)
    assert "give the scenario a name" in page and "is below 0" in page  # one mistake hides no other


@pytest.mark.parametrize("base", [BASE, "question/PL-1/half"])
def test_the_address_after_a_refused_save_opens_the_editor_again(client, site, base):
    page = client.get(f"/zh/edit?base={base}", headers=ORIGIN).get_data(as_text=True)
    for lang, found in (("zh", r'action="([^"]*)" id="editor"'), ("en", r'formaction="([^"]*)"')):
        address = html.unescape(re.search(found, page)[1])
        refused = post(client, address, [*form_of(page), ("name", " "), ("op", "save")])
        assert refused.status_code == 200 and site.folder.scenarios() == []
        again = client.get(address, headers=ORIGIN)
        assert again.status_code == 200 and f'name="base" value="{base}"' in again.get_data(as_text=True) and address.startswith(f"/{lang}/edit?")
        assert re.search(r'action="([^"]*)" id="editor"', refused.get_data(as_text=True))[1] == f"/{lang}/edit?base={base}"


def test_what_is_wrong_with_a_file_is_said_by_its_name_not_by_where_it_stands(client, site):
    good = site.library.load(BASE).resolved
    wrong = copy.deepcopy(good)
    next(one for one in wrong["policies"].values() if one)["no_such_setting"] = 1
    file = site.folder.scenario_file("mine")
    with pytest.raises(InputError) as caught:
        documents.save(wrong, file, replace=False)
    said = str(caught.value)
    assert re.match(r"mine\.yaml:\d+:\d+: policies\.", said) and str(site.data) not in said and "/." not in said
    file.write_text(documents.written(wrong), encoding="utf-8")
    for path in ("/en/", "/en/edit?base=own/mine", "/zh/edit?base=own/mine"):
        page = client.get(path, headers=ORIGIN).get_data(as_text=True)
        assert str(site.data) not in page, path
    assert "mine.yaml:" in page and "no_such_setting" in page


def test_the_other_language_keeps_what_was_typed(client, site, fields):
    page = post(client, "/zh/edit", [*changed(fields, s__awards__award_amount="123"), ("name", "mine"), ("op", "language")]).get_data(as_text=True)
    assert '<html lang="zh-CN"' in page and 'value="123"' in page and 'value="mine"' in page and f'formaction="/en/edit?base={BASE}"' in page
    assert site.folder.scenarios() == []


def test_a_name_is_never_taken_twice_and_never_a_path(client, site, fields):
    for name in ("../../etc/passwd", "一二三", "Plan", "Plan", "baseline"):
        assert post(client, "/en/edit", [*fields, ("name", name), ("op", "save")]).status_code == 303
    names = [path.stem for path in site.folder.scenarios()]
    assert {"etc_passwd", "plan", "plan_2", "baseline_2"} < set(names) and len(names) == 5
    for name in ("a\u202eb", "x\x07", "n" * 61):
        assert post(client, "/en/edit", [*fields, ("name", name), ("op", "save")]).status_code == 200
    assert len(site.folder.scenarios()) == 5


@pytest.mark.parametrize(
    ("name", "lang", "said"),
    [("五五\u202e分成", "zh", "名称在“五五”之后有一个看不见的字符（U+202E），请删去"), ("\u200bx", "zh", "名称以一个看不见的字符（U+200B）开头，请删去"),
     ("Half\u202eand half", "en", "the name has an invisible character (U+202E) after “Half”; delete it"), ("a\nb", "en", "the name has an invisible character (U+000A) after “a”; delete it"),
     ("n" * 61, "zh", "请给方案起一个名字"), ("", "en", "give the scenario a name")],
)  # fmt: skip
def test_a_name_that_cannot_be_is_refused_in_one_sentence_beside_its_field(client, site, fields, name, lang, said):
    page = post(client, f"/{lang}/edit", [*changed(fields, s__awards__award_amount="123"), ("name", name), ("op", "save")]).get_data(as_text=True)
    assert page.count(said) == 1 and ".yaml" not in page and 'class="error"' not in page and site.folder.scenarios() == []
    beside = page[page.index('id="name"') : page.index('name="op" value="run"')]
    assert f'data-problem=".name" role="alert">{said}' in beside
    assert 'aria-invalid="true"' in beside and 'aria-describedby="problem-.name"' in beside
    assert f'value="{name}"' in beside and 'value="123"' in page, "what was typed stays"
    found = post(client, f"/{lang}/check", [*fields, ("name", name)]).get_json()["problems"]
    assert [(one["label"], one["key"]) for one in found] == [("", "name")] * bool(name), "said as one types, but for a name that is still to come"


def test_saving_an_own_scenario_under_its_name_replaces_it(client, site, fields):
    post(client, "/en/edit", [*fields, ("name", "Mine"), ("op", "save")])
    again = form_of(client.get("/en/edit?base=own/mine", headers=ORIGIN).get_data(as_text=True))
    post(client, "/en/edit", [*changed(again, s__awards__award_amount="300"), ("name", "Mine"), ("op", "save")])
    assert [path.stem for path in site.folder.scenarios()] == ["mine"]
    assert load_scenario(site.folder.scenario_file("mine")).resolved["policies"]["awards"]["award_amount"]["value"] == 300


@pytest.mark.parametrize("name", sorted(Instrument.kinds()))
def test_every_instrument_of_the_catalogue_can_be_added(client, name):
    if Instrument.kinds()[name].bounds_package:
        return
    page = post(client, "/en/edit", [("base", "shipped/pingliang/baseline"), ("op", "add"), ("add", name)]).get_data(as_text=True)
    assert f'value="{name}"' in page and all(
        one.en.split("'")[0] in page.replace("&#39;", "'").replace("&amp;", "&") for one in Instrument.kinds()[name].levers.values()
    )
    fields = [("base", "shipped/pingliang/baseline"), *form_of(page)]
    found = post(client, "/en/check", fields).get_json()
    assert f"{name}.on" in found["changed"]
    names_places = any(one.kind in ("map", "assignment") for one in Instrument.kinds()[name].levers.values())  # no default fits every region
    assert not found["problems"] or names_places, found["problems"]


@pytest.mark.parametrize("form", [{"p.x": "nothing"}, {"p.<b>": "awards"}, {"p.awards": "filing"}, {"base": "own/none"}, {"base": "../x"}])
def test_a_form_that_the_editor_did_not_make_is_refused(client, form):
    assert client.post("/en/check", data={"base": BASE, **form}, headers=ORIGIN).status_code == 400


def test_what_never_acts_is_warned_of_as_the_command_line_does(client, fields):
    late = changed(fields, start__quota_split="2060-01-01")
    for lang, never, counted in (("en", "never acts", "1 warnings"), ("zh", "从不生效", "1 条提醒")):
        found = post(client, f"/{lang}/check", late).get_json()
        assert [one["label"] for one in found["warnings"]] == ["quota_split"] and never in found["warnings"][0]["text"]
        assert not found["problems"] and counted in found["said"]
    page = post(client, "/zh/edit", [*late, ("op", "language")]).get_data(as_text=True)
    assert "从不生效" in page[page.index('data-warning="quota_split"') :][:300]
    assert not post(client, "/en/check", fields).get_json()["warnings"]


@pytest.mark.parametrize(
    ("start", "zh", "en"),
    [("1900-01-01", "自 1900-01-01 起有效，早于运行的起点：从运行的第一个季度（2021年第1季度）起生效", "is in force from 1900-01-01, before the run begins"),
     ("2020-12-31", "早于运行的起点", "before the run begins"), ("", "没有写开始日期", "has no first day"), ("2021-01-01", "", ""), ("2021-05-01", "", "")],
)  # fmt: skip
def test_a_start_before_the_run_is_remarked_on_as_one_types_and_once_it_is_saved(client, site, fields, start, zh, en):
    asked = changed(fields, start__filing=start)
    for lang, said in (("zh", zh), ("en", en)):
        found = post(client, f"/{lang}/check", asked).get_json()
        assert not found["problems"] and [one["label"] for one in found["warnings"]] == ["filing"] * bool(said)
        assert all(said in one["text"] for one in found["warnings"])
        page = post(client, f"/{lang}/edit", [*asked, ("op", "language")]).get_data(as_text=True)
        where = page[page.index('data-warning="filing"') :]
        assert said in where[: where.index("</p>")].replace("&#34;", '"')
    saved = post(client, "/zh/edit", [*asked, ("name", "early"), ("op", "run")]).headers["Location"]
    for path in (saved, "/zh/scenario/own/early"):
        page = client.get(path, headers=ORIGIN).get_data(as_text=True)
        assert (zh in page) if zh else ('class="warn"' not in page), path


def test_a_name_that_is_refused_hides_no_remark(client, fields):
    page = post(client, "/zh/edit", [*changed(fields, start__filing="1900-01-01"), ("name", "五五\u202e"), ("op", "save")]).get_data(as_text=True)
    assert "早于运行的起点" in page and "1 个错误，1 条提醒" in page


def test_an_end_before_the_run_is_warned_of(client, fields):
    late = changed(fields, start__filing="1900-01-01", end__filing="1999-12-31")
    (said,) = post(client, "/zh/check", late).get_json()["warnings"]
    assert "从不生效" in said["text"], "and not that it is in force early"


def test_the_reason_of_an_assumption_is_told_in_the_readers_language(client):
    from zonesim.report.texts.sources import sources

    pages = {lang: client.get(f"/{lang}/scenario/shipped/lanzhou/plan_2015", headers=ORIGIN).get_data(as_text=True) for lang in ("zh", "en")}
    english = "the text gives no value; suggested by the catalogue"
    assert english in pages["en"] and english not in pages["zh"] and sources()[english] in pages["zh"]
    assert english not in client.get("/zh/edit?base=shipped/lanzhou/plan_2015", headers=ORIGIN).get_data(as_text=True)
