"""Money for committees from county, city, province and centre."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class CountyTransfer(
    Instrument,
    name="county_transfer",
    zh="县区资金保障",
    en="Guaranteed transfer of the county",
    edits="county_transfer",
    pays="county_transfer",
):
    """Guarantee a committee a yearly transfer of its county (县区必要资金保障), as far as the county's money goes."""

    county_infra_transfer = lever(
        "number",
        5000,
        unit="10^4 yuan/year and committee",
        zh="县区必要资金保障",
        en="Guaranteed county transfer for zone building",
        clauses="000§8f",
        group="fiscal",
        tier=2,
        low=0,
        high=50000,
        claims=(("infra_stock", "+"),),
        null=0,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Edit the terms of the covered committees or sites."""
        terms.raise_to("county_transfer", face.zones, face.by_zone("county_infra_transfer"))


class FundTilt(
    Instrument,
    name="fund_tilt",
    zh="专项资金倾斜",
    en="Special funds tilted to zones",
    edits="special_fund_tilt",
):
    """Give the covered places a set share of the works that special funds of city and counties pay (专项资金向开发区倾斜); other places share what is left.

    Without it works follow value added.
    """

    special_fund_zone_tilt = lever(
        "number",
        0.5,
        unit="share of city/county construction and development funds going to zones",
        zh="专项资金/发展基金向开发区倾斜",
        en="Tilt of city/county special funds to zones",
        clauses="002§3.2d; 003§8e; 004§3.16.1",
        group="fiscal",
        tier=2,
        low=0,
        high=1,
        claims=(
            ("infra_stock", "+"),
            ("fixed_asset_investment", "+"),
        ),
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Edit the terms of the covered committees or sites."""
        terms.fix("special_fund_tilt", face.places, face["special_fund_zone_tilt"])


class HigherGrants(
    Instrument,
    name="higher_grants",
    zh="争取上级资金",
    en="Grants won from higher levels",
    edits="higher_grant",
    pays="higher_grant",
):
    """Win grants of centre and province for each covered committee (争取中央省级资金)."""

    higher_level_fund_inflow = lever(
        "number",
        3000,
        unit="10^4 yuan/year/zone",
        zh="争取中央省级资金",
        en="Grants won from central/provincial funds",
        clauses="002§3.2f; 004§3.10.2",
        group="fiscal",
        tier=2,
        low=0,
        high=30000,
        claims=(("infra_stock", "+"),),
        null=0,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Edit the terms of the covered committees or sites."""
        terms.add("higher_grant", face.zones, face.by_zone("higher_level_fund_inflow"))
