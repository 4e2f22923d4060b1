"""A park that is too small for the enterprises which the published figures put into it is told, before it is run and after."""

import re

import pytest
from click.testing import CliRunner

from tests.conftest import LANZHOU
from zonesim.cli import app
from zonesim.experiments.study import study
from zonesim.founding.misfit import misfits, opening_misfits
from zonesim.founding.opening import found
from zonesim.report.document import document
from zonesim.report.texts import say
from zonesim.report.texts.messages import told
from zonesim.report.view import View
from zonesim.scenario import load_scenario

TIGHT = "region.parks.anning_park.planned_km2=0.001"
SHORT = ("horizon.end=2014Q4", "founding.scale=20")


def tight(*more):
    return load_scenario(LANZHOU / "plan_2015.yaml", [TIGHT, *SHORT, "targets=[]", *more])


@pytest.mark.parametrize(("scaled", "said"), [(-0.49, 0), (-0.51, 1), (-0.9, 1)])
def test_more_than_a_half_is_told_with_place_and_figure(scaled, said):
    told_of = list(misfits(tight(), {"land_scaled_0": scaled, "employment": -0.9, "planned_area_exceeded_0": 3.0}))
    assert len(told_of) == said
    if said:
        assert "region.parks.anning_park.planned_km2: 0.001 km2" in told_of[0] and f" {100 * (1 + scaled):.2g} % of the land" in told_of[0]


def test_what_is_told_unrun_is_what_the_opening_world_knows():
    one = tight()
    world = found(one.region, one.founding, one.parameters, 1, one.start)
    assert opening_misfits(one) == list(misfits(one, world.founding)) != []
    assert opening_misfits(load_scenario(LANZHOU / "plan_2015.yaml")) == []


def test_the_check_warns_in_both_languages():
    plan = str(LANZHOU / "plan_2015.yaml")
    english = CliRunner().invoke(app, ["--messages", "en", "check", plan, "--set", TIGHT])
    assert english.exit_code == 0 and re.search(r"warning: .*region\.parks\.anning_park\.planned_km2: 0\.001 km2", english.output)
    chinese = CliRunner().invoke(app, ["--messages", "zh", "check", plan, "--set", TIGHT])
    assert "容不下开局的企业" in chinese.output
    assert "planned_km2" not in CliRunner().invoke(app, ["check", plan]).output


def test_a_run_warns_and_its_report_says_so(tmp_path):
    results = study([tight()], 1, 1)
    (warning,) = [one for one in results.run["warnings"] if "planned_km2" in one]
    for lang in ("zh", "en"):
        made = document(View([results]), lang)
        assert told(warning, lang) in made.cautions
        founding = dict(made.facts)[say("provenance.founding", lang)]
        assert say("residual.land_scaled", lang) in founding
    said = CliRunner().invoke(
        app, ["run", str(LANZHOU / "plan_2015.yaml"), "--out", str(tmp_path / "out"), *(f"--set={one}" for one in (TIGHT, *SHORT, "targets=[]"))]
    )
    assert said.exit_code == 0 and "region.parks.anning_park.planned_km2" in said.output
