"""Every point of a sweep can be run by itself: what an experiment moves, ``--set`` moves too, to the bit."""

import json
import shlex

import numpy as np
import pytest
from click.testing import CliRunner

from tests.conftest import LANZHOU, ROOT
from zonesim.cli import app
from zonesim.errors import InputError
from zonesim.experiments.experiment import fixed_settings, is_experiment, load_experiment
from zonesim.experiments.records import OK
from zonesim.experiments.store import Store
from zonesim.experiments.stored import command_of, table
from zonesim.experiments.subject import BASELINE
from zonesim.experiments.sweep import sweep
from zonesim.results import read_parquet
from zonesim.scenario import load_scenario
from zonesim.scenario.vary import find_slot, vary

SHIPPED = sorted(path.name for path in (ROOT / "experiments").glob("*.yaml") if is_experiment(path))
SCENARIOS = ROOT / "scenarios"


def facts(scenario):
    """Return all of a scenario that a run reads, without where its figures come from."""

    def bare(node):
        if isinstance(node, dict):
            return bare(node["value"]) if "value" in node else {key: bare(one) for key, one in node.items()}
        return [bare(one) for one in node] if isinstance(node, list) else node

    parameters = {name: one.model_dump() for name, one in scenario.parameters.items()}
    policies = [
        (one.label, one.name, one.clause, one.start, one.end, one.first_quarter, one.last_quarter, one.covered.tobytes(), one.industries.tobytes(),
         {key: (s.value, s.by_place, s.schedule) for key, s in one.settings.items()})
        for one in scenario.instruments
    ]  # fmt: skip
    opening = bare(scenario.founding.model_dump()), bare(scenario.region.model_dump())
    return scenario.start, scenario.end, opening, parameters, policies, scenario.enterprises_list


def told(changes):
    """Return changes as ``--set`` takes them; a policy that is left out comes last."""
    return [f"{path}={json.dumps(value)}" for path, value in sorted(changes.items(), key=lambda one: one[0].endswith(".enabled"))]


@pytest.mark.parametrize("name", SHIPPED)
def test_set_says_every_point_of_what_ships(name):
    experiment = load_experiment(ROOT / "experiments" / name)
    design, chosen = experiment.design(), np.random.default_rng(4)
    rows = {0, design.n_rows - 1, *chosen.integers(0, design.n_rows, 4).tolist()}
    for row in sorted(rows):
        changes = {path: one.value(design.number[row, i]) for i, one in enumerate(design.factors) for path in one.paths}
        given = [*fixed_settings(experiment.document.settings, False), *told(changes)]
        assert facts(load_scenario(experiment.files[0], given)) == facts(vary(experiment.subject.scenario, changes)), (name, row)


PARTS = [
    ("sanming/sanming_2024.yaml", "policies.main_business.social_function_stripping_share", ["every", "scale", "2025Q3", "2025-07-01"], 0.5),
    ("zhangye/zhangye_2018.yaml", "policies.delegation_pilot_of_minle.delegation_pilot_rollout", ["every", "others", "minle_zone"], 3),
    ("zhangye/zhangye_2018.yaml", "policies.delegation_pilot_of_minle.delegation_pilot_rollout", ["scale"], 1.3),
    ("lanzhou/plan_2015.yaml", "policies.tax_return.enabled", [""], False),
    ("lanzhou/plan_2015.yaml", "policies.tax_return.enabled", [""], True),
    ("lanzhou/plan_2015.yaml", "policies.tax_return.start", [""], "2016-04-01"),
    ("lanzhou/plan_2015.yaml", "policies.tax_return.tax_increment_base_rule", [""], "fixed"),
    ("lanzhou/plan_2015.yaml", "parameters.exit.level", [""], 1.2),
    ("lanzhou/plan_2015.yaml", "parameters.founding.pipeline", [""], 5),
    ("lanzhou/plan_2015.yaml", "founding.city.employment", [""], None),
]


@pytest.mark.parametrize(("file", "path", "parts", "value"), PARTS)
def test_set_takes_every_kind_of_setting_and_every_part_of_one(file, path, parts, value):
    scenario = load_scenario(SCENARIOS / file)
    for part in parts:
        slot = find_slot(scenario, f"{path}@{part}" if part else path)
        new = slot.default * 1.01 if value is None else value
        new = round(new) if slot.kind == "integer" else new
        assert slot.check(new, scenario) is None
        varied = vary(scenario, {slot.path: new})
        assert facts(load_scenario(SCENARIOS / file, [f"{path}@{part}={json.dumps(new)}" if part else f"{path}={json.dumps(new)}"])) == facts(varied), part
        assert (facts(varied) != facts(scenario)) == (new != slot.default), part


@pytest.mark.parametrize(
    ("file", "given", "said"),
    [
        ("lanzhou/plan_2015.yaml", "policies.tax_retrun.enabled=false", "no policy 'tax_retrun'; did you mean 'tax_return'"),
        ("lanzhou/plan_2015.yaml", "policies.tax_return.enabled=0", "0 is not true or false"),
        ("lanzhou/plan_2015.yaml", "policies.tax_return.tax_increment_return_share@scale=2", "has one value in this scenario"),
        (
            "sanming/sanming_2024.yaml",
            "policies.main_business.social_function_stripping_share@2025Q4=0.5",
            "no part '2025Q4'.*parts: every, scale, 2024Q3, 2025Q3",
        ),
        ("sanming/sanming_2024.yaml", "policies.main_business.social_function_stripping_share@scale=true", "True is not a number"),
        ("lanzhou/plan_2015.yaml", "founding.city.employment=-3", "employment"),
        ("lanzhou/plan_2015.yaml", "policies.enabled=false", "policies.enabled"),
        ("zhangye/zhangye_2018.yaml", "policies.delegation_pilot_of_minle.delegation_pilot_rollout@=3", "write a part and its value"),
        ("zhangye/zhangye_2018.yaml", "policies.delegation_pilot_of_minle.delegation_pilot_rollout@minle_zone=null", "write a part and its value"),
    ],
)
def test_a_wrong_setting_is_refused_with_what_is_there(file, given, said):
    with pytest.raises(InputError, match=said):
        load_scenario(SCENARIOS / file, [given])


SMALL = """
zonesim: 1
kind: sweep
id: trial
scenario: ../scenarios/plan_2015.yaml
baseline: ../scenarios/baseline.yaml
settings: {horizon.end: 2016Q4, founding.scale: 20, targets: []}
levers:
  tax_increment_return_share:
  gate: {policy: [entry_gate, tax_return], setting: enabled}
  starts: {policy: tax_return, setting: start, low: 2015-01-01, high: 2016-06-30}
  tax_increment_base_rule:
uncertainties:
  exit.level:
  founding.city.employment:
outcomes: [{indicator: gdp, place: region, period: "2016"}, {indicator: employment, place: etdz, period: 2016Q2}]
design: {method: latin_hypercube, samples: 3}
luck: by_row
seed: 9
"""


@pytest.mark.slow
def test_the_command_that_a_record_names_repeats_its_run_to_the_bit(tmp_path):
    for folder in ("experiments", "scenarios"):
        (tmp_path / folder).mkdir()
    for name in ("plan_2015.yaml", "baseline.yaml"):
        (tmp_path / "scenarios" / name).write_bytes((LANZHOU / name).read_bytes())
    path = tmp_path / "experiments" / "e.yaml"
    path.write_text(SMALL, encoding="utf-8")
    sweep(path, tmp_path / "store", workers=0)
    with Store(tmp_path / "store") as store:
        jobs, rows, outcomes = list(store.jobs(statuses=(OK,))), table(store), store.outcomes()
        commands = [command_of(store, job) for job in jobs]
    assert {(job.role, job.values.get("gate")) for job in jobs} == {(0, True), (0, False), (1, None)}
    for job, command in zip(jobs, commands, strict=True):
        words = shlex.split(command)[1:]
        words[-1] = str(tmp_path / words[-1])
        done = CliRunner().invoke(app, words, catch_exceptions=False)
        assert done.exit_code == 0, done.output
        found = read_parquet(tmp_path / f"run_{job.id}" / "indicators.parquet").set_index(["indicator", "place", "period"])["value"]
        row = next(one for one in rows.to_dict(orient="records") if one["seed"] == job.seed and all(one[key] == value for key, value in job.values.items()))
        for name in outcomes:
            assert found[tuple(name.split("."))] == row[f"baseline.{name}" if job.role == BASELINE else name], (job, name)
    shown = CliRunner().invoke(app, ["rerun", str(tmp_path / "store"), "--run", str(jobs[0].id)], catch_exceptions=False)
    assert commands[0] in shown.output


def test_a_seed_of_one_run_is_not_that_of_several(tmp_path):
    done = CliRunner().invoke(app, ["run", str(LANZHOU / "baseline.yaml"), "-n", "2", "--run-seed", "3", "--out", str(tmp_path / "r")])
    assert isinstance(done.exception, InputError) and "--run-seed is the seed of one run" in str(done.exception) and not (tmp_path / "r").exists()


def test_a_bare_value_takes_the_place_of_one_that_is_explained():
    """Nearly every lever of a package stands with its reason and range, which a value on the command line need not repeat."""
    plan = load_scenario(LANZHOU / "plan_2015.yaml", ["policies.land_revenue_first_for_works.land_revenue_reinvest_share=0.05"])
    one = next(each for each in plan.instruments if each.label == "land_revenue_first_for_works").settings["land_revenue_reinvest_share"]
    assert (one.value, one.range[0]) == (0.05, 0.05) and one.assumption
