"""What holds for every instrument of the register, so that a new one is covered the day it appears."""

import datetime
import random

import numpy as np
import pytest

from zonesim.policies import law
from zonesim.policies.catalogue import lever_rows
from zonesim.policies.instrument import Instrument, build_instrument, every_lever
from zonesim.policies.site import SiteInfo
from zonesim.quarters import parse
from zonesim.terms import TERMS
from zonesim.world.industries import load_industries

FIRST_FIFTY_SIX = """
tax_increment_return_share tax_increment_window tax_increment_base_rule tax_increment_tax_set zone_fiscal_autonomy land_revenue_reinvest_share
equipment_subsidy_rate rent_reduction_rate land_quota_local_retention_share energy_quota_local_retention_share env_quota_local_retention_share
city_pool_allocation_rule zone_quota_ringfence_level zone_quota_share quota_performance_elasticity land_price_intensity_elasticity
living_service_land_ratio commercial_land_share use_change_grace_years entry_min_investment_intensity far_min idle_land_reclaim_years
idle_land_compensation_share idle_land_enforcement stock_land_revitalisation_rate property_subdivision_allowed standard_land_enabled
standard_min_investment_per_mu standard_min_output_per_mu standard_min_tax_per_mu in_zone_siting_mandate_share relocation_rate relocation_subsidy
sector_designated_zone_map sector_mandate_share major_project_priority_share entry_gate_enabled entry_gate_pass_score entry_min_output_per_mu
entry_env_standard filing_investment_threshold land_project_city_review_enabled negative_list_classes planning_eia_required safety_veto_enabled
enclave_enabled enclave_tax_provider_share enclave_indicator_provider_share enclave_sharing_years enclave_cost_share project_circulation_enabled
park_integration_enabled park_integration_deadline zone_pairing_count industry_transfer_inflow joint_promotion_enabled
""".split()
SITE = SiteInfo(
    place_ids=("honggu", "east", "town", "village"),
    kinds=("park", "park", "urban", "rural"),
    counties=("c1", "c2", "c1", "c1"),
    zones=("z1", "z2", "", ""),
    zone_ids=("z1", "z2"),
    industries=load_industries(),
    city_districts=("c1",),
    parents=("", "z1"),
)
QUARTER = parse("2015Q4")
KINDS = Instrument.kinds()


def entry(kind, **change):
    """A scenario entry with every setting given."""
    values = {"instrument": kind.name, "clause": "000§0", "start": "2015-01-01", "end": "2017-12-31"}
    for key, one in kind.levers.items():
        default = one.default
        if key == "park_integration_deadline":
            default = 2014
        values[key] = default if one.is_option else {"value": default, "assumption": "test"}
    for key, value in change.items():
        values[key] = value if kind.levers[key].is_option else {"value": value, "assumption": "test"}
    return values


def build(kind, **change):
    instrument, problems = build_instrument("it", entry(kind, **change), SITE)
    assert not problems, problems
    return instrument


def terms_of(*instruments, quarter=QUARTER):
    terms = law.law_terms(quarter, SITE).copy()
    for one in instruments:
        one.change(terms, quarter, SITE)
    return terms


def test_the_fifty_six_levers_are_there():
    assert len(FIRST_FIFTY_SIX) == 56
    assert set(FIRST_FIFTY_SIX) <= {one.id for _, one in every_lever()}


@pytest.mark.parametrize("name", KINDS)
def test_schema_is_complete(name):
    kind = KINDS[name]
    assert kind.__doc__ and kind.zh and kind.edits and kind.levers
    for one in kind.levers.values():
        assert one.zh and one.en
        if one.kind in ("number", "integer"):
            assert one.low is not None and one.high is not None and one.low <= one.default <= one.high
        if not one.is_option:
            assert one.clauses and one.group and one.tier in (1, 2, 3)
    schema = kind.document_schema()
    assert schema["additionalProperties"] is False and set(kind.levers) <= set(schema["properties"])


@pytest.mark.parametrize("name", KINDS)
def test_it_edits_the_terms_it_declares_and_no_other(name):
    kind = KINDS[name]
    before, after = terms_of(), terms_of(build(kind, **strong(kind)))
    changed = {term for term in TERMS if not np.array_equal(before[term], after[term])}
    assert changed <= set(kind.edits)
    assert changed, "an instrument with strong settings changes something"


def strong(kind):
    """Settings at the end of their range that acts most."""
    values = {}
    for key, one in kind.levers.items():
        if one.kind in ("number", "integer") and key != "park_integration_deadline":
            values[key] = one.low if one.null == one.high or key == "enterprise_refund_cap" else one.high  # a cap acts at its low end
        elif one.kind == "switch":
            values[key] = True
        elif one.kind == "choice":
            values[key] = one.allowed[-1]
        elif one.kind == "set":
            values[key] = list(one.allowed)
    values |= {key: value for key, value in {"delegation_pilot_rollout": 0.0, "land_pre_review_retained": False, "policy_window": 0.0}.items() if key in values}
    return values


@pytest.mark.parametrize("name", KINDS)
def test_zero_intensity_changes_nothing(name):
    kind = KINDS[name]
    nulls = {key: one.null for key, one in kind.levers.items() if one.null is not None}
    if not nulls:
        pytest.skip(f"{name} states choices of the law's own terms; it has no zero")
    after = terms_of(build(kind, **nulls))
    same = [term for term in TERMS if TERMS[term].verb != "fix"]
    before = terms_of()
    different = [t for t in same if not np.array_equal(before[t], after[t])]
    assert not different


@pytest.mark.parametrize("name", KINDS)
def test_not_in_force_is_not_there(name):
    one = build(KINDS[name], **strong(KINDS[name]))
    for quarter in (parse("2014Q4"), parse("2018Q1")):
        assert terms_of(one, quarter=quarter).same_as(terms_of(quarter=quarter))


def test_the_order_of_instruments_cannot_matter():
    everything = [build(kind) for name, kind in KINDS.items()]
    reference = terms_of(*everything)
    shuffle = random.Random(1)
    for _ in range(30):
        shuffle.shuffle(everything)
        assert terms_of(*everything).same_as(reference)


@pytest.mark.parametrize("lever_id", sorted({one.id for _, one in every_lever()}))
def test_every_lever_changes_a_term_between_its_ends(lever_id):
    kind, one = next((k, x) for k, x in every_lever() if x.id == lever_id)
    if one.kind in ("number", "integer"):
        ends = (one.low, one.high)
        if lever_id == "park_integration_deadline":
            ends = (2014, 2020)
    elif one.kind == "switch":
        ends = (False, True)
    elif one.kind == "choice":
        ends = (one.allowed[0], one.allowed[-1])
    elif one.kind == "set":
        ends = ([], list(one.allowed))
    elif one.kind == "years":
        ends = ([2010, 2011], [2010, 2020])
    elif one.kind == "weights":
        ends = ({one.allowed[0]: 1.0}, {one.allowed[0]: 0.0, one.allowed[-1]: 1.0})
    elif one.kind == "shares":
        ends = ({one.allowed[0]: 1.0}, {one.allowed[-1]: 1.0})
    elif one.kind == "assignment":
        ends = ({}, {"honggu": ["metals"], "z2": ["pharma_bio", "equipment"]})
    else:
        ends = ({"urban_minerals": "honggu"}, {"urban_minerals": "east"})
    rest = {} if lever_id == "filing_investment_threshold" else strong(kind)
    low, high = (terms_of(build(kind, **{**rest, lever_id: end})) for end in ends)
    assert not low.same_as(high)


def test_the_catalogue_says_what_is_known_of_each_lever():
    rows = lever_rows()
    assert {row["id"] for row in rows} == {one.id for _, one in every_lever()}
    for row in rows:
        assert row["terms"] and row["read_by"] and row["zh"] and row["en"] and row["clauses"], row["id"]


BAD_WEIGHTS = [
    ({"growht": 1.0}, "growth"),
    ({"growth": -0.1}, "at least 0"),
    ({"growth": float("nan")}, "finite"),
    ({"growth": True}, "not a number"),
    ([0.2, 0.8], "not a mapping"),
    ({"value": {"growth": "much"}}, "not a number"),
]


@pytest.mark.parametrize(("weights", "said"), BAD_WEIGHTS, ids=[s for _, s in BAD_WEIGHTS])
def test_bad_weights_say_what_is_wrong(weights, said):
    raw = {"instrument": "evaluation_system", "clause": "004§4.2b", "evaluation_weights": weights}
    instrument, problems = build_instrument("it", raw, SITE)
    assert instrument is None
    assert any(said in text for _, text in problems), problems


def test_weights_of_a_scenario_replace_those_of_the_list():
    raw = {
        "instrument": "evaluation_system", "clause": "004§4.2b", "start": "2014-01-01", "evaluation_list": "per_mu",
        "evaluation_weights": {"value": {"tax_per_mu": 0, "growth": 2}, "assumption": "test"},
    }  # fmt: skip
    one, problems = build_instrument("it", raw, SITE)
    assert not problems, problems
    terms = terms_of(one)
    assert terms["weight_tax_per_mu"].tolist() == [0.0, 0.0]
    assert terms["weight_growth"].tolist() == [2.0, 2.0]
    assert terms["weight_benefit_per_mu"].tolist() == [0.15, 0.15]


BAD = [
    ({"tax_increment_return_share": 1.7}, "above 1"),
    ({"tax_increment_return_share": 20}, "0.2"),
    ({"tax_increment_return_shar": 0.5}, "tax_increment_return_share"),
    ({"places": ["hongu"]}, "honggu"),
    ({"start": "2015-13-45"}, "not a date"),
    ({"start": "2015-01-01", "end": "2014-01-01"}, "before the start"),
    ({"tax_increment_base_rule": "roling"}, "rolling"),
    ({"tax_increment_tax_set": ["vat", "vat"]}, "different names"),
    ({"instrument": "tax_increment_retur"}, "tax_increment_return"),
    ({"tax_increment_return_share": {"value": 0.5, "note": 1}}, "not part of a setting"),
    ({"tax_increment_return_share": float("nan")}, "finite"),
    ({"increment_part": True}, "not allowed"),
    ({"tax_increment_return_share": {"by_place": {"honggu": 0.5}}}, "all other places"),
    ({"tax_increment_return_share": {"schedule": {"soon": 0.5}}}, "not a date"),
]


@pytest.mark.parametrize(("change", "said"), BAD, ids=[str(list(c)) + s for c, s in BAD])
def test_bad_settings_say_what_is_wrong(change, said):
    raw = {"instrument": "tax_increment_return", "clause": "004§3.10.5", **change}
    instrument, problems = build_instrument("it", raw, SITE)
    assert instrument is None
    assert any(said in text for _, text in problems), problems


def test_a_value_that_no_document_gives_needs_its_reason():
    _, problems = build_instrument("it", {"instrument": "equipment_subsidy", "clause": "003§7d", "equipment_subsidy_rate": 0.1}, SITE)
    assert "assumption" in problems[0][1]


def test_values_by_place_and_by_date():
    raw = {
        "instrument": "idle_land", "clause": "001§7c", "start": "2014-01-01",
        "idle_land_reclaim_years": {"value": 2, "by_place": {"east": 3}},
        "idle_land_enforcement": {"schedule": {"2014-01-01": 0.3, "2016-01-01": 0.9}, "assumption": "test"},
    }  # fmt: skip
    one, problems = build_instrument("it", raw, SITE)
    assert not problems
    assert terms_of(one)["idle_reclaim_years"][:2].tolist() == [2.0, 3.0]
    assert terms_of(one)["idle_enforcement"][0] == 0.3
    assert terms_of(one, quarter=parse("2016Q1"))["idle_enforcement"][0] == 0.9
    assert one.start == datetime.date(2014, 1, 1)


@pytest.mark.parametrize(("key", "names", "is_read"), [("industries", [SITE.industries.ids[3]], "by_industry"), ("places", ["east"], "by_place")])
@pytest.mark.parametrize("name", sorted(KINDS))
def test_places_and_industries_are_read_or_refused(name, key, names, is_read):
    """78 kinds took `industries` without a word and acted on all; kinds of the whole region took `places`."""
    kind = KINDS[name]
    given = entry(kind)
    one, problems = build_instrument("it", {**given, key: names}, SITE)
    assert build_instrument("it", {**given, key: ["all"]}, SITE)[0] is not None
    if not getattr(kind, is_read):
        assert one is None and [path for path, _ in problems] == [(key,)] and "leave this out" in problems[0][1]
        assert kind.document_schema()["properties"][key]["items"] == {"const": "all"}
        return
    if key == "industries":
        lawful, terms = terms_of(), terms_of(one)
        for term in kind.edits:
            moved = (terms[term] != lawful[term]) if TERMS[term].where == "sites" else np.zeros((1, 1), dtype=bool)
            assert set(np.flatnonzero(moved.any(axis=0))) <= {3}, f"{term} of an industry that is not named"
        return
    other, none = build_instrument("it", {**given, key: ["honggu"]}, SITE)[0], build_instrument("it", {**given, key: ["all"]}, SITE)[0]
    acts = [sum(not np.array_equal(terms_of(here)[term], terms_of()[term]) for term in kind.edits) for here in (one, other, none)]
    differ = any(not np.array_equal(terms_of(one)[term], terms_of(other)[term]) for term in kind.edits)
    assert differ or not any(acts[:2]), "the same terms wherever it holds"
