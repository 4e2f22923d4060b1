"""Research and the recognition of high-tech enterprises (高新技术企业)."""

from __future__ import annotations

from typing import Any

from zonesim import draws
from zonesim.behaviour.taxation import TaxationParameters
from zonesim.columns import Array, Floats
from zonesim.compiled import kernel, rule
from zonesim.parameters import Parameters, parameter
from zonesim.terms import Terms
from zonesim.world import World
from zonesim.world.enterprises import Stage

OPERATING = int(Stage.OPERATING)
LEAST_AGE = 4  #: quarters from which an enterprise can be recognised: registered for a year (国科发火〔2016〕32号, article 11)


class InnovationParameters(Parameters, name="innovation"):
    """Recognition at the opening of the year."""

    apply_rate: float = parameter(
        0.15, low=0.0, high=0.5, unit="probability/yr at prior 1", doc="eligible enterprises that succeed, per weight of their industry",
        source="assumption: 28 (2016) to 85 (2020) in Lanzhou's zone is an upper bound", zh="认定概率",
    )  # fmt: skip
    lapse_rate: float = parameter(
        0.05, low=0.0, high=0.3, unit="probability/yr", doc="recognised enterprises that lapse", source="assumption: three-year terms", zh="失效概率"
    )
    relabelled: float = parameter(
        0.242,
        low=0.0,
        high=0.5,
        unit="share",
        doc="extra research that is only relabelled, and costs nothing",
        source="Chen, Liu, Suarez Serrato, Xu 2021",
        zh="研发归类占比",
    )
    grade_help: float = parameter(
        0.5,
        low=0.0,
        high=2.0,
        unit="share per grade",
        doc="more enterprises of a grade of innovation that apply with success",
        source="assumption",
        zh="梯度培育对认定的促进",
    )
    least_sales: float = parameter(
        500.0, low=100.0, high=5000.0, unit="10k CNY/yr", doc="sales from which recognition is worth its paperwork",
        source="assumption", zh="认定销售额门槛",
    )  # fmt: skip
    gain: float = parameter(
        0.02, low=0.0, high=0.09, unit="log", doc="productivity gained with the research of the status",
        source="assumption: a quarter of the 9 % of doubled research (Chen, Liu, Suarez Serrato, Xu 2021)", zh="认定增益",
    )  # fmt: skip


@rule
def worth_it(taxable_year: Any, sales_year: Any, cit: Any, cit_high_tech: Any, extra_research: Any, relabelled: Any) -> Any:
    """Tell whether the tax saved exceeds the real cost of the research that the status needs.

    (t - t_h) taxable > (1 - relabelled) extra sales (1 - t)
    """
    return (cit - cit_high_tech) * taxable_year > (1.0 - relabelled) * extra_research * sales_year * (1.0 - cit)


@kernel
def _recognise(
    n: int, seed: Any, quarter: int, identity: Array, stage: Array, place: Array, industry: Array, weight: Array, founded: Array, made: Floats,
    profit: Floats, high_tech: Array, grade: Array, log_productivity: Floats, ratio: Floats, prior: Floats, cit: Floats, cit_tech: Floats,
    coverage: float, extra: float, numbers: Floats,
) -> None:  # fmt: skip
    apply_rate, lapse_rate, relabelled, grade_help, least_sales, gain = numbers
    for i in range(n):
        j, p = industry[i], place[i]
        if stage[i] < OPERATING or prior[j] <= 0.0 or quarter - founded[i] < LEAST_AGE:
            continue
        u = draws.uniform(seed, draws.RECOGNITION, quarter, identity[i], 0)
        if high_tech[i]:
            if u < lapse_rate:
                high_tech[i] = False
            continue
        if u >= apply_rate * prior[j] * (1.0 + grade_help * grade[i]):
            continue
        sales = 4.0 * made[i] / ratio[j]
        taxable = 4.0 * profit[i] / (1.0 - cit[p, j] * coverage)
        missing = extra * draws.uniform(seed, draws.RECOGNITION, 0, identity[i], 1)  # what its own research lacks of the threshold
        if sales >= least_sales * weight[i] and worth_it(taxable, sales, cit[p, j] * coverage, cit_tech[p, j] * coverage, missing, relabelled):
            high_tech[i] = True
            log_productivity[i] += gain


def recognise(world: World, terms: Terms, parameters: InnovationParameters, taxation: TaxationParameters) -> None:
    """Recognise and let lapse high-tech enterprises, at the opening of a year (last quarter's books).

    Draws: RECOGNITION by identity.
    """
    e = world.enterprises
    _recognise(
        e.n, draws.seed_key(world.seed), world.quarter, e.id, e.stage, e.place, e.industry, e.weight, e.founded, e.value_added, e.profit,
        e.high_tech, e.grade, e.log_productivity, world.industries.value_added_ratio, world.industries.hightech_prior, terms["cit_rate"],
        terms["cit_rate_high_tech"], taxation.cit_coverage, taxation.research_high_tech - taxation.research,
        parameters.vector,
    )  # fmt: skip
