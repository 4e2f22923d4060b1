"""Models that carry data (objects, methods, partials): a sweep goes on in another process, and other data are another model."""

import functools
import subprocess
import sys

import pandas as pd
import pytest

from tests.conftest import ROOT
from zonesim.errors import InputError
from zonesim.experiments.experiment import Experiment
from zonesim.experiments.exported import export
from zonesim.experiments.imports import sources_of
from zonesim.experiments.store import Store
from zonesim.experiments.sweep import sweep


class Scaled:
    def __init__(self, k):
        self.k = k

    def __call__(self, settings, seed):
        return {"a": settings["p"] * self.k}

    def run(self, settings, seed):
        return self(settings, seed)


def scaled(settings, seed, k=1):
    return {"a": settings["p"] * k}


MADE = {"object": Scaled, "method": lambda k: Scaled(k).run, "partial": lambda k: functools.partial(scaled, k=k)}


def experiment(model):
    return Experiment(model=model, levers={"p": {"low": 0, "high": 1}}, outcomes=["a"], design={"method": "grid", "levels": 8})


@pytest.mark.parametrize("kind", [kind if kind == "object" else pytest.param(kind, marks=pytest.mark.slow) for kind in MADE])
def test_a_sweep_of_what_carries_data_goes_on_in_another_process_and_not_with_other_data(tmp_path, kind):
    program = (
        f"import sys; from tests.experiments.test_called import *; "
        f"print(sweep(experiment(MADE['{kind}'](2)), sys.argv[1], workers=0, limit=int(sys.argv[2])).counts['ok'])"
    )
    for limit, done in ((3, "3"), (100, "8")):
        said = subprocess.run([sys.executable, "-c", program, str(tmp_path / "s"), str(limit)], cwd=ROOT, capture_output=True, text=True)
        assert said.stdout.strip() == done, said.stderr
    with pytest.raises(InputError, match=r"subject\.model: tests\.experiments\.test_called:"):
        sweep(experiment(MADE[kind](3)), tmp_path / "s", workers=0)


@pytest.mark.parametrize("kind", MADE)
def test_workers_have_what_a_model_carries(tmp_path, kind):
    assert sweep(experiment(MADE[kind](2)), tmp_path / "s", workers=1).counts["ok"] == 8
    assert sources_of(MADE[kind](2)).model == sources_of(scaled).model  # a change of the file is noticed


@pytest.mark.parametrize("model, said", [(3, "is a int, not a function"), (functools.partial(scaled, k=(one for one in ())), "cannot be pickled")])
def test_what_cannot_be_called_or_told_from_others_is_refused(model, said):
    with pytest.raises(InputError, match=said):
        experiment(model)


def wordy(settings, seed):
    raise type("E" + "x" * 5000, (Exception,), {})("loud")


def added_up(settings, seed):
    return {"total": settings["int"] + settings["str8"]}


def test_the_name_of_an_exception_is_cut_as_its_message_is(tmp_path):
    sweep(experiment(wordy), tmp_path / "s", workers=0)
    with Store(tmp_path / "s") as store:
        failure = store.status().failures[0]
    assert failure["type"] == f"E{'x' * 76}..." and failure["message"] == "loud"


@pytest.mark.filterwarnings("error")
def test_factors_that_are_words_of_stata_have_other_names_there(tmp_path):
    unit = {"low": 0, "high": 1}
    one = Experiment(model=added_up, levers={"int": unit, "str8": unit}, outcomes=["total"], design={"method": "latin_hypercube", "samples": 4})
    sweep(one, tmp_path / "s", workers=0)
    with Store(tmp_path / "s") as store:
        export(store, tmp_path / "e.dta")
    kept = pd.read_stata(tmp_path / "e.dta")
    assert (abs(kept["v_int"] + kept["v_str8"] - kept["total"]) < 1e-9).all()
