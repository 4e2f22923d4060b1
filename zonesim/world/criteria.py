"""What a yearly evaluation can look at: the criteria of all systems, in the order of the columns that hold them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Criterion:
    """One criterion: its names and meaning; more is better (what should be low is counted negative)."""

    id: str
    zh: str
    en: str
    doc: str


def _table(text: str) -> dict[str, Criterion]:
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return {row[0]: Criterion(*row) for row in rows}


CRITERIA: dict[str, Criterion] = _table(
    """
    growth | 增速 | growth | growth of value added over the year before
    tax | 财政税收 | tax | taxes of all levels per value added
    investment | 招商引资 | investment attracted | investment made by projects from outside the region, per value added
    land | 土地集约利用 | output per land | output per built industrial land
    innovation | 高新技术 | high-tech share | value added of high-tech industry in all
    environment | 节能减排(排放) | emissions | emissions per value added, counted negative
    jobs | 新增就业 | new jobs | new jobs per job
    scale | 经济规模 | size | logarithm of value added
    fixed_investment | 固定资产投资 | fixed investment | investment of enterprises and in infrastructure, per value added
    financing | 投资融资 | financing | loans drawn, per value added
    research | 科技创新(研发) | research | research spending per output
    energy | 循环化与节能 | energy | energy per value added, counted negative
    openness | 对外开放 | openness | value added of foreign-invested enterprises in all
    development | 开发程度 | development | developed land in planned land
    agglomeration | 产业集聚度 | agglomeration | the zone's part of the region's output
    startups | 创新创业环境 | start-ups | enterprises founded there in the year, per enterprise
    intensity | 投资强度 | investment intensity | fixed capital per industrial land
    economic_benefit | 经济效益 | economic benefit | profit and taxes per output
    tax_per_mu | 亩均税收 | tax per land | taxes per built industrial land
    benefit_per_mu | 亩均效益 | benefit per land | profit and taxes per built industrial land
    productivity | 劳动生产率 | productivity | value added per person
    policy_implementation | 政策落实和组织领导 | policy carried out | qualitative: ql_policy_implementation
    service_management | 服务管理水平 | service | qualitative: ql_service_management
    basic_work | 基础工作 | basic work | qualitative: ql_basic_work
    environment_management | 环境保护 | environmental management | qualitative: ql_environment
    land_management | 土地管理 | land management | qualitative: ql_land_management
    plan_execution | 规划执行 | plan executed | qualitative: ql_plan_execution
    plan_implementation | 规划实施 | plan built | built land in planned land
    ecology | 生态环境 | ecology | ambient quality where its people work
    investment_environment | 投资环境 | investment environment | reputation with investors and amenity
    efficiency | 行政效能 | efficiency | cases decided per staff
    safety | 安全生产 | safety | accidents per enterprise, counted negative
    patents | 创新能力 | patents | patents of the year per enterprise
    brands | 品牌建设 | brands | brands per enterprise
    ip_protection | 知识产权保护 | IP protection | infringements per patent, counted negative
    debt | 新增债务 | new debt | new debt of committee and platform company per value added, counted negative
    """
)
USUAL = ("growth", "tax", "investment", "land", "innovation", "environment", "jobs")
"""The criteria of an evaluation that no document sets; they stand first."""
N_CRITERIA = len(CRITERIA)
COLUMN: dict[str, int] = {name: k for k, name in enumerate(CRITERIA)}
