"""Indicators of enterprises, jobs, projects and approval."""

from __future__ import annotations

from zonesim.columns import Floats
from zonesim.indicators.measures import Measures
from zonesim.indicators.register import OUT_OF_ZONES, indicator, ratio


@indicator("persons", "从业人员", "Persons employed", "期末从业人员")
def employment(m: Measures) -> Floats:
    """Persons employed at the end of the period."""
    return m.employment_total


@indicator("enterprises", "企业数", "Enterprises", "期内最后一个季度初（该季度退出与开业之前）的在营企业数，含停产和搬迁中的")
def enterprises(m: Measures) -> Floats:
    """Enterprises in operation as the last quarter of the period begins, before its exits and openings; those that are suspended or moving count."""
    return m.enterprises_primary + m.enterprises_industry + m.enterprises_construction + m.enterprises_tertiary


@indicator("persons/yr", "新增就业", "New jobs (gross)", "企业岗位增加之和（毛额）")
def new_jobs(m: Measures) -> Floats:
    """Sum of positive changes of employment, gross."""
    return m.jobs_new + m.jobs_from_outside + m.jobs_expanded + m.jobs_moved_in


@indicator("persons/yr", "新设企业岗位", "Jobs of newly founded enterprises", "本地新设企业投产时的岗位")
def jobs_new(m: Measures) -> Floats:
    """Jobs of enterprises founded in the region when they begin to produce."""
    return m.jobs_new


@indicator("persons/yr", "扩张岗位", "Jobs by expansion", "在营企业增加的岗位")
def jobs_expanded(m: Measures) -> Floats:
    """Jobs added by enterprises that stay."""
    return m.jobs_expanded


@indicator("persons/yr", "收缩岗位", "Jobs lost by contraction", "在营企业减少的岗位")
def jobs_contracted(m: Measures) -> Floats:
    """Jobs cut by enterprises that stay."""
    return m.jobs_contracted


@indicator("persons/yr", "区域内迁入岗位", "Jobs moved in from inside the region", "由区域内其他地方迁入企业的岗位")
def jobs_moved_inside(m: Measures) -> Floats:
    """Jobs of enterprises that moved in from elsewhere in the region."""
    return m.jobs_moved_in


@indicator("persons/yr", "迁出岗位", "Jobs moved out", "迁往区域内其他地方企业的岗位")
def jobs_moved_out(m: Measures) -> Floats:
    """Jobs of enterprises that moved out to elsewhere in the region."""
    return m.jobs_moved_out


@indicator("persons/yr", "区外引进岗位", "Jobs from outside the region", "区外引进项目投产时的岗位")
def jobs_from_outside(m: Measures) -> Floats:
    """Jobs of attracted, transferred and major projects when they begin to produce."""
    return m.jobs_from_outside


@indicator("persons/yr", "退出岗位", "Jobs lost by exit", "退出企业的岗位")
def jobs_lost_exit(m: Measures) -> Floats:
    """Jobs of enterprises that closed."""
    return m.jobs_exited


@indicator("enterprises/yr", "本地新设企业", "Enterprises founded", "本地新设并准入的企业")
def enterprises_new(m: Measures) -> Floats:
    """Enterprises founded in the region and admitted."""
    return m.heads_born


@indicator("enterprises/yr", "区外引进企业", "Enterprises from outside", "引进、转移及重大项目企业")
def enterprises_from_outside(m: Measures) -> Floats:
    """Attracted, transferred and major projects that were admitted."""
    return m.heads_attracted + m.heads_transferred + m.heads_major


@indicator("enterprises/yr", "入园（迁入）企业数", "Enterprises moved in", "由区域内其他地方迁入的企业")
def relocated_firms(m: Measures) -> Floats:
    """Enterprises that moved in from elsewhere in the region."""
    return m.heads_moved_in


@indicator("enterprises/yr", "迁出企业数", "Enterprises moved out", "迁往区域内其他地方的企业")
def enterprises_moved_out(m: Measures) -> Floats:
    """Enterprises that moved out to elsewhere in the region."""
    return m.heads_moved_out


@indicator("enterprises/yr", "退出企业数", "Enterprises closed", "关闭退出的企业")
def enterprises_closed(m: Measures) -> Floats:
    """Enterprises that closed."""
    return m.heads_exited


@indicator("projects/yr", "区外新建工业项目", "New industrial projects outside zones", "落在开发区外的新建工业项目", levels=OUT_OF_ZONES)
def out_of_zone_new_projects(m: Measures) -> Floats:
    """New industrial projects sited outside zones."""
    return m.out_of_zone_new_projects


@indicator("projects/yr", "流失项目", "Projects lost", "所愿去的地方都不予准入而离开的新项目")
def lost_projects(m: Measures) -> Floats:
    """Newcomers that were refused everywhere they would go, and left."""
    return m.lost_projects


@indicator("days", "平均审批时长", "Days to approve", "当期准入项目平均审批天数", of=("project admitted in the period", "当期准入项目"))
def approval_days(m: Measures) -> Floats:
    """Mean days of approval of the projects admitted in the period."""
    return ratio(m.approval_days, m.approved)
