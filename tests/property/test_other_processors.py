"""Another processor rounds the last bits of exponentials and logarithms another way; what comes out stays the same for all that anybody reads."""

import json
import os
import subprocess
import sys

import numpy as np
import pytest

from tests.conftest import ROOT

CODE = """
import json, sys
from zonesim.model import ZoneModel
from zonesim.scenario import load_scenario
model = ZoneModel(load_scenario("scenarios/lanzhou/plan_2015.yaml", ["founding.scale=10"]), 1)
told = []
for _ in range(20):
    model.step()
    e = model.world.enterprises
    told.append([float(one) for one in model.totals] + [float(e.live(name).sum()) for name in ("id", "place", "land", "capital", "profit")])
print(json.dumps(told))
"""
WITHOUT = {"NPY_DISABLE_CPU_FEATURES": "X86_V4 AVX512_ICL AVX512_SPR", "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-AVX512F"}
"""What lets NumPy and the library of C take the code for older processors; a name that this one does not know is passed over."""


def quarters_of(**environment):
    done = subprocess.run([sys.executable, "-c", CODE], cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return np.array(json.loads(done.stdout))


@pytest.mark.slow
def test_an_older_processor_gives_the_same_heads_land_and_places_and_money_to_ten_digits():
    here, older = quarters_of(), quarters_of(**WITHOUT)
    whole = [1, 2, 4, 5, 6]  # persons, enterprises, who is there, where, on what land
    assert np.array_equal(here[:10, whole], older[:10, whole])
    assert older[:10] == pytest.approx(here[:10], rel=1e-10)
    assert older[-1] == pytest.approx(here[-1], rel=1e-3)  # a choice between places that are worth the same may have fallen out otherwise by then
