"""Indicators of approval, administration, and what a place offers to investors and founders."""

from __future__ import annotations

import numpy as np

from zonesim.columns import Floats
from zonesim.indicators.measures import Measures
from zonesim.indicators.register import indicator, ratio


@indicator(
    "index",
    "行政效能",
    "Administrative efficiency",
    "人均办件与审批提速的几何平均，人均每年一件且用时如常为100",
    of=("project admitted or staff of a committee", "准入项目或管委会人员"),
)
def admin_efficiency(m: Measures) -> Floats:
    """Geometric mean of committees' cases per staff and year, and of usual to actual days of approval, times 100."""
    cases = 4 * ratio(m.committee_cases, m.staff_quarters)
    return 100 * np.sqrt(cases * ratio(m.usual_approval_days, m.approval_days))


@indicator(
    "index", "投资环境指数", "Investment environment", "各行业标准项目选址效用高于期初各地平均的幅度，每单位10点，按从业人员加权", of=("employment", "从业人员")
)
def investment_environment_index(m: Measures) -> Floats:
    """100 + 10 times the location utility of reference projects (one an industry) above its mean over places at the opening, by jobs."""
    return ratio(m.site_index_jobs, m.jobs_now)


REFERENCE_BORN = 8  # enterprises founded per hundred and year that count as 100. Assumption
BORN, INCUBATED, PLATFORMS = 0.5, 0.25, 0.25  # weights in the index of the environment for founders. Assumption.


@indicator("index", "创新创业环境", "Environment for founders", "新设率、孵化企业与服务平台的加权均值，100为标准", of=("enterprise", "企业"))
def entrepreneurship_environment(m: Measures) -> Floats:
    """Half of founded enterprises to 8 per hundred and year, a quarter of incubator tenants to 1 per hundred, a quarter of platforms to 1 million CNY each."""
    firms = m.enterprises_primary + m.enterprises_industry + m.enterprises_construction + m.enterprises_tertiary
    born = 100 * ratio(m.heads_born, firms) / m.years / REFERENCE_BORN
    platforms = ratio(m.platforms / (4 * m.years), firms) / 100
    return 100 * (BORN * born + INCUBATED * 100 * ratio(m.incubator_tenants, firms) + PLATFORMS * platforms)


@indicator("share", "违诺率", "Broken commitments", "先建后验项目中查实违诺的占比", of=("commitment verified in the period", "当期核验的承诺"))
def commitment_breach_rate(m: Measures) -> Floats:
    """Commitments found broken among those verified in the period."""
    return ratio(m.commitments_broken, m.commitments_verified)
