"""Jobs: one row each, a process of their own, and an end in every case."""

import json
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from tests.web.conftest import ORIGIN
from zonesim.errors import InputError
from zonesim.web.folder import DataFolder
from zonesim.web.jobs import CANCELLED, DONE, FAILED, MOST_QUEUED, QUEUED, RUNNING, Jobs
from zonesim.web.processes import LOST, Supervisor, identity_of

SPEC = {"title": {"zh": "甲", "en": "A"}, "scenarios": [], "replications": 1, "seed": 1}
SLEEPS = [sys.executable, "-c", "import time; time.sleep(60)"]


@pytest.fixture
def folder(tmp_path):
    return DataFolder(tmp_path)


@pytest.fixture
def jobs(folder):
    return Jobs(folder.jobs)


def supervisor(folder, jobs, command, **more):
    return Supervisor(folder, jobs, command=lambda job: command, **more)


def wait(true, seconds=15.0):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if true():
            return
        time.sleep(0.02)
    raise AssertionError("it did not happen")


def test_a_job_is_there_in_another_process_with_what_it_is_to_do(folder, jobs):
    job = jobs.submit(SPEC, 7)
    said = subprocess.run(
        [sys.executable, "-c", f"from zonesim.web.jobs import Jobs; from pathlib import Path; j = Jobs(Path({str(folder.jobs)!r})).get({job.id!r}); print(j.status, j.total, j.spec['title']['zh'])"],
        capture_output=True, text=True, check=True, env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    ).stdout  # fmt: skip
    assert said.split() == ["queued", "7", "甲"]


def test_a_job_that_waits_for_another_process_to_compile_says_so(client, site, monkeypatch):
    from zonesim import first_use
    from zonesim.experiments import study
    from zonesim.scenario import schema
    from zonesim.web import work

    monkeypatch.setattr(site.supervisor, "look", lambda: None)
    job = site.jobs.submit({**SPEC, "scenarios": [{"document": {"name": {"zh": "甲", "en": "A"}}, "folder": ""}]}, 1)
    site.jobs.claim(1)
    said = {}

    def compile_kernels(progress, processes, waits):
        waits()
        said.update({lang: client.get(f"/{lang}/job/{job.id}/state", headers=ORIGIN).get_json()["said"] for lang in ("zh", "en")})

    class Ended(Exception): ...

    def runs(*_args, **_named):
        raise Ended

    monkeypatch.setattr(first_use, "compile_kernels", compile_kernels)
    monkeypatch.setattr(schema, "build_scenario", lambda *_: None)
    monkeypatch.setattr(study, "study", runs)
    with pytest.raises(Ended):
        work.work(site.folder, job.id, 1)
    assert "等候" in said["zh"] and "编译" in said["zh"] and "读入" not in said["zh"]
    assert said["en"].startswith("Waiting for another process") and "compiles" in said["en"]


def test_the_time_left_never_grows_while_nothing_is_known(client, site, monkeypatch):
    from zonesim.web import jobs as module

    now = [1000.0]
    monkeypatch.setattr(module.time, "time", lambda: now[0])
    monkeypatch.setattr(site.supervisor, "look", lambda: None)
    job = site.jobs.submit({**SPEC, "scenarios": [{"document": {"name": {"zh": "甲", "en": "A"}}}]}, 10)
    site.jobs.claim(1)

    def said(at, lang="en", **progress):
        now[0] = at
        if progress:
            site.jobs.progress(job.id, progress["phase"], progress["done"])
        return client.get(f"/{lang}/job/{job.id}/state", headers=ORIGIN).get_json()["left"]

    assert said(1005, phase="compiling 3 90", done=0) == said(1030) == "", "compiling says itself how far it is"
    assert said(1040, phase="running", done=0).endswith("the first has taken 0 s so far")
    assert said(1052).endswith("the first has taken 12 s so far") and "第一遍已跑 12秒" in said(1052, "zh")
    assert said(1060, phase="running", done=2) == "about 80 s left", "ten seconds each, from the first run on"
    times = [said(1060 + k) for k in (10, 20, 79)]
    assert times == ["about 70 s left", "about 60 s left", "about 1 s left"]
    assert said(1145) == "slower than the runs before, so the time left is not known; the last was done 85 s ago"
    assert said(1150, phase="running", done=5) == "about 2 min left"
    assert said(1151, phase="writing", done=10) == ""


def test_a_table_of_an_earlier_version_goes_on(folder, jobs):
    import sqlite3

    job = jobs.submit(SPEC, 2)
    with sqlite3.connect(folder.jobs) as database:
        for name in ("since", "moved"):
            database.execute(f"ALTER TABLE jobs DROP COLUMN {name}")
    later = Jobs(folder.jobs)
    later.claim(1)
    later.progress(job.id, "running", 0)
    later.progress(job.id, "running", 1)
    assert later.get(job.id).is_running and later.get(job.id).seconds_still < 60


def test_the_oldest_is_claimed_first_and_never_more_than_may_run(jobs):
    first, second = jobs.submit(SPEC, 1), jobs.submit(SPEC, 1)
    assert jobs.claim(1).id == first.id and jobs.claim(1) is None
    assert jobs.get(second.id).status == QUEUED
    jobs.finish(first.id, DONE)
    assert jobs.claim(1).id == second.id


def test_two_servers_never_claim_the_same_job(jobs):
    wanted = {jobs.submit(SPEC, 1).id for _ in range(20)}
    taken, lock = [], threading.Lock()

    def take():
        other = Jobs(jobs.path)
        while (job := other.claim(100)) is not None:
            with lock:
                taken.append(job.id)

    threads = [threading.Thread(target=take) for _ in range(4)]
    [one.start() for one in threads]
    [one.join() for one in threads]
    assert sorted(taken) == sorted(wanted)


def test_the_queue_is_bounded(jobs):
    for _ in range(MOST_QUEUED):
        jobs.submit(SPEC, 1)
    with pytest.raises(InputError, match="waiting"):
        jobs.submit(SPEC, 1)


def test_the_first_end_of_a_job_stays(jobs):
    job = jobs.submit(SPEC, 1)
    assert jobs.finish(job.id, CANCELLED)
    assert not jobs.finish(job.id, DONE)
    jobs.progress(job.id, "running", 1)
    assert (jobs.get(job.id).status, jobs.get(job.id).done) == (CANCELLED, 0)


def test_a_job_runs_in_a_session_of_its_own_and_its_progress_is_in_the_table(folder, jobs):
    job = jobs.submit(SPEC, 2)
    watch = supervisor(folder, jobs, SLEEPS)
    watch.look()
    running = jobs.get(job.id)
    assert running.status == RUNNING and os.getsid(running.pid) == running.pid != os.getsid(0)
    assert running.started == identity_of(running.pid) != ""
    jobs._update(job.id, "began = began - ?", 60.0)  # as if its first run had taken a minute: otherwise the second is late as soon as it is asked for
    jobs.progress(job.id, "running", 1)
    assert jobs.get(job.id).done == 1 and 50 < jobs.get(job.id).seconds_left < 61
    watch.cancel(job.id)
    assert jobs.get(job.id).status == CANCELLED and identity_of(running.pid) == ""


def test_cancelling_ends_what_the_job_has_started_too(folder, jobs):
    child = (
        "import subprocess, sys, time; p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); print(p.pid, flush=True); time.sleep(60)"
    )
    job = jobs.submit(SPEC, 1)
    watch = supervisor(folder, jobs, [sys.executable, "-c", child])
    watch.look()
    wait(lambda: folder.log(job.id).read_text().strip())
    grandchild = int(folder.log(job.id).read_text())
    watch.cancel(job.id)
    wait(lambda: identity_of(grandchild) == "")


def test_a_job_whose_process_died_is_found_by_a_new_server(folder, jobs):
    job = jobs.submit(SPEC, 1)
    supervisor(folder, jobs, SLEEPS).look()  # this server is killed now
    pid = jobs.get(job.id).pid
    supervisor(folder, jobs, SLEEPS).look()
    assert jobs.get(job.id).status == RUNNING, "a server that starts leaves what runs alone"
    os.kill(pid, signal.SIGKILL)
    wait(lambda: identity_of(pid) == "")
    supervisor(folder, jobs, SLEEPS).look()
    assert (jobs.get(job.id).status, jobs.get(job.id).message) == (FAILED, LOST)


def test_a_process_number_that_was_used_again_is_not_taken_for_the_job(folder, jobs):
    job = jobs.submit(SPEC, 1)
    jobs.claim(1)
    jobs.belongs_to(job.id, os.getpid(), "another start")
    supervisor(folder, jobs, SLEEPS).look()
    assert jobs.get(job.id).status == FAILED
    os.kill(os.getpid(), 0)


def test_a_job_that_takes_too_long_is_ended(folder, jobs):
    job = jobs.submit(SPEC, 1)
    watch = supervisor(folder, jobs, SLEEPS, limit=0.01)
    watch.look()
    pid = jobs.get(job.id).pid
    with jobs._change() as database:
        database.execute("UPDATE jobs SET began = began - 60")
    watch.look()
    assert jobs.get(job.id).status == FAILED and "longer" in jobs.get(job.id).message and identity_of(pid) == ""


def test_what_a_job_left_half_done_is_removed_and_whole_results_are_not(folder, jobs):
    job = jobs.submit(SPEC, 1)
    half = folder.run_folder(job.id)
    half.mkdir()
    (half / "indicators.parquet").touch()
    supervisor(folder, jobs, SLEEPS).cancel(job.id)
    assert not half.exists()
    half.mkdir()
    (half / "run.json").touch()
    folder.discard(job.id)
    assert half.exists()


def test_a_wrong_scenario_fails_with_what_the_command_line_would_say(folder, jobs):
    from zonesim.web.work import main

    job = jobs.submit({**SPEC, "scenarios": [{"document": {"zonesim": 2}, "folder": ""}]}, 1)
    jobs.claim(1)
    assert main(str(folder.root), job.id, "1", "60") == 1
    assert jobs.get(job.id).status == FAILED and "zonesim" in jobs.get(job.id).message
    assert not folder.run_folder(job.id).exists()


@pytest.mark.slow
def test_a_job_writes_what_the_command_line_writes(folder, jobs):
    from tests.conftest import ROOT
    from zonesim.experiments.study import study
    from zonesim.results import Results
    from zonesim.scenario import load_scenario
    from zonesim.web.work import specification

    small = ["founding.scale=20", "horizon.end=2022Q4"]
    pair = [load_scenario(ROOT / "scenarios" / "pingliang" / f"{name}.yaml", small) for name in ("baseline", "pingliang_2023")]
    job = jobs.submit(specification(pair, 2, 5, {"zh": "甲", "en": "A"}), 4)
    watch = Supervisor(folder, jobs, workers=2)
    watch.look()
    wait(lambda: jobs.get(job.id).is_over, 600)
    assert jobs.get(job.id).status == DONE, folder.log(job.id).read_text()
    assert (jobs.get(job.id).phase, jobs.get(job.id).done) == ("writing", 4)
    stored = Results.load(folder.run_folder(job.id))
    direct = study(pair, 2, 5, workers=1)
    direct.save(folder.root / "direct")
    assert stored.run["digest"] == direct.run["digest"]
    assert (folder.run_folder(job.id) / "report.html").stat().st_size > 1_000_000


def test_scenarios_that_cannot_be_compared_are_told_apart_in_both_languages(site):
    from zonesim.errors import InputError
    from zonesim.report.texts.messages import told
    from zonesim.web.work import specification

    lanzhou, pingliang = (site.library.load(f"shipped/{one}/baseline") for one in ("lanzhou", "pingliang"))
    shorter = site.library.load("shipped/lanzhou/baseline", ["horizon.end=2016Q4"])
    for pair, said, chinese in (
        ([lanzhou, pingliang], "different regions", "不同区域的情景不能比较"), ([lanzhou, shorter], "different years", "运行年限不同的情景不能比较"),
        ([lanzhou, lanzhou], "the same id 'baseline'", "有两个情景的标识相同"),
    ):  # fmt: skip
        with pytest.raises(InputError, match=said) as caught:
            specification(pair, 2, 5, {"zh": "甲", "en": "A"})
        assert told(str(caught.value), "zh").startswith(chinese)


def test_what_is_over_can_be_deleted_and_nothing_else(client, site):
    runs = site.folder.root / "runs"
    spec = {"title": {"zh": "甲", "en": "A"}, "scenarios": [], "replications": 2, "seed": 1}
    job = site.jobs.submit(spec, 4)
    assert client.post(f"/en/remove/{job.id}", headers=ORIGIN).status_code == 400 and site.jobs.has(job.id), "it waits"
    site.jobs.finish(job.id, "failed", "no")
    folder = runs / job.id
    folder.mkdir()
    record = {
        "scenarios": [{"id": "a", "zh": "甲", "en": "A"}],
        "region": {"zh": "", "en": ""},
        "replications": 2,
        "seed": 1,
        "start": "2014Q1",
        "end": "2014Q4",
    }
    (folder / "run.json").write_text(json.dumps(record), encoding="utf-8")
    asked = client.get(f"/zh/remove/{job.id}", headers=ORIGIN).get_data(as_text=True)
    assert "无法恢复" in asked and folder.is_dir(), "asking removes nothing"
    assert client.post(f"/zh/remove/{job.id}", headers={"Host": ORIGIN["Host"], "Origin": "http://evil.example"}).status_code == 403 and folder.is_dir()
    assert client.post(f"/zh/remove/{job.id}", headers=ORIGIN).status_code == 303
    assert not folder.exists() and not site.jobs.has(job.id) and not list(runs.glob(".removed-*"))
    assert client.post(f"/zh/remove/{job.id}", headers=ORIGIN).status_code == 400


def test_nothing_outside_the_data_folder_can_be_deleted(client, site, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "run.json").write_text("{}", encoding="utf-8")
    (site.folder.root / "runs" / "link").symlink_to(outside)
    for name in ("link", "..", "..%2Foutside", "%2Ftmp", "scenarios", "."):
        assert client.post(f"/en/remove/{name}", headers=ORIGIN).status_code in (308, 400, 404, 405), name
    assert (outside / "run.json").exists() and (site.folder.root / "scenarios").is_dir()


def test_a_job_is_run_again_with_more_replications(client, site, monkeypatch):
    monkeypatch.setattr(site.supervisor, "look", lambda: None)  # it stays in the queue
    document = {"name": {"zh": "甲", "en": "A"}}
    job = site.jobs.submit({**SPEC, "scenarios": [{"document": document}, {"document": document}], "replications": 10}, 20)
    assert client.post(f"/zh/job/{job.id}/again", headers=ORIGIN).status_code == 400, "it is not over"
    site.jobs.claim(1)
    site.jobs.finish(job.id, DONE)
    page = client.get(f"/zh/job/{job.id}", headers=ORIGIN).get_data(as_text=True)
    assert f'action="/zh/job/{job.id}/again"' in page and "同样的方案再跑 40 次" in page
    answer = client.post(f"/zh/job/{job.id}/again", headers=ORIGIN)
    found = site.jobs.get(answer.headers["Location"].rsplit("/", 1)[1])
    assert answer.status_code == 303 and found.id != job.id and found.total == 80
    assert found.spec == {**job.spec, "replications": 40}, "nothing else differs"
    assert client.post(f"/zh/job/{job.id}/again", headers={"Host": ORIGIN["Host"], "Origin": "http://evil.example"}).status_code == 403
