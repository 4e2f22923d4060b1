"""What a first try meets: a run of two quarters, a full place for the output, a file that is not there, a world kept and gone on with."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import zonesim
from tests.conftest import LANZHOU, ROOT
from zonesim.errors import InputError
from zonesim.targets import wilson

SHORT = ["founding.scale=20", "horizon.end=2014Q2"]


def command(*arguments, **named):
    """Run the command line in a process of its own."""
    return subprocess.run([sys.executable, "-m", "zonesim", *arguments], cwd=ROOT, stderr=subprocess.PIPE, text=True, check=False, **named)


def table_of(said):
    """The table under what is said first of runs whose rows stand for twenty enterprises each."""
    first, _, rest = said.strip().partition("\n")
    assert "20" in first and not first.startswith("indicator")
    return rest.strip().split("\n")


def test_a_run_without_a_whole_year_is_tabled_by_quarters_and_every_row_has_its_unit():
    from zonesim.experiments.study import study
    from zonesim.report.terminal import SHOWN, summary

    results = study([zonesim.load_scenario(LANZHOU / "baseline.yaml", SHORT)], 1, 1)
    head, *rows = table_of(summary(results))
    assert head.split()[:4] == ["indicator", "2014Q1", "2014Q2", "unit"]
    assert [row.split()[0] for row in rows] == list(SHOWN)
    table = results.indicators
    for row in rows:
        name, _, _, *unit = row.split()
        mine = table[(table["indicator"] == name) & (table["place"] == "lanzhou") & (table["period"] == "2014Q2")]
        assert " ".join(unit) == mine["unit"].iloc[0], row
    assert rows[0].endswith("CNY/quarter")


def test_a_run_of_whole_years_is_tabled_by_years():
    from zonesim.experiments.study import study
    from zonesim.report.terminal import summary

    results = study([zonesim.load_scenario(LANZHOU / "baseline.yaml", ["founding.scale=20", "horizon.end=2015Q2"])], 1, 1)
    head, gdp, *_ = table_of(summary(results))
    assert head.split()[:3] == ["indicator", "2014", "unit"] and gdp.endswith("CNY/yr")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("arguments", [("levers",), ("--help",), ("indicators", "--json")])
def test_an_output_that_takes_no_more_is_the_users_and_named(arguments):
    with open("/dev/full", "w") as full:
        done = command(*arguments, stdout=full)
    assert (done.returncode, done.stderr) == (2, "error: the output could not be written (No space left on device)\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_an_output_that_takes_no_more_is_named_in_chinese_too():
    with open("/dev/full", "w") as full:
        done = command("--messages", "zh", "levers", stdout=full)
    assert done.returncode == 2 and "输出无法写入\uff08磁盘已满\uff09" in done.stderr


def test_a_file_that_is_not_there_is_told_in_chinese_with_what_is_near():
    done = command("--messages", "zh", "check", "scenarios/lanzhou/plan_2016.yaml", stdout=subprocess.PIPE)
    assert done.returncode == 2
    assert "没有这个文件或文件夹\uff1b是否想写 'plan_2015.yaml'\uff1f" in done.stderr and "No such" not in done.stderr and "did you" not in done.stderr


def test_a_world_is_kept_and_gone_on_with_to_the_bit_by_public_names(tmp_path):
    assert {"save_world", "load_world"} <= set(zonesim.__all__)
    scenario = zonesim.load_scenario(LANZHOU / "baseline.yaml", SHORT)
    whole, part = zonesim.ZoneModel(scenario, 3), zonesim.ZoneModel(scenario, 3)
    part.step()
    zonesim.save_world(part.world, str(tmp_path / "after_one.npz"))
    again = zonesim.ZoneModel(scenario, 3, world=zonesim.load_world(str(tmp_path / "after_one.npz")))
    whole.step(), whole.step(), again.step()
    assert np.array_equal(whole.world.balances, again.world.balances)
    assert all(np.array_equal(mine, again.world.enterprises.arrays()[name]) for name, mine in whole.world.enterprises.arrays().items())
    assert "save_world" in (ROOT / "docs" / "ten_minutes.md").read_text(encoding="utf-8")


def test_a_world_of_another_region_is_refused():
    """Whether it has as many places or not: its terms would be laid on places that are not meant."""
    model = zonesim.ZoneModel(zonesim.load_scenario(LANZHOU / "baseline.yaml", SHORT), 3)
    other = zonesim.load_scenario(LANZHOU.parent / "pingliang" / "baseline.yaml")
    with pytest.raises(InputError, match="it is of 'lanzhou', with other places or zones than 'pingliang'"):
        zonesim.ZoneModel(other, 3, world=model.world)
    model.world.place_names = model.world.place_names[::-1]
    with pytest.raises(InputError, match="other places"):
        zonesim.ZoneModel(model.scenario, 3, world=model.world)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut", b"text", b"zonesim: 1"])
def test_what_is_no_kept_world_is_refused(tmp_path, content):
    (tmp_path / "w.npz").write_bytes(content)
    with pytest.raises(InputError, match="not a saved world") as caught:
        zonesim.load_world(tmp_path / "w.npz")
    assert "pickle" not in str(caught.value)


def test_an_interval_of_none_or_all_ends_at_nought_or_one_exactly():
    for n in range(1, 300):
        assert wilson(0, n)[0] == 0.0 and wilson(n, n)[1] == 1.0
        assert 0.0 < wilson(0, n)[1] < 1.0 and 0.0 < wilson(1, n)[0]
