"""The lists of criteria that the documents name; none gives weights, so the groups share alike unless a rule of the nation says otherwise."""

from __future__ import annotations

QUANTITATIVE = "growth scale investment financing fixed_investment tax research innovation energy environment land openness jobs"
QUALITATIVE = "policy_implementation service_management basic_work environment_management land_management plan_execution"
STRESSED = "patents brands ip_protection plan_implementation ecology investment_environment efficiency safety debt"


def _spread(total: float, names: str) -> dict[str, float]:
    each = names.split()
    return {name: total / len(each) for name in each}


def _add(*parts: dict[str, float]) -> dict[str, float]:
    total: dict[str, float] = {}
    for part in parts:
        for name, weight in part.items():
            total[name] = total.get(name, 0.0) + weight
    return total


SYSTEMS: dict[str, dict[str, float]] = {
    # no list of its own: the criteria and weights of the parameters ``evaluation``
    "usual": {},
    # 004§4.2b, c, d: ten quantitative (some by two measures), six qualitative, nine stressed
    "lanzhou": _add(_spread(0.6, QUANTITATIVE), _spread(0.25, QUALITATIVE), _spread(0.15, STRESSED)),
    # 000§13b: development, agglomeration, technology, environment for founders, investment per land, economic benefit
    "zhangye": _add(_spread(5 / 6, "development agglomeration startups intensity economic_benefit"), _spread(1 / 6, "research innovation")),
    # 001§10a: output per area, science and technology, opening up are stressed in the province's list
    "hebei": _add(_spread(0.6, "land research innovation openness"), _spread(0.4, "growth tax investment environment jobs")),
    # 亩均论英雄: benefit, tax and output per land, productivity, energy and emissions, research
    "per_mu": {"tax_per_mu": 0.3, "benefit_per_mu": 0.15, "land": 0.15, "productivity": 0.15, "energy": 0.1, "environment": 0.05, "research": 0.1},
    # national zones, edition of 2021: opening 30, quality 30, innovation 15, green 15, coordination 10 (EXT-5)
    "national": _add(
        _spread(0.30, "openness investment"),
        _spread(0.30, "growth tax productivity fixed_investment"),
        _spread(0.15, "research innovation"),
        _spread(0.15, "energy environment"),
        _spread(0.10, "policy_implementation jobs"),
    ),
}
