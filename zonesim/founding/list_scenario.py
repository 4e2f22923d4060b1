"""The scenario of two lists: what they say, and assumptions with ranges for what they do not."""

from __future__ import annotations

from typing import Any

from zonesim import quarters
from zonesim.founding.list_columns import LEVELS
from zonesim.units import KM2, YI
from zonesim.world.industries import load_industries


def _identifier(kind: str, k: int) -> str:
    return f"{kind}_{k + 1}"


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
        return {"value": value, "assumption": why, "range": [min(low, value), max(high, value)]}

    def totals(mine: list[dict[str, Any]]) -> dict[str, Any]:
        added = sum(f["value_added"] for f in mine)
        made = sum(f["value_added"] for f in mine if f["sector"] == 2)
        return {"added": added / YI, "secondary": made / added if added else 0.0}

    every = totals(firms)
    share = {county_id[c]: sum(f["value_added"] for f in firms if f["county"] == c) / YI / every["added"] for c in counties}
    middle = (sum(z["longitude"] for z in areas) / len(areas), sum(z["latitude"] for z in areas) / len(areas))
    seat = {c: next(((z["longitude"], z["latitude"]) for z in areas if z["county"] == c), middle) for c in counties}
    wages = sum(float(industries.labour_share[industries.index(f["industry"])]) * f["value_added"] for f in firms) / YI
    document = {
        "zonesim": 1, "id": "baseline", "name": {"zh": "自有名录", "en": "Own lists"}, "horizon": {"start": start, "end": f"{year + 5}Q4"},
        "region": {
            "id": "region", "zh": "本地区", "en": "Region", "province": {"zh": "省", "en": "Province"}, "coordinates_source": "the user's own list",
            "counties": {county_id[c]: {"zh": c, "en": c, "longitude": seat[c][0], "latitude": seat[c][1]} for c in counties},
            "zones": {zone_id[z["name"]]: {"zh": z["name"], "en": z["name"], "county": county_id[z["county"]], "level": LEVELS.get(z.get("level") or "", "provincial"),
                      "staff": figure(z["staff"]) if z.get("staff") is not None else assumed(40.0, "staff is not in the list", 10.0, 200.0)} for z in areas},
            "parks": {zone_id[z["name"]] + "_park": {"zh": z["name"], "en": z["name"], "zone": zone_id[z["name"]], "county": county_id[z["county"]], "longitude": z["longitude"],
                      "latitude": z["latitude"], "planned_km2": figure(z["planned"] / KM2)} for z in areas},
        },
        "founding": {
            "enterprises_list": "enterprises.csv", "size_exponent": assumed(1.2, "only newcomers use it", 1.0, 1.5),
            "enterprises_per_value_added": {"value": {"primary": 14.0, "secondary": 1.0, "tertiary": 5.0}, "source": "not used with a list"},
            "age_shares": {"value": {"young": 0.494, "middle": 0.329, "old": 0.177}, "source": "SAIC 2013, for enterprises without a year"},
            "new_land_km2": assumed(max(0.2, round(0.02 * sum(z["planned"] for z in areas) / 1e6, 3)), "2 % of the zones' plans a year", 0.05, 1000.0),
            "new_energy_tce": assumed(round(1500 * every["added"] + 1000, 1), "about a tenth of energy use", 100.0, 1e9),
            "new_emission": assumed(round(800 * every["added"] + 1000, 1), "about a tenth of emissions", 100.0, 1e9),
            "city": {
                "gdp": figure(every["added"]), "primary_share": figure(sum(f["value_added"] for f in firms if f["sector"] == 1) / YI / every["added"]),
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
    ready = None if zone.get("ready") is None else zone["ready"] / zone["planned"]
    return {
        "gdp": figure(sums["added"]), "secondary_share": figure(sums["secondary"]), "tertiary_share": figure(max(0.0, 1 - sums["secondary"])),
        "industry_share": assumed(0.8, "not used with a list", 0.0, 1.0), "above_scale_share": assumed(0.8, "not used with a list", 0.0, 1.0),
        "enterprises": {"value": len(mine), "source": "the user's own list"}, "above_scale": {"value": 0, "source": "counted by the model"},
        "high_tech": {"value": sum(bool(f.get("high_tech")) for f in mine), "source": "the user's own list"}, "high_tech_share": assumed(0.2, "not used with a list", 0.0, 1.0),
        "park_share": {"value": {f"{identity}_park": 1.0}, "source": "one park each"},
        "ready_share": figure(ready) if ready is not None else assumed(0.03, "ready land is not in the list", 0.0, 0.5),
        "built_share": assumed(0.94, "Qinghai zones 2016", 0.5, 1.0),
    }  # fmt: skip
