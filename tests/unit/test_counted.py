"""What is used, lost or needed is counted in the word of its design, in text, JSON and pages of both languages."""

import pytest

from zonesim.errors import InputError
from zonesim.experiments.counted import COUNTED
from zonesim.experiments.design import Method
from zonesim.experiments.experiment import Experiment
from zonesim.experiments.ranked import rank_levers, until_settled
from zonesim.experiments.sweep import sweep
from zonesim.report.figures import Choice, draw
from zonesim.report.rankings import how_ranked, sweep_of_record, text_of_ranking
from zonesim.report.texts.messages import told
from zonesim.report.view import View

DESIGNS = {
    "sobol": ({"samples": 32}, "with 32 base rows", "32 base rows used", "基准行 32", "基准行数"),
    "morris": ({"samples": 32}, "with 32 trajectories", "32 trajectories used", "轨迹 32", "轨迹数"),
    "latin_hypercube": ({"samples": 128}, "with 128 points", "128 points used", "点 128", ""),
    "factorial": ({"scrambles": 2}, "of two levels", "2 repetitions of the design used", "两水平", ""),
    "fast": ({"samples": 65, "scrambles": 3}, "with 65 points on each search curve", "3 sets of search curves used", "每条搜索曲线 65 点", ""),
}  # fmt: skip
UNIT = {"low": 0, "high": 1}


def model(settings, seed):
    return {"y": settings["a"] + 0.99 * settings["b"] * (1 + settings["c"] / 9) + (seed % 97) / 300}


def experiment(method, **more):
    design = {"method": method, **DESIGNS[method][0], **more}
    return Experiment(model=model, levers={"a": UNIT, "b": UNIT, "c": UNIT}, outcomes=["y"], design=design, luck="independent")


@pytest.mark.parametrize("method", DESIGNS)
def test_a_design_is_counted_in_its_own_word(method, tmp_path):
    sweep(experiment(method), tmp_path / "s", workers=0)
    record = rank_levers(tmp_path / "s")
    said, page = text_of_ranking(record), how_ranked(record, "en")
    _, size, used, size_zh, axis = DESIGNS[method]
    assert size in said and size in page and used in said and size_zh in how_ranked(record, "zh") and record["counted_in"] == COUNTED[method]
    assert "would settle it" in said or method == "factorial"  # where nothing can be told from the dummy
    view = View(sweep=sweep_of_record(record))
    for lang in ("en", "zh"):
        figure = draw("convergence", view, lang, Choice(outcome="y"))
        if axis:
            assert figure.spec["layout"]["xaxis"]["title"]["text"] == (COUNTED[method] if lang == "en" else axis)
            said += figure.reading + figure.spec["layout"]["xaxis"]["title"]["text"]
    if method != "sobol":
        assert "base row" not in said + page + record["outcomes"]["y"]["intervals"] and "基准行" not in said + how_ranked(record, "zh")


@pytest.mark.parametrize(
    ("method", "lost"), [("sobol", "31 of 32 would be lost, 1 are left"), ("factorial", "2 of 2 would be lost, 0 are left"), ("fast", "3 of 3 would be lost")]
)
def test_what_would_be_lost_is_counted_so_too(method, lost, tmp_path):
    sweep(experiment(method), tmp_path / "s", workers=0, limit=7)
    with pytest.raises(InputError, match=f"use complete {COUNTED[method]} alone: {lost}") as refusal:
        rank_levers(tmp_path / "s")
    chinese = told(str(refusal.value), "zh")
    assert not any(word in chinese for word in COUNTED.values()) and "只取完整的" in chinese


def test_what_is_gone_on_with_is_counted_so_too(tmp_path):
    said = []
    until_settled(experiment("morris", samples=16), tmp_path / "s", workers=0, most_runs=200, said=said.append)
    assert "1 outcomes are open; going on with 32 trajectories" in said and not any("base row" in line for line in said)


def test_every_design_has_its_word():
    assert set(COUNTED) == set(Method.__args__)
