"""Every value of a real scenario, replaced by a hostile one, is refused with its place or read; never a traceback."""

from random import Random

import pytest

from tests.conftest import LANZHOU
from zonesim.errors import InputError
from zonesim.scenario import load_scenario
from zonesim.scenario.documents import resolve_extends
from zonesim.scenario.reader import Located

HOSTILE = [
    "-1", "0", "1e308", "-1e308", "99999999999999999999", "1e-320", "true", "''", "' '", "text", "'2016Q9'", "[]", "{}", "[1, 2]", "{a: 1}", "{value: 1}", "null",
    "'2016-13-45'", "'0000-01-01'", "2016-02-30", "'a/../b'", "'<script>'", "'=1+1'", "'" + "x" * 9000 + "'", "[[[[]]]]", "{2016Q1: 1, 2015Q1: 2}", "'\\\\'", "1.7", "20",
]  # fmt: skip


def leaves(node: Located, path: tuple[str, ...] = ()):
    if isinstance(node.value, dict) and node.value:
        for key, child in node.value.items():
            yield ".".join((*path, key)) if all("." not in part for part in (*path, key)) else None
            yield from leaves(child, (*path, key))


PATHS = sorted({path for path in leaves(resolve_extends(LANZHOU / "plan_2015.yaml", LANZHOU)) if path})


@pytest.mark.slow
@pytest.mark.parametrize("part", range(16))
def test_no_value_brings_the_reader_down(part):
    chance = Random(part)
    for path in PATHS[part::16]:
        for text in chance.sample(HOSTILE, 1):
            try:
                load_scenario(LANZHOU / "plan_2015.yaml", [f"{path}={text}"])
            except InputError as error:
                assert error.problems, (path, text)
            except Exception as error:
                raise AssertionError(f"{path}={text[:40]} gives {error!r}") from error
