"""Write the pages of the documentation that come from the code: ``docs/levers.md`` and ``docs/own_lists.md``."""

from pathlib import Path

from zonesim.founding.own_lists import ENTERPRISES, GBT, ZONES
from zonesim.parameters import load_all
from zonesim.policies.catalogue import lever_rows
from zonesim.world.industries import load_industries


def levers() -> str:
    """Return the page of levers and parameters."""
    lines = ["# Levers and parameters", "", "Written from the code by `docs/derivations/write_tables.py`; a test keeps it true.", "", "## Levers", ""]
    lines += ["| lever | 中文 | instrument | range | unit | clauses | terms it edits | read by |", "|---|---|---|---|---|---|---|---|"]
    for r in lever_rows():
        span = f"{r['low']:g} to {r['high']:g}" if r["low"] is not None else ", ".join(r["allowed"])
        lines.append(
            f"| `{r['id']}` (tier {r['tier']}) | {r['zh']} | {r['instrument']} | {span} | {r['unit']} | {'; '.join(r['clauses'])} | {', '.join(r['terms'])} | {', '.join(r['read_by'])} |"
        )
    lines += ["", "## Parameters of behaviour", "", "| parameter | 中文 | value | range | unit | meaning | source |", "|---|---|---|---|---|---|---|"]
    for name, kind in load_all().items():
        for key, one in kind.model_fields.items():
            low = next(m.ge for m in one.metadata if hasattr(m, "ge"))
            high = next(m.le for m in one.metadata if hasattr(m, "le"))
            extra = one.json_schema_extra
            lines.append(
                f"| `{name}.{key}` | {extra['zh']} | {one.default:g} | {low:g} to {high:g} | {extra['unit']} | {one.description} | {extra['source']} |"
            )
    return "\n".join(lines) + "\n"


def own_lists() -> str:
    """Return the page of columns of own lists."""
    lines = [
        "# Your own lists",
        "",
        "`zonesim import enterprises.csv --zones zones.csv --out scenarios/mine` makes a scenario folder of two CSV files. Headers may stand in any order, in Chinese or English,",
    ]
    lines += [
        "with a unit in brackets (`营业收入(亿元)`, `land (ha)`); files may be UTF-8 or GBK. Every bad line is reported with line, column and value, and nothing is written unless everything is right.",
        "",
    ]
    for title, columns in (("Enterprises", ENTERPRISES), ("Zones", ZONES)):
        lines += [f"## {title}", "", "| column | headers | needed | unit if none is given | meaning |", "|---|---|---|---|---|"]
        lines += [f"| {c.name} | {', '.join(c.headers)} | {'yes' if c.required else ''} | {c.default_unit} | {c.doc} |" for c in columns]
        lines.append("")
    lines += ["## Industries", "", "| id | 中文 | English | two-digit codes of GB/T 4754-2017 |", "|---|---|---|---|"]
    industries, codes = load_industries(), dict(GBT)
    for k, key in enumerate(industries.ids):
        lines.append(f"| `{key}` | {industries.zh[k]} | {industries.en[k]} | {', '.join(f'{code:02d}' for code in codes.get(key, ()))} |")
    lines.append("")
    lines += [
        "Money: 元, 千元, 万元, 百万元, 亿元 (or CNY, 10k CNY, million CNY, 100m CNY). Area: 平方米, 亩, 公顷, 平方公里 (or m2, mu, ha, km2). What the lists do not say (capital, land, years) is estimated from the industry's figures;"
    ]
    lines += ["what the region's figures need beyond them stands as an assumption with a range in the `baseline.yaml` that is written, to be mended by hand."]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write both pages."""
    docs = Path(__file__).parents[1]
    (docs / "levers.md").write_text(levers(), encoding="utf-8")
    (docs / "own_lists.md").write_text(own_lists(), encoding="utf-8")


if __name__ == "__main__":
    main()
