"""All columns of terms, by name."""

from __future__ import annotations

from zonesim.terms import approval, cooperation, entry, environment, evaluation, finance, fiscal, governance, innovation, land, promotion
from zonesim.terms.term import Term

THEMES = (fiscal, land, entry, approval, cooperation, environment, innovation, finance, governance, evaluation, promotion)
TERMS: dict[str, Term] = {name: term for theme in THEMES for name, term in theme.TERMS.items()}
THEMES_ZH = {
    fiscal: "税收、返还、补助和政府间资金分享",
    land: "土地：价格、标准、规划、闲置用地和指标",
    entry: "准入与搬迁：门槛、清单、搬迁要求",
    approval: "审批用时：各项审查，以及各环节的简化",
    cooperation: "地区之间：飞地、整合、联合招商、合作地区",
    environment: "污染、用水、安全及其监管",
    innovation: "孵化、研发平台、企业培育和人才",
    finance: "公共财政：管委会基建、债务、合作方、基金及运营主体",
    governance: "管委会：体制、人员、主要负责人、薪酬和问题解决",
    evaluation: "年度考核：权重、挂钩事项、奖励和扩区",
    promotion: "招商与产业：招什么、花多少钱、走哪些渠道、给什么条件",
}
"""What the terms of a theme are, in Chinese; in English the module says it."""
