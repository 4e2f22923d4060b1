"""Pages of figures: what an address says is shown, in words, with its table; nothing else is reached by it."""

import csv
import io
import json
import os
import re
import shutil
import threading
import time
import zipfile

import pytest

from tests.web.components import ask, find, texts
from tests.web.conftest import ORIGIN
from zonesim.errors import InputError
from zonesim.report.figures import Choice, draw
from zonesim.report.figures.nested import only_parks
from zonesim.report.view import View
from zonesim.web.figure_pages import content
from zonesim.web.kept import Kept


@pytest.fixture
def stored(site, pair):
    shutil.copytree(pair, site.folder.run_folder("pair"))
    return site


def test_the_first_thing_shown_is_where_jobs_change_in_words(stored):
    for lang, words in (("en", ("persons employed of Pingliang in 2022", "95 % interval")), ("zh", ("平凉市2022年的从业人员", "95%区间"))):
        shown = content(stored.gallery, f"/{lang}/results", "?run=pair")
        reading = next(one for one in find(shown, "P") if one.className == "reading")
        assert all(word in reading.children for word in words)
        table = texts(find(shown, "Table"))
        assert ("Kongtong" if lang == "en" else "崆峒区") in table and len(find(shown, "Graph")) == 1


def test_the_address_chooses_question_place_and_indicator(stored):
    def title(search):
        return find(content(stored.gallery, "/en/results", f"?run=pair{search}"), "H3")[0].children

    assert "Gross domestic product" in title("&figure=where&indicator=gdp") or "GDP" in title("&figure=where&indicator=gdp")
    assert title("&figure=where&indicator=gdp") != title("&figure=where")
    for unknown in ("&figure=where&indicator=nothing", "&figure=time&place=../../etc", "&figure=nothing"):
        with pytest.raises(InputError, match="to choose here"):
            title(unknown)
    picked = find(content(stored.gallery, "/en/results", "?run=pair&figure=time&place=kongtong&indicator=employment"), "Pick")
    chosen = {one.id: one.value for one in picked}
    assert chosen == {"pick-indicator": "employment", "pick-place": "kongtong"}


def test_every_question_and_choice_that_is_offered_is_drawn(stored):
    gallery, view = stored.gallery, stored.gallery.runs(["pair"])
    for asked in view.questions():
        figure, _ = gallery.figure(view, asked.id, "zh", {})
        assert figure is None or (figure.reading and json.dumps(figure.spec)), asked.id
        axes = [one for key, one in (figure.spec["layout"] if figure else {}).items() if re.match("[xy]axis", key) and one.get("visible", True)]
        assert all(one.get("exponentformat") == "none" for one in axes), f"{asked.id}: 778.5k is English, and no number of a Chinese page"
        assert gallery.figure(view, asked.id, "zh", {})[0] is figure, "what was drawn is kept"


def test_years_have_no_separators(stored):
    gallery, shown = stored.gallery, stored.gallery.runs(["pair"])
    for asked in shown.questions():
        figure, _ = gallery.figure(shown, asked.id, "en", {})
        for trace in figure.spec["data"] if figure else []:
            if all(re.fullmatch("(19|20)[0-9]{2}", str(one)) for one in trace.get("x") or ["none"]):
                axis = figure.spec["layout"]["xaxis" + trace.get("xaxis", "x").removeprefix("x")]
                assert axis.get("type") in ("category", "date") or not axis.get("separatethousands"), f"{asked.id}: 2,022 is no year"


def test_what_cannot_be_shown_is_said(stored, pair):
    other = stored.folder.run_folder("other")
    shutil.copytree(pair, other)
    record = json.loads((other / "run.json").read_text(encoding="utf-8"))
    record["run_seeds"] = [7, 8]
    record["scenarios"][0]["resolved"] = {}
    (other / "run.json").write_text(json.dumps(record), encoding="utf-8")
    for search, said in (
        ("?run=pair&run=other", "another seed"),
        ("?run=none", "none"),
        ("", "choose"),
        ("?run=../pair", "not a name"),
        ("?store=none", "none"),
    ):
        with pytest.raises(InputError, match=said):
            content(stored.gallery, "/en/results", search)
    with pytest.raises(InputError):
        content(stored.gallery, "/fr/results", "?run=pair")


@pytest.mark.parametrize("name", ["indicators", "effects", "net"])
def test_a_damaged_table_is_said_in_the_page(client, stored, name):
    os.truncate(stored.folder.run_folder("pair") / f"{name}.parquet", 100)
    for lang, said in (("en", "bring the file back"), ("zh", "请从备份取回该文件")):
        page = client.get(f"/{lang}/results?run=pair", headers=ORIGIN)
        assert page.status_code == 404 and said in page.get_data(as_text=True) and f"{name}.parquet" in page.get_data(as_text=True)
        shown = ask(client, f"/{lang}/results", "?run=pair")
        assert shown.status_code == 200 and said in json.dumps(shown.get_json(), ensure_ascii=False)


def test_the_callback_answers_an_own_page_only(client, stored):
    assert b"reading" in ask(client, "/en/results", "?run=pair").data
    assert b"not a name" in ask(client, "/en/results", "?run=..%2F..").data
    body = {"output": "shown.children", "outputs": {"id": "shown", "property": "children"}, "inputs": []}
    assert client.post("/figures/_dash-update-component", json=body, headers={"Host": "127.0.0.1:8050", "Origin": "http://evil.example"}).status_code == 403


def test_a_page_of_figures_allows_its_own_scripts_by_their_hash(client, stored):
    for path in ("/en/results?run=pair", "/zh/results?run=pair&figure=time"):
        answer = client.get(path, headers=ORIGIN)
        policy, page = answer.headers["Content-Security-Policy"], answer.get_data(as_text=True)
        scripts = policy.split("script-src ")[1].split(";")[0]
        assert "sha256-" in scripts and "unsafe" not in scripts
        assert 'id="react-entry-point"' in page and ('<html lang="zh-CN">' in page) == path.startswith("/zh")


def test_tables_and_exports_can_be_taken_along(client, stored):
    rows = list(csv.reader(io.StringIO(client.get("/en/table.csv?run=pair&figure=where", headers=ORIGIN).data.decode("utf-8-sig"))))
    assert rows[0][:2] == ["Level", "Place"] and float(rows[1][4]) == pytest.approx(float(rows[1][3]) - float(rows[1][2]))
    archive = zipfile.ZipFile(io.BytesIO(client.get("/download/pair/scenarios.zip", headers=ORIGIN).data))
    assert archive.namelist() == ["baseline.yaml", "pingliang_2023.yaml"]
    for bad in ("/en/export.exe?run=pair", "/en/export.xlsx?run=..", "/en/table.csv?run=none", "/fr/table.csv?run=pair"):
        assert client.get(bad, headers=ORIGIN).status_code == 404


def test_where_says_what_its_numbers_say(pair):
    view = View([pair])
    figure = draw("where", view, "en", Choice(indicator="employment", scenario="pingliang_2023"))
    table = view.effects(["employment"], (), ["2022"])
    whole = table[table["level"] == "city"].iloc[0]
    small = abs(whole["effect"]) < 1e-3 * abs(whole["baseline"])
    certain = "practically unchanged" if small else "rises, which can be told from zero" if whole["low"] > 0 else "falls, which can be told from zero"
    wanted = certain if whole["low"] > 0 or whole["high"] < 0 else "cannot be told from zero" if whole["effect"] else "exactly unchanged"
    assert figure.table.rows[0][1] == "Pingliang" and figure.table.rows[0][4] == whole["effect"] and wanted in figure.table.rows[0][8]
    levels = [row[0] for row in figure.table.rows]
    assert levels[0] == "Region" and levels[1] == "County" and len(figure.table.rows) == len(table) - len(only_parks(view)), (
        "a zone's only park stands in its zone's row"
    )
    assert len(only_parks(view)) == 7  # of nine: two zones have parks of their offices besides
    order = [row[1] for row in figure.table.rows]
    assert order.index("Kongtong") < order.index("Pingliang high-tech park") < order.index("Huating") < order.index("Huating industrial park")


def test_two_who_ask_for_the_same_wait_for_one_making():
    kept, made = Kept(2), []

    def make():
        made.append(1)
        time.sleep(0.05)
        return len(made)

    found = []
    threads = [threading.Thread(target=lambda: found.append(kept.get("a", make))) for _ in range(5)]
    [one.start() for one in threads]
    [one.join() for one in threads]
    assert found == [1] * 5
    kept.get("b", make), kept.get("c", make)
    assert kept.get("a", make) == 4, "only the last two are kept"


def test_a_making_that_fails_is_tried_again():
    kept = Kept(2)
    with pytest.raises(ZeroDivisionError):
        kept.get("a", lambda: 1 / 0)
    assert kept.get("a", lambda: 5) == 5


def test_parallel_coordinates_are_plain_lines_on_a_page():
    from zonesim.web.flat import flattened

    dimensions = [{"label": "a", "values": [0, 5, 10]}, {"label": "b", "values": [1, 0, 1], "ticktext": ["no", "yes"], "range": [0, 1]}]
    line = {"color": [1.0, 2.0, 6.0], "colorbar": {"title": {"text": "jobs"}}}
    made = flattened({"data": [{"type": "parcoords", "line": line, "dimensions": dimensions}], "layout": {"height": 500}}, "en")
    assert {one["type"] for one in made["data"]} == {"scatter"} and made["layout"]["height"] == 500
    first, last = made["data"][0], made["data"][-1]
    assert first["x"] == [0, 1, None] and first["y"] == [0.0, 1.0, None] and last["y"] == [1.0, 1.0, None] and len(made["data"]) == 3
    assert [one["text"] for one in made["layout"]["annotations"]] == ["0", "10.0", "no", "yes"]
    other = {"data": [{"type": "bar"}], "layout": {}}
    assert flattened(other, "en") is other


def test_a_page_of_what_is_not_there_is_not_found(client, stored):
    for path in ("/zh/results?run=nope", "/en/results", "/en/sweep?store=nope", "/en/results?run=../pair"):
        answer = client.get(path, headers=ORIGIN)
        assert answer.status_code == 404 and "react-entry-point" not in answer.get_data(as_text=True), path
    assert client.get("/zh/results?run=pair", headers=ORIGIN).status_code == 200


def test_what_is_not_there_to_choose_is_not_found(client, stored):
    for path in (
        "table.csv?run=pair&indicator=../../x",
        "results?run=pair&figure=<script>",
        "results?run=pair&figure=where&indicator=x",
        "table.csv?run=pair&figure=no",
    ):
        answer = client.get(f"/zh/{path}", headers=ORIGIN)
        assert answer.status_code == 404 and "可选" in answer.get_data(as_text=True) and "<script>”" not in answer.get_data(as_text=True), path
    assert client.get("/zh/table.csv?run=pair&figure=where&indicator=gdp", headers=ORIGIN).status_code == 200
    for asked in stored.gallery.runs(["pair"]).questions():  # what a page leads to is there
        page = content(stored.gallery, "/en/results", f"?run=pair&figure={asked.id}")
        links = [one.href for one in find(page, "A") if "table.csv" in one.href]
        assert all(client.get(link, headers=ORIGIN).status_code == 200 for link in links) and (links or asked.id != "where"), links


def test_calls_that_no_page_makes_are_no_faults(client, stored):
    for path in ("nothing/a.js", "dash/nothing.js", "dash_html_components/../x.js", "dash/../../etc/passwd"):
        assert client.get(f"/figures/_dash-component-suites/{path}", headers=ORIGIN).status_code == 404, path
    call = "/figures/_dash-update-component"
    assert client.post(call, json={"output": "other.children", "inputs": []}, headers=ORIGIN).status_code == 404
    assert client.post(call, data=b"{", content_type="application/json", headers=ORIGIN).status_code == 400
    for wrong in (
        {"inputs": []},
        {"inputs": "x"},
        {"inputs": [{"id": "address", "property": "pathname", "value": 3}] * 2},
        {"changedPropIds": 1},
        {"outputs": [1]},
        {"inputs": [{"id": "address", "property": part, "value": ""} for part in ("pathname", "search")]},  # nowhere to put the answer
    ):
        assert client.post(call, json={"output": "shown.children", "inputs": [], **wrong}, headers=ORIGIN).status_code == 400, wrong
    assert client.post(call, data=b"[" * 100_000, content_type="application/json", headers=ORIGIN).status_code == 400
    many = "?run=pair&" + "&".join(f"a{k}=1" for k in range(60))
    for lang, said in (("zh", "最多 40 项"), ("en", "40 at most")):
        page = client.get(f"/{lang}/results{many}", headers=ORIGIN)
        assert page.status_code == 404 and said in page.get_data(as_text=True)
        assert said in json.dumps(ask(client, f"/{lang}/results", many).get_json(), ensure_ascii=False)
    taken = client.get("/en/export.zip?run=pair&figure=%0d%0aX-Bad:1", headers=ORIGIN)
    assert taken.status_code == 200 and taken.headers["Content-Disposition"] == "attachment; filename=zonesim-pair.zip"
    assert b"reading" in ask(client, "/en/results", "?run=pair").data


def test_a_long_list_of_indicators_is_grouped_and_searched(stored):
    shown = content(stored.gallery, "/zh/results", "?run=pair&figure=time")
    groups = dict(next(one for one in find(shown, "Pick") if one.id == "pick-indicator").groups)
    assert len(groups) > 6 and all(groups)
    assert "employment" in dict(groups["企业与就业"])
    assert "search-pick-indicator" in [one.id for one in find(shown, "Input")]


def test_the_size_of_the_sample_and_the_absence_of_targets_are_said(stored):
    shown = " ".join(texts(content(stored.gallery, "/en/results", "?run=pair")))
    assert "2022 Q4" in shown and "2 replications" in shown and "1 enterprise in 20" in shown
    assert "No figure of targets: these scenarios name no targets" in shown


def test_the_map_says_the_interval_and_places_outside_zones(pair):
    view = View([pair])
    figure = draw("map", view, "en", Choice(indicator="employment", scenario="pingliang_2023"))
    assert "interval" in figure.reading and "places outside zones" in figure.reading
    levels = [row[0] for row in figure.table.rows]
    assert "Outside zones" in levels and "Region" in levels
    names = [row[1] for row in figure.table.rows]
    assert len(names) == len(set(names))
    park = next(row for row in figure.table.rows if row[0] == "Site of a zone")
    assert park[6] <= park[5] <= park[7]


def test_flows_of_money_are_coloured_by_who_pays(pair):
    from zonesim.report.figures.money import FULL, NODES, PALE
    from zonesim.report.figures.style import faint

    spec = draw("money", View([pair]), "en", Choice(scenario="pingliang_2023")).spec
    links = set(spec["data"][0]["link"]["color"])
    assert links <= {faint(colour, depth) for colour in NODES.values() for depth in (PALE, FULL)} and len(links) > 1
    assert {"Enterprises", "Counties"} <= {one["name"] for one in spec["data"][1:]}


def test_thin_flows_are_in_the_table_alone_and_thin_ends_in_the_legend(pair):
    from zonesim.report.figures.money import SMALL_BY_CLAUSE, THIN

    figure = draw("money", View([pair]), "zh", Choice(scenario="pingliang_2023"))
    node, link = figure.spec["data"][0]["node"], figure.spec["data"][0]["link"]
    whole = sum(row[4] * (1.0 if row[-1].startswith("亿元") else 1e-4) for row in figure.table.rows)  # in 亿元, as what is drawn
    through = [sum(v for s, t, v in zip(link["source"], link["target"], link["value"], strict=True) if k in (s, t)) for k in range(len(node["label"]))]
    assert any(node["label"]) and not all(node["label"])
    for said, name, amount in zip(node["label"], node["customdata"], through, strict=True):
        assert said == (name if amount >= THIN * whole else ""), name
    assert set(node["customdata"]) <= {one["name"] for one in figure.spec["data"][1:]}, "the legend names both sides"
    assert len(figure.table.rows) > len(link["value"]) and min(link["value"]) >= SMALL_BY_CLAUSE * whole * 0.999


def test_persons_are_whole_in_sentences_and_tables(pair):
    for name in ("where", "gains", "net"):
        figure = draw(name, View([pair]), "zh")
        assert not re.search(r"(?!\b0\.)\b\d+\.\d+(?!\d*万)人", figure.reading), figure.reading  # less than one is no whole person
    where = draw("where", View([pair]), "zh", Choice(indicator="employment", scenario="pingliang_2023"))
    shown = [cell for row in where.table.written("zh") for cell in row[2:7]]
    assert all(re.fullmatch(r"[-+]?(\d{1,3}(,\d{3})*|0\.\d+|[\d.]+万)|–", cell) for cell in shown), shown
    assert not any(re.search(r"[1-9]\d*\.\d+$", cell) for cell in shown)


def test_pages_say_which_pages_may_be_made_ready(client, stored):
    said = client.get("/en/stored", headers=ORIGIN).headers["Speculation-Rules"].strip('"')
    answer = client.get(said, headers=ORIGIN)
    assert answer.mimetype == "application/speculationrules+json"
    assert {one["eagerness"] for one in answer.get_json(force=True)["prerender"]} == {"moderate", "immediate"}
    (stored.folder.run_folder("pair") / "report.html").write_text("<p>x</p>", encoding="utf-8")
    assert "Speculation-Rules" not in client.get("/report/pair", headers=ORIGIN).headers, "a report is shut off from this server"


def test_results_lead_back_to_the_job_that_can_run_more(stored):
    search = "?run=pair"
    assert not [one for one in find(content(stored.gallery, "/en/results", search), "A") if "/job/" in one.href], "results of the command line have no job"
    stored.folder.log("pair").write_text("", encoding="utf-8")
    assert [one.href for one in find(content(stored.gallery, "/en/results", search), "A") if "/job/" in one.href] == ["/en/job/pair"]
