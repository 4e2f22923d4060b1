"""Money stands in one unit in a figure: on its axes, in its table and in what it says, and is the same amount in both languages."""

import re
from dataclasses import replace

import pytest

from tests.conftest import LANZHOU
from zonesim.experiments.experiment import Experiment
from zonesim.experiments.study import study
from zonesim.experiments.sweep import sweep
from zonesim.report.figures import QUESTIONS, draw
from zonesim.report.summary import at_a_glance
from zonesim.report.sweeps import read_sweep
from zonesim.report.view import View
from zonesim.report.words import LANGS, word
from zonesim.scenario import load_scenario

SAID = {"zh": {"亿元": 1e8, "万元": 1e4}, "en": {"bn CNY": 1e9, "M CNY": 1e6, "k CNY": 1e3}}
"""The units of money of each language, in yuan."""
OF_MONEY = ("gdp", "tax_revenue")
OF_PARTS = ("map",)
"""Figures of parks whose reading begins with the sum over the region, which may be a thousand times as large."""


@pytest.fixture(scope="module")
def results():
    small = ["founding.scale=20", "horizon.end=2017Q4"]
    return study([load_scenario(LANZHOU / f"{name}.yaml", small) for name in ("baseline", "plan_2015")], 2, 1, workers=1)


def sweep_of_money(folder, method):
    def model(settings, seed):
        luck = (seed % 1000) / 1000
        return {"large": 340.0 + 3 * settings["a"] + 0.01 * luck, "small": 0.02 + 0.001 * settings["b"] ** 2}

    levers = {"a": {"low": 0, "high": 1}, "b": {"low": 0, "high": 1}}
    outcomes = [{"name": "large", "target": 342.0}, {"name": "small", "target": 0.0205}]
    sweep(Experiment(model=model, levers=levers, outcomes=outcomes, design={"method": method, "samples": 16}, replications=2), folder, workers=0)
    found = read_sweep(folder)
    return replace(found, outcomes=tuple({**one, "unit": "10^8 CNY/yr"} for one in found.outcomes))


@pytest.fixture(scope="module")
def views(results, tmp_path_factory):
    """What each question is asked of."""
    designs = {method: View(sweep=sweep_of_money(tmp_path_factory.mktemp(method) / "store", method)) for method in ("sobol", "morris")}
    plain = View([results])
    return {name: designs["morris" if name == "plane" else "sobol"] if set(one.needs) & {"ranking", "points"} else plain for name, one in QUESTIONS.items()}


def choices(name, view):
    """Yield choices of a question, those of money among them."""
    asked = QUESTIONS[name]
    for choice in asked.choices(view)[:6]:
        yield choice
        if "indicator" in asked.takes and name != "gains":
            yield from (replace(choice, indicator=one) for one in OF_MONEY)


def units(text, lang):
    """Return the units of money in a text, as written: a number before one that makes another unit of it stays ("100M CNY")."""
    return {one.strip() for one in re.findall(r"(?:\d+)?(?:bn|M|k) CNY|亿元|万元" if lang == "en" else "亿元|万元|CNY", text)}


def titles(node):
    """Yield the texts of axes and of bars of colours."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "title" and isinstance(value, dict) and "text" in value:
                yield value["text"]
            elif key != "frames":
                yield from titles(value)
    elif isinstance(node, list):
        for one in node:
            yield from titles(one)


def drawn_units(figure, lang):
    return set().union(*(units(text, lang) for text in titles(figure.spec)))


def table_units(figure, lang):
    texts = [column.title for column in figure.table.columns] + [cell for row in figure.table.rows for cell in row if isinstance(cell, str)]
    return set().union(*(units(text, lang) for text in texts))


def yuan(figure, lang):
    """Return the money of a table in yuan, row by row: by the unit of the column, or that of the row."""
    found = []
    for row in figure.table.rows:
        of_row = [unit for cell in row if isinstance(cell, str) for unit in units(cell, lang)]
        for cell, column in zip(row, figure.table.columns, strict=True):
            known = [*units(column.title, lang), *of_row]
            if isinstance(cell, float) and known and column.kind in ("plain", "number") and column.title not in ("km²", word("percent_of_baseline", lang)):
                found.append(cell * SAID[lang][known[0]])
    return found


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_axes_headings_and_tables_of_a_figure_speak_the_units_of_its_reading(views, name):
    view = views[name]
    spoken = 0
    for choice in choices(name, view):
        pair = {lang: draw(name, view, lang, choice) for lang in LANGS}
        if pair["zh"] is None:
            continue
        for lang, figure in pair.items():
            axes, table, said = drawn_units(figure, lang), table_units(figure, lang), units(re.sub(r"[\d.,]+", " ", figure.reading), lang)
            assert axes | table <= set(SAID[lang]), f"{figure.id} {lang}: {axes | table}"
            assert axes <= table or not table, f"{figure.id} {lang}: an axis in {axes}, a table in {table}"
            assert name in OF_PARTS or not axes or not said or axes & said, f"{figure.id} {lang}: an axis in {axes}, a sentence in {said}"
            spoken += bool(axes | table)
        assert yuan(pair["en"], "en") == pytest.approx(yuan(pair["zh"], "zh"), rel=1e-9, nan_ok=True), f"{pair['en'].id}: another amount in each language"
    assert spoken or name in ("net", "land", "ranking_map", "ranking", "convergence"), f"nothing of {name} was of money"


@pytest.mark.parametrize("lang", LANGS)
def test_scenarios_side_by_side_have_money_in_a_unit_that_fits(results, lang):
    glance = at_a_glance(View([results]), lang)
    of = [units(column.title, lang) for column in glance.columns]
    assert set().union(*of) <= set(SAID[lang]) and any(of)
    for row in glance.rows:
        for cell, known in zip(row, of, strict=True):
            assert not known or 1 <= float(re.match(r"[\d.]+", cell.replace(",", ""))[0]) < 1e4, cell
