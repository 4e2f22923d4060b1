"""Every message that the program can say, read from its source: what is raised, gathered as a problem, or returned as what is wrong."""

import ast
import re
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "zonesim"
RAISED = {
    "AccountsError",
    "InputError",
    "NotTogether",
    "NotYaml",
    "Problem",
    "StorageError",
    "StoreError",
    "TooManyFailed",
    "NotSettled",
    "SweepInterrupted",
    "WorkerStartError",
    "fail",
    "describe",
}
IN_VALIDATORS = ("scenario/", "experiments/", "founding/", "quarters.py", "draws.py", "indicators/")  #: pydantic makes a problem of a ValueError in these
GATHERED = {"problems", "wrong"}
SAYING = {  #: functions of these files return or yield what is wrong
    "experiments/counterfactual.py", "experiments/damage.py", "experiments/durable.py", "experiments/resolve.py", "experiments/taken.py", "founding/list_reader.py", "founding/list_records.py", "policies/clauses.py", "policies/lever.py",
    "policies/mappings.py", "scenario/complaints.py", "scenario/neutral.py", "scenario/scalars.py", "scenario/schema.py", "scenario/target_checks.py", "scenario/uneven.py", "scenario/vary.py", "errors.py",
}  # fmt: skip
NO_MESSAGE = {"policies.{}.{} ({})", "10k CNY/yr"}
ACCOUNTS = re.compile(r"^(part|plan) \{\}.*(again|before|parts hold)|parts hold")  #: what a repair did, no mistake
PLACE = re.compile(r"^(?:--[\w-]+ )?[^ ]*: ")


def template(node):
    """Return a message with ``{}`` for what is filled in; nothing where it is not written out here."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value.replace("{names}", "{}")  # filled in later, in the reader's language
    if isinstance(node, ast.JoinedStr):
        return "".join(template(one) if isinstance(one, ast.Constant) else "{}" for one in node.values)
    return None


def texts(node):
    """Yield the texts that an expression can be."""
    if isinstance(node, ast.IfExp):
        yield from texts(node.body)
        yield from texts(node.orelse)
    elif isinstance(node, ast.Starred):
        yield from texts(node.value)
    elif isinstance(node, ast.BinOp):
        yield from texts(node.left)
        yield from texts(node.right)
    elif isinstance(node, ast.Tuple | ast.List):
        for one in node.elts:
            yield from texts(one)
    elif isinstance(node, ast.GeneratorExp | ast.ListComp):
        yield from texts(node.elt)
    elif (made := template(node)) is not None:
        yield made


def name(node):
    """Return the last name of what is called."""
    return getattr(node, "id", getattr(node, "attr", ""))


def given(node, where):
    """Return the expressions of a statement that are messages."""
    if isinstance(node, ast.Call):
        called = name(node.func)
        if called in RAISED or (called == "ValueError" and where.startswith(IN_VALIDATORS)):
            return node.args
        if called in ("append", "extend") and name(getattr(node.func, "value", None)) in GATHERED:
            return node.args
    if isinstance(node, ast.Yield | ast.Return) and node.value is not None and where in SAYING:
        return [node.value]
    return []


def said():
    """Yield file with line, and template, of every message: two words of English at least, without the place that it speaks of."""
    for path in sorted(PACKAGE.rglob("*.py")):
        where = path.relative_to(PACKAGE).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for one in given(node, where):
                for text in texts(one):
                    if text not in NO_MESSAGE and re.search("[A-Za-z]{2,}[^A-Za-z]* .*[A-Za-z]{2,}", text) and not ACCOUNTS.search(text):
                        yield f"{where}:{node.lineno}", text


def bodies(text):
    """Return a message as it is, and without the places before it; one that ends in a colon goes on with what is not written out here."""
    found = [text + "{}" if text.endswith(": ") else text]
    while (match := PLACE.match(found[-1])) is not None:
        found.append(found[-1][match.end() :])
    return found
