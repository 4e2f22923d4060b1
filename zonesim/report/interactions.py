"""Text of the games between zones: a table and a paragraph in each language."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from zonesim.experiments.bidding import OUTSIDE, Bids
from zonesim.experiments.competition import Solution
from zonesim.report.amounts import amount
from zonesim.report.naming import place_name
from zonesim.scenario.region import Region

GAIN = "10k CNY/yr"
FEW_RUNS = 5  #: runs below which a range says little
FEW = 5  #: zones that are named one by one


def competition_rows(bids: Bids, solution: Solution) -> list[dict[str, Any]]:
    """Return one row for each zone: offer now, in equilibrium and at the optimum, its cap and what it would offer beyond, and gains and projects."""
    return [
        {
            "zone": zone, "offer_now": float(bids.now[z]), "offer_equilibrium": float(solution.equilibrium.offers[z]), "offer_optimum": float(solution.optimum.offers[z]),
            "cap": float(bids.game.cap[z]), "at_cap": bool(solution.bound[z]), "would_offer": float(solution.would_offer[z]),
            "gain_equilibrium": float(solution.equilibrium.gains[z]), "gain_optimum": float(solution.optimum.gains[z]),
            "projects_equilibrium": float(solution.equilibrium.projects[z]), "projects_optimum": float(solution.optimum.projects[z]),
            "refunds_equilibrium": float(solution.equilibrium.refunded[z]), "refunds_optimum": float(solution.optimum.refunded[z]),
        }
        for z, zone in enumerate(bids.zones)
    ]  # fmt: skip


def competition_text(bids: Bids, solution: Solution, region: Region, each: Sequence[Solution] = ()) -> str:
    """Return the table and the paragraph of the game of refunds, in Chinese and in English; with the spread over runs when each is solved."""
    return "\n\n".join(_competition(bids, solution, region, each, lang) for lang in ("zh", "en"))


def _competition(bids: Bids, solution: Solution, region: Region, each: Sequence[Solution], lang: str) -> str:
    zh, rows = lang == "zh", competition_rows(bids, solution)

    def name(zone: str) -> str:
        return ("园区以外" if zh else "outside zones") if zone == OUTSIDE else place_name(region, zone, lang)

    head = (
        ["园区", "现行", "竞争", "协同", "上限", "竞争收益", "协同收益", "竞争项目", "协同项目"] if zh
        else ["zone", "now", "alone", "together", "cap", "gain alone", "gain together", "projects alone", "together"]
    )  # fmt: skip
    body = [
        [name(r["zone"]), *(f"{r[key]:.0%}" for key in ("offer_now", "offer_equilibrium", "offer_optimum", "cap")),
         *(amount(r[key], GAIN, lang) for key in ("gain_equilibrium", "gain_optimum")), f"{r['projects_equilibrium']:.1f}", f"{r['projects_optimum']:.1f}"]
        for r in rows
    ]  # fmt: skip
    for line, r in zip(body, rows, strict=True):
        line[2] += "*" if r["at_cap"] else ""
    title = (
        f"各区承诺返还（占地方税收部分）与每年新来项目带来的收益，{bids.year}年的新来项目" if zh
        else f"Refund offered (share of the local tax part), and what each gains a year of arrivals; newcomers of {bids.year}"
    )  # fmt: skip
    parts = [_force(bids, lang), *_caps(bids, lang), _bound(rows, name, lang), _gain(bids, solution, rows, name, lang), _spread(each, lang)]
    note = (
        f"假定：除税收外，增加值对管委会的价值为其 {bids.worth:.0%}（--worth）。{bids.replications} 次运行中 {bids.projects} 个新来项目；单独偏离的最大收益 {solution.regret:.1e}。"
        if zh else
        f"Assumed: value added is worth {bids.worth:.0%} of itself to a committee beyond tax (--worth). {bids.projects} newcomers of {bids.replications} run{'s' if bids.replications > 1 else ''}; "
        f"largest gain by deviating alone {solution.regret:.1e}."
    )  # fmt: skip
    return "\n".join([title, *table(head, body), "", ("" if zh else " ").join(part for part in parts if part), "", note])


def _force(bids: Bids, lang: str) -> str:
    """Say that the package is not in force in the year, and from when it is."""
    if bids.in_force:
        return ""
    first, before = bids.first_in_force, max(bids.legal_caps, default=0.0)
    play = f"--year {first} --cap {before:g}" if bids.first_cap == 0 and before > 0 else ""
    if lang == "zh":
        when = (
            f"首个全年有条款生效的年份是 {first} 年（--year {first}）{'，但那一年法律已不许承诺返还' if bids.first_cap == 0 else ''}"
            if first is not None
            else "运行期内没有哪一年全年有条款生效"
        )
        when += f"；若当年仍可承诺返还会怎样，可用 {play} 求解" if play else ""
        return f"注意：{bids.year}年全年生效的方案条款一条也没有，这里是没有方案时的竞争；{when}。"
    when = (
        f"the first year with one is {first} (--year {first}){', when the law allows no refunds' if bids.first_cap == 0 else ''}"
        if first is not None
        else "no full year of the run has one"
    )
    when += f" (what zones would bid then if it still did: {play})" if play else ""
    return f"Note: no clause of the package is in force all of {bids.year}; this is the competition without the package; {when}."


def _spread(each: Sequence[Solution], lang: str) -> str:
    """Say how far the runs are apart: what agreeing gains, and the mean offer alone, in each run by itself."""
    if len(each) < 2:
        return "只有一次运行，不知道各次运行相差多少。" if lang == "zh" else "One run does not say how far runs are apart."
    gains = [one.gain for one in each]
    offers = [float(one.equilibrium.offers[:-1].mean()) for one in each]
    low, high = (amount(f(gains), GAIN, lang) for f in (min, max))
    if lang == "zh":
        return f"{len(each)} 次运行分别求解：协同增益 {low} 至 {high}，单独竞争的平均承诺 {min(offers):.0%} 至 {max(offers):.0%}。"
    return f"Each of the {len(each)} runs by itself: agreeing gains {low} to {high}, the mean offer alone is {min(offers):.0%} to {max(offers):.0%}."


def _caps(bids: Bids, lang: str) -> list[str]:
    """Return what the law allows in the year, where it changes within it or allows nothing, and why the year was chosen."""
    zh, caps, said = lang == "zh", bids.legal_caps, []
    if bids.given_cap is not None or not caps:
        return []
    if min(caps) != max(caps):
        when = next(k for k in range(1, 4) if caps[k] != caps[k - 1])
        said.append(
            f"注意：{bids.year}年内法定上限由第{when + 1}季度起从 {caps[0]:.0%} 变为年末的 {caps[-1]:.0%}，这里按较高者计。" if zh
            else f"Note: within {bids.year} the legal cap changes from quarter {when + 1} on, from {caps[0]:.0%} to {caps[-1]:.0%} at its end; the higher one is taken here."
        )  # fmt: skip
    elif max(caps) == 0:
        said.append(
            f"{bids.year}年法律不许承诺返还（上限为零），竞价无从谈起。"
            if zh
            else f"In {bids.year} the law allows no refunds (the cap is zero): there is nothing to bid with."
        )
    elif bids.usual:
        said.append(f"默认取最接近第三年、全年同一上限（{caps[0]:.0%}）且不为零的年份。" if zh
                    else f"By default the year is the one nearest to the third in which one cap ({caps[0]:.0%}) holds all year and is not zero.")  # fmt: skip
    return said


def _bound(rows: Sequence[dict[str, Any]], name: Any, lang: str) -> str:
    """Say which zones stand at their cap, and how high they would go."""
    at = [row for row in rows if row["at_cap"]]
    if not at:
        return ""
    zh = lang == "zh"
    if len(at) > FEW:
        least, most = (f"{f(r['would_offer'] for r in at):.0%}" for f in (min, max))
        span = least if least == most else f"{least} {'至' if zh else 'to'} {most}"
        who = ("全部" if len(at) == len(rows) - 1 else "") + f"{len(at)} 个区" if zh else f"{'all ' if len(at) == len(rows) - 1 else ''}{len(at)} zones"
        return (
            f"* 达到法定上限，若允许还会再提高：{who}（会到 {span}）。"
            if zh
            else f"* At the legal cap; the offer would go higher if it could: {who} (to {span})."
        )
    if zh:
        return "* 达到法定上限，若允许还会再提高：" + "、".join(f"{name(r['zone'])}（会到 {r['would_offer']:.0%}）" for r in at) + "。"
    return "* At the legal cap; the offer would go higher if it could: " + ", ".join(f"{name(r['zone'])} (to {r['would_offer']:.0%})" for r in at) + "."


def _gain(bids: Bids, solution: Solution, rows: Sequence[dict[str, Any]], name: Any, lang: str) -> str:
    alone, together, zones = solution.equilibrium, solution.optimum, slice(0, -1)
    worse = [r["zone"] for r in rows if r["gain_optimum"] < r["gain_equilibrium"] - 1e-6 * abs(r["gain_equilibrium"]) and r["zone"] != OUTSIDE]
    offers = [f"{x[zones].mean():.0%}" for x in (alone.offers, bids.now, together.offers)]
    part = f"{solution.gain / max(abs(float(alone.gains.sum())), 1e-9):.1%}"
    less = amount(float(alone.refunded.sum() - together.refunded.sum()), GAIN, lang)
    more = f"{together.projects[zones].sum() - alone.projects[zones].sum():+.1f}"
    if lang == "zh":
        said = (
            f"各区单独竞争时平均承诺返还 {offers[0]}（本情景中为 {offers[1]}），协同最优为 {offers[2]}；协同使全区域每年净得增加 {amount(solution.gain, GAIN, lang)}（{part}），"
            f"其中少付返还 {less}，园区项目变动 {more} 个。"
        )
        who = "、".join(name(one) for one in worse) if len(worse) <= FEW else f"{len(rows) - 1} 个区中的 {len(worse)} 个"
        said += f"协同后单独受损的区：{who}，需要补偿才会参加。" if worse else "没有哪个区因协同而受损。"
        said += _elsewhere(rows, lang)
        return said + ("" if solution.unique else "（从最高返还出发得到另一个均衡。）")
    said = (
        f"Bidding against each other the zones offer {offers[0]} on average ({offers[1]} in this scenario); together the best is {offers[2]}. Agreeing adds "
        f"{amount(solution.gain, GAIN, lang)} ({part}) to the region: {less} less in refunds, {more} projects in zones. "
    )
    said += (
        f"Zones that agreeing alone leaves worse, and that must be compensated: {', '.join(name(one) for one in worse)}." if worse else "No zone is left worse."
    )
    said += _elsewhere(rows, lang)
    return said + ("" if solution.unique else " (From the largest refunds another equilibrium is reached.)")


def _elsewhere(rows: Sequence[dict[str, Any]], lang: str) -> str:
    """Say where the whole gain of agreeing lies outside zones, because they lose by it together; else nothing."""
    change = {outside: sum(r["gain_optimum"] - r["gain_equilibrium"] for r in rows if (r["zone"] == OUTSIDE) == outside) for outside in (True, False)}
    if not change[True] > 0 > change[False]:
        return ""
    lost, gained = amount(-change[False], GAIN, lang), amount(change[True], GAIN, lang)
    if lang == "zh":
        return f"各开发区合计每年反而减少 {lost}：协同的增益全部在园区以外（增加 {gained}）。"
    return f" The zones together lose {lost} by it: the whole gain lies outside zones ({gained} more)."


CONTRACTS = {"counties together": ("各县合计", "counties together"), "each county": ("每县各自", "each county")}


def enclave_text(found: dict[str, Any]) -> str:
    """Return the table and the paragraph of the range of enclave shares, in Chinese and in English."""
    return "\n\n".join(_enclave(found, lang) for lang in ("zh", "en"))


def _enclave(found: dict[str, Any], lang: str) -> str:
    zh = lang == "zh"
    head = (
        ["不受损的要求", "从", "到", "中点", "中点成立", "95%区间", "存在的概率", "95%区间", "现行成立", "95%区间"] if zh
        else ["none worse", "from", "to", "middle", "middle fits", "95 % interval", "exists", "95 % interval", "now fits", "95 % interval"]
    )  # fmt: skip
    body = [
        [CONTRACTS[r["name"]][lang == "en"], *(f"{r[key]:.0%}" if r[key] is not None else "–" for key in ("from", "to", "middle")), *(_chance(r["middle_fits"], lang) if r["middle"] is not None else ("–", "–")),
         *_chance(r["exists"], lang), *_chance(r["now_fits"], lang)]
        for r in found["contracts"]
    ]  # fmt: skip
    main = found["contracts"][0]
    p, fits, at = main["exists"], main["now_fits"], main["middle_fits"]
    gain = amount(found["enterprise_gain"], GAIN, lang)
    if zh:
        span = f"{main['from']:.0%} 至 {main['to']:.0%}" if main["from"] is not None else "不存在"
        what = "区间中点" if main["from"] is not None else "在最多运行中成立的比例为"
        middle = f"{what} {main['middle']:.0%}，成立的概率 {at['probability']:.0%}。" if main["middle"] is not None else ""
        said = (
            f"平均每次运行有 {found['projects']:.1f} 个项目会经飞地流转。使引荐方与承接地都不受损的税收分享比例（其中每个比例至少在一半运行中成立）：{span}；{middle}"
            f"存在这一区间的概率为 {p['probability']:.0%}（95%区间 {p['low']:.0%} 至 {p['high']:.0%}）。现行比例 {found['now']:.0%} 成立的概率为 {fits['probability']:.0%}。"
            f"企业不受损是按构造成立的：只有自愿前往的企业才计入；平均每个项目年盈余增加 {gain}。"
        )
        note = f"合同：{found['years']:g} 年，提供方担 {found['cost_share']:.0%} 的用地成本；按 {found['horizon']:g} 年、贴现率 {found['rate']:.0%} 计；{found['replications']} 次运行。"
    else:
        span = f"{main['from']:.0%} to {main['to']:.0%}" if main["from"] is not None else "none"
        what = "The middle of that range" if main["from"] is not None else "The share that fits the most runs"
        middle = f" {what}, {main['middle']:.0%}, fits with probability {at['probability']:.0%}." if main["middle"] is not None else ""
        said = (
            f"In a run {found['projects']:.1f} projects would be passed on. Shares of tax that leave origin and host no worse, each in at least half of the runs: {span}.{middle} Some share does with probability "
            f"{p['probability']:.0%} (95 % interval {p['low']:.0%} to {p['high']:.0%}). The share in force, {found['now']:.0%}, is inside with probability {fits['probability']:.0%}. "
            f"That enterprises are no worse holds by construction: only those that go of their own will are counted; they gain {gain} each on average."
        )
        note = f"Contract: {found['years']:g} years, {found['cost_share']:.0%} of site cost; counted over {found['horizon']:g} years at {found['rate']:.0%}; {found['replications']} runs."
    title = "飞地税收分享比例" if zh else "Share of the enclave's tax for who passes the project on"
    return "\n".join([title, *table(head, body), "", said + _edges(main, lang) + _few(found, lang), "", note])


def _few(found: dict[str, Any], lang: str) -> str:
    """Say which rows rest on few runs: the middle and the range come of those in which some share fits."""
    few = [one for one in found["contracts"] if 0 < one["runs"] < FEW_RUNS]
    if lang == "zh":
        return "".join(f"注意：“{CONTRACTS[one['name']][0]}”一行只依据 {one['runs']} 次运行（其余运行中没有可行比例），只能作参考。" for one in few)
    return "".join(
        f" Note: the row '{CONTRACTS[one['name']][1]}' rests on {one['runs']} {'run' if one['runs'] == 1 else 'runs'} in which some share fits; it is a hint at most."
        for one in few
    )


def _chance(one: dict[str, float], lang: str) -> list[str]:
    return [f"{one['probability']:.0%}", f"{one['low']:.0%} {'至' if lang == 'zh' else 'to'} {one['high']:.0%}"]


def _edges(main: dict[str, Any], lang: str) -> str:
    """Say where an end of the range is the end of what can be shared."""
    zh, said = lang == "zh", ""
    if main["to"] is not None and main["to"] >= 1 - 1e-9:
        said += (
            "上端为 100%，即全部税收：承接地若能给得更多也不受损。" if zh else " The upper end is all of the tax: the host could give more, if there were more."
        )
    if main["from"] is not None and main["from"] <= 1e-9:
        said += "下端为零：引荐方不分税也不受损。" if zh else " The lower end is zero: the origin loses nothing even without a share."
    return said


def table(head: Sequence[str], body: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of a table with aligned columns; Chinese characters are two wide.

    >>> table(["区", "n"], [["a", "1"], ["北京", "23"]])
    ['区     n', 'a      1', '北京  23']
    """
    rows = [list(head), *map(list, body)]
    widths = [max(_width(row[k]) for row in rows) for k in range(len(head))]
    return [
        row[0] + " " * (widths[0] - _width(row[0])) + "".join("  " + " " * (widths[k] - _width(row[k])) + row[k] for k in range(1, len(row))) for row in rows
    ]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
