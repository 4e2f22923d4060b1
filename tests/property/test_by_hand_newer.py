"""Results of the newer mechanisms worked out again from docs/model.md, with no rule of the model imported."""

import math

import numpy as np
import pytest

from zonesim.model import ZoneModel
from zonesim.scenario import load_scenario
from zonesim.world.enterprises import Origin, Stage
from zonesim.world.places import Kind, LandStage

SCENARIOS = "scenarios"


def start(path, *overrides):
    return ZoneModel(load_scenario(f"{SCENARIOS}/{path}.yaml", list(overrides)), 1)


# --- section 12: total effort and reporting ----------------------------------------------------------------------------------------------


def test_total_effort_and_reporting():
    """E = M^0.4, r = [half of stakes x softness x (1 - audit)] squared; effort by kind adds up to the old sum + 0.4 (T E (1 - r) - the old sum)."""
    model = start("pingliang/pingliang_2023")
    zones, n = model.world.zones, model.world.zones.n
    seen = 0
    for _ in range(13):
        before = zones.effort[:n].sum(axis=1)
        model.step()
        if (model.quarter - 1) % 4:
            continue
        t, active = model.terms, int((~zones.merged[:n].astype(bool)).sum())
        for z in np.flatnonzero(~zones.merged[:n].astype(bool)):
            link, pay, found = (float(t[k][z]) for k in ("cadre_link", "performance_pay", "result_pay"))
            duty, check, revised = float(t["duty_report"][z]), float(t["health_check"][z]), float(t["weight_revision"])
            stakes = 0.8 * link * (1 + 0.25 * duty) + 1.0 * pay * (1 + found)
            motive = 1 + stakes + 0.08 * duty
            winners, near = max(1.0, float(t["award_city_rank"])), 0.0
            for rank, line in ((zones.province_rank[z], float(t["award_province_rank"])), (zones.rank[z], float(t["award_city_rank"]))):
                if line > 0 and rank > 0:
                    near = max(near, math.exp(-(((rank - line - 0.5) / max(1.0, 0.3 * line)) ** 2)))
            bill = 10.0 * zones.staff[z] * float(t["staff_cost_factor"][z])
            motive += 0.5 * min(1.0, (float(t["award"]) + float(t["zone_fund"]) / winners) / bill) * near
            line = float(t["expansion_line"][z])
            motive += 0.5 * math.exp(-(((zones.score[z] - line) / 6) ** 2)) if math.isfinite(line) else 0.0
            if float(t["laggard_notice"]) > 0 and zones.rank[z] > 0:
                motive += 0.4 * max(0.0, 2 * zones.rank[z] / active - 1)
            mine = model.world.places.zone[: model.world.n_places] == z
            motive += 0.2 * (max(0.0, float(t["autonomy_retained"][mine].mean()) - 0.25) / 0.75 + 0.3 * float(t["increment_return"][z]))
            assert float(t["growth_premium"][z]) == 0 and float(t["leader_tenure_floor"][z]) == 0  # else target and horizon come in
            burden, stripped, meetings, exchanged = (float(t[k][z]) for k in ("social_duty_factor", "social_stripped", "coordination", "cadre_exchange"))
            time = (1 - 0.3 * burden * (1 - stripped)) / (1 - 0.3) * (1 - 0.03 * meetings) * (1 + 0.35 * exchanged)
            time *= 1.08 if t["dedicated_leader"][z] > 0 else 1.0
            # softness of the usual criteria
            soft = float((zones.weights[z, :7] * np.array([0.6, 0.1, 0.9, 0.4, 0.4, 0.5, 0.6])).sum())
            audit = 1 - (1 - 0.2 * duty) * (1 - 0.5 * check) * (1 - 0.3 * revised)
            r = min(0.4, (0.5 * stakes * soft * (1 - audit)) ** 2)
            assert zones.total_effort[z] == pytest.approx(time * motive**0.4, rel=1e-9)
            assert zones.reporting[z] == pytest.approx(r, rel=1e-9)
            assert zones.effort[z].sum() == pytest.approx(before[z] + 0.4 * (time * motive**0.4 * (1 - r) - before[z]), rel=1e-9)
            seen += r > 0
    assert seen > 5


# --- section 10: days of approval with reforms, delegation and a queue -------------------------------------------------------------------

DAYS = {  # with land, without; the third number is the level that decides
    "registration": (9, 9, 0), "filing": (15, 12, 1), "pre_land": (15, 0, 1), "grant": (30, 0, 2), "planning": (6, 0, 1), "plans": (9, 0, 1),
    "eia": (18, 9, 1), "energy": (6, 3, 1), "water": (6, 2, 1), "safety": (6, 4, 1), "regional": (15, 0, 0), "public": (6, 2, 0),
    "construction": (15, 6, 0), "pre_review": (9, 5, None), "forwarding": (6, 4, None), "handover": (9, 7, None),
}  # fmt: skip
ASSESSMENTS = ("eia", "energy", "water", "safety", "regional", "public")
SITE = (
    "delegated_county delegated_city delegated_province pre_review_removed land_pre_review_removed direct_submission bundled_items online_share one_stop "
    "registration_merged commitment regional_assessment eia_filing merged_assessment early_intervention steward one_plan land_fast_track standard_land"
).split()


def days_of_approval(t, p, j, land, key, assessed):
    c = {name: float(t[name][p, j]) for name in SITE}
    shares = [c["delegated_county"], c["delegated_city"], c["delegated_province"]]
    d = {name: one[0 if land else 1] * (1.0 if one[2] is None else 1 - 0.35 * shares[one[2]]) for name, one in DAYS.items()}
    links = [sum(one[2] == level for one in DAYS.values()) * level for level in (1, 2)]  # a link counts by how high its stage goes
    inside = (links[0] * shares[1] + links[1] * shares[2]) / sum(links)
    d["pre_review"] *= (1 - inside) * (1 - c["pre_review_removed"])
    d["forwarding"] *= (1 - inside) * (1 - c["direct_submission"])
    d["registration"] *= 1 - 2 / 3 * c["registration_merged"]
    d["pre_land"] *= 1 - c["land_pre_review_removed"]
    for name in ("pre_land", "grant"):
        d[name] *= (1 - c["land_fast_track"]) * (1 - min(1.0, 0.4 * float(t["ringfence"][p])))
    d["plans"] *= float(t["plan_levels"][p]) / 2 * (1 - 0.7 * c["one_plan"])
    d["eia"] *= 0.15 if c["eia_filing"] else 1.0
    d["regional"] *= 0.0 if assessed and c["regional_assessment"] else 1.0
    d["public"] *= 1 - c["bundled_items"]
    for name in (*ASSESSMENTS, "planning", "plans", "construction"):  # plan conflicts too, filing not
        d[name] *= 1 - 0.72 * c["standard_land"]
    d["handover"] *= (1 - 0.6 * c["online_share"]) * (1 - 0.6 * c["one_stop"]) * (1 - 0.5 * c["steward"])
    for name in ("planning", "energy", "water", "safety", "regional", "public", "construction"):
        d[name] *= 1 - 0.8 * c["commitment"]
    parts = {name: d[name] for name in ASSESSMENTS}
    if key and c["merged_assessment"]:
        one_report = 0.8 * max(parts[name] for name in ("eia", "energy", "water", "safety"))
        parts.update(eia=one_report, energy=0.0, water=0.0, safety=0.0)
    longest, whole = max(parts.values()), sum(parts.values())
    reviewed = longest + (1 - 0.5 * c["one_stop"]) * (whole - longest)
    ground, front = d["pre_land"] + d["grant"], 0.0
    early = 0.8 * c["early_intervention"] if key else 0.0
    reviewed = longest + (1 - early) * (reviewed - longest)
    front = max(reviewed, ground) + (1 - early) * (reviewed + ground - max(reviewed, ground))
    return front + sum(days for name, days in d.items() if name not in (*ASSESSMENTS, "pre_land", "grant"))


def days_in_a_queue(model):
    """Compare the days of every quarter in which a committee admitted newcomers only; return how often they waited."""
    world, e, n = model.world, model.world.enterprises, model.world.n_places
    queued = 0
    stages = [one for one in DAYS.values() if one[2] is not None]
    for _ in range(24):
        before = set(e.live("id").tolist())
        assessed = world.places.assessed_until[:n] >= world.quarter
        if model.quarter % 4:
            world.zones.service_capacity[: world.zones.n] = 1.5  # far below what the staff could do
        waiting, alone = world.zones.queue[: world.zones.n].copy(), ~world.zones.merged[: world.zones.n]
        model.step()
        for z in np.flatnonzero(alone & world.zones.merged[: world.zones.n]):  # a merger takes what waits along
            waiting[world.zones.parent[z]] += waiting[z]
        t = model.terms
        new = [i for i in range(e.n) if int(e.id[i]) not in before]
        came = np.bincount([int(e.place[i]) for i in new], minlength=n)
        for z in range(world.zones.n):
            parks = [p for p in range(n) if world.places.zone[p] == z]
            if not came[parks].any() or (came[parks] != world.flows.approved[parks]).any():  # incumbents moved too
                continue
            if world.flows.bespoke_deals[parks].any():  # days of a project on terms of its own: test_industry
                continue
            cases, needed = waiting[z], dict.fromkeys(parks, 0.0)  # what waited is done first
            for i in new:
                p, j = int(e.place[i]), int(e.industry[i])
                if p not in needed:
                    continue
                shares = [float(t[f"delegated_{level}"][p, j]) for level in ("county", "city", "province")]
                cases += 1 + 0.8 * sum(one[0] * shares[one[2]] for one in stages) / sum(one[0] for one in stages) + 0.15 * float(t["steward"][p, j])
                days = days_of_approval(t, p, j, e.land[i] > 0, e.origin[i] == Origin.MAJOR, assessed[p])
                days *= (max(world.zones.effort[z, 1], 0.02) / 0.2) ** -0.5 * float(t["days_factor"][p])
                needed[p] += days + float(t["review_days"][p, j]) + (float(t["land_review_days"][p, j]) if e.land[i] > 0 else 0.0)
            waits = 60 * max(0.0, cases / world.zones.service_capacity[z] - 1)
            queued += waits > 0
            for p in parks:
                assert world.flows.approval_days[p] == pytest.approx(needed[p] + waits * came[p], rel=1e-9)
    return queued


@pytest.mark.parametrize("package", ["hebei_county/hebei_2020", "zhangye/zhangye_2018"])
def test_days_of_approval_of_projects_in_a_queue(package):
    """Days of every project that a committee admitted in a quarter, its waiting by the work of the cases; nobody moves, and capacity is set low so that there is a queue."""
    assert days_in_a_queue(start(package, "parameters.arrivals.look_around=0")) > 5


# --- section 14: what the plants of a zone leave, their fees, and compliance --------------------------------------------------------------


@pytest.mark.parametrize("package", ["hebei_county/hebei_2020", "zhangye/zhangye_2018"])
def test_discharge_fees_and_compliance(package):
    model = start(package)
    world, e, n = model.world, model.world.enterprises, model.world.n_places
    industries, places, compared = world.industries, world.places, 0
    begin = world.quarter
    for quarter in range(18):
        old = {k: e.live(k).copy() for k in ("id", "stage", "place", "industry", "weight", "emission_intensity", "abatement", "capital")}
        was = {k: getattr(places, k)[:n].copy() for k in ("effluent", "treatment", "reuse", "reuse_base", "in_compliance")}
        model.step()
        if quarter < 2:  # plants are founded on the first quarter's load
            continue
        t, made_by = model.terms, dict(zip(e.live("id").tolist(), e.live("value_added").tolist(), strict=True))
        clean = (1 - 0.06) ** ((model.quarter - 1 - begin) / 4)
        discharged, fees, costs, compliant, skipped = np.zeros(n), np.zeros(n), np.zeros(n), np.zeros(n), np.zeros(n, dtype=bool)
        for i in np.flatnonzero(old["stage"] >= Stage.OPERATING):
            p, j = int(old["place"][i]), int(old["industry"][i])
            made = made_by.get(int(old["id"][i]))
            if not industries.is_industrial[j]:
                continue
            if made is None or old["abatement"][i] < 0:  # its row is gone, or it was equipped this quarter
                skipped[p] = True
                continue
            intensity, own = float(old["emission_intensity"][i]), float(old["abatement"][i])
            saved = 0.5 * (was["reuse"][p] - was["reuse_base"][p])
            led = max(0.5 if places.kind[p] in (Kind.PARK, Kind.URBAN) else 0.0, t["central_share"][p], 0.8 if t["unit_treatment"][p] else 0.0)
            load = led * was["effluent"][p]
            plant = led * 0.7 * (min(1.0, was["treatment"][p] / load) if load > 0 else 1.0)
            fee = 0.003 * (0.6 + 0.4 * min(3.0, was["treatment"][p] / load)) if load > 0 else 0.003
            generated = made * intensity * clean * (1 - saved)
            usual = 4 * intensity * clean * old["capital"][i] / (4 * industries.capital_per_value_added[j]) / old["weight"][i]
            unit = 0.006 * min(2.0, max(0.5, (usual / 500) ** -0.15))  # kept between c/2 and 2c
            if t["third_party"][p]:
                unit = min(unit, 1.15 * 0.006 * min(2.0, max(0.5, (max(4 * was["effluent"][p], 1e-9) / 500) ** -0.15)))
            if t["unit_treatment"][p]:
                unit = min(unit, fee)
            discharged[p] += generated * (1 - own) * (1 - plant)
            fees[p] += fee * led * generated * (1 - own)
            costs[p] += unit * generated * own
            meets = intensity * (1 - saved) * (1 - own) * (1 - plant) <= 0.45 * industries.emission_intensity[j]
            if made > 0 and (meets or (t["unit_treatment"][p] and was["in_compliance"][p])):
                compliant[p] += old["weight"][i]
        flows, sure = world.flows, ~skipped
        compared += int(sure.sum())
        np.testing.assert_allclose(discharged[sure], flows.industry_discharge[:n][sure], rtol=1e-9)
        np.testing.assert_allclose(fees[sure], flows.treatment_fees[:n][sure], rtol=1e-9)
        np.testing.assert_allclose(costs[sure], flows.treatment_costs[:n][sure], rtol=1e-9)
        assert (compliant[sure] == flows.compliant[:n][sure]).all()
    assert compared > 20


# --- section 12: the year's land quota by use; years at the line of expansion -------------------------------------------------------------


def test_land_quota_by_use():
    model = start("zhangye/zhangye_2018")
    world, n, places = model.world, model.world.n_places, model.world.places
    for _ in range(12):
        model.step()
    model.open_quarter()
    year = {k: world.year_flow(k).copy() for k in ("expansion_land", "expansion_unmet", "works_land")}
    ready, asked, wait = places.land[:n, LandStage.READY].sum(axis=1), world.land_demand.copy(), places.works_waiting[:n].copy()
    model.open_year()
    whole = (places.quota_land + places.quota_expansion + places.quota_works)[:n]
    assert int(model.terms["quota_use_order"]) == 0 and whole.sum() > 0
    for p in range(n):
        # land that was still wanted is a quarter of what was asked in the four quarters
        wants = [max(0.0, 8 * asked[p] - ready[p]), year["expansion_land"][p] + year["expansion_unmet"][p] / 4, year["works_land"][p] + wait[p]]
        got = [want * min(1.0, whole[p] / max(sum(wants), 1e-9)) for want in wants]
        left = max(0.0, whole[p] - sum(got))
        assert abs(int(got[1] + 0.2 * left) - places.quota_expansion[p]) <= 1
        assert abs(int(got[2] + 0.2 * left) - places.quota_works[p]) <= 1


def test_years_at_the_line_of_expansion():
    """The count, and what a granted reward changes; land moves into the plan of the park and nowhere else."""
    model = start("zhangye/zhangye_2018", "policies.expansion.expansion_score_threshold={value: 62, assumption: within reach, range: [0, 100]}")
    world, zones, n, places = model.world, model.world.zones, model.world.zones.n, model.world.places
    rewards = 0
    for _ in range(24):
        count, level, staff = zones.years_at_line[:n].copy(), zones.level[:n].copy(), zones.staff[:n].copy()
        planned = places.planned[: world.n_places].copy()
        model.step()
        if (model.quarter - 1) % 4 or model.quarter - 1 == world.start:
            continue
        for z in np.flatnonzero(~zones.merged[:n].astype(bool)):
            years = count[z] + 1 if zones.score[z] >= model.terms["expansion_line"][z] else 0
            granted = years >= model.terms["expansion_years"][z] and zones.years_at_line[z] == 0
            assert zones.years_at_line[z] == (0 if granted else years)
            higher = granted and level[z] < 3
            assert zones.level[z] == level[z] + higher and zones.staff[z] == pytest.approx(staff[z] * (1.25 if higher else 1.0))
            rewards += granted
            parks = places.zone[: world.n_places] == z
            assert (places.planned[: world.n_places][parks] <= planned[parks] + np.round(0.2 * planned[parks] * granted)).all()
        assert places.planned[: world.n_places].sum() == planned.sum()
    assert rewards > 2
