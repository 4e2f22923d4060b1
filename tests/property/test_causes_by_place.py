"""The clause beside a payment is the one that moves it where it is paid: what a place is paid anyway stays the law's, whatever clauses hold elsewhere."""

import numpy as np
import pytest

from tests.property.test_by_hand_entry import LANZHOU, ROOT
from tests.property.test_instruments import KINDS, SITE, entry, strong
from zonesim.accounts.ledger import Ledger
from zonesim.model import ZoneModel
from zonesim.policies import law
from zonesim.policies.instrument import build_instrument
from zonesim.policies.movers import PROMISED, named
from zonesim.policies.package import LAW_CAUSES, Package
from zonesim.quarters import parse
from zonesim.scenario import load_scenario
from zonesim.terms import TERMS
from zonesim.terms.causes import Causes

PACKAGES = ("lanzhou/plan_2015", "hebei_county/hebei_2020", "pingliang/pingliang_2023", "sanming/sanming_2024", "zhangye/zhangye_2018")
ELSEWHERE = ("relocation_subsidy", "promotion_fee")  #: are paid in another place than that where a measure causes them
AS_INTEREST = {"special_bond": ("bond_interest", "bond_repayment", "debt_support"), "ppp_payment": ("ppp_repayment", "ppp_works"), "fund_equity": ("equity",)}
PAIRS = [(name, paid) for name, kind in KINDS.items() for paid in kind.pays]
IN_FORCE = parse("2016Q1")


def measure(name, label, clause, places, **change):
    """A measure at the end of its range that acts most."""
    kind = KINDS[name]
    raw = {**entry(kind, **{**strong(kind), "idle_clock": "contract", **change} if name == "idle_land" else {**strong(kind), **change}), "clause": clause}
    made, problems = build_instrument(label, {**raw, "places": places if kind.by_place else ["all"]}, SITE)
    assert not problems, problems
    return made


def at_places(causes, kind, n):
    """The cause of a kind in each of n places."""
    return causes.places.get(kind) or (causes[kind],) * n


def own_places(name):
    """Two places that a measure of this kind may cover: parks, but for moves away from outside them."""
    return ("town", "village") if name == "relocation" else ("honggu", "east")


def moved_alone(one, kind, quarter, site):
    """(places, committees) where a measure alone makes a term by which it moves a kind of payment another than the law's: worked out cell by cell."""
    lawful = law.law_terms(quarter, site)
    terms = lawful.copy()
    one.change(terms, quarter, site)
    places, zones = set(), set()
    for column in one.moves[kind]:
        where, now, then = TERMS[column].where, terms[column], lawful[column]
        for k, (place, zone) in enumerate(zip(site.place_ids, site.zones, strict=True)):
            z = site.zone_ids.index(zone) if zone else None
            at = {"places": k, "sites": k, "zones": z, "region": ()}[where]
            if at is not None and np.any(now[at] != then[at]):
                places.add(place)
                zones |= {zone} - {""}
    return places, zones


@pytest.mark.parametrize(("name", "paid"), PAIRS)
def test_of_two_measures_each_stands_where_it_holds_in_any_order(name, paid):
    here, there = own_places(name)
    region_wide = all(TERMS[column].where == "region" for column in KINDS[name].moves[paid])
    first, second = measure(name, "first", "004§3.10.6", [here]), measure(name, "second", "000§1e", [there])
    for ones in ((first, second), (second, first)):
        causes = Package(ones, SITE).causes_at(IN_FORCE)
        at = dict(zip(SITE.place_ids, at_places(causes, paid, 4), strict=True))
        assert causes[paid] == "000§1e; 004§3.10.6"
        if region_wide:
            assert set(at.values()) == {"000§1e; 004§3.10.6"}
        else:
            usual = LAW_CAUSES.get(paid, "law:budget")
            assert at == {**dict.fromkeys(SITE.place_ids, usual), here: "004§3.10.6", there: "000§1e"}
            if "z1" in SITE.zones and here == "honggu":
                assert causes.zones[paid] == ("004§3.10.6", "000§1e")


@pytest.mark.parametrize(("name", "paid"), PAIRS)
def test_a_measure_that_is_over_or_elsewhere_is_not_charged(name, paid):
    here, _ = own_places(name)
    one = measure(name, "one", "004§3.10.6", [here])
    usual = LAW_CAUSES.get(paid, "law:budget")
    after = Package((one,), SITE).causes_at(parse("2018Q1"))
    if paid not in PROMISED:
        assert after.get(paid, usual) == usual and paid not in after.places and paid not in after.zones
    causes, (places, zones) = Package((one,), SITE).causes_at(IN_FORCE), moved_alone(one, paid, IN_FORCE, SITE)
    assert here in places
    said = at_places(causes, paid, 4)
    assert said == tuple("004§3.10.6" if place in places else usual for place in SITE.place_ids)
    if paid in PROMISED:  # what was promised is still paid
        assert at_places(after, paid, 4) == said and after.zones.get(paid) == causes.zones.get(paid) and after[paid] == causes[paid] == "004§3.10.6"
    if paid in causes.zones:
        assert causes.zones[paid] == tuple("004§3.10.6" if zone in zones else usual for zone in SITE.zone_ids)


def test_the_terms_that_move_a_payment_are_terms_that_the_measure_edits():
    for name, kind in KINDS.items():
        assert set(kind.pays) == set(kind.moves)
        for columns in kind.moves.values():
            assert columns and set(columns) <= set(kind.edits), name
    with pytest.raises(TypeError, match="no such terms"):
        type("Wrong", (KINDS["idle_land"],), {}, name="wrong", zh="", en="", edits="idle_enforcement", pays="idle_fee:idle_from_grant")


@pytest.fixture(scope="module", params=PACKAGES)
def run(request):
    """A short run of a package: (package, postings as (quarter, payer, payee, kind, cause))."""
    scenario = load_scenario(ROOT / "scenarios" / f"{request.param}.yaml", ["founding.scale=20"])
    model = ZoneModel(scenario, 1)
    while model.running:
        model.step()
    ledger, names = model.ledger, model.names
    rows = ledger.rows()
    columns = zip(rows["quarter"], rows["payer"], rows["payee"], rows["kind"], rows["cause"], strict=True)
    return scenario.package, {(int(q), names[a], names[b], ledger.kinds[k], ledger.causes[c]) for q, a, b, k, c in columns}


def side_of(site, payer, payee):
    """(place or "", committee or "") where money moves, as far as the accounts tell: of a park, or of a committee and its company."""
    for name in (payer, payee):
        level, _, holder = name.partition(":")
        if level == "enterprises":
            return holder, ""
    for name in (payee, payer):
        level, _, holder = name.partition(":")
        if level in ("zone", "platform") and holder in site.zone_ids:
            return "", holder
    return "", ""


def test_no_clause_is_charged_where_it_does_not_hold(run):
    """Every posting of every package whose accounts tell the place or the committee: its clauses are of measures in force that move this payment there.

    In a place they are all of them, and under the law is what none moves. A committee that took over another serves its contracts, and a return of
    taxes that is still owed is of the year for which it is due. Of what was promised, where no measure in force moves it the last that did do.
    """
    package, rows = run
    site, seen, under_law, holding = package.site, 0, 0, {}
    first = min(quarter for quarter, *_ in rows)
    merged = {payer.partition(":")[2] for _, payer, _, kind, _ in rows if kind == "integration"}
    zone_of = dict(zip(site.place_ids, site.zones, strict=True))
    parents = dict(zip(site.zone_ids, site.parents, strict=False))
    for quarter, payer, payee, kind, cause in rows:
        of = [paid for paid in LAW_CAUSES if kind == paid or kind in AS_INTEREST.get(paid, ())]
        place, zone = side_of(site, payer, payee)
        if not of or kind in (*ELSEWHERE, "tax_return") or not (place or zone):
            continue
        own, shared = set(), set()
        for when in range(quarter, first - 1, -1) if kind in PROMISED else (quarter,):
            state = package.state_at(when)
            extended = zone_of.get(place) and package.terms_at(when)["policy_extended"][site.zone_ids.index(zone_of[place])] > 0
            for one in package.acting(when):
                for paid in set(of) & set(one.moves):
                    if (one.label, state, paid) not in holding:
                        holding[one.label, state, paid] = moved_alone(one, paid, when, site)
                    places, zones = holding[one.label, state, paid]
                    clauses = (one.clause or one.label).split("; ")
                    if place in places or zone in zones:
                        own.update(clauses)
                    if (extended and parents[zone_of[place]] in zones) or (zone and merged & zones):
                        shared.update(clauses)
            if own or shared:
                break
        if cause.startswith("law:") or cause == "market":
            under_law += 1
            assert not (place and own), (quarter, payer, payee, kind, own)
            continue
        seen += 1
        said = set(cause.split("; "))
        assert said <= own | shared, (quarter, payer, payee, kind, cause, own, shared)
        assert not place or own <= said, (quarter, payer, payee, kind, cause, own)
    assert seen > 100 and under_law > 100, "measures pay, and the law does"


def test_treatment_outside_the_places_of_the_plan_is_the_laws(run):
    """The four kinds that are paid everywhere: what is paid in towns and villages, of which no package says anything, is the law's."""
    package, rows = run
    outside = {place for place, zone in zip(package.site.place_ids, package.site.zones, strict=True) if not zone}
    paid = {(kind, cause) for _, payer, _, kind, cause in rows if kind in ("treatment_fee", "idle_fee") and payer.partition(":")[2] in outside}
    paid |= {(kind, cause) for _, payer, _, kind, cause in rows if kind == "treatment_works" and payer.startswith("county:")}
    assert ("treatment_fee", "law:水污染防治法") in paid
    assert paid <= {("treatment_fee", "law:水污染防治法"), ("treatment_works", "law:水污染防治法"), ("idle_fee", "law:闲置土地处置办法")}


@pytest.fixture(scope="module")
def rows():
    """(payee, kind, cause) of what committees got in the third quarter of 2015, when the plan is in force."""
    model = ZoneModel(load_scenario(LANZHOU / "plan_2015.yaml", ["founding.scale=20", "horizon.end=2015Q3"]), 1)
    while model.running:
        model.step()
    ledger = model.ledger
    posted = ledger.of_this_quarter()
    return {(model.names[who], ledger.kinds[kind], ledger.causes[why]) for who, kind, why in zip(posted["payee"], posted["kind"], posted["cause"], strict=True)}


@pytest.mark.parametrize(("kind", "clause"), [("retained_tax", "004§3.10.6"), ("land_revenue", "004§3.10.4")])
def test_a_clause_is_charged_where_it_holds_alone(rows, kind, clause):
    elsewhere = ("zone:htz", "zone:new_area_zone")  # in no measure of the plan that moves what committees get
    inside = {cause for payee, of, cause in rows if of == kind and payee not in elsewhere}
    outside = {cause for payee, of, cause in rows if of == kind and payee in elsewhere}
    assert inside == {clause} and outside == {"law:budget"}


def test_two_clauses_of_one_kind_stand_each_at_their_places():
    """What the order of the file is does not matter: the sub-parks' line is of another clause than the zone's treasury."""
    changed = ["policies.budget_lines_of_sub_parks.clause=000§1e"]
    scenario = load_scenario(LANZHOU / "plan_2015.yaml", changed)
    causes, places = scenario.package.causes_at(parse("2015Q3")), scenario.package.site.place_ids
    by_place = dict(zip(places, at_places(causes, "retained_tax", len(places)), strict=True))
    assert by_place["anning_park"] == "004§3.10.6" and by_place["xigu_park"] == "000§1e" and by_place["htz_park"] == "law:budget"


def test_a_measure_that_gives_what_is_given_anyway_is_charged_nothing():
    usual = "policies.land_revenue_first_for_works.land_revenue_reinvest_share=0.3"
    package = load_scenario(LANZHOU / "plan_2015.yaml", [usual]).package
    causes = package.causes_at(parse("2016Q1"))
    assert causes["land_revenue"] == "law:budget" and "land_revenue" not in causes.places


def test_an_idle_fee_is_the_laws_unless_the_clock_is_the_measures():
    """The fee is a figure of the law and due under it; a measure that takes land back more surely moves what is taken back, and one whose clock runs earlier moves the fee."""
    usual, early = (Package((measure("idle_land", "it", "001§7c", ["honggu"], idle_clock=clock),), SITE) for clock in ("agreed_start", "contract"))
    law_said, clause = "law:闲置土地处置办法", "001§7c"
    assert usual.causes_at(IN_FORCE)["idle_fee"] == law_said and at_places(usual.causes_at(IN_FORCE), "idle_compensation", 4) == (
        clause,
        law_said,
        law_said,
        law_said,
    )
    assert at_places(early.causes_at(IN_FORCE), "idle_fee", 4) == (clause, law_said, law_said, law_said)


def test_two_measures_that_move_one_payment_in_one_place_are_both_named():
    one, other = measure("wastewater", "one", "001§8b", ["honggu", "east"]), measure("pooled_treatment", "other", "001§8a", ["east"])
    causes = Package((one, other), SITE).causes_at(IN_FORCE)
    law_said = "law:水污染防治法"
    for kind in ("treatment_fee", "treatment_works"):
        assert at_places(causes, kind, 4) == ("001§8b", "001§8a; 001§8b", law_said, law_said)
    assert named(["001§8b; 001§8a", "001§8b"]) == "001§8a; 001§8b" and named(["001§8b; 001§8a"] * 2) == "001§8b; 001§8a"


def test_policies_that_are_extended_bring_their_clause():
    """In Lanzhou's form: a park under another committee that shares the policies of its parent is paid by the parent's clause."""
    giver = measure("equipment_subsidy", "giver", "003§7d", ["honggu"])
    extended = [name for name, kind in KINDS.items() if "policy_extended" in kind.edits]
    assert len(extended) == 1
    sharing = measure(extended[0], "sharing", "004§3.2", ["east"])
    alone, shared = Package((giver,), SITE).causes_at(IN_FORCE), Package((giver, sharing), SITE).causes_at(IN_FORCE)
    assert at_places(alone, "equipment_subsidy", 4) == ("003§7d", "law:budget", "law:budget", "law:budget")
    assert Package((giver, sharing), SITE).terms_at(IN_FORCE)["policy_extended"].any()
    assert at_places(shared, "equipment_subsidy", 4) == ("003§7d", "003§7d", "law:budget", "law:budget")


def dated(name, label, clause, **raw):
    """A measure that acts most, with dates and places of its own."""
    given = {k: v for k, v in entry(KINDS[name], **strong(KINDS[name])).items() if k not in ("start", "end")}
    made, problems = build_instrument(label, {**given, "clause": clause, **raw}, SITE)
    assert not problems, problems
    return made


@pytest.mark.parametrize(("years", "end", "over"), [(2, None, "2017Q3"), (30, "2016-12-31", "2017Q1")])
def test_beside_what_was_promised_the_last_clause_stands_when_the_years_of_its_package_are_over(years, end, over):
    """Two years from 5 June 2015 end in June 2017."""
    ends = {"end": end} if end else {}
    bound = dated("policy_window", "bound", "003§E", start="2015-06-05", policy_window={"value": years, "assumption": "test"}, **ends)
    package, contract = Package((bound, dated("standard_land", "one", "003§10f", start="2015-06-05", places=["honggu"])), SITE), "law:contract"
    assert at_places(package.causes_at(parse("2015Q1")), "standard_penalty", 4) == (contract,) * 4
    for quarter in (parse("2015Q2"), parse(over) - 1, parse(over), parse(over) + 40):
        assert package.terms_at(quarter)["standard_land"].any() == (quarter < parse(over))
        assert at_places(package.causes_at(quarter), "standard_penalty", 4) == ("003§10f", contract, contract, contract), quarter
    assert package.causes_at(parse(over)) is package.causes_at(parse(over) + 1)


def test_a_clause_in_force_stands_before_one_that_has_ended_and_the_region_has_both():
    old = dated("standard_land", "old", "003§10f", places=["honggu", "east"], end="2015-12-31")
    new = dated("standard_land", "new", "001§6d", places=["east"], start="2017-01-01")
    for ones in ((old, new), (new, old)):
        causes_at = Package(ones, SITE).causes_at
        for label, east, region in (("2015Q4", "003§10f", "003§10f"), ("2016Q1", "003§10f", "003§10f"), ("2017Q1", "001§6d", "001§6d; 003§10f")):
            causes = causes_at(parse(label))
            assert at_places(causes, "standard_penalty", 4) == ("003§10f", east, "law:contract", "law:contract") and causes["standard_penalty"] == region


def test_the_ledger_gives_each_place_its_number(opening):
    from zonesim.world import load_world

    world = load_world(opening)
    ledger = Ledger(world.accounts, world.balances)
    causes = Causes({"idle_fee": "A", "award": "B"}, {"idle_fee": ("A", "law:x", "A")}, {"award": ("B", "law:y")})
    numbers = ledger.causes_at_places(("idle_fee", "award", "market", "law:z"), causes, 3)
    assert [[ledger.causes[k] for k in row] for row in numbers] == [["A", "law:x", "A"], ["B"] * 3, ["market"] * 3, ["law:z"] * 3]
    assert [ledger.causes[k] for k in ledger.causes_of_committees(("award",), causes, 2)[0]] == ["B", "law:y"]
    assert ledger.causes_at_places(("idle_fee", "award", "market", "law:z"), Causes(causes, causes.places, causes.zones), 3) is numbers, (
        "the same is not made again"
    )
    other = Causes(causes, {"idle_fee": ("law:x", "A", "A")}, {})
    assert [ledger.causes[k] for k in ledger.causes_at_places(("idle_fee", "award", "market", "law:z"), other, 3)[0]] == ["law:x", "A", "A"]
    with pytest.raises(KeyError):
        ledger.causes_at_places(("no_such_kind",), causes, 3)
    ledger.begin(0)
    ledger.post(world.accounts.CITY, world.accounts.county0, np.ones(3), "award", numbers[0])
    assert [ledger.causes[k] for k in ledger.rows()["cause"]] == ["A", "law:x", "A"]
