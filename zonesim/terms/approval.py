"""Terms of the time to approve."""

from __future__ import annotations

from zonesim.terms.term import DAYS, INF, Term, by_site

TERMS: dict[str, Term] = {
    "review_days": by_site("add", 0.0, DAYS, "days of the entry review", "准入评审天数", "admission, location"),
    "land_review_days": by_site(
        "add",
        0.0,
        DAYS,
        "days of city review for projects that need land",
        "供地项目市级研究天数",
        "admission, location",
    ),
    "filing_days": by_site(
        "add",
        0.0,
        DAYS,
        "days of filing for projects without land at or above the threshold",
        "备案天数",
        "admission, location",
    ),
    "filing_threshold": by_site(
        "lower_to",
        INF,
        "10k CNY",
        "least investment of a project without land that must be filed",
        "备案门槛",
        "admission, location",
    ),
    "approval_days_factor": by_site(
        "scale",
        1.0,
        "factor",
        "all other stages of approval relative to the base",
        "审批天数系数",
        "admission, location",
    ),
}
