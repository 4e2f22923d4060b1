"""Terms: what an enterprise at a site, a place, a committee and the region face this quarter.

Terms are rebuilt from the law of the date and the instruments in force; they are never state. Each column allows one
verb, and each verb commutes with itself, so the order in which a scenario lists its instruments cannot matter:

=========  ==========================  =========================================================
verb       effect on a cell            used for
=========  ==========================  =========================================================
scale      x -> x * factor             prices
add        x -> x + amount             transfers, days, rates that pile up
raise_to   x -> max(x, value)          floors, strengths
lower_to   x -> min(x, value)          caps
turn_on    x -> True                   switches
fix        x -> value, once            choices; two instruments that fix different values clash
=========  ==========================  =========================================================

"Sites" are (place, industry): the same cell prices a site for a mover and charges a sitting enterprise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zonesim.errors import InputError, nearest

Mask = Any


@dataclass(frozen=True)
class Term:
    """Meaning of one column of terms."""

    where: str  # "sites" [place, industry], "places" [place], "zones" [committee], "region" []
    verb: str
    neutral: float
    unit: str
    doc: str
    zh: str
    read_by: str


def _site(verb: str, neutral: float, unit: str, doc: str, zh: str, read_by: str) -> Term:
    return Term("sites", verb, neutral, unit, doc, zh, read_by)


def _place(verb: str, neutral: float, unit: str, doc: str, zh: str, read_by: str) -> Term:
    return Term("places", verb, neutral, unit, doc, zh, read_by)


def _zone(verb: str, neutral: float, unit: str, doc: str, zh: str, read_by: str) -> Term:
    return Term("zones", verb, neutral, unit, doc, zh, read_by)


def _region(verb: str, neutral: float, unit: str, doc: str, zh: str, read_by: str) -> Term:
    return Term("region", verb, neutral, unit, doc, zh, read_by)


INF = float("inf")
DAYS, SHARE, YEARS, PER_MU = "days", "share", "years", "10k CNY/mu"

TERMS: dict[str, Term] = {
    # --- taxes of the date (law) and what zones may promise
    "vat_rate": _site("fix", 0.0, "share of value added", "effective VAT rate", "增值税率", "taxes, location"),
    "business_tax_rate": _site("fix", 0.0, "share of output", "business tax rate", "营业税率", "taxes, location"),
    "cit_rate": _site("fix", 0.25, "share of profit", "corporate income tax rate", "企业所得税率", "taxes, location"),
    "cit_rate_high_tech": _site("fix", 0.15, "share of profit", "CIT rate of a high-tech enterprise", "高新企业所得税率", "taxes, location"),
    "cit_rate_small": _site("fix", 0.20, "share of profit", "CIT rate of a small low-profit enterprise", "小微所得税率", "taxes, location"),
    "surcharge_rate": _site(
        "fix",
        0.12,
        "share of VAT and business tax",
        "urban maintenance tax and education surcharges",
        "附加税费率",
        "taxes, location",
    ),
    "land_use_tax": _site("fix", 0.0, "10k CNY/m2/yr", "urban land use tax", "城镇土地使用税", "taxes, location"),
    "refund_cap": _site(
        "lower_to",
        1.0,
        SHARE,
        "largest refund of the local tax part that may be promised to a newcomer",
        "返还上限",
        "zone_offers, location",
    ),
    "refund_honoured": _site("lower_to", 1.0, SHARE, "share of promised refunds that may still be paid", "返还兑现", "taxes, location"),
    "equipment_subsidy": _site("add", 0.0, "share of equipment investment", "subsidy on equipment", "设备补贴率", "investment, location"),
    "rent_relief": _site("add", 0.0, "share of rent", "reduction of factory rent", "厂房租金减免", "taxes, location"),
    "rent_relief_quarters": _site("raise_to", 0.0, "quarters", "quarters after arrival with reduced rent", "减租期", "taxes, location"),
    # --- land as the enterprise meets it
    "land_price_factor": _site("scale", 1.0, "factor", "price of land relative to the asking price", "地价系数", "location, admission"),
    "price_intensity_elasticity": _site(
        "raise_to",
        0.0,
        "elasticity",
        "fall of the land price per rise of intensity above standard",
        "地价强度弹性",
        "location, admission",
    ),
    "min_investment_intensity": _site("raise_to", 0.0, PER_MU, "least investment per mu", "投资强度下限", "admission, location"),
    "min_output_per_mu": _site("raise_to", 0.0, "10k CNY/mu/yr", "least expected output per mu", "亩均产出下限", "admission"),
    "far_min": _site("raise_to", 0.5, "ratio", "least plot ratio", "容积率下限", "admission, construction"),
    "subdivision": _site(
        "turn_on",
        0.0,
        "",
        "industrial property may be divided, so that small enterprises may buy a part",
        "产权分割",
        "location, admission",
    ),
    "standard_land": _site(
        "turn_on",
        0.0,
        "",
        "land is granted with standards and reviewed later",
        "标准地",
        "location, admission, construction",
    ),
    "standard_investment": _site("raise_to", 0.0, PER_MU, "standard: investment per mu", "标准地投资强度", "location, admission, construction"),
    "standard_output": _site(
        "raise_to",
        0.0,
        "10k CNY/mu/yr",
        "standard: output per mu",
        "标准地亩均产出",
        "location, admission, construction",
    ),
    "standard_tax": _site("raise_to", 0.0, "10k CNY/mu/yr", "standard: tax per mu", "标准地亩均税收", "location, admission, construction"),
    "standard_penalty": _site("raise_to", 0.0, "share of land price", "penalty for a missed standard", "违约金率", "location, construction"),
    "standard_review_years": _site("fix", 3.0, YEARS, "years of operation before the review", "复核年限", "construction"),
    # --- gates
    "closed_share": _site(
        "raise_to",
        0.0,
        "share of new projects",
        "new projects of the industry that may not settle here",
        "禁止落户比例",
        "location",
    ),
    "priority_share": _site(
        "raise_to",
        0.0,
        "share of major projects",
        "fitting major projects that are directed here",
        "重大项目优先比例",
        "location",
    ),
    "gate": _site("turn_on", 0.0, "", "projects are scored before entry", "准入评审", "admission"),
    "pass_score": _site("raise_to", 0.0, "points", "least score at the gate", "准入评分线", "admission"),
    "max_emission": _site("lower_to", INF, "sector mean", "largest emission intensity at entry", "环境准入", "admission"),
    "barred": _site("turn_on", 0.0, "", "the industry gets no land (negative list)", "负面清单", "admission, location"),
    "safety_veto": _site("turn_on", 0.0, "", "unsafe projects are refused", "安全一票否决", "admission"),
    "planning_eia": _site(
        "turn_on",
        0.0,
        "",
        "planning environmental assessment comes before plan and expansion",
        "规划环评",
        "admission, budgets",
    ),
    # --- time to approve
    "review_days": _site("add", 0.0, DAYS, "days of the entry review", "准入评审天数", "admission, location"),
    "land_review_days": _site(
        "add",
        0.0,
        DAYS,
        "days of city review for projects that need land",
        "供地项目市级研究天数",
        "admission, location",
    ),
    "filing_days": _site(
        "add",
        0.0,
        DAYS,
        "days of filing for projects without land at or above the threshold",
        "备案天数",
        "admission, location",
    ),
    "filing_threshold": _site(
        "lower_to",
        INF,
        "10k CNY",
        "least investment of a project without land that must be filed",
        "备案门槛",
        "admission, location",
    ),
    "approval_days_factor": _site(
        "scale",
        1.0,
        "factor",
        "all other stages of approval relative to the base",
        "审批天数系数",
        "admission, location",
    ),
    # --- relocation of sitting enterprises
    "relocation_order_rate": _site(
        "raise_to",
        0.0,
        "share/yr",
        "eligible enterprises ordered to move into a zone each year",
        "年搬迁比例",
        "relocation",
    ),
    "relocation_subsidy": _site("add", 0.0, "share of moving cost", "subsidy for moving into a zone", "搬迁补助", "location, relocation"),
    "relocation_deadline_years": _site("lower_to", 5.0, YEARS, "years to comply with an order to move", "搬迁期限", "relocation"),
    # --- places
    "land_revenue_deduction": _place(
        "fix",
        0.6,
        "share of gross land income",
        "compensation, pensions and set-asides before net land revenue",
        "土地收入扣除率",
        "land_revenue",
    ),
    "land_revenue_reinvest": _place(
        "raise_to",
        0.3,
        "share of net land revenue",
        "net land revenue earmarked for zone infrastructure",
        "土地收益用于基础设施比例",
        "land_revenue",
    ),
    "living_service_cap": _place(
        "fix",
        0.07,
        "share of planned land",
        "largest share of public living-service land",
        "生活服务用地上限",
        "land_planning",
    ),
    "commercial_share": _place("fix", 0.0, "share of planned land", "share of commercial-service land", "商业用地比例", "land_planning"),
    "use_change_grace_years": _place(
        "fix",
        0.0,
        YEARS,
        "years in which an old building may house services at its old right",
        "转用过渡期",
        "arrivals, production",
    ),
    "idle_fee": _place("raise_to", 0.0, "share of land price", "fee after one idle year", "土地闲置费", "idle_land"),
    "idle_reclaim_years": _place("fix", 2.0, YEARS, "idle years after which land is taken back", "闲置收回年限", "idle_land"),
    "idle_compensation": _place("fix", 0.0, "share of land price", "paid when idle land is taken back", "收回补偿比例", "idle_land"),
    "idle_enforcement": _place("raise_to", 0.1, "probability/yr", "due idle land that is really taken back", "闲置处置力度", "idle_land"),
    "revitalisation_rate": _place("raise_to", 0.0, "share/yr", "inefficient land brought back to use", "盘活率", "idle_land"),
    "quota_share": _place(
        "raise_to",
        0.3,
        "share of the county's quota",
        "new land quota that goes to the zone",
        "开发区指标份额",
        "quotas",
    ),
    "ringfence": _place(
        "raise_to",
        0.0,
        "0 none, 1 county or city, 2 province",
        "level that guards the zone's land quota",
        "指标单列层级",
        "quotas, admission",
    ),
    "quota_performance_elasticity": _place("raise_to", 0.0, "elasticity", "quota per relative score", "指标与评价挂钩", "quotas"),
    "autonomy_retained": _place(
        "raise_to",
        0.0,
        "share of the county's tax part",
        "tax of the place's enterprises kept by the zone's own account",
        "留成比例",
        "sharing",
    ),
    "enclave": _place("turn_on", 0.0, "", "takes part in enclave sharing", "飞地", "location, sharing"),
    "enclave_tax_share": _place(
        "fix",
        0.0,
        "share of local tax",
        "tax of a shared project that goes to its provider",
        "税收分享",
        "location, sharing",
    ),
    "enclave_indicator_share": _place(
        "fix",
        0.0,
        "share of indicators",
        "indicators of a shared project counted for its provider",
        "指标分享",
        "location, indicators",
    ),
    "enclave_years": _place("fix", 5.0, YEARS, "years of sharing", "分享年限", "location, sharing"),
    "enclave_cost_share": _place("fix", 0.0, "share of site cost", "site cost paid by the provider", "成本分担", "location, sharing"),
    # --- committees
    "increment_return": _zone(
        "fix",
        0.0,
        "share of the increment",
        "part of the yearly tax increment returned by the city",
        "增量返还比例",
        "tax_return",
    ),
    "increment_fixed_base": _zone("turn_on", 0.0, "", "the increment is over a fixed base year, not over the last year", "固定基期", "tax_return"),
    "increment_vat": _zone("turn_on", 0.0, "", "VAT is in the set of shared taxes", "含增值税", "tax_return"),
    "increment_business_tax": _zone("turn_on", 0.0, "", "business tax is in the set of shared taxes", "含营业税", "tax_return"),
    "increment_cit": _zone("turn_on", 0.0, "", "CIT is in the set of shared taxes", "含企业所得税", "tax_return"),
    "increment_gross": _zone("turn_on", 0.0, "", "the increment is of all tax paid, not of the city part", "按全口径", "tax_return"),
    "increment_clawback": _zone("turn_on", 0.0, "", "a negative increment is taken back", "负增量扣回", "tax_return"),
    "increment_reform_rule": _zone(
        "fix",
        0.0,
        "0 as collected, 1 stop, 2 like for like",
        "how the end of business tax in 2016 is treated",
        "营改增口径",
        "tax_return",
    ),
    "integrated": _zone("turn_on", 0.0, "", "the committee is run by its parent", "园区整合", "integration"),
    # --- the region
    "retention_land": _region("lower_to", 1.0, SHARE, "land quota that counties keep; the rest is the city's pool", "土地指标留存", "quotas"),
    "retention_energy": _region("lower_to", 1.0, SHARE, "energy quota that counties keep", "能耗指标留存", "quotas"),
    "retention_emission": _region("lower_to", 1.0, SHARE, "environmental quota that counties keep", "环境容量留存", "quotas"),
    "pool_rule": _region(
        "fix",
        0.0,
        "0 key projects, 1 score, 2 output per mu, 3 equal, 4 random",
        "who gets the city's pool",
        "统筹分配规则",
        "quotas",
    ),
    "circulation": _region("turn_on", 0.0, "", "projects are passed on between zones", "项目流转", "location"),
    "joint_promotion": _region("turn_on", 0.0, "", "zones promote together", "联动招商", "arrivals, zone_offers"),
    "pairs": _region("raise_to", 0.0, "pairs", "signed pairs with partner zones", "结对数", "arrivals"),
    "transfer_inflow": _region(
        "raise_to",
        0.0,
        "enterprises/yr",
        "enterprises of partner regions that look for a site here",
        "承接转移流量",
        "arrivals",
    ),
}

VERBS = ("scale", "add", "raise_to", "lower_to", "turn_on", "fix")


class Terms:
    """The terms of one quarter: ``terms["rent_relief"]`` is an array by site, place, committee, or a 0-d array.

    Args:
        n_places: number of places.
        n_industries: number of industries.
        n_zones: number of committees.
    """

    def __init__(self, n_places: int, n_industries: int, n_zones: int) -> None:
        self.shapes = {"sites": (n_places, n_industries), "places": (n_places,), "zones": (n_zones,), "region": ()}
        self._values: dict[str, NDArray[np.float64]] = {name: np.full(self.shapes[term.where], term.neutral) for name, term in TERMS.items()}
        self._fixed: dict[str, NDArray[np.bool_]] = {}
        self._cause: dict[str, str] = {}

    def __getitem__(self, name: str) -> NDArray[np.float64]:
        return self._values[name]

    def names(self) -> list[str]:
        """Return the names of all columns."""
        return list(self._values)

    def copy(self) -> Terms:
        """Return an independent copy, in which everything may be fixed once more (the law below, instruments above)."""
        other = Terms.__new__(Terms)
        other.shapes = self.shapes
        other._values = {name: values.copy() for name, values in self._values.items()}
        other._fixed = {}
        other._cause = dict(self._cause)
        return other

    def same_as(self, other: Terms) -> bool:
        """Tell whether every column is equal bit for bit."""
        return all(np.array_equal(self._values[name], other._values[name]) for name in self._values)

    def scale(self, name: str, where: Mask, factor: Any) -> None:
        """Multiply the cells of a price column."""
        values = self._column(name, "scale")
        np.multiply(values, factor, out=values, where=self._mask(name, where))

    def add(self, name: str, where: Mask, amount: Any) -> None:
        """Add to the cells of a transfer column."""
        values = self._column(name, "add")
        np.add(values, amount, out=values, where=self._mask(name, where))

    def raise_to(self, name: str, where: Mask, value: Any) -> None:
        """Raise the cells of a floor to at least ``value``."""
        values = self._column(name, "raise_to")
        np.maximum(values, value, out=values, where=self._mask(name, where))

    def lower_to(self, name: str, where: Mask, value: Any) -> None:
        """Lower the cells of a cap to at most ``value``."""
        values = self._column(name, "lower_to")
        np.minimum(values, value, out=values, where=self._mask(name, where))

    def turn_on(self, name: str, where: Mask) -> None:
        """Turn a switch on."""
        values = self._column(name, "turn_on")
        np.copyto(values, 1.0, where=self._mask(name, where))

    def fix(self, name: str, where: Mask, value: Any) -> None:
        """Set the cells of a choice; a second instrument that sets another value there is refused."""
        values = self._column(name, "fix")
        mask = np.broadcast_to(self._mask(name, where), values.shape)
        taken = self._fixed.setdefault(name, np.zeros(values.shape, dtype=bool))
        new = np.broadcast_to(np.asarray(value, dtype=float), values.shape)
        if np.any(mask & taken & (values != new)):
            raise InputError(f"two instruments fix {name!r} ({TERMS[name].doc}) to different values at the same site")
        np.copyto(values, new, where=mask)
        taken |= mask

    def _column(self, name: str, verb: str) -> NDArray[np.float64]:
        if name not in TERMS:
            raise InputError(f"there is no term {name!r}{nearest(name, TERMS)}")
        if TERMS[name].verb != verb:
            raise InputError(f"the term {name!r} is changed by {TERMS[name].verb!r}, not by {verb!r}")
        return self._values[name]

    def _mask(self, name: str, where: Mask) -> Any:
        if TERMS[name].where == "region":
            return bool(np.any(where))
        return where
