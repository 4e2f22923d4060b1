"""Every number of an equation is declared: a parameter with range and source, or a named constant that says what it is."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "zonesim"
ROOMS = ("behaviour", "accounts", "steps", "founding", "indicators", "policies", "terms", "world", "agents.py", "model.py")
PLAIN = {0.0, 0.5, 1.0, 2.0, 4.0, 12.0, 90.0, 100.0, 360.0}
"""Numbers that say nothing about the world: halves, quarters of a year, months, days of a quarter and a year, per cent."""
WHOLE = {0, 1, 2, 3, 4, 12, 90, 100, 360, 1000, 10_000}
"""Whole numbers that say nothing about the world: the above, places in a list, thousands, and ten thousands (of 10k CNY)."""
SHAPES = {"open", "empty", "zeros", "full", "arange", "range", "uint64", "reshape", "round", "bincount", "Enterprises"}
"""Calls whose whole numbers are sizes of arrays, numbers of rows, bits or digits."""
READERS = {"list_reader.py", "list_scenario.py", "own_lists.py", "listed.py"}
"""Files that read a user's lists: their whole numbers are lengths of texts and lists."""
TINY, HUGE = 1e-6, 1e9
"""Guards against division by zero, and bounds that never bind."""
DECLARE = {"parameter", "assumed", "lever", "option", "by_site", "by_place", "by_zone", "of_region"}
"""Calls whose numbers have a unit and a meaning, and a range and a source where they are not the value at which a term does nothing."""


def files() -> list[Path]:
    """Return the files in which equations stand."""
    return sorted(path for room in ROOMS for path in ([ROOT / room] if room.endswith(".py") else (ROOT / room).rglob("*.py")))


def declared(node: ast.AST) -> bool:
    """Tell whether a node gives the source of the numbers in it."""
    if isinstance(node, ast.Call):
        return name_of(node) in DECLARE
    return isinstance(node, ast.Dict) and any(isinstance(key, ast.Constant) and key.value in ("source", "assumption") for key in node.keys)


def is_bare(node: ast.AST) -> bool:
    """Tell whether a node is a number that needs a name."""
    return isinstance(node, ast.Constant) and isinstance(node.value, float) and node.value not in PLAIN and TINY < node.value < HUGE


def numbers(node: ast.AST) -> Iterator[ast.Constant]:
    """Yield the numbers below a node that need a name and have neither name nor source."""
    if declared(node):
        return
    if is_bare(node):
        assert isinstance(node, ast.Constant)
        yield node
    for child in ast.iter_child_nodes(node):
        yield from numbers(child)


def bare(source: str) -> Iterator[tuple[int, float]]:
    """Yield line and value of each bare number in the functions of a source."""
    tree = ast.parse(source)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)]
    found = {(one.lineno, one.col_offset): one.value for function in functions for one in numbers(function)}
    for (line, _), value in sorted(found.items()):
        yield line, value


def is_bare_whole(node: ast.AST) -> bool:
    """Tell whether a node is a whole number that needs a name."""
    return isinstance(node, ast.Constant) and type(node.value) is int and node.value not in WHOLE


def whole_numbers(node: ast.AST, counts: bool = False) -> Iterator[ast.Constant]:
    """Yield the whole numbers below a node that are reckoned with or compared and have neither name nor source.

    Not those of an index, of a shift of bits, of a power of two, or of a size; nor those that are handed on to a call (streams of chance, columns),
    but those of ``min`` and ``max``, and values that an argument has when none is given.

    Args:
        node: where to look.
        counts: whether a number that stands here is reckoned with.
    """
    if declared(node) or (isinstance(node, ast.Call) and name_of(node) in SHAPES):
        return
    if is_bare_whole(node) and counts:
        assert isinstance(node, ast.Constant)
        yield node
    bits = isinstance(node, ast.BinOp) and (
        isinstance(node.op, ast.LShift | ast.RShift | ast.Mod)
        or (isinstance(node.op, ast.Pow) and isinstance(node.left, ast.Constant) and node.left.value == 2)
    )
    counted = isinstance(node, ast.BinOp | ast.Compare | ast.IfExp | ast.UnaryOp | ast.arguments) or (
        isinstance(node, ast.Call) and name_of(node) in ("min", "max")
    )
    for field, child in ast.iter_fields(node):
        if isinstance(node, ast.Subscript) and field == "slice":
            continue
        for one in child if isinstance(child, list) else [child]:
            if isinstance(one, ast.AST):
                yield from whole_numbers(one, counted and not bits)


def name_of(call: ast.Call) -> str:
    """Return the last name of what is called."""
    return str(getattr(call.func, "id", getattr(call.func, "attr", "")))


def bare_whole(source: str) -> Iterator[tuple[int, int]]:
    """Yield line and value of each bare whole number in the functions of a source."""
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)]
    found = {(one.lineno, one.col_offset): one.value for function in functions for one in whole_numbers(function)}
    for (line, _), value in sorted(found.items()):
        yield line, value


def listed(node: ast.AST) -> Iterator[ast.Constant]:
    """Yield the whole numbers below the value of a constant that need a word."""
    if declared(node) or (isinstance(node, ast.Call) and name_of(node) in SHAPES):
        return
    if is_bare_whole(node):
        assert isinstance(node, ast.Constant)
        yield node
    for child in ast.iter_child_nodes(node):
        yield from listed(child)


def unexplained(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and name of each module constant with a number that needs explaining and has no comment, before it or beside it, and no docstring."""
    body, lines = ast.parse(source).body, source.splitlines()
    for k, node in enumerate(body):
        if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None or not (list(numbers(node.value)) or list(listed(node.value))):
            continue
        after = body[k + 1] if k + 1 < len(body) else None
        said = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) and isinstance(after.value.value, str)
        first = node.lineno - 2  # the line above the constant, or above the block of constants in which it stands
        while first >= 0 and lines[first].strip() and not lines[first].startswith(("#", '"', "@", "class", "def", "from", "import")):
            first -= 1
        beside = any("#" in line for line in lines[node.lineno - 1 : node.end_lineno])
        if not (said or beside or lines[first].startswith("#")):
            yield node.lineno, ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target)


@pytest.mark.parametrize("path", files(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_equation_has_a_bare_number(path):
    found = [f"zonesim/{path.relative_to(ROOT).as_posix()}:{line}: {value}" for line, value in bare(path.read_text(encoding="utf-8"))]
    assert not found, (
        "\n".join(found) + "\nis said in an equation alone. An assumption about the world or behaviour becomes a parameter(...) of the decision's "
        "Parameters, with range, unit and source; a definition, a line of the law or a guard becomes a constant of the module that says what it is."
    )


EQUATIONS = [path for path in files() if path.name not in READERS]


@pytest.mark.parametrize("path", EQUATIONS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_equation_has_a_bare_whole_number(path):
    found = [f"zonesim/{path.relative_to(ROOT).as_posix()}:{line}: {value}" for line, value in bare_whole(path.read_text(encoding="utf-8"))]
    assert not found, "\n".join(found) + "\nis said in an equation alone: quarters of a delay and lines of counts are assumptions too (see above)."


@pytest.mark.parametrize("path", files(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_constant_says_what_it_is(path):
    found = [f"zonesim/{path.relative_to(ROOT).as_posix()}:{line}: {name}" for line, name in unexplained(path.read_text(encoding="utf-8"))]
    assert not found, "\n".join(found) + "\nhas a number and no comment: say what it is, its unit, and its source or 'assumption: why'."


def test_a_bare_number_is_found_wherever_a_function_has_it():
    assert list(bare("def f(x):\n    return 0.3 * x\n")) == [(2, 0.3)]
    assert list(bare("class A:\n    def f(self, x=0.7):\n        return min(-2.5, x)\n")) == [(2, 0.7), (3, 2.5)]
    assert list(bare("g = lambda x: [y**1.15 for y in x]\n")) == [(1, 1.15)]
    score = (ROOT / "behaviour" / "admission.py").read_text(encoding="utf-8")
    assert not list(bare(score))
    assert [value for _, value in bare(score.replace("w[0] * tier", "10.0 * tier"))] == [10.0]


def test_named_declared_and_plain_numbers_are_not():
    named = "RATE = 0.3  # assumption: why\n\ndef f(x):\n    return RATE * x + 0.5 * x / 4.0 + 1e-9\n"
    assert not list(bare(named))
    assert not list(unexplained(named))
    assert not list(bare('def f():\n    return {"staff": assumed(40.0, "why", 10.0, 200.0), "age": {"value": 0.494, "source": "SAIC 2013"}}\n'))


def test_a_constant_without_a_word_is_found():
    assert list(unexplained("X = 1\nRATE = 0.3\n")) == [(2, "RATE")]
    assert list(unexplained("LONGEST = 10\n")) == [(1, "LONGEST")]
    assert not list(unexplained('RATE = 0.3\n"""Share a year. Assumption."""\n'))
    assert not list(unexplained("# Shares. Assumption.\nONE = 0.3\nTWO = 0.7\n"))


def test_a_bare_whole_number_is_found_where_it_is_reckoned_with():
    assert list(bare_whole("def f(q, since):\n    return q - since < 20\n")) == [(2, 20)]
    assert list(bare_whole("def f(x, before=6):\n    return min(10, x) + 8 * x[7] if x[9] else -15\n")) == [(1, 6), (2, 10), (2, 8), (2, 15)]
    assert not list(bare_whole("def f(x, n):\n    return np.zeros((5, 7 * n)), x << 26, 2**31 - 1, draw(seed, 5), x[17], 4 * x / 90\n"))
    assert not list(bare_whole("LONGEST = 10\n\ndef f(x):\n    return min(LONGEST, x)\n"))
