"""When and where a lever is felt: first effects that come late, and the zone at which a claim of a clause for zones is read."""

import copy
import csv

import pytest

from tests.conftest import LANZHOU, ROOT
from zonesim.experiments.homes import ends, homes
from zonesim.experiments.proof import LATE, Proof, Trial, is_of_one_zone, prove_all
from zonesim.policies.instrument import every_lever
from zonesim.report.claims import claims_page
from zonesim.report.late import late_by, late_why
from zonesim.scenario import load_scenario

LEVERS = {one.id: (kind, one) for kind, one in every_lever()}


@pytest.fixture(scope="module")
def hebei():
    return load_scenario(LANZHOU.parent / "hebei_county" / "hebei_2020.yaml", ["founding.scale=20"])


def trial(lever, package):
    kind, one = LEVERS[lever]
    home, added, raw = next(homes(one, kind, [package]))
    assert not added
    return Trial(one, home, added, ends(one, raw), {}, seed=1)


@pytest.mark.parametrize("lever", ["commitment_approval_enabled", "eia_filing_enabled", "idle_land_enforcement", "negative_list_classes"])
def test_a_clause_for_the_only_zone_of_a_county_is_read_at_the_zone(hebei, lever):
    found = trial(lever, hebei)
    assert found.place == "county_htz" and found.zones == ("county_htz",)


def test_what_a_clause_does_to_a_region_or_outside_zones_is_read_at_the_region(hebei):
    assert trial("indicator_attribution_rule", hebei).place == "hebei_county"  # a term of the whole region
    assert trial("inspection_probability", hebei).place == "hebei_county"  # inspectors go to every place
    zhangye = load_scenario(LANZHOU.parent / "zhangye" / "zhangye_2018.yaml", ["founding.scale=20"])
    assert trial("in_zone_siting_mandate_share", zhangye).place == "zhangye"  # it closes places outside zones
    assert trial("multi_plan_integration_enabled", zhangye).place == "zhangye"  # the parks of several zones


def test_the_parks_of_one_committee_are_one_zone_and_no_park_is_none(hebei):
    one = next(one for one in hebei.instruments if one.label == "idle_land")
    assert is_of_one_zone(hebei, [one])
    outside, nowhere = copy.copy(one), copy.copy(one)
    outside.covered, nowhere.covered = one.covered | True, one.covered & False
    assert not is_of_one_zone(hebei, [one, outside]) and not is_of_one_zone(hebei, [nowhere])


def test_the_reading_of_a_zone_is_that_of_the_zone(hebei):
    (proof,) = prove_all([hebei], only=["commitment_approval_enabled"], most_quarters=32)
    assert {claim.place for claim in proof.claims} == {"county_htz"}


def test_delays_are_counted_from_the_date_of_the_clause_in_every_pair():
    plan = load_scenario(LANZHOU / "plan_2015.yaml", ["founding.scale=40", "horizon.end=2017Q4"])
    at_once, later = prove_all([plan], only=["tax_increment_base_rule", "tax_increment_return_share"], replications=3)[::-1]
    assert (at_once.lever, at_once.begins, at_once.delays) == ("tax_increment_return_share", "2015Q1", [0, 0, 0])
    # the rolling base and the fixed one are both 2014 in the first year: the rules part when the second year is settled
    assert later.begins == "2015Q1" and later.quarter == "2016Q4" and later.delays == [7, 7, 7]
    assert late_by(vars(at_once)) is None and late_by(vars(later)) == ("7 quarters after 2015Q1", "2015Q1之后7个季度")


def test_a_lever_that_is_never_felt_has_no_delay():
    plan = load_scenario(LANZHOU / "plan_2015.yaml", ["founding.scale=40", "horizon.end=2017Q4"])
    (one,) = prove_all([plan], only=["tax_increment_return_share"], most_quarters=4, replications=2)
    assert one.never_bound and one.pairs == 2 and one.delays == [] and late_by(vars(one)) is None


def proof_of(lever, delays):
    return {
        **vars(Proof(lever, "hebei_2020", False, True, quarter="2023Q1", column="places.land", begins="2020Q1", delays=delays, pairs=len(delays))),
        "claims": [],
    }


def test_the_command_and_the_page_say_what_is_late_and_why(capsys):
    from zonesim.commands.registers import _say_proofs

    late = [proof_of("regional_assessment_enabled", [12, 2, 10]), proof_of("eia_filing_enabled", [LATE + 1]), proof_of("far_min", [LATE])]
    _say_proofs({"proofs": late}, as_json=False)
    first, second, third, last = capsys.readouterr().out.splitlines()
    assert "2023Q1 places.land, LATE: 10 quarters after 2020Q1 (2 to 12 in 3 pairs), as the committee pays" in first
    assert second.endswith("LATE: 5 quarters after 2020Q1") and "LATE" not in third and "2 first felt more than a year after their date" in last
    page = claims_page({"replications": 3, "up_to": 3, "seed": 1, "settings": [], "proofs": late}, {})
    part = page.split("## Felt late 迟到的首次作用 (2)")[1]
    assert "10 quarters after 2020Q1 (2 to 12 in 3 pairs) 2020Q1之后10个季度（3对中为2至12） | places.land | the committee pays" in part
    assert "资金不足之前没有评估" in part and "a doubt remains" in part and "far_min" not in part


def test_reasons_are_of_levers_that_exist_in_both_languages():
    with (ROOT / "zonesim" / "data" / "late_effects.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, strict=True))
    assert rows[0] == ["lever", "en", "zh"] and all(len(row) == 3 and all(row) for row in rows)
    assert set(late_why()) <= set(LEVERS) and len(late_why()) == len(rows) - 1


def test_the_page_of_claims_gives_a_reason_for_everything_that_is_late():
    page = (ROOT / "docs" / "claims.md").read_text(encoding="utf-8")
    part = page.split("## Felt late")[1].split("\n## ")[0]
    assert part.count("\n| `") >= 5 and "no explanation yet" not in part
