"""What a yearly evaluation can look at: the criteria of all systems, in the order of the columns that hold them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Criterion:
    """One criterion: its names and its meaning in both languages; more is better (what should be low is counted negative)."""

    id: str
    zh: str
    en: str
    doc: str
    doc_zh: str


def _table(text: str) -> dict[str, Criterion]:
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return {row[0]: Criterion(*row) for row in rows}


CRITERIA: dict[str, Criterion] = _table(
    """
    growth | 增速 | growth | growth of value added over the year before | 增加值比上年的增长
    tax | 财政税收 | tax | taxes of all levels per value added | 各级税收与增加值之比
    investment | 招商引资 | investment attracted | investment made by projects from outside the region, per value added | 区域外项目完成的投资与增加值之比
    land | 土地集约利用 | output per land | output per built industrial land | 建成工业用地单位面积的产出
    innovation | 高新技术 | high-tech share | value added of high-tech industry in all | 高新技术产业增加值占全部的比例
    environment | 节能减排（排放） | emissions | emissions per value added, counted negative | 单位增加值的排放，逆向计分
    jobs | 新增就业 | new jobs | new jobs per job | 新增岗位与原有岗位之比
    scale | 经济规模 | size | logarithm of value added | 增加值的对数
    fixed_investment | 固定资产投资 | fixed investment | investment of enterprises and in infrastructure, per value added | 企业投资和基础设施投资与增加值之比
    financing | 投资融资 | financing | loans drawn, per value added | 提取的贷款与增加值之比
    research | 科技创新（研发） | research | research spending per output | 研发支出与产出之比
    energy | 循环化与节能 | energy | energy per value added, counted negative | 单位增加值能耗，逆向计分
    openness | 对外开放 | openness | value added of foreign-invested enterprises in all | 外商投资企业增加值占全部的比例
    development | 开发程度 | development | developed land in planned land | 已开发土地占规划土地的比例
    agglomeration | 产业集聚度 | agglomeration | the zone's part of the region's output | 本开发区产出占全区域的比例
    startups | 创新创业环境 | start-ups | enterprises founded there in the year, per enterprise | 当年在区内新设的企业与企业数之比
    intensity | 投资强度 | investment intensity | fixed capital per industrial land | 工业用地单位面积的固定资本
    economic_benefit | 经济效益 | economic benefit | profit and taxes per output | 利税与产出之比
    tax_per_mu | 亩均税收 | tax per land | taxes per built industrial land | 建成工业用地单位面积的税收
    benefit_per_mu | 亩均效益 | benefit per land | profit and taxes per built industrial land | 建成工业用地单位面积的利税
    productivity | 劳动生产率 | productivity | value added per person | 人均增加值
    policy_implementation | 政策落实和组织领导 | policy carried out | qualitative: ql_policy_implementation | 定性指标：政策落实和组织领导
    service_management | 服务管理水平 | service | qualitative: ql_service_management | 定性指标：服务管理水平
    basic_work | 基础工作 | basic work | qualitative: ql_basic_work | 定性指标：基础工作
    environment_management | 环境保护 | environmental management | qualitative: ql_environment | 定性指标：环境保护
    land_management | 土地管理 | land management | qualitative: ql_land_management | 定性指标：土地管理
    plan_execution | 规划执行 | plan executed | qualitative: ql_plan_execution | 定性指标：规划执行
    plan_implementation | 规划实施 | plan built | built land in planned land | 已建成土地占规划土地的比例
    ecology | 生态环境 | ecology | ambient quality where its people work | 从业人员所在地的环境质量
    investment_environment | 投资环境 | investment environment | reputation with investors and amenity | 投资者口碑与宜居度
    efficiency | 行政效能 | efficiency | cases decided per staff | 人均办结件数
    safety | 安全生产 | safety | accidents per enterprise, counted negative | 企业平均事故数，逆向计分
    patents | 创新能力 | patents | patents of the year per enterprise | 当年专利数与企业数之比
    brands | 品牌建设 | brands | brands per enterprise | 品牌数与企业数之比
    ip_protection | 知识产权保护 | IP protection | infringements per patent, counted negative | 侵权案件与专利数之比，逆向计分
    debt | 新增债务 | new debt | new debt of committee and platform company per value added, counted negative | 管委会和平台公司新增债务与增加值之比，逆向计分
    """
)
USUAL = ("growth", "tax", "investment", "land", "innovation", "environment", "jobs")
"""The criteria of an evaluation that no document sets; they stand first."""
N_CRITERIA = len(CRITERIA)
COLUMN: dict[str, int] = {name: k for k, name in enumerate(CRITERIA)}
