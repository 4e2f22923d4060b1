"""What a report is made of: folders of results, and the store of a sweep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from zonesim.errors import InputError
from zonesim.report.sweeps import Sweep, read_sweep
from zonesim.report.view import View


def is_results(folder: Path) -> bool:
    """Tell whether a folder holds results of runs."""
    return (folder / "run.json").is_file()


def is_store(folder: Path) -> bool:
    """Tell whether a folder is the store of a sweep."""
    from zonesim.experiments.store import INDEX

    return (folder / INDEX).is_file()


def open_view(sources: Sequence[Path]) -> View:
    """Return the view of folders of results and of at most one store.

    Raises:
        InputError: a source is neither, there are two stores, or the sources cannot be compared.
    """
    stores = [one for one in sources if is_store(one)]
    if len(stores) > 1:
        raise InputError(f"{', '.join(map(str, stores))}: a report takes one store")
    for one in sources:
        if one not in stores and not is_results(one):
            raise InputError(f"{one}: holds no results (no run.json) and is no store of a sweep")
    return View([one for one in sources if one not in stores], sweep_in(stores[0]) if stores else None)


def sweep_in(folder: Path) -> Sweep:
    """Return the sweep of a store, with the plans whose runs it keeps though another input or engine made them.

    Raises:
        InputError: it is no store, or a record is damaged.
    """
    from zonesim.experiments.store import Store

    with Store(folder) as store:
        kept, allowed = store.status(0).identity.get("mixed_with", []), store.allowed
    made = read_sweep(folder)
    return replace(made, facts={**made.facts, "mixed_with": list(kept), "max_failed": allowed})
