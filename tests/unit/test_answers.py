"""What is made of the runs of a counterfactual: costs, splits, common budgets, transplants, and what is said of them."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tests.conftest import ROOT
from zonesim.accounts.payments import PAYMENTS
from zonesim.experiments.budget import balance
from zonesim.experiments.counterfactual import Split, load_counterfactual
from zonesim.experiments.readings import Look, Seen
from zonesim.experiments.spending import Purse, changed, kinds_paid, window
from zonesim.experiments.transplant import Counterparts, transplanted
from zonesim.indicators import DERIVED, INDICATORS
from zonesim.model import Run
from zonesim.report import findings
from zonesim.report.amounts import amount
from zonesim.report.answers import paragraph
from zonesim.scenario import load_scenario
from zonesim.targets import wilson

FOLDER = ROOT / "experiments"
SMALL = ["founding.scale=20"]


def load(place, package, *overrides):
    return load_scenario(ROOT / "scenarios" / place / f"{package}.yaml", overrides)


def run_with(rows):
    """Return a run that holds nothing but a ledger: (year, payer, payee, kind, amount)."""
    accounts = ["market", "centre", "city", "county:a", "zone:z", "platform:z", "enterprises:p"]
    book = {
        "quarter": np.array([4 * row[0] for row in rows]),
        "payer": np.array([accounts.index(row[1]) for row in rows]),
        "payee": np.array([accounts.index(row[2]) for row in rows]),
        "kind": np.array([PAYMENTS.index(row[3]) for row in rows]),
        "cause": np.zeros(len(rows), dtype=int),
        "amount": np.array([row[4] for row in rows], dtype=float),
    }
    return Run("s", 0, 1, 8000, 8011, None, book, accounts, list(PAYMENTS), [], {})


def test_a_purse_counts_what_the_public_pays_and_forgoes():
    purse = Purse(run_with([
        (2000, "city", "zone:z", "tax_return", 100.0),
        (2000, "zone:z", "enterprises:p", "equipment_subsidy", 30.0),
        (2001, "zone:z", "enterprises:p", "equipment_subsidy", 50.0),
        (2000, "enterprises:p", "platform:z", "rent", 7.0),
        (2000, "enterprises:p", "market", "rent", 1000.0),
        (2000, "market", "platform:z", "loan", 500.0),
        (2000, "enterprises:p", "centre", "vat", 300.0),
        (2000, "enterprises:p", "city", "vat", 60.0),
    ]), "r")  # fmt: skip
    both = (8000, 8007)
    assert purse.total(["equipment_subsidy"], *both) == 40.0  # a year
    assert purse.total(["equipment_subsidy"], 8004, 8007) == 50.0
    assert purse.total(["rent"], 8000, 8003, received=True) == 7.0  # the private landlord is not public
    assert purse.total(["tax_return"], 8000, 8003, place="z") == 0.0 and purse.total(["tax_return"], 8000, 8003, place="z", received=True) == 100.0
    assert purse.spent(("equipment_subsidy", "-rent"), *both) == 40.0 - 3.5
    assert purse.surplus(8000, 8003) == 60.0 + 7.0 - 30.0  # no loan, nothing between them, nothing of the centre
    balances = purse.balances(8000, 8003)
    assert balances == {"centre": 300.0, "province": 0.0, "city": 60.0 - 100.0, "county": 0.0, "zone": 100.0 - 30.0, "platform": 7.0}
    assert sum(balances[level] for level in ("city", "county", "zone", "platform")) == purse.surplus(8000, 8003)


def test_the_cost_of_a_lever_is_counted_in_the_payments_of_its_clause_since_it_can_differ(answered):
    question = load_counterfactual(FOLDER / "LZ-1.yaml")
    policies = changed(question.reference, question.arm("none"))
    assert {one["instrument"] for one in policies} == {"tax_increment_return"} and kinds_paid(policies) == ("tax_return",)
    assert window(question.reference, question.arm("none")) == (4 * 2015, question.reference.end)
    done = answered
    cost = done.costs[(done.costs["arm"] == "none") & (done.costs["what"] == "clause")].iloc[0]
    returned = done.effects[(done.effects["arm"] == "none") & (done.effects["indicator"] == "tax_returned")].iloc[0]
    assert cost["effect"] == pytest.approx(-cost["reference"]) and cost["reference"] > 0
    assert cost["effect"] <= 1e4 * returned["effect"] / 3 + 1e-6  # three years of it, in 10k CNY a year: no less than that of 2017
    assert len(done.targets[done.targets["target"] == ""]) == 5 and set(done.targets["arm"]) == {"", *question.arms}


def test_a_transplanted_package_is_whole():
    base = load("lanzhou", "plan_2015")
    for place, package in (("zhangye", "zhangye_2018"), ("hebei_county", "hebei_2020"), ("pingliang", "pingliang_2023"), ("sanming", "sanming_2024")):
        donor = load(place, package)
        moved = transplanted(donor, ["all"], base)
        assert set(moved) == {f"from_{label}" for label in donor.resolved["policies"]}, package
    zhangye, lanzhou = transplanted(load("zhangye", "zhangye_2018"), ["all"], base), load("zhangye", "zhangye_2018")
    leading = zhangye["from_leading_industries"]["leading_industry_map"]["value"]
    assert set(leading) <= {*base.region.zones, *base.region.parks} and leading
    assert zhangye["from_idle_land"]["places"] and set(zhangye["from_idle_land"]["places"]) <= set(base.region.zones)
    sanming = transplanted(load("sanming", "sanming_2024"), ["all"], base)
    assert sanming["from_park_integration"]["park_integration_deadline"]["value"] == 2015  # 2024, nine years earlier like every date
    back = transplanted(base, ["fiscal"], lanzhou)
    assert back["from_tax_return"]["tax_increment_window"] == [2018, 2020] and back["from_tax_return"]["places"]


def test_every_zone_follows_one_zone_and_the_largest_the_largest():
    base, donor = load("lanzhou", "plan_2015"), load("zhangye", "zhangye_2018")
    follows = Counterparts(donor, base)
    covered = [zone for place in donor.region.zones for zone in follows.of(place) if zone in base.region.zones]
    assert sorted(covered) == sorted(base.region.zones)
    largest = max(donor.founding.zones, key=lambda zone: donor.founding.zones[zone].gdp.value)
    assert max(base.founding.zones, key=lambda zone: base.founding.zones[zone].gdp.value) in follows.of(largest)
    assert follows.of("outside") == ["outside"]


def test_a_split_gives_each_part_the_mean_of_first_and_last():
    from zonesim.experiments.answers import _split

    values = {"": [[10.0, 10.0]], "n": [[0.0, 0.0]], "a": [[6.0, 6.0]], "b": [[2.0, 2.0]]}
    split = Split.model_validate(
        {"none": "n", "parts": {"x": {"zh": "x", "en": "x", "alone": "a", "without": "b"}, "y": {"zh": "y", "en": "y", "alone": "b", "without": "a"}}}
    )
    table = _split(split, {name: np.array(value) for name, value in values.items()}).set_index("part")
    assert table.loc["x", "effect"] == 7.0 and table.loc["y", "effect"] == 3.0 and table.loc["", "effect"] == 0.0 and table.loc["x", "percent"] == 70.0
    assert table.loc["+", "effect"] == 10.0 - 6.0 - 2.0, "two parts leave nothing over, and do more together than apart all the same"
    assert (table["whole"] == 10.0).all()


def test_a_whole_can_be_an_arm_and_a_part_that_is_not_in_the_package_is_missing_there():
    from zonesim.experiments.answers import _split

    split = load_counterfactual(FOLDER / "X-6.yaml").document.split
    assert split.whole == "all" and [name for name, part in split.parts.items() if not part.without] == ["joint"]
    values = {"": 5.0, "none": 1.0, "all": 14.0, "pool": 3.0, "enclave": 2.0, "joint": 4.0, "pool_joint": 9.0, "enclave_joint": 7.0}
    table = _split(split, {name: np.array([[one, one]]) for name, one in values.items()}).set_index("part")["effect"]
    assert table.to_dict() == {"pool": 0.5 * (2 + 7), "enclave": 0.5 * (1 + 5), "joint": 0.5 * (3 + 9), "": 13 - 13.5, "+": 13.0 - (2 + 1 + 3)}


def test_a_split_says_whether_the_parts_do_more_together(lanzhou):
    from zonesim.experiments.answers import _split

    split = Split.model_validate(
        {"none": "none", "parts": {key: {"zh": key, "en": key, "alone": key, "without": other} for key, other in (("third", "half"), ("half", "third"))}}
    )
    values = {"": [[10.0, 12.0, 11.0]], "none": [[0.0, 0.0, 0.0]], "third": [[1.0, 2.0, 1.5]], "half": [[3.0, 4.0, 3.5]]}
    document = lanzhou.counterfactual.document.model_copy(update={"split": split})
    done = replace(lanzhou, counterfactual=replace(lanzhou.counterfactual, document=document), split=_split(split, {k: np.array(v) for k, v in values.items()}))
    zh, en = (paragraph(done, lang) for lang in ("zh", "en"))
    assert (
        re.search(r"Together they differ from the sum of what each does alone by \+0?\.?6(00)? \[.*\] (M|bn) CNY", en)
        and "不归于" not in zh
        and "to no one part" not in en
    )
    assert re.search(r"合在一起与各自单独之和相差 \+6 \[[^]]*\] 亿元", zh)


@pytest.mark.slow
def test_arms_of_a_common_budget_spend_it():
    question = load_counterfactual(FOLDER / "SM-8.yaml", [*SMALL, "horizon.end=2028Q4"])
    object.__setattr__(question.document.budget, "levers", {"equipment": "equipment_subsidy_rate", "platforms": "rd_platform_support"})
    arms, found = balance(question, 1)
    assert all(one.reached and abs(one.spent / 1000 - 1) <= 0.06 for one in found), found
    written = next(one.settings["equipment_subsidy_rate"].value for one in question.arms["equipment"].instruments if "equipment_subsidy_rate" in one.settings)
    assert found[0].setting != written and arms["rent"] is question.arms["rent"]


@pytest.fixture
def lanzhou(answered):
    return answered


def test_no_id_reaches_the_reader(lanzhou):
    known = {*INDICATORS, *DERIVED, *lanzhou.counterfactual.reference.region.zones, *lanzhou.counterfactual.arms}
    for lang in ("zh", "en"):
        text = paragraph(lanzhou, lang)
        assert not re.findall(r"[a-z]+_[a-z_]+", text) and "etdz" not in text
        assert not {word for word in re.findall(r"[A-Za-z_]+", text) if "_" in word} & known


def test_the_verdict_is_of_the_claim_and_stands_with_its_figure_and_what_it_costs(lanzhou):
    heads = {"zh": ("文件的说法“返还用于基础设施与发展”（004§3.10.5）在模型中是否成立（看", "代价", "万元/年", "3 对", "有什么变化"),
             "en": ("The documents' claim 'the return pays for infrastructure and development' (004§3.10.5) holds in the model, read from ", "Cost of",
                    "M CNY a year", "3 pairs", "What changes")}  # fmt: skip
    for lang, (head, cost, unit, sure, changes) in heads.items():
        text = paragraph(lanzhou, lang)
        assert 0 < text.index(head) < text.index(changes) < text.index(cost) < text.index(sure) and unit in text
        assert "Answer:" not in text and "答：" not in text
        assert re.search(r"[+-][0-9.,]+ \[[+-]?[0-9.,]+ (至|to) [+-]?[0-9.,]+\]", text[text.index(head) : text.index(changes)])
        for arm in lanzhou.counterfactual.document.arms.values():  # every arm, with what the question asks first
            assert getattr(arm, lang) in text[text.index(changes) : text.index(cost)]


def test_a_question_ends_once(lanzhou):
    for lang in ("zh", "en"):
        question = getattr(lanzhou.counterfactual.document.question, lang)
        after = paragraph(lanzhou, lang).split(question)[1]
        assert question[-1] in "？?" and after[0] not in "。.？?"


def test_without_a_claim_nothing_is_answered_with_yes_or_no(lanzhou):
    done = replace(lanzhou, claims=pd.DataFrame())
    assert "holds in the model" not in paragraph(done, "en") and "是否成立" not in paragraph(done, "zh")
    assert not re.search(r"\b(yes|no)\b[.,:]", paragraph(done, "en").lower()) and "What changes" in paragraph(done, "en")


def test_what_a_clause_sets_itself_is_no_finding(lanzhou):
    assert lanzhou.effects.set_index("indicator")["given"].to_dict()["tax_returned"]
    assert "tax returned" not in paragraph(lanzhou, "en").lower().split("cost of")[0]
    assert "tax_returned" not in {row["indicator"] for row in findings.found(lanzhou)}
    given = lanzhou.claims[lanzhou.claims["given"]]
    assert findings.main_claim(replace(lanzhou, claims=pd.concat([given, lanzhou.claims[~lanzhou.claims["given"]]])))["indicator"] == "infra_stock"


def test_targets_are_said_for_each_arm(lanzhou):
    text = paragraph(lanzhou, "en")
    said = text[text.index("Probability of meeting") :]
    assert "alike for the others" not in text and said.count(" %") + said.count("%") >= lanzhou.targets["target"].nunique()
    table = replace(lanzhou, targets=lanzhou.targets.assign(probability=np.where(lanzhou.targets["arm"] == "half", 0.25, 0.5)))
    assert re.search(r"50% \[\S+ \S+\] / 50% .* / 25% \[", paragraph(table, "en"))


def test_a_probability_of_a_target_has_its_wilson_interval(lanzhou):
    row = lanzhou.targets.iloc[0]
    low, high = wilson(row["met"], row["n"])
    said = f"{row['probability']:.0%} [{low:.0%}, {high:.0%}]"
    assert low < high and said in paragraph(lanzhou, "en") and said in paragraph(lanzhou, "zh") and "95% 区间" in paragraph(lanzhou, "zh")


def rows(*effects):
    return pd.DataFrame([{"arm": arm, "versus": "", "indicator": name, "place": "lanzhou", "period": "2017", "how": "level", "reference": 100.0, "value": 100 + effect,
                          "effect": effect, "low": low, "high": high, "percent": effect, "spread": 2.0, "standardised": effect / 2, "n": 5, "unit": "10^8 CNY/yr"} for name, effect, low, high, *(arm,) in
                         ((*one, "none") if len(one) == 4 else one for one in effects)])  # fmt: skip


def test_trifles_are_practically_nil_even_if_clear(lanzhou):
    table = rows(
        ("gdp", 5.0, 4.0, 6.0),
        ("va_secondary", 0.05, 0.04, 0.06),
        ("va_tertiary", 1.0, -2.0, 4.0),
        ("retail_sales", 0.0, 0.0, 0.0),
        ("tax_revenue", 0.01, -0.05, 0.07),
    )
    done = replace(lanzhou, effects=table, claims=pd.DataFrame())
    said = findings.asked(done)
    assert findings.main_effect(done)["indicator"] == "gdp" and findings.worth_naming(done, said) == ([], [])
    assert findings.open_and_nil(done, said) == (1, 4.0, 3)
    text = paragraph(done, "en")
    assert "3 are practically nil" in text and "1 cannot be told from zero (each within ±4 %" in text and "secondary" not in text.split("Probability")[0]
    assert "3 项几乎为零" in paragraph(done, "zh")


def test_the_largest_changes_are_named_and_of_the_rest_only_what_is_true(lanzhou):
    table = rows(
        *(("tax_revenue", 1.0, 0.5, 1.5, arm) for arm in ("none", "third", "half", "all")),
        ("gdp", 2.0, 1.0, 3.0), ("gdp", 50.0, 40.0, 60.0, "half"), ("gdp", 40.0, 30.0, 50.0, "third"), ("gdp", 30.0, 20.0, 40.0, "half"),
        ("gdp", 20.0, 10.0, 30.0, "half"), ("retail_sales", 3.0, 1.0, 5.0), ("va_secondary", 4.0, 1.0, 5.0), ("va_tertiary", 1.0, 0.5, 6.0),
    )  # fmt: skip
    done = replace(lanzhou, effects=table, claims=pd.DataFrame())
    named, rest = findings.worth_naming(done, findings.asked(done))
    assert [row["effect"] for row in named] == [50.0, 40.0, 30.0, 4.0, 3.0] and [row["effect"] for row in rest] == [20.0, 2.0, 1.0]
    assert not findings.are_largest(named, rest) and findings.are_largest(named, rest[1:])
    text = paragraph(done, "en")
    assert "are clear but smaller" not in text and "Large among the other changes" in text
    assert "3 more can be told from chance; the largest of them: '50 % returned' changes" in text and "(+20 % of the baseline)" in text
    assert "sized in standard deviations between the runs of what they are compared with" in text and "(+50 % of the baseline), 25 sd" in text
    few = replace(done, effects=table[table["effect"] != 20.0])
    assert "The largest among the other changes" in paragraph(few, "en") and "最大的（与" in paragraph(few, "zh")


def test_size_is_counted_in_spreads_between_runs_so_that_a_small_base_makes_nothing_large(lanzhou):
    table = rows(("tax_revenue", 1.0, 0.5, 1.5), ("gdp", 5.0, 4.0, 6.0), ("retail_sales", 90.0, 10.0, 170.0), ("va_tertiary", 2.0, 1.0, 3.0))
    table["standardised"] = [0.5, 3.0, 0.4, float("nan")]  # retail sales nearly double, from next to nothing; the tertiary's never differ
    done = replace(lanzhou, effects=table, claims=pd.DataFrame())
    assert [row["indicator"] for row in findings.worth_naming(done, findings.asked(done))[0]] == ["gdp", "retail_sales", "va_tertiary"]
    assert "(+5 % of the baseline), 3 sd;" in paragraph(done, "en") and "3 倍标准差；" in paragraph(done, "zh")
    bare = paragraph(replace(done, effects=table.assign(standardised=float("nan"))), "en")
    assert " sd" not in bare and "standard deviations" not in bare


def test_the_standardised_effect_is_over_the_spread_of_what_it_is_compared_with(lanzhou):
    from zonesim.experiments.answers import _effect

    found = _effect(np.array([13.0, 19.0, 22.0]), np.array([10.0, 14.0, 12.0]))
    assert found["spread"] == 2.0 and found["effect"] == 6.0 and found["standardised"] == 3.0
    alike = _effect(np.array([1.0, 3.0]), np.array([5.0, 5.0]))  # of the arm, where the reference never differs
    assert alike["standardised"] == pytest.approx(-3 / 2**0.5)
    assert np.isnan(_effect(np.array([2.0, 2.0]), np.array([1.0, 1.0]))["standardised"]) and np.isnan(_effect(np.array([2.0]), np.array([1.0]))["standardised"])
    one = lanzhou.effects[lanzhou.effects["spread"] > 0].iloc[0]
    assert one["standardised"] == one["effect"] / one["spread"] and "spread" not in lanzhou.claims


def test_the_arms_that_are_listed_are_the_largest_in_the_unit_of_their_reading(lanzhou):
    table = rows(*(("gdp", float(k), 0.1, 20.0, f"arm{k}") for k in range(1, 13)))
    table["standardised"] = table["standardised"].to_numpy()[::-1]  # the spreads of their references differ
    chosen, left = findings.listed(replace(lanzhou, effects=table, claims=pd.DataFrame()))
    assert [row["effect"] for row in chosen] == [8.0, 9.0, 10.0, 11.0, 12.0] and left == 7


def test_of_many_arms_in_several_places_each_place_has_its_largest(lanzhou):
    table = rows(*(("gdp", float(k), 0.1, 20.0, f"arm{k}") for k in range(1, 13)))
    table["place"] = ["gaolan", "gaolan", *["lanzhou"] * 10]
    done = replace(lanzhou, effects=table, claims=pd.DataFrame())
    chosen, left = findings.listed(done)
    assert [row["effect"] for row in chosen] == [2.0, 9.0, 10.0, 11.0, 12.0] and left == 7
    assert findings.main_effect(done)["effect"] == 12.0, "what it costs is said of an arm that is listed"


def test_a_rank_has_no_percentage_and_says_which_way_is_up(lanzhou):
    table = rows(("national_rank", 12.0, 4.0, 20.0), ("growth_premium_over_city", 2.0, 1.0, 3.0), ("retail_sales", 3.0, 1.0, 5.0))
    table["unit"] = ["rank", "percentage points", "10^8 CNY/yr"]
    done = replace(lanzhou, effects=table, claims=pd.DataFrame())
    zh, en = paragraph(done, "zh"), paragraph(done, "en")
    assert "(more is a worse rank)" in en and "（正数为名次后移）" in zh and "+12 % of" not in en and "+2 % of" not in en and "+3 % of" in en


def test_a_paragraph_of_many_comparisons_says_how_many_stand_out_by_chance(lanzhou):
    sums = [name for name, one in INDICATORS.items() if one.unit == "10^8 CNY/yr"]
    table = rows(*((name, 5.0 + k, 0.1, 20.0) for name in sums for k in range(4)), *((name, 0.0, 0.0, 0.0) for name in sums))
    table = pd.concat([table[table["low"] > 0].iloc[:40], table[table["low"] == 0]])  # what never differs is not counted
    many, few = (replace(lanzhou, effects=part, claims=pd.DataFrame()) for part in (table, table.iloc[:19]))
    assert "Of 40 comparisons at 95 % about 2 stand out by chance alone." in paragraph(many, "en")
    assert "40 项比较各用95%区间：即使毫无作用，也约有 2 项仅凭偶然看似显著。" in paragraph(many, "zh")
    assert "by chance alone" not in paragraph(few, "en") and "仅凭偶然" not in paragraph(few, "zh")


def test_the_later_deadline_can_be_told_from_never():
    question = load_counterfactual(FOLDER / "SM-3.yaml")
    later = next(one for one in question.arms["later"].instruments if "park_integration_deadline" in one.levers)
    deadline = later.settings["park_integration_deadline"].value
    assert int(question.document.read[0].period) > deadline


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_figure_with_its_scale_is_the_value(lang):
    """Read back, by someone who knows what 万, k and bn are, every size comes out as it went in."""
    scales = {"亿": 1e8, "万": 1e4, "bn ": 1e9, "M ": 1e6, "k ": 1e3}
    for name, one in (("10k CNY/yr", 1e4), ("10^8 CNY", 1e8), ("index/yr", 1.0), ("persons", 1.0)):
        for power in range(-1, 13):
            value = 2.5 * 10.0**power / one
            figure, rest = amount(value, name, lang).split(" ", 1)
            scale = next((size for text, size in scales.items() if rest.startswith(text)), 1.0)
            assert float(figure.replace(",", "")) * scale == pytest.approx(value * one, rel=0.01), (name, power, figure, rest)


def test_who_bears_the_cost_is_said_with_intervals(lanzhou):
    done = lanzhou
    mine = done.costs[done.costs["arm"] == "none"].set_index("what")
    local = ["city", "county", "zone", "platform"]
    assert mine.loc[local, "effect"].sum() == pytest.approx(mine.loc["surplus", "effect"]) and {
        "centre",
        "province",
        "infrastructure",
        "public_services",
    } <= set(mine.index)
    clear = done.costs.copy()
    clear.loc[clear["what"] == "city", ["effect", "low", "high"]] = [700.0, 600.0, 800.0]
    clear.loc[clear["what"] == "zone", ["effect", "low", "high"]] = [-900.0, -1000.0, -800.0]
    clear.loc[clear["what"].isin(["county", "platform", "centre", "province", "public_services"]), ["low", "high"]] = [-1.0, 1.0]
    clear.loc[clear["what"] == "infrastructure", ["effect", "low", "high"]] = [-50.0, -60.0, -40.0]
    en, zh = (paragraph(replace(done, costs=clear), lang) for lang in ("en", "zh"))  # the claim is of the package against the arm: signs are turned
    assert (
        "by purse: committees +9 [+8 to +10] M CNY a year, city -7 [-8 to -6] M CNY a year; other spending of the same purses: infrastructure +500 [+400 to +600] k CNY"
        in en
    )
    clear.loc[clear["what"] == "platform", ["effect", "low", "high"]] = [8.0, 7.0, 9.0]  # a trifle beside the rest
    assert "platform companies -" not in paragraph(replace(done, costs=clear), "en")
    assert "分级看收支差：管委会 +900 [+800 至 +1,000] 万元/年、市级 -700 [-800 至 -600] 万元/年；其他支出" in zh


def test_a_baseline_near_zero_has_no_percentage(lanzhou):
    table = rows(("gdp", 5.0, 4.0, 6.0), ("va_tertiary", 1.0, -22.0, 24.0), ("retail_sales", 1.0, -5.0, 7.0))
    table.loc[1, "percent"] = 1000.0  # of a baseline of 0.1
    done = replace(lanzhou, effects=table, claims=pd.DataFrame())
    text = paragraph(done, "en")
    assert "2 cannot be told from zero." in text and "±" not in text.split("How sure")[0]
    table.loc[0, "percent"] = 2211.0
    assert "2,211" not in paragraph(replace(done, effects=table), "en")


def test_the_headline_is_the_largest_clear_change_of_what_is_read_first(lanzhou):
    table = rows(("gdp", 0.0, -3.0, 3.0), ("retail_sales", 2.0, 1.0, 3.0), ("gdp", -7.0, -9.0, -5.0, "half"), ("gdp", 5.0, 4.0, 6.0, "third"))
    main = findings.main_effect(replace(lanzhou, effects=table, claims=pd.DataFrame()))
    assert (main["indicator"], main["arm"]) == ("gdp", "half")


@pytest.mark.parametrize(("name", "first", "given"), [("ZY-1", "lost_projects", "out_of_zone_new_projects"), ("SM-2", "gross_output", "enclave_tax_shared"),
                                                      ("PL-4", "evaluation_score", "award_received"), ("LZ-1", "infra_stock", "tax_returned")])  # fmt: skip
def test_what_a_question_asks_is_read_first(name, first, given):
    read = load_counterfactual(FOLDER / f"{name}.yaml").document.read
    assert read[0].indicator == first and {one.indicator for one in read if one.given} == {given}


def test_pairs_without_a_value_are_left_out():
    from zonesim.experiments.answers import _effect

    found = _effect(np.array([3.0, np.nan, 5.0]), np.array([1.0, 7.0, 1.0]))
    assert (found["effect"], found["reference"], found["value"], found["n"]) == (3.0, 1.0, 4.0, 2)
    assert _effect(np.array([np.nan]), np.array([1.0]))["n"] == 0


def test_an_effect_without_a_value_is_said_of_nothing(lanzhou):
    table = rows(("gdp", 5.0, 4.0, 6.0), ("retail_sales", np.nan, np.nan, np.nan))
    text = paragraph(replace(lanzhou, effects=table, claims=pd.DataFrame()), "en")
    assert "retail" not in text.split("Probability")[0] and "cannot be told" not in text


def test_a_verdict_is_nil_below_the_threshold_and_open_when_the_interval_is_wide():
    base = {"effect": 0.05, "low": 0.04, "high": 0.06, "percent": 0.05, "verdict": "agrees"}
    assert findings.verdict(base) == "nil"
    assert findings.verdict({**base, "percent": 5.0}) == "yes"
    assert findings.verdict({**base, "percent": 5.0, "verdict": "contradicts"}) == "no"
    assert findings.verdict({"effect": 1.0, "low": -2.0, "high": 4.0, "percent": 1.0, "verdict": "open"}) == "open"


def test_best_use_is_undetermined_when_intervals_overlap():
    table = pd.DataFrame(
        [{"arm": "a", "indicator": "gdp", "value": 3.0, "low": 2.0, "high": 4.0}, {"arm": "b", "indicator": "gdp", "value": 1.0, "low": 0.5, "high": 2.5}]
    )
    best, sure = findings.best_use(table)
    assert best["arm"] == "a" and not sure
    table.loc[1, "high"] = 1.5
    assert findings.best_use(table)[1]


def test_what_is_kept_of_a_run_is_small(plan):
    from zonesim.model import simulate

    short = load("lanzhou", "plan_2015", *SMALL, "horizon.end=2017Q4")
    seen = Look((), short.region.id, ((("tax_return",), short.start, short.end),), ((short.start, short.end),))(simulate(short, 1))
    assert isinstance(seen, Seen) and seen.last_year == "2017" and next(iter(seen.spent.values())) >= 0 and len(seen.values) == 0


def test_an_interval_of_money_has_the_units_of_its_effect():
    from types import SimpleNamespace

    from zonesim.report.figures.verdicts import told

    row = SimpleNamespace(place="x", effect=-0.0119, low=-0.466, high=0.442, baseline=0.0)
    assert told(None, "10^8 CNY/yr", "en", row, named=False) == "-1.19M CNY/yr (95 % interval -46.6 to +44.2M CNY/yr)"
    assert "-4,660至+4,420万元/年" in told(None, "10^8 CNY/yr", "zh", row, named=False)
    assert told(None, "persons", "en", row, named=False) == "-0.01 persons (95 % interval -0.5 to +0.4)"


def test_a_rank_has_no_multiple_of_a_spread_that_its_end_makes_small(lanzhou):
    from zonesim.experiments.answers import _effect

    ranks = _effect(np.array([14.0, 15.0, 12.0]), np.array([1.0, 2.0, 1.0]), in_steps=True)
    assert np.isnan(ranks["standardised"]) and ranks["spread"] > 0 and ranks["effect"] == pytest.approx(37 / 3)
    table = rows(("gdp", 5.0, 4.0, 6.0), ("national_rank", 12.0, 10.0, 14.0), ("retail_sales", 3.0, 1.0, 5.0))
    table.loc[1, ["unit", "standardised"]] = ["rank", float("nan")]
    done = replace(lanzhou, effects=table, claims=pd.DataFrame())
    named, _ = findings.worth_naming(done, findings.asked(done))
    assert [row["indicator"] for row in named] == ["retail_sales", "national_rank"] and "(more is a worse rank)," not in paragraph(done, "en")


def test_a_reading_for_two_claims_is_a_finding_once(lanzhou):
    table = rows(("gdp", 5.0, 4.0, 6.0), ("retail_sales", 3.0, 1.0, 5.0), ("retail_sales", 3.0, 1.0, 5.0))
    done = replace(lanzhou, effects=table, claims=pd.DataFrame())
    assert [row["indicator"] for row in findings.found(done)] == ["gdp", "retail_sales"]
