"""Subsidies to enterprises out of national and provincial special funds (产业专项资金)."""

from __future__ import annotations

import numpy as np

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class UpgradeFund(
    Instrument,
    name="upgrade_fund",
    zh="产业专项资金",
    en="Special fund for industry",
    edits="upgrade_fund upgrade_target",
    pays="upgrade_subsidy:upgrade_target",
):
    """Subsidise technical upgrade, energy saving and high technology out of higher funds (产业专项资金).

    The yearly amount follows the capital of profitable industrial enterprises covered, twice for high-tech ones; it is invested and lowers energy
    intensity.
    """

    industry_special_fund = lever(
        "number",
        5000,
        unit="10^4 yuan/year",
        zh="产业专项资金",
        en="Industry special-fund subsidy to firms (technical upgrade, energy saving, circular, high-tech)",
        clauses="004§3.10.3",
        group="fiscal",
        tier=3,
        low=0,
        high=20000,
        claims=(
            ("enterprise_investment", "+"),
            ("hightech_va", "+"),
            ("energy_intensity", "-"),
        ),
        null=0,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Edit the terms of the covered committees or sites."""
        amount = float(np.max(face["industry_special_fund"]))
        if amount > 0:
            terms.raise_to("upgrade_fund", True, amount)
            terms.turn_on("upgrade_target", face.sites)
