"""Every file of the catalogue of questions says what it asks, what the documents say of it, and what is read, in both languages.

The 57 ids are those of the policy catalogue; X-4 stands in a file for each package, and X-3 and X-4 have a second look as a sweep.
"""

import re
import shutil

import pytest
from click.testing import CliRunner

from tests.conftest import ROOT
from zonesim.cli import app
from zonesim.errors import InputError
from zonesim.experiments.counterfactual import is_counterfactual, read_document
from zonesim.experiments.experiment import load_experiment
from zonesim.indicators import DERIVED, INDICATORS
from zonesim.policies.clauses import miscited

FOLDER = ROOT / "experiments"
IDS = [f"{package}-{k}" for package, n in (("ZY", 9), ("HB", 9), ("PL", 8), ("SM", 10), ("LZ", 11), ("X", 10)) for k in range(1, n + 1)]
FILES = sorted(path for path in FOLDER.glob("*.yaml") if path.stem.split("_")[0] in IDS)


def test_every_id_of_the_catalogue_has_a_file():
    assert len(IDS) == 57 and {path.stem.split("_")[0] for path in FILES} == set(IDS)


def is_chinese(text):
    return any("\u4e00" <= c <= "\u9fff" for c in text)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_states_its_question_the_claim_and_what_is_read(path):
    document = read_document(path)[0] if is_counterfactual(path) else load_experiment(path).document  # tests/unit/test_counterfactuals.py builds the arms
    assert document.question is not None and document.claim is not None
    for text in (document.question, document.claim):
        assert is_chinese(text.zh) and not is_chinese(text.en) and len(text.en) > 5
    assert document.question.zh.endswith("？") and document.question.en.endswith("?")
    assert re.match(r"00[0-4]§", document.claim.clause) and not miscited(document.claim.clause), "a claim names a clause of the documents"
    readings = document.read if is_counterfactual(path) else document.outcomes
    named = [one.indicator for one in readings if one.indicator]
    assert readings and named and set(named) <= set(INDICATORS) | set(DERIVED)


def test_the_list_shows_what_a_sweep_asks():
    done = CliRunner().invoke(app, ["counterfactuals", "--folder", str(FOLDER)], catch_exceptions=False)
    (line,) = (one for one in done.output.splitlines() if one.startswith("X-4 "))
    assert "哪些对哪项产出要紧？" in line and "Which of the first-class numbers of the Lanzhou plan matter" in line and "zonesim rank" in line


def test_a_sweep_whose_claim_names_no_clause_is_refused_with_its_place(tmp_path):
    shutil.copytree(ROOT / "scenarios" / "lanzhou", tmp_path / "scenarios" / "lanzhou")
    path = tmp_path / "experiments" / "X-4.yaml"
    path.parent.mkdir()
    text = (FOLDER / "X-4.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("clause: 004§2a}", "clause: 004§2z}", 1), encoding="utf-8")
    with pytest.raises(InputError, match=r"X-4\.yaml:\d+:\d+: claim\.clause: '004§2z' is no clause of document 004"):
        load_experiment(path)
