"""Give no land to listed classes of industry (负面清单)."""

from __future__ import annotations

import numpy as np

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class NegativeList(Instrument, name="negative_list", zh="负面清单", en="Negative list", edits="barred"):
    """Give no land to listed classes of industry (负面清单).

    The prohibited catalogue is read as the industries that are at once polluting, energy-intensive and in overcapacity: the
    model knows industries, not products.
    """

    negative_list_classes = lever(
        "set",
        ["high_pollution", "high_energy", "overcapacity"],
        unit="set {high pollution, high energy, overcapacity, prohibited catalogue}",
        zh="禁止供地/负面清单",
        en="Negative list of project classes",
        clauses="001§7b; 001§12a",
        group="entry_and_relocation",
        tier=1,
        allowed="high_pollution high_energy overcapacity prohibited",
        claims=(("emissions", "-"), ("energy_intensity", "-"), ("fixed_asset_investment", "-")),
        given=True,
        null=[],
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Bar the industries of the classes."""
        industries = face.site.industries
        listed = np.zeros(len(industries.ids), dtype=bool)
        for name in face["negative_list_classes"]:
            if name == "prohibited":
                listed |= (industries.high_pollution * industries.high_energy * industries.overcapacity).astype(bool)
            else:
                listed |= industries.figures[name].astype(bool)
        terms.turn_on("barred", face.places[:, None] & (listed & face.industries)[None, :])
