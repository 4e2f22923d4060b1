"""How likely the targets of a package are met in each arm, and the values that a claim says are reached."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from zonesim.experiments.counterfactual import Counterfactual
from zonesim.experiments.reading import LAST, readings_of
from zonesim.experiments.readings import Seen, unit_of
from zonesim.targets import reached, wilson


def targets_met(counterfactual: Counterfactual, runs: dict[str, list[Seen]]) -> pd.DataFrame:
    """Return the probability of meeting each target of the package, and all together, by arm of its region."""
    targets, rows = counterfactual.reference.targets, []
    for name, block in runs.items():
        gaps = np.array([one.gaps for one in block])
        if not gaps.size or gaps.shape[1] != len(targets):
            continue
        met = [reached(gaps[:, k], 0.0, t.direction) for k, t in enumerate(targets)]
        for k, hits in enumerate([*met, np.all(met, axis=0)]):
            low, high = wilson(int(hits.sum()), len(block))
            one = targets[k] if k < len(targets) else None
            rows.append({"arm": name, "target": one.indicator if one else "", "place": one.place if one else "", "period": one.period if one else "",
                         "targets": len(targets), "met": int(hits.sum()), "n": len(block), "probability": float(hits.mean()), "low": low, "high": high})  # fmt: skip
    return pd.DataFrame(rows)


def aims_met(counterfactual: Counterfactual, runs: dict[str, list[Seen]]) -> pd.DataFrame:
    """Return the probability that each value is reached which the claim says is reached, and all at once, by arm of its region; with the mean value."""
    aims, rows = counterfactual.aims, []
    for name, block in runs.items():
        values = np.array([one.aims for one in block])
        if not aims or values.shape[1] != len(aims):
            continue
        met = [reached(values[:, k], aim.value, aim.direction) for k, aim in enumerate(aims)]
        last = block[0].last_year
        for k, hits in enumerate([*met, np.all(met, axis=0)]):
            low, high = wilson(int(hits.sum()), len(block))
            one = aims[k] if k < len(aims) else None
            mine: dict[str, Any] = {"indicator": "", "places": "", "periods": "", "target": float("nan"), "direction": "", "value": float("nan"), "unit": ""}
            if one:
                mine = {"indicator": one.indicator, "places": " ".join(one.places), "periods": " ".join(last if t == LAST else t for t in one.periods),
                        "target": one.value, "direction": one.direction, "value": float(values[:, k].mean()), "unit": unit_of(readings_of(one)[0])}  # fmt: skip
            rows.append({"arm": name, **mine, "met": int(hits.sum()), "n": len(block), "probability": float(hits.mean()), "low": low, "high": high})
    return pd.DataFrame(rows)
