"""The summary that a mayor reads first: what was compared, what changes, where, whether targets are met and by whose merit, at what cost, how sure."""

from __future__ import annotations

import math

from zonesim.report.components import ELSEWHERE, is_told
from zonesim.report.elsewhere import changed_outside, looked_at, lost_within
from zonesim.report.figures.axes import Scale, fitting, money, written
from zonesim.report.figures.figure import Column, Table, cells
from zonesim.report.figures.net import change, gross_facts, is_over, price_kind, years_of
from zonesim.report.figures.target import ALL, odds
from zonesim.report.figures.verdicts import least, of_level, spanned, verdict
from zonesim.report.figures.where import inside
from zonesim.report.sampled import not_read
from zonesim.report.scenes import Scene
from zonesim.report.texts import say
from zonesim.report.view import View
from zonesim.report.words import FEW, Lang, amounts, interval, joined, of_period, period, prose, quantity, word

SPOKEN = ("employment", "gdp", "tax_revenue")


def sentences(view: View, lang: Lang) -> list[tuple[str, str]]:
    """Return (heading, text) of each paragraph of the summary, computed from the results."""
    said: list[tuple[str, str]] = []
    if view.scenes:
        said.append((say("summary.what.head", lang), _what(view, lang)))
    for scene in view.reforms:
        if "effects" in view.has:
            said.append((scene.name(lang), _effects(view, scene, lang)))
        where = _where(view, scene, lang)
        if where:
            said.append((say("summary.where.head", lang, scenario=scene.name(lang)), where))
    if "targets" in view.has:
        said.append((say("summary.targets.head", lang), _targets(view, lang)))
    costs = [(scene, cost) for scene in view.reforms if (cost := _cost(view, scene, lang))]
    if costs and "counted" in view.costs:  # results of before count otherwise
        costs[-1] = (costs[-1][0], costs[-1][1] + ("" if lang == "zh" else " ") + say("summary.cost.counted", lang))
    for scene, cost in costs:
        said.append((say("summary.cost.head", lang, scenario=scene.name(lang)), cost))
    if view.sweep is not None:
        said.append((say("summary.sweep.head", lang), _sweep(view, lang)))
    if "effects" in view.has:
        said.append((say("summary.sure.head", lang), _sure(view, lang)))
    return said


def _what(view: View, lang: Lang) -> str:
    facts = {
        "region": view.place(view.city, lang), "start": period(str(view.run["start"]), lang), "end": period(str(view.run["end"]), lang), "n": view.run["replications"],
        "baseline": view.baseline.name(lang),
    }  # fmt: skip
    sampled = not_read(view.runs, lang)
    if not view.reforms:
        return prose([say("summary.what.single", lang, **facts), sampled], lang)
    names = joined([f"“{one.name(lang)}”" for one in view.reforms], lang)
    said = say("summary.what.several" if len(view.reforms) > 1 else "summary.what.compared", lang, scenarios=names, **facts)
    return prose([said, sampled, say("summary.few", lang) if 1 < int(view.run["replications"]) < FEW else ""], lang)


def _effects(view: View, scene: Scene, lang: Lang) -> str:
    """Say what the scenario changes in the region and in the zone by the last year."""
    year = view.years[-1]
    said = []
    for place in view.in_order:
        table = view.effects(SPOKEN, [place], [year])
        table = table[table["scenario"] == scene.id].set_index("indicator")
        parts: dict[str, list[str]] = {kind: [] for kind in ("sure", "nil", "unsure", "same")}
        for row in (table.loc[[name]].reset_index().itertuples() for name in SPOKEN if name in table.index):
            (one,) = row
            kind, name = verdict(one), inside(view.indicator(str(one.indicator), lang))
            if kind == "none":
                parts["same"].append(name)
                continue
            scale = money([float(one.baseline), float(one.reform)], str(one.unit), lang)  # that of the scenarios side by side
            effect, *ends = written([float(one.effect), float(one.low), float(one.high)], str(one.unit), lang, scale, sign=True)
            told = {"indicator": name, "effect": of_period(effect, year, lang), "ends": of_period(spanned(ends, str(one.unit), lang), year, lang)}
            if kind == "open":
                parts["unsure"].append(say("summary.effect.between", lang, **told))
                continue
            share = of_level(float(one.effect), float(one.baseline), str(one.unit), lang)
            key = "once" if kind == "alone" else "sure_of" if share else "sure"
            parts["nil" if kind == "nil" else "sure"].append(say(f"summary.effect.{key}", lang, part=share, **told))
        texts = [joined(parts["sure"], lang)] if parts["sure"] else []
        texts += [
            say(f"summary.effect.{kind}", lang, indicators=joined(parts[kind], lang), least=least(lang)) for kind in ("nil", "unsure", "same") if parts[kind]
        ]
        if texts:
            said.append(
                say("summary.effect.place", lang, place=view.place(place, lang), year=period(year, lang), effects=say("summary.effect.joint", lang).join(texts))
            )
    return ("" if lang == "zh" else " ").join(said)


def _where(view: View, scene: Scene, lang: Lang) -> str:
    """Say how much of a zone's gain is one of the region, where outside it jobs change, and what the package covers of that."""
    if "net" not in view.has:
        return ""
    mine = view.net[view.net["scenario"] == scene.id].set_index("component")
    if mine.empty:
        return ""
    value, zone = mine["value"], view.place(str(mine["zone"].iloc[0]), lang)
    moved = float(value["gross: moved inside"] - value["would have come anyway: moved inside"])
    facts = {
        "zone": zone,
        "years": years_of(mine, lang),
        **gross_facts(mine, lang),
        "change": change(mine.loc[ELSEWHERE], lang),
        "moved": quantity(abs(moved), "jobs", lang),
    }
    said = [say("summary.where.over" if is_over(mine) else "summary.where.zone", lang, **facts)]
    around = str(mine["zone"].iloc[0]) if value[ELSEWHERE] else ""
    outside = changed_outside(view, scene, around, lang) if around else ""
    if around:
        said += [say("summary.where.outside", lang, **facts), outside]
    if moved > 0.5:
        said.append(say("summary.where.moved", lang, **facts))
    lost = lost_within(view, scene, lang, around if outside else "")
    said += [lost, looked_at(view, scene, around, lang) if outside or lost else ""]
    return ("" if lang == "zh" else " ").join(one for one in said if one)


def _targets(view: View, lang: Lang) -> str:
    """Say in how many runs each target is met: in most, in most of the baseline's too, in some, in none."""
    single = view.targets[view.targets["indicator"] != ALL]
    keys = ["indicator", "place", "period"]
    before = {tuple(r[:-1]): r[-1] for r in single.loc[single["scenario"] == view.baseline.id, [*keys, "probability"]].itertuples(index=False)}
    said = []
    for scene in view.reforms or view.scenes:
        mine = single[single["scenario"] == scene.id]
        groups: dict[str, list[str]] = {"alone": [], "anyway": [], "merit": [], "open": [], "missed": []}
        for row in mine.itertuples():
            own, was = float(row.probability), float(before.get((row.indicator, row.place, row.period), math.nan))
            name = say("summary.targets.name", lang, name=inside(view.indicator(row.indicator, lang)), odds=odds(row._asdict(), lang))
            known = scene.id != view.baseline.id and not math.isnan(was)
            kind = "missed" if own == 0 else "open" if own <= 0.5 else "alone" if not known else "anyway" if was > 0.5 else "merit"
            groups[kind].append(name)
        parts = [say(f"summary.targets.{kind}", lang, n=len(names), names=joined(names, lang)) for kind, names in groups.items() if names]
        joint = view.targets[(view.targets["scenario"] == scene.id) & (view.targets["indicator"] == ALL)]
        if len(joint):
            row = joint.iloc[0]
            parts.append(
                say(
                    "summary.targets.joint",
                    lang,
                    odds=odds(row, lang),
                )
            )
        said.append(say("summary.targets.scenario", lang, scenario=scene.name(lang), n=len(mine), parts=say("summary.effect.joint", lang).join(parts)))
    return ("" if lang == "zh" else " ").join(said)


def _cost(view: View, scene: Scene, lang: Lang) -> str:
    if "costs" not in view.has:
        return ""
    mine = view.costs[view.costs["scenario"] == scene.id]
    support = mine[mine["kind"].str.startswith("support") & (mine["unit"] == "10k CNY")]
    if support.empty:
        return ""
    total = float(support["value"].iloc[0])
    job = mine[mine["unit"] == "10k CNY/job"]
    said = [say("summary.cost.support", lang, total=change(support.iloc[0], lang, "10k CNY"), start=str(view.run["start"])[:4], end=str(view.run["end"])[:4])]
    price = float(job["value"].iloc[0]) if len(job) else math.nan
    kind = price_kind(total, price)
    if kind != "undefined" and not is_told(support.iloc[0]):
        said.append(say("summary.cost.open", lang))
    elif kind in ("job", "saved"):
        said_price, *ends = amounts([float(job.iloc[0][key]) for key in ("value", "low", "high")], "10k CNY", lang)
        said.append(say(f"summary.cost.{kind}", lang, price=said_price, ends=spanned(ends, "10k CNY", lang)))
    elif kind != "undefined" or abs(total) > 0:
        said.append(say(f"summary.cost.{kind}", lang))
    return ("" if lang == "zh" else " ").join(said)


def _sweep(view: View, lang: Lang) -> str:
    from zonesim.report.figures.ranking import sentence

    assert view.sweep is not None
    sweep = view.sweep
    said = [say("summary.sweep.size", lang, points=f"{len(sweep.points):,}", factors=len(sweep.factors), replications=sweep.facts.get("replications", 1))]
    if sweep.ranking is not None:
        for outcome, one in list(sweep.ranking["outcomes"].items())[:3]:
            said.append(say("summary.sweep.outcome", lang, outcome=sweep.outcome(outcome, lang), reading=sentence(sweep, one, lang)))
    return ("" if lang == "zh" else " ").join(said)


def _sure(view: View, lang: Lang) -> str:
    n = int(view.run["replications"])
    return say("summary.sure.one" if n < 2 else "summary.sure.few" if n < FEW else "summary.sure.enough", lang, n=n)


def _between(ends: list[float], of: str, lang: Lang, scale: Scale) -> str:
    """Return an interval in the scale of its column, or with a unit of its own where it could not be read in that."""
    own = fitting(ends, of, lang, scale)
    if own == scale:
        return interval(scale[0] * ends[0], scale[0] * ends[1], lang, of)
    return say("range.joint", lang).join(written(ends, of, lang, scale, sign=True))


def at_a_glance(view: View, lang: Lang) -> Table | None:
    """Return the scenarios side by side: jobs, product and taxes of the last year, and the probability of all targets."""
    if not view.scenes:
        return None
    year = view.years[-1]
    table = view.values(SPOKEN, view.in_order, periods=[year], yearly=None)
    mean = table.groupby(["scenario", "place", "indicator"])["value"].mean()
    units = table.drop_duplicates("indicator").set_index("indicator")["unit"].astype(str).to_dict()
    effects = view.effects(SPOKEN, view.in_order, [year]) if "effects" in view.has else None
    columns = [Column(word("scenario", lang))]
    keys = [(place, name) for place in view.in_order for name in SPOKEN if name in units]
    scales = {(place, name): money([float(mean.get((one.id, place, name), math.nan)) for one in view.scenes], units[name], lang) for place, name in keys}
    columns += [
        Column(f"{view.place(place, lang)}{'' if lang == 'zh' else ' '}{view.indicator(name, lang)} ({of})") for (place, name), (_, of) in scales.items()
    ]
    joint = "targets" in view.has
    if joint:
        columns.append(Column(say("summary.glance.targets", lang)))
    rows = []
    for scene in view.scenes:
        row: list[object] = [scene.name(lang)]
        for (place, name), (times, _) in scales.items():
            text = quantity(times * float(mean.get((scene.id, place, name), math.nan)), units[name], lang)
            if effects is not None and scene.id != view.baseline.id:
                mine = effects[(effects["scenario"] == scene.id) & (effects["place"] == place) & (effects["indicator"] == name)]
                if len(mine):
                    ends = [float(mine[key].iloc[0]) for key in ("low", "high")]
                    text += f" ({_between(ends, units[name], lang, scales[place, name])})" if math.isfinite(ends[0]) else ""
            row.append(text)
        if joint:
            all_of = view.targets[(view.targets["scenario"] == scene.id) & (view.targets["indicator"] == ALL)]
            row.append(odds(all_of.iloc[0], lang) if len(all_of) else None)
        rows.append(cells(*row))
    return Table(tuple(columns), tuple(rows))
