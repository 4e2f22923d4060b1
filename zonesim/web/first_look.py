"""The first look at a page of figures: what Dash would draw, written out as HTML, so that a figure is seen before Dash is there.

Dash and its libraries are 1.2 MB of script, which a browser that holds nothing reads and runs before it asks what the page shows. What the address
asks for is known when the page is sent: it is sent in it, ``static/first.js`` draws its plot as soon as Plotly is there, and has Dash come after that.
Dash then puts its own in the place of the first look, with the plot standing until its own is drawn.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from typing import Any

from markupsafe import Markup

NAMES = {"className": "class", "htmlFor": "for", "tabIndex": "tabindex", "autoComplete": "autocomplete"}  #: attributes that scripts call otherwise
KEPT = ("id", "href", "target", "rel", "role", "type", "open")
NO_ATTRIBUTES = ("children", "key", "refresh")


@dataclass(frozen=True)
class FirstLook:
    """What a page shows at first.

    Attributes:
        html: all of it, with an empty place for the plot.
        plot: the plot's data, layout and config as JSON that may stand in a page; empty where there is none.
    """

    html: Markup
    plot: Markup


def first_look(shown: Any) -> FirstLook:
    """Return the first look at what a page shows, as a plain object of Dash.

    >>> link = {"namespace": "dash_core_components", "type": "Link", "props": {"children": "<b>", "href": "/zh/x?a=1&b=2", "refresh": False}}
    >>> print(first_look([{"namespace": "dash_html_components", "type": "P", "props": {"children": link, "className": "note"}}]).html)
    <p class="note"><a href="/zh/x?a=1&amp;b=2">&lt;b&gt;</a></p>
    """
    plots: list[dict[str, Any]] = []
    html = _written(shown, plots)
    return FirstLook(Markup(html), Markup(_inert(plots[0]) if plots else ""))


def _inert(plot: dict[str, Any]) -> str:
    """Return JSON in which nothing ends the script that holds it."""
    return json.dumps(plot, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _written(one: Any, plots: list[dict[str, Any]]) -> str:
    if one is None:
        return ""
    if isinstance(one, list):
        return "".join(_written(part, plots) for part in one)
    if not isinstance(one, dict):
        return escape(str(one))
    kind, props = one["type"], one["props"]
    if kind == "Graph":
        figure = props["figure"]
        plots.append({"data": figure["data"], "layout": figure["layout"], "config": props["config"]})
        return f'<div id="{escape(props["id"])}" class="dash-graph"></div>'
    if kind == "Table":
        return _table(props)
    if kind == "Pick":
        return _pick(props)
    if kind == "Input":
        return f'<div class="dash-input-container"><input class="dash-input-element"{_attributes(props)}></div>'
    tag = "a" if kind == "Link" else kind.lower()
    return f"<{tag}{_attributes(props)}>{_written(props.get('children'), plots)}</{tag}>"


def _hyphened(name: str) -> str:
    """Return the name of a style as style sheets write it.

    >>> _hyphened("minWidth")
    'min-width'
    """
    return "".join(f"-{one.lower()}" if one.isupper() else one for one in name)


def _attributes(props: dict[str, Any]) -> str:
    said = []
    for name, value in props.items():
        if name in NO_ATTRIBUTES or value is None or value is False:
            continue
        if name == "style":
            value = ";".join(f"{_hyphened(key)}:{f'{size}px' if isinstance(size, int | float) else size}" for key, size in value.items())
        elif name not in NAMES and name not in KEPT and not name.startswith("aria-"):
            raise ValueError(f"a first look knows no attribute {name}")
        said.append(f" {NAMES.get(name, name)}" + ("" if value is True else f'="{escape(str(value))}"'))
    return "".join(said)


def _table(props: dict[str, Any]) -> str:
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in props["columns"])
    classes = ["n" if one else "" for one in props["numeric"]]
    rows = ("".join(f'<td class="{name}">{escape(cell)}</td>' for name, cell in zip(classes, row, strict=True)) for row in props["rows"])
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(f'<tr>{row}</tr>' for row in rows)}</tbody></table>"


def _pick(props: dict[str, Any]) -> str:
    listed = []
    for heading, options in props["groups"]:
        some = "".join(f'<option value="{escape(value)}"{" selected" if value == props["value"] else ""}>{escape(text)}</option>' for value, text in options)
        listed.append(f'<optgroup label="{escape(heading)}">{some}</optgroup>' if heading else some)
    return f'<select id="{escape(props["id"])}" data-param="{escape(props["part"])}">{"".join(listed)}</select>'
