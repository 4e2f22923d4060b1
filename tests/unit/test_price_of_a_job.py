"""What is said of support over jobs: a price only where there is one."""

from types import SimpleNamespace

import pandas as pd
import pytest

from zonesim.report.scenes import Scene
from zonesim.report.summary import _cost, sentences

HALF = Scene("half", "五五", "half")


def said(total, price, lang):
    rows = [
        {"scenario": "half", "payer": "all", "kind": "support passed on", "unit": "10k CNY", "value": total, "low": total, "high": total},
        {"scenario": "half", "payer": "all", "kind": "support per additional job", "unit": "10k CNY/job", "value": price, "low": price, "high": price},
    ]
    return _cost(SimpleNamespace(has={"costs"}, costs=pd.DataFrame(rows), run={"start": "2021Q1", "end": "2026Q4"}), HALF, lang)


@pytest.mark.parametrize(
    ("total", "price", "en", "zh"),
    [
        (1260.0, 4.2, "42.0k CNY per additional job", "每个净增岗位 4.20万元"),
        (1260.0, -0.517, "Support rises and jobs are lost", "支持增加而岗位净减少"),
        (-1260.0, -0.517, "Support falls and jobs are gained", "支持减少而岗位净增加"),
        (-1260.0, 0.517, "less for each job lost", "每少一个岗位少支持 0.517万元"),
        (480.0, float("nan"), "may be zero", "可能为零"),
    ],
)
def test_money_for_jobs_that_are_lost_is_no_price_of_a_job(total, price, en, zh):
    assert en in said(total, price, "en") and zh in said(total, price, "zh")
    assert ("per additional job" in said(total, price, "en")) == (total > 0 and price > 0)


def test_what_support_counts_is_said_once_where_the_table_says_it():
    rows = [
        {"scenario": one, "payer": "all", "kind": "support passed on", "unit": "10k CNY", "value": 5.0, "low": 4.0, "high": 6.0} for one in ("half", "none")
    ]
    reforms = [HALF, Scene("none", "不留", "none")]
    view = SimpleNamespace(has={"costs"}, costs=pd.DataFrame(rows), run={"start": "2021Q1", "end": "2026Q4"}, scenes=[], reforms=reforms, sweep=None)
    assert not any("equity" in text for _, text in sentences(view, "en"))
    view.costs["counted"] = "total"
    for lang, text in (("en", "(each yuan once); loans, equity, fund capital"), ("zh", "每元只计一次")):
        assert [text in one for _, one in sentences(view, lang)] == [False, True]
