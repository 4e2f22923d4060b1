"""Pollution: generated, treated, discharged; inspected, fined and stopped; and what enterprises do about it."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import numpy as np

from zonesim import draws
from zonesim.behaviour.circular import CircularParameters
from zonesim.behaviour.supervision import AlertParameters, SupervisionParameters, alert_chance, may_work, pays, shut_share, within
from zonesim.behaviour.treatment import TreatmentParameters, class_of, fine, needed, plant_fee, removed_by_plant, unit_cost
from zonesim.columns import Array, Floats
from zonesim.compiled import kernel
from zonesim.terms import Terms
from zonesim.world import World
from zonesim.world.enterprises import Origin, Stage
from zonesim.world.industries import Industries
from zonesim.world.places import Kind

OPERATING, SUSPENDED, OPENING = int(Stage.OPERATING), int(Stage.SUSPENDED), int(Origin.OPENING)
PARK, URBAN = int(Kind.PARK), int(Kind.URBAN)
# columns of what a place means for a discharger
PLANT, CONNECTED, FEE, POOLED, INSPECTION, UNIT, THIRD, CLASSES, ALERT_DAYS, SAVED = range(10)
# rows of what is added up by place
(GENERATED, EMITTERS, COMPLIANT, OWN_COST, FEES, FINES, BURDEN, CASUALTIES, ACCIDENTS, INSPECTED, IDLE_DAYS, GREEN, INVESTED, SUBJECTS,
 BYPRODUCTS, ALLOWED, DISCHARGED, EFFLUENT, WATER) = range(19)  # fmt: skip
FLOWS = (
    "pollution_generated", "pollution_emitters", "compliant", "treatment_costs", "treatment_fees", "environment_fines", "inspection_costs",
    "accident_costs", "accidents", "inspected", "shutdown_days", "green_factories", "abatement_investment", "safety_subjects",
    "byproduct_value", "emission_norm", "industry_discharge",
)  # fmt: skip


@kernel
def _face(
    quarter: int, kind: Array, county: Array, quality: Floats, treatment: Floats, effluent: Floats, reuse: Floats, central: Floats,
    unit: Floats, third: Floats, differentiated: Floats, inspection: Floats, base: Floats, usual_inspection: float, alert: Floats,
    circular_gain: float, usual_reuse: Floats, face: Floats,
) -> None:  # fmt: skip
    """Say what each place means for a discharger."""
    park, urban, whole, efficiency, cost, fixed, own_cost, scale, margin = base
    for p in range(len(face)):
        connected = park if kind[p] == PARK else (urban if kind[p] == URBAN else 0.0)
        connected = max(connected, central[p], whole if unit[p] > 0.0 else 0.0)
        face[p, PLANT] = removed_by_plant(connected, effluent[p], treatment[p], efficiency)
        face[p, CONNECTED] = connected
        face[p, FEE] = plant_fee(connected * effluent[p], treatment[p], cost, fixed) if effluent[p] > 0.0 else cost
        face[p, POOLED] = unit_cost(4.0 * effluent[p], own_cost, scale) * (1.0 + margin)
        face[p, INSPECTION] = max(inspection[p], usual_inspection)
        face[p, UNIT], face[p, THIRD], face[p, CLASSES] = unit[p], third[p], differentiated[p]
        # days of alert to be expected in a year at today's quality (season averages to 1)
        face[p, ALERT_DAYS] = 4.0 * min(0.9, alert[0] * math.exp(alert[1] * (1.0 - quality[county[p]]))) * alert[2]
        face[p, SAVED] = circular_gain * (reuse[p] - usual_reuse[p])


@kernel
def _discharge(
    n: int, seed: Any, quarter: int, identity: Array, stage: Array, stage_ends: Array, place: Array, industry: Array, origin: Array, weight: Array,
    capital: Floats, made: Floats, profit: Floats, high_tech: Array, unsafe: Array, emission: Array, water: Array, abatement: Array,
    utilisation: Array, face: Floats, complies: Array, room: Floats, water_room: Floats, days: Floats, county_of: Array, water_cap: Floats,
    industrial: Floats, ratio: Floats, capital_ratio: Floats, limit_of: Floats, hazard_of: Floats, unsafe_of: Floats, shut: Array, t: Floats,
    s: Floats, al: Floats, worth: float, sums: Floats, removed: Floats, investment: Floats, dividends: Floats,
) -> None:  # fmt: skip
    equipped, own_cost, scale, k_capital, wear, clean = t
    burden, fine_share, fine_low, fine_high, serious, mendable, annuity, unsafe_factor, casualty, k_water, water_step = s
    for i in range(n):
        j = industry[i]
        if hazard_of[j] <= 0.0 or stage[i] < OPERATING:
            continue
        p = place[i]
        w = weight[i]
        sums[SUBJECTS, p] += w
        turn = (identity[i] + np.uint64(quarter)) % np.uint64(4) == 0
        u1, u2 = 1.0, 1.0
        if turn:
            u1, u2 = draws.uniforms(seed, draws.INSPECTION, quarter, identity[i], 0)
        if abatement[i] < 0.0:
            v1, v2 = draws.uniforms(seed, draws.EQUIPMENT, 0, identity[i], 0)
            a = needed(emission[i], face[p, PLANT], 0.95 * limit_of[j])
            abatement[i] = a if v1 < equipped else a * v1 * v2
            if origin[i] == OPENING and draws.uniform(seed, draws.EQUIPMENT, 0, identity[i], 1) < unsafe_of[j]:
                unsafe[i] = True
        if stage[i] == SUSPENDED:
            sums[IDLE_DAYS, p] += 90.0 * w
            if quarter >= stage_ends[i]:
                stage[i] = OPERATING
        elif utilisation[i] < 1.0:
            sums[IDLE_DAYS, p] += 90.0 * (1.0 - utilisation[i]) * w
        inspected = turn and u1 < face[p, INSPECTION]
        if inspected:
            sums[INSPECTED, p] += w
            sums[BURDEN, p] += burden * w
            profit[i] -= burden * w
            unsafe[i] = False
        if turn and u2 < min(0.9, hazard_of[j] * w * (unsafe_factor if unsafe[i] else 1.0)) and stage[i] == OPERATING:
            sums[ACCIDENTS, p] += 1.0
            sums[CASUALTIES, p] += casualty
            profit[i] -= casualty
            unsafe[i] = False
            stage[i] = SUSPENDED
            stage_ends[i] = quarter + 1
        if industrial[j] <= 0.0:
            continue
        e = emission[i]
        a = abatement[i]
        gen = made[i] * e * clean * (1.0 - face[p, SAVED])
        effluent = gen * (1.0 - a)
        out = effluent * (1.0 - face[p, PLANT])
        limit = limit_of[j]
        discharge = e * (1.0 - face[p, SAVED]) * (1.0 - a) * (1.0 - face[p, PLANT])
        good = discharge <= limit or (face[p, UNIT] > 0.0 and complies[p])
        usual = capital[i] / (4.0 * capital_ratio[j])
        own = unit_cost(4.0 * usual * e * clean / w, own_cost, scale)
        if face[p, THIRD] > 0.0:
            own = min(own, face[p, POOLED])
        if face[p, UNIT] > 0.0:
            own = min(own, face[p, FEE])
        cost, fee = own * gen * a, face[p, FEE] * face[p, CONNECTED] * effluent
        saved = worth * max(0.0, face[p, SAVED]) * made[i] * e * clean
        profit[i] += saved - cost - fee
        sums[GENERATED, p] += gen
        sums[EFFLUENT, p] += effluent
        sums[DISCHARGED, p] += out
        sums[ALLOWED, p] += made[i] * limit * clean
        sums[WATER, p] += made[i] * water[i] * (1.0 - face[p, SAVED])
        sums[OWN_COST, p] += cost
        sums[FEES, p] += fee
        sums[BYPRODUCTS, p] += saved
        removed[p, j] += made[i] * e - out
        if made[i] > 0.0:
            sums[EMITTERS, p] += w
            if good:
                sums[COMPLIANT, p] += w
                if discharge <= 0.5 * limit and 4.0 * made[i] / ratio[j] >= 2000.0 * w:
                    sums[GREEN, p] += w
        kind = class_of(discharge, limit, high_tech[i]) if not good or face[p, CLASSES] > 0.0 else 0
        if good and kind == 3:
            kind = 2  # it complies with the park as a whole
        share = shut_share(kind, face[p, CLASSES] > 0.0, al[0], al[1])
        abatement[i] = a * (1.0 - wear / 4.0)
        if turn:
            caught = inspected and not good
            if caught:
                paid = fine(4.0 * made[i] / ratio[j], w, fine_share, fine_low, fine_high)
                sums[FINES, p] += paid
                profit[i] -= paid
                if discharge > (1.0 + serious) * limit and stage[i] == OPERATING:
                    stage[i] = SUSPENDED
                    stage_ends[i] = quarter + 1
            target = needed(e * (1.0 - face[p, SAVED]), face[p, PLANT], 0.9 * limit * min(1.0, room[p]))
            more = target - abatement[i]
            if more > 0.005 and (discharge > 0.97 * limit or room[p] < 1.0 or caught):
                year = 4.0 * usual * e * clean
                spend = k_capital * more * year
                at_risk = 0.0
                if not good:
                    luck = 2.0 * draws.uniform(seed, draws.EQUIPMENT, 0, identity[i], 2)  # some fear inspectors more than others
                    stop = usual if discharge > (1.0 + serious) * limit else 0.0
                    at_risk = luck * face[p, INSPECTION] * (fine(4.0 * usual / ratio[j], w, fine_share, fine_low, fine_high) + stop)
                if room[p] < 1.0:
                    at_risk += 4.0 * usual * (1.0 - min(1.0, room[p] * limit / max(discharge, 1e-12)))
                if face[p, CLASSES] > 0.0 and shut[j] and kind > 1:
                    at_risk += usual * face[p, ALERT_DAYS] / 90.0 * (share - al[0])
                if spend <= mendable * capital[i]:
                    if caught or pays(at_risk, spend, own * more * year, annuity):
                        abatement[i] = target
                        investment[p, j] += spend
                        dividends[p] -= spend
                        sums[INVESTED, p] += spend
                elif caught and stage[i] == SUSPENDED:
                    stage_ends[i] = quarter + 8  # what cannot be mended stays shut, and will close
            if water[i] > water_cap[p, j]:
                less = min(water[i] - water_cap[p, j], water_step * water[i])
                spend = k_water * less * 4.0 * usual
                if spend <= mendable * capital[i]:
                    water[i] -= less
                    investment[p, j] += spend
                    dividends[p] -= spend
                    sums[INVESTED, p] += spend
        shut_days = days[county_of[p]] if shut[j] else 0.0
        utilisation[i] = may_work(shut_days, share, room[p], limit, discharge, water_room[p], water_cap[p, j], water[i])


@kernel
def _settle_places(
    first: bool, seed: Any, next_quarter: int, face: Floats, sums: Floats, cap: Floats, water_cap: Floats, effluent: Floats, base: Floats,
    water_base: Floats, room: Floats, water_room: Floats, complies: Array, treatment: Floats, spare: float, county_of: Array, emissions: Floats,
    quality: Floats, county_base: Floats, days: Floats, alert: Floats, elasticity: float, speed: float,
) -> None:  # fmt: skip
    """Pass the quarter on: plants, caps, compliance of the whole, ambient quality, alerts of the next quarter."""
    out = np.zeros(len(quality))
    for p in range(len(face)):
        out[county_of[p]] += emissions[p]
        effluent[p] = sums[EFFLUENT, p]
        if first:
            base[p] = 4.0 * sums[DISCHARGED, p]
            water_base[p] = 4.0 * sums[WATER, p]
            treatment[p] = (1.0 + spare) * face[p, CONNECTED] * effluent[p]
        complies[p] = sums[DISCHARGED, p] <= sums[ALLOWED, p]
        room[p] = within(room[p], cap[p] * base[p], 4.0 * sums[DISCHARGED, p])
        water_room[p] = within(water_room[p], water_cap[p] * water_base[p], 4.0 * sums[WATER, p])
    for c in range(len(quality)):
        if first:
            county_base[c] = max(out[c], 1e-9)
        wanted = math.exp(-elasticity * math.log(max(out[c], 1e-9) / county_base[c]))
        quality[c] += speed * (wanted - quality[c])
        u1, u2 = draws.uniforms(seed, draws.EPISODE, next_quarter, c, 0)
        days[c] = min(45.0, -alert[2] * math.log(u2)) if u1 < alert_chance(next_quarter, quality[c], alert[0], alert[1]) else 0.0


def discharge(
    world: World, terms: Terms, treatment: TreatmentParameters, supervision: SupervisionParameters, alerts: AlertParameters, circular: CircularParameters
) -> None:
    """Let industry treat and discharge what it generates, be inspected and have accidents; say how far each may work next quarter.

    Generated = e VA (1 - progress)^years (1 - saved by reuse); after own treatment x (1 - a); after the plant x (1 - r); compliance: discharge per value added
    within the standard of the industry. Once a year, in a quarter fixed by its identity, an enterprise is inspected with the probability of
    the terms; a violator pays a fine, must mend, and stops for a quarter when far above the limit. In the same quarter every enterprise
    near or above the limit invests in treatment when that pays (expected fine and stop, output lost to caps and alerts).

    Draws: INSPECTION (inspection, accident), EQUIPMENT (opening treatment, attitude) by identity; EPISODE by county.
    """
    e, f, places, counties, n = world.enterprises, world.flows, world.places, world.counties, world.n_places
    industries, t, s, al = world.industries, treatment, supervision, alerts
    face, sums, removed = np.empty((n, 10)), np.zeros((19, n)), np.zeros((n, world.n_industries))
    _face(
        world.quarter, places.kind, places.county, counties.environment, places.treatment, places.effluent, places.reuse, terms["central_share"],
        terms["unit_treatment"], terms["third_party"], terms["differentiated"], terms["inspection"],
        np.array([t.connected_park, t.connected_urban, t.connected_unit, t.efficiency, t.plant_cost, t.plant_fixed, t.own_cost, t.scale, t.third_margin]),
        s.inspection, np.array([al.chance, al.sensitivity, al.days]), circular.gain, places.reuse_base, face,
    )  # fmt: skip
    hazard, unsafe, shut = _risks(industries, s, al)
    _discharge(
        e.n, draws.seed_key(world.seed), world.quarter, e.id, e.stage, e.stage_ends, e.place, e.industry, e.origin, e.weight, e.capital,
        e.value_added, e.profit, e.high_tech, e.unsafe, e.emission_intensity, e.water_intensity, e.abatement, e.utilisation, face,
        places.in_compliance, places.emission_room, places.water_room, counties.shutdown, places.county, terms["water_intensity_cap"],
        industries.is_industrial, industries.value_added_ratio, industries.capital_per_value_added, t.standard * industries.emission_intensity,
        hazard, unsafe, shut, np.array([t.equipped, t.own_cost, t.scale, t.capital, t.wear, (1 - t.progress) ** ((world.quarter - world.start) / 4)]),
        np.array([s.inspection_cost, s.fine_share, s.fine_low, s.fine_high, s.serious, s.mendable, s.annuity, s.unsafe_factor, s.casualty,
                  s.water_saving, s.water_step]),
        np.array([al.share_b, al.share_c]), circular.worth, sums, removed, f.investment, f.dividends,
    )  # fmt: skip
    f.emissions[:] -= removed
    saved = face[:, SAVED]
    if saved.any():
        keep = np.where(industries.is_industrial > 0, 1.0, 0.0)[None, :] * saved[:, None]
        f.energy[:] *= 1.0 - keep
        f.water[:] *= 1.0 - keep
    for k, name in enumerate(FLOWS):
        getattr(f, name)[:] = sums[k]
    f.waste_generated[:] = sums[GENERATED]
    f.waste_reused[:] = sums[GENERATED] * places.reuse[:n]
    f.energy_norm[:] = (f.value_added * industries.energy_intensity).sum(axis=1)
    _settle_places(
        world.quarter == world.start, draws.seed_key(world.seed), world.quarter + 1, face, sums, terms["emission_cap"], terms["water_cap"],
        places.effluent, places.emission_base, places.water_base, places.emission_room, places.water_room, places.in_compliance, places.treatment,
        t.spare, places.county, f.emissions.sum(axis=1), counties.environment[: counties.n], counties.emission_base, counties.shutdown,
        np.array([al.chance, al.sensitivity, al.days]), al.elasticity, al.speed,
    )  # fmt: skip


@lru_cache(maxsize=8)
def _risk_tables(ids: tuple[str, ...], industrial: tuple[bool, ...], tradable: tuple[bool, ...], emission: tuple[float, ...], s: SupervisionParameters,
                 al: AlertParameters) -> tuple[Floats, Floats, Array]:  # fmt: skip
    times = {"chemicals": 3.0, "mining": 6.0, "construction": 2.0}
    industry = np.array(industrial)
    hazard = np.array([s.accident * times.get(identity, 1.0) for identity in ids]) * (industry | (np.array(ids) == "construction"))
    unsafe = s.unsafe_share * np.array([4.0 if identity in ("chemicals", "mining") else 1.0 for identity in ids])
    return hazard, unsafe, industry & np.array(tradable) & (np.array(emission) >= al.scope)


def _risks(industries: Industries, s: SupervisionParameters, al: AlertParameters) -> tuple[Floats, Floats, Array]:
    """Return by industry: accidents a year, unsafe share at the opening, shut in an alert (industry that is not a utility)."""
    f = industries.figures
    return _risk_tables(industries.ids, tuple(f["is_industrial"] > 0), tuple(f["is_tradable"] > 0), tuple(f["emission_intensity"]), s, al)


def entry_room(world: World, terms: Terms, treatment: TreatmentParameters) -> tuple[Floats, Floats]:
    """Return what total caps and plants leave for new projects, by place: pollution generated (index a year) and water (m3 a year).

    Cap x opening year less this quarter's use x 4, for projects that meet the standard; with treatment as a precondition also what the plant
    has spare. Infinite where nothing binds.
    """
    f, places, n = world.flows, world.places, world.n_places
    pollution, water = np.full(n, np.inf), np.full(n, np.inf)
    industrial = world.industries.is_industrial > 0
    for name, room, base, flow in (("emission_cap", pollution, places.emission_base, f.emissions), ("water_cap", water, places.water_base, f.water)):
        cap = terms[name]
        if np.isfinite(cap).any():
            used = 4.0 * flow[:, industrial].sum(axis=1)
            known = np.isfinite(cap) & (base[:n] > 0)
            room[known] = np.maximum(0.0, cap[known] * base[:n][known] - used[known])
    needs_plant = terms["treatment_precondition"] > 0
    if needs_plant.any():
        spare = 4.0 * np.maximum(0.0, places.treatment[:n] - np.maximum(terms["central_share"], 0.5) * places.effluent[:n])
        pollution[needs_plant] = np.minimum(pollution[needs_plant], spare[needs_plant])
    return pollution / treatment.standard, water
