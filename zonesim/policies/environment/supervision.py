"""Inspect enterprises, and shut them down by class in a pollution alert (监管检查, 禁止一刀切)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class Supervision(Instrument, name="supervision", zh="环保安全监管", en="Environmental and safety inspections", edits="inspection", places="all"):
    """Inspect each enterprise with a probability a year, for discharge and for safety (监管检查).

    An inspected violator is fined, must mend, and stops for a quarter when far above the standard; an unsafe enterprise is made safe. What may be
    found makes treatment worth its cost beforehand. Each inspection costs the inspected a little.
    """

    inspection_probability = lever(
        "number", 0.3, unit="probability per firm per year", zh="监管检查概率", en="Inspection probability", clauses="000§1c; 001§12b; 003§8c",
        group="governance_and_approvals", tier=1, low=0, high=1, claims=(("discharge_compliance_rate", "+"), ("safety_accident_rate", "-"), ("treatment_spending", "+")), null=0.0,
    )  # fmt: skip

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Raise the probability of an inspection."""
        terms.raise_to("inspection", face.places, face["inspection_probability"])


class DifferentiatedEnforcement(
    Instrument, name="differentiated_enforcement", zh="差别化环境管理", en="Differentiated environmental enforcement", edits="differentiated"
):
    """Shut enterprises down by class in a pollution alert, not all alike (严禁一刀切).

    A (far below the standard, or high-tech and compliant) works on, B and C are shut for a part of the days, D (above the standard) for all.
    """

    differentiated_env_enforcement_enabled = lever(
        "switch", True, unit="", zh="禁止一刀切（差别化管理）", en="Differentiated enforcement without blanket shutdown", clauses="001§8c",
        group="environment_and_safety", tier=1, claims=(("shutdown_days", "-"), ("emissions", "+")), given=True, null=False,
    )  # fmt: skip

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Turn classes on."""
        if face["differentiated_env_enforcement_enabled"]:
            terms.turn_on("differentiated", face.places)
