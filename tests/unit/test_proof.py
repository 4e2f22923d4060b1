"""The proof that levers act: what it finds, and what it says of a lever that does nothing."""

import copy

import numpy as np
import pytest

from tests.conftest import LANZHOU, ROOT
from zonesim.commands.registers import _effect
from zonesim.errors import InputError
from zonesim.experiments.homes import ends, find_packages, homes
from zonesim.experiments.proof import Trial, _finer, first_difference, prove_all, tabulate_model
from zonesim.indicators import DERIVED, INDICATORS
from zonesim.model import ZoneModel
from zonesim.policies.instrument import every_lever
from zonesim.report.claims import claims_page, read_why
from zonesim.scenario import load_scenario


@pytest.fixture(scope="module")
def coarse():
    """The plan on a world of fewer rows: the levers act in the same quarters, and a step costs a third."""
    return load_scenario(LANZHOU / "plan_2015.yaml", ["founding.scale=20", "horizon.end=2017Q4"])


def test_a_lever_is_seen_in_the_quarter_in_which_its_clause_begins(coarse):
    (one,) = prove_all([coarse], only=["tax_increment_return_share"], most_quarters=12, replications=10)
    assert one.quarter == "2015Q1" and one.column == "zones.effort" and not one.never_bound and one.package == "plan_2015"
    assert {c.indicator for c in one.claims} == {"infra_stock", "gdp", "fixed_asset_investment"}
    assert all(c.effect > 0 for c in one.claims)
    verdicts = {c.indicator: c.verdict for c in one.claims}
    assert verdicts["infra_stock"] == verdicts["fixed_asset_investment"] == "agrees"  # three years after it begins, output has hardly moved


def test_a_lever_whose_clause_begins_after_the_run_never_binds(coarse):
    (one,) = prove_all([coarse], only=["tax_increment_return_share"], most_quarters=4)
    assert one.never_bound and one.column == ""


def test_a_lever_that_no_package_has_is_added(coarse):
    (one,) = prove_all([coarse], only=["equipment_subsidy_rate"], most_quarters=8)
    assert one.added and one.quarter


def test_the_packages_are_found(tmp_path):
    assert "plan_2015" in {package.id for package in find_packages(LANZHOU.parent)}


def test_a_copied_world_goes_on_like_the_original():
    scenario = load_scenario(LANZHOU / "baseline.yaml", ["horizon.end=2014Q4"])
    first = ZoneModel(scenario, 3)
    second = ZoneModel(scenario, 3, world=copy.deepcopy(first.world))
    for _ in range(4):
        first.step()
        second.step()
    assert first_difference(first, second) == ""
    second.world.places.talent[0] += 1
    assert first_difference(first, second) == "places.talent"
    assert not np.shares_memory(first.world.balances, second.world.balances)


BOTH = ["tax_increment_return_share", "growth_premium_target"]


@pytest.fixture(scope="module")
def small():
    return load_scenario(LANZHOU / "plan_2015.yaml", ["founding.scale=40", "horizon.end=2017Q4"])


@pytest.fixture(scope="module")
def longer(small):
    """A search of two pairs, and of two more where claims stay open, by lever."""
    return {one.lever: one for one in prove_all([small], only=BOTH, replications=2, most=4)}


def test_only_levers_with_open_claims_get_more_pairs(small, longer):
    # the first look alone, at the level of two looks
    first = {one.lever: one for one in prove_all([small], only=BOTH, replications=2, most=4, is_over=lambda: True)}
    for lever in BOTH:
        assert {claim.pairs for claim in longer[lever].claims} == ({4} if first[lever].is_open else {2}), lever
        assert {claim.pairs for claim in first[lever].claims} == {2}
    assert any(claim.pairs == 4 for one in longer.values() for claim in one.claims)


def test_the_pairs_of_a_longer_search_are_those_of_a_plain_one(small, longer):
    found = longer["growth_premium_target"]
    (plain,) = prove_all([small], only=["growth_premium_target"], replications=found.claims[0].pairs)
    assert [claim.effect for claim in found.claims] == [claim.effect for claim in plain.claims]


def test_explanations_are_of_claims_that_are_made():
    why = read_why(ROOT / "docs" / "derivations" / "claims_why.csv")
    claims = {(one.id, indicator) for _, one in every_lever() for indicator, _ in one.claims}
    assert why and set(why) - claims == set()


def test_a_comma_that_is_not_quoted_is_found_in_its_line(tmp_path):
    path = tmp_path / "why.csv"
    path.write_text('lever,indicator,en,zh\na,b,"one, two",三\na,c,one, two,三\na,b,again,又\na,d,,三\n', encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_why(path)
    said = [problem.split("why.csv:")[1] for problem in error.value.problems]
    assert (
        len(said) == 3 and said[0].startswith("3: 5 fields, 5 of them filled") and said[1].startswith("4: a, b is") and said[2].startswith("5: 4 fields, 3 of")
    )
    path.write_text('lever,indicator,en,zh\na,b,"one, two",三\n', encoding="utf-8")
    assert read_why(path) == {("a", "b"): ("one, two", "三")}


@pytest.mark.parametrize(
    ("lever", "indicator"), [("industry_differentiation_strength", "specialisation_lq"), ("growth_premium_target", "growth_premium_over_city")]
)
def test_what_is_measured_against_the_region_is_read_below_it(lever, indicator):
    everywhere = load_scenario(LANZHOU / "plan_2015.yaml", ["founding.scale=20", "horizon.end=2017Q4", "policies.industry_differentiation.places=[all]"])
    (one,) = prove_all([everywhere], only=[lever], most_quarters=12)
    (claim,) = (claim for claim in one.claims if claim.indicator == indicator)
    zones = claim.place.split(" + ")
    assert set(zones) <= set(everywhere.region.zones) and claim.effect != 0 and claim.verdict == "open" and claim.pairs == 1
    assert lever != "industry_differentiation_strength" or len(zones) > 1  # the mean over the covered zones


@pytest.mark.parametrize("indicator", ["specialisation_lq", "growth_premium_over_city", "out_of_zone_new_projects"])
def test_what_is_measured_against_the_region_is_given_below_it_and_only_there(indicator):
    one = {**INDICATORS, **DERIVED}[indicator]
    model = ZoneModel(load_scenario(LANZHOU / "baseline.yaml", ["founding.scale=40", "horizon.end=2015Q4"]), 3)
    for _ in range(8):
        model.step()
    series = tabulate_model(model)
    for level in {level for level, _ in series.groups}:
        mine = np.isin(series.group, [k for k, (its, _) in enumerate(series.groups) if its == level]) & (series.indicator == series.indicators.index(indicator))
        assert mine.any() != bool(one.complaint(level)), level
        assert not mine.any() or np.ptp(series.value[mine]) > 1e-9, level


def test_a_lever_that_never_binds_is_reported_where_it_is_on_after_a_finer_try():
    sanming, hebei = (load_scenario(LANZHOU.parent / path, ["founding.scale=100"]) for path in ("sanming/sanming_2024.yaml", "hebei_county/hebei_2020.yaml"))
    (kind,) = (kind for kind, lever in every_lever() if lever.id == "project_exit_rule")
    lever = kind.levers["project_exit_rule"]
    scales = [(package.id, package.founding.scale) for package, *_ in _finer(lever, kind, [sanming, hebei])]
    assert scales == [(next(homes(lever, kind, [sanming, hebei]))[0].id, 2)]
    assert list(_finer(lever, kind, [load_scenario(LANZHOU / "plan_2015.yaml")])) == []  # as fine as can be


def test_a_claim_is_printed_with_its_interval_and_unit():
    claim = {"indicator": "gdp", "effect": -2.0, "low": -3.0, "high": -1.0}
    assert _effect(claim) == "-200 [-300 to -100] M CNY a year " and _effect({**claim, "effect": None}) == ""
    assert _effect({**claim, "low": None, "high": None}) == "-200 M CNY a year "


def test_a_proof_names_few_places_and_says_when_pairs_are_too_few_to_judge(capsys):
    from zonesim.commands.registers import _say_proofs

    claim = {
        "indicator": "gdp",
        "place": " + ".join(f"z{k}" for k in range(5)),
        "claimed": "+",
        "effect": 2.0,
        "low": 1.0,
        "high": 3.0,
        "verdict": "open",
        "pairs": 3,
    }
    proof = {"lever": "award_amount", "low": 0, "high": 1, "package": "p", "added": False, "quarter": "2025Q1", "column": "zones.effort", "claims": [claim]}
    _say_proofs({"proofs": [proof]}, as_json=False)
    said = capsys.readouterr().out
    assert "gdp of mean of 5 zones claimed +: +200 [+100 to +300] M CNY a year open (3 pairs)" in said and "z3" not in said
    assert "a claim stays open below 4 pairs (-n 4)" in said
    _say_proofs({"proofs": [{**proof, "claims": [{**claim, "pairs": 4, "place": "etdz"}]}]}, as_json=False)
    said = capsys.readouterr().out
    assert "gdp of etdz claimed" in said and "stays open" not in said


def test_the_page_of_claims_counts_and_explains():
    claim = {
        "indicator": "gdp",
        "place": "lanzhou",
        "claimed": "+",
        "effect": -2.0,
        "low": -3.0,
        "high": -1.0,
        "verdict": "contradicts",
        "level": 100.0,
        "pairs": 8,
    }
    result = {"replications": 4, "up_to": 32, "seed": 1, "settings": ["founding.scale=20"], "proofs": [
        {"lever": "award_amount", "package": "plan_2015", "low": 0, "high": 1, "quarter": "2015Q1", "column": "x", "added": True, "claims": [claim, {**claim, "verdict": "open"}]},
        {"lever": "far_min", "package": "plan_2015", "low": 0, "high": 1, "quarter": "", "column": "", "added": False, "claims": []}]}  # fmt: skip
    page = claims_page(result, {("award_amount", "gdp"): ("because", "因为")})
    assert "Of 2 claims of 2 levers 0 agree, 1 contradict" in page and "1 条相反" in page and "they are of 98.8 %" in page
    assert "| -200 [-300 to -100] M CNY a year | -2 % | 8 | plan_2015 (added) | lanzhou | because 因为 |" in page
    assert "0 of the 0 agree by definition" in page and "Of 2 comparisons at 98.8 % about 0 would stand out by chance alone" in page
    assert "仅凭偶然也有约 0 次" in page
    timed = claims_page({**result, "minutes": 20}, {})
    assert "as far as the time went" in timed and "时间用完即止" in timed and "--minutes 20 --set" in timed and "--minutes" not in page
    assert "`far_min` (plan_2015)" in page.split("Never bound")[1] and "a doubt remains" in claims_page(result, {})


def test_claims_that_are_true_by_definition_are_marked_and_counted_apart():
    # of 40 levers ten agree: days of the filing by definition, the quality that they let pass is a finding; 40 comparisons at 95 % leave two to chance
    def one(lever, indicator):
        claim = {
            "indicator": indicator,
            "place": "lanzhou",
            "claimed": "+",
            "effect": 2.0,
            "low": 1.0,
            "high": 3.0,
            "level": 10.0,
            "pairs": 8,
            "verdict": "agrees",
        }
        return {"lever": lever, "package": "plan_2015", "added": False, "quarter": "2015Q1", "column": "x.y", "claims": [claim]}

    proofs = [one("filing_days", "approval_days"), *(one("filing_days", "entrant_quality") for _ in range(39))]
    page = claims_page({"replications": 8, "up_to": 8, "seed": 1, "settings": [], "proofs": proofs}, {})
    assert "1 of the 40 agree by definition" in page and "39 are findings" in page and "39 条是模型的结果" in page
    assert "Of 40 comparisons at 95 % about 2 would stand out by chance alone" in page and page.count("| yes 是 |") == 1
    said = (ROOT / "docs" / "claims.md").read_text(encoding="utf-8")
    assert page.count("| yes 是 |") < said.count("| yes 是 |") and "仅凭偶然" in said
    for name in ("counterfactuals.md", "caveats.md"):
        text = (ROOT / "docs" / name).read_text(encoding="utf-8")
        assert "about n/20 stand out by chance alone" in text and "n/20 个仅凭偶然" in text


def test_a_setting_of_a_policy_holds_in_the_packages_that_have_it():
    from zonesim.experiments.homes import find_packages

    found = {one.id: one for one in find_packages(ROOT / "scenarios", ["policies.tax_return.tax_increment_return_share=0.5"])}
    shares = {
        name: [policy.settings["tax_increment_return_share"].value for policy in one.instruments if policy.label == "tax_return"] for name, one in found.items()
    }
    assert shares["plan_2015"] == [0.5] and len(found) >= 5
    with pytest.raises(InputError, match="no package has the policy 'tax_retur'; did you mean 'tax_return'"):
        find_packages(ROOT / "scenarios", ["policies.tax_retur.tax_increment_return_share=0.5"])


def test_the_list_of_levers_can_be_cut_to_some_and_has_their_names():
    from click.testing import CliRunner

    from zonesim.cli import app

    done = CliRunner().invoke(app, ["levers", "--lever", "award_amount"], catch_exceptions=False)
    assert len(done.output.splitlines()) == 1 and done.output.startswith("award_amount") and "Rank award" in done.output


@pytest.mark.parametrize(
    ("lever", "zones"),
    [
        ("zone_fiscal_autonomy", "etdz xigu_office honggu_office gaolan_office airport_office"),  # its clauses name parks
        ("leading_industry_map", "etdz xigu_office honggu_office airport_office"),
        ("growth_premium_target", "etdz"),  # named by the clause: one zone, its offices within it
        ("evaluation_weights", "etdz xigu_office honggu_office gaolan_office airport_office htz new_area_zone"),  # all parks
    ],
)
def test_zones_that_a_lever_does_not_cover_are_not_read(coarse, lever, zones):
    ((kind, it),) = ((kind, one) for kind, one in every_lever() if one.id == lever)
    package, added, raw = next(homes(it, kind, [coarse]))
    trial = Trial(it, package, added, ends(it, raw), {}, seed=1)
    assert not added and trial.zones == tuple(zones.split())
    assert trial.place == (zones if " " not in zones else "lanzhou")
