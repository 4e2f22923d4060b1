"""zonesim: ask what a development-zone policy will do before it is enacted (开发区政策仿真).

The public names are ``load_scenario``, ``simulate``, ``compare``, ``Experiment``, ``sweep``,
``rank_levers``, ``Results``, ``write_report``, ``ZoneModel``, ``save_world`` and ``load_world``. They are imported when they are
used, because the model takes a second to import and the command line must answer at once.
"""

from __future__ import annotations

import importlib
from typing import Any

__version__ = "0.1.0"
_WHERE = {
    "load_scenario": "zonesim.scenario",
    "simulate": "zonesim.model",
    "ZoneModel": "zonesim.model",
    "compare": "zonesim.experiments.study",
    "Experiment": "zonesim.experiments.experiment",
    "load_experiment": "zonesim.experiments.experiment",
    "sweep": "zonesim.experiments.sweep",
    "rank_levers": "zonesim.experiments.ranked",
    "Results": "zonesim.results",
    "write_report": "zonesim.report.page",
    "save_world": "zonesim.world",
    "load_world": "zonesim.world",
    "InputError": "zonesim.errors",
}
__all__ = [*sorted(_WHERE), "__version__"]


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        return getattr(importlib.import_module(_WHERE[name]), name)
    raise AttributeError(f"zonesim has no {name!r}; public names are {', '.join(sorted(_WHERE))}")
