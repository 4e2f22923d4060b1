"""Money stands in one unit in a figure: on its axes, in its table and in what it says, and is the same amount in both languages."""

import math
import re
from dataclasses import replace

import pytest

from tests.conftest import LANZHOU, ROOT
from zonesim.experiments.experiment import Experiment
from zonesim.experiments.study import study
from zonesim.experiments.sweep import sweep
from zonesim.report.figures import QUESTIONS, Choice, draw
from zonesim.report.summary import at_a_glance
from zonesim.report.sweeps import read_sweep
from zonesim.report.view import View
from zonesim.report.words import LANGS, READABLE, amounts, word
from zonesim.scenario import load_scenario

SAID = {"zh": {"亿元": 1e8, "万元": 1e4, "元": 1.0}, "en": {"bn CNY": 1e9, "M CNY": 1e6, "k CNY": 1e3, "CNY": 1.0}}
"""The units of money of each language, in yuan."""
OF_MONEY = ("gdp", "tax_revenue")


@pytest.fixture(scope="module")
def results():
    small = ["founding.scale=20", "horizon.end=2017Q4"]
    return study([load_scenario(LANZHOU / f"{name}.yaml", small) for name in ("baseline", "plan_2015")], 2, 1, workers=1)


def sweep_of_money(folder, method, far=True, size=1.0):
    times = 1.0 if far else 1e-4

    def model(settings, seed):
        luck = (seed % 1000) / 1000
        return {"large": size * (340.0 + times * (3 * settings["a"] + 0.01 * luck)), "small": size * (0.02 + times * 0.001 * settings["b"] ** 2)}

    levers = {"a": {"low": 0, "high": 1}, "b": {"low": 0, "high": 1}}
    outcomes = [{"name": "large", "target": 342.0 * size}, {"name": "small", "target": 0.0205 * size}]
    sweep(Experiment(model=model, levers=levers, outcomes=outcomes, design={"method": method, "samples": 16 if far else 64}, replications=2), folder, workers=0)
    found = read_sweep(folder)
    return replace(found, outcomes=tuple({**one, "unit": "10^8 CNY/yr"} for one in found.outcomes))


@pytest.fixture(scope="module")
def near(tmp_path_factory):
    """Two settings of a package that differ by a millionth of the level."""
    small = ["founding.scale=50", "horizon.end=2024Q4"]
    half = [*small, "id=half", *(f"policies.quota_split.{pool}_quota_local_retention_share.value=0.5" for pool in ("land", "energy", "env"))]
    return study([load_scenario(ROOT / "scenarios" / "pingliang" / "pingliang_2023.yaml", settings) for settings in (small, half)], 2, 1, workers=1)


@pytest.fixture(scope="module")
def views(results, near, tmp_path_factory):
    """What each question is asked of, by case: scenarios far apart and near each other, and sweeps that move their outcome much or little."""
    folder = tmp_path_factory.mktemp("sweeps")
    designs = {(method, far): View(sweep=sweep_of_money(folder / f"{method}{far}", method, far)) for method in ("sobol", "morris") for far in (True, False)}
    plain = {True: View([results]), False: View([near])}
    return {
        (name, far): designs["morris" if name == "plane" else "sobol", far] if set(one.needs) & {"ranking", "points"} else plain[far]
        for name, one in QUESTIONS.items() for far in (True, False)
    }  # fmt: skip


@pytest.fixture(scope="module")
def pennies(tmp_path_factory):
    """Sweeps whose outcomes are 34 yuan and less."""
    folder = tmp_path_factory.mktemp("pennies")
    return {method: View(sweep=sweep_of_money(folder / method, method, size=1e-9)) for method in ("sobol", "morris")}


def choices(name, view):
    """Yield choices of a question, those of money among them."""
    asked = QUESTIONS[name]
    for choice in asked.choices(view)[:6]:
        yield choice
        if "indicator" in asked.takes and name != "gains":
            yield from (replace(choice, indicator=one) for one in OF_MONEY)


def units(text, lang):
    """Return the units of money in a text, as written: a number before one that makes another unit of it stays ("100M CNY")."""
    return {one.strip() for one in re.findall(r"(?:\d+)?(?:(?:bn|M|k) )?CNY|[亿万]?元" if lang == "en" else "[亿万]?元|CNY", text)}


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


def together(figure, lang):
    """Yield the unit and the amounts of money of a table that stand together: a row of its own unit, else a column; levels that are read against each other are left out."""
    free = [k for k, column in enumerate(figure.table.columns) if k not in figure.table.compared and column.digits == 3 and column.kind in ("plain", "number")]
    headed = {k: next(iter(units(figure.table.columns[k].title, lang)), "") for k in free}
    for row in figure.table.rows:
        of_row = [unit for cell in row if isinstance(cell, str) for unit in units(cell, lang)]
        if of_row:
            yield of_row[0], [row[k] for k in free if not headed[k] and isinstance(row[k], float) and "%" not in figure.table.columns[k].title]
    for unit in dict.fromkeys(one for one in headed.values() if one):
        yield unit, [row[k] for row in figure.table.rows for k in free if headed[k] == unit and isinstance(row[k], float)]


SMALLEST = ("元", "CNY")
SMALL = ("万元", "k CNY")
SHARES = ("ranking_map", "ranking", "convergence", "together")  # figures of shares of variance and of effects in per cent
OF_LEVELS = ("time", "tornado", "parallel", "tradeoff")  # figures whose sentence says what their axis has


@pytest.mark.parametrize("far", [True, False])
@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_axes_headings_and_tables_of_a_figure_speak_the_units_of_its_reading(views, name, far):
    spoken = spoken_in(name, views[name, far])
    assert spoken or name in ("net", "land", *SHARES) or (name == "targets" and not far), f"nothing of {name} was of money"


def spoken_in(name, view):
    """Hold a figure to the rule on units of money in all its choices; return how often it was of money."""
    spoken = 0
    for choice in choices(name, view):
        pair = {lang: draw(name, view, lang, choice) for lang in LANGS}
        if pair["zh"] is None:
            continue
        for lang, figure in pair.items():
            axes, table, said = drawn_units(figure, lang), table_units(figure, lang), units(re.sub(r"[\d.,]+", " ", figure.reading), lang)
            assert axes | table <= set(SAID[lang]), f"{figure.id} {lang}: {axes | table}"
            assert axes <= table or not table, f"{figure.id} {lang}: an axis in {axes}, a table in {table}"
            assert said <= axes | table, f"{figure.id} {lang}: an axis in {axes}, a table in {table}, a sentence in {said}"
            assert name not in OF_LEVELS or not axes or not said or axes & said, f"{figure.id} {lang}: an axis in {axes}, a sentence in {said}"
            for unit, values in together(figure, lang):
                largest = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
                assert not largest or largest >= READABLE or unit in SMALLEST, f"{figure.id} {lang}: {largest} {unit} takes more than four decimals"
            spoken += bool(axes | table)
        assert yuan(pair["en"], "en") == pytest.approx(yuan(pair["zh"], "zh"), rel=1e-9, nan_ok=True), f"{pair['en'].id}: another amount in each language"
    return spoken


@pytest.mark.parametrize("name", [name for name, one in sorted(QUESTIONS.items()) if set(one.needs) & {"ranking", "points"}])
def test_money_that_is_not_readable_in_thousands_is_in_yuan(pennies, name):
    """Some tens of yuan were 0.0034万元: axes, tables and sentences have 元, by the same rule."""
    view = pennies["morris" if name == "plane" else "sobol"]
    spoken = spoken_in(name, view)
    for lang, choice in ((lang, choice) for lang in LANGS for choice in choices(name, view) if spoken):
        if (figure := draw(name, view, lang, choice)) is None:
            continue
        assert drawn_units(figure, lang) | table_units(figure, lang) | units(figure.reading, lang) <= {SMALLEST[lang == "en"]}, (figure.id, figure.reading)
    assert spoken or name in (*SHARES, "targets"), f"nothing of {name} was of money"


@pytest.mark.parametrize(
    ("yuan", "zh", "en"),
    [
        ([34.0], ["34.0元/年"], ["34.0 CNY/yr"]),
        ([-0.5, 2.0], ["-0.5元/年", "2.00元/年"], ["-0.5 CNY/yr", "2.00 CNY/yr"]),
        ([999.0], ["999元/年"], ["999 CNY/yr"]),
        ([1000.0], ["0.1万元/年"], ["1,000 CNY/yr"]),
        ([34.0, 12000.0], ["0.0034万元/年", "1.20万元/年"], ["0.034k CNY/yr", "12.0k CNY/yr"]),
        ([0.0], ["0万元/年"], ["0 CNY/yr"]),
    ],
)
def test_amounts_of_a_sentence_are_in_yuan_where_none_is_readable_in_thousands(yuan, zh, en):
    for name, one in (("10k CNY/yr", 1e4), ("10^8 CNY/yr", 1e8)):
        assert (amounts([value / one for value in yuan], name, "zh"), amounts([value / one for value in yuan], name, "en")) == (zh, en)


@pytest.mark.parametrize("name", ["time", "effects", "where", "zones", "map", "tornado", "spider"])
def test_a_difference_of_a_millionth_is_in_a_unit_of_its_own(views, name):
    """The level is in bn CNY (亿元), what it changes by is told and tabled in a smaller unit."""
    view = views[name, False]  # of a sweep its first outcome
    of_city = {"time": Choice(indicator="gdp", place=view.city), "effects": None} if view.scenes else {}
    choice = of_city.get(name, Choice(indicator="gdp", scenario="half")) if view.scenes else None
    for lang in LANGS:
        figure = draw(name, view, lang, choice)
        assert set(SMALL) & table_units(figure, lang), f"{figure.id}: {table_units(figure, lang)}"


@pytest.mark.parametrize("lang", LANGS)
def test_scenarios_side_by_side_have_money_in_a_unit_that_fits(results, lang):
    glance = at_a_glance(View([results]), lang)
    of = [units(column.title, lang) for column in glance.columns]
    assert set().union(*of) <= set(SAID[lang]) and any(of)
    for row in glance.rows:
        for cell, known in zip(row, of, strict=True):
            assert not known or 1 <= float(re.match(r"[\d.]+", cell.replace(",", ""))[0]) < 1e4, cell
