"""Who may ask what: hosts, origins, tokens, paths, sizes, and names that are data."""

import json
from pathlib import Path

import pytest

from tests.web.conftest import ORIGIN
from zonesim.errors import InputError
from zonesim.web.app import Site, create_server
from zonesim.web.folder import DataFolder
from zonesim.web.security import COOKIE, Guard

HOSTILE = '<script>alert(1)</script>{{7*7}}{% raw %}"\'>=HYPERLINK("http://x")'


@pytest.mark.parametrize(
    "origin", ["null", "http://[::1", "http://127.0.0.1:99999", "https://127.0.0.1:8050", "http://127.0.0.1:8050.evil", "http://localhost:8050"]
)
def test_a_change_from_another_origin_is_refused_whatever_it_is_called(client, origin):
    assert client.post("/zh/jobs", data={"scenario": "none"}, headers={**ORIGIN, "Origin": origin}).status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:9999", "localhost.evil.example:8050", "user@127.0.0.1:8050", "10.0.0.1:8050", "127.0.0.1:x", ""])
def test_a_foreign_host_name_is_refused(client, host):
    assert client.get("/zh/", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1:8050", "localhost:8050", "[::1]:8050", "LOCALHOST:8050"])
def test_names_of_loopback_are_accepted(client, host):
    assert client.get("/zh/jobs", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {}, {"Origin": "http://evil.example"}, {"Origin": "null"}, {"Origin": "http://127.0.0.1:9999"}, {"Origin": "https://127.0.0.1:8050"},
        {"Origin": "http://127.0.0.1:8050", "Sec-Fetch-Site": "cross-site"}, {"Origin": "http://127.0.0.1:8050", "Sec-Fetch-Site": "same-site"},
        {"Referer": "http://evil.example/127.0.0.1:8050"},
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/zh/jobs", "/zh/job/x/cancel", "/login"])
def test_a_change_that_no_own_page_asked_for_is_refused(client, site, path, headers):
    answer = client.post(path, data={"scenario": "shipped/pingliang/baseline"}, headers={"Host": "127.0.0.1:8050", **headers})
    assert answer.status_code == 403 and site.jobs.all() == []


def test_an_own_page_may_ask(client, site):
    site.supervisor.at_once = 0
    answer = client.post("/zh/jobs", data={"scenario": "shipped/pingliang/baseline", "replications": "2", "sample": "20"}, headers=ORIGIN)
    assert answer.status_code == 303 and len(site.jobs.all()) == 1
    assert client.get(answer.headers["Location"], headers=ORIGIN).status_code == 200


def test_other_methods_are_refused(client):
    for method in ("put", "delete", "patch", "options"):
        assert getattr(client, method)("/zh/", headers=ORIGIN).status_code == 405


def test_every_answer_forbids_what_a_page_does_not_need(client):
    for path in ("/zh/", "/static/app.js", "/zh/nothing", "/zh/job/none"):
        headers = client.get(path, headers=ORIGIN).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff" and headers["X-Frame-Options"] == "DENY"


def test_an_address_that_others_can_reach_needs_a_token():
    for host in ("0.0.0.0", "192.168.1.5", "::", "example.org"):
        with pytest.raises(InputError, match="token"):
            Guard(host)
    with pytest.raises(InputError, match="16"):
        Guard("0.0.0.0", token="short")


def test_without_the_token_nothing_is_shown_or_done(tmp_path):
    from tests.conftest import ROOT

    site = Site(tmp_path / "data", ROOT / "scenarios", ROOT / "experiments", Guard("0.0.0.0", token="t" * 24))
    client = create_server(site).test_client()
    host = {"Host": "192.168.1.5:8050", "Origin": "http://192.168.1.5:8050", "Accept": "text/html"}
    assert client.get("/zh/", headers=host).headers["Location"] == "/login"
    assert client.get("/zh/job/x/state", headers={**host, "Accept": "application/json"}).status_code == 401
    assert client.post("/zh/jobs", data={"scenario": "shipped/pingliang/baseline"}, headers=host).status_code == 401 and site.jobs.all() == []
    assert client.post("/login", data={"token": "x" * 24}, headers=host).status_code == 401
    client.set_cookie(COOKIE, "t" * 24)
    assert client.get("/zh/jobs", headers=host).status_code == 302, "the token itself is not the cookie"
    client.delete_cookie(COOKIE)
    stranger = client.application.test_client(use_cookies=False)  # the other one sends its own alone
    for odd in ("é", "中文", "\udcff"):
        raw = f"{COOKIE}={odd}".encode("utf-8", "surrogateescape").decode("latin-1")
        assert stranger.get("/zh/jobs", headers={**host, "Cookie": raw, "Accept": "application/json"}).status_code == 401, odd
    answer = client.post("/login", data={"token": "t" * 24}, headers=host)
    assert answer.status_code == 302 and "HttpOnly" in answer.headers["Set-Cookie"] and "SameSite=Strict" in answer.headers["Set-Cookie"]
    assert client.get("/zh/jobs", headers=host).status_code == 200
    assert client.get("/zh/jobs", headers={**host, "Host": "evil.example:8050"}).status_code == 421


def test_the_token_of_the_printed_address_becomes_a_cookie_and_leaves_the_address(tmp_path):
    from tests.conftest import ROOT

    site = Site(tmp_path / "data", ROOT / "scenarios", ROOT / "experiments", Guard("0.0.0.0", token="t" * 24))
    client = create_server(site).test_client()
    host = {"Host": "192.168.1.5:8050", "Accept": "text/html"}
    answer = client.get(f"/login?token={'t' * 24}", headers=host)
    assert answer.status_code == 302 and answer.headers["Location"] == "/" and "t" * 24 not in answer.headers["Set-Cookie"]
    assert "HttpOnly" in answer.headers["Set-Cookie"] and answer.headers["Cache-Control"] == "no-store"
    page = client.get("/zh/", headers=host)
    assert page.status_code == 200 and "t" * 24 not in page.get_data(as_text=True)


NAMES = ["..", "../..", "a/../../b", "/etc/passwd", "%2e%2e", "..%2f..%2fetc", "a\x00b", "", ".", "~", "x" * 200, "a b", "é", "-x", "link"]


@pytest.mark.parametrize("name", NAMES)
def test_no_name_leaves_the_data_folder(tmp_path, name):
    folder = DataFolder(tmp_path / "data")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "run.json").write_text("{}")
    (outside / "index.sqlite").touch()
    (outside / "report.html").touch()
    for kind in ("runs", "stores"):
        (folder.root / kind / "link").symlink_to(outside)
    (folder.root / "scenarios" / "link.yaml").symlink_to(outside / "run.json")
    for ask in (folder.run, folder.store, lambda n: folder.download(n, "report.html")):
        with pytest.raises(InputError):
            ask(name)
    assert folder.runs() == [] and folder.stores() == [] and folder.scenarios() == []


def stored(folder, name="r1", title="甲"):
    path = folder.run_folder(name)
    path.mkdir()
    record = {
        "scenarios": [{"id": "a", "zh": title, "en": title, "resolved": {"id": "a"}}], "region": {"id": "x", "zh": title, "en": title},
        "replications": 2, "seed": 1, "start": "2015Q1", "end": "2016Q4",
    }  # fmt: skip
    (path / "run.json").write_text(json.dumps(record), encoding="utf-8")
    (path / "report.html").write_text("<p>x", encoding="utf-8")
    return path


@pytest.mark.parametrize("file", ["../run.json", "..%2frun.json", "/etc/passwd", ".hidden.html", "report.html.exe", "report", "a/b.html", "secret.html"])
def test_only_files_of_results_can_be_downloaded(client, site, file):
    path = stored(site.folder)
    (path / "secret.html").symlink_to(path.parent.parent / "jobs.sqlite")
    assert client.get(f"/download/r1/{file}", headers=ORIGIN).status_code == 404
    assert client.get("/download/r1/report.html", headers=ORIGIN).data == b"<p>x"


def test_a_report_is_shut_off_from_the_server(client, site):
    stored(site.folder)
    assert client.get("/report/r1", headers=ORIGIN).headers["Content-Security-Policy"].startswith("sandbox allow-scripts;")


@pytest.mark.parametrize("damage", ["[]", "{", '{"scenarios": []}', '{"scenarios": 3}', '{"scenarios": [{"id": "a"}]}', "null"])
def test_a_damaged_record_is_no_result_and_no_failure_of_the_page(client, site, damage):
    (stored(site.folder) / "run.json").write_text(damage)
    assert site.folder.runs() == [] and client.get("/zh/stored", headers=ORIGIN).status_code == 200


def test_hostile_names_are_data(client, site):
    stored(site.folder, title=HOSTILE)
    page = client.get("/en/stored", headers=ORIGIN).get_data(as_text=True)
    assert "<script>alert" not in page and "{{7*7}}" in page and "&lt;script&gt;alert(1)" in page
    page = client.get("/en/job/%3Cscript%3Ealert(1)%3C%2Fscript%3E", headers=ORIGIN).get_data(as_text=True)
    assert "<script>alert" not in page


def test_sizes_are_limited(client):
    assert client.post("/zh/jobs", data={"scenario": "x" * (2 << 20)}, headers=ORIGIN).status_code == 413
    assert client.get("/zh/run?scenario=" + "x" * 10_000, headers=ORIGIN).status_code == 414


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("replications", "0"), ("replications", "1e3"), ("replications", "201"), ("replications", "-1"), ("replications", "٣"), ("seed", "-1"), ("sample", "3"),
        ("end", "2050Q9"), ("end", "2500Q4"), ("end", "x: {}"), ("scenario", "shipped/pingliang/none"), ("scenario", "shipped/../x"), ("scenario", "question/PL-1/none"),
        ("scenario", "shipped/lanzhou/baseline"),
    ],
)  # fmt: skip
def test_what_cannot_be_run_is_refused_with_a_reason(client, site, field, value):
    given = {"scenario": ["shipped/pingliang/pingliang_2023"], "replications": "2", "sample": "20"}
    given = {**given, field: [*given["scenario"], value] if field == "scenario" else value}
    answer = client.post("/en/jobs", data=given, headers=ORIGIN)
    assert answer.status_code == 400 and site.jobs.all() == [] and "That did not work" in answer.get_data(as_text=True)


def test_a_token_is_made_where_others_can_reach_the_server_and_the_environments_is_taken(monkeypatch):
    from zonesim.web.server import TOKEN, token_for

    monkeypatch.delenv(TOKEN, raising=False)
    assert token_for("127.0.0.1") == "" and len(token_for("0.0.0.0")) >= 24 and token_for("0.0.0.0") != token_for("0.0.0.0")
    monkeypatch.setenv(TOKEN, "a token of the house")
    assert token_for("127.0.0.1") == token_for("0.0.0.0") == "a token of the house"


def test_the_command_says_what_is_wrong_with_its_options(tmp_path):
    from click.testing import CliRunner

    from zonesim.commands.serve import serve

    (tmp_path / "file").touch()
    for options, said in (
        (["--data", str(tmp_path / "file")], "folder"),
        (["--data", str(tmp_path / "d"), "--scenarios", str(tmp_path / "none")], "no such folder"),
        (["--data", str(tmp_path / "d"), "--scenarios", str(tmp_path)], "holds no region"),
        (["--data", str(tmp_path / "d"), "--experiments", str(tmp_path / "none")], "no such folder"),
    ):
        result = CliRunner().invoke(serve, options)
        assert isinstance(result.exception, InputError) and said in str(result.exception)
    assert not (tmp_path / "d").exists(), "nothing is made for a server that does not start"
    assert "token" in CliRunner().invoke(serve, ["--help"]).output


def test_outside_the_project_its_regions_are_found_or_it_is_said_what_to_do(tmp_path, monkeypatch, capfd):
    from tests.conftest import ROOT
    from zonesim import cli
    from zonesim.commands import serve

    (tmp_path / "scenarios").mkdir()  # somebody's own, without a region
    monkeypatch.chdir(tmp_path)
    assert (serve.regions(None), serve.questions(None)) == (ROOT / "scenarios", ROOT / "experiments")
    for name in ("scenarios/mine/baseline.yaml", "experiments/one.yaml"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).touch()
    assert (serve.regions(None), serve.questions(None)) == (Path("scenarios"), Path("experiments")), "what is here comes first"
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    monkeypatch.setattr(serve, "PROJECT", tmp_path / "site-packages")
    for lang, said in (("en", "start in the project's folder, or name both: zonesim serve --scenarios"), ("zh", "请在项目文件夹里启动")):
        monkeypatch.setattr("sys.argv", ["zonesim", "--messages", lang, "serve"])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        assert ended.value.code == 2 and said in capfd.readouterr().err
    assert serve.questions(None) == Path("experiments")


def test_a_port_that_is_taken_is_said(tmp_path):
    import socket

    from tests.conftest import ROOT
    from zonesim.web.server import serve

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        site = Site(tmp_path / "data", ROOT / "scenarios", tmp_path / "none", Guard("127.0.0.1", taken.getsockname()[1]))
        with pytest.raises(InputError, match="cannot be listened on"):
            serve(site, lambda address: None)
