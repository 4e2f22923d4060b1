"""An independent slow implementation: plain Mesa agents, one object for each enterprise, written from docs/model.md.

It covers production (3), taxes and sharing (4, 5), exit (7), choice of place (9) and admission (10). It uses the documented equations and the
documented draws (decision, quarter, identity, block), and none of the kernels or rules of ``zonesim.behaviour``.
"""

from __future__ import annotations

import math

import mesa
import numpy as np

from zonesim import draws

HAZARD = [0.016, 0.063, 0.095, 0.088, 0.085, 0.083, 0.081, 0.072, 0.064, 0.058, 0.053, 0.049, 0.046, 0.043, 0.041, 0.039, 0.037, 0.036, 0.035]
MU = 2000 / 3


class SlowEnterprise(mesa.Agent):
    """One enterprise."""

    def __init__(self, model, **facts):
        super().__init__(model)
        self.__dict__.update(facts)

    def produce(self):
        m, i = self.model, self.model.industries
        if self.employment == 0 or self.capital <= 0 or self.stage == 4:
            self.value_added = 0.0
            return
        alpha = 1 - i.labour_share[self.industry]
        per = self.weight
        inputs = alpha * math.log(self.capital / per) + (1 - alpha) * math.log(self.employment / per)
        county = m.county_of[self.place]
        demand = m.outside[self.industry] * m.local[county, self.industry]
        self.value_added = per * demand * math.exp(self.log_productivity + m.effect[self.place, self.industry] + m.theta * inputs) * self.utilisation

    def pay_taxes(self):
        m, t, p, j = self.model, self.model.terms, self.place, self.industry
        par = m.taxation
        sales = self.value_added / m.industries.value_added_ratio[j]
        wages = m.wage[j] * m.county_wage[m.county_of[p]] * self.employment / 4
        rent = par.rent * self.floor / 4
        if m.quarter - self.arrived < t["rent_relief_quarters"][p, j]:
            rent *= 1 - min(1.0, t["rent_relief"][p, j])
        research = 0.0
        if m.industries.is_industrial[j]:
            research = (par.research_high_tech if self.high_tech else par.research) * sales
        vat = t["vat_rate"][p, j] * par.vat_coverage * self.value_added
        business = t["business_tax_rate"][p, j] * par.business_tax_coverage * sales
        surcharge = t["surcharge_rate"][p, j] * (vat + business)
        land = t["land_use_tax"][p, j] * self.land / 4
        depreciation, interest = par.depreciation * self.capital / 4, par.interest * self.debt / 4
        taxable = self.value_added - vat - business - surcharge - land - wages - depreciation - interest - rent - research
        rate = t["cit_rate_high_tech"][p, j] if self.high_tech else t["cit_rate"][p, j]
        if not self.high_tech and 4 * taxable <= par.small_limit * self.weight:
            rate = t["cit_rate_small"][p, j]
        cit = rate * par.cit_coverage * max(0.0, taxable)
        refund = 0.0
        if m.quarter <= self.refund_until and m.in_park[p]:
            refund = self.refund_promised * t["refund_honoured"][p, j] * (m.local_part[0] * vat + m.local_part[1] * business + m.local_part[2] * cit)
        self.taxes = (vat, business, cit, surcharge, land)
        self.profit = taxable - cit + refund

    def wants_to_close(self):
        m, par = self.model, self.model.exit
        age = min(max((m.quarter - self.founded) // 4, 0), len(HAZARD) - 1)
        margin = self.profit / self.value_added if self.value_added > 0 else -1.0
        gap = max(-1.5, min(1.5, margin - m.usual_margin[self.industry]))
        hazard = par.level * (1 - (1 - HAZARD[age]) ** 0.25) * math.exp(-par.margin * gap)
        hazard *= (max(self.employment / self.weight, 1.0) / 10) ** (-par.size)
        return draws.uniform.py_func(m.key, draws.EXIT, m.quarter, np.uint64(self.identity), 0) < min(0.5, hazard)


class SlowModel(mesa.Model):
    """The core decisions over a copy of a world."""

    def __init__(self, world, terms, parameters, local_part, central):
        super().__init__(rng=0)
        w = world
        self.industries, self.terms, self.quarter, self.key = w.industries, terms, w.quarter, draws.seed_key(w.seed)
        self.effect, self.local, self.outside = w.economy.place_effect.copy(), w.economy.local_demand.copy(), w.economy.outside_demand.copy()
        self.wage, self.county_wage, self.county_of = w.economy.wage_level, w.counties.wage[: w.counties.n].copy(), w.places.county
        self.in_park = w.places.zone[: w.n_places] >= 0
        self.usual_margin = w.economy.margin
        self.theta, self.taxation, self.exit = parameters["production"].span_of_control, parameters["taxation"], parameters["exit"]
        self.local_part, self.central, self.sharing = local_part, central, parameters["sharing"]
        e = w.enterprises
        names = (
            "weight",
            "place",
            "industry",
            "stage",
            "utilisation",
            "founded",
            "arrived",
            "capital",
            "employment",
            "log_productivity",
            "land",
            "floor",
            "debt",
            "high_tech",
            "refund_promised",
            "refund_until",
        )
        for i in range(e.n):
            if e.stage[i] in (3, 4, 5):
                SlowEnterprise(self, identity=int(e.id[i]), **{name: getattr(e, name)[i].item() for name in names})

    def share(self):
        """Taxes of the quarter by level: centre, province, city, county."""
        out = np.zeros(4)
        for one in self.agents:
            for k, tax in enumerate(one.taxes):
                centre = self.central[k] * tax
                province = (self.sharing.province if k < 3 else 0.0) * (tax - centre)
                city = self.sharing.city * (tax - centre - province)
                out += (centre, province, city, tax - centre - province - city)
        return out


def choose_slowly(world, terms, a, steps, floor_price, local_part, parameters, values=None):
    """Best places of each applicant, by the equations of section 9, one applicant and place at a time; what places are worth before luck goes into ``values``."""
    loc, tax, inv = parameters["location"], parameters["taxation"], parameters["investment"]
    ind, eco, pl, t = world.industries, world.economy, world.places, terms
    key = draws.seed_key(world.seed)
    mean = eco.place_effect_opening.mean(axis=0)
    choices = []

    def family(z):
        """The committee that acts for a family that operates as one."""
        return world.zones.parent[z] if t["unified_operation"][z] > 0 and world.zones.parent[z] >= 0 else z

    for n in range(a.n):
        j, kind, here, value = int(a.industry[n]), int(a.channel[n]), int(a.place[n]), float(a.value_added[n])
        w, capital = int(a.weight[n]), float(a.capital[n])
        ranked = []
        bar = (loc.stay if kind == 4 else eco.usual_value[j] + loc.not_here) + draws.gumbel.py_func(key, draws.PLACE_TASTE, world.quarter, a.id[n], 65535)
        if kind == 4 and a.ordered[n]:
            bar = -1e299
        priority = kind == 3 and any(a.directed[n] < t["priority_share"][p, j] for p in range(world.n_places))
        here_value = 0.0

        def utility_at(p, moving):
            park = pl.kind[p] == 0
            least = t["min_investment_intensity"][p, j]
            if t["standard_land"][p, j]:
                least = max(least, t["standard_investment"][p, j])
            need, area, rents = float(a.land[n]), 0.0, False
            if need > 0:
                area = need * min(1.0, 0.8 / max(t["far_min"][p, j], 0.8 * (1 + loc.denser * t["far_bonus"][p, j])))
                if least > 0 and area > capital / least * MU:
                    area = max(capital / least * MU, loc.land_shrink * area)
                if ind.is_industrial[j] and park and area < loc.parcel_mu * MU * w:
                    if not t["subdivision"][p, j]:
                        rents = pl.factory[p] - pl.factory_let[p] >= 0.8 * need
                        area = need if rents else loc.parcel_mu * MU * w
                if moving and not rents and ind.is_industrial[j]:
                    if least > 0 and capital / (area / MU) < 0.999 * least:
                        return None
                    output = 4 * value / ind.value_added_ratio[j] / (area / MU)
                    if t["gate"][p, j] and output < t["min_output_per_mu"][p, j]:
                        return None
                    if t["standard_land"][p, j] and output < t["standard_output"][p, j]:
                        return None
            made = value * math.exp(eco.place_effect[p, j] - mean[j]) * eco.local_demand[pl.county[p], j] * eco.outside_demand[j] / eco.trend
            sales = made / ind.value_added_ratio[j]
            wages = eco.wage_level[j] * world.counties.wage[pl.county[p]] * a.employment[n] / 4
            rent = 0.0
            if rents:
                relief = min(1.0, t["rent_relief"][p, j]) * min(1.0, t["rent_relief_quarters"][p, j] / 20)
                rent = tax.rent * 0.8 * area / 4 * (1 - relief)
            research = (tax.research_high_tech if a.high_tech[n] else tax.research) * sales if ind.is_industrial[j] else 0.0
            held = 0.0 if rents else area
            vat = t["vat_rate"][p, j] * tax.vat_coverage * made
            business = t["business_tax_rate"][p, j] * tax.business_tax_coverage * sales
            surcharge = t["surcharge_rate"][p, j] * (vat + business)
            land = t["land_use_tax"][p, j] * held / 4
            taxable = made - vat - business - surcharge - land - wages - tax.depreciation * capital / 4 - tax.interest * 0.25 * capital / 4 - rent - research
            rate = (
                t["cit_rate_high_tech"][p, j] if a.high_tech[n] else (t["cit_rate_small"][p, j] if 4 * taxable <= tax.small_limit * w else t["cit_rate"][p, j])
            )
            cit = rate * tax.cit_coverage * max(0.0, taxable)
            refund, given = 0.0, 0.0
            if park and moving:
                offer, limit = world.zones.refund_offer[pl.zone[p]], t["refund_cap"][p, j]
                if eco.leading[p].any() and not eco.leading[p, j]:
                    limit = min(limit, (1 - parameters["promotion"].support) * offer)
                promised = min(offer, limit) * t["refund_honoured"][p, j]
                given = promised * (local_part[0] * vat + local_part[1] * business + local_part[2] * cit)
                refund = promised * (local_part[0] * vat + local_part[1] * business + local_part[2] * cit) * loc.refund_years / (loc.refund_years + 5)
            surplus = 4 * (taxable - cit + refund)
            taxes = 4 * (vat + business + surcharge + land + cit)
            if held > 0:
                intensity = capital / (held / MU)
                standard = least if least > 0 else loc.standard_intensity
                price = max(pl.land_price[p] * t["land_price_factor"][p, j], floor_price[p])
                if t["price_intensity_elasticity"][p, j] > 0 and intensity > standard:
                    price = max(price * (intensity / standard) ** -t["price_intensity_elasticity"][p, j], 0.7 * floor_price[p])
                price = max(0.0, price - loc.offset * t["offset_gov_share"][p])  # what government bears of the offset of farmland
                surplus -= loc.annuity * price * held
                if t["standard_land"][p, j]:
                    surplus -= loc.annuity * t["standard_penalty"][p, j] * price * held * (1 - a.sincerity[n])
                    if moving and ind.is_industrial[j] and taxes / (held / MU) < t["standard_tax"][p, j]:
                        return None
            surplus += loc.annuity * min(1.0, t["equipment_subsidy"][p, j]) * inv.equipment_share * capital
            if moving:
                takes_land = a.land[n] > 0 and not rents
                wait = steps.felt[(2 if kind == 3 else 0) + (0 if takes_land else 1), p, j] + t["review_days"][p, j]
                if takes_land:
                    wait += t["land_review_days"][p, j]
                    surplus += loc.annuity * (steps.spared[p, j] - steps.fee[p, j]) * capital
                elif capital / w >= t["filing_threshold"][p, j]:
                    wait += t["filing_days"][p, j]
                if kind != 4 and capital / w >= t["bespoke_from"][p, j]:  # a deal of its own: part of five years of local tax, and other days
                    deal = parameters["bespoke"]
                    local = local_part[0] * vat + local_part[1] * business + local_part[2] * cit
                    tax_left = 4 * (local + surcharge + land - given)
                    surplus += loc.annuity * min(t["bespoke_limit"][p, j] * capital, deal.power * deal.years * max(0.0, tax_left))
                    wait = deal.meeting_days + deal.hurry * wait
                surplus -= loc.annuity * wait / 360 * max(0.0, surplus)
                if kind == 4:
                    surplus -= loc.annuity * loc.moving_cost * capital * (1 - min(1.0, t["relocation_subsidy"][here, j]))
            return loc.profit * surplus / (4 * value) + loc.amenity * math.log(pl.amenity[p])

        if here >= 0 and not a.ordered[n]:
            here_value = utility_at(here, False)
        for p in range(world.n_places):
            park = pl.kind[p] == 0
            if p == here or (a.ordered[n] and not park):
                continue
            if t["barred"][p, j] or a.bound[n] < t["closed_share"][p, j] or (t["safety_veto"][p, j] and not a.safe[n]):
                continue
            if priority and a.directed[n] >= t["priority_share"][p, j]:
                continue
            if kind == 1 and park and family(pl.zone[p]) != family(a.finder[n]):
                willing = loc.circulation if t["circulation"] > 0 else 0.0
                if t["information"] > 0:
                    willing = 1 - (1 - willing) * (1 - loc.informed)
                if t["enclave"][p]:
                    worth = t["enclave_tax_share"][p] + loc.indicator_worth * (1 - float(t["territorial_statistics"])) * t["enclave_indicator_share"][p]
                    willing = 1 - (1 - willing) * (1 - min(1.0, worth * t["enclave_years"][p] / loc.enclave_full_years))
                if a.passed_on[n] >= willing:
                    continue
            if t["gate"][p, j] and a.emission[n] > t["max_emission"][p, j]:
                continue
            u = utility_at(p, True)
            if u is None:
                continue
            if kind == 4:
                u += -loc.distance * world.distance[here, p] - here_value + 0.3 * loc.sites * eco.attraction[p, j]
            else:
                u += loc.sites * eco.attraction[p, j]
                u += loc.home if kind == 0 and pl.county[p] == a.county[n] else 0.0
                u += loc.contact if kind == 1 and park and pl.zone[p] == a.finder[n] else 0.0
            if values is not None:
                values[n, p] = u
            u += draws.gumbel.py_func(key, draws.PLACE_TASTE, world.quarter, a.id[n], p)
            if u > bar:
                ranked.append((-u, p))
        choices.append([p for _, p in sorted(ranked)[:5]])
    return choices


def admit_slowly(world, terms, a, wishes, steps, parameters):
    """Serve applicants by score, each at its best place with room; return the place of each, or -1."""
    acc, ind, pl = parameters["admission"], world.industries, world.places
    scores = []
    for n in range(a.n):
        area = wishes.area[n, 0] if wishes.tenure[n, 0] != 0 else 0.0  # who rents floor takes no land
        intensity = a.capital[n] / (max(area, 1.0) / MU) if area > 0 else 300.0
        per_mu = wishes.tax_per_mu[n, 0] if area > 0 else 15.0
        best = wishes.place[n, 0]
        sharp = acc.accuracy if best < 0 else min(1.0, acc.accuracy + acc.plan_review * (terms["plan_levels"][best] - 2))
        seen = sharp * a.sincerity[n] + (1 - sharp) * a.screen[n]
        mark = 10 * ind.tier[a.industry[n]] + 20 * min(1, intensity / 300) + 20 * min(1, per_mu / 15) + 15 * min(1, max(0, 1.5 - a.emission[n])) + 15 * seen
        scores.append(mark)
    ready = pl.land[: world.n_places, 1, :].copy()
    floor = (pl.factory - pl.factory_let)[: world.n_places].copy()
    energy, pollution = pl.quota_energy.copy(), pl.quota_emission.copy()
    cases = [*world.zones.queue[: world.zones.n].tolist(), 0.0]  # what waited is done first
    got = [-1] * a.n
    weights = [float(terms[f"land_weight_{name}"]) for name in ("technology", "scale", "benefit", "low_pollution", "sector", "foreign", "key_project")]

    def rank(n):
        if not any(weights):
            return scores[n]
        j, per_mu = a.industry[n], wishes.tax_per_mu[n, 0] if wishes.area[n, 0] > 0 and wishes.tenure[n, 0] != 0 else 15.0
        met = (
            min(1.0, ind.hightech_prior[j] / 2), min(1.0, a.capital[n] / a.weight[n] / 10_000), min(1.0, per_mu / 15), 1 / (1 + ind.emission_intensity[j] * a.emission[n]),
            (ind.tier[j] - 1) / 2, float(a.foreign[n]), float(a.channel[n] == 3),
        )  # fmt: skip
        return 100 * sum(w * m for w, m in zip(weights, met, strict=True))

    order = sorted(range(a.n), key=lambda n: (-(rank(n) + (1000 if a.channel[n] == 3 else 0)), int(a.id[n])))
    for n in order:
        j = int(a.industry[n])
        for k in range(5):
            p = int(wishes.place[n, k])
            if p < 0:
                break
            rents = wishes.tenure[n, k] == 0
            wanted = 0 if rents else math.ceil(wishes.area[n, k])
            m2 = math.ceil(0.8 * wishes.area[n, k]) if rents else 0
            if pl.kind[p] == 0 and terms["gate"][p, j] and scores[n] < terms["pass_score"][p, j] and a.channel[n] != 3:
                continue
            if wanted > ready[p, ind.use_code[j]] or m2 > floor[p]:
                continue
            z = pl.zone[p]
            uses = 4 * a.value_added[n] * ind.energy_intensity[j], 4 * a.value_added[n] * ind.emission_intensity[j] * a.emission[n]
            if z >= 0:
                if ind.is_industrial[j] and (uses[0] > energy[p] or uses[1] > pollution[p]):
                    continue
                if cases[z] + steps.work[p, j] > acc.overload * world.zones.service_capacity[z]:
                    continue
                cases[z] += a.weight[n] * steps.work[p, j]  # a row is as many cases as it stands for
                if ind.is_industrial[j]:
                    energy[p] -= uses[0]
                    pollution[p] -= uses[1]
            ready[p, ind.use_code[j]] -= wanted
            floor[p] -= m2
            got[n] = p
            break
    return got
