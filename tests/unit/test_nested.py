"""Zones that lie in zones: each piece of land is counted once in a sentence, stands where it lies, and can be named when it loses."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from zonesim.report.elsewhere import changed_outside, covering, looked_at, lost_within
from zonesim.report.figures import draw
from zonesim.report.figures.figure import Choice
from zonesim.report.figures.nested import across, in_order, once, only_parks, parks_within, role, whole_zones
from zonesim.report.scenes import Scene

#: "wide" has a core park in county c and an office with a park in county d; "one" has one park, "two" has two in county d
PARKS = [("core", "wide", "c"), ("far_park", "office", "d"), ("one_park", "one", "c"), ("left", "two", "d"), ("right", "two", "d")]
PLACES = [{"id": i, "zh": i, "en": i, "kind": "sub_park", "zone": zone, "county": county} for i, zone, county in PARKS]
PLACES += [{"id": f"{c}_urban", "zh": c, "en": c, "kind": "urban", "zone": None, "county": c} for c in "cd"]
ZONES = [{"id": i, "parent": "wide" if i == "office" else None} for i in ("wide", "office", "one", "two")]
#: change of jobs of each piece of land; every interval is 2 to either side
PIECES = {"core": -9, "far_park": 30, "one_park": 5, "left": 1, "right": -4, "c_urban": -20, "d_urban": 7}


def rows():
    members = {"wide": ("core", "far_park"), "office": ("far_park",), "one": ("one_park",), "two": ("left", "right")}
    found = [("park" if "urban" not in one else "outside", one, change) for one, change in PIECES.items()]
    found += [("zone", zone, sum(PIECES[one] for one in parks)) for zone, parks in members.items()]
    found += [("county", c, sum(PIECES[one["id"]] for one in PLACES if one["county"] == c)) for c in "cd"]
    found.append(("city", "city", sum(PIECES.values())))
    return [{"scenario": "s", "level": level, "place": place, "period": "2020", "baseline": 100.0, "reform": 100.0 + e, "effect": float(e), "low": e - 2.0, "high": e + 2.0, "n": 20}
            for level, place, e in found]  # fmt: skip


def view(**more):
    table = pd.DataFrame(rows())
    base, scene = Scene("b", "基准", "base"), Scene("s", "方案", "plan", *more.pop("said", ((), ())))
    values = pd.concat([table.assign(scenario=one, value=table[column]) for one, column in (("b", "baseline"), ("s", "reform"))])

    def effects(indicators, places=(), periods=()):
        found = pd.concat([table.assign(indicator=one, unit="persons") for one in indicators])
        return found[found["place"].isin(list(places))] if list(places) else found

    def of_values(indicators, places=(), **_):
        return values[values["place"].isin(list(places))].assign(indicator=next(iter(indicators)), unit="persons")

    return SimpleNamespace(
        has=frozenset({"effects", "values", "pair"}), years=["2020"], scenes=(base, scene), reforms=(scene,), baseline=base, scene=lambda _: scene, style_of=lambda _: 1,
        run={"zones": ZONES, "places": PLACES, "counties": [{"id": "c"}, {"id": "d"}]}, parks=lambda: PLACES[:5], place=lambda name, _: f"<{name}>",
        indicator=lambda name, _: name, effects=effects, values=of_values, kept=lambda _, made: made(), sweep=None, city="city", focus="wide", in_order=["city", "wide"], **more,
    )  # fmt: skip


def test_what_is_a_part_of_a_zone_and_what_reaches_over_counties():
    seen = view()
    assert only_parks(seen) == {"far_park", "one_park"} and whole_zones(seen) == ["wide", "one", "two"]
    assert parks_within(seen) == {"core": "wide", "office": "wide", "left": "two", "right": "two"} and across(seen) == {"wide"}
    kinds = {(r["level"], r["place"]): role(seen, r["level"], r["place"]) for r in rows()}
    assert kinds["zone", "wide"] == kinds["zone", "one"] == "zone" and kinds["zone", "office"] == kinds["park", "core"] == "part"
    assert kinds["park", "one_park"] == kinds["park", "far_park"] == "", "these stand in the rows of their committees"


def test_each_piece_of_a_divided_zone_is_one_of_its_parts():
    seen = view()
    change = {r["place"]: r["effect"] for r in rows()}
    for zone in ("wide", "two"):
        assert sum(change[part] for part, of in parks_within(seen).items() if of == zone) == change[zone]
    told = once(seen, pd.DataFrame(rows()))
    kind = np.array([role(seen, level, place) for level, place in zip(told["level"], told["place"], strict=True)])
    assert told["effect"][(kind == "zone") | (kind == "outside")].sum() == change["city"] == told["effect"][kind == "county"].sum()


def test_a_zone_over_several_counties_stands_above_them_and_its_parks_in_theirs():
    order = list(in_order(view(), once(view(), pd.DataFrame(rows())))["place"])
    assert order == ["city", "wide", "c", "one", "core", "c_urban", "d", "two", "left", "right", "office", "d_urban"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_figure_of_places_draws_and_names_the_core_park_that_loses(lang):
    figure = draw("where", view(), lang, Choice(indicator="employment"))
    assert [row[1] for row in figure.table.rows].index("<core>") == 4
    told, drawn = figure.reading, figure.content.layout["yaxis"]["ticktext"]
    assert len(drawn) == 12 and any("core" in name for name in drawn) and not any("far_park" in name for name in drawn)
    assert "<core>" in told and "<office>" in told and told.count("<wide>") == 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_figure_of_zones_counts_a_whole_once_and_its_parts_by_themselves(lang):
    figure = draw("zones", view(), lang, Choice(indicator="employment"))
    wholes, parts = figure.reading.split("<two>")[0], figure.reading
    names = list(dict.fromkeys(row[0] for row in figure.table.rows))
    assert names == ["<wide>", "<core>", "<office>", "<one>", "<two>", "<left>", "<right>"]
    assert "<office>" not in wholes and "<office>" in parts and "<core>" in parts


def measure(label, covers, **more):
    return {"label": label, "covers": covers, **more}


EVERYWHERE = [one["id"] for one in PLACES]


def test_only_measures_of_a_part_of_the_region_that_do_something_are_counted():
    dates = (measure("all", EVERYWHERE), measure("idle", ["core"], acts=False), measure("a", ["core"], acts=True), measure("b", ["core", "far_park"]))
    seen = view(said=(dates, tuple({"path": f"policies.{one['label']}"} for one in dates)))
    assert covering(seen, seen.reforms[0]) == {"core": 2, "wide": 2, "far_park": 1, "office": 1}


def test_the_park_of_a_zone_that_loses_is_told_beside_the_worst_place_outside():
    dates = (measure("a", ["core", "far_park", "left", "right", "c_urban"]),)
    seen = view(said=(dates, ({"path": "policies.a"},)))
    said = lost_within(seen, seen.reforms[0], "en")
    assert "<core> (1)" in said and "-9 persons" in said and "<c_urban> (1)" in said and "<right>" not in said and "<wide>" not in said
    told = lost_within(seen, seen.reforms[0], "en", zone="wide")
    assert "<c_urban> (1), a fall can be told from zero there in employment" not in told and "there in gdp" in told, "its jobs were told of before"


def test_what_is_outside_a_zone_is_told_once():
    seen = view()
    said = changed_outside(seen, seen.reforms[0], "wide", "en")
    assert all(f"<{one}>" in said for one in ("one", "two", "c_urban", "d_urban"))
    assert not any(f"<{one}>" in said for one in ("core", "office", "left", "right", "wide"))
    inner = changed_outside(seen, seen.reforms[0], "office", "en")
    assert "<core>" in inner and "<wide>" not in inner and "<office>" not in inner, "the rest of its zone is outside a committee"
    assert looked_at(seen, seen.reforms[0], "wide", "en") == "", "few are looked at"
