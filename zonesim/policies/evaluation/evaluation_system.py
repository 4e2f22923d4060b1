"""Choose what zones are judged by (考核指标权重)."""

from __future__ import annotations

from zonesim.policies.evaluation.systems import SYSTEMS
from zonesim.policies.instrument import Face, Instrument, lever, option
from zonesim.terms import Terms
from zonesim.world.criteria import CRITERIA


class EvaluationSystem(
    Instrument,
    name="evaluation_system",
    zh="考核指标体系",
    en="Evaluation system",
    edits=" ".join(f"weight_{name}" for name in CRITERIA) + " weight_revision",
):
    """Choose what zones are judged by (考核指标权重).

    A list of a document gives the criteria; weights named in the scenario replace the list's for these criteria (0 leaves one out); all are scaled to 1.
    The score steers what committees work on, and what they report. Weights that are revised every year are a moving target, and harder to game.
    """

    evaluation_weights = lever(
        "weights",
        {},
        unit="weight of each criterion, scaled to add up to 1; what is not named keeps the weight of the list",
        zh="考核指标权重",
        en="Evaluation weight vector",
        clauses="000§13a; 001§10a; 002§2.6b; 003§17b; 004§4.2b; 004§4.2c",
        group="evaluation",
        tier=1,
        allowed=" ".join(CRITERIA),
        claims=(("evaluation_score", "+"),),
        null={},
    )
    evaluation_weight_revision = lever(
        "switch",
        True,
        unit="",
        zh="指标年度动态修订",
        en="Yearly weight revision",
        clauses="004§4.2e",
        group="evaluation",
        tier=3,
        given=True,
        null=False,
    )
    evaluation_list = option("choice", "lanzhou", allowed=" ".join(SYSTEMS), zh="考核指标清单", en="List of criteria", null="usual")

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Set the weight of every criterion, when a list or a weight is given."""
        weights = {**SYSTEMS[face["evaluation_list"]], **(face["evaluation_weights"] or {})}
        if any(weights.values()):
            for name in CRITERIA:
                terms.fix(f"weight_{name}", face.zones, float(weights.get(name, 0.0)))
        if face["evaluation_weight_revision"]:
            terms.turn_on("weight_revision", face.places)
