"""Experiments: what varies, what is read, how often and in which design; from ``experiments/*.yaml`` or from Python."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from zonesim.errors import InputError
from zonesim.experiments import resolve
from zonesim.experiments.design import Design, Recipe, complaints, make_design
from zonesim.experiments.schema import At, validated
from zonesim.experiments.subject import FunctionSubject, ScenarioSubject, Subject
from zonesim.experiments.taken import ignored, same_names
from zonesim.policies.clauses import miscited
from zonesim.scenario import Scenario, documents, load_scenario, reader


class Experiment:
    """What varies, what is read, and how often. Frozen once built.

    ``files`` are those of the scenario and of the baseline, where they come from any.

    Args:
        model: ``f(settings, seed) -> {outcome: number}`` to run instead of zonesim's own model.
        scenario: a scenario or its file; its policies are what levers set.
        baseline: a scenario or its file; every run is then paired with one of it, with the same luck and uncertainties.
        document: the other fields of an experiment file: ``levers``, ``uncertainties``, ``outcomes``, ``design``, ``replications``, ``seed``, ``groups``, ``luck``, ``id``.

    Raises:
        InputError: with one line for each mistake.
    """

    files: tuple[str | Path | None, ...]

    def __init__(self, model: Callable[..., Any] | str | None = None, *, scenario: Scenario | str | Path | None = None,
                 baseline: Scenario | str | Path | None = None, **document: Any) -> None:  # fmt: skip
        plain = {key: value for key, value in document.items()}

        def at(*steps: str | int) -> str:
            return ".".join(str(s) for s in steps)

        pair = [one if one is None or isinstance(one, Scenario) else load_scenario(one) for one in (scenario, baseline)]
        self.files = tuple(one if isinstance(one, str | Path) else None for one in (scenario, baseline))
        self._build(plain, at, model, pair[0], pair[1])

    def _build(self, plain: dict[str, Any], at: At, model: Callable[..., Any] | str | None, scenario: Scenario | None, baseline: Scenario | None) -> None:
        document = validated(plain, at)
        if (model is None) == (scenario is None):
            raise InputError(
                f"{at('scenario')}: an experiment needs either a scenario or a model (--model package.module:function), not {'both' if model else 'neither'}"
            )
        problems = [*ignored(document, at), *same_names(document, at)]
        if document.claim is not None:
            problems += [f"{at('claim', 'clause')}: {wrong}" for wrong in miscited(document.claim.clause)]
        self.document, self.plain, self._at = document, plain, at
        self.id, self.seed, self.replications, self.luck = document.id, document.seed, document.replications, document.luck
        self.name = document.name
        if scenario is not None:
            outcomes = resolve.scenario_outcomes(document, scenario, at, problems)
            factors = resolve.scenario_factors(document, scenario, baseline, at, problems)
            self.subject: Subject = ScenarioSubject(scenario, baseline, outcomes, {one.name: one.paths for one in factors})
        else:
            outcomes = resolve.function_outcomes(document, at, problems)
            factors = resolve.function_factors(document, at, problems)
            assert model is not None
            self.subject = FunctionSubject(model, outcomes)
        factors = resolve.grouped(document, factors, at, problems)
        levels = document.design.levels or (4 if document.design.method == "morris" else 2)
        self.recipe = Recipe(**{**document.design.model_dump(), "levels": levels})
        self.outcomes, self.factors = outcomes, factors
        if not problems and scenario is not None:
            problems += resolve.dead_ends(scenario, factors, at)
        if problems:
            raise InputError(*problems)

    @property
    def has_baseline(self) -> bool:
        """Whether every run is paired with one of a baseline."""
        return isinstance(self.subject, ScenarioSubject) and self.subject.baseline is not None

    def design(self) -> Design:
        """Return the points of the experiment.

        Raises:
            InputError: its design cannot be made; the message says where the file says so.
        """
        if wrong := [f"{self._at(*path)}: {what}" for path, what in complaints(self.recipe, self.factors)]:
            raise InputError(*wrong)
        return make_design(self.recipe, self.factors, self.seed)


def is_experiment(path: Path) -> bool:
    """Tell whether a file says that it is a sweep."""
    return path.is_file() and "kind: sweep" in reader.read_text(path)


def load_experiment(path: str | Path, model: Callable[..., Any] | str | None = None) -> Experiment:
    """Read an experiment file.

    Args:
        path: the file; its scenario and baseline are named relative to it, inside the folder above its own.
        model: a model of the user's own to run instead of a scenario.

    Raises:
        InputError: with one line for each mistake, ``file:line:column: what is wrong``.
    """
    path, faults = Path(path), list[str]()
    with reader.together(faults):
        node = reader.read_document(path, faults)
        plain = reader.plain(node)

        def at(*steps: str | int) -> str:
            return f"{reader.where(node, steps)}: {'.'.join(str(s) for s in steps)}"

        if "kind" not in plain:
            raise InputError(f"{path}: kind: is missing; an experiment says 'kind: sweep'")
        document = validated(plain, at)
    for key in document.settings:
        if key.split(".")[0] not in ("policies", "parameters", "founding", "region", "horizon", "targets"):
            raise InputError(f"{at('settings', key)}: a setting begins with policies, parameters, founding, region, horizon or targets")
    places = {key: reader.where(node, ("settings", key)) for key in document.settings}
    pair: list[Scenario | None] = []
    files: list[str | Path | None] = []
    for name, file in (("scenario", document.scenario), ("baseline", document.baseline)):
        if file is None or model is not None:
            pair.append(None)
            files.append(None)
            continue
        beside = documents.neighbour(path, file, at(name))
        files.append(beside)
        pair.append(load_scenario(beside, fixed_settings(document.settings, name == "baseline"), places))
    experiment = Experiment.__new__(Experiment)
    experiment.files = tuple(files)
    experiment._build(plain, at, model, pair[0], pair[1])
    return experiment


def fixed_settings(settings: dict[str, Any], of_baseline: bool) -> list[str]:
    """Return the settings that hold in all runs of an experiment as ``--set`` takes them; those of policies are not of the baseline."""
    return [f"{key}={written(value)}" for key, value in settings.items() if not (of_baseline and key.startswith("policies."))]


def written(value: Any) -> str:
    """Return a value as ``--set`` reads it.

    >>> written("2015-01-01"), written(True), written(0.5), written(["all"])
    ('2015-01-01', 'true', '0.5', '["all"]')
    """
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
