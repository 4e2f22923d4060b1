"""What is read late is there when somebody asks for it: of SciPy, and of code in Numba's cache."""

import os
import subprocess
import sys

from tests.conftest import ROOT


def said(code, **variables):
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env={**os.environ, **variables}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_a_run_does_without_scipys_linear_algebra_and_who_asks_has_it():
    code = (
        "import sys, zonesim.draws; from zonesim.draws import uniform; uniform(1, 2, 3, 4, 5); before = 'scipy.linalg._basic' in sys.modules;"
        "import scipy.linalg; inverse = scipy.linalg.inv([[2.0]]); from scipy.linalg import *; print(before, inverse[0, 0], solve([[4.0]], [2.0])[0])"
    )
    assert said(code) == ["False", "0.5", "0.5"]


def test_numbas_own_linear_algebra_still_works():
    code = "import zonesim.compiled, numba, numpy as np; f = numba.njit(lambda a: np.dot(a, np.linalg.inv(a))); print(f(2 * np.eye(2)).tolist() == np.eye(2).tolist())"
    assert said(code) == ["True"]


def test_code_of_the_cache_is_linked_with_what_is_compiled_later(tmp_path):
    (tmp_path / "kept.py").write_text("from zonesim.compiled import rule\n\n\n@rule\ndef twice(x):\n    return 2.0 * x\n")
    code = (
        "from kept import twice; first = twice(1.5); library = next(iter(twice.overloads.values())).library; unread = library._unread is not None;"
        "import numba; more = numba.njit(lambda x: twice(x) + 1.0); print(first, more(2.5), more(3), unread, sum(twice.stats.cache_hits.values()))"
    )
    variables = {"NUMBA_CACHE_DIR": str(tmp_path / "cache"), "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
    assert said(code, **variables) == ["3.0", "6.0", "7.0", "False", "0"]
    assert said(code, **variables) == ["3.0", "6.0", "7.0", "True", "2"]


def test_the_program_says_all_and_cleans_up_before_it_ends():
    code = (
        "import atexit, sys, tempfile; from zonesim.cli import console; atexit.register(print, 'left'); sys.argv = ['zonesim', 'levers'];"
        "console(); print('never')"
    )
    words = said(code)
    assert words[-1] == "left" and len(words) > 2000 and "never" not in words


def test_the_program_waits_for_those_who_are_still_at_work():
    code = (
        "import sys, threading, time; from zonesim.cli import console; sys.argv = ['zonesim', '--version'];"
        "threading.Thread(target=lambda: (time.sleep(0.5), print('done'))).start(); console()"
    )
    assert said(code)[-1] == "done"
