"""Pollution: generated, treated, discharged; inspected, fined and stopped; and what enterprises do about it."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from zonesim import draws
from zonesim.behaviour.ambient import FIRST, ROWS, Sum, pass_on
from zonesim.behaviour.circular import CircularParameters
from zonesim.behaviour.supervision import AlertParameters, SupervisionParameters, may_work, pays, shut_share
from zonesim.behaviour.treatment import TreatmentParameters, class_of, fine, needed, plant_fee, removed_by_plant, unit_cost
from zonesim.columns import Array, Floats
from zonesim.compiled import kernel
from zonesim.terms import Terms
from zonesim.units import ABOVE_SCALE_OUTPUT, MOST_CHANCE
from zonesim.world import World
from zonesim.world.enterprises import Origin, Stage
from zonesim.world.places import Kind

OPERATING, SUSPENDED, OPENING = int(Stage.OPERATING), int(Stage.SUSPENDED), int(Origin.OPENING)
PARK, URBAN = int(Kind.PARK), int(Kind.URBAN)
# columns of what a place means for a discharger
PLANT, CONNECTED, FEE, POOLED, INSPECTION, UNIT, THIRD, CLASSES, ALERT_DAYS, SAVED = range(10)


@kernel
def _face(
    kind: Array, county: Array, quality: Floats, treatment: Floats, effluent: Floats, reuse: Floats, central: Floats,
    unit: Floats, third: Floats, differentiated: Floats, inspection: Floats, t: Floats, usual_inspection: float, alert: Floats,
    circular_gain: float, usual_reuse: Floats, face: Floats,
) -> None:  # fmt: skip
    """Say what each place means for a discharger."""
    _, _, park, urban, whole, efficiency, cost, fixed, _, own_cost, scale, margin, _, _, _, _, _, _, _, _, emptiest, span = t
    for p in range(len(face)):
        connected = park if kind[p] == PARK else (urban if kind[p] == URBAN else 0.0)
        connected = max(connected, central[p], whole if unit[p] > 0.0 else 0.0)
        face[p, PLANT] = removed_by_plant(connected, effluent[p], treatment[p], efficiency)
        face[p, CONNECTED] = connected
        face[p, FEE] = plant_fee(connected * effluent[p], treatment[p], cost, fixed, emptiest) if effluent[p] > 0.0 else cost
        face[p, POOLED] = unit_cost(4.0 * effluent[p], own_cost, scale, span) * (1.0 + margin)
        face[p, INSPECTION] = max(inspection[p], usual_inspection)
        face[p, UNIT], face[p, THIRD], face[p, CLASSES] = unit[p], third[p], differentiated[p]
        # days of alert to be expected in a year at today's quality (season averages to 1)
        face[p, ALERT_DAYS] = 4.0 * min(MOST_CHANCE, alert[0] * math.exp(alert[1] * (1.0 - quality[county[p]]))) * alert[2]
        face[p, SAVED] = circular_gain * (reuse[p] - usual_reuse[p])


@kernel
def _discharge(
    n: int, seed: Any, quarter: int, identity: Array, stage: Array, stage_ends: Array, place: Array, industry: Array, origin: Array, weight: Array,
    capital: Floats, made: Floats, profit: Floats, high_tech: Array, unsafe: Array, emission: Array, water: Array, abatement: Array,
    utilisation: Array, face: Floats, complies: Array, room: Floats, water_room: Floats, days: Floats, county_of: Array, water_cap: Floats,
    industrial: Floats, tradable: Floats, ratio: Floats, capital_ratio: Floats, usual_emission: Floats, usual_water: Floats, danger: Floats, clean: float, t: Floats,
    s: Floats, al: Floats, worth: float, sums: Floats, emissions: Floats, effluents: Floats, investment: Floats, dividends: Floats,
) -> None:  # fmt: skip
    standard, equipped, _, _, _, _, _, _, _, own_cost, scale, _, k_capital, _, wear, aim, aim_opening, near, least_step, most_removed, _, span = t
    (_, burden, fine_share, fine_low, fine_high, serious, mendable, annuity, hazard, unsafe_factor, unsafe_share, casualty, k_water, water_step,
     dangerous, least_room, least_water, shut_for, dangerous_from, danger_spread) = s  # fmt: skip
    _, _, _, scope, share_b, share_c, _, _, _, _, line_a, line_b = al
    effluents[:] = 0.0
    risk = np.zeros(len(danger))
    for j in range(len(danger)):
        if danger[j] > 0.0:
            risk[j] = hazard * danger[j] ** danger_spread
    for i in range(n):
        j = industry[i]
        if danger[j] <= 0.0 or stage[i] < OPERATING:
            continue
        p = place[i]
        w = weight[i]
        sums[Sum.SUBJECTS, p] += w
        turn = (identity[i] + np.uint64(quarter)) % np.uint64(4) == 0
        u1, u2 = 1.0, 1.0
        if turn:
            u1, u2 = draws.uniforms(seed, draws.INSPECTION, quarter, identity[i], 0)
        if abatement[i] < 0.0:
            v1, v2 = draws.uniforms(seed, draws.EQUIPMENT, 0, identity[i], 0)
            a = needed(emission[i], face[p, PLANT], aim_opening * standard * usual_emission[j], most_removed)
            abatement[i] = a if v1 < equipped else a * v1 * v2
            if origin[i] == OPENING and draws.uniform(seed, draws.EQUIPMENT, 0, identity[i], 1) < (
                unsafe_share * (dangerous if danger[j] > dangerous_from else 1.0)
            ):  # fmt: skip
                unsafe[i] = True
        if stage[i] == SUSPENDED:
            sums[Sum.IDLE_DAYS, p] += 90.0 * w
            if quarter >= stage_ends[i]:
                stage[i] = OPERATING
        elif utilisation[i] < 1.0:
            sums[Sum.IDLE_DAYS, p] += 90.0 * (1.0 - utilisation[i]) * w
        inspected = turn and u1 < face[p, INSPECTION]
        if inspected:
            sums[Sum.INSPECTED, p] += w
            sums[Sum.BURDEN, p] += burden * w
            profit[i] -= burden * w
            unsafe[i] = False
        if turn and u2 < min(MOST_CHANCE, risk[j] * w * (unsafe_factor if unsafe[i] else 1.0)) and stage[i] == OPERATING:
            sums[Sum.ACCIDENTS, p] += 1.0
            sums[Sum.CASUALTIES, p] += casualty
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
        limit = standard * usual_emission[j]
        shut = tradable[j] > 0.0 and usual_emission[j] >= scope
        discharge = e * (1.0 - face[p, SAVED]) * (1.0 - a) * (1.0 - face[p, PLANT])
        good = discharge <= limit or (face[p, UNIT] > 0.0 and complies[p])
        usual = capital[i] / (4.0 * capital_ratio[j])
        own = unit_cost(4.0 * usual * e * clean / w, own_cost, scale, span)
        if face[p, THIRD] > 0.0:
            own = min(own, face[p, POOLED])
        if face[p, UNIT] > 0.0:
            own = min(own, face[p, FEE])
        cost, fee = own * gen * a, face[p, FEE] * face[p, CONNECTED] * effluent
        saved = worth * max(0.0, face[p, SAVED]) * made[i] * e * clean
        profit[i] += saved - cost - fee
        sums[Sum.GENERATED, p] += gen
        effluents[p] += effluent
        sums[Sum.DISCHARGED, p] += out
        sums[Sum.ALLOWED, p] += made[i] * limit * clean
        sums[Sum.WATER, p] += made[i] * water[i] * (1.0 - face[p, SAVED])
        sums[Sum.OWN_COST, p] += cost
        sums[Sum.FEES, p] += fee
        sums[Sum.BYPRODUCTS, p] += saved
        emissions[p, j] -= made[i] * e - out
        if made[i] > 0.0:
            sums[Sum.EMITTERS, p] += w
            if good:
                sums[Sum.COMPLIANT, p] += w
                if discharge <= line_a * limit and 4.0 * made[i] / ratio[j] >= ABOVE_SCALE_OUTPUT * w:
                    sums[Sum.GREEN, p] += w
        kind = class_of(discharge, limit, high_tech[i], line_a, line_b) if not good or face[p, CLASSES] > 0.0 else 0
        if good and kind == 3:
            kind = 2  # it complies with the park as a whole
        share = shut_share(kind, face[p, CLASSES] > 0.0, share_b, share_c)
        abatement[i] = a * (1.0 - wear / 4.0)
        if turn:
            caught = inspected and not good
            if caught:
                paid = fine(4.0 * made[i] / ratio[j], w, fine_share, fine_low, fine_high)
                sums[Sum.FINES, p] += paid
                profit[i] -= paid
                if discharge > (1.0 + serious) * limit and stage[i] == OPERATING:
                    stage[i] = SUSPENDED
                    stage_ends[i] = quarter + 1
            target = needed(e * (1.0 - face[p, SAVED]), face[p, PLANT], aim * limit * min(1.0, room[p]), most_removed)
            more = target - abatement[i]
            if more > least_step and (discharge > near * limit or room[p] < 1.0 or caught):
                year = 4.0 * usual * e * clean
                spend = k_capital * more * year
                at_risk = 0.0
                if not good:
                    luck = 2.0 * draws.uniform(seed, draws.EQUIPMENT, 0, identity[i], 2)  # some fear inspectors more than others
                    stop = usual if discharge > (1.0 + serious) * limit else 0.0
                    at_risk = luck * face[p, INSPECTION] * (fine(4.0 * usual / ratio[j], w, fine_share, fine_low, fine_high) + stop)
                if room[p] < 1.0:
                    at_risk += 4.0 * usual * (1.0 - min(1.0, room[p] * limit / max(discharge, 1e-12)))
                if face[p, CLASSES] > 0.0 and shut and kind > 1:
                    at_risk += usual * face[p, ALERT_DAYS] / 90.0 * (share - share_b)
                if spend <= mendable * capital[i]:
                    if caught or pays(at_risk, spend, own * more * year, annuity):
                        abatement[i] = target
                        investment[p, j] += spend
                        dividends[p] -= spend
                        sums[Sum.INVESTED, p] += spend
                elif caught and stage[i] == SUSPENDED:
                    stage_ends[i] = quarter + int(shut_for)  # what cannot be mended stays shut, and will close
            allowed = min(water_cap[p, j], water_room[p] * usual_water[j] if water_room[p] < 1.0 else math.inf)
            if water[i] > allowed:
                less = min(water[i] - allowed, water_step * water[i])
                spend = k_water * less * 4.0 * usual
                lost = 4.0 * usual * (1.0 - min(1.0, water_room[p] * usual_water[j] / water[i]))
                if spend <= mendable * capital[i] and (water[i] > water_cap[p, j] or pays(lost, spend, 0.0, annuity)):
                    water[i] -= less
                    investment[p, j] += spend
                    dividends[p] -= spend
                    sums[Sum.INVESTED, p] += spend
        shut_days = days[county_of[p]] if shut else 0.0
        utilisation[i] = may_work(
            shut_days, share, room[p], limit, discharge, water_room[p], usual_water[j], water_cap[p, j], water[i], least_room, least_water
        )  # fmt: skip


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
    e, f, places, counties, t = world.enterprises, world.flows, world.places, world.counties, treatment
    industries, key, n = world.industries, draws.seed_key(world.seed), world.n_places
    face, sums = np.empty((n, 10)), f.by_place[FIRST : FIRST + ROWS]
    _face(
        places.kind, places.county, counties.environment, places.treatment, places.effluent, places.reuse, terms["central_share"],
        terms["unit_treatment"], terms["third_party"], terms["differentiated"], terms["inspection"], t.vector, supervision.inspection, alerts.vector,
        circular.gain, places.reuse_base, face,
    )  # fmt: skip
    _discharge(
        e.n, key, world.quarter, e.id, e.stage, e.stage_ends, e.place, e.industry, e.origin, e.weight, e.capital, e.value_added, e.profit,
        e.high_tech, e.unsafe, e.emission_intensity, e.water_intensity, e.abatement, e.utilisation, face, places.in_compliance,
        places.emission_room, places.water_room, counties.shutdown, places.county, terms["water_intensity_cap"], industries.is_industrial,
        industries.is_tradable, industries.value_added_ratio, industries.capital_per_value_added, industries.emission_intensity,
        industries.water_intensity, industries.danger, (1 - t.progress) ** ((world.quarter - world.start) / 4), t.vector, supervision.vector, alerts.vector,
        circular.worth, sums, f.emissions, places.effluent, f.investment, f.dividends,
    )  # fmt: skip
    pass_on(
        world.quarter == world.start, key, world.quarter + 1, face[:, CONNECTED], face[:, SAVED], sums, f.by_site, industries.is_industrial,
        industries.energy_intensity, terms["emission_cap"], terms["water_cap"], places.effluent, places.emission_base, places.water_base,
        places.emission_room, places.water_room, places.in_compliance, places.treatment, places.reuse, t.spare, supervision.least_room, places.county,
        counties.environment, counties.emission_base, counties.shutdown, alerts.vector,
    )  # fmt: skip
