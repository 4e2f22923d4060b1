"""Entry worked out again from docs/model.md (sections 1, 4, 9, 10, 11), with no rule of the model imported: only worlds, terms and what applicants are."""

import csv
import math
from pathlib import Path

import numpy as np
import pytest

import zonesim.steps.entry as entry
from zonesim import model as model_module
from zonesim.model import ZoneModel
from zonesim.scenario import load_scenario

ROOT = Path(__file__).parents[2] if (Path(__file__).parents[2] / "scenarios").exists() else Path.cwd()
LANZHOU = ROOT / "scenarios" / "lanzhou"
MU = 2000 / 3

# docs/levers.md
THETA, SITES, AMENITY, HOME, CONTACT, NOT_HERE = 28.0, 0.7, 0.3, 2.0, 1.0, -0.7
ANNUITY, PARCEL, DEBT, PERSONS, DAYS = 0.12, 8 * MU, 0.25, 20.0, 180.0
VAT, BUSINESS, CIT, DEPRECIATION, INTEREST, RENT, SMALL, RESEARCH = 0.75, 0.85, 0.78, 0.096, 0.06, 0.012, 100.0, 0.004
DOUBT = 5 / (5 + 5)
MARKUP, SPAN, RESPONSE, PLOT_RATIO = 1.15, 4.0, 0.3, 0.8
LEFT = np.array([(1 - 0.75) * (1 - 0.2), 1 - 0.2, (1 - 0.60) * (1 - 0.2)])  # VAT, business tax, CIT after the centre (law of 2014) and the province


def floor_prices(world):
    """Return the floor price of each place in 10k CNY per m2, by its grade, from the table of the law."""
    with open(ROOT / "zonesim" / "data" / "law.csv", encoding="utf-8") as file:
        prices = {int(row["key"]): float(row["value"]) / 1e4 for row in csv.DictReader(file) if row["item"] == "floor_price"}
    return np.array([prices[int(g)] for g in world.places.land_grade[: world.n_places]])


def choice_values(world, terms, price, j, value_added, capital, persons, need, left=LEFT):
    """V of each place for a newcomer of industry j without ties: sections 4 and 9."""
    n, economy, industries, places = world.n_places, world.economy, world.industries, world.places
    county, zone = places.county[:n].astype(int), places.zone[:n].astype(int)
    park, industrial = zone >= 0, bool(industries.is_industrial[j])
    t = {k: np.asarray(terms[k])[:, j] for k in ("vat_rate", "business_tax_rate", "surcharge_rate", "land_use_tax", "cit_rate", "cit_rate_small", "refund_cap")}
    # value added at the place: the project's own (which has the trend in it), place effect over the opening's mean, demand over trend
    mean = economy.place_effect_opening[:n, j].mean()
    made = value_added * np.exp(economy.place_effect[:n, j] - mean) * economy.local_demand[county, j] * economy.outside_demand[j] / economy.trend
    sales = made / industries.value_added_ratio[j]
    rents, area = np.zeros(n, dtype=bool), np.full(n, float(need))
    if industrial and need < PARCEL:  # least parcel in a park: floor of 0.8 m2 per m2 of land where there is some, else 8 mu
        rents = park & (places.factory[:n] - places.factory_let[:n] >= math.ceil(PLOT_RATIO * need))
        area[park & ~rents] = PARCEL
    vat, business = t["vat_rate"] * VAT * made, t["business_tax_rate"] * BUSINESS * sales
    surcharge, land_use = t["surcharge_rate"] * (vat + business), np.where(rents, 0.0, t["land_use_tax"] * area / 4)
    wages = economy.wage_level[j] * world.counties.wage[county] * persons / 4
    costs = wages + (DEPRECIATION + INTEREST * DEBT) * capital / 4 + np.where(rents, RENT * PLOT_RATIO * area / 4, 0.0) + RESEARCH * industrial * sales
    taxable = made - vat - business - surcharge - land_use - costs
    cit = np.where(4 * taxable <= SMALL, t["cit_rate_small"], t["cit_rate"]) * CIT * np.maximum(0.0, taxable)
    offer = np.where(park, np.minimum(world.zones.refund_offer[np.maximum(zone, 0)], t["refund_cap"]), 0.0)
    refund = offer * DOUBT * (left[0] * vat + left[1] * business + left[2] * cit)
    r = 4 * (taxable - cit + refund) - ANNUITY * np.where(rents, 0.0, price * area)
    r -= ANNUITY * DAYS / 360 * np.maximum(0.0, r)
    jobs = economy.site_employment[:n, j]
    return THETA * r / (4 * value_added) + AMENITY * np.log(places.amenity[:n]) + SITES * np.log((jobs + PERSONS) / (jobs.mean() + PERSONS))


def log_sum(values):
    top = values.max()
    return top + math.log(np.exp(values - top).sum())


def reference(world, j, size=1.0):
    """Return value added, capital, persons and land need of the reference project: the mean enterprise of the opening, by the industry's ratios.

    What a row makes is the total of the enterprises that it stands for: their mean is a sum over a sum, not a mean of rows by weight.
    """
    e, i = world.enterprises, world.industries
    old = (e.live("industry") == j) & (e.live("id") < 2**40)
    made = size * (e.live("value_added")[old].sum() / e.live("weight")[old].sum())
    capital = 4 * made * i.capital_per_value_added[j]
    persons = i.labour_share[j] * (1 - i.production_tax_share[j]) * 4 * made / world.economy.wage_level[j]
    return made, capital, persons, capital * i.land_m2_per_capital[j]


class Seen:
    """What is observed of one round of applications and admissions."""

    def __init__(self):
        self.rounds, self.on, self.model = [], True, None

    def watch(self, patch):
        choose, admit = entry.choose_places, entry.admit

        def choosing(world, terms, applicants, procedure, *rest, **more):
            self.work = procedure.work.copy()
            return choose(world, terms, applicants, procedure, *rest, **more)

        def admitting(world, terms, applicants, preferences, *rest):
            if not self.on:
                return admit(world, terms, applicants, preferences, *rest)
            columns = "id channel enterprise industry finder county value_added capital employment land sincerity emission screen foreign".split()
            one = {k: getattr(applicants, k).copy() for k in columns}
            one.update({f"best_{k}": getattr(preferences, k).copy() for k in ("place", "area", "tenure", "price", "tax_per_mu")})
            n, p, z = world.n_places, world.places, world.zones
            one.update(
                quarter=world.quarter, n=n, ready=p.land[:n, 1].astype(float), floor=(p.factory - p.factory_let)[:n].astype(float), zone=p.zone[:n].copy()
            )
            one.update(
                energy=p.quota_energy[:n].copy(), emissions=p.quota_emission[:n].copy(), queue=z.queue[: z.n].copy(), capacity=z.service_capacity[: z.n].copy()
            )
            one.update(work=self.work, quality=world.flows.entrant_quality[:n].copy())
            names = ("gate", "pass_score", "plan_levels", *(k for k in terms if k.startswith("land_weight_")))
            one["terms"] = {k: np.array(terms[k]) for k in names}
            one["industries"] = world.industries
            if self.model is not None:  # chances before anybody is admitted
                one["chance"] = [chance(self.model, one, i) for i in np.flatnonzero(one["enterprise"] < 0)]
            e = world.enterprises
            before = dict(zip(e.live("id").tolist(), e.live("destination").tolist(), strict=True))
            row_id = e.live("id").copy()
            admit(world, terms, applicants, preferences, *rest)
            where = dict(zip(e.live("id").tolist(), zip(e.live("place").tolist(), e.live("destination").tolist(), strict=True), strict=True))
            one["got"] = {}
            for i, who in enumerate(one["id"].tolist()):
                if one["enterprise"][i] < 0 and who in where:
                    one["got"][i] = where[who][0]
                elif one["enterprise"][i] >= 0:
                    mover = int(row_id[one["enterprise"][i]])
                    if where[mover][1] != before[mover]:
                        one["got"][i] = where[mover][1]
            one["quality"] = world.flows.entrant_quality[:n] - one["quality"]
            rows = {k: e.live(k) for k in ("id", "starts_building", "promised_capital", "sincerity")}
            one["entered"] = {
                int(a): (int(s), float(k), float(x)) for a, s, k, x in zip(*rows.values(), strict=True) if int(a) >> 40 == world.quarter and int(a) >= 2**40
            }
            self.rounds.append(one)
            return None

        patch.setattr(entry, "choose_places", choosing)
        patch.setattr(entry, "admit", admitting)
        return self


def chance(model, one, i):
    """Chance that newcomer i finds some place better than elsewhere: all values carry independent Gumbel errors."""
    world, n = model.world, model.world.n_places
    price = np.maximum(world.places.land_price[:n], floor_prices(world))
    v = choice_values(world, model.terms, price, *(one[k][i] for k in ("industry", "value_added", "capital", "employment", "land")))
    v = v + HOME * ((one["channel"][i] == 0) & (world.places.county[:n] == one["county"][i]))
    if one["finder"][i] >= 0:
        zone = world.places.zone[:n]
        v = np.where(zone == one["finder"][i], v + CONTACT, np.where(zone >= 0, -np.inf, v))
    return 1 / (1 + math.exp(NOT_HERE + world.economy.usual_value[one["industry"][i]] - log_sum(v)))


# --- section 9: what a newcomer usually finds --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def opened():
    """The baseline's opening, with what was seen of the six quarters before it and of the first two after."""
    with pytest.MonkeyPatch.context() as patch:
        seen = Seen().watch(patch)
        model = ZoneModel(load_scenario(LANZHOU / "baseline.yaml"), 1)
        before, seen.rounds, seen.model = seen.rounds, [], model
        table = {k: model.world.enterprises.live(k).copy() for k in ("id", "stage", "capital", "debt", "land", "land_next")}
        price = floor_prices(model.world)  # wanted / ready is 8 quarters of 2 % of it: 1.15 (1/4)^0.3 is below 1
        assert MARKUP * (1 / SPAN) ** RESPONSE < 1
        usual = np.array([log_sum(choice_values(model.world, model.terms, price, j, *reference(model.world, j))) for j in range(17)])
        stated = model.world.economy.usual_value.copy()
        for _ in range(2):
            model.step()
    return before, table, usual, stated, seen.rounds


def test_usual_value_of_every_industry(opened):
    _, _, usual, stated, _ = opened
    np.testing.assert_allclose(usual, stated, rtol=0, atol=1e-12)


def test_usual_value_of_small_projects(monkeypatch):
    """A twentieth of the usual size: least parcels, factory floor and the small rate of income tax come in."""
    made = model_module.reference_projects

    def smaller(world):
        applicants = made(world)
        for k in ("value_added", "capital", "employment", "land"):
            getattr(applicants, k)[:] *= 0.05
        return applicants

    monkeypatch.setattr(model_module, "reference_projects", smaller)
    world = (model := ZoneModel(load_scenario(LANZHOU / "baseline.yaml"), 1)).world
    by_hand = [log_sum(choice_values(world, model.terms, floor_prices(world), j, *reference(world, j, 0.05))) for j in range(17)]
    np.testing.assert_allclose(by_hand, world.economy.usual_value, rtol=0, atol=1e-12)


def test_chance_to_enter(opened):
    """At usual terms 1/(1 + exp(not_here)); of real newcomers, with their ties and sizes, as many apply as the chances add up to."""
    *_, rounds = opened
    assert 1 / (1 + math.exp(NOT_HERE)) == pytest.approx(2 / 3, abs=0.002)
    chances = np.concatenate([one["chance"] for one in rounds])
    applied = sum(int((one["best_place"][one["enterprise"] < 0, 0] >= 0).sum()) for one in rounds)
    assert len(chances) > 700
    assert abs(applied - chances.sum()) < 3 * math.sqrt((chances * (1 - chances)).sum())


# --- section 10: the score, and who is admitted ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def gated():
    """Four quarters of the plan with a gate at 65 points, so that it turns projects away."""
    with pytest.MonkeyPatch.context() as patch:
        seen = Seen().watch(patch)
        seen.on = False
        line = "policies.entry_gate.entry_gate_pass_score={value: 65, assumption: so that the gate binds, range: [0, 90]}"
        model = ZoneModel(load_scenario(LANZHOU / "plan_2015.yaml", [line]), 1)
        while model.quarter < 4 * 2016 + 2:
            seen.on = model.quarter >= 4 * 2015 + 2
            model.step()
    return seen.rounds


def land_criteria(one, i):
    """Intensity and tax per mu of the first choice; without land both are met."""
    area, tenure = one["best_area"][i, 0], one["best_tenure"][i, 0]
    if area == 0 or tenure == 0:
        return math.inf, math.inf
    return one["capital"][i] / (area / MU), one["best_tax_per_mu"][i, 0]


def score(one, i):
    j, place = one["industry"][i], one["best_place"][i, 0]
    intensity, tax = land_criteria(one, i)
    seen = 0.6 + 0.05 * (one["terms"]["plan_levels"][place] - 2)
    points = 10 * one["industries"].tier[j] + 20 * min(1.0, intensity / 300) + 20 * min(1.0, tax / 15) + 15 * min(1.0, max(0.0, 1.5 - one["emission"][i]))
    return points + 15 * (seen * one["sincerity"][i] + (1 - seen) * one["screen"][i])


def priority(one, i):
    """Order in which land is given where weights are set: 100 sum of w x over the seven criteria."""
    j, ind = one["industry"][i], one["industries"]
    x = {
        "technology": min(1.0, ind.hightech_prior[j] / 2),
        "scale": min(1.0, one["capital"][i] / 1e4),
        "benefit": min(1.0, land_criteria(one, i)[1] / 15),
        "low_pollution": 1 / (1 + ind.emission_intensity[j] * one["emission"][i]),
        "sector": (ind.tier[j] - 1) / 2,
        "foreign": float(one["foreign"][i]),
        "key_project": float(one["channel"][i] == 3),
    }
    return 100 * sum(float(one["terms"][f"land_weight_{k}"]) * v for k, v in x.items())


def admitted(one):
    """Serve applicants in order; each takes the best of its places that will have it."""
    t, ind = one["terms"], one["industries"]
    weighted = sum(float(t[k]) for k in t if k.startswith("land_weight_")) > 0
    who = [i for i in range(len(one["id"])) if one["best_place"][i, 0] >= 0]
    order = {i: (priority if weighted else score)(one, i) + 1000 * (one["channel"][i] == 3) for i in who}
    ready, floor, energy, emissions, cases = (one[k].copy() for k in ("ready", "floor", "energy", "emissions", "queue"))
    got, refused = {}, 0
    for i in sorted(who, key=lambda i: (-order[i], int(one["id"][i]))):
        j = one["industry"][i]
        for place, area, tenure in zip(one["best_place"][i], one["best_area"][i], one["best_tenure"][i], strict=True):
            if place < 0:
                break
            z, work, use = one["zone"][place], one["work"][place, j], ind.use_code[j]
            industry_in_park = z >= 0 and ind.is_industrial[j]
            parcel, storey = math.ceil(area) if tenure == 2 else 0, math.ceil(PLOT_RATIO * area) if tenure == 0 else 0
            yearly = 4 * one["value_added"][i]
            uses = yearly * ind.energy_intensity[j], yearly * ind.emission_intensity[j] * one["emission"][i]
            if t["gate"][place, j] and score(one, i) < t["pass_score"][place, j]:
                refused += 1
                continue
            if (z >= 0 and cases[z] + work > 2 * one["capacity"][z]) or ready[place, use] < parcel or floor[place] < storey:
                continue
            if industry_in_park and (energy[place] < uses[0] or emissions[place] < uses[1]):
                continue
            ready[place, use] -= parcel
            floor[place] -= storey
            if industry_in_park:
                energy[place] -= uses[0]
                emissions[place] -= uses[1]
            if z >= 0:
                cases[z] += work
            got[i] = int(place)
            break
    return got, refused


def scores_by_place(one):
    by_hand = np.zeros(one["n"])
    for i, place in one["got"].items():
        by_hand[place] += score(one, i)
    return by_hand


def test_scores_of_the_admitted(gated):
    """The points of the admitted, added up by place; and of places where one alone entered, that project's."""
    alone = 0
    for one in gated:
        np.testing.assert_allclose(scores_by_place(one), one["quality"], rtol=1e-12, atol=1e-9)
        alone += int((np.bincount(list(one["got"].values()), minlength=one["n"]) == 1).sum())
    assert sum(len(one["got"]) for one in gated) > 1500 and alone > 0


def test_who_is_admitted_under_a_gate(gated):
    refusals = 0
    for one in gated:
        got, refused = admitted(one)
        assert got == one["got"]
        refusals += refused
    assert refusals > 20


def test_tenants_of_factory_floor_count_as_meeting_the_land_criteria(gated):
    tenants = 0
    for one in gated:
        tenants += sum(one["best_tenure"][i, 0] == 0 and one["best_area"][i, 0] > 0 for i in one["got"])
        np.testing.assert_allclose(scores_by_place(one), one["quality"], rtol=1e-12, atol=1e-9)
    assert tenants > 0


# --- sections 1 and 11: what is on the way at the opening ----------------------------------------------------------------------------------


def on_the_way(before, opening):
    """Stage, capital and debt at the opening of who was admitted before, from promise, sincerity and quarters done."""
    expected = {}
    for one in before:
        for who, (start, promise, sincerity) in one["entered"].items():
            q = min(10, 1 + round(math.log(1 + promise / 500)))
            done = max(0, opening - start)
            if start >= opening or sincerity < 0.25:  # not begun, or will not begin
                expected[who] = (1 if start >= opening else 2, 0.0)
            elif start + q > opening:  # else it produces, and is part of the opening's figures
                expected[who] = (2, sincerity * promise / q * done)
    return expected


def compare_pipeline(opened):
    before, table, *_ = opened
    expected = on_the_way(before, 4 * 2014)
    new = table["id"] >= 2**40
    assert [one["quarter"] for one in before] == [4 * 2014 - k for k in (6, 5, 4, 3, 2, 1)]
    assert set(table["id"][new].tolist()) == set(expected)
    for who, stage, capital, debt in zip(*(table[k][new].tolist() for k in ("id", "stage", "capital", "debt")), strict=True):
        assert stage == expected[who][0]
        assert capital == pytest.approx(expected[who][1], rel=1e-12, abs=1e-9)
        assert debt == pytest.approx(0.35 * expected[who][1], rel=1e-12, abs=1e-9)
    assert sum(capital > 0 for _, capital in expected.values()) > 20


def test_projects_on_the_way_at_the_opening(opened):
    """Stage, capital and debt: an instalment for every quarter since the start, none for hoarders."""
    compare_pipeline(opened)
