"""What was not done is said in the language of whoever asked, with what to do next, whoever refused it."""

import http.client
import json
import re
import shutil
import socket
import threading

import pytest

from tests.web.conftest import ORIGIN
from zonesim.web.jobs import MOST_QUEUED
from zonesim.web.security import Guard
from zonesim.web.server import MAX_READ, listen
from zonesim.web.words import texts

HOST = {"Host": ORIGIN["Host"]}
LANGUAGES = {"zh": "zh-CN", "en": "en"}


def reads(answer, code, lang, key=None):
    """Check a page of something that was not done: its status, its language, what it says, and that it leads on."""
    page, other = answer if isinstance(answer, str) else answer.get_data(as_text=True), "en" if lang == "zh" else "zh"
    if not isinstance(answer, str):
        assert answer.status_code == code and answer.mimetype == "text/html"
    assert f'<html lang="{LANGUAGES[lang]}">' in page and f'href="/{lang}/"' in page
    said = texts()[key or f"error.{code}"]
    main = page[page.index("<main") : page.index("</main>")]
    assert said[lang] in main.replace("&#39;", "'") and said[other] not in main
    assert bool(re.search("[一-鿿]", re.sub("<[^>]+>", "", main))) == (lang == "zh"), main
    return page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_refusal_is_in_the_language_of_the_page(client, site, served, lang, monkeypatch):
    reads(client.get(f"/{lang}/nothing", headers=ORIGIN), 404, lang)
    reads(client.post(f"/{lang}/jobs", headers={**HOST, "Origin": "http://evil.example"}), 403, lang)
    reads(client.put(f"/{lang}/", headers=ORIGIN), 405, lang)
    reads(client.post(f"/{lang}/stored", headers=ORIGIN), 405, lang)
    reads(client.post(f"/{lang}/jobs", data={"scenario": "x" * (2 << 20)}, headers=ORIGIN), 413, lang)
    reads(client.get(f"/{lang}/run?scenario=" + "x" * 10_000, headers=ORIGIN), 414, lang)
    reads(client.get(f"/{lang}/", headers={"Host": "evil.example"}), 421, lang)
    reads(client.post(f"/{lang}/jobs", data={"scenario": "shipped/pingliang/baseline", "replications": "0"}, headers=ORIGIN), 400, lang, "error.mend")
    reads(client.get(f"/{lang}/job/none", headers=ORIGIN), 404, lang, "error.choose")
    monkeypatch.setattr(site.jobs, "listed", lambda *_, **__: 1 / 0)
    reads(client.get(f"/{lang}/jobs", headers=ORIGIN), 500, lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_has_no_language_is_refused_in_that_of_the_page_where_it_was_asked(client, lang):
    other = "en" if lang == "zh" else "zh"
    client.get(f"/{other}/", headers=ORIGIN)  # which the browser remembers
    asked = {**ORIGIN, "Referer": f"http://{ORIGIN['Host']}/{lang}/stored?a=1", "Accept-Language": other}
    reads(client.get("/download/none/report.html", headers=asked), 404, lang, "error.choose")
    reads(client.post("/figures/_dash-update-component", data="x", headers=asked), 400, lang)
    page = client.get("/nothing/here", headers=asked).get_data(as_text=True)
    assert f'href="/{lang}/stored?a=1"' in page, "it leads back"
    for elsewhere in (f"http://evil.example/{lang}/", f"http://{ORIGIN['Host']}//evil.example/", "http://[", f"http://{ORIGIN['Host']}/\\evil.example"):
        page = reads(client.get("/nothing/here", headers={**asked, "Referer": elsewhere}), 404, other)
        assert "evil" not in page
    assert f'<html lang="{LANGUAGES[lang]}">' in client.get("/nothing/here", headers={**HOST, "Referer": asked["Referer"]}).get_data(as_text=True)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_busy_is_to_be_tried_again(client, site, lang, monkeypatch):
    monkeypatch.setattr(site.supervisor, "look", lambda: None)
    given = {"scenario": "shipped/pingliang/baseline", "replications": "2", "sample": "20"}
    assert [client.post(f"/{lang}/jobs", data=given, headers=ORIGIN).status_code for _ in range(3)] == [303] * 3
    spec = site.jobs.all()[0].spec
    for _ in range(MOST_QUEUED - 3):
        site.jobs.submit(spec, 1)
    answer = client.post(f"/{lang}/jobs", data=given, headers={**ORIGIN, "Referer": f"http://{ORIGIN['Host']}/{lang}/run?scenario=shipped/pingliang/baseline"})
    reads(answer, 429, lang, "error.again")
    assert int(answer.headers["Retry-After"]) > 0 and len(site.jobs.all()) == MOST_QUEUED


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_the_token_a_page_of_the_language_leads_to_it(tmp_path, lang):
    from tests.conftest import ROOT
    from zonesim.web.app import Site, create_server

    site = Site(tmp_path / "data", ROOT / "scenarios", ROOT / "experiments", Guard("127.0.0.1", token="t" * 24))
    client = create_server(site).test_client()
    reads(client.post(f"/{lang}/jobs", headers=ORIGIN), 401, lang)


def test_a_refused_change_leads_to_a_page_in_the_other_language_and_to_no_address_that_only_takes_what_is_sent(client):
    asked = {**ORIGIN, "Referer": f"http://{ORIGIN['Host']}/zh/jobs"}
    page = reads(client.post("/zh/job/none/again", headers=asked), 400, "zh", "error.mend")
    assert 'href="/en/jobs"' in page and "/again" not in page


@pytest.fixture(scope="module")
def listening(served):
    """The server behind waitress, on a port of its own."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    server = listen(Guard(port=port), served[1])
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield port
    server.close()


def raw(port, sent):
    """Send bytes; return status, headers and body of the answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as one:
        one.sendall(sent)
        answer = http.client.HTTPResponse(one)
        answer.begin()
        return answer.status, dict(answer.getheaders()), answer.read().decode()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("code", "line", "header"),
    [(413, "POST /{lang}/jobs HTTP/1.1", f"Content-Length: {MAX_READ + 1}"), (400, "POST /{lang}/jobs HTTP/1.1", "Content-Length: many"),
     (431, "GET /{lang}/ HTTP/1.1", "X-Long: " + "x" * 40_000), (501, "POST /{lang}/jobs HTTP/1.1", "Transfer-Encoding: gzip")],
)  # fmt: skip
def test_what_the_server_refuses_before_the_application_sees_it_is_said_as_well(listening, lang, code, line, header):
    sent = f"{line.format(lang=lang)}\r\nHost: 127.0.0.1:8050\r\nAccept-Language: {LANGUAGES[lang]}\r\n{header}\r\n\r\n".encode()
    status, headers, body = raw(listening, sent)
    assert status == code and headers["Content-Type"].startswith("text/html") and "default-src 'none'" in headers["Content-Security-Policy"]
    if code != 431:  # of which nothing was read, nor its language
        reads(body, code, lang)
    else:
        assert texts()["error.431"]["zh"] in body


def test_what_cannot_be_read_at_all_gets_a_page_too(listening):
    for sent in (b"\x00\xff\r\n\r\n", b"GET\r\n\r\n"):
        status, headers, body = raw(listening, sent)
        assert status == 400 and headers["Connection"] == "close", sent
        assert "<html" in body or "Bad Request" in body


def test_a_browser_that_sends_too_much_reads_the_answer(listening):
    """The server reads what is too large, up to a bound: a connection that is cut while the browser still sends shows no page at all."""
    link = http.client.HTTPConnection("127.0.0.1", listening, timeout=60)
    link.request(
        "POST",
        "/zh/edit",
        b"name=" + b"x" * (3 << 20),
        {"Host": "127.0.0.1:8050", "Origin": "http://127.0.0.1:8050", "Content-Type": "application/x-www-form-urlencoded"},
    )
    answer = link.getresponse()
    assert answer.status == 413 and texts()["error.413"]["zh"] in answer.read().decode()
    link.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_refused_comparison_says_once_what_differs_and_where_to_choose(client, site, lang, pair):
    """Names in the language of the page, each once; the address is right, and nobody is told to look at it."""
    place = site.folder.run_folder("pair")
    shutil.copytree(pair, place)
    record = json.loads((place / "run.json").read_text(encoding="utf-8"))
    scenarios = [{**one, "resolved": {**one["resolved"], "id": "another"}} for one in record["scenarios"]]
    for name, change, said in (
        ("place", {"region": {"id": "lanzhou", "zh": "兰州", "en": "Lanzhou"}}, {"zh": "所选的属于 平凉市、兰州", "en": "these are of Pingliang, Lanzhou"}),
        ("luck", {"run_seeds": [7, 8], "seed": 9}, {"zh": "请选种子和次数都相同的结果", "en": "choose results of one seed and as many replications"}),
        ("version", {"fingerprint": "older"}, {"zh": "请选同一版本的结果", "en": "choose results of one version"}),
    ):
        shutil.copytree(place, site.folder.run_folder(name))
        written = {**record, "scenarios": scenarios, **change}
        (site.folder.run_folder(name) / "run.json").write_text(json.dumps(written), encoding="utf-8")
        page = reads(client.get(f"/{lang}/results?run=pair&run={name}", headers=ORIGIN), 400, lang, "error.together")
        main = page[page.index("<main") : page.index("</main>")]
        assert said[lang] in main.replace("&#39;", "'") and texts()["error.choose"][lang] not in main and f'href="/{lang}/stored"' in main
        assert all(main.count(one[lang]) <= 1 for one in scenarios)
        called = {"output": "shown.children", "outputs": {"id": "shown", "property": "children"}, "changedPropIds": [],
                  "inputs": [{"id": "address", "property": "pathname", "value": f"/{lang}/results"}, {"id": "address", "property": "search", "value": f"?run=pair&run={name}"}]}  # fmt: skip
        assert said[lang] in json.dumps(client.post("/figures/_dash-update-component", json=called, headers=ORIGIN).get_json(), ensure_ascii=False)
    reads(client.get(f"/{lang}/results", headers=ORIGIN), 404, lang, "error.together")
    given = {"scenario": ["shipped/pingliang/baseline", "shipped/lanzhou/baseline"], "replications": "2"}
    page = reads(client.post(f"/{lang}/jobs", data=given, headers=ORIGIN), 400, lang, "error.mend")
    assert {"zh": "所选的属于 ", "en": "these are of "}[lang] in page
