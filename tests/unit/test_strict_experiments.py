"""What an experiment file says and nobody would read, or could not mean, is refused with its line and column."""

import re

import pytest

from tests.conftest import LANZHOU
from zonesim.errors import InputError
from zonesim.experiments.experiment import Experiment, load_experiment

OWN = """zonesim: 1
kind: sweep
id: own
levers:
  a: {low: 0, high: 1}
  b: B
outcomes: O
design: D
"""


@pytest.fixture
def own(tmp_path):
    def load(b="{low: 0, high: 1}", o="[h]", d="{method: latin_hypercube}"):
        path = tmp_path / "own.yaml"
        path.write_text(OWN.replace(": B", f": {b}").replace(": O", f": {o}").replace(": D", f": {d}"), encoding="utf-8")
        one = load_experiment(path, "tests.experiments.toy:ishigami")
        return one, one.design()

    return load


B = 6  # its line
CASES = [
    ({"b": '{low: "0", high: 1}'}, f"{B}:12: levers.b.low: '0' is a text; write the number without quotes"),
    ({"b": '{low: 0, high: "x"}'}, f"{B}:21: levers.b.high: 'x' is not a number"),
    ({"b": "{low: false, high: 1}"}, f"{B}:12: levers.b.low: False is not a number"),
    ({"b": "{low: 0, high: 3, kind: integer, default: 1.5}"}, f"{B}:48: levers.b.default: 1.5 is not a whole number"),
    ({"b": "{low: 0.5, high: 3, kind: integer}"}, f"{B}:12: levers.b.low: 0.5 is not a whole number"),
    ({"b": '{low: 0, high: 1, distribution: normal, mean: "0.5", sd: 1}'}, f"{B}:52: levers.b.mean: '0.5': is a text; write the number without quotes"),
    ({"b": "{low: 0, high: 1, values: [x, z]}"}, f"{B}:12: levers.b.low: is not read beside listed values"),
    ({"b": "{high: 1, values: [x, z]}"}, f"{B}:13: levers.b.high: is not read beside listed values"),
    ({"b": "{kind: boolean, low: 0, high: 1}"}, f"{B}:27: levers.b.low: is not read of a switch, which is true or false"),
    ({"b": "{low: 0, high: 1, mode: 0.5}"}, f"{B}:30: levers.b.mode: is not read by a uniform distribution"),
    ({"b": "{low: 0, high: 1, distribution: normal, mean: 0, sd: 1, mode: 0.5}"}, f"{B}:68: levers.b.mode: is not read by a normal distribution"),
    ({"b": "{low: 0, high: 1, weights: [1, 1]}"}, f"{B}:33: levers.b.weights: needs listed values"),
    ({"b": "{values: [x, z], weights: [1, 0]}"}, f"{B}:36: levers.b.weights.1: 0: the value 'z' would never be drawn; leave it out of 'values'"),
    ({"b": "{values: [x, z], weights: [1]}"}, f"{B}:32: levers.b.weights: 1 weights for 2 values (each above 0)"),
    ({"o": "[{name: h, direction: at most}]"}, "7:33: outcomes.0.direction: is not read without a 'target'"),
    ({"o": '[{name: h, target: "3"}]'}, "7:30: outcomes.0.target: '3': is a text; write the number without quotes"),
    ({"o": "[b]"}, "7:12: outcomes.0: what varies is called 'b' too; choose another"),
    ({"o": "[seed]"}, "7:12: outcomes.0: 'seed' is the name of a column of every table of runs; choose another"),
    ({"o": "[h]\nuncertainties: {b: {low: 0, high: 1}}"}, "8:20: uncertainties.b: a lever is called 'b' too"),
    ({"d": "{method: latin_hypercube, samples: 1}"}, "8:44: design.samples: 1 is too few for a 'latin_hypercube' design: 2 points or more, since one says nothing of the others"),
    ({"d": "{method: morris, samples: 1}"}, "8:35: design.samples: 1 is too few for a 'morris' design: 2 trajectories or more, since one says nothing of the others"),
    ({"d": "{method: sobol, samples: 100}"}, "8:34: design.samples: 100 is not a power of two, as a Sobol sequence needs; write 128"),
    ({"d": "{method: morris, levels: 5}"}, "8:34: design.levels: 5: a Morris design needs an even number from 4"),
    ({"d": "{method: fast, samples: 60}"}, "8:33: design.samples: 60 is too few for FAST: more than 64 (four times the square of the harmonics)"),
    ({"d": "{method: grid, levels: 1000}\nuncertainties: {c: {low: 0, high: 1}, e: {low: 0, high: 1}}"}, "8:9: design: grid gives 1e+12 points; at most 10,000,000 are planned"),
    ({"d": "{method: one_at_a_time}"}, f"{B}:6: levers.b: one at a time starts from the scenario's value, None, which is not among those that it takes; give 'default'"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "said"), CASES, ids=[said.split(": ", 1)[1][:40] for _, said in CASES])
def test_it_is_refused_with_line_and_column(own, given, said):
    with pytest.raises(InputError) as refusal:
        own(**given)
    assert any(one.endswith(f"own.yaml:{said}") for one in refusal.value.problems), refusal.value.problems


@pytest.mark.parametrize(
    "given",
    [{}, {"b": "{low: 1e-3, high: 1}"}, {"b": "{values: ['1', '2'], weights: [1, 3]}"}, {"b": "{kind: boolean}"}, {"b": "{low: 0, high: 1, default: 0}"},
     {"b": "{low: 0, high: 1, distribution: pert, mode: 0}"}, {"o": "[{name: h, target: 3, direction: at most}]"}, {"d": "{method: morris, samples: 2}"}],
)  # fmt: skip
def test_what_can_be_meant_is_not(own, given):
    assert own(**given)[1].n_rows > 1


def test_nothing_that_varies_is_said_with_its_place(tmp_path):
    path = tmp_path / "e.yaml"
    path.write_text("zonesim: 1\nkind: sweep\nid: own\nlevers: {}\noutcomes: [h]\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"e\.yaml:4:9: levers: nothing varies"):
        load_experiment(path, "tests.experiments.toy:ishigami").design()
    with pytest.raises(InputError, match=r"^levers: nothing varies"):
        Experiment(model="tests.experiments.toy:ishigami", outcomes=["h"]).design()


@pytest.fixture
def lanzhou(tmp_path):
    """Return a way to write a sweep of Lanzhou's plan beside a copy of it."""
    (tmp_path / "scenarios").mkdir()
    for name in ("baseline.yaml", "plan_2015.yaml"):
        (tmp_path / "scenarios" / name).write_bytes((LANZHOU / name).read_bytes())
    (tmp_path / "experiments").mkdir()

    def load(text):
        path = tmp_path / "experiments" / "e.yaml"
        path.write_text(f"zonesim: 1\nkind: sweep\nid: e\nscenario: ../scenarios/plan_2015.yaml\n{text}outcomes: [{{indicator: gdp}}]\n", encoding="utf-8")
        return load_experiment(path)

    return load


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("levers: {entry_gate_enabled: {low: 0, high: 1}}\n", "5:36: levers.entry_gate_enabled.low: is not read of a switch, which is true or false"),
        ('levers: {tax_increment_return_share: {low: "0"}}\n', "5:44: levers.tax_increment_return_share.low: '0' is a text; write the number without quotes"),
        ("levers: {s: {policy: tax_return, setting: start, low: 1015-01-01, high: 2016-12-31}}\n",
         "5:55: levers.s.low: 1015-01-01 is more than 20 years outside the run (2014Q1 to 2020Q4)"),
        ("levers: {s: {policy: tax_return, setting: start, low: 2015-01-01, high: 2099-12-31}}\n",
         "5:73: levers.s.high: 2099-12-31 is more than 20 years outside the run (2014Q1 to 2020Q4)"),
        ("levers: {s: {policy: tax_return, setting: start, values: [2015-01-01, 2099-12-31]}}\n",
         "5:71: levers.s.values.1: 2099-12-31 is more than 20 years outside the run (2014Q1 to 2020Q4)"),
        ("settings:\n  policies.tax_return.nosuch: 3\nlevers: {tax_increment_return_share: }\n",
         "6:31: policies.tax_return.nosuch: no such setting of tax_increment_return"),
        ("settings: {policies.tax_retrun.start: 2015-01-01}\nlevers: {tax_increment_return_share: }\n",
         "5:39: settings.policies.tax_retrun.start: no 'tax_retrun' in policies; did you mean 'tax_return'?"),
    ],
)  # fmt: skip
def test_a_fault_of_a_sweep_of_a_scenario_has_its_place_in_the_sweep(lanzhou, text, said):
    with pytest.raises(InputError) as refusal:
        lanzhou(text)
    assert any(re.fullmatch(rf".*/e\.yaml:{re.escape(said)}.*", one) for one in refusal.value.problems), refusal.value.problems
    assert "--set" not in str(refusal.value)


def test_a_shorter_horizon_in_a_file_leaves_later_targets_out_as_on_the_command_line(lanzhou):
    text = "settings: {horizon.end: 2015Q4TARGETS}\nlevers: {tax_increment_return_share: }\n"
    for more in ("", ", targets: []"):
        assert lanzhou(text.replace("TARGETS", more)).subject.scenario.targets == ()
