"""The commands as a user runs them: outputs, messages, exit codes."""

import contextlib
import io
import json
import os
import signal
import subprocess
import sys
import time

import pytest

from tests.conftest import LANZHOU, ROOT
from zonesim.results import Results, digest

SHORT = ["--set", "horizon.end=2017Q4"]
ENV = {**os.environ, "PYTHONPATH": str(ROOT)}


def zonesim(*arguments, flags=(), cwd=ROOT, **more):
    command = [sys.executable, *flags, "-c", "from zonesim.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, env=ENV, timeout=300, check=False, **more)


def command(*arguments):
    """Run the command in this process, where a test is about what is said and written and not about the process: starting one takes longer than most commands."""
    from zonesim.cli import main

    code, out, errors = 0, io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(out), contextlib.redirect_stderr(errors):
        patch.setattr(sys, "argv", ["zonesim", *map(str, arguments)])
        try:
            main()
        except SystemExit as ended:
            code = ended.code
    return subprocess.CompletedProcess(arguments, code, out.getvalue(), errors.getvalue())


def test_help_and_lists_are_there():
    done = zonesim("--help")
    assert done.returncode == 0
    for name in ("run", "compare", "check", "diff", "levers", "indicators", "import", "report"):
        assert name in done.stdout
    rows = json.loads(command("levers", "--json").stdout)
    assert len(rows) >= 56
    needed = {"id", "group", "tier", "instrument", "setting", "type", "unit", "low", "high", "default", "clauses", "zh", "en", "terms", "read_by", "claims"}
    assert all(needed <= set(row) for row in rows)
    assert len(json.loads(command("indicators", "--json").stdout)) > 40
    heavy = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", "from zonesim.cli import app; app(['--help'], standalone_mode=False)"],
        capture_output=True,
        text=True,
        env=ENV,
        check=True,
    )
    for package in ("numba", "mesa", "pandas", "plotly", "scipy", "pydantic"):
        assert f"| {package}\n" not in heavy.stderr, package


def test_what_is_set_for_a_comparison_keeps_its_runs_paired(tmp_path):
    """Horizon, opening and parameters hold for baseline and reform: until the plan begins, the two are the same run."""
    out = tmp_path / "out"
    sets = ["--set", "founding.scale=20", "--set", "horizon.end=2014Q4", "--set", "targets=[]", "--set", "parameters.location.stay=2"]
    done = command("compare", LANZHOU / "baseline.yaml", LANZHOU / "plan_2015.yaml", "-n", "2", "--workers", "1", "--out", out, *sets)
    assert done.returncode == 0, done.stderr
    effects = Results.load(out).effects
    assert len(effects) > 100
    assert (effects["effect"].fillna(0.0) == 0.0).all()


def test_mistakes_are_told_in_the_language_of_the_reader(monkeypatch):
    wrong = ["check", LANZHOU / "plan_2015.yaml", "--set", "horizon.end=2010Q4"]
    english, chinese = (command("--messages", lang, *wrong) for lang in ("en", "zh"))
    assert english.returncode == chinese.returncode == 2
    assert english.stderr.startswith("error: ") and "is before the start" in english.stderr
    assert chinese.stderr.startswith("错误\uff1a") and "早于开始日期" in chinese.stderr and "is before" not in chinese.stderr
    option = command("--messages", "zh", "check", "--nothing")
    assert option.returncode == 2 and "错误\uff1a没有选项" in option.stderr
    monkeypatch.setenv("ZONESIM_LANG", "zh")
    assert command("levers", "--lever", "nothing_like_this").stderr.startswith("错误\uff1a--lever nothing_like_this: 没有这个政策参数")


@pytest.mark.slow
def test_compare_writes_everything_and_says_where(tmp_path):
    out = tmp_path / "out"
    plan = LANZHOU / "plan_2015.yaml"
    short = tmp_path / "lanzhou"
    short.mkdir()
    for name in ("baseline.yaml", "plan_2015.yaml"):
        (short / name).write_text((LANZHOU / name).read_text(encoding="utf-8").replace("end: 2020Q4", "end: 2017Q4"), encoding="utf-8")
    done = zonesim("compare", short / "baseline.yaml", short / "plan_2015.yaml", "-n", "3", "--out", out, "--check", "--workers", "2")
    assert done.returncode == 0, done.stderr
    assert plan.exists() and "report.html" in done.stdout and "gdp" in done.stdout and "all targets" in done.stdout
    results = Results.load(out)
    assert list(results.indicators.columns) == ["scenario", "replication", "period", "level", "place", "indicator", "value", "unit"]
    assert list(results.ledger.columns) == ["scenario", "replication", "quarter", "payer", "payee", "kind", "cause", "amount"]
    assert {"place", "indicator", "period", "baseline", "reform", "effect", "low", "high", "n", "unit"} <= set(results.effects.columns)
    assert results.run["checks"]["quarters_checked"] == 2 * 3 * 16 and results.run["checks"]["worst_residual"] < 1e-12
    assert results.run["digest"] == digest(results)
    causes = set(results.ledger["cause"].astype(str))
    assert {"004§3.10.5", "004§3.10.4"} <= causes
    assert (results.ledger["amount"] > 0).all()
    one = results.effects
    before = one[one["period"].isin(["2014Q1", "2014Q4", "2014"])]
    assert (before["effect"] == 0).all() and (before["low"] == 0)[before["n"] > 1].all() and before["low"].isna()[before["n"] == 1].all()
    assert set(one["n"]) <= {1, 2, 3} and (one.loc[one["indicator"] == "gdp", "n"] == 3).all()  # means of nothing are missing in some runs, sums in none
    again = zonesim("report", out, "--lang", "en", "--out", tmp_path / "r.html")
    assert again.returncode == 0 and (tmp_path / "r.html").stat().st_size < 12_000_000


@pytest.mark.slow
def test_run_under_optimised_python_checks_all_the_same(tmp_path):
    done = zonesim("run", LANZHOU / "plan_2015.yaml", "--out", tmp_path / "o", "--check", *SHORT, flags=("-O",))
    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / "o" / "run.json").read_text())["checks"]["quarters_checked"] == 16


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("run", "nowhere.yaml", "--out", "x"), "No such file"),
        (("run", LANZHOU / "plan_2015.yaml"), "--out"),
        (("rum",), "rum"),
        (("check", LANZHOU / "plan_2015.yaml", "--set", "policies.tax_return.tax_increment_return_share=1.7"), "above 1"),
        (("compare", LANZHOU / "plan_2015.yaml", LANZHOU / "plan_2015.yaml", "--out", "x"), "two scenarios"),
        (("report", "nowhere"), "no results"),
        (("levers", "--group", "fiscl"), "fiscal"),
        (("levers", "--prove", "--group", "fiscal", "--lever", "award_amount"), "none of the group fiscal"),
        (("levers", "--prove", "--lever", "award_amount", "--minutes", "nan"), "not a number"),
        (("levers", "--prove", "--lever", "award_amount", "--minutes", "inf"), "--minutes"),
        (("counterfactuals", "run", "lz-1", "--folder", ROOT / "experiments"), "did you mean 'LZ-1'?"),
        (("run", LANZHOU / "plan_2015.yaml", "--out", LANZHOU / "plan_2015.yaml", *SHORT), "file"),
    ],
    ids=lambda x: str(x)[:40],
)
def test_a_users_mistake_is_code_2_without_a_traceback(arguments, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = command(*arguments)
    assert done.returncode == 2, done.stderr
    assert said in done.stderr and "Traceback" not in done.stderr


def test_a_mistake_is_the_exit_code_of_the_process(tmp_path):
    done = zonesim("check", "nowhere.yaml", cwd=tmp_path)
    assert done.returncode == 2 and "No such file" in done.stderr and "Traceback" not in done.stderr


def test_check_and_diff():
    done = command("check", LANZHOU / "baseline.yaml", LANZHOU / "plan_2015.yaml")
    assert done.returncode == 0 and done.stdout.count(": ok") == 2
    done = command("diff", LANZHOU / "baseline.yaml", LANZHOU / "plan_2015.yaml")
    assert "tax_increment_return_share: None -> 0.7  (004§3.10.5)" in done.stdout


@pytest.mark.slow
def test_interrupt_is_130_and_leaves_nothing(tmp_path):
    command = [sys.executable, "-c", "from zonesim.cli import main; main()", "run", str(LANZHOU / "plan_2015.yaml"), "-n", "400", "--out", str(tmp_path / "o")]
    process = subprocess.Popen(command, cwd=ROOT, env=ENV, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
                               preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler))  # also where the caller ignores it  # fmt: skip
    time.sleep(12)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert "Traceback" not in said
    assert not (tmp_path / "o").exists()


def test_interrupt_while_the_model_compiles_is_130_and_leaves_nothing(tmp_path):
    command = [sys.executable, "-c", "from zonesim.cli import main; main()", "run", str(LANZHOU / "plan_2015.yaml"), "--out", str(tmp_path / "deep" / "o")]
    process = subprocess.Popen(command, cwd=ROOT, env={**ENV, "NUMBA_CACHE_DIR": str(tmp_path / "cold")}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               text=True, start_new_session=True,
                               preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler))  # fmt: skip
    assert "compiling the model's kernels (first use only): 0 of" in process.stderr.readline()
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130 and "interrupted" in said and "Traceback" not in said
    assert not (tmp_path / "deep").exists()
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)  # nobody of its group is left


SWALLOWS = """
import os, signal, sys
class Swallows:
    def find_spec(self, name, path=None, target=None):
        if name == MODULE:
            sys.meta_path.remove(self)
            try:
                os.kill(os.getpid(), signal.SIGINT)
                for _ in range(1000): pass
            except KeyboardInterrupt:
                print("swallowed", flush=True)
sys.meta_path.insert(0, Swallows())
from zonesim.cli import main; main()
"""


@pytest.mark.parametrize(
    "module, begins", [("pydantic", False), pytest.param("zonesim.model", False, marks=pytest.mark.slow), pytest.param("duckdb", True, marks=pytest.mark.slow)]
)
def test_an_interrupt_that_an_import_swallows_is_130_and_leaves_nothing(tmp_path, module, begins):
    """Before the first run, or (what is only imported to write) before results are put in place."""
    few = ["--set", "founding.scale=100", "--set", "horizon.end=2014Q1", "--set", "targets=[]"]
    command = [sys.executable, "-c", f"MODULE = {module!r}" + SWALLOWS, "run", str(LANZHOU / "baseline.yaml"), *few, "--out", str(tmp_path / "deep" / "o")]
    done = subprocess.run(command, cwd=ROOT, env=ENV, capture_output=True, text=True, timeout=300,
                          preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler))  # fmt: skip
    assert done.returncode == 130 and "swallowed" in done.stdout and "interrupted" in done.stderr and "Traceback" not in done.stderr, done.stderr
    assert ("runs: 1 of 1" in done.stderr) == begins and not (tmp_path / "deep").exists()


def test_only_the_command_line_listens_for_ctrl_c(monkeypatch):
    from zonesim import cli, interrupts

    heard, before = [], signal.getsignal(signal.SIGINT)
    monkeypatch.setattr(cli, "app", lambda **_: heard.append(signal.getsignal(signal.SIGINT)))
    try:
        for handler in (signal.default_int_handler, signal.SIG_IGN, lambda number, frame: heard.append(number)):
            signal.signal(signal.SIGINT, handler)
            cli.main()
            assert signal.getsignal(signal.SIGINT) is handler
            interrupts.stop_if_asked()
            assert (heard[-1] is handler) == (handler is not signal.default_int_handler)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        with pytest.raises(KeyboardInterrupt), interrupts.listening():
            for _ in range(2):  # each acts at once
                with pytest.raises(KeyboardInterrupt):
                    os.kill(os.getpid(), signal.SIGINT)
                    time.sleep(5)
            interrupts.stop_if_asked()
    finally:
        signal.signal(signal.SIGINT, before)


def test_a_reader_that_goes_ends_a_command_quietly():
    for arguments in (["levers"], ["indicators"], ["--help"]):
        process = subprocess.Popen([sys.executable, "-c", "from zonesim.cli import main; main()", *arguments], cwd=ROOT, env=ENV, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True)  # fmt: skip
        process.stdout.close()
        said = process.stderr.read()
        assert process.wait(60) == 141 and said == "", (arguments, said)
        process.stderr.close()


def test_a_broken_pipe_inside_is_a_fault_of_ours(monkeypatch, capsys):
    from zonesim import cli

    def broken(_context):
        raise BrokenPipeError(32, "Broken pipe")

    monkeypatch.setattr(cli.app.commands["levers"], "invoke", broken)
    monkeypatch.setattr(cli, "_is_closed", lambda stream: False)
    monkeypatch.setattr(sys, "argv", ["zonesim", "levers"])
    with pytest.raises(SystemExit) as caught:
        cli.main()
    assert caught.value.code == 70 and "fault of zonesim" in capsys.readouterr().err


@pytest.mark.parametrize("target", ["nowhere/r.html", ".", "file/r.html"])
def test_report_tries_its_path_before_it_works(tmp_path, monkeypatch, target, capsys):
    from zonesim import cli

    (tmp_path / "file").touch()
    (tmp_path / "results").mkdir()
    monkeypatch.setattr(Results, "load", lambda folder: pytest.fail("read the results before the path was tried"))
    monkeypatch.setattr(sys, "argv", ["zonesim", "report", str(tmp_path / "results"), "--out", str(tmp_path / target)])
    with pytest.raises(SystemExit) as caught:
        cli.main()
    assert caught.value.code == 2 and "--out" in capsys.readouterr().err
    assert sorted(one.name for one in tmp_path.iterdir()) == ["file", "results"]


def test_trying_a_folder_leaves_no_trace(tmp_path):
    from zonesim.errors import InputError
    from zonesim.results import usable_folder

    usable_folder(tmp_path / "a" / "b")
    (tmp_path / "kept").mkdir()
    usable_folder(tmp_path / "kept")
    assert [one.name for one in tmp_path.iterdir()] == ["kept"]
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="cannot be written to"):
        usable_folder(tmp_path / "file" / "x")


def test_an_internal_error_is_code_70(monkeypatch, capsys):
    from zonesim import cli

    monkeypatch.setattr(cli, "app", lambda **_: 1 / 0)
    with pytest.raises(SystemExit) as caught:
        cli.main()
    assert caught.value.code == 70 and "fault of zonesim" in capsys.readouterr().err


def test_the_schema_of_scenarios_is_printed_and_knows_every_instrument():
    done = command("schema")
    assert done.returncode == 0
    text = done.stdout
    assert json.loads(text)["type"] == "object" and "tax_increment_return" in text


@pytest.mark.slow
def test_a_report_that_cannot_be_written_keeps_the_tables(tmp_path):
    out = tmp_path / "o"
    (out / "report.html").mkdir(parents=True)
    (out / "run.json").write_text("{}", encoding="utf-8")  # earlier results, which may be replaced
    done = zonesim("run", LANZHOU / "baseline.yaml", "--out", out)
    assert done.returncode == 2 and "the tables are whole" in done.stderr and "Traceback" not in done.stderr
    assert (out / "run.json").is_file()
