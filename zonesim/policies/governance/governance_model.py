"""Choose how a zone is governed (管理体制模式)."""

from __future__ import annotations

from dataclasses import dataclass

from zonesim.policies.instrument import Face, Instrument, lever, option
from zonesim.terms import Terms


@dataclass(frozen=True)
class Form:
    """What a form of governance changes relative to a dispatched agency (factors; assumptions, no document gives numbers)."""

    staff: float  #: staff
    cost: float  #: cost of a member of staff
    social: float  #: time for social affairs
    days: float  #: days of approval
    reach: float  #: projects found for the same promotion effort
    keeper: int = 0  #: who pays the staff: 0 committee, 1 county, 2 platform company


FORMS = {
    "dispatched_agency": Form(1.0, 1.0, 1.0, 1.0, 1.0),  # 派出机构 (000§1a): the usual form, from which the others are counted
    "big_committee": Form(1.05, 1.0, 1.0, 0.90, 1.0),  # 大管委会 (001§2d): heads of 12 units are deputy directors, so departments agree sooner
    "quasi_government": Form(1.25, 1.0, 1.3, 0.85, 0.97),  # 准政府管委会: own departments and desks, and much of a government's social duties
    "zone_district_merged": Form(1.40, 0.9, 1.6, 0.80, 0.90, 1),  # 行政区合一: all powers in one house, the district keeps the accounts
    "enterprise_led": Form(0.60, 1.4, 0.3, 1.10, 1.25, 2),  # 企业为主体开发: few, well paid, good at finding projects; approvals stay with departments
    "committee_and_company": Form(0.85, 1.15, 0.7, 0.97, 1.15),  # 管委会+公司 (002§2.1b, 003§3b): the company finds projects and builds
}


class GovernanceModel(
    Instrument,
    name="governance_model",
    zh="管理体制",
    en="Governance model of the zone",
    edits="staff_factor staff_cost_factor social_duty_factor days_factor reach_factor account_keeper",
):
    """Choose how a zone is governed (管理体制模式).

    The form changes staff, its cost, the time that social affairs take, days of approval, how well projects are found, and who pays the staff.
    Each factor is 1 + strength x (the form's - 1). List the instrument once for each sub-park to give each its own form (004§3.1.2).
    """

    governance_model = lever(
        "choice",
        "quasi_government",
        unit="{dispatched agency, big committee, quasi-government, zone–district merged, enterprise-led, committee + company}",
        zh="管理体制模式",
        en="Zone governance model",
        clauses="000§1a; 001§1b; 001§2d; 004§3.1.2",
        group="governance_and_approvals",
        tier=1,
        allowed=" ".join(FORMS),
        claims=(("approval_days", "-"),),
        given=True,
        null="dispatched_agency",
    )
    form_strength = option("number", 1.0, low=0.0, high=2.0, unit="factor", zh="体制差异强度", en="Strength of the differences between the forms")

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Scale what the form changes."""
        form, strength = FORMS[face["governance_model"]], face["form_strength"]
        columns = {"staff_factor": form.staff, "staff_cost_factor": form.cost, "social_duty_factor": form.social, "reach_factor": form.reach}
        for name, factor in columns.items():
            terms.scale(name, face.zones, 1 + strength * (factor - 1))
        terms.scale("days_factor", face.places, 1 + strength * (form.days - 1))
        if form.keeper:
            terms.fix("account_keeper", face.zones, float(form.keeper))
