"""What an inspection would see of a zone: the qualitative criteria of an evaluation (004§4.2c) from states of the process, each 0 to 1.

The same functions serve the evaluation of committees and the indicators of any group of places.
"""

from __future__ import annotations

import numpy as np

from zonesim.columns import Floats

USUAL_MEETINGS = 0.3
"""Coordination between departments without a policy, of the most there can be. Assumption."""
USUAL_SOLVED = 0.6
"""Problems of enterprises that are solved within a year without a policy (see ``committee.usual_solved``). Assumption."""
REPORT_HOURS, REPORT_TIME = 12.0, 0.10
"""Hours a year that complete and timely reports of one enterprise take, and the part of staff time there is for them. Assumption: monthly forms."""
BASE_DAYS = 180.0
"""Days of approval before the reforms, at which the speed of service counts as one half (see ``admission.base_days``)."""
ASSESSED = 0.25
"""Part of the mark for environmental management that hangs on the parks' planning assessment. Assumption."""
HOURS = 1800.0
"""Working hours of a year."""


def part(top: Floats, bottom: Floats, empty: float = 0.0) -> Floats:
    """Return top / bottom within 0 and 1; ``empty`` where there is nothing.

    >>> part(np.array([1.0, 3.0, 1.0]), np.array([2.0, 2.0, 0.0]), 1.0).tolist()
    [0.5, 1.0, 1.0]
    """
    share = np.divide(top, bottom, out=np.full_like(np.asarray(top, dtype=float), empty), where=np.asarray(bottom) > 0)
    return np.asarray(np.clip(share, 0.0, 1.0))


def solved(open_problems: Floats) -> Floats:
    """Return the share of problems that are solved within the year: 1 / (1 + o (1 - s) / s), s the usual share, o open ones relative to usual.

    >>> solved(np.array([1.0])).round(6).tolist()
    [0.6]
    """
    s = USUAL_SOLVED
    return np.asarray(1.0 / (1.0 + open_problems * (1 - s) / s))


def policy_implementation(approved: Floats, refused: Floats, open_problems: Floats, coordination: Floats) -> Floats:
    """Return half the share of applications that were carried through and half that of problems solved, times coordination u + (1 - u) c."""
    applied = 0.5 * part(approved, approved + refused, 1.0) + 0.5 * solved(open_problems)
    return np.asarray(applied * (USUAL_MEETINGS + (1 - USUAL_MEETINGS) * coordination))


def service_management(days: Floats, approved: Floats, open_problems: Floats) -> Floats:
    """Return half of 180 / (180 + mean days of approval) and half of the share of problems solved; no case counts as 180 days.

    >>> service_management(np.array([900.0]), np.array([10.0]), np.array([1.0])).round(6).tolist()
    [0.633333]
    """
    mean = np.divide(days, approved, out=np.full_like(days, BASE_DAYS), where=approved > 0)
    return np.asarray(0.5 * BASE_DAYS / (BASE_DAYS + mean) + 0.5 * solved(open_problems))


def basic_work(staff: Floats, enterprises: Floats) -> Floats:
    """Return the share of reports that come complete and in time: 1 - exp(-hours there are / hours they take)."""
    there = REPORT_TIME * HOURS * staff
    needed = np.maximum(REPORT_HOURS * enterprises, 1e-9)
    return np.asarray(1.0 - np.exp(-there / needed))


def environment(compliant: Floats, emitters: Floats, assessed: Floats) -> Floats:
    """Return three quarters of the share of enterprises that meet the standard, and one quarter of the parks whose planning assessment is done."""
    return np.asarray((1.0 - ASSESSED) * part(compliant, emitters, 1.0) + ASSESSED * assessed)


def land_management(idle: Floats, inefficient: Floats, industrial: Floats) -> Floats:
    """Return 1 - (idle + half of the inefficient land) / industrial land."""
    return np.asarray(1.0 - part(idle + 0.5 * inefficient, industrial))


def plan_execution(idle: Floats, granted: Floats, breaches: Floats, reviews: Floats) -> Floats:
    """Return the projects as planned: (1 - idle / land granted and not yet built) x (1 - breaches / reviews)."""
    return np.asarray((1.0 - part(idle, granted)) * (1.0 - part(breaches, reviews)))
