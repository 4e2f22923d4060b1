"""What is not wrong with a scenario and may still not be meant: what never acts or changes nothing, and what is in force before its run begins."""

from __future__ import annotations

from zonesim import quarters
from zonesim.report.words import period
from zonesim.scenario import Scenario
from zonesim.scenario.neutral import neutral_measures
from zonesim.web.problems import Problem, located
from zonesim.web.words import instrument_name, say


def remarks(one: Scenario, lang: str) -> list[Problem]:
    """Return the warnings of the reader, and the policies that began before the run does; each with its policy."""
    first = quarters.first_day(one.start)
    began = period(quarters.label(one.start), lang)
    found = located((*one.warnings, *neutral_measures(one)), lang)
    for policy in one.instruments:
        if policy.start < first and (policy.last_quarter is None or policy.last_quarter >= one.start):
            key = "remark.early" if policy.start.year > 1 else "remark.undated"
            name = instrument_name(type(policy), lang)
            found.append(Problem(policy.label, "start", say(key, lang, name=name, start=policy.start.isoformat(), began=began)))
    return found
