"""Looking into what a page of figures shows: its tree of components, and the call by which its script asks for it."""

from tests.web.conftest import ORIGIN


def texts(component):
    """Return all texts of a tree of components."""
    if isinstance(component, str | int | float):
        return [str(component)]
    if isinstance(component, list | tuple):
        return [text for one in component for text in texts(one)]
    if type(component).__name__ == "Table":
        return [*component.columns, *(cell for row in component.rows for cell in row)]
    return texts(component.children) if getattr(component, "children", None) is not None else []


def find(component, kind):
    if isinstance(component, list | tuple):
        return [one for part in component for one in find(part, kind)]
    own = [component] if type(component).__name__ == kind else []
    children = getattr(component, "children", None)
    return own + (find(children, kind) if children is not None and not isinstance(children, str) else [])


def ask(client, path, search):
    body = {
        "output": "shown.children", "outputs": {"id": "shown", "property": "children"}, "changedPropIds": ["address.search"],
        "inputs": [{"id": "address", "property": "pathname", "value": path}, {"id": "address", "property": "search", "value": search}],
    }  # fmt: skip
    return client.post("/figures/_dash-update-component", json=body, headers=ORIGIN)
