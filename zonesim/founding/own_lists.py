"""Founding from the user's own lists: a CSV of enterprises and a CSV of zones become a scenario folder.

Headers may be Chinese or English, in any order, with a unit in brackets; files may be UTF-8 or GBK. Every bad line is reported with line,
column and value; nothing is written unless everything is right. The mapping of columns is in docs/own_lists.md, generated from here.
"""

from __future__ import annotations

import csv
import io
import math
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from zonesim import quarters
from zonesim.errors import InputError, StorageError, nearest
from zonesim.world.industries import load_industries

MAX_LINES, MAX_MB = 2_000_000, 512
MONEY = {
    "元": 1e-4,
    "cny": 1e-4,
    "千元": 0.1,
    "万元": 1.0,
    "10k cny": 1.0,
    "百万元": 100.0,
    "million cny": 100.0,
    "亿元": 1e4,
    "100m cny": 1e4,
    "10^8 cny": 1e4,
}
AREA = {"平方米": 1.0, "m2": 1.0, "㎡": 1.0, "亩": 2000 / 3, "mu": 2000 / 3, "公顷": 1e4, "ha": 1e4, "平方公里": 1e6, "km2": 1e6}
COUNT = {"": 1.0, "人": 1.0, "persons": 1.0, "万人": 1e4}


@dataclass(frozen=True)
class ListColumn:
    """A column that a list may have."""

    name: str
    headers: tuple[str, ...]
    kind: str  # text, money, area, count, year, yes, degrees, industry
    required: bool
    default_unit: str
    doc: str


ENTERPRISES = (
    ListColumn("name", ("name", "enterprise", "企业名称", "名称"), "text", True, "", "name; identifies the line"),
    ListColumn("zone", ("zone", "park", "place", "开发区", "园区", "所在园区"), "text", False, "", "name of a zone of the other list; empty: outside zones"),
    ListColumn("county", ("county", "district", "县区", "区县", "所在县区"), "text", True, "", "county or district"),
    ListColumn(
        "industry",
        ("industry", "行业", "行业代码", "所属行业"),
        "industry",
        True,
        "",
        "industry group (id or Chinese name), or code of GB/T 4754 (two digits, or letter and digits)",
    ),
    ListColumn("output", ("output", "revenue", "sales", "营业收入", "主营业务收入", "工业总产值", "产值"), "money", True, "万元", "sales of a year"),
    ListColumn("value_added", ("value_added", "增加值"), "money", False, "万元", "value added of a year; otherwise output times the industry's ratio"),
    ListColumn("employment", ("employment", "jobs", "employees", "从业人员", "从业人数", "职工人数"), "count", True, "人", "persons employed"),
    ListColumn(
        "capital",
        ("capital", "fixed_assets", "固定资产", "固定资产原价"),
        "money",
        False,
        "万元",
        "fixed capital; otherwise value added times the industry's ratio",
    ),
    ListColumn("land", ("land", "用地面积", "土地面积", "占地面积"), "area", False, "亩", "land held"),
    ListColumn("floor", ("floor", "租用厂房", "厂房面积"), "area", False, "平方米", "factory floor rented"),
    ListColumn("founded", ("founded", "year", "成立年份", "成立时间", "开业时间"), "year", False, "", "year of foundation"),
    ListColumn("high_tech", ("high_tech", "高新技术企业", "是否高新"), "yes", False, "", "recognised high-tech enterprise: 是 or 否, yes or no, 1 or 0"),
    ListColumn("foreign", ("foreign", "外资", "外商投资"), "yes", False, "", "foreign-invested"),
)
ZONES = (
    ListColumn("name", ("name", "zone", "开发区", "园区", "园区名称", "名称"), "text", True, "", "name of the zone"),
    ListColumn("county", ("county", "district", "县区", "区县", "所在县区"), "text", True, "", "county or district in which it lies"),
    ListColumn("level", ("level", "级别"), "text", False, "", "county, provincial or national; 县级, 省级, 国家级"),
    ListColumn("longitude", ("longitude", "lon", "经度"), "degrees", True, "", "degrees east"),
    ListColumn("latitude", ("latitude", "lat", "纬度"), "degrees", True, "", "degrees north"),
    ListColumn("planned", ("planned", "planned_area", "规划面积"), "area", True, "平方公里", "planned area"),
    ListColumn("ready", ("ready", "ready_land", "待供面积", "可供面积"), "area", False, "亩", "serviced land not yet supplied; otherwise 3 % of the plan"),
    ListColumn("staff", ("staff", "编制", "人员编制"), "count", False, "人", "staff of the committee; otherwise 40"),
)
LEVELS = {"county": "county", "县级": "county", "provincial": "provincial", "省级": "provincial", "national": "national", "国家级": "national"}
GBT = (  # two-digit codes of GB/T 4754-2017 to industry groups
    ("agri_food", range(13, 17)), ("light", [*range(17, 25)]), ("chemicals", [25, 26, 28, 29]), ("pharma_bio", [27]), ("building_materials", [30]), ("metals", [31, 32, 33]),
    ("equipment", [34, 35, 36, 37, 38, 40, 41, 43]), ("electronics", [39]), ("urban_minerals", [42]), ("energy", [44, 45, 46]), ("mining", range(6, 13)), ("construction", range(47, 51)),
    ("consumer_services", [51, 52, 61, 62, 70, 80, 81, 82, 86, 87, 88, 89, 90]), ("transport_logistics", range(53, 61)), ("producer_services", [63, 64, 65, 66, 67, 68, 69, 71, 72, 73, 74, 75]),
    ("other", [76, 77, 78, 79, 83, 84, 85, *range(91, 98)]), ("agriculture", range(1, 6)),
)  # fmt: skip


def _text(path: Path) -> str:
    """Read a list as UTF-8 or GBK."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from None
    with os.fdopen(handle, "rb") as file:
        import stat

        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_MB << 20:
            raise InputError(f"{path}: not a regular file of at most {MAX_MB} MB")
        data = file.read()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError(f"{path}: neither UTF-8 nor GBK; save it as UTF-8")


def _header(path: Path, row: list[str], columns: tuple[ListColumn, ...]) -> dict[int, tuple[ListColumn, float]]:
    """Match headers to columns; a unit in brackets is taken."""
    found: dict[int, tuple[ListColumn, float]] = {}
    problems: list[str] = []
    for k, raw in enumerate(row):
        match = re.fullmatch(r"\s*(.*?)\s*(?:[(（\[【]\s*(.*?)\s*[)）\]】])?\s*", raw)
        name, unit = (match[1].strip().lower(), match[2]) if match else (raw.strip().lower(), None)
        column = next((c for c in columns if name in c.headers), None)
        if column is None:
            continue
        if any(column is c for c, _ in found.values()):
            problems.append(f"{path}:1:{k + 1}: a second column for {column.name!r}: {raw!r}")
            continue
        units = {"money": MONEY, "area": AREA, "count": COUNT}.get(column.kind)
        factor = 1.0
        if units is not None:
            key = (unit if unit is not None else column.default_unit).strip().lower()
            if key not in units:
                problems.append(f"{path}:1:{k + 1}: {raw!r}: unknown unit {unit!r} (allowed: {', '.join(units)}){nearest(key, units)}")
            factor = units.get(key, 1.0)
        found[k] = (column, factor)
    for column in columns:
        if column.required and not any(column is c for c, _ in found.values()):
            problems.append(f"{path}:1: no column for {column.name!r} ({column.doc}); one of the headers {', '.join(column.headers)}")
    if problems:
        raise InputError(*problems)
    return found


def _value(raw: str, column: ListColumn, factor: float) -> tuple[Any, str | None]:
    text = raw.strip()
    if not text:
        return None, "is empty" if column.required else None
    if column.kind == "text":
        bad = [c for c in text if not c.isprintable()]
        return text, f"has a control character U+{ord(bad[0]):04X}" if bad else ("is longer than 60 characters" if len(text) > 60 else None)
    if column.kind == "yes":
        low = text.lower()
        if low in ("是", "yes", "y", "1", "true"):
            return True, None
        if low in ("否", "no", "n", "0", "false"):
            return False, None
        return None, "is neither 是 nor 否 (yes or no, 1 or 0)"
    if column.kind == "industry":
        return _industry(text)
    if column.kind == "year":
        match = re.match(r"(1[89]\d\d|20\d\d)", text)
        return (int(match[1]), None) if match else (None, "does not begin with a year")
    try:
        number = float(text.replace(",", "").replace("\uff0c", ""))
    except ValueError:
        return None, "is not a number"
    if not math.isfinite(number):
        return None, "is not a finite number"
    if column.kind == "degrees":
        return (number, None) if -180 <= number <= 180 else (None, "is no coordinate in degrees")
    if number < 0:
        return None, "is negative"
    return number * factor, None


def _industry(text: str) -> tuple[str | None, str | None]:
    industries = load_industries()
    if text in industries.ids:
        return text, None
    if text in industries.zh:
        return industries.ids[industries.zh.index(text)], None
    match = re.fullmatch(r"[A-Za-z]?(\d{2})\d{0,2}", text)
    if match:
        code = int(match[1])
        for group, codes in GBT:
            if code in codes:
                return group, None
    return None, f"is no industry (an id or a Chinese name of docs/own_lists.md, or a code of GB/T 4754){nearest(text, [*industries.ids, *industries.zh])}"


def read_list(path: Path, columns: tuple[ListColumn, ...]) -> list[dict[str, Any]]:
    """Read a list; raise one error with every bad line (the first 200), or return its rows in base units."""
    reader = csv.reader(io.StringIO(_text(path)), strict=True)
    rows: list[dict[str, Any]] = []
    problems: list[str] = []
    try:
        head = next(reader, None)
        if head is None:
            raise InputError(f"{path}: is empty")
        found = _header(path, head, columns)
        for raw in reader:
            line = reader.line_num
            if line > MAX_LINES:
                raise InputError(f"{path}: more than {MAX_LINES} lines")
            if not any(cell.strip() for cell in raw):
                continue
            if len(raw) != len(head):
                problems.append(f"{path}:{line}: has {len(raw)} cells, the header has {len(head)}")
                continue
            row: dict[str, Any] = {"line": line}
            for k, (column, factor) in found.items():
                value, wrong = _value(raw[k], column, factor)
                if wrong:
                    problems.append(f"{path}:{line}:{k + 1}: {head[k].strip()}: {raw[k].strip()[:40]!r} {wrong}")
                row[column.name] = value
            rows.append(row)
    except csv.Error as error:
        problems.append(f"{path}:{reader.line_num}: broken line ({error})")
    if problems:
        more = [f"{path}: and {len(problems) - 200} more"] if len(problems) > 200 else []
        raise InputError(*problems[:200], *more)
    if not rows:
        raise InputError(f"{path}: has a header and no lines")
    return rows


def _identifier(kind: str, k: int) -> str:
    return f"{kind}_{k + 1}"


def import_folder(enterprises: Path, zones: Path, out: Path, start: str) -> list[str]:
    """Make a scenario folder: ``baseline.yaml``, and both lists in standard columns and units.

    Args:
        enterprises: CSV of enterprises.
        zones: CSV of zones.
        out: folder to make; must not hold a baseline already.
        start: quarter that the lists describe.

    Returns:
        Lines to tell the user.

    Raises:
        InputError: every bad line of both lists.
    """
    quarters.parse(start)
    problems: list[str] = []
    tables: list[list[dict[str, Any]]] = []
    for path, columns in ((enterprises, ENTERPRISES), (zones, ZONES)):
        try:
            tables.append(read_list(path, columns))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(*problems)
    firms, areas = tables
    names = [z["name"] for z in areas]
    for z in areas:
        if names.count(z["name"]) > 1:
            problems.append(f"{zones}:{z['line']}: the zone {z['name']!r} stands here twice")
        if z.get("level") not in (None, *LEVELS):
            problems.append(f"{zones}:{z['line']}: level {z['level']!r} is not one of {', '.join(LEVELS)}")
    for f in firms:
        if f.get("zone") and f["zone"] not in names:
            problems.append(f"{enterprises}:{f['line']}: unknown zone {f['zone']!r}{nearest(f['zone'], names)}")
        if f["output"] <= 0 or f["employment"] < 1:
            problems.append(f"{enterprises}:{f['line']}: an enterprise needs output above 0 and at least one person")
    if problems:
        raise InputError(*problems[:200])
    if (out / "baseline.yaml").exists():
        raise InputError(f"--out {out}: holds a baseline.yaml already; name another folder")
    document, standard = scenario_of(firms, areas, start)
    aside = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        aside.mkdir(parents=True)
        (aside / "baseline.yaml").write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=140), encoding="utf-8")
        with (aside / "enterprises.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(standard[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(standard)
        out.parent.mkdir(parents=True, exist_ok=True)
        if out.exists():
            out.rmdir()
        os.replace(aside, out)
    except OSError as error:
        raise StorageError(f"{out}: {error.strerror}; nothing was imported") from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    missing = sum(f.get("capital") is None for f in firms)
    return [
        f"{len(firms)} enterprises in {len(areas)} zones and {len(document['region']['counties'])} counties imported into {out}",
        f"capital was estimated for {missing} of them (value added times the industry's ratio)",
        f"run it: zonesim run {out / 'baseline.yaml'} --out results/{out.name}",
    ]


def scenario_of(firms: list[dict[str, Any]], areas: list[dict[str, Any]], start: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the scenario of two lists, and the standard list of enterprises (one row is one enterprise)."""
    industries = load_industries()
    counties = sorted({f["county"] for f in firms} | {z["county"] for z in areas})
    county_id = {name: _identifier("county", k) for k, name in enumerate(counties)}
    zone_id = {z["name"]: _identifier("zone", k) for k, z in enumerate(areas)}
    for f in firms:
        j = industries.index(f["industry"])
        if f.get("value_added") is None:
            f["value_added"] = f["output"] * float(industries.value_added_ratio[j])
        f["sector"] = int(industries.three_industry[j])
    year = quarters.parse(start) // 4

    def figure(value: float, why: str = "") -> dict[str, Any]:
        return {"value": round(value, 6), "source": why or "the user's own list"}

    def assumed(value: float, why: str, low: float, high: float) -> dict[str, Any]:
        return {"value": value, "assumption": why, "range": [low, high]}

    def totals(mine: list[dict[str, Any]]) -> dict[str, Any]:
        added = sum(f["value_added"] for f in mine)
        made = sum(f["value_added"] for f in mine if f["sector"] == 2)
        return {"added": added / 1e4, "secondary": made / added if added else 0.0}

    every = totals(firms)
    share = {county_id[c]: sum(f["value_added"] for f in firms if f["county"] == c) / 1e4 / every["added"] for c in counties}
    middle = (sum(z["longitude"] for z in areas) / len(areas), sum(z["latitude"] for z in areas) / len(areas))
    seat = {c: next(((z["longitude"], z["latitude"]) for z in areas if z["county"] == c), middle) for c in counties}
    wages = sum(float(industries.labour_share[industries.index(f["industry"])]) * f["value_added"] for f in firms) / 1e4
    document = {
        "zonesim": 1, "id": "baseline", "name": {"zh": "自有名录", "en": "Own lists"}, "horizon": {"start": start, "end": f"{year + 5}Q4"},
        "region": {
            "id": "region", "zh": "本地区", "en": "Region", "province": {"zh": "省", "en": "Province"}, "coordinates_source": "the user's own list",
            "counties": {county_id[c]: {"zh": c, "en": c, "longitude": seat[c][0], "latitude": seat[c][1]} for c in counties},
            "zones": {zone_id[z["name"]]: {"zh": z["name"], "en": z["name"], "county": county_id[z["county"]], "level": LEVELS.get(z.get("level") or "", "provincial"),
                      "staff": figure(z["staff"]) if z.get("staff") else assumed(40.0, "staff is not in the list", 10.0, 200.0)} for z in areas},
            "parks": {zone_id[z["name"]] + "_park": {"zh": z["name"], "en": z["name"], "zone": zone_id[z["name"]], "county": county_id[z["county"]], "longitude": z["longitude"],
                      "latitude": z["latitude"], "planned_km2": figure(z["planned"] / 1e6)} for z in areas},
        },
        "founding": {
            "enterprises_list": "enterprises.csv", "size_exponent": assumed(1.2, "only newcomers use it", 1.0, 1.5),
            "enterprises_per_value_added": {"value": {"primary": 14.0, "secondary": 1.0, "tertiary": 5.0}, "source": "not used with a list"},
            "age_shares": {"value": {"young": 0.494, "middle": 0.329, "old": 0.177}, "source": "SAIC 2013, for enterprises without a year"},
            "new_land_km2": assumed(max(0.2, round(0.02 * sum(z["planned"] for z in areas) / 1e6, 3)), "2 % of the zones' plans a year", 0.05, 1000.0),
            "new_energy_tce": assumed(round(1500 * every["added"] + 1000, 1), "about a tenth of energy use", 100.0, 1e9),
            "new_emission": assumed(round(800 * every["added"] + 1000, 1), "about a tenth of emissions", 100.0, 1e9),
            "city": {
                "gdp": figure(every["added"]), "primary_share": figure(sum(f["value_added"] for f in firms if f["sector"] == 1) / 1e4 / every["added"]),
                "secondary_share": figure(every["secondary"]), "industry_share": assumed(0.8, "not used with a list", 0.0, 1.0),
                "above_scale_share": assumed(0.8, "not used with a list", 0.0, 1.0), "enterprises": {"value": len(firms), "source": "the user's own list"},
                "above_scale": {"value": 0, "source": "counted by the model"}, "high_tech": {"value": sum(bool(f.get("high_tech")) for f in firms), "source": "the user's own list"},
                "population": assumed(round(3.0 * sum(f["employment"] for f in firms), 0), "three residents to a person employed", 1.0, 1e9),
                "employment": figure(sum(f["employment"] for f in firms)), "county_gdp_share": {"value": share, "source": "the user's own list"},
                "county_population_share": {"value": dict(share), "assumption": "as GDP", "range": [0.5, 2.0]}, "urban_share": assumed(0.75, "towns outside zones", 0.5, 1.0),
                "fixed_asset_investment": assumed(round(0.6 * every["added"], 4), "three fifths of GDP", 0.0, 1e6), "retail_sales": assumed(round(1.1 * wages, 4), "a tenth above wages", 0.0, 1e6),
                "foreign_share": assumed(0.0, "as in the list", 0.0, 1.0),
            },
            "zones": {zone_id[z["name"]]: _zone_figures(z, [f for f in firms if f.get("zone") == z["name"]], zone_id[z["name"]], totals, figure, assumed) for z in areas},
        },
        "targets": [],
    }  # fmt: skip
    standard = [
        {
            "place": f"{zone_id[f['zone']]}_park" if f.get("zone") else f"{county_id[f['county']]}_urban", "industry": f["industry"],
            "value_added": repr(f["value_added"]), "employment": round(f["employment"]), "capital": "" if f.get("capital") is None else repr(f["capital"]),
            "land": "" if f.get("land") is None else round(f["land"]), "floor": "" if f.get("floor") is None else round(f["floor"]),
            "founded": f.get("founded") or "", "high_tech": int(bool(f.get("high_tech"))), "foreign": int(bool(f.get("foreign"))),
        }
        for f in firms
    ]  # fmt: skip
    return document, standard


def _zone_figures(zone: dict[str, Any], mine: list[dict[str, Any]], identity: str, totals: Any, figure: Any, assumed: Any) -> dict[str, Any]:
    sums = totals(mine) if mine else {"added": 0.0, "secondary": 0.0}
    ready = zone["ready"] / zone["planned"] if zone.get("ready") else None
    return {
        "gdp": figure(sums["added"]), "secondary_share": figure(sums["secondary"]), "tertiary_share": figure(max(0.0, 1 - sums["secondary"])),
        "industry_share": assumed(0.8, "not used with a list", 0.0, 1.0), "above_scale_share": assumed(0.8, "not used with a list", 0.0, 1.0),
        "enterprises": {"value": len(mine), "source": "the user's own list"}, "above_scale": {"value": 0, "source": "counted by the model"},
        "high_tech": {"value": sum(bool(f.get("high_tech")) for f in mine), "source": "the user's own list"}, "high_tech_share": assumed(0.2, "not used with a list", 0.0, 1.0),
        "park_share": {"value": {f"{identity}_park": 1.0}, "source": "one park each"},
        "ready_share": figure(min(0.5, ready)) if ready is not None else assumed(0.03, "ready land is not in the list", 0.0, 0.5),
        "built_share": assumed(0.94, "Qinghai zones 2016", 0.5, 1.0),
    }  # fmt: skip
