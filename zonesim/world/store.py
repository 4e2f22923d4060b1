"""A world as a file, and back bit for bit."""

from __future__ import annotations

import dataclasses
import json
import os
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from zonesim.errors import InputError
from zonesim.world.enterprises import Enterprises
from zonesim.world.flows import Flows
from zonesim.world.industries import load_industries
from zonesim.world.places import Contracts, Counties, Places
from zonesim.world.world import AccountIndex, Economy, Name, World
from zonesim.world.zones import Zones

FORMAT = 6  #: of saved worlds: those of another one are refused
TABLES = {"enterprises": Enterprises, "places": Places, "zones": Zones, "counties": Counties, "contracts": Contracts}
NAMES = ("place_names", "zone_names", "county_names", "partner_names")


def save_world(world: World, path: str | Path) -> None:
    """Write a world as one ``.npz`` (arrays, and a JSON text for the rest; no pickles), aside and renamed."""
    path = Path(path)
    arrays: dict[str, Any] = {"balances": world.balances, "distance": world.distance, "land_demand": world.land_demand}
    arrays |= {"living_opening": world.living_opening, "service_dip": world.service_dip, "evaluation_reference": world.evaluation_reference}
    if world.tax_place is not None:
        arrays["tax_place"] = world.tax_place
    for table in TABLES:
        arrays |= {f"{table}.{name}": values for name, values in getattr(world, table).arrays().items()}
    rest: dict[str, Any] = {
        "format": FORMAT, "seed": str(world.seed), "start": world.start, "quarter": world.quarter, "founding": world.founding,
        "region": dataclasses.astuple(world.region), "accounts": dataclasses.astuple(world.accounts), "economy": {}, "quotas": {},
        "land_factor": world.industries.land_factor.hex(),
        "fund_called": world.fund_called.hex(), "equity_lost": world.equity_lost.hex(),
    }  # fmt: skip
    for field in dataclasses.fields(Economy):
        value = getattr(world.economy, field.name)
        if isinstance(value, np.ndarray):
            arrays[f"economy.{field.name}"] = value
        else:
            rest["economy"][field.name] = float(value).hex()
    for name, value in world.year_sums.items():
        arrays[f"year_sums.{name}"] = value
    for name, value in world.quotas.items():
        if isinstance(value, np.ndarray):
            arrays[f"quotas.{name}"] = value
        else:
            rest["quotas"][name] = value
    for name in NAMES:
        rest[name] = [dataclasses.astuple(one) for one in getattr(world, name)]
    arrays["rest"] = np.array(json.dumps(rest, ensure_ascii=False, sort_keys=True))
    aside = path.with_name(f".{path.name}.{os.getpid()}.npz")
    try:
        np.savez_compressed(aside, **arrays)
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)


def load_world(path: str | Path) -> World:
    """Read a world that :func:`save_world` wrote.

    Raises:
        InputError: not such a file.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        rest = json.loads(str(arrays.pop("rest")))
    except OSError as error:
        raise InputError(f"{path}: not a saved world ({error.strerror or error})") from None
    except (EOFError, ValueError, KeyError, zipfile.BadZipFile):  # what they say is of archives and pickles, and how to trust one
        raise InputError(f"{path}: not a saved world") from None
    if rest.get("format") != FORMAT:
        raise InputError(f"{path}: format {rest.get('format')!r} of saved worlds; this version reads {FORMAT}")
    tables: dict[str, Any] = {}
    for table, kind in TABLES.items():
        columns = {name: arrays[f"{table}.{name}"] for name in kind.columns}
        tables[table] = kind.from_arrays(columns)
    fields: dict[str, Any] = {
        field.name: arrays[f"economy.{field.name}"] if f"economy.{field.name}" in arrays else float.fromhex(rest["economy"][field.name])
        for field in dataclasses.fields(Economy)
    }
    economy = Economy(**fields)
    names: dict[str, Any] = {name: tuple(Name(*one) for one in rest[name]) for name in NAMES}
    industries = load_industries().with_land(float.fromhex(rest["land_factor"]))
    accounts = AccountIndex(*rest["accounts"])
    quotas = {name[7:]: arrays[name] for name in arrays if name.startswith("quotas.")} | rest["quotas"]
    return World(
        seed=int(rest["seed"]), start=rest["start"], quarter=rest["quarter"], industries=industries,
        **names, region=Name(*rest["region"]), **tables, economy=economy,
        accounts=accounts, balances=arrays["balances"], flows=Flows(tables["places"].n, len(industries.ids)), distance=arrays["distance"],
        quotas=quotas, year_sums={name[10:]: arrays[name] for name in arrays if name.startswith("year_sums.")},
        land_demand=arrays["land_demand"], living_opening=arrays["living_opening"], service_dip=arrays["service_dip"],
        evaluation_reference=arrays["evaluation_reference"],
        tax_place=arrays.get("tax_place"), founding=rest["founding"],
        fund_called=float.fromhex(rest["fund_called"]), equity_lost=float.fromhex(rest["equity_lost"]),
    )  # fmt: skip
