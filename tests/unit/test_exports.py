"""Reports in every form: whole, inert, and refused with a reason."""

import csv
import html
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from zonesim.cli import app
from zonesim.errors import InputError
from zonesim.experiments.study import study
from zonesim.report.document import document
from zonesim.report.exports import FORMS, export
from zonesim.report.exports.pictures import find_figure, write_figure
from zonesim.report.page import write_report
from zonesim.report.sealed import verify_page
from zonesim.report.sources import open_view
from zonesim.report.texts.messages import told
from zonesim.report.view import View
from zonesim.results import TABLES, read_parquet, write_parquet

HOSTILE = "<script>alert(1)</script>=cmd|' /C calc'!A0{x}%{y}{{7*7}}\u202egnp\u2066\x07"
FORMULA = '=HYPERLINK("http://evil","x")'


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    from tests.conftest import LANZHOU
    from zonesim.scenario import load_scenario

    short = ["horizon.end=2015Q4", "founding.scale=20"]
    pair = [load_scenario(LANZHOU / "baseline.yaml", short), load_scenario(LANZHOU / "plan_2015.yaml", [*short, "targets=[]"])]
    return study(pair, 2, 1, workers=1)


@pytest.fixture(scope="module")
def folder(results, tmp_path_factory):
    path = tmp_path_factory.mktemp("runs") / "pair"
    results.save(path)
    return path


@pytest.fixture(scope="module")
def hostile(folder, tmp_path_factory):
    """The same results with names of a stranger."""
    import shutil

    path = tmp_path_factory.mktemp("runs") / "hostile"
    shutil.copytree(folder, path)
    run = json.loads((path / "run.json").read_text(encoding="utf-8"))
    run["scenarios"][1].update(zh=HOSTILE, en=FORMULA)
    run["scenarios"][0].update(en=HOSTILE)
    for place in run["places"]:
        place["zh"], place["en"] = HOSTILE, FORMULA
    run["zones"][0].update(zh=FORMULA, en=HOSTILE)
    for one in run["scenarios"][1]["differences"][:3]:
        one["assumption"], one["zh"] = HOSTILE, FORMULA
    run["warnings"] = [HOSTILE]
    (path / "run.json").write_text(json.dumps(run), encoding="utf-8")
    return View([path])


@pytest.fixture(scope="module")
def content(folder, tmp_path_factory):
    """The page of the results, as bytes."""
    page = tmp_path_factory.mktemp("page") / "r.html"
    write_report(View([folder]), page, "en")
    return page.read_bytes()


def test_a_page_is_verified_and_any_change_is_noticed(content, tmp_path):
    page = tmp_path / "r.html"
    page.write_bytes(content)
    digest = verify_page(page)
    done = CliRunner().invoke(app, ["verify", str(page)])
    assert done.exit_code == 0 and digest in done.output
    page.write_bytes(content.replace(b"<h1", b"<h1 ", 1))
    with pytest.raises(InputError, match="changed after"):
        verify_page(page)
    page.write_bytes(re.sub(rb"<meta name='zonesim-digest'[^>]*>", b"", content))
    with pytest.raises(InputError, match="no digest"):
        verify_page(page)


def test_a_folder_of_results_is_verified(folder, tmp_path):
    import shutil

    done = CliRunner().invoke(app, ["verify", str(folder)])
    assert done.exit_code == 0 and "as they were written" in done.output
    copied = tmp_path / "copied"
    shutil.copytree(folder, copied)
    run = json.loads((copied / "run.json").read_text(encoding="utf-8"))
    (copied / "run.json").write_text(json.dumps(run, sort_keys=True), encoding="utf-8")
    assert CliRunner().invoke(app, ["verify", str(copied)]).exit_code == 0, "the order of entries says nothing"
    for entry, value in (("digest", "0" * 64), ("replications", 200), ("sha256", {}), ("seal", None)):
        (copied / "run.json").write_text(json.dumps({**run, entry: value}), encoding="utf-8")
        assert "run.json: was changed after" in wrong(copied), entry


def test_no_report_is_made_of_a_folder_that_is_not_as_it_was_written(folder, tmp_path):
    import shutil

    copied = tmp_path / "copied"
    shutil.copytree(folder, copied)
    run = json.loads((copied / "run.json").read_text(encoding="utf-8"))
    (copied / "run.json").write_text(json.dumps({**run, "replications": 200}), encoding="utf-8")
    done = CliRunner().invoke(app, ["report", str(copied), "--out", str(tmp_path / "page.html")])
    assert isinstance(done.exception, InputError) and "run.json: was changed after" in str(done.exception)
    assert not (tmp_path / "page.html").exists()


def test_a_damaged_table_is_told_and_stands_in_the_way_of_no_other(folder, tmp_path):
    whole, damaged, refused = tmp_path / "whole.parquet", tmp_path / "damaged.parquet", 0
    write_parquet(read_parquet(folder / "indicators.parquet").head(30), whole)
    data, expected = whole.read_bytes(), read_parquet(whole)
    for k in range(0, len(data), len(data) // 20):
        damaged.write_bytes(data[:k] + bytes([data[k] ^ 0x55]) + data[k + 1 :])
        try:
            read_parquet(damaged)
        except InputError as error:
            refused += 1
            assert str(damaged) in str(error)
    damaged.write_bytes(data[: len(data) // 2])
    with pytest.raises(InputError, match="not readable as Parquet"):
        read_parquet(damaged)
    assert refused
    damaged.write_bytes(data)  # mended in place: nothing of the damaged file is remembered
    for path in (whole, damaged):
        pd.testing.assert_frame_equal(read_parquet(path), expected)


def wrong(folder):
    """Return what ``verify`` says of a folder that is not as it was written."""
    done = CliRunner().invoke(app, ["verify", str(folder)])
    assert isinstance(done.exception, InputError), done.output
    return str(done.exception)


def multiplied(path):
    """Falsify a table: every number a hundred times as large."""
    table = read_parquet(path)
    numbers = table.select_dtypes("number").columns
    assert len(numbers)
    table[numbers] = table[numbers] * 100
    write_parquet(table, path)


def test_every_table_of_a_folder_is_bound(results, folder, tmp_path):
    import shutil

    present = [name for name in TABLES if getattr(results, name) is not None]
    assert {"indicators", "ledger", "effects", "net", "costs", "breakdown"} <= set(present)
    for name in present:
        copied = tmp_path / name
        shutil.copytree(folder, copied)
        multiplied(copied / f"{name}.parquet")
        said = wrong(copied)
        assert f"{name}.parquet: was changed after" in said and not any(f"{other}.parquet" in said for other in present if other != name)
        (copied / f"{name}.parquet").unlink()
        assert name in wrong(copied)
    absent = next(name for name in TABLES if name not in present)
    copied = tmp_path / "more"
    shutil.copytree(folder, copied)
    shutil.copy(copied / "net.parquet", copied / f"{absent}.parquet")
    assert f"{absent}.parquet: was put there after" in wrong(copied)
    for name in ("effects", "net", "costs"):
        multiplied(copied / f"{name}.parquet")
    assert all(f"{name}.parquet: was changed" in wrong(copied) for name in ("effects", "net", "costs")), "all are named"


def test_a_folder_of_an_earlier_version_is_not_said_to_be_whole(folder, tmp_path):
    import shutil

    copied = tmp_path / "old"
    shutil.copytree(folder, copied)
    run = json.loads((copied / "run.json").read_text(encoding="utf-8"))
    old = {key: value for key, value in run.items() if key not in ("sha256", "seal")}
    (copied / "run.json").write_text(json.dumps(old), encoding="utf-8")
    done = CliRunner().invoke(app, ["verify", str(copied)])
    assert done.exit_code == 0 and "as they were written" not in done.output
    assert all(name in done.output for name in ("effects.parquet", "costs.parquet", "net.parquet", "run.json: whether these were changed cannot be said"))
    multiplied(copied / "indicators.parquet")
    assert "not those that were written" in wrong(copied)


@pytest.mark.parametrize("name", ["indicators", "ledger", "effects", "net", "breakdown"])
def test_a_damaged_table_is_no_fault_of_the_program(folder, tmp_path, name):
    import os
    import shutil

    copied = tmp_path / "cut"
    shutil.copytree(folder, copied)
    os.truncate(copied / f"{name}.parquet", 100)
    for asked in (
        ["report", str(copied)],
        ["report", str(copied), "--out", str(tmp_path / "r.xlsx")],
        ["report", str(copied), "--figures"],
        ["verify", str(copied)],
    ):
        done = CliRunner().invoke(app, asked)
        assert isinstance(done.exception, InputError) and done.exception.exit_code == 2, done.output
        first, *others = str(done.exception).splitlines()
        assert first.startswith(f"{copied / name}.parquet: ") and "bring the file" in str(done.exception)
        assert len(others) == (asked[0] == "verify") and re.search("[\u4e00-\u9fff]", told(first, "zh"))


def test_a_table_that_is_damaged_or_gone_while_it_is_read_is_told(folder, tmp_path):
    import shutil

    copied = tmp_path / "later"
    shutil.copytree(folder, copied)
    view, path = View([copied]), copied / "indicators.parquet"
    whole = path.read_bytes()
    path.write_bytes(whole[:4] + bytes(len(whole) - 400) + whole[-396:])  # its end, which is read first, is whole
    with pytest.raises(InputError, match=r"indicators\.parquet: not readable"):
        write_report(view, tmp_path / "r.html", "en")
    path.unlink()
    with pytest.raises(InputError, match=r"indicators\.parquet: not readable"):
        write_report(view, tmp_path / "r.html", "en")


@pytest.mark.parametrize("text", ["{", "[]", '{"tables": ["indicators.parquet", "ledger.parquet"]}'])
def test_a_damaged_record_is_no_fault_of_the_program(folder, tmp_path, text):
    import shutil

    copied = tmp_path / "record"
    shutil.copytree(folder, copied)
    (copied / "run.json").write_text(text, encoding="utf-8")
    for command in ("report", "verify"):
        done = CliRunner().invoke(app, [command, str(copied)])
        assert isinstance(done.exception, InputError) and "run.json: " in str(done.exception), done.output


def test_names_are_inert_in_the_page(hostile, tmp_path):
    write_report(hostile, tmp_path / "r.html")
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page and "\u202e" not in page and "\u2066" not in page and "\x07" not in page
    data = page[page.index("const FIGURES=") :]
    assert "<script" not in data[: data.index("</script>")] and data.count("</script>") == 1


def test_names_are_inert_in_csv_and_zip(hostile, tmp_path):
    export(hostile, tmp_path / "r.csv", "en")
    export(hostile, tmp_path / "r.zip", "zh")
    texts = [(tmp_path / "r.csv").read_text(encoding="utf-8-sig")]
    with zipfile.ZipFile(tmp_path / "r.zip") as archive:
        texts += [archive.read(name).decode("utf-8-sig") for name in archive.namelist()]
    cells = [cell for text in texts for row in csv.reader(io.StringIO(text)) for cell in row]
    risky = [cell for cell in cells if cell[:1] in "=@\t\r" and cell] + [
        c for c in cells if c[:1] in ("+", "-") and not re.fullmatch(r"[-+]?[\d.]+(e[-+]?\d+)?", c)
    ]
    assert not risky and "\u202e" not in "".join(cells)
    assert any("HYPERLINK" in cell for cell in cells), "the hostile names were in it"


def test_names_are_inert_in_the_workbook_and_its_tables_are_native(hostile, tmp_path):
    export(hostile, tmp_path / "r.xlsx", "en")
    with zipfile.ZipFile(tmp_path / "r.xlsx") as archive:
        names = archive.namelist()
        sheets = [archive.read(name).decode() for name in names if name.startswith("xl/worksheets/sheet")]
        shared = archive.read("xl/sharedStrings.xml").decode()
        tables = [name for name in names if name.startswith("xl/tables/")]
        book = archive.read("xl/workbook.xml").decode()
    assert not any("<f>" in sheet for sheet in sheets), "no formulas"
    assert len(tables) >= len(sheets) - 1 and "HYPERLINK" in shared and "<script>" not in shared and "\u202e" not in shared
    titles = [html.unescape(one) for one in re.findall(r'<sheet name="([^"]*)"', book)]
    assert len({one.lower() for one in titles}) == len(titles) and all(len(one) <= 31 for one in titles)
    assert any("<v>" in sheet and 't="s"' in sheet for sheet in sheets)


@pytest.mark.slow
def test_names_are_inert_in_the_brief(hostile, tmp_path):
    pytest.importorskip("kaleido")
    export(hostile, tmp_path / "r.docx", "zh")
    with zipfile.ZipFile(tmp_path / "r.docx") as archive:
        document = archive.read("word/document.xml").decode("utf-8")
        pictures = [name for name in archive.namelist() if name.startswith("word/media/")]
    assert "<script>" not in document and "\u202e" not in document and "&lt;script&gt;" in document
    assert len(pictures) >= 3 and document.count("descr=") >= len(pictures)
    assert re.search(r"[\u4e00-\u9fff]\uff1a</w:t>", document) and not re.search(r"[\u4e00-\u9fff]:</w:t>", document), "Chinese headings have Chinese colons"


@pytest.mark.slow
def test_a_pdf_and_pictures_are_drawn(folder, tmp_path):
    view = View([folder])
    export(view, tmp_path / "r.pdf", "zh")
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF") and (tmp_path / "r.pdf").stat().st_size > 50_000
    write_figure(view, "effects", tmp_path / "e.png", "zh")
    write_figure(view, "time.gdp." + view.focus, tmp_path / "t.svg", "en")
    assert (tmp_path / "e.png").read_bytes().startswith(b"\x89PNG") and b"<svg" in (tmp_path / "t.svg").read_bytes()[:300]
    assert not list(tmp_path.glob(".*")), "nothing is left aside"


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext here, which reads what the page says")
def test_a_pdf_has_every_table_to_its_last_row(folder, tmp_path):
    view = View([folder])
    export(view, tmp_path / "r.pdf", "zh")
    read = subprocess.run(["pdftotext", "-raw", str(tmp_path / "r.pdf"), "-"], capture_output=True, text=True, check=True).stdout
    said = re.sub(r"\s+", "", read)
    made = document(view, "zh")
    for one in made.figures():
        assert not [cell for cell in one.table.written("zh")[-1] if re.sub(r"\s+", "", cell) not in said], one.id
    for _, found in made.inputs:
        assert all(re.sub(r"\s+", "", cell) in said for measure in found for cell in measure.rows[-1]), "the values of the measures"
    assert re.sub(r"\s+", "", made.definitions[-1][0]) in said


def test_a_missing_extra_or_browser_is_named(folder, tmp_path, monkeypatch):
    view = View([folder])
    for module, ending in (("xlsxwriter", ".xlsx"), ("docx", ".docx"), ("kaleido", ".png")):
        monkeypatch.setitem(sys.modules, module, None)
        with pytest.raises(InputError, match=r"zonesim\[report\]"):
            (write_figure(view, "effects", tmp_path / f"x{ending}", "zh") if ending == ".png" else export(view, tmp_path / f"x{ending}"))
        monkeypatch.undo()
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("BROWSER_PATH", raising=False)
    with pytest.raises(InputError, match="chromium"):
        export(view, tmp_path / "x.pdf")
    with pytest.raises(InputError, match="chromium"):
        write_figure(view, "effects", tmp_path / "x.svg", "zh")
    assert not list(tmp_path.glob("*x.*"))


def test_what_is_asked_for_wrongly_is_said(folder, tmp_path):
    view = View([folder])
    with pytest.raises(InputError, match=r"\.docx"):
        export(view, tmp_path / "r.doc")
    with pytest.raises(InputError, match="did you mean 'effects'"):
        find_figure(view, "efects", "zh")
    with pytest.raises(InputError, match="no such choice"):
        find_figure(view, "time.gpd", "zh")
    with pytest.raises(InputError, match="a figure is one of"):
        write_figure(view, "effects", tmp_path / "r.gif", "zh")
    assert set(FORMS) == {".html", ".pdf", ".xlsx", ".docx", ".csv", ".zip"}


@pytest.mark.slow
def test_the_command_writes_each_form_and_lists_figures(folder, content, tmp_path):
    run = CliRunner().invoke
    for ending in (".html", ".xlsx", ".csv", ".zip"):
        done = run(app, ["report", str(folder), "--out", str(tmp_path / f"r{ending}"), "--lang", "en"])
        assert done.exit_code == 0, done.output
        assert (tmp_path / f"r{ending}").stat().st_size > 1000
    assert (tmp_path / "r.html").read_bytes() == content  # the same results give the same page twice
    listed = run(app, ["report", str(folder), "--figures"])
    assert "effects." in listed.output and "time.gdp" in listed.output
    for ending in (".html", ".json", ".csv"):
        assert run(app, ["report", str(folder), "--figure", "effects", "--out", str(tmp_path / f"f{ending}")]).exit_code == 0
    assert json.loads((tmp_path / "f.json").read_text(encoding="utf-8"))["data"]


def test_results_of_several_folders_stand_in_one_report_with_the_first_as_baseline(results, folder, tmp_path):
    from tests.conftest import LANZHOU
    from zonesim.scenario import load_scenario

    short = ["horizon.end=2015Q4", "founding.scale=20", "targets=[]"]
    baseline = load_scenario(LANZHOU / "baseline.yaml", short[:2])
    other = load_scenario(LANZHOU / "plan_2015.yaml", [*short, "policies.tax_return.tax_increment_return_share=0.1"])
    study([baseline, other], 2, 1, workers=1).save(tmp_path / "other")
    view = open_view([folder, tmp_path / "other"])
    assert [one.id for one in view.scenes] == ["baseline", "plan_2015", "plan_2015_2"]
    effects = view.effects(["gdp"], [view.city], ["2015"])
    assert list(effects["scenario"]) == ["plan_2015", "plan_2015_2"]
    alone = results.effects
    expected = alone[(alone["indicator"] == "gdp") & (alone["place"] == view.city) & (alone["period"] == "2015")]["effect"].iloc[0]
    assert effects["effect"].iloc[0] == pytest.approx(float(expected), abs=0)
    study([other], 2, 7, workers=1).save(tmp_path / "seed")
    with pytest.raises(InputError, match="another seed"):
        open_view([folder, tmp_path / "seed"])
    with pytest.raises(InputError, match="no results"):
        open_view([tmp_path])


def test_effects_of_single_runs_are_computed_when_they_are_put_together(results, tmp_path):
    from tests.conftest import LANZHOU
    from zonesim.scenario import load_scenario

    short = ["horizon.end=2015Q4", "founding.scale=20", "targets=[]"]
    for name, file in (("a", "baseline.yaml"), ("b", "plan_2015.yaml")):
        study([load_scenario(LANZHOU / file, short if name == "b" else short[:2])], 2, 1, workers=1).save(tmp_path / name)
    view = open_view([tmp_path / "a", tmp_path / "b"])
    assert {"effects", "net", "costs"} <= view.has
    mine, paired = view.effects(["gdp"], periods=["2015"]), results.effects
    paired = paired[(paired["indicator"] == "gdp") & (paired["period"] == "2015")].sort_values("place")
    assert mine.sort_values("place")["effect"].tolist() == pytest.approx(paired["effect"].tolist(), abs=0)


def test_help_needs_no_plotly():
    code = "import sys; from zonesim.cli import app; import click.testing; click.testing.CliRunner().invoke(app, ['report', '--help']); print('plotly' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=Path(__file__).parents[2], check=True)
    assert done.stdout.strip().endswith("False")


def test_every_file_that_stands_beside_the_modules_is_part_of_the_package():
    import fnmatch
    import tomllib

    from tests.conftest import ROOT

    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["package-data"]["zonesim"]
    beside = [
        one.relative_to(ROOT / "zonesim") for one in (ROOT / "zonesim").rglob("*") if one.is_file() and one.suffix not in (".py", ".pyc", ".nbi", ".nbc", ".md")
    ]
    missing = [str(one) for one in beside if not any(fnmatch.fnmatch(f"./{one}", f"*/{pattern.removeprefix('**/')}") for pattern in listed)]
    assert beside and not missing, "a report of an installed package has its style and script"


def test_no_line_of_a_report_ends_within_a_year_or_a_quantity():
    from zonesim.report.figures.figure import Figure, Table
    from zonesim.report.figures.plot import Plot
    from zonesim.report.page import asset, shown

    plots = {}
    made = shown(Figure("one", "到2015年", Plot({}), Table((), ()), "到2015年", "比2015年第1季度少34人、1,286万元，每年1.2亿元/年", "自2016年"), plots, "zh")
    for whole in ("2015年", "2015年第1季度", "34人", "1,286万元", "1.2亿元/年", "2016年"):
        assert f"<span class='whole'>{whole}</span>" in made
    assert "aria-label='到2015年'" in made and ".whole{white-space:nowrap}" in asset("page.css")
