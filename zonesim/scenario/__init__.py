"""Scenarios: what to run, read strictly from a file."""

from zonesim.scenario.schema import Scenario, Target, load_scenario

__all__ = ["Scenario", "Target", "load_scenario"]
