"""Terms of pollution, water, safety and their supervision."""

from __future__ import annotations

from zonesim.terms.term import INF, SHARE, Term, by_place, by_site, by_zone

TERMS: dict[str, Term] = {
    "central_share": by_place(
        "raise_to",
        0.0,
        "share of discharge",
        "industrial discharge led to the central plant",
        "集中处理率",
        "纳入集中处理设施的工业排放比例",
        "pollution, treatment",
    ),
    "treatment_precondition": by_place(
        "turn_on",
        0.0,
        "",
        "ready land and new projects need treatment capacity first",
        "污水设施同步配套",
        "供地和新项目须先具备相应处理能力",
        "admission, treatment",
    ),
    "unit_treatment": by_place(
        "turn_on",
        0.0,
        "",
        "the park treats pollution as one unit, and is judged as one",
        "整体单元治理",
        "园区作为一个整体治理污染、一个整体考核",
        "pollution, treatment",
    ),
    "third_party": by_place(
        "turn_on", 0.0, "", "a treatment company may run the enterprises' own treatment", "第三方治理", "可由专业治理公司运营企业的治污设施", "pollution"
    ),
    "emission_cap": by_place(
        "lower_to", INF, "times the opening year", "largest discharge of the place's industry", "污染物总量上限", "本地工业的最大排放量", "pollution, admission"
    ),
    "water_cap": by_place(
        "lower_to", INF, "times the opening year", "largest water use of the place's industry", "用水总量上限", "本地工业的最大用水量", "pollution, admission"
    ),
    "water_intensity_cap": by_site(
        "lower_to",
        INF,
        "m3 per 10k CNY",
        "largest water use per value added of an industrial enterprise",
        "用水强度上限",
        "工业企业单位增加值的最大用水量",
        "pollution",
    ),
    "circular_support": by_zone(
        "raise_to", 0.0, "10k CNY/yr", "public money for by-product links and reuse", "循环化改造资金", "用于副产品链接和综合利用的财政资金", "circular_economy"
    ),
    "differentiated": by_place(
        "turn_on", 0.0, "", "shutdowns in a pollution alert go by class of enterprise", "差别化管控", "污染预警期间按企业类别实施停限产", "pollution"
    ),
    "inspection": by_place(
        "raise_to",
        0.0,
        SHARE + " a year",
        "enterprises inspected for discharge and safety each year",
        "检查概率",
        "每年接受排污和安全检查的企业比例",
        "pollution, safety",
    ),
}
