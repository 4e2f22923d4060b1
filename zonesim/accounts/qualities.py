"""What an inspection would see of a zone: the qualitative criteria of an evaluation (004§4.2c) from states of the process, each 0 to 1.

The same functions serve the evaluation of committees and the indicators of any group of places.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from zonesim.columns import Floats

HOURS = 1800.0
"""Working hours of a year."""


class Inspection(NamedTuple):
    """What an inspection holds states against: numbers of the decisions that make the states, and of the evaluation."""

    meetings: float  #: coordination between departments without a policy, of the most there can be (``committee.usual_meetings``)
    solved: float  #: problems that are solved within a year without a policy (``committee.usual_solved``)
    days: float  #: of approval before the reforms, at which the speed of service counts as one half (``approval.base_days``)
    report_hours: float  #: hours a year that the reports of one enterprise take (``evaluation.report_hours``)
    report_time: float  #: part of staff time there is for them (``evaluation.report_time``)
    assessed: float  #: part of the mark for the environment that hangs on the planning assessment (``evaluation.assessed``)


def part(top: Floats, bottom: Floats, empty: float = 0.0) -> Floats:
    """Return top / bottom within 0 and 1; ``empty`` where there is nothing.

    >>> part(np.array([1.0, 3.0, 1.0]), np.array([2.0, 2.0, 0.0]), 1.0).tolist()
    [0.5, 1.0, 1.0]
    """
    share = np.divide(top, bottom, out=np.full_like(np.asarray(top, dtype=float), empty), where=np.asarray(bottom) > 0)
    return np.asarray(np.clip(share, 0.0, 1.0))


def solved(open_problems: Floats, s: float) -> Floats:
    """Return the share of problems that are solved within the year: 1 / (1 + o (1 - s) / s), s the usual share, o open ones relative to usual.

    >>> solved(np.array([1.0]), 0.6).round(6).tolist()
    [0.6]
    """
    return np.asarray(1.0 / (1.0 + open_problems * (1 - s) / s))


def policy_implementation(approved: Floats, refused: Floats, open_problems: Floats, coordination: Floats, usual: Inspection) -> Floats:
    """Return half the share of applications that were carried through and half that of problems solved, times coordination u + (1 - u) c."""
    applied = 0.5 * part(approved, approved + refused, 1.0) + 0.5 * solved(open_problems, usual.solved)
    return np.asarray(applied * (usual.meetings + (1 - usual.meetings) * coordination))


def service_management(days: Floats, approved: Floats, open_problems: Floats, usual: Inspection) -> Floats:
    """Return half of d / (d + mean days of approval), d the days before the reforms, and half of the share of problems solved; no case counts as d.

    >>> usual = Inspection(0.3, 0.6, 180.0, 12.0, 0.1, 0.25)
    >>> service_management(np.array([900.0]), np.array([10.0]), np.array([1.0]), usual).round(6).tolist()
    [0.633333]
    """
    mean = np.divide(days, approved, out=np.full_like(days, usual.days), where=approved > 0)
    return np.asarray(0.5 * usual.days / (usual.days + mean) + 0.5 * solved(open_problems, usual.solved))


def basic_work(staff: Floats, enterprises: Floats, usual: Inspection) -> Floats:
    """Return the share of reports that come complete and in time: 1 - exp(-hours there are / hours they take)."""
    there = usual.report_time * HOURS * staff
    needed = np.maximum(usual.report_hours * enterprises, 1e-9)
    return np.asarray(1.0 - np.exp(-there / needed))


def environment(compliant: Floats, emitters: Floats, assessed: Floats, usual: Inspection) -> Floats:
    """Return (1 - a) of the share of enterprises that meet the standard, and a of the parks whose planning assessment is done, a = ``assessed``."""
    return np.asarray((1.0 - usual.assessed) * part(compliant, emitters, 1.0) + usual.assessed * assessed)


def land_management(idle: Floats, inefficient: Floats, industrial: Floats) -> Floats:
    """Return 1 - (idle + half of the inefficient land) / industrial land."""
    return np.asarray(1.0 - part(idle + 0.5 * inefficient, industrial))


def plan_execution(idle: Floats, granted: Floats, breaches: Floats, reviews: Floats) -> Floats:
    """Return the projects as planned: (1 - idle / land granted and not yet built) x (1 - breaches / reviews)."""
    return np.asarray((1.0 - part(idle, granted)) * (1.0 - part(breaches, reviews)))
