"""What is wrong with a document, in plain words: where, which value, what is allowed, and the nearest name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pydantic

from zonesim.errors import nearest

_FORMS = {
    r"^\d{4}Q[1-4]$": "is not a quarter; write it as 2014Q1",
    r"^\d{4}(Q[1-4])?$": "is not a year or quarter; write '2017' or '2017Q4'",
    r"^(last|\d{4}(Q[1-4])?)$": "is not a year or quarter; write '2017', '2017Q4' or last",
    r"^[a-z][a-z0-9_]{0,39}$": "is not a name: at most 40 small letters, digits and _, a letter first",
    r"^[A-Za-z][A-Za-z0-9_.]{0,79}$": "is not a name: at most 80 letters, digits, _ and dots, a letter first",
    r"^[A-Z]+-\d+$": "is not an id; write it as LZ-1",
    r"^[\w.-]+\.csv$": "is not the name of a CSV file beside the scenario",
}
_KINDS = {
    "int": "a whole number", "float": "a number", "finite": "a finite number", "decimal": "a number", "bool": "true or false",
    "list": "a list", "tuple": "a list", "set": "a list", "dict": "a mapping (name: value)", "mapping": "a mapping (name: value)",
    "model": "a mapping (name: value)", "dataclass": "a mapping (name: value)", "date": "a date; write it as 2015-06-05",
}  # fmt: skip
_BOUNDS = {
    "greater_than_equal": ("ge", "is below {}"), "less_than_equal": ("le", "is above {}"), "greater_than": ("gt", "is not above {}"),
    "less_than": ("lt", "is not below {}"),
}  # fmt: skip


def describe_all(error: pydantic.ValidationError, at: Any, document: Any, model: type[pydantic.BaseModel]) -> list[str]:
    """Turn the errors of a validation into messages, one for a value that may have several forms and has none of them."""
    found, seen = [], set()
    for problem in error.errors():
        steps = tuple(problem["loc"])
        tagged = next((k for k in range(len(steps)) if _is_form(document, steps[: k + 1])), None)
        if tagged is not None:
            value, rest = _value_at(document, steps[:tagged]), steps[tagged + 1 :]
            if (isinstance(value, dict) and not rest) or (not isinstance(value, dict) and steps[:tagged] in seen):
                continue  # it is the mapping that is not right, or it has been said that it has no form
            seen.add(steps[:tagged])
            problem = {**problem, "loc": (*steps[:tagged], *rest)}
        found.append(describe(problem, at, model))
    return found


def _value_at(document: Any, steps: tuple[Any, ...]) -> Any:
    for step in steps:
        document = document[step]
    return document


def _is_form(document: Any, steps: tuple[Any, ...]) -> bool:
    """Tell whether the last step names a form of a value (of a union) instead of a part of the document."""
    try:
        value = _value_at(document, steps[:-1])
    except (KeyError, IndexError, TypeError):
        return False
    last = str(steps[-1])
    return not (isinstance(value, dict) and steps[-1] in value) and ("[" in last or last[:1].isupper())


def describe(problem: Mapping[str, Any], at: Any, model: type[pydantic.BaseModel]) -> str:
    """Turn one error of a validation into ``file:line:column: path: what, value, what is allowed, nearest name``."""
    steps = tuple(problem["loc"])
    value = problem.get("input")
    shown = "" if isinstance(value, dict | list) else f"{value!r}{':' if problem['type'] == 'value_error' else ''} "
    if problem["type"] == "extra_forbidden":
        return f"{at(*steps)}: no such setting{nearest(str(steps[-1]), _names_at(model, steps[:-1]))}"
    if problem["type"] == "missing":
        return f"{at(*steps)}: is missing"
    form = _form_at(model, steps) if problem["type"] == "string_type" and steps else None
    if form and not re.search(form, str(value)):  # quotes alone would not make it right
        return f"{at(*steps)}: {shown}{_what('string_pattern_mismatch', {'pattern': form}, '')}"
    return f"{at(*steps)}: {shown}{_what(problem['type'], problem.get('ctx', {}), problem['msg'])}"


def _what(kind: str, context: Mapping[str, Any], message: str) -> str:
    if kind in _BOUNDS:
        name, text = _BOUNDS[kind]
        return text.format(f"{context[name]:g}" if isinstance(context[name], int | float) else context[name])
    if kind == "string_pattern_mismatch":
        return _FORMS.get(context["pattern"], f"does not have the form {context['pattern']}")
    if kind in ("literal_error", "enum"):
        return f"is not allowed (allowed: {context['expected']})"
    if kind in ("string_too_short", "too_short"):
        return f"is too short (at least {context['min_length']})"
    if kind in ("string_too_long", "too_long"):
        return f"is too long (at most {context['max_length']})"
    if kind == "value_error":
        return message.removeprefix("Value error, ")
    if kind == "string_type":
        return "is not a text; write it in quotes"
    if kind.split("_")[0] in _KINDS:
        return f"is not {_KINDS[kind.split('_')[0]]}"
    return f"{message[:1].lower()}{message[1:]}"


def _form_at(model: Any, steps: tuple[Any, ...]) -> str | None:
    """Return the pattern that the text of a field must have; None where it has none."""
    field = getattr(_model_at(model, steps[:-1]), "model_fields", {}).get(steps[-1])
    return next((form for one in getattr(field, "metadata", ()) if (form := getattr(one, "pattern", None))), None)


def _names_at(model: Any, steps: tuple[Any, ...]) -> list[str]:
    return list(getattr(_model_at(model, steps), "model_fields", {}))


def _model_at(model: Any, steps: tuple[Any, ...]) -> Any:
    """Return the model of the part of a document that steps lead to, as far as they can be followed."""
    current: Any = model
    for step in steps:
        fields = getattr(current, "model_fields", None)
        if fields is not None and step in fields:
            annotation = fields[step].annotation
            arguments = [a for a in getattr(annotation, "__args__", ()) if hasattr(a, "model_fields")]
            current = annotation if hasattr(annotation, "model_fields") else (arguments[-1] if arguments else None)
    return current
