"""What nobody reads is not kept: names of modules, and words of the reports."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from zonesim.report.texts import catalogue

ROOT = Path(__file__).parents[2]
NUMBERED = (
    "draws.py",
    "accounts/payments.py",
    "accounts/quotas.py",
    "accounts/returns.py",
    "behaviour/approval.py",
)  # lists whose members are known by their number, each of them or not


def texts(folder, *endings):
    return {path: path.read_text(encoding="utf-8") for path in sorted((ROOT / folder).rglob("*")) if path.suffix in endings}


@pytest.fixture(scope="module")
def package():
    return texts("zonesim", ".py", ".js", ".html")


def names_of(tree):
    """Yield what a module defines; a function with a decorator, and a subclass, may be known to whoever registered it."""
    for node in tree.body:
        if (isinstance(node, ast.FunctionDef) and not node.decorator_list) or (isinstance(node, ast.ClassDef) and not node.bases):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                yield from (one.id for one in ast.walk(target) if isinstance(one, ast.Name))


def test_every_name_of_a_module_is_read_somewhere(package):
    others = {**texts("tests", ".py"), **texts("docs", ".py")}
    read = Counter(word for text in (*package.values(), *others.values()) for word in re.findall(r"\w+", text))
    idle = [
        f"{path.relative_to(ROOT)}: {name}"
        for path, text in package.items()
        if path.suffix == ".py" and path.relative_to(ROOT / "zonesim").as_posix() not in NUMBERED
        for name in names_of(ast.parse(text))
        if read[name] == 1 and not name.startswith("__")
    ]
    assert idle == []


def test_every_word_of_the_reports_is_said_somewhere(package):
    code = "\n".join(package.values())
    words = [key.removeprefix("word.") for key in catalogue("en") if key.startswith("word.") and ":" not in key and " " not in key]
    assert len(words) > 100
    assert [word for word in words if f'"{word}"' not in code] == []
