"""Taxes, investment, demand, labour and places of a quarter on hand-made rows, worked out from docs/model.md alone."""

import math

import numpy as np
import pytest

from tests.hand_made import INDUSTRY, PARK, Causes, rows_of, terms_for
from zonesim.accounts.treatment import PlantParameters, build_plants, settle_environment
from zonesim.behaviour.demand import DemandParameters, update_demand
from zonesim.behaviour.innovation import InnovationParameters, recognise
from zonesim.behaviour.investment import InvestmentParameters, invest
from zonesim.behaviour.labour import LabourParameters, update_labour_markets
from zonesim.behaviour.listing import ListingParameters, list_enterprises
from zonesim.behaviour.place_effects import PlaceEffectParameters, update_place_effects
from zonesim.behaviour.production import ProductionParameters, produce
from zonesim.behaviour.taxation import TaxationParameters, assess_taxes
from zonesim.world.flows import Tax
from zonesim.world.places import Infrastructure, LandStage, Use

LAW = dict(cit_rate=0.25, cit_rate_high_tech=0.15, cit_rate_small=0.2)


# --- section 4: production and taxes ----------------------------------------------------------------------------------------------------


def test_value_added_by_demand_place_productivity_and_inputs(world):
    """weight x demand x exp(a + E) [(K/w)^alpha (L/w)^(1 - alpha)]^0.8, times the part of the quarter that it may work."""
    e, economy, i = (
        rows_of(world, 2, weight=3, capital=3000.0, employment=30, log_productivity=0.1, utilisation=[1.0, 0.25], energy_intensity=0.5),
        world.economy,
        world.industries,
    )
    economy.outside_demand[INDUSTRY] = 1.2
    economy.local_demand[:, INDUSTRY] = 0.9
    economy.place_effect[PARK, INDUSTRY] = 0.05
    produce(world, ProductionParameters(span_of_control=0.8))
    alpha = 1 - i.labour_share[INDUSTRY]
    one = 3 * 1.2 * 0.9 * math.exp(0.15) * (1000.0**alpha * 10.0 ** (1 - alpha)) ** 0.8
    assert e.live("value_added") == pytest.approx([one, 0.25 * one], rel=1e-6)
    f, county = world.flows, world.places.county[PARK]
    wages = 60 * economy.wage_level[INDUSTRY] * world.counties.wage[county] / 4
    assert (f.wages[PARK, INDUSTRY], f.employment[PARK, INDUSTRY], f.enterprises[PARK, INDUSTRY]) == pytest.approx((wages, 60, 6))
    assert f.output[PARK, INDUSTRY] == pytest.approx(1.25 * one / i.value_added_ratio[INDUSTRY], rel=1e-6)
    assert f.energy[PARK, INDUSTRY] == pytest.approx(1.25 * one * 0.5, rel=1e-6)


@pytest.mark.parametrize("made, high_tech, rate", [(1000.0, False, 0.25), (1000.0, True, 0.15), (40.0, False, 0.2)])
def test_taxes_of_one_enterprise_and_what_is_refunded(world, made, high_tech, rate):
    """VAT 17 % of 3/4 of value added; surcharges 12 % of it; land-use tax; income tax on what wages, wear, interest, rent (half relieved) and research leave."""
    e = rows_of(world, 1, value_added=made, high_tech=high_tech, capital=400.0, debt=100.0, employment=4, land=600, floor=1000, arrived=world.quarter - 3,
                refund_promised=0.5, refund_until=world.quarter, rd_stock=80.0, tax_this_year=7.0)  # fmt: skip
    p = TaxationParameters(vat_coverage=0.75, cit_coverage=0.8, depreciation=0.1, interest=0.06, rent=0.012, research=0.01, research_high_tech=0.03,
                           research_wear=0.2, small_limit=100.0)  # fmt: skip
    terms = terms_for(world, vat_rate=0.17, surcharge_rate=0.12, land_use_tax=0.001, refund_honoured=0.8, rent_relief=0.5, rent_relief_quarters=4.0, **LAW)
    wages = 4 * world.economy.wage_level[INDUSTRY] * world.counties.wage[world.places.county[PARK]] / 4
    sold = made / world.industries.value_added_ratio[INDUSTRY]
    vat, research = 0.17 * 0.75 * made, (0.03 if high_tech else 0.01) * sold
    surcharge, land = 0.12 * vat, 0.001 * 600 / 4
    taxable = made - vat - surcharge - land - wages - (400 * 0.1 / 4 + 100 * 0.06 / 4 + 0.5 * 3.0 + research)
    cit = rate * 0.8 * taxable
    refund = 0.5 * 0.8 * (0.4 * vat + 0.32 * cit)
    assess_taxes(world, terms, np.array([0.4, 0.8, 0.32]), p)
    f = world.flows
    by_kind = dict(zip(Tax, f.taxes[PARK], strict=True))
    assert [by_kind[k] for k in (Tax.VAT, Tax.BUSINESS, Tax.CIT, Tax.SURCHARGE, Tax.LAND_USE)] == pytest.approx([vat, 0.0, cit, surcharge, land], rel=1e-6)
    assert e.tax[0] == pytest.approx(vat + cit + surcharge + land) and e.profit[0] == pytest.approx(taxable - cit + refund, rel=1e-6)
    assert (f.refunds[PARK], f.rents[PARK], f.rent_relief[PARK]) == pytest.approx((refund, 1.5, 1.5), rel=1e-6)
    assert e.rd_stock[0] == pytest.approx(80 * 0.95 + research, rel=1e-5) and f.research[PARK] == pytest.approx(research)
    world.quarter += 1  # the promised refund and the relief are over
    f.clear(0)
    assess_taxes(world, terms, np.array([0.4, 0.8, 0.32]), p)
    assert (f.refunds[PARK], f.rents[PARK], f.rent_relief[PARK]) == pytest.approx((0.0, 3.0, 0.0))


# --- section 7: investment --------------------------------------------------------------------------------------------------------------


def invested(small_model, world, terms, full=math.inf, **numbers):
    """Invest with nobody hired, half a percent of shock-free growth a quarter expected, and a wear of 10 % a year."""
    p = InvestmentParameters(
        **(dict(hiring=0.05, adjustment=0.06, expected=0.0, shock=0.0, user_cost_elasticity=0.8, debt_financed=0.35, repayment=0.02) | numbers)
    )
    world.counties.labour_force[:] = 0
    tax = TaxationParameters(depreciation=0.1, interest=0.06, cit_coverage=1.0)
    size = np.full((world.n_places, world.n_industries), full)
    invest(world, terms, p, tax, small_model.parameters["production"], 0.0, size)


def value_for(world, target):
    """Value added at which the wanted capital is as given, at the usual user cost."""
    return target / (4 * world.industries.capital_per_value_added[INDUSTRY])


def test_investment_closes_part_of_the_gap_a_third_by_debt(small_model, world):
    """K max(0, 0.1/4 + 0.06 ln 2) of 1,000 with a target of 2,000; repayment of 2 %; the rest from cash flow."""
    e, f = rows_of(world, 1, value_added=value_for(world, 2000.0), profit=500.0, debt=100.0, land=2000, laid_out=100.0, foreign=True), world.flows
    done = 1000 * (0.025 + 0.06 * math.log(2))
    invested(small_model, world, terms_for(world, **LAW))
    assert f.investment[PARK, INDUSTRY] == pytest.approx(done) and f.foreign_investment[PARK] == pytest.approx(done)
    assert (f.repaid[PARK], f.borrowed[PARK]) == pytest.approx((2.0, 0.35 * done)) and e.debt[0] == pytest.approx(98 + 0.35 * done)
    assert e.capital[0] == pytest.approx(1000 + done - 25)
    assert f.dividends[PARK] == pytest.approx(500 + 25 + 0.35 * done - 2 - done)


def test_where_the_parcel_is_full_worn_capital_is_replaced_and_no_more(small_model, world):
    rows_of(world, 1, value_added=value_for(world, 2000.0), profit=500.0, land=2000, laid_out=500.0)
    invested(small_model, world, terms_for(world, **LAW), full=1.4)
    assert world.flows.investment[PARK, INDUSTRY] == pytest.approx(25.0) and world.enterprises.capital[0] == pytest.approx(1000.0)


def test_an_equipment_subsidy_cheapens_capital_and_is_claimed(small_model, world):
    """A fifth of equipment, 55 % of investment: user cost x (1 - 0.11), so K* x 0.89^-0.8; 11 % of what is invested is claimed."""
    rows_of(world, 1, value_added=value_for(world, 2000.0), profit=500.0)
    invested(small_model, world, terms_for(world, equipment_subsidy=0.2, **LAW), equipment_share=0.55)
    done = 1000 * (0.025 + 0.06 * math.log(2 * 0.89**-0.8))
    assert world.flows.investment[PARK, INDUSTRY] == pytest.approx(done) and world.flows.equipment_subsidies[PARK] == pytest.approx(0.11 * done)


@pytest.mark.parametrize("linked, limit", [(0.0, 0.3), (1.0, 0.3 + 0.4 * 0.3)])
def test_who_has_no_cash_invests_what_the_bank_lends(small_model, world, linked, limit):
    """One person's limit is 30 % of capital, with lending along with investors 42 %; a loss of 25 eats what is put aside for wear."""
    e = rows_of(world, 1, value_added=value_for(world, 5000.0), profit=-25.0, employment=1, debt=0.29 * 1000)
    invested(small_model, world, terms_for(world, loan_linkage=linked, **LAW), credit_small=0.3, credit_large=0.6, linkage=0.4, repayment=0.0)
    done = min(1000 * (0.025 + 0.06 * math.log(5)), limit * 1000 - 290)
    assert world.flows.investment[PARK, INDUSTRY] == pytest.approx(done) and e.debt[0] == pytest.approx(290 + done)


def test_what_growth_is_expected_is_invested_for(small_model, world):
    """At its target an enterprise replaces what wears, and a quarter of the nation's growth of the year before: 7.8 % in 2013."""
    rows_of(world, 1, value_added=value_for(world, 1000.0), profit=500.0)
    world.quarter = 4 * 2014
    invested(small_model, world, terms_for(world, **LAW), expected=0.5)
    assert world.flows.investment[PARK, INDUSTRY] == pytest.approx(1000 * (0.025 + 0.5 * 0.078 / 4), rel=1e-3)


def test_a_debt_limit_rises_with_persons_up_to_three_hundred(small_model, world):
    """0.3 + 0.3 ln(persons)/ln(300) of capital, all of it lent at a loss that leaves no cash."""
    e = rows_of(world, 3, value_added=value_for(world, 9000.0), profit=-25.0, employment=[1, 30, 300])
    e.live("debt")[:] = 1000 * (0.3 + 0.3 * np.log([1, 30, 300]) / math.log(300)) - 10
    before = e.live("debt").copy()
    invested(small_model, world, terms_for(world, **LAW), credit_small=0.3, credit_large=0.6, repayment=0.0)
    persons = e.live("employment")
    assert (persons <= [1, 30, 300]).all()
    limit = 1000 * (0.3 + 0.3 * np.log(persons) / math.log(300))
    assert e.live("debt") == pytest.approx(np.maximum(before, limit))


def test_growth_shocks_fall_with_size_and_leave_the_mean_value_added_where_it_is(small_model, world):
    """Laplace with scale 2 x 0.035 persons^-0.12, once a year, so shifted that the mean of exp(5 x) is 1."""
    n = world.enterprises.n
    for persons in (1, 400):
        drawn = []
        for quarter in range(world.quarter, world.quarter + 40):
            e = rows_of(world, n, employment=persons, value_added=0.0, log_productivity=0.0)
            world.quarter = quarter
            invested(small_model, world, terms_for(world, **LAW), shock=0.035, shock_slope=0.12, survivor_growth=0.0)
            drawn.append(e.live("log_productivity")[e.live("log_productivity") != 0].copy())
        drawn = np.concatenate(drawn)
        b = 2 * 0.035 * max(1, int(e.employment[0])) ** -0.12
        assert len(drawn) == pytest.approx(10 * n, rel=0.05)
        middle = np.log(1 - 25 * b * b) / 5
        assert np.abs(drawn - middle).mean() == pytest.approx(b, rel=0.05) and np.median(drawn) == pytest.approx(middle, abs=0.004)


# --- sections 2 and 3: demand, labour, places -------------------------------------------------------------------------------------------


def test_demand_follows_the_trend_a_slump_and_local_income(world):
    """Local sales: [(0.6 Y/Y0 of the county + 0.4 of the region) / (capacity/opening)]^0.5, income and capacity relative to the trend."""
    economy, counties = world.economy, world.counties
    world.quarter = 4 * 2020
    economy.trend, economy.national_shock, economy.industry_shock[:] = 1.0, 0.1, 0.2
    counties.income_opening[: counties.n], counties.income[: counties.n] = 100.0, 100.0
    counties.income[0] = 144.0
    economy.capacity_opening[:], economy.capacity[:] = 50.0, 50.0
    economy.capacity[0] = 60.0
    quiet = dict(national_spread=0.0, industry_spread=0.0, persistence=0.9, own_county=0.6, local_elasticity=0.5, pass_through=1.0, productivity_part=0.5)
    update_demand(world, DemandParameters(slump=0.25, slump_year=2020.0, slump_years=1.0, **quiet))
    trend = economy.trend
    assert trend == pytest.approx(math.exp(0.5 * 0.022 / 4), abs=2e-4)  # 2.2 % in 2020
    tradable = int(np.argmax(world.industries.is_tradable > 0))
    local = int(np.argmax(world.industries.is_tradable == 0))
    assert economy.outside_demand[tradable] == pytest.approx(trend * math.exp(0.27) * 0.75) and economy.outside_demand[local] == pytest.approx(trend)
    n = counties.n
    region = (144 + 100 * (n - 1)) / (100 * n) / trend
    assert economy.local_demand[0, local] == pytest.approx(math.sqrt((0.6 * 1.44 / trend + 0.4 * region) / (1.2 / trend)))
    assert economy.local_demand[1, local] == pytest.approx(math.sqrt((0.6 / trend + 0.4 * region) / (1 / trend))) and economy.local_demand[0, tradable] == 1.0


def test_wages_and_people_follow_tightness(world):
    """Nine in ten of 20,000 employed where 80 % are usual: wages rise by 0.4 x 0.1 (and half of national growth), people by 0.15 x 0.1 (and 0.2 %)."""
    counties, n = world.counties, world.n_places
    world.quarter = 4 * 2020
    world.places.employment[:n] = 0
    world.places.employment[PARK] = 18_000
    c = world.places.county[PARK]
    counties.labour_force[: counties.n], counties.tightness[: counties.n], counties.wage[: counties.n], counties.population[: counties.n] = (
        20_000,
        0.8,
        1.0,
        50_000,
    )
    update_labour_markets(world, LabourParameters(wage_response=0.4, wage_trend=0.5, labour_growth=0.008, migration=0.15, outflow=0.02), 0.0)
    assert counties.wage[c] == pytest.approx(math.exp(0.04 + 0.5 * 0.022 / 4), abs=2e-4)
    assert counties.labour_force[c] == math.floor(20_000 * 1.017) and counties.population[c] == pytest.approx(50_000 * 20_339 / 20_000)
    other = next(k for k in range(counties.n) if k != c)
    assert counties.labour_force[other] == 19_600 and counties.wage[other] == pytest.approx(math.exp(-0.32 + 0.5 * 0.022 / 4), abs=2e-4)


@pytest.mark.parametrize("change", ["works", "jobs", "talent", "own", "matched"])
def test_the_effect_of_a_place_moves_with_what_stands_there(world, change):
    economy, places = world.economy, world.places
    p = PlaceEffectParameters(agglomeration=0.04, infrastructure=0.1, congestion=0.5, producer_services=0.0, suppliers=0.0, talent=0.05, few=10.0)
    economy.neighbourhood = np.eye(world.n_places)  # no neighbours
    update_place_effects(world, p)
    before = economy.place_effect[PARK].copy()
    jobs, talent, own = float(places.employment[PARK]), float(places.talent[PARK]), economy.site_employment[PARK].copy()
    stock = sum(
        places.infrastructure[PARK, k]
        for k in (Infrastructure.TRANSPORT, Infrastructure.UTILITIES, Infrastructure.HEATING, Infrastructure.DIGITAL, Infrastructure.PLATFORMS)
    )
    more = np.zeros(world.n_industries)
    if change == "works":
        places.infrastructure[PARK, Infrastructure.TRANSPORT] += 50.0
        more[:] = 0.1 * math.log((stock + 51) / (stock + 1))
    elif change == "jobs":
        places.employment[PARK] = 3 * int(jobs)
        more[:] = -0.1 * 0.5 * math.log((3 * int(jobs) + 1) / (jobs + 1)) + 0.05 * (math.log1p(talent / (3 * int(jobs) + 1)) - math.log1p(talent / (jobs + 1)))
    elif change == "talent":
        places.talent[PARK] += 100.0
        more[:] = 0.05 * (math.log1p((talent + 100) / (jobs + 1)) - math.log1p(talent / (jobs + 1)))
    elif change == "own":
        economy.site_employment[PARK, INDUSTRY] += 500.0
        more[:] = 0.04 * 0.5 * math.log((own.sum() + 501) / (own.sum() + 1))
        more[INDUSTRY] += 0.04 * 0.5 * math.log((own[INDUSTRY] + 510) / (own[INDUSTRY] + 10))
    else:
        economy.supply_gain[PARK, INDUSTRY] = more[INDUSTRY] = 0.03
    update_place_effects(world, p)
    assert economy.place_effect[PARK] - before == pytest.approx(more, rel=1e-6, abs=1e-12)


def test_services_and_suppliers_nearby_raise_productivity(world):
    """0.05 ln(1 + share of producer services) + 0.02 ln(1 + input coefficients x shares), with nobody else near."""
    economy, i = world.economy, world.industries
    services = i.index("producer_services")
    economy.neighbourhood, economy.site_employment[:] = np.eye(world.n_places), 0.0
    economy.site_employment[PARK, services], economy.site_employment[PARK, INDUSTRY] = 199.0, 800.0
    alone = dict(agglomeration=0.0, infrastructure=0.03, congestion=0.0, talent=0.0)
    update_place_effects(world, PlaceEffectParameters(producer_services=0.0, suppliers=0.0, **alone))
    before = economy.place_effect[PARK].copy()
    update_place_effects(world, PlaceEffectParameters(producer_services=0.05, suppliers=0.02, **alone))
    mass = i.input_output[services] * 0.199 + i.input_output[INDUSTRY] * 0.8
    assert economy.place_effect[PARK] - before == pytest.approx(0.05 * math.log(1.199) + 0.02 * np.log1p(mass), rel=1e-9)


# --- sections 6 and 13: recognition, listing --------------------------------------------------------------------------------------------


def test_who_is_recognised_gains_and_pays_less_and_some_lapse(world):
    """Sales of 2,000 a year and a large profit; too young, too small, or not profitable enough: not; a tenth of high-tech ones lapse when the rate is one."""
    able = int(np.argmax(world.industries.hightech_prior))
    ratio, q = world.industries.value_added_ratio[able], world.quarter
    e = rows_of(world, 4, industry=able, value_added=np.array([2000.0, 2000.0, 400.0, 2000.0]) * ratio / 4, profit=[300.0, 300.0, 60.0, 1.0], log_productivity=0.0,
                founded=[q - 4, q - 3, q - 4, q - 4], grade=4)  # fmt: skip
    numbers = dict(apply_rate=0.5, grade_help=2.0, relabelled=0.2, gain=0.02)
    for seed in range(40):
        world.seed = seed
        recognise(world, terms_for(world, **LAW), InnovationParameters(lapse_rate=0.0, **numbers), TaxationParameters(research=0.0, research_high_tech=0.035))
    assert (
        e.live("high_tech").tolist()[:3] == [True, False, False] and e.log_productivity[0] == pytest.approx(0.02) and e.log_productivity[1:3].tolist() == [0, 0]
    )
    lapsed = []
    for seed in range(200):
        world.seed, e.high_tech[0] = seed, True
        recognise(world, terms_for(world, **LAW), InnovationParameters(lapse_rate=0.3, **numbers), TaxationParameters())
        lapsed.append(not e.high_tech[0])
    assert np.mean(lapsed) == pytest.approx(0.3, abs=0.12)


def test_a_listing_repays_the_bank_and_is_invested(world):
    """Of 150 raised on 1,000, a debt of 40 goes first; who is small, young, unprofitable or does not grow stays away."""
    ratio, q = world.industries.value_added_ratio[INDUSTRY], world.quarter
    made = np.array([40_000.0, 20_000.0, 40_000.0, 40_000.0, 40_000.0]) * ratio / 4
    e = rows_of(world, 5, value_added=made, profit=made * [0.2, 0.2, 0.05, 0.2, 0.2], debt=40.0, tax_last_year=100.0, tax_this_year=[110.0, 110.0, 110.0, 101.0, 110.0],
                founded=[q - 12, q - 12, q - 12, q - 12, q - 11], listed=False)  # fmt: skip
    p = ListingParameters(sales=30_000.0, margin=0.1, growth=0.05, age=3.0, rate=0.3, raised=0.15)
    for seed in range(40):
        world.seed = seed
        list_enterprises(world, p)
    f = world.flows
    assert (
        e.live("listed").tolist() == [True, False, False, False, False]
        and e.live("debt").tolist() == [0, 40, 40, 40, 40]
        and e.capital[0] == pytest.approx(1110.0)
    )
    assert (f.listing_raised[PARK], f.repaid[PARK], f.investment[PARK, INDUSTRY]) == pytest.approx((150.0, 40.0, 110.0))


# --- section 14: money of treatment, and plants -----------------------------------------------------------------------------------------


def test_what_treatment_inspection_and_accidents_cost_goes_where_it_belongs(world, books):
    acc, f = world.accounts, world.flows
    for name, value in dict(
        treatment_costs=10.0, inspection_costs=2.0, treatment_fees=30.0, environment_fines=5.0, accident_costs=7.0, byproduct_value=4.0
    ).items():
        getattr(f, name)[PARK] = value
    settle_environment(world, books, PlantParameters(running=0.9), Causes())
    county, plant = acc.county0 + world.places.county[PARK], acc.platform0 + world.places.zone[PARK]
    assert [world.balances[k] for k in (acc.enterprise0 + PARK, plant, county, acc.HOUSEHOLDS)] == pytest.approx([-10 - 2 - 30 - 5 - 7 + 4, 3.0, 5.0, 0.0])


@pytest.mark.parametrize("first, money, share", [(0.0, 1e6, 1.0), (1.0, 1e6, 1.0), (0.0, 10.0, None)])
def test_a_plant_is_built_for_its_load_within_a_part_of_the_money(world, books, first, money, share):
    """1.1 x 0.8 x 100 less 38 there; with treatment first also 0.01 per m2 of 3,000 ready and 2,000 granted; 0.15 each; three tenths of the money."""
    places, committee = world.places, world.accounts.zone0 + world.places.zone[PARK]
    places.effluent[:], places.treatment[:] = 0.0, 0.0
    places.effluent[PARK], places.treatment[PARK], places.land[:] = 100.0, 38.0, 0
    places.land[PARK, LandStage.READY, Use.INDUSTRIAL], places.land[PARK, LandStage.GRANTED, Use.INDUSTRIAL] = 3_000, 2_000
    world.balances[committee], works = money, float(places.infrastructure[PARK, Infrastructure.WASTEWATER])
    terms = terms_for(world, central_share=0.8, treatment_precondition=first)
    build_plants(world, terms, books, PlantParameters(cost=0.15, reserve=0.1, budget=0.3, design_load=0.01), 0.3, 0.9, Causes())
    paid = 0.15 * (88 - 38 + first * 50) if share else 3.0
    assert places.treatment[PARK] == pytest.approx(38 + paid / 0.15) and world.balances[committee] == pytest.approx(money - paid)
    assert places.infrastructure[PARK, Infrastructure.WASTEWATER] == pytest.approx(works + paid) and world.flows.infrastructure_investment[
        PARK
    ] == pytest.approx(paid)
