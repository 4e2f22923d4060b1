"""Lists of jobs: no two rows are the same, whatever was asked for twice."""

import re

import pytest

from tests.web.conftest import ORIGIN
from zonesim.web.jobs import DONE, MOST_QUEUED, Jobs, brief

ASKED = {"scenario": ["question/PL-1", "question/PL-1/half"], "replications": "2", "sample": "20", "end": "2024Q4"}


@pytest.fixture
def waiting(client, site, monkeypatch):
    """Six submissions of one question; nothing begins by itself."""
    monkeypatch.setattr(site.supervisor, "look", lambda: None)
    for given in (
        {"seed": "7"},
        {"seed": "8"},
        {"end": "2025Q4"},
        {"replications": "3"},
        {"sample": "5"},
        {"scenario": ["question/PL-1", "question/PL-1/pooled"]},
    ):
        answer = client.post("/en/jobs", data={**ASKED, **given}, headers=ORIGIN)
        assert answer.status_code == 303, answer.get_data(as_text=True)
    return [job.id for job in site.jobs.all()][::-1]


def rows(client, lang):
    page = client.get(f"/{lang}/jobs", headers=ORIGIN).get_data(as_text=True)
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)) for row in re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)[1:]]


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", ("Seed 8", "2021 Q1 – 2024 Q4", "2 replications", "a sample of 1 enterprise in 20", "50/50")),
     ("zh", ("随机种子 8", "2021年第1季度 – 2024年第4季度", "重复 2 次", "抽样：每 20 家取 1 家", "比较：平凉：2023年园区管理改革意见；50/50"))],
)  # fmt: skip
def test_submissions_of_one_question_are_told_apart(client, waiting, lang, said):
    found = rows(client, lang)[::-1]
    assert all(one in found[1] for one in said), found[1]
    bare = [re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d|前面还有 \d+ 个任务|\d+ before it", "", row) for row in found]
    assert len(set(bare)) == len(bare) == 6, "each differs by what was asked for"
    assert all(re.search(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", row) for row in found), "and says when"


def test_what_waits_says_how_many_are_before_it(client, site, waiting):
    assert [("before it" in row, re.findall(r"(\d+) before it", row)) for row in rows(client, "en")[::-1]][:3] == [(False, []), (True, ["1"]), (True, ["2"])]
    site.jobs.claim(1)
    assert site.jobs.ahead() == {identity: place for place, identity in enumerate(waiting) if place}, "what runs is before all that wait"
    assert "前面还有 5 个任务" in client.get(f"/zh/job/{waiting[5]}", headers=ORIGIN).get_data(as_text=True)
    assert client.get(f"/en/job/{waiting[5]}/state", headers=ORIGIN).get_json()["said"] == "Waiting its turn; 5 before it"
    site.jobs.finish(waiting[0], DONE)
    assert client.get(f"/en/job/{waiting[5]}/state", headers=ORIGIN).get_json()["said"] == "Waiting its turn; 4 before it"


def test_the_first_page_shows_a_few_jobs_and_leads_to_all(client, site, waiting):
    site.jobs.claim(1)
    page = client.get("/zh/", headers=ORIGIN).get_data(as_text=True)
    assert [page.count(f"/zh/job/{one}") for one in waiting] == [1, 1, 1, 1, 1, 0], "what runs first, then the queue"
    assert "全部 6 个运行或排队的任务" in page and "随机种子 8" in page


def test_a_list_reads_what_a_job_is_to_do_once_and_not_its_documents(site, waiting, monkeypatch):
    listed = site.jobs.listed()
    assert [one.spec for one in listed] == [brief(one.spec) for one in site.jobs.all()]
    assert all("policies" not in scenario["document"] for one in listed for scenario in one.spec["scenarios"])
    from zonesim.web import jobs as module

    monkeypatch.setattr(module, "brief", lambda spec: pytest.fail("it is known"))
    assert [one.id for one in site.jobs.listed()] == [one.id for one in listed]
    with pytest.raises(pytest.fail.Exception):
        Jobs(site.jobs.path).listed()


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "重复次数：“5000”不是 1 至 200 之间的整数"), ("en", "Replications: “5000” is not a whole number from 1 to 200")]
)
def test_a_number_that_cannot_be_is_said_by_the_name_that_its_field_has(client, site, lang, said):
    page = client.post(f"/{lang}/jobs", data={**ASKED, "replications": "5000"}, headers=ORIGIN).get_data(as_text=True)
    assert said in page and site.jobs.all() == []


def test_a_queue_that_is_full_reads_nothing_more(client, site, waiting, monkeypatch):
    spec = site.jobs.all()[0].spec
    for _ in range(MOST_QUEUED - len(waiting)):
        site.jobs.submit(spec, 1)
    monkeypatch.setattr(site.library, "load", lambda *_: pytest.fail("there is no place for it"))
    assert client.post("/en/jobs", data=ASKED, headers=ORIGIN).status_code == 429


def test_what_is_asked_for_many_times_is_read_once(client, site, monkeypatch):
    from zonesim.web import library

    read = []
    monkeypatch.setattr(library, "load_counterfactual", lambda *given, load=library.load_counterfactual: read.append(given) or load(*given))
    monkeypatch.setattr(site.supervisor, "look", lambda: None)
    for seed in range(5):
        assert client.post("/en/jobs", data={**ASKED, "seed": str(seed)}, headers=ORIGIN).status_code == 303
    assert len(read) == 2, "the question as written, and one arm"
    first, last = (site.jobs.all()[place].spec for place in (0, -1))
    assert {**first, "seed": 0} == {**last, "seed": 0} and [scenario["document"]["founding"]["scale"] for scenario in first["scenarios"]] == [20, 20]
    client.post("/en/jobs", data={**ASKED, "sample": "5"}, headers=ORIGIN)
    assert len(read) == 4 and site.jobs.all()[0].spec["scenarios"][0]["document"]["founding"]["scale"] == 5


def test_a_changed_file_is_read_anew_with_overrides_too(client, site, monkeypatch):
    monkeypatch.setattr(site.supervisor, "look", lambda: None)
    client.post(
        "/en/edit", data={"base": "shipped/pingliang/pingliang_2023", "p.awards": "awards", "on.awards": "1", "name": "Mine", "op": "save"}, headers=ORIGIN
    )
    before = site.library.load("own/mine", ["founding.scale=20"])
    assert site.library.load("own/mine", ["founding.scale=20"]) is before
    client.post("/en/own/mine", data={"name": "Other"}, headers=ORIGIN)
    assert site.library.load("own/mine", ["founding.scale=20"]).name.en == "Other"
