"""How far a list is from a state at rest: persons and capital that its output calls for, and what the first quarter will move.

A list says output, persons and capital of each enterprise; the model has one labour share, one wage and one ratio of capital to value added for
an industry. Productivity is set so that every enterprise makes its output with what it has, and the wage of an industry so that its enterprises want
their persons in all. An enterprise whose output per person is unlike its industry's then hires or sheds, a part of the gap in each quarter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from zonesim.columns import Array, Floats
from zonesim.founding.endowment import listed_wages
from zonesim.founding.parameters import FoundingParameters
from zonesim.parameters import load_all
from zonesim.units import KM2
from zonesim.world.industries import load_industries

NOTED = 0.03  #: of a group's persons or value added, from which what the first quarter moves is told. Assumption: usual growth of a quarter is below it
CAPITAL_NOTED = 2.0  #: times what the industry usually has, either way, from which capital of a group is told. Assumption
ROOM = 1900  #: letters of a description
MOST_TOLD = 8  #: groups that are told
OUTSIDE = "\n"  #: after the name of a county, which a zone may share


@dataclass(frozen=True)
class Group:
    """Enterprises of one industry, or of one place: what they have, and what comes of it."""

    zh: str
    en: str
    persons: float
    after: float  # persons after the first quarter
    short: float  # persons that output calls for beyond those that there are, over the enterprises with too few
    over: float  # persons beyond those that output calls for, over the enterprises with too many
    grows: float  # value added with the persons of the end of the first quarter, relative
    capital: float  # capital relative to what the industry usually has; nan where the list has none

    @property
    def noted(self) -> bool:
        """Tell whether it is out of line."""
        moved = abs(self.after / self.persons - 1) >= NOTED or abs(self.grows) >= NOTED
        return moved or (self.capital == self.capital and not 1 / CAPITAL_NOTED <= self.capital <= CAPITAL_NOTED)


def _steps(firms: Sequence[dict[str, Any]]) -> tuple[Floats, Floats, Floats]:
    """Return value added, the persons that it calls for, and persons after the first quarter, by enterprise.

    L*_i = (labour share) VA_i / w_j; L'_i = L_i + h r (L*_i - L_i), with h the speed of hiring, and r the part of hires that the county's free
    labour allows (1 for those that shed).
    """
    industries, decisions, own = load_industries(), load_all(), FoundingParameters()
    speed = float(decisions["investment"]().hiring)  # type: ignore[attr-defined]
    j = np.array([industries.index(f["industry"]) for f in firms])
    added = np.array([float(f["value_added"]) for f in firms])
    persons = np.array([float(f["employment"]) for f in firms])
    wage_share = industries.labour_share * (1 - industries.production_tax_share)
    called = wage_share[j] * added / listed_wages(industries.wage_10k_per_year, wage_share, j, added, persons)[j]
    step = np.maximum(speed * (called - persons), 1 - persons)
    county = np.unique([f["county"] for f in firms], return_inverse=True)[1]
    employed = np.bincount(county, weights=persons)
    hires = np.bincount(county, weights=np.maximum(step, 0.0))
    ration = np.minimum(1.0, (np.ceil(employed / (1 - own.unemployment)) - employed) / np.maximum(hires, 1.0))
    return added, called, persons + np.where(step > 0, ration[county] * step, step)


def groups_of(firms: Sequence[dict[str, Any]]) -> list[Group]:
    """Return the whole list, then its industries, then its zones and what lies outside them in each county."""
    industries = load_industries()
    added, called, after = _steps(firms)
    persons = np.array([float(f["employment"]) for f in firms])
    j = np.array([industries.index(f["industry"]) for f in firms])
    theta = float(load_all()["production"]().span_of_control)  # type: ignore[attr-defined]
    then = added * (after / persons) ** (theta * industries.labour_share[j])
    capital = np.array([float(f.get("capital") or np.nan) for f in firms])
    known = np.isfinite(capital)
    usual = industries.capital_per_value_added[j] * added

    def group(zh: str, en: str, here: Array) -> Group:
        listed = here & known
        gap = called[here] - persons[here]
        return Group(
            zh, en, float(persons[here].sum()), float(after[here].sum()), float(np.maximum(gap, 0).sum()), float(np.maximum(-gap, 0).sum()),
            float(then[here].sum() / added[here].sum() - 1), float(capital[listed].sum() / usual[listed].sum()) if listed.any() else float("nan"),
        )  # fmt: skip

    found = [group("全部企业", "all enterprises", np.full(len(firms), True))]
    found += [group(industries.zh[k], industries.en[k], j == k) for k in sorted(set(j.tolist()))]
    names, place = np.unique([f.get("zone") or f["county"] + OUTSIDE for f in firms], return_inverse=True)
    for k, name in enumerate(names.tolist()):
        zh, en = (name.replace(OUTSIDE, "（区外）"), name.replace(OUTSIDE, " outside zones"))
        found.append(group(zh, en, place == k))
    return found


def _sentence(one: Group) -> tuple[str, str]:
    zh = f"{one.zh}：第一季度从业人员由 {one.persons:,.0f} 变为约 {one.after:,.0f}（按产出，一些企业缺 {one.short:,.0f} 人，另一些多 {one.over:,.0f} 人），增加值因此变动 {100 * one.grows:+.0f}%"
    en = f"{one.en}: {one.persons:,.0f} persons become about {one.after:,.0f} in the first quarter (output calls for {one.short:,.0f} more in some, {one.over:,.0f} fewer in others), and value added moves by {100 * one.grows:+.0f} %"
    if one.capital == one.capital:
        zh += f"；资本为行业通常水平的 {one.capital:.2g} 倍"
        en += f"; capital is {one.capital:.2g} times what is usual"
    return zh, en


def told_of(firms: Sequence[dict[str, Any]], areas: Sequence[dict[str, Any]]) -> list[tuple[str, str]]:
    """Return what is out of line, in Chinese and English: the list in all, then industries and places, then counties without people, and land that does not fit."""
    whole, *parts = groups_of(firms)
    noted = [one for one in parts if one.noted]
    if whole.noted or noted:
        lines = [_sentence(whole), *(_sentence(one) for one in noted[:MOST_TOLD])]
        if len(noted) > MOST_TOLD:
            lines.append((f"另有 {len(noted) - MOST_TOLD} 个行业或地点", f"and {len(noted) - MOST_TOLD} more industries or places"))
    else:
        lines = [
            (
                f"产出与从业人员相符：第一季度变动在 {100 * NOTED:.0f}% 以内",
                f"output and persons fit: the first quarter moves less than {100 * NOTED:.0f} % of either",
            )
        ]
    for county in sorted({z["county"] for z in areas} - {f["county"] for f in firms}):
        zh = f"{county}：名录中没有企业，因而没有就业人口，新企业招不到人；请补充企业，或改 baseline.yaml"
        en = f"{county}: no enterprise of the list lies there, so nobody lives there whom a newcomer could hire; list some, or mend baseline.yaml"
        lines.append((zh, en))
    own = FoundingParameters()
    for z in areas:
        held = sum(float(f.get("land") or 0.0) for f in firms if f.get("zone") == z["name"] and not f.get("floor"))
        room = 0.5 * own.industrial_land_share * z["planned"]
        if held > room:
            zh = f"{z['name']}：企业用地 {held / KM2:.3g} 平方公里，多于规划中可建成的工业用地 {room / KM2:.3g} 平方公里，将按比例缩减"
            en = f"{z['name']}: its enterprises hold {held / KM2:.3g} km2, more than the {room / KM2:.3g} km2 of built industrial land that its plan has room for, and are scaled down to it"
            lines.append((zh, en))
    return lines


def described(told: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return the description of a scenario that says it, as long as there is room."""
    zh, en = "由自有名录导入。期初：", "Made of lists of one's own. Opening: "
    for k, (chinese, english) in enumerate(told):
        if len(en) + len(english) < ROOM:
            zh, en = f"{zh}{'；' if k else ''}{chinese}", f"{en}{'; ' if k else ''}{english}"
    return {"zh": zh + "。", "en": en + "."}
