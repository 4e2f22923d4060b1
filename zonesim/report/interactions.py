"""Text of the games between zones: a table, and a paragraph in both languages."""

from __future__ import annotations

from typing import Any

from zonesim.report.words import number

OUTSIDE = ("区外", "outside zones")


def competition_rows(bids: Any, solution: Any) -> list[dict[str, Any]]:
    """Return one row for each zone: offer now, in equilibrium and at the optimum, and the gains and projects of the last two."""
    return [
        {
            "zone": zone, "offer_now": float(bids.now[z]), "offer_equilibrium": float(solution.equilibrium.offers[z]), "offer_optimum": float(solution.optimum.offers[z]),
            "gain_equilibrium": float(solution.equilibrium.gains[z]), "gain_optimum": float(solution.optimum.gains[z]),
            "projects_equilibrium": float(solution.equilibrium.projects[z]), "projects_optimum": float(solution.optimum.projects[z]),
            "refunds_equilibrium": float(solution.equilibrium.refunded[z]), "refunds_optimum": float(solution.optimum.refunded[z]),
        }
        for z, zone in enumerate(bids.zones)
    ]  # fmt: skip


def competition_text(bids: Any, solution: Any) -> str:
    """Return the table and the paragraphs of the game of refunds."""
    rows = competition_rows(bids, solution)
    head = f"{'zone':<18}{'now':>8}{'alone':>8}{'together':>10}{'gain alone':>13}{'together':>11}{'projects':>10}{'together':>10}"
    lines = [f"Refund offered (share of the local tax part), and what each gains (10k CNY a year of arrivals), newcomers of {bids.year}", head]
    for r in rows:
        lines.append(
            f"{r['zone']:<18}{r['offer_now']:>8.2f}{r['offer_equilibrium']:>8.2f}{r['offer_optimum']:>10.2f}{number(r['gain_equilibrium']):>13}"
            f"{number(r['gain_optimum']):>11}{r['projects_equilibrium']:>10.1f}{r['projects_optimum']:>10.1f}"
        )
    alone, together = solution.equilibrium, solution.optimum
    worse = [r["zone"] for r in rows if r["gain_optimum"] < r["gain_equilibrium"] - 1e-6 * abs(r["gain_equilibrium"]) and r["zone"] != bids.zones[-1]]
    zones = slice(0, -1)
    facts = {
        "a": f"{alone.offers[zones].mean():.0%}", "t": f"{together.offers[zones].mean():.0%}", "n": f"{bids.now[zones].mean():.0%}",
        "part": f"{solution.gain / max(abs(float(alone.gains.sum())), 1e-9):.1%}", "more": f"{together.projects.sum() - alone.projects.sum():+.1f}",
    }  # fmt: skip
    zh = (
        f"各区单独竞争时平均承诺返还 {facts['a']}(本情景中为 {facts['n']}),协同最优为 {facts['t']};协同使全区域每年净得增加 {number(solution.gain, 'zh')} 万元({facts['part']}),"
        f"其中少付返还 {number(float(alone.refunded.sum() - together.refunded.sum()), 'zh')} 万元,项目数变动 {facts['more']} 个。"
    )
    zh += f"协同后单独受损的区:{'、'.join(worse)},需要补偿才会参加。" if worse else "没有哪个区因协同而受损。"
    en = (
        f"Bidding against each other the zones offer {facts['a']} on average ({facts['n']} in this scenario); together the best is {facts['t']}. Agreeing adds {number(solution.gain)} (10k CNY a year, "
        f"{facts['part']}) to the region: {number(float(alone.refunded.sum() - together.refunded.sum()))} less in refunds, {facts['more']} projects. "
    )
    en += f"Zones that agreeing alone leaves worse, and that must be compensated: {', '.join(worse)}." if worse else "No zone is left worse."
    if not solution.unique:
        zh += "(从最高返还出发得到另一个均衡。)"
        en += " (From the largest refunds another equilibrium is reached.)"
    note = (
        f"Assumed: value added is worth {bids.worth:g} of itself to a committee beyond tax (--worth). {bids.projects} newcomers of {bids.replications} runs; "
        f"largest gain by deviating alone {solution.regret:.1e}."
    )
    return "\n".join([*lines, "", zh, "", en, "", note])


def enclave_text(found: dict[str, Any]) -> str:
    """Return the table and the paragraphs of the range of enclave shares."""
    lines = [f"{'contract':<28}{'from':>8}{'to':>8}{'middle':>8}{'exists':>8}{'low':>7}{'high':>7}{'now fits':>10}{'low':>7}{'high':>7}"]
    for r in found["contracts"]:
        ends = [f"{v:.2f}" if v is not None else "–" for v in (r["from"], r["to"], r["middle"])]
        lines.append(
            f"{r['name']:<28}{ends[0]:>8}{ends[1]:>8}{ends[2]:>8}{r['exists']['probability']:>8.2f}{r['exists']['low']:>7.2f}{r['exists']['high']:>7.2f}"
            f"{r['now_fits']['probability']:>10.2f}{r['now_fits']['low']:>7.2f}{r['now_fits']['high']:>7.2f}"
        )
    main = found["contracts"][0]
    span_zh = f"{main['from']:.0%} 至 {main['to']:.0%},中点 {main['middle']:.0%}" if main["from"] is not None else "不存在"
    span_en = f"{main['from']:.0%} to {main['to']:.0%}, in the middle {main['middle']:.0%}" if main["from"] is not None else "none"
    p = main["exists"]
    zh = (
        f"平均每次运行有 {found['projects']:.1f} 个项目会经飞地流转。使引荐方、承接地与企业都不受损的税收分享比例(多数运行中成立):{span_zh};"
        f"存在这一区间的概率为 {p['probability']:.0%}(95%区间 {p['low']:.0%} 至 {p['high']:.0%})。现行比例 {found['now']:.0%} 成立的概率为 {main['now_fits']['probability']:.0%}。"
        f"企业自愿迁址,平均每个项目年盈余增加 {number(found['enterprise_gain'], 'zh')} 万元。"
    )
    en = (
        f"In a run {found['projects']:.1f} projects would be passed on. Shares of tax that leave origin, host and enterprise no worse in most runs: {span_en}; such a range exists with probability "
        f"{p['probability']:.0%} (95 % interval {p['low']:.0%} to {p['high']:.0%}). The share in force, {found['now']:.0%}, is inside with probability {main['now_fits']['probability']:.0%}. "
        f"Enterprises go of their own will and gain {number(found['enterprise_gain'])} (10k CNY a year) each on average."
    )
    note = f"Contract: {found['years']:g} years, {found['cost_share']:.0%} of site cost; counted over {found['horizon']:g} years at {found['rate']:.0%}; {found['replications']} runs."
    return "\n".join([*lines, "", zh, "", en, "", note])
