"""A ranking as text, table, and one offline page with figures, in both languages."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from zonesim.experiments.counted import counted
from zonesim.experiments.records import MAX_FAILED
from zonesim.report.cautions import said_to_be_mixed, too_many_failed
from zonesim.report.designs import size_of
from zonesim.report.figures import every_figure
from zonesim.report.figures.together import told_together
from zonesim.report.page import shown, text, write_page
from zonesim.report.sweeps import Sweep
from zonesim.report.texts import say
from zonesim.report.view import View
from zonesim.report.words import LANGS, Lang, method, number, word
from zonesim.results import write_whole


def text_of_ranking(record: dict[str, Any]) -> str:
    """Return the ranking as text for the terminal: a table for each outcome, and what is not settled."""
    lines = [
        f"{record['experiment']}: {record['runs']:,} runs, {record['failed']} failed, {record['missing']} missing; {record['design']['method']}"
        f"{size_of(record['design'])}, {record['replications']} replications; by {record['reading']}"
    ]
    if record.get("mixed_with"):
        lines.insert(0, mixed_line(record["mixed_with"]))
    if said := too_many_failed(record["failed"], record["runs"], "en", record.get("max_failed", MAX_FAILED)):
        lines.insert(0, said)
    for outcome, one in record["outcomes"].items():
        index, unit = one["ranked_by"], counted(record["design"]["method"])
        noise = "unknown (one replication)" if one["noise_share"] is None else f"{one['noise_share']:.1%} of a single run's variance"
        if index == "st" and one.get("noise_of_means") is not None:
            noise += f", {one['noise_of_means']:.1%} of V, the variance of the means of {record['replications']} runs that indices are shares of"
        lines += ["", f"{outcome}: {one['base_rows_used']} {unit} used, {one['base_rows_lost']} lost; chance {noise}; intervals: {one['intervals']}"]
        lines.append(f"  {'rank':<9} {'factor':<38} {'kind':<11} {index:>8} {'interval':<20} {'luck':>7} {'s1':>7}  {'sign':<4}  where it is low -> high")
        for row in one["levers"]:
            place = f"{row['rank']} [{row['rank_low']}-{row['rank_high']}]" if row["rank"] else "-"
            span = f"[{_three(row[index + '_low'])}, {_three(row[index + '_high'])}]"
            ends = f"{_three(row['at_low'])} -> {_three(row['at_high'])}"
            lines.append(
                f"  {place:<9} {row['lever']:<38} {kind_of(record, row['lever']):<11} {_three(row[index]):>8} {span:<20} {_three(row['noise']):>7} {_three(row['s1']):>7}  {row['sign'] or '':<4}  {ends}"
            )
        unranked = [row["lever"] for row in one["levers"] if not row["rank"]]
        if unranked:
            lines.append(f"  not distinguishable from a lever that does nothing, or from luck: {', '.join(unranked)}")
        lines += pair_lines(one)
        lines += nothing_lines(one, record["runs"], unit)
        lines += [
            f"  open: {row['lever']} would take about {row['points_needed']:,} points to be told from the dummy"
            for row in one["levers"]
            if row.get("points_needed")
        ]
        for pair in one["open"]:
            rows = pair["base_rows_needed"]
            lines.append(
                f"  open: {pair['first']} over {pair['second']} in {pair['probability']:.0%} of resamples; about {rows:,} {unit} would settle it"
                if rows
                else f"  open: {pair['first']} and {pair['second']} cannot be told apart: their difference cannot be told from zero with any number of runs that is worth doing"
            )
        for pair in one["open_signs"]:
            rows = pair["base_rows_needed"]
            lines.append(
                f"  open: the sign of {pair['lever']} is the same in {pair['probability']:.0%} of resamples"
                + (f"; about {rows:,} {unit} would settle it" if rows else "; the effect cannot be told from zero with any number of runs that is worth doing")
            )
    for row in record.get("targets", []):
        lines.append(
            f"target {row['outcome']}: met in {row['met']} of {row['n']} runs, {_share(row['probability'])} [{_share(row['low'])}, {_share(row['high'])}]; "
            f"best point {row['best_row']}: {_share(row['best'])} [{_share(row['best_low'])}, {_share(row['best_high'])}]"
        )
        if not row["met"]:
            lines.append(
                f"  0 of {row['n']:,}: what moves its probability cannot be ranked; the probability is {_share(row['high'])} at most (Wilson's upper bound)"
            )
    lines += at_once_lines(record)
    return "\n".join(lines)


def pair_lines(one: dict[str, Any], most: int = 5) -> list[str]:
    """Return the second-order indices whose interval holds more than zero, largest first, and how many pairs have none such; nothing of a design without them.

    >>> pairs = [{"first": "a", "second": "b", "s2": 0.25, "s2_low": 0.125, "s2_high": 0.5}, {"first": "a", "second": "c", "s2": 0.01, "s2_low": -0.1, "s2_high": 0.1}]
    >>> pair_lines({"second_order": pairs})
    ['  together: a and b, s2 0.25 [0.125, 0.5]', '  1 of 2 pairs cannot be told from acting apart']
    """
    pairs = one.get("second_order") or []
    told = told_together(pairs)
    lines = [
        f"  together: {pair['first']} and {pair['second']}, s2 {_three(pair['s2'])} [{_three(pair['s2_low'])}, {_three(pair['s2_high'])}]"
        for pair in told[:most]
    ]
    if len(told) > most:
        lines.append(f"  and {len(told) - most} more pairs, in pairs.csv")
    if len(pairs) > len(told):
        lines.append(f"  {len(pairs) - len(told)} of {len(pairs)} pairs cannot be told from acting apart")
    return lines


def at_once_lines(record: dict[str, Any]) -> list[str]:
    """Return how many targets are met at once."""
    found = record.get("at_once")
    if not found:
        return []
    spread = ", ".join(f"{j}: {_share(one)}" for j, one in enumerate(found["share"]) if one > 0)
    lacking = [f"{name} ({n:,})" for name, n in sorted(found["missing"].items(), key=lambda pair: (-pair[1], pair[0])) if n]
    lines = [
        f"targets met at once: {found['most']} of {found['targets']} at most, in {found['most_runs']:,} of {found['runs']:,} runs; mean {found['mean']:.3g}; shares of the runs by number: {spread}"
    ]
    lines += [f"  missing in the runs that meet most: {', '.join(lacking)}"] if lacking else []
    return [*lines, f"  best point {found['best_row']}: {found['best_mean']:.3g} in the mean of its replications"]


def nothing_lines(one: dict[str, Any], runs: int, unit: str) -> list[str]:
    """Return what is said where nothing can be told from a lever that does nothing, and where pairs of points come again."""
    lines, nothing = [], one.get("nothing")
    if nothing:
        rows, replications = nothing["base_rows_needed"], nothing["replications_needed"]
        needs = [
            f"about {rows:,} {unit} ({math.ceil(rows * runs / max(one['base_rows_used'], 1)):,} runs)" if rows else "",
            f"about {replications:,} replications" if replications else "",
        ]
        would = " and ".join(one for one in needs if one)
        why = {
            "zero": "no lever moved it in any run",
            "repeats": f"the largest, {nothing['lever']}, stands on too few different pairs of points; 'luck: by_row' gives every trajectory luck of its own",
        }.get(
            nothing["why"],
            f"the largest, {nothing['lever']}, "
            + (f"would take {would}" if would else "is not above the dummy's, or too little to say how many runs would tell it"),
        )
        lines.append(f"  NOTHING DISTINGUISHABLE: {why}")
    few = {row["pairs"] for row in one["levers"] if row.get("pairs") is not None and row["pairs"] < one["base_rows_used"]}
    if few:
        lines.append(
            f"  pairs of points come again: {min(few):,} to {max(few):,} different ones behind an index, in {one['base_rows_used']:,} {unit}; intervals are for so many"
        )
    return lines


def kind_of(record: dict[str, Any], factor: str) -> str:
    """Return whether a factor is a lever, which a government can choose, an uncertainty, or a group of both."""
    return str(record.get("roles", {}).get(factor, ""))


def mixed_line(plans: list[int]) -> str:
    """Return what is said at the top when a store keeps runs of another input or engine."""
    return f"MIXED: runs of plan {', '.join(map(str, plans))}, made by another input or engine, were kept"


def _three(value: float | None) -> str:
    return "-" if value is None else number(value)


def _share(value: float | None) -> str:
    return "-" if value is None or not math.isfinite(value) else f"{value:.0%}"


def save_ranking(record: dict[str, Any], folder: Path, by_setting: pd.DataFrame | None = None, number: pd.DataFrame | None = None) -> list[str]:
    """Write ``ranking.csv``, ``targets.csv`` (where there are targets), ``targets_at_once.csv`` (where there are several), ``pairs.csv`` (second order, where the design has it), ``ranking.html`` and ``ranking.json`` (last: a folder that has it is whole); return their names."""
    raw = json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    table = _csv(record)
    files: dict[str, Callable[[Path], object]] = {
        "ranking.csv": lambda path: path.write_text(table, encoding="utf-8-sig"),
        **({} if by_setting is None else {"targets.csv": lambda path: by_setting.to_csv(path, index=False, encoding="utf-8-sig")}),
        **({} if number is None else {"targets_at_once.csv": lambda path: number.to_csv(path, index=False, encoding="utf-8-sig")}),
        **({"pairs.csv": lambda path: path.write_text(pairs, encoding="utf-8-sig")} if (pairs := _pairs_csv(record)) else {}),
        "ranking.html": lambda path: write_ranking_page(record, path),
        "ranking.json": lambda path: path.write_text(raw, encoding="utf-8"),
    }
    write_whole(folder, files)
    return list(files)


def _csv(record: dict[str, Any]) -> str:
    stream = io.StringIO()
    keys: list[str] = []
    for one in record["outcomes"].values():
        keys = list(one["levers"][0]) if one["levers"] else keys
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["outcome", *keys, "kind"])
    for outcome, one in record["outcomes"].items():
        for row in one["levers"]:
            writer.writerow([outcome, *("" if row[key] is None else row[key] for key in keys), kind_of(record, row["lever"])])
    return stream.getvalue()


def _pairs_csv(record: dict[str, Any]) -> str:
    """Return the second-order indices of all outcomes; nothing where the design has none."""
    keys = ("first", "second", "s2", "s2_low", "s2_high")
    rows = [
        (outcome, *("" if pair[key] is None else pair[key] for key in keys))
        for outcome, one in record["outcomes"].items()
        for pair in one.get("second_order") or []
    ]
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows([("outcome", *keys), *rows])
    return stream.getvalue() if rows else ""


def write_ranking_page(record: dict[str, Any], path: Path, lang: Lang = "zh") -> None:
    """Write the ranking as one offline page: for each outcome intervals, direction, convergence, pairs that act together, the Morris plane; a data table beside each figure."""
    view, kept = View(sweep=sweep_of_record(record)), record.get("mixed_with")
    sections: list[str] = []
    plots: dict[str, str] = {}
    for language in LANGS:
        mixed = [f"<p class='warn'>{text(said_to_be_mixed(kept, language))}</p>"] if kept else []
        if said := too_many_failed(record["failed"], record["runs"], language, record.get("max_failed", MAX_FAILED)):
            mixed.insert(0, f"<p class='warn'>{text(said)}</p>")
        parts = [*mixed, f"<p class='warn'>{text(word('model_says', language))}</p>", f"<p>{text(how_ranked(record, language))}</p>"]
        parts += [
            f"<h2>{text(asked.asks(language))}</h2>{''.join(shown(one, plots, language) for one in drawn)}" for asked, drawn in every_figure(view, language)
        ]
        sections.append(f"<section lang='{language}' hidden>{''.join(parts)}</section>")
    titles: dict[Lang, str] = {language: say("ranking.title", language, name=record["experiment"]) for language in LANGS}
    write_page(path, sections, plots, titles, lang)


def sweep_of_record(record: dict[str, Any]) -> Sweep:
    """Return what figures need of a ranking, from its record alone."""
    called = record.get("title") or {}
    places = {key: (one["zh"], one["en"]) for key, one in record.get("places", {}).items()}
    specs = tuple(record["specs"] if "specs" in record else known_outcomes(record))  # records of before did not say
    name = record["experiment"]
    return Sweep(name, called.get("zh", name), called.get("en", name), record, pd.DataFrame(), (), specs, {}, places, record.get("names", {}))


def how_ranked(record: dict[str, Any], lang: Lang) -> str:
    """Return what the ranking was made of, in a sentence."""
    said = [
        say("ranking.made_of", lang, runs=f"{record['runs']:,}", failed=record["failed"], missing=record["missing"], method=method(record["design"]["method"], lang),
            size=size_of(record["design"], lang), replications=record["replications"], reading=say(f"ranking.by_{record['reading']}", lang))
    ]  # fmt: skip
    lost = max(((one["base_rows_lost"], one["base_rows_used"]) for one in record["outcomes"].values()), default=(0, 0))
    if lost[0]:
        said.append(say("ranking.lost", lang, lost=f"{lost[0]:,}", all=f"{sum(lost):,}", unit=say(f"ranking.unit.{record['design']['method']}", lang)))
    return ("" if lang == "zh" else " ").join(said)


def known_outcomes(record: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the outcomes of a record with what their names (``indicator@place.period`` by default) say of them."""
    from zonesim.indicators import DERIVED, INDICATORS

    known = {**INDICATORS, **DERIVED}
    found = []
    for name in record["outcomes"]:
        place, period = "", ""
        head, _, rest = name.partition("@")
        indicator = next((key for key in sorted(known, key=len, reverse=True) if head == key or head.startswith((f"{key}.", f"{key}_"))), "")
        if indicator:
            parts = [one for one in (head[len(indicator) :] + "." + rest).replace("_", ".").split(".") if one]
            period = next((one for one in parts if one[:4].isdigit()), "")
            place = "_".join(one for one in parts if one != period)
        found.append({"name": name, "indicator": indicator, "place": place, "period": period, "unit": known[indicator].unit if indicator else ""})
    return found
