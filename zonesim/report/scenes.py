"""Which scenarios stand in a report: those of one source or of several, each input once, and whether they can be compared at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from zonesim.errors import NotTogether
from zonesim.report.words import Lang


@dataclass(frozen=True)
class Scene:
    """A scenario as figures see it.

    Attributes:
        id: its id in the tables.
        zh, en: its name.
        dates: its policies with their dates and clauses.
        differences: what differs between its input and the baseline's.
        settings: what was set beyond its file, as it was written (``PATH=VALUE``).
    """

    id: str
    zh: str
    en: str
    dates: tuple[dict[str, Any], ...] = ()
    differences: tuple[dict[str, Any], ...] = ()
    settings: tuple[str, ...] = ()

    def name(self, lang: Lang) -> str:
        """Return its name in a language."""
        return self.zh if lang == "zh" else self.en


def is_same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Tell whether two records are of the same input."""
    return bool(one["resolved"] == other["resolved"])


def renamed(runs: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Return for each source the scenarios to take of it, old id to new: each input once, equal ids of other inputs get a number.

    Raises:
        NotTogether: the sources are of different regions, seeds, or versions of the model.
    """
    first = runs[0]
    for run in runs[1:]:
        these = [(str(one["zh"]), str(one["en"])) for one in run["scenarios"]]
        if run["region"]["id"] != first["region"]["id"]:
            raise NotTogether(
                "results of different regions cannot be compared, and these are of {names}; choose results of one region",
                *((str(one["region"]["zh"]), str(one["region"]["en"])) for one in (first, run)),
            )
        if run["run_seeds"] != first["run_seeds"]:
            raise NotTogether(
                f"{{names}}: was run with another seed or number of replications than the first of those chosen (seed {run['seed']} and {run['replications']} "
                f"replications, not {first['seed']} and {first['replications']}); effects need the same luck: choose results of one seed and as many replications, "
                "or run it again with those of the first",
                *these,
            )
        if run["fingerprint"] != first["fingerprint"]:
            raise NotTogether(
                "{names}: was run by another version of the model than the first of those chosen; choose results of one version, or run it again", *these
            )
    kept: list[tuple[str, dict[str, Any]]] = []
    found = []
    for run in runs:
        names: dict[str, str] = {}
        for one in run["scenarios"]:
            if any(is_same(one, other) for _, other in kept):
                continue
            used = {name for name, _ in kept}
            new, number = one["id"], 1
            while new in used:
                number += 1
                new = f"{one['id']}_{number}"
            names[one["id"]] = new
            kept.append((new, one))
        found.append(names)
    return found


def scenes_of(runs: list[dict[str, Any]], taken: list[dict[str, str]]) -> list[list[Scene]]:
    """Return the scenarios that are taken of each source, as figures see them."""
    found = []
    for run, names in zip(runs, taken, strict=True):
        scenes = []
        for k, one in enumerate(run["scenarios"]):
            if one["id"] not in names:
                continue
            last = k == len(run["scenarios"]) - 1
            dates = one.get("dates", run.get("dates", []) if last else [])
            differ = one.get("differences", run.get("differences", []) if last and k else [])
            scenes.append(Scene(names[one["id"]], one["zh"], one["en"], tuple(dates), tuple(differ), tuple(one.get("settings", ()))))
        found.append(scenes)
    return found
