"""What a ranking would refuse of an experiment, told before its sweep is done."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from zonesim.errors import InputError, nearest
from zonesim.experiments.experiment import Experiment
from zonesim.experiments.ranking import RANKED
from zonesim.experiments.sensitivity import SLICES
from zonesim.experiments.targeted import ALL_TARGETS, NUMBER_MET


def refuse_unrankable(experiment: Experiment, source: str | Path, outcomes: Sequence[str], reading: str) -> None:
    """Refuse an experiment of which no ranking could be made, however its runs end.

    Args:
        experiment: what is going to be swept.
        source: its file, for the message.
        outcomes: names that a ranking is asked for; all when empty.
        reading: value, effect, or met.

    Raises:
        InputError: the design cannot be ranked, or has too few points; no such outcome; no target, or no baseline.
    """
    recipe, names = experiment.recipe, [one.name for one in experiment.outcomes]
    if recipe.method not in RANKED:
        raise InputError(f"{source}: a {recipe.method!r} design cannot be ranked (designs that can: {', '.join(RANKED)})")
    points = recipe.samples * recipe.scrambles
    if recipe.method == "latin_hypercube" and points < 10 * SLICES:
        raise InputError(f"{source}: {points} points are too few for {SLICES} slices; at least {10 * SLICES} are needed")
    for name in outcomes:
        if name not in names and not (reading == "met" and name in (ALL_TARGETS, NUMBER_MET)):
            raise InputError(f"{source}: no outcome {name!r}{nearest(name, names)} (outcomes: {', '.join(names)})")
    if reading == "effect" and not experiment.has_baseline:
        raise InputError(f"{source}: has no baseline, so there are values but no effects; add 'baseline:' to the experiment")
    if reading == "met" and not any(one.target is not None for one in experiment.outcomes):
        raise InputError(f"{source}: no outcome has a target, so that there is none to be met; write 'target:' and 'direction:' at an outcome")
