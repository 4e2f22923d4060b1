"""What the documents say or presuppose of a question, as a counterfactual or a sweep states it."""

from __future__ import annotations

from zonesim.scenario.schema import Text


class Claim(Text):
    """What the documents say or presuppose."""

    clause: str
