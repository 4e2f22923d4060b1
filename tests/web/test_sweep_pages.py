"""Pages of stored sweeps: read before somebody waits for them, listed by their names, and said to be mixed where they are."""

import contextlib
import json
import sqlite3
import time

import pytest

from tests.web.components import ask, find, texts
from tests.web.conftest import ORIGIN
from zonesim.errors import InputError
from zonesim.report.document import document
from zonesim.report.exports import export
from zonesim.report.sources import open_view
from zonesim.web.figure_pages import content


def two(settings, seed):
    """A run that costs nothing, with two outcomes."""
    return {"sum": settings["a"] + settings["b"] + settings["c"], "difference": settings["a"] - settings["b"]}


def experiment(**more):
    from tests.benchmarks.sweeps import ONE
    from zonesim.experiments.experiment import Experiment

    given = {"levers": {"a": ONE, "b": ONE, "c": ONE}, "design": {"method": "sobol", "samples": 8}, **more}
    return Experiment(model="tests.web.test_sweep_pages:two", outcomes=["sum", "difference"], **given)


@pytest.fixture
def store(site):
    from zonesim.experiments.sweep import sweep

    sweep(experiment(), site.folder.root / "stores" / "small", workers=0)
    return site


def test_a_sweep_is_read_while_the_browser_reads_its_scripts(client, store):
    assert not store.gallery.has_read("small")
    assert client.get("/en/sweep?store=small", headers=ORIGIN).status_code == 200
    assert not store.gallery._views._made, "the page does not wait for it"
    until = time.monotonic() + 60
    while not store.gallery.has_read("small") and time.monotonic() < until:
        time.sleep(0.02)
    assert store.gallery.has_read("small")
    assert b"reading" in ask(client, "/en/sweep", "?store=small").data and len(store.gallery._views._made) == 1, "it is read once"
    (store.folder.root / "stores" / "small" / "index.sqlite").touch()
    assert not store.gallery.has_read("small"), "it has changed since"
    with pytest.raises(InputError):
        store.gallery.has_read("none")


def test_a_list_of_sweeps_has_them_read(client, store):
    client.get("/en/stored", headers=ORIGIN)
    store.gallery._reader.shutdown(wait=True)
    assert store.gallery.has_read("small")


def test_a_sweep_is_listed_by_the_name_that_it_gives_itself(client, store):
    index = store.folder.root / "stores" / "small" / "index.sqlite"
    assert "<bdi>small</bdi>" in client.get("/zh/stored", headers=ORIGIN).get_data(as_text=True), "it gives itself none"
    with contextlib.closing(sqlite3.connect(index)) as database, database:
        name = json.dumps({"zh": "小型<b>扫描", "en": "A small sweep"})
        database.execute("UPDATE plans SET document = json_set(document, '$.name', json(?))", (name,))
    index.touch()
    for lang, said in (("zh", "小型&lt;b&gt;扫描"), ("en", "A small sweep")):
        assert f"<bdi>{said}</bdi>" in client.get(f"/{lang}/stored", headers=ORIGIN).get_data(as_text=True)
    assert store.folder.sweep_title("small", "fr") == "small"


@pytest.mark.parametrize("design", [{"method": "sobol", "samples": 8}, {"method": "grid", "levels": 3}])
def test_a_mixed_store_is_said_to_be_mixed_at_the_top_of_every_page_and_report(site, tmp_path, monkeypatch, design):
    from zonesim.experiments import identity
    from zonesim.experiments.sweep import sweep

    folder, made = site.folder.root / "stores" / "mixed", experiment(design=design)
    sweep(made, folder, workers=0, limit=5)
    monkeypatch.setattr(identity, "file_fingerprint", lambda path: "another file")
    sweep(made, folder, workers=0, changed="keep")
    sweep(made, site.folder.root / "stores" / "pure", workers=0)
    for lang, words in (("zh", "混合：保留了第 1 版"), ("en", "MIXED: runs of plan 1")):
        shown = content(site.gallery, f"/{lang}/sweep", "?store=mixed")
        warned = find(shown[:3], "P")
        assert [one.className for one in warned] == ["warn"] and warned[0].children.startswith(words), "before any figure"
        assert not any(words in one for one in texts(content(site.gallery, f"/{lang}/sweep", "?store=pure")))
    for name, is_mixed in (("mixed", True), ("pure", False)):
        view = open_view([site.folder.store(name)])
        assert document(view, "en").mixed.startswith("MIXED: runs of plan 1" if is_mixed else "") and bool(document(view, "en").mixed) == is_mixed
        export(view, tmp_path / f"{name}.html")
        page = (tmp_path / f"{name}.html").read_text(encoding="utf-8")
        assert ("<p class='warn'>MIXED: runs of plan 1" in page) == ("<p class='warn'>混合：保留了第 1 版" in page) == is_mixed
        assert not is_mixed or page.index("MIXED: runs") < page.index("<dl class='summary'>", page.index("<section lang='en'"))


def test_uncertainties_are_marked_wherever_a_sweep_is_ranked(site):
    from tests.benchmarks.sweeps import ONE
    from zonesim.experiments.sweep import sweep
    from zonesim.report.figures import QUESTIONS, draw

    for design in ({"method": "sobol", "samples": 32}, {"method": "morris", "samples": 16}):
        folder = site.folder.root / "stores" / design["method"]
        sweep(experiment(levers={"a": ONE, "b": ONE}, uncertainties={"c": ONE}, design=design), folder, workers=0)
        view, seen = open_view([folder]), set()
        for name in ("ranking", "tornado", "convergence", "plane", "ranking_map"):
            made = draw(name, view, "zh") if QUESTIONS[name].fits(view) else None
            if made is not None:
                seen.add(name)
                cells = {cell for row in made.table.rows for cell in row if isinstance(cell, str)}
                assert "因素" in [one.title for one in made.table.columns] and {"a", "c（不确定因素）"} <= cells and "c" not in cells, name
        assert seen >= {"ranking", "tornado", "convergence", "ranking_map" if design["method"] == "sobol" else "plane"}
