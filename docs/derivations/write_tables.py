"""Write the pages of the documentation that come from the code, so that nothing is written twice: ``PAGES`` names them.

The signatures of kernels, which need runs of the model, are written by ``write_signatures.py``.
"""

import csv
import json
from collections.abc import Callable
from pathlib import Path

from zonesim.founding.own_lists import ENTERPRISES, GBT, ZONES
from zonesim.indicators import DERIVED, INDICATORS
from zonesim.indicators.register import LEVELS
from zonesim.parameters import load_all
from zonesim.policies.catalogue import lever_rows
from zonesim.report.claims import claims_page, read_why
from zonesim.report.clauses import clause_page
from zonesim.report.texts.sources import meanings, translated
from zonesim.report.words import declared_unit, unit
from zonesim.scenario import load_scenario
from zonesim.terms.register import THEMES, THEMES_ZH
from zonesim.world.enterprises import Enterprises
from zonesim.world.industries import load_industries
from zonesim.world.places import Contracts, Counties, Places
from zonesim.world.zones import Zones

DOCUMENTS = {
    "zhangye": ("000", "张掖市2018年实施意见", "Zhangye 2018", "zhangye/zhangye_2018.yaml"),
    "hebei": ("001", "河北某县高新区实施方案", "A county high-tech zone of Hebei", "hebei_county/hebei_2020.yaml"),
    "pingliang": ("002", "平凉市2023年措施", "Pingliang 2023", "pingliang/pingliang_2023.yaml"),
    "sanming": ("003", "三明市2024年若干措施", "Sanming 2024", "sanming/sanming_2024.yaml"),
    "lanzhou": ("004", "兰州经济区2015年方案", "Lanzhou 2015", "lanzhou/plan_2015.yaml"),
}
NOTES = {  # of a document: what its clauses wait for
    "hebei": (
        "**Money first (001§13a, 001§11d).** Regional assessment is paid ahead and whole, park after park, from the committee's own purse: a committee without the money has no assessment, tries again each quarter, and its projects assess themselves until then, so that the clause acts from the first payment and not "
        "from its date. Bundled items are paid with what there is and act in full from their date, also where less is paid. The purse of this county is fictional: what the two clauses save, and when, is a statement about it as much as about them.",
        "**先有钱（001§13a、001§11d）。**区域评估由管委会用自有资金逐园预先足额支付：资金不足则没有评估，每季度再试，此前项目自行评估，所以条款自首次支付起作用，而非自生效日起。打包事项有多少付多少，付不足也自生效日起全部起作用。本县的资金是虚构的，两条款省下多少、何时省下，既取决于条款，也取决于这笔资金。",
    )
}
VERBS = (
    "By: sites = place and industry 地点和行业, places 地点, zones = committees 管委会, region 全区域. Verbs: fix = set 设定, add 相加, scale = multiply 相乘, "
    "raise_to = at least 不低于, lower_to = at most 不高于, turn_on = switch on 启用. Neutral: where no law and no instrument says anything 没有规定时的取值."
)
CURRENT = "Written from the code by `docs/derivations/write_tables.py`; a test keeps it true."


def levers() -> str:
    """Return the page of levers and parameters."""
    lines = ["# Levers and parameters", "", CURRENT, "", "## Levers", ""]
    lines += [
        "| lever | 中文 | English | instrument | default | range | 单位 | unit | clauses | terms it edits | read by |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for r in lever_rows():
        span = f"{r['low']:g} to {r['high']:g}" if r["low"] is not None else ", ".join(r["allowed"])
        usual = f"{r['default']:g}" if isinstance(r["default"], float | int) and not isinstance(r["default"], bool) else str(r["default"]).lower()
        lines.append(
            f"| `{r['id']}` (tier {r['tier']}) | {r['zh']} | {r['en']} | {r['instrument']} | {usual} | {span} | {declared_unit(r['unit'], 'zh')} | {r['unit']} | {'; '.join(r['clauses'])} | {', '.join(r['terms'])} | {', '.join(r['read_by'])} |"
        )
    lines += [
        "",
        "## Parameters of behaviour",
        "",
        "| parameter | 中文 | value | range | 单位 | unit | 含义 | meaning | source |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for name, kind in load_all().items():
        for key, one in kind.model_fields.items():
            low = next(m.ge for m in one.metadata if hasattr(m, "ge"))
            high = next(m.le for m in one.metadata if hasattr(m, "le"))
            extra = one.json_schema_extra
            lines.append(
                f"| `{name}.{key}` | {extra['zh']} | {one.default:g} | {low:g} to {high:g} | {declared_unit(extra['unit'], 'zh')} | {extra['unit']} | {meanings()[f'{name}.{key}']} | {one.description} | {extra['source']} |"
            )
    return "\n".join(lines) + "\n"


def terms() -> str:
    """Return the page of the terms."""
    lines = ["# Terms 条件", "", "What an enterprise at a site, a place, a committee and the region face in a quarter. " + CURRENT, "", VERBS, ""]
    for theme in THEMES:
        lines += [
            f"## {(theme.__doc__ or '').strip().rstrip('.')} {THEMES_ZH[theme]}",
            "",
            "| term | 中文 | by | verb | neutral | 单位 | unit | 含义 | meaning | read by |",
            "|---|---|---|---|---|---|---|---|---|---|",
        ]
        for name, one in theme.TERMS.items():
            lines.append(
                f"| `{name}` | {one.zh} | {one.where} | {one.verb} | {one.neutral:g} | {declared_unit(one.unit, 'zh')} | {one.unit} | {one.doc_zh} | {one.doc} | {one.read_by} |"
            )
        lines.append("")
    return "\n".join(lines)


def indicators() -> str:
    """Return the page of the indicators."""
    lines = ["# Indicators 指标", "", "By place, zone, county and city, by quarter and year. " + CURRENT, ""]
    lines += ["| indicator | 中文 | English | 单位 | unit | 定义 | definition | read at |", "|---|---|---|---|---|---|---|---|"]
    for one in [*INDICATORS.values(), *DERIVED.values()]:
        definition = " ".join(one.definition.split())
        levels = "every level" if one.levels == LEVELS else ", ".join(one.levels)
        lines.append(f"| `{one.id}` | {one.zh} | {one.en} | {unit(one.unit, 'zh')} | {one.unit} | {one.definition_zh} | {definition} | {levels} |")
    return "\n".join(lines) + "\n"


def columns() -> str:
    """Return the page of the columns of the world."""
    lines = ["# Columns of the world 数据列", "", "State: what the tables hold between quarters. " + CURRENT, ""]
    tables = (
        ("Enterprises 企业", Enterprises),
        ("Places 地点", Places),
        ("Committees 管委会", Zones),
        ("Counties 县区", Counties),
        ("Contracts 合同", Contracts),
    )
    for title, table in tables:
        lines += [f"## {title}", "", "| column | 中文 | type | 单位 | unit | 含义 | meaning |", "|---|---|---|---|---|---|---|"]
        for name, one in table.columns.items():
            shape = f"{one.dtype} x {' x '.join(map(str, one.shape))}" if one.shape else one.dtype
            lines.append(f"| `{name}` | {one.zh} | {shape} | {declared_unit(one.unit, 'zh')} | {one.unit} | {one.doc_zh} | {one.doc} |")
        lines.append("")
    return "\n".join(lines)


def unfelt() -> dict[str, dict[str, str]]:
    """Return the policies that leave the world of their package as it would be without them, by document and policy, with the reason."""
    with (Path(__file__).parent / "unfelt.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {key: {row["policy"]: f"{row['zh']} {row['en']}" for row in rows if row["document"] == key} for key in DOCUMENTS}


def policy(key: str) -> str:
    """Return the page of one document: clause, lever, mechanism, indicator."""
    code, zh, en, path = DOCUMENTS[key]
    with (Path(__file__).parent / "catalogue.csv").open(encoding="utf-8", newline="") as file:
        catalogue = list(csv.DictReader(file))
    with (Path(__file__).parent / "unset_why.csv").open(encoding="utf-8", newline="") as file:
        why = {(row["clause"], row["lever"]): f"{row['zh']} {row['en']}" for row in csv.DictReader(file)}
    page = clause_page(code, zh, en, load_scenario(Path(__file__).parents[2] / "scenarios" / path), catalogue, CURRENT, why, unfelt()[key])
    return "\n".join([page, *NOTES[key], ""]) if key in NOTES else page


def own_lists() -> str:
    """Return the page of columns of own lists."""
    lines = [
        "# Your own lists 自有名录",
        "",
        "`zonesim import enterprises.csv --zones zones.csv --out scenarios/mine` 用两份 CSV 名录（企业、园区）做成一个方案文件夹。表头次序不限，中英文均可，单位可写在括号里，如“营业收入(亿元)”；文件可以是 UTF-8 或 GBK。"
        "两份名录的全部错误一次报出，写明行、列、数值、允许的范围和最接近的名称；有一处错误就什么也不写。",
        "",
        "同一名录中名称不得重复；企业所在的县区须有园区，企业在园区内的，县区须与其园区相同；人数为整数；数字的千位分隔要么每三位一组，要么不用；年份不晚于 `--start`；待供土地不超出规划面积。"
        "像是写错了的必需表头会被拒绝；其他列不用，并列出名称。没有填的（资本、土地、年份）按本行业的比例估计；名录之外还需要的地区数字，写在生成的 `baseline.yaml` 里，标为假定并给出范围，请自行修改。",
        "",
        "模型里一个行业只有一个劳动份额、一个工资，所以人均产出高于本行业的企业一开局就会招人，低于的会裁人：自有名录不是静止状态。导入时会说明第一季度大约会变多少（见本页末的英文说明和表）。"
        "请先查单位有没有写错、产出是否其实在别处（总部、贸易）；销售额主要来自转手货物的，请填增加值；效果看与基准的差别，水平要过两三年再看。",
        "",
        "`zonesim import enterprises.csv --zones zones.csv --out scenarios/mine` makes a scenario folder of two CSV files. Headers may stand in any order, in Chinese or English,",
    ]
    lines += [
        "with a unit in brackets (`营业收入(亿元)`, `land (ha)`); files may be UTF-8 or GBK. Every mistake of both lists is reported at once, with line, column, value, what is allowed and the nearest name, and nothing is written unless everything is right.",
        "",
        "Names stand once in their list; an enterprise lies in a county that a zone has, and in that of its own zone; persons are whole; thousands are parted in groups of three or not at all; years are not after `--start`;",
        "ready land fits into the plan. A header that looks like a missing one, misspelt, is refused; other columns are not used, and are named. A quote that is not closed is reported where it opens, and the lines after it are checked.",
        "",
    ]
    for title, columns in (("Enterprises 企业", ENTERPRISES), ("Zones 园区", ZONES)):
        lines += [
            f"## {title}",
            "",
            "| column 列 | headers 表头 | needed 必填 | unit if none is given 默认单位 | 含义 | meaning |",
            "|---|---|---|---|---|---|",
        ]
        lines += [
            f"| {c.name} | {', '.join(c.headers)} | {'yes 是' if c.required else ''} | {c.default_unit} | {translated(c.doc, 'zh')} | {c.doc} |"
            for c in columns
        ]
        lines.append("")
    lines += ["## Industries 行业", "", "| id | 中文 | English | two-digit codes of GB/T 4754-2017 |", "|---|---|---|---|"]
    industries, codes = load_industries(), dict(GBT)
    for k, key in enumerate(industries.ids):
        lines.append(f"| `{key}` | {industries.zh[k]} | {industries.en[k]} | {', '.join(f'{code:02d}' for code in codes.get(key, ()))} |")
    lines.append("")
    lines += [
        "Money: 元, 千元, 万元, 百万元, 亿元 (or CNY, 10k CNY, million CNY, 100m CNY). Area: 平方米, 亩, 公顷, 平方公里 (or m2, mu, ha, km2). What the lists do not say (capital, land, years) is estimated from the industry's figures;"
    ]
    lines += ["what the region's figures need beyond them stands as an assumption with a range in the `baseline.yaml` that is written, to be mended by hand."]
    lines += [
        "",
        "## Is the list at rest?",
        "",
        "Founding keeps output, persons and capital of each enterprise as they are listed, and sets its productivity so that it makes its output with what it has. The wage of an industry is the labour share times the list's value added by the list's persons,",
        "so each industry wants the persons that it has, in all. But the model has one labour share and one wage for an industry, and no wage of each enterprise: one that makes much more by person than its industry hires, one that makes much less sheds,",
        "a quarter of the gap each quarter (`investment.hiring`), and hires end where the county has no more free labour (4.5 % of its labour force at the opening), so that persons fall at first. With more persons in productive enterprises value added rises.",
        "",
        "`zonesim import` says what the first quarter will move, in all and for industries and places where it is 3 % or more of persons or value added, or capital is beyond half and twice the industry's usual ratio, where a county has zones and no enterprise (and so no people), and where land does not fit into the plan;",
        "the same stands in the `description` of `baseline.yaml`, and the report of a run gives the share of persons out of line. Measured with 300 enterprises of five industries (enterprises that close, a hundredth or so, come besides):",
        "",
        "| list | persons listed | after a quarter, said | after a quarter, run | value added after two, said | run |",
        "|---|---|---|---|---|---|",
        "| output per person alike inside industries | 24,944 | under 3 % | 24,562 | under 3 % | -1 % |",
        "| output per person with sd 0.7 of its log | 11,079 | 10,895 | 10,750 | +4 % | +3 % |",
        "| output and persons independent | 11,466 | 10,407 | 10,379 | +21 % | +23 % |",
        "",
        "What to do: look for mistaken units and for enterprises whose output is made elsewhere (headquarters, trade); give `value_added` where sales are mostly goods that were bought; read effects as differences to the baseline, which adjusts in the same way; and judge levels only after two or three years.",
        "A local industry that a county's list lacks altogether is read as unserved: who comes first meets twice the usual sales, the bound, until there is as much of it as the nation has by value added.",
    ]
    return "\n".join(lines) + "\n"


def claims() -> str:
    """Return the page of the documents' claims, out of the last result of ``zonesim levers --prove --out``."""
    here = Path(__file__).parent
    return claims_page(json.loads((here / "claims_result.json").read_text(encoding="utf-8")), read_why(here / "claims_why.csv"))


PAGES: dict[str, Callable[[], str]] = {
    "levers.md": levers,
    "terms.md": terms,
    "indicators.md": indicators,
    "columns.md": columns,
    "own_lists.md": own_lists,
    "claims.md": claims,
    **{f"policies/{key}.md": lambda key=key: policy(key) for key in DOCUMENTS},
}


def main() -> None:
    """Write every page."""
    docs = Path(__file__).parents[1]
    for name, page in PAGES.items():
        (docs / name).parent.mkdir(exist_ok=True)
        (docs / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
