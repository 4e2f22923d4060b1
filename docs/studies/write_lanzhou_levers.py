"""Write the page of the headline study, its figures and its data from its rankings: ``python docs/studies/write_lanzhou_levers.py RESULTS``.

RESULTS holds ``levers/ranking.json`` (what moves the outcomes), ``met/ranking.json`` (what moves the probability of the targets) and
``targets/ranking.json`` (the package as it is written); ``make study`` makes them. Every number of the page comes from there. What it comes from is kept in
``lanzhou_levers/data``, with every run (``runs.parquet``), so that the page can be written again from the repository alone:
``python docs/studies/write_lanzhou_levers.py docs/studies/lanzhou_levers/data``.
"""

import json
import re
import sys
from pathlib import Path

from zonesim.experiments.exported import export
from zonesim.experiments.store import Store
from zonesim.experiments.targeted import targets_by_setting
from zonesim.report.exports.pictures import pictures
from zonesim.report.figures import Choice, draw
from zonesim.report.rankings import sweep_of_record
from zonesim.report.view import View

HERE = Path(__file__).parent
FIGURES = HERE / "lanzhou_levers"
DATA = FIGURES / "data"
PARTS = ("levers", "met", "targets")
TOP = 6
SHOWN = ("ranking_map", "probability", "ranking", "tornado", "convergence", "plane")
GDP = "gdp.etdz.2017"
SIGN = {"+": "+", "-": "−", None: "±"}


def three(value):
    """Write a number in three digits.

    >>> three(123.456), three(0.01234), three(None)
    ('123', '0.0123', '–')
    """
    return "–" if value is None else f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def per_cent(value):
    """Write a share; what is not quite nothing or everything is not written as 0 or 100."""
    if value is None:
        return "–"
    return "<1 %" if 0 < value < 0.005 else ">99 %" if 0.995 < value < 1 else f"{100 * value:.0f} %"


def span(row, index):
    """Write an index with its interval."""
    return f"{three(row[index])} [{three(row[index + '_low'])}, {three(row[index + '_high'])}]"


def table(head, rows):
    """Return a table in Markdown."""
    return ["| " + " | ".join(head) + " |", "|" + "---|" * len(head), *("| " + " | ".join(map(str, row)) + " |" for row in rows), ""]


class Study:
    """The three rankings, and what the page says of them in one language."""

    def __init__(self, folder, lang):
        self.lang, self.zh = lang, lang == "zh"
        self.levers, self.met, self.written = (json.loads((folder / name / "ranking.json").read_text("utf-8")) for name in PARTS)
        self.sweep = sweep_of_record(self.levers)
        self.view = View(sweep=self.sweep)

    def of(self, zh, en):
        """Choose the text of the language."""
        return zh if self.zh else en

    def label(self, lever):
        """Name a lever or doubt; doubts are marked."""
        mark = "°" if self.levers["roles"].get(lever) == "uncertainty" else ""
        return self.sweep.label(lever, self.lang) + mark

    def outcome(self, name):
        """Name an outcome by its indicator."""
        from zonesim.indicators import DERIVED, INDICATORS

        if name == "all targets":
            return self.of("八项全部", "all eight")
        if name == "number of targets met":
            return self.of("同时达到的项数", "number met at once")
        return getattr({**INDICATORS, **DERIVED}[self.sweep.goal(name)["indicator"]], self.lang)

    def joined(self, names):
        """Join names."""
        return self.of("、", ", ").join(names) if names else self.of("无", "none")

    def at_once(self):
        """Say how many targets are met at once, which is what there is to read where all of them are met in no run."""
        lines = []
        for of, zh, en in (
            (self.written, "方案按原文、只变动不确定因素时", "With the package as written, over the doubts alone,"),
            (self.levers, "手段也变动时", "When the levers move too,"),
        ):
            found = of["at_once"]
            lacking = [self.outcome(name) for name, n in found["missing"].items() if n]
            spread = self.of("、", ", ").join(f"{j}{self.of(' 项 ', ': ')}{per_cent(one)}" for j, one in enumerate(found["share"]) if one > 0)
            lines.append(self.of(
                f"{zh}，一次运行最多同时达到 {found['most']} 项（{found['runs']:,} 次中 {found['most_runs']} 次，这些运行中未达到的是：{self.joined(lacking)}），平均 {found['mean']:.2g} 项；各项数所占的运行：{spread}。",
                f"{en} a run meets at most {found['most']} of {found['targets']} targets at once ({found['most_runs']} of {found['runs']:,} runs; what is missing in these: {self.joined(lacking)}), "
                f"{found['mean']:.2g} in the mean; shares of the runs by number met: {spread}.",
            ))  # fmt: skip
        joint = next(one for one in self.levers["targets"] if one["outcome"] == "all targets")
        if not joint["met"]:
            lines.append(self.of(
                f"因为 {joint['n']:,} 次运行中没有一次同时达到全部八项（概率至多 {per_cent(joint['high'])}，95% 置信区间的上端），没有手段可以按它排序；可读的是达到的项数。",
                f"Since none of {joint['n']:,} runs meets all eight (the probability is {per_cent(joint['high'])} at most, the upper end of its 95 % interval), no lever can be ranked for it; what there is to read is the number met.",
            ))  # fmt: skip
        return [self.of("", " ").join(lines)]

    def targets(self):
        """Say how far the targets are, and how probable."""
        written = {one["outcome"]: one for one in self.written["targets"]}
        rows = []
        for one in self.levers["targets"]:
            name = one["outcome"]
            own, mean = written[name], self.written["outcomes"].get(name, {}).get("mean")
            reached = f"{three(mean)} ({per_cent(mean / one['target'])})" if mean is not None else "–"
            rows.append([
                self.outcome(name), "–" if one["target"] is None else f"≥ {three(one['target'])}", reached,
                f"{per_cent(own['probability'])} [{per_cent(own['low'])}, {per_cent(own['high'])}]", per_cent(own["baseline"]),
                f"{per_cent(one['probability'])} [{per_cent(one['low'])}, {per_cent(one['high'])}]",
                f"{per_cent(one['best'])} [{per_cent(one['best_low'])}, {per_cent(one['best_high'])}]",
            ])  # fmt: skip
        head = self.of(
            ["目标（2017年，兰州经开区）", "目标值", "按原方案的均值（占目标）", "按原方案达标的概率", "无方案", "全部设定点", "最好的设定点"],
            [
                "target (2017, Lanzhou ETDZ)",
                "value",
                "mean as written (of target)",
                "probability as written",
                "without the package",
                "over all settings",
                "best setting",
            ],
        )
        return table(head, rows)

    def first(self, record):
        """List the first levers of each outcome."""
        rows = []
        for name, one in record["outcomes"].items():
            ranked = [row for row in one["levers"] if row["rank"]]
            listed = [
                f"{row['rank']}. {self.label(row['lever'])} **{SIGN[row['sign']]}** {span(row, one['ranked_by'])} · {row['rank_low']}–{row['rank_high']}"
                for row in ranked[:TOP]
            ]
            rows.append([self.outcome(name), "<br>".join(listed) or "–", len(ranked), per_cent(one["noise_share"])])
        head = self.of(
            ["结果", "名次、手段、方向、μ* [区间] · 名次的区间", "可区分", "偶然性"],
            ["outcome", "rank, lever, sign, mu* [interval] · interval of the rank", "distinguishable", "chance"],
        )
        return table(head, rows)

    def open(self):
        """List what is not settled."""
        lines = []
        for name, one in self.levers["outcomes"].items():
            for pair in one["open"]:
                rows = pair["base_rows_needed"]
                more = self.of(
                    f"，约需 {rows:,} 条轨迹" if rows else "，两者之差与零无法区分",
                    f"; about {rows:,} trajectories would settle it" if rows else "; their difference cannot be told from zero",
                )
                said = self.of(
                    f"{self.outcome(name)}：{self.label(pair['first'])}是否先于{self.label(pair['second'])}（{pair['probability']:.0%} 的重抽样如此{more}）",
                    f"{self.outcome(name)}: whether {self.label(pair['first'])} is above {self.label(pair['second'])} (so in {pair['probability']:.0%} of resamples{more})",
                )
                lines.append(f"- {said}")
            for sign in one["open_signs"]:
                said = self.of(f"{self.outcome(name)}：{self.label(sign['lever'])}的方向", f"{self.outcome(name)}: the sign of {self.label(sign['lever'])}")
                lines.append(f"- {said} ({sign['probability']:.0%})")
        return lines or [self.of("- 无", "- nothing")]

    def silent(self):
        """Name the levers that cannot be told from nothing for any target."""
        told = {row["lever"] for one in self.levers["outcomes"].values() for row in one["levers"] if row["rank"]}
        every = [row["lever"] for row in next(iter(self.levers["outcomes"].values()))["levers"]]
        return [self.label(lever) for lever in every if lever not in told], len(every), len(told)

    def agreement(self):
        """Say how the other design (a Latin hypercube over the doubts alone, ranked by PAWN) orders the doubts."""
        rows = []
        for name, one in self.written["outcomes"].items():
            ranked = [f"{self.label(row['lever'])} {span(row, 'pawn')}" for row in one["levers"] if row["rank"]][:3]
            needed = min((row["points_needed"] for row in one["levers"] if row.get("points_needed")), default=None)
            more = self.of(f"–（约需 {needed:,} 个点）", f"– (about {needed:,} points would tell one)") if needed else "–"
            rows.append([self.outcome(name), "<br>".join(ranked) or more])
        return table(self.of(["结果", "PAWN 居前的不确定因素"], ["outcome", "first doubts by PAWN"]), rows)

    def shipped(self):
        """Say so where the runs are of other sizes than the files as they ship."""
        asked = [
            int(re.search(r"samples: (\d+)", (HERE.parents[1] / "experiments" / f"{name}.yaml").read_text("utf-8"))[1])
            for name in ("lanzhou_levers", "lanzhou_targets")
        ]
        if asked == [self.levers["design"]["samples"], self.written["design"]["samples"]]:
            return []
        return [
            self.of(
                f"本页所据的规模与现行文件不同：文件为 {asked[0]} 条轨迹和 {asked[1]} 个点，`make study` 按文件运行，区间随之变窄。",
                f"The files as they ship ask for {asked[0]} trajectories and {asked[1]} points; this page was made of fewer, on a machine that others used. `make study` runs the files, and narrows the intervals.",
            )
        ]

    def figures(self):
        """Return the figures with their readings."""
        found = []
        for name in SHOWN:
            one = draw(name, self.view, self.lang, Choice(outcome=GDP) if name in ("ranking", "tornado", "convergence", "plane") else Choice())
            if one is not None:
                found.append((f"{name}-{self.lang}", one))
        return found

    def section(self):
        """Return the section of a language."""
        from_here = reading()[self.lang]
        design, price = self.levers["design"], self.levers["seconds"] or 0.0
        runs = self.levers["runs"] + self.written["runs"]
        silent, every, told = self.silent()
        joint = next(one for one in self.written["targets"] if one["outcome"] == "all targets")
        lines = [
            self.of("### 结果", "### What came out"), "",
            self.of(
                f"{every} 个手段与不确定因素（后者标 °）在所列范围内变动：{design['samples']} 条 Morris 轨迹，每条轨迹有自己的 {self.levers['replications']} 个随机种子（即自己的开局世界），"
                f"配对基准情景；另有 {self.written['design']['samples']} 个点只变动不确定因素，方案按原文。共 {runs:,} 次运行，失败 {self.levers['failed'] + self.written['failed']}；"
                f"较快的运行每次 {price:.2g} 秒（机器另有他用），如此两核约 {price * runs / 120:.0f} 分钟。置信度 {self.levers['confidence']:.0%}。",
                f"{every} levers and doubts (marked °) vary over the ranges of the file: {design['samples']} Morris trajectories, each with {self.levers['replications']} seeds of its own (opening worlds of "
                f"its own), paired with a baseline; and {self.written['design']['samples']} points at which only the doubts vary and the package is as written. {runs:,} runs in all, "
                f"{self.levers['failed'] + self.written['failed']} failed; the quicker ones took {price:.2g} s each (others used the machine too), which is about {price * runs / 120:.0f} minutes on two such cores. Confidence {self.levers['confidence']:.0%}.",
            ), "",
            *self.shipped(), "", *from_here["targets"], "", *self.targets(),
            self.of(f"按原方案同时达到全部八项的概率为 {per_cent(joint['probability'])} [{per_cent(joint['low'])}, {per_cent(joint['high'])}]（{joint['n']} 次中 {joint['met']} 次）。",
                    f"All eight together, with the package as written: {per_cent(joint['probability'])} [{per_cent(joint['low'])}, {per_cent(joint['high'])}] ({joint['met']} of {joint['n']} runs)."), "",
            *self.at_once(), "",
            self.of(f"“全部设定点”一列：同一轨迹的运行设定相近，也共用开局世界与随机数，彼此不独立；其区间按轨迹计（聚类稳健方差，Korn 与 Graubard 1998），{self.levers['targets'][0]['n']:,} 次运行约相当于 "
                    f"{min(one['worth'] for one in self.levers['targets']):.0f} 至 {max(one['worth'] for one in self.levers['targets']):.0f} 次独立运行。",
                    f"“Over all settings”: runs of one trajectory have most settings, the opening world and the luck in common, so the interval goes by trajectories (clustered variance, Korn and Graubard 1998); "
                    f"{self.levers['targets'][0]['n']:,} runs are worth {min(one['worth'] for one in self.levers['targets']):.0f} to {max(one['worth'] for one in self.levers['targets']):.0f} independent ones."), "",
            self.of("#### 哪些手段影响结果", "#### What moves the outcomes"), "", *from_here["levers"], "", *self.first(self.levers),
            self.of("#### 哪些手段影响达标概率", "#### What moves the probability of meeting the targets"), "", *from_here["met"], "", *self.first(self.met),
            self.of("#### 另一种设计的对照", "#### Another design beside it"), "", *from_here["pawn"], "", *self.agreement(),
            self.of("#### 尚未确定的", "#### What is not settled"), "", *from_here["open"], "", *self.open(), "",
            self.of(f"{every} 个中有 {told} 个至少对一项结果可与无作用区分；对任何一项都不能的：{self.joined(silent)}。",
                    f"{told} of {every} can be told from nothing for at least one outcome; for none: {self.joined(silent)}."), "",
            self.of("#### 图", "#### Figures"), "",
        ]  # fmt: skip
        for name, one in self.figures():
            lines += [f"![{one.alt}](lanzhou_levers/{name}.svg)", "", f"*{one.title}.* {one.reading} {one.note}".strip(), ""]
        return lines


def reading():
    """Return what people wrote about the results, by language and place in the page."""
    return json.loads((HERE / "lanzhou_levers.reading.json").read_text("utf-8"))


def page(folder):
    """Return the page."""
    text = reading()
    lines = [
        "# Which levers of the Lanzhou package matter 兰州方案：哪些手段起作用", "",
        "Numbers and figures are written by `docs/studies/write_lanzhou_levers.py` from the rankings of the study; `make study` does all of it.",
        "数字与图由 `docs/studies/write_lanzhou_levers.py` 自研究的排序写出；`make study` 一条命令重现。", "",
        "What they are made of lies in `docs/studies/lanzhou_levers/data`: `ranking.json` of each part, `targets.csv` (how often each target was met at each point) and `runs.parquet` (each point and replication with its settings, "
        "seed and outcomes). `python docs/studies/write_lanzhou_levers.py docs/studies/lanzhou_levers/data` writes this page again from them.",
        "所据数据在 `docs/studies/lanzhou_levers/data`：各部分的 `ranking.json`、`targets.csv`（各点各目标的达标次数）与 `runs.parquet`（每个点、每次重复的设定、种子与结果）；"
        "`python docs/studies/write_lanzhou_levers.py docs/studies/lanzhou_levers/data` 可由其重写本页。", "",
        "[English](#english) · [中文](#zh)", "",
        "(english)=", "## English", "", *text["en"]["question"], "", *Study(folder, "en").section(), *text["en"]["limits"], "", *text["en"]["again"], "",
        "(zh)=", "## 中文", "", *text["zh"]["question"], "", *Study(folder, "zh").section(), *text["zh"]["limits"], "", *text["zh"]["again"],
    ]  # fmt: skip
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip() + "\n"


def keep(results):
    """Keep what the page is made of beside it: the rankings, the probability of each target at each point, and every run."""
    for name in PARTS:
        record = json.loads((results / name / "ranking.json").read_text("utf-8"))
        (DATA / name).mkdir(parents=True, exist_ok=True)
        plain = json.dumps({**record, "store": Path(record["store"]).name}, ensure_ascii=False, separators=(",", ":")) + "\n"
        (DATA / name / "ranking.json").write_text(plain, "utf-8")
        if name == "met":  # of the same runs as the first
            continue
        store = Path(record["store"])
        targets_by_setting(store)[["row", "outcome", "met", "n", "probability", "low", "high"]].to_csv(
            DATA / name / "targets.csv", index=False, lineterminator="\n"
        )
        with Store(store) as opened:
            export(opened, DATA / name / "runs.parquet")


if __name__ == "__main__":
    results = Path(sys.argv[1])
    if results.resolve() != DATA.resolve():
        keep(results)
    FIGURES.mkdir(exist_ok=True)
    named = [pair for lang in ("en", "zh") for pair in Study(results, lang).figures()]
    for (name, _), picture in zip(named, pictures([one for _, one in named], "svg", "the page of the study"), strict=True):
        (FIGURES / f"{name}.svg").write_bytes(picture)
    (HERE / "lanzhou_levers.md").write_text(page(results), encoding="utf-8")
    print(HERE / "lanzhou_levers.md")
