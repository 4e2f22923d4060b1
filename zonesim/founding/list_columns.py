"""The columns that the user's own lists may have, their units, and the codes of industries."""

from __future__ import annotations

from dataclasses import dataclass

from zonesim.units import KM2, MU

# Bounds of one line: what is beyond them is no enterprise and no zone, and could not be counted with.
LEAST_MONEY, MOST_MONEY = 1e-4, 1e9  # 10k CNY a year: one yuan, ten trillion yuan
MOST_CAPITAL = 1e10  # 10k CNY
MOST_PERSONS = 1e7
MOST_LAND = 2e9  # m2 of one enterprise
LEAST_PLAN, MOST_PLAN = 1e4, 1e11  # m2: a hectare, 100,000 km2
MOST_STAFF = 1e4

# What a unit is worth in the model's own: 10k CNY, m2, persons.
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
AREA = {"平方米": 1.0, "m2": 1.0, "㎡": 1.0, "亩": MU, "mu": MU, "公顷": 1e4, "ha": 1e4, "平方公里": KM2, "km2": KM2}
COUNT = {"": 1.0, "人": 1.0, "persons": 1.0, "万人": 1e4}


@dataclass(frozen=True)
class ListColumn:
    """A column that a list may have."""

    name: str
    headers: tuple[str, ...]
    kind: str  # text, money, area, count, year, yes, degrees, industry, level
    required: bool
    default_unit: str
    doc: str
    low: float = 0.0  # of a number, in the model's own unit
    high: float = 0.0


ENTERPRISES = (
    ListColumn("name", ("name", "enterprise", "企业名称", "名称"), "text", True, "", "name; identifies the line, so none stands twice"),
    ListColumn("zone", ("zone", "park", "place", "开发区", "园区", "所在园区"), "text", False, "", "name of a zone of the other list; empty: outside zones"),
    ListColumn(
        "county",
        ("county", "district", "县区", "区县", "所在县区"),
        "text",
        True,
        "",
        "county or district; that of a zone in the other list, and of its own zone where it has one",
    ),
    ListColumn(
        "industry",
        ("industry", "行业", "行业代码", "所属行业"),
        "industry",
        True,
        "",
        "industry group (id or Chinese name), or code of GB/T 4754 (two digits, or letter and digits)",
    ),
    ListColumn(
        "output",
        ("output", "revenue", "sales", "营业收入", "主营业务收入", "工业总产值", "产值"),
        "money",
        True,
        "万元",
        "sales of a year",
        LEAST_MONEY,
        MOST_MONEY,
    ),
    ListColumn(
        "value_added",
        ("value_added", "增加值"),
        "money",
        False,
        "万元",
        "value added of a year; otherwise output times the industry's ratio",
        LEAST_MONEY,
        MOST_MONEY,
    ),
    ListColumn(
        "employment", ("employment", "jobs", "employees", "从业人员", "从业人数", "职工人数"), "count", True, "人", "persons employed, whole", 1.0, MOST_PERSONS
    ),
    ListColumn(
        "capital",
        ("capital", "fixed_assets", "固定资产", "固定资产原价"),
        "money",
        False,
        "万元",
        "fixed capital; empty or 0: value added times the industry's ratio",
        0.0,
        MOST_CAPITAL,
    ),
    ListColumn("land", ("land", "用地面积", "土地面积", "占地面积"), "area", False, "亩", "land held", 0.0, MOST_LAND),
    ListColumn("floor", ("floor", "租用厂房", "厂房面积"), "area", False, "平方米", "factory floor rented", 0.0, MOST_LAND),
    ListColumn("founded", ("founded", "year", "成立年份", "成立时间", "开业时间"), "year", False, "", "year of foundation, from 1800 to the year of the start"),
    ListColumn("high_tech", ("high_tech", "高新技术企业", "是否高新"), "yes", False, "", "recognised high-tech enterprise: 是 or 否, yes or no, 1 or 0"),
    ListColumn("foreign", ("foreign", "外资", "外商投资"), "yes", False, "", "foreign-invested"),
)
# The columns of zones; bounds are degrees, m2 and persons.
ZONES = (
    ListColumn("name", ("name", "zone", "开发区", "园区", "园区名称", "名称"), "text", True, "", "name of the zone"),
    ListColumn("county", ("county", "district", "县区", "区县", "所在县区"), "text", True, "", "county or district in which it lies"),
    ListColumn("level", ("level", "级别"), "level", False, "", "county, provincial or national; 县级, 省级, 国家级"),
    ListColumn("longitude", ("longitude", "lon", "经度"), "degrees", True, "", "degrees east", -180.0, 180.0),
    ListColumn("latitude", ("latitude", "lat", "纬度"), "degrees", True, "", "degrees north", -90.0, 90.0),
    ListColumn("planned", ("planned", "planned_area", "规划面积"), "area", True, "平方公里", "planned area", LEAST_PLAN, MOST_PLAN),
    ListColumn(
        "ready",
        ("ready", "ready_land", "待供面积", "可供面积"),
        "area",
        False,
        "亩",
        "serviced land not yet supplied, within the plan; otherwise 3 % of it",
        0.0,
        MOST_PLAN,
    ),
    ListColumn("staff", ("staff", "编制", "人员编制"), "count", False, "人", "staff of the committee, whole; otherwise 40", 1.0, MOST_STAFF),
)
LEVELS = {"county": "county", "县级": "county", "provincial": "provincial", "省级": "provincial", "national": "national", "国家级": "national"}
GBT = (  # two-digit codes of GB/T 4754-2017 to industry groups
    ("agri_food", range(13, 17)), ("light", [*range(17, 25)]), ("chemicals", [25, 26, 28, 29]), ("pharma_bio", [27]), ("building_materials", [30]), ("metals", [31, 32, 33]),
    ("equipment", [34, 35, 36, 37, 38, 40, 41, 43]), ("electronics", [39]), ("urban_minerals", [42]), ("energy", [44, 45, 46]), ("mining", range(6, 13)), ("construction", range(47, 51)),
    ("consumer_services", [51, 52, 61, 62, 70, 80, 81, 82, 86, 87, 88, 89, 90]), ("transport_logistics", range(53, 61)), ("producer_services", [63, 64, 65, 66, 67, 68, 69, 71, 72, 73, 74, 75]),
    ("other", [76, 77, 78, 79, 83, 84, 85, *range(91, 98)]), ("agriculture", range(1, 6)),
)  # fmt: skip
