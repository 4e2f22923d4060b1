"""Two components of the pages' own, drawn by ``static/elements.js``: a table, and a select.

Dash wraps each component that it is sent, each cell and each option, and watches it: the table of four hundred settings took a browser five seconds.
These are one component each, and texts in them are texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash.development.base_component import Component


class _Own(Component):  # type: ignore[misc]
    """What both have in common for Dash: where the browser finds them, and which properties they take."""

    _namespace = "zonesim"
    _children_props: list[str] = []
    _base_nodes: list[str] = []
    _valid_wildcard_attributes: list[str] = []
    available_wildcard_properties: list[str] = []

    def __init__(self, **given: Any) -> None:
        self._prop_names = list(given)
        self.available_properties = list(given)
        super().__init__(**given)


class Table(_Own):
    """A table.

    Args:
        columns: its headings.
        numeric: whether each column holds numbers, which stand to the right.
        rows: its cells as texts.
    """

    _type = "Table"

    def __init__(self, columns: Sequence[str], numeric: Sequence[bool], rows: Sequence[Sequence[str]]) -> None:
        super().__init__(columns=list(columns), numeric=list(numeric), rows=[list(row) for row in rows])


class Pick(_Own):
    """A select that sets its part of the address.

    Args:
        part: of the address.
        value: that is chosen.
        groups: headings, empty for none, with their options: value and text.
        key: another key makes it anew.
    """

    _type = "Pick"

    def __init__(self, part: str, value: str, groups: Sequence[tuple[str, Sequence[tuple[str, str]]]], key: str) -> None:
        listed = [[heading, [list(one) for one in options]] for heading, options in groups]
        super().__init__(id=f"pick-{part}", part=part, value=value, groups=listed, key=key)
