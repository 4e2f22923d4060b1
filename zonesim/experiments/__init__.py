"""Runs of scenarios, what they are compared by, and what their differences say."""
