"""Own scenarios get another name and are deleted by whoever may use the application, after a question; nothing else is touched."""

import re

import pytest

from tests.web.conftest import ORIGIN
from zonesim.report.words import LANGS
from zonesim.scenario import load_scenario

BASE = "shipped/pingliang/pingliang_2023"
EVIL = {"Host": ORIGIN["Host"], "Origin": "http://evil.example"}


@pytest.fixture
def mine(client, site):
    for name in ("Mine", "Another"):
        assert (
            client.post("/en/edit", data={"base": BASE, "p.awards": "awards", "on.awards": "1", "name": name, "op": "save"}, headers=ORIGIN).status_code == 303
        )
    return site.folder.scenario_file("mine")


def text(client, path):
    answer = client.get(path, headers=ORIGIN)
    assert answer.status_code == 200, path
    return answer.get_data(as_text=True)


def test_an_own_scenario_is_renamed_and_nothing_else_of_it_changes(client, mine):
    before = load_scenario(mine)
    assert 'href="/zh/own/mine"' in text(client, "/zh/") and 'href="/zh/own/mine"' in text(client, "/zh/scenario/own/mine")
    page = text(client, "/zh/own/mine")
    assert re.search(r'<label for="name">[^<]+</label><br><input type="text" id="name" name="name" value="Mine"', page)
    answer = client.post("/zh/own/mine", data={"name": " 五五<b>分成 "}, headers=ORIGIN)
    assert answer.status_code == 303 and answer.headers["Location"].endswith("/zh/scenario/own/mine")
    after = load_scenario(mine)
    assert (after.name.zh, after.name.en) == ("五五<b>分成",) * 2 and after.id == "mine"
    assert {**after.resolved, "name": None} == {**before.resolved, "name": None}
    for lang in LANGS:
        assert "五五&lt;b&gt;分成" in text(client, f"/{lang}/") and "<b>分成" not in text(client, f"/{lang}/own/mine")


@pytest.mark.parametrize(
    ("name", "zh"),
    [
        ("", "请给方案起一个名字"),
        ("n" * 61, "请给方案起一个名字"),
        ("Another", "已有一个自有方案叫这个名称"),
        ("a\u202eb", "名称在“a”之后有一个看不见的字符（U+202E），请删去"),
    ],
)
def test_a_name_that_cannot_be_is_refused_in_words_and_changes_nothing(client, mine, name, zh):
    before = mine.read_bytes()
    answer = client.post("/zh/own/mine", data={"name": name}, headers=ORIGIN)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200 and 'role="alert"' in page and page.count(zh) == 1 and ".yaml" not in page
    assert zh in page[page.index('id="name"') : page.index('<button class="main"')] and f'value="{name}"' in page
    assert mine.read_bytes() == before


def test_an_own_scenario_is_deleted_after_a_question(client, site, mine):
    asked = text(client, "/zh/own/mine/remove")
    assert "无法恢复" in asked and "Mine" in asked and mine.is_file(), "asking deletes nothing"
    assert client.post("/zh/own/mine/remove", headers=ORIGIN).status_code == 303
    assert not mine.exists() and site.folder.scenario_file("another").is_file()
    assert "own/mine" not in text(client, "/zh/") and site.library.own() == ["own/another"]
    for path in ("/zh/own/mine", "/zh/own/mine/remove"):
        assert client.get(path, headers=ORIGIN).status_code == 404
        assert client.post(path, data={"name": "x"}, headers=ORIGIN).status_code == 400


def test_a_broken_own_file_can_be_deleted_and_not_renamed(client, site):
    file = site.folder.scenario_file("broken")
    file.write_text("schema: [", encoding="utf-8")
    assert 'href="/en/own/broken"' in text(client, "/en/")
    assert 'name="name"' not in text(client, "/en/own/broken")
    assert client.post("/en/own/broken/remove", headers=ORIGIN).status_code == 303 and not file.exists()


def test_only_an_own_page_may_change_own_scenarios_and_only_those(client, site, mine, tmp_path):
    for path in ("/zh/own/mine", "/zh/own/mine/remove"):
        assert client.post(path, data={"name": "x"}, headers=EVIL).status_code == 403
    outside = tmp_path / "outside.yaml"
    outside.write_bytes(mine.read_bytes())
    (site.folder.scenario_folder / "link.yaml").symlink_to(outside)
    for name in ("link", "..", "..%2Foutside", "%2Ftmp%2Foutside", "baseline", "pingliang_2023", "."):
        for path in (f"/en/own/{name}", f"/en/own/{name}/remove"):
            assert client.post(path, data={"name": "x"}, headers=ORIGIN).status_code in (308, 400, 404, 405), path
    assert outside.is_file() and load_scenario(mine).name.en == "Mine"


def test_two_own_scenarios_never_have_one_name(client, mine):
    for _ in range(2):
        assert (
            client.post("/en/edit", data={"base": BASE, "p.awards": "awards", "on.awards": "1", "name": "Mine", "op": "save"}, headers=ORIGIN).status_code
            == 303
        )
    names = re.findall(r'<h3><a href="/en/scenario/own/\w+"><bdi>([^<]+)</bdi>', text(client, "/en/"))
    assert sorted(names) == ["Another", "Mine", "Mine (2)", "Mine (3)"]
