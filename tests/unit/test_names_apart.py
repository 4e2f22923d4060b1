"""Scenarios of one name that differ in settings are told apart by what differs, in legends and in the summary."""

import pytest

from tests.conftest import LANZHOU
from zonesim.experiments.study import study
from zonesim.report.figures import draw
from zonesim.report.summary import at_a_glance, sentences
from zonesim.report.view import View
from zonesim.report.words import LANGS
from zonesim.scenario import load_scenario

SHORT = ["horizon.end=2015Q4", "founding.scale=50"]
SHARE = "policies.tax_return.tax_increment_return_share"


def plan(*settings):
    return load_scenario(LANZHOU / "plan_2015.yaml", [*SHORT, *settings])


@pytest.fixture(scope="module")
def baseline():
    return load_scenario(LANZHOU / "baseline.yaml", SHORT)


def named(*studies):
    return {lang: [scene.name(lang) for scene in View(studies).scenes] for lang in LANGS}


@pytest.mark.slow
def test_settings_changed_on_the_command_line_stand_in_the_name(baseline):
    whole = study([baseline, plan(), plan("id=third", f"{SHARE}=0.3")], 2, 1, workers=1)
    more = study([baseline, plan(f"{SHARE}=0.1")], 2, 1, workers=1)  # of the same id
    names = named(whole, more)
    for lang in LANGS:
        own = names[lang]
        assert len(set(own)) == 4 and not any(name.endswith((" 2", " 3")) for name in own), own
        assert own[2].startswith(own[1]) and own[3].startswith(own[1]) and not own[1].endswith(("）", ")"))
        of = load_scenario(LANZHOU / "plan_2015.yaml").resolved["policies"]["tax_return"]["tax_increment_return_share"]
        before = f"{100 * of['value']:g}{'%' if lang == 'zh' else ' %'}" if isinstance(of, dict) and 0 < of["value"] < 1 else None
        assert before is None or before in own[2]
        assert ("30%" if lang == "zh" else "30 %") in own[2] and ("10%" if lang == "zh" else "10 %") in own[3], own
        view = View([whole, more])
        drawn = draw("time", view, lang)
        assert all(any(name in str(trace.get("name", "")) for trace in drawn.spec["data"]) for name in own), "the legend has them"
        assert {row[0] for row in at_a_glance(view, lang).rows} == set(own)
        assert set(own[1:]) <= {heading for heading, _ in sentences(view, lang)}


def test_many_changes_are_told_in_part_and_counted(baseline):
    many = plan("id=many", f"{SHARE}=0.3", "policies.tax_return.start=2015-07-01")
    names = named(study([baseline, plan(), many], 1, 1, workers=1))
    assert "30%" in names["zh"][2] and "、" in names["zh"][2] and "2015" in names["zh"][2], names
    assert len(names["zh"][2]) < len(names["zh"][1]) + 60


def test_where_nothing_differs_a_number_is_left(baseline):
    one, other = (study([baseline, plan()], 1, 1, workers=1) for _ in range(2))
    other.run["scenarios"][1]["resolved"] = {**other.run["scenarios"][1]["resolved"], "description": "the same again"}  # which changes nothing in a run
    names = named(one, other)
    for lang in LANGS:
        assert names[lang][2] == f"{names[lang][1]} 2"
