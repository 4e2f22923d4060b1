"""Every lever claims what the catalogue of the documents' directions says of it, for every indicator that exists.

``tests/data/directions.csv`` holds the catalogue's column word for word. An arrow and the words after it are read by ``WORDS``; a lever whose word is
for a lower setting (a cap, a fee) is turned; a direction that stands in the clause rather than behind an arrow is in ``IN_WORDS``.
"""

import csv
import re

import pytest

from tests.conftest import ROOT
from zonesim.indicators import DERIVED, INDICATORS
from zonesim.policies.instrument import every_lever

KNOWN = {**INDICATORS, **DERIVED}
LEVERS = {one.id: one for _, one in every_lever() if not one.is_option}
with (ROOT / "tests" / "data" / "directions.csv").open(encoding="utf-8", newline="") as _file:
    DIRECTIONS = {row["lever"]: row["direction"] for row in csv.DictReader(_file)}

# The words of the catalogue, and the indicators that measure them ("-" before an indicator: the other way round; "": nothing that is measured).
WORDS = {
    "DEV debt": "new_debt", "R&D": "st_innovation_index", "R&D productivity": "tech_conversion_rate_out", "R&D return": "st_innovation_index",
    "SME credit access": "enterprise_investment", "SME entry": "enterprises_new", "SME productivity": "gdp", "SME survival": "-enterprises_closed",
    "abatement cost": "treatment_spending", "abatement cost and emissions": "treatment_spending emissions",
    "accident risk and emissions": "safety_accident_rate emissions", "accountability": "evaluation_score", "accuracy of evaluation": "",
    "agglomeration": "agglomeration_index", "alignment": "", "amenity": "", "approval_days of major projects": "approval_days", "arrivals": "investment_attracted",
    "authority level": "zone_level", "bidding war": "", "breach": "commitment_breach_rate", "capacity": "ql_service_management",
    "capital recovery of developer": "-new_debt", "care for quality": "entrant_quality", "collected tax": "tax_revenue", "compliance": "",
    "compliance cost": "treatment_spending", "contract fulfilment": "output_per_mu", "cost": "", "cost and days per project": "approval_days",
    "county burden": "", "credit": "infra_stock", "cross-department delay": "approval_days", "debt burden of DEV": "new_debt", "delay": "approval_days",
    "duplicated steps": "approval_days", "duplication": "-specialisation_lq", "duplication and over-supply": "", "ecological harm": "-ecology_index",
    "economic effort": "investment_attracted", "effort": "evaluation_score", "effort and winners' infra": "evaluation_score award_received infra_stock",
    "effort of laggards": "evaluation_score", "effort while behind target": "growth_premium_over_city", "emission intensity": "emissions",
    "emissions outside": "emissions", "energy cost": "energy_intensity", "entries": "enterprises_from_outside",
    "entry and relocation": "enterprises_new relocated_firms", "entry cost": "-enterprises_new", "entry count": "enterprises_from_outside",
    "entry of dirty sectors": "emissions", "equity between zones": "", "exit of low performers": "enterprises_closed", "expansion delay": "approval_days",
    "external leads": "investment_attracted", "FDI": "fdi_actual", "finance cost": "", "finance cost of large firms": "",
    "firm capital constraint": "-enterprise_investment", "firm cost": "-enterprises_new", "firm investment": "enterprise_investment",
    "foreign talent": "talent_stock", "gross_output of key zones": "gross_output", "hightech_va share": "hightech_va", "hiring friction": "-employment",
    "homogeneous competition": "-specialisation_lq", "host incentive": "", "idle land": "idle_land_area",
    "idle/inefficient land": "idle_land_area inefficient_land_area", "idle/speculative land": "idle_land_area", "imitation spillover": "",
    "in-zone share": "-out_of_zone_new_projects", "incentive to give away leads": "enclave_tax_shared", "industrial land": "land_supplied",
    "infra of host": "infra_stock", "infra_stock early": "infra_stock", "inspection": "discharge_compliance_rate", "internal competition": "",
    "investment": "enterprise_investment", "investment_attracted from eastern regions": "investment_attracted", "leverage": "",
    "investment_attracted per yuan": "investment_attracted", "key-project landing": "investment_attracted", "labour productivity": "gdp",
    "labour supply": "employment", "land availability in hilly counties": "ready_land", "land available": "ready_land", "deters hoarding": "",
    "land cost and delay for projects": "approval_days", "land revenue": "", "land revenue per mu": "", "land stock": "ready_land",
    "land supplied to zone": "land_supplied", "land supply certainty": "land_supplied", "land turnover": "land_returned", "land waiting": "lost_projects",
    "land-use intensity and coordination": "land_intensive_index", "land-use intensity effort": "land_intensive_index", "landing rate": "-lost_projects",
    "later breach risk": "commitment_breach_rate", "leads shared": "enclave_tax_shared", "learning": "", "load on zone treatment": "",
    "location utility": "investment_attracted", "long-run investment": "infra_stock", "major projects": "investment_attracted", "manufacturer productivity": "gdp",
    "market efficiency of building and promotion": "infra_stock investment_attracted", "match": "output_per_mu", "match quality": "output_per_mu",
    "mismatch between zones": "", "net land revenue": "infra_stock", "occupancy": "enterprises_new", "keeps output": "", "keeps industrial land": "", "reputation": "", "overhead": "",
    "oversight": "entrant_quality", "filing_days": "approval_days", "partner projects": "investment_attracted", "per-firm cost and days": "approval_days",
    "plan-conflict delay": "approval_days", "plot ratio": "output_per_mu", "problem resolution": "ql_policy_implementation",
    "problem resolution rate": "ql_service_management", "productivity": "gdp", "profit": "", "project inflow": "investment_attracted",
    "project landing": "enterprises_from_outside", "provider incentive": "enclave_tax_shared", "quality": "entrant_quality",
    "quality and links": "entrant_quality local_supply_share", "quantity": "enterprises_from_outside", "ready land": "ready_land", 
    "risk for government": "", "scale": "", "scores": "evaluation_score", "search cost and duplication": "lost_projects", "service": "ql_service_management",
    "service of incumbents": "ql_service_management", "share of revenue kept": "", "short-run investment": "fixed_asset_investment",
    "small emission risk": "emissions", "specialisation": "specialisation_lq", "specialisation_lq in designated park": "specialisation_lq", "speculation": "",
    "spillover": "st_innovation_index", "staff ability": "ql_service_management", "standard factory floor space": "", "start cost": "",
    "start-up delay": "approval_days", "start-ups": "enterprises_new", "start-ups and va_tertiary from old buildings": "enterprises_new va_tertiary",
    "stock_land_revitalisation": "land_returned", "subsidies": "", "supplier entry": "enterprises_new", "talent retention": "talent_stock",
    "tax compliance cost": "", "tech start-ups": "hightech_firm_count", "trade cost": "-exports_imports", "transparency": "", "transport cost": "",
    "treatment": "treatment_investment", "up-front cost for DEV": "new_debt", "urban pollution": "emissions", "utility of merged areas": "",
    "violations": "safety_accident_rate -discharge_compliance_rate", "waiting": "lost_projects", "waste": "-resource_utilisation_rate", "weakest indicator": "evaluation_score",
    "zone budget": "infra_stock", "zone renewal cost": "", "zone totals": "gdp",
}  # fmt: skip
TURNED = {
    "entry_env_standard": "the lever is the emission that is still allowed",
    "pollution_total_cap": "the lever is the cap",
    "water_total_cap": "the lever is the cap",
    "water_intensity_cap": "the lever is the cap",
    "idle_land_reclaim_years": "a longer time reclaims less",
    "leading_industry_count": "fewer raise specialisation",
    "filing_investment_threshold": "lower puts more under oversight",
    "commercial_conversion_cap": "0 keeps industrial land",
    "city_pool_allocation_rule": "key projects stand first, by lot last",
    "assessment_fee_share": "the documents make assessment free",
}
IN_WORDS = {
    "award_amount": "award_received+",
    "award_growth_criterion": "award_received+",
    "award_rank_threshold_city": "award_received+",
    "award_rank_threshold_province": "award_received+",
    "bespoke_deal_generosity": "investment_attracted+",  # "as above": as bespoke_deal_enabled
    "bespoke_deal_threshold": "investment_attracted-",
    "debt_ratio_cap": "new_debt+",
    "delegation_pilot_rollout": "approval_days+",
    "eia_followup_years": "emissions+",
    "energy_quota_local_retention_share": "output_per_mu+",  # "as above": as the share of land
    "env_quota_local_retention_share": "output_per_mu+",
    "evaluation_weights": "evaluation_score+",
    "factory_buyback_enabled": "enterprise_investment+",
    "governance_model": "approval_days-",
    "land_pre_review_retained": "approval_days+",
    "sector_mandate_share": "specialisation_lq+",  # "as above": as the map
}
ELSEWHERE = {  # where a word means something else for one lever
    ("infra_plan_city_approval_enabled", "waste"): "infra_investment",
    ("infra_plan_city_approval_enabled", "delay"): "",  # of works, not of projects
    ("park_integration_enabled", "duplication"): "-admin_efficiency",  # of administration
}


def read(lever):
    """Return the claims that the catalogue's words make of a lever moved up."""
    said = set()
    for segment in re.split(r"[;.:→(]", DIRECTIONS[lever]):
        arrow = ""
        for phrase in segment.split(","):
            found = re.search(r"([↑↓])\s*(.+)", phrase)
            if found:
                arrow = found[1]
            words = (found[2] if found else phrase).strip()
            if not arrow:
                continue
            names = ELSEWHERE.get((lever, words), words if words in KNOWN else WORDS.get(words))
            assert names is not None, f"say in WORDS which indicator measures {words!r}"
            for name in names.split():
                up = (arrow == "↑") ^ name.startswith("-") ^ (lever in TURNED)
                said.add((name.lstrip("-"), "+" if up else "-"))
    return said | {(one[:-1], one[-1]) for one in IN_WORDS.get(lever, "").split()}


@pytest.mark.parametrize("lever", sorted(DIRECTIONS))
def test_a_lever_claims_what_the_catalogue_says(lever):
    said = read(lever)
    assert {name for name, _ in said} <= set(KNOWN), "WORDS names an indicator that does not exist"
    if lever in LEVERS:
        assert set(LEVERS[lever].claims) == said, DIRECTIONS[lever]


def test_no_claim_is_made_twice_or_both_ways():
    for lever in LEVERS.values():
        names = [name for name, _ in lever.claims]
        assert len(names) == len(set(names)), lever.id


def test_the_tables_name_levers_and_words_of_the_catalogue():
    assert len(DIRECTIONS) == 255 and set(TURNED) | set(IN_WORDS) | {lever for lever, _ in ELSEWHERE} <= set(DIRECTIONS)
    assert [words for words in WORDS if words not in " ".join(DIRECTIONS.values())] == []
