"""Commands that solve the games between zones: competition, enclave-range."""

from __future__ import annotations

import json
from pathlib import Path

import click

from zonesim.commands.options import File, Number, load, seed_option, setting
from zonesim.commands.progress import compile_first

replications_option = click.option("--replications", "-n", type=click.IntRange(1, 10_000), default=None, help="Runs with different seeds.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.command()
@click.argument("scenario", type=File)
@click.option(
    "--year",
    type=int,
    default=None,
    help="Year of the newcomers (default: nearest to the third in which one cap above zero holds all year, one with clauses in force if there is any).",
)
@click.option("--worth", type=Number(0, 1), default=0.02, show_default=True, help="Worth of value added to a committee beyond tax, a share of it.")
@click.option("--cap", type=Number(0, 0.9), default=None, help="Largest refund (default: what the terms allow).")
@replications_option
@seed_option
@setting
@json_option
def competition(
    scenario: Path, year: int | None, worth: float, cap: float | None, replications: int | None, seed: int, overrides: tuple[str, ...], as_json: bool
) -> None:
    """Solve the bids of the zones of a SCENARIO: alone against each other, together, and what agreeing gains."""
    loaded = load(scenario, overrides)
    compile_first()
    from zonesim.experiments.bidding import bids
    from zonesim.experiments.competition import solve
    from zonesim.report.interactions import competition_rows, competition_text

    game = bids(loaded, year=year, replications=replications or 2, seed=seed, worth=worth, cap=cap)
    solved = solve(game.game)
    each = [solve(one) for one in game.each]
    if as_json:
        rows = {
            "scenario": loaded.id, "year": game.year, "zones": competition_rows(game, solved), "gain": solved.gain, "unit": "10k CNY/yr of arrivals",
            "gain_by_run": [one.gain for one in each], "in_force": game.in_force, "first_year_in_force": game.first_in_force,
            "legal_caps_by_quarter": list(game.legal_caps), "regret": solved.regret, "unique": solved.unique, "worth": worth, "newcomers": game.projects, "replications": game.replications,
        }  # fmt: skip
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    click.echo(competition_text(game, solved, loaded.region, each))


@click.command("enclave-range")
@click.argument("scenario", type=File)
@click.option("--horizon", type=Number(1, 50), default=10.0, show_default=True, help="Years that count for origin and host.")
@click.option("--rate", type=Number(0, 0.5), default=0.05, show_default=True, help="Discount rate a year.")
@replications_option
@seed_option
@setting
@json_option
def enclave_range(scenario: Path, horizon: float, rate: float, replications: int | None, seed: int, overrides: tuple[str, ...], as_json: bool) -> None:
    """Find the tax shares of the enclave of a SCENARIO that leave origin and host no worse; enterprises go of their own will."""
    loaded = load(scenario, overrides)
    compile_first()
    from zonesim.experiments.enclave_range import find_range
    from zonesim.report.interactions import enclave_text

    found = find_range(loaded, replications=replications or 10, seed=seed, horizon=horizon, rate=rate)
    click.echo(json.dumps(found, ensure_ascii=False, indent=1) if as_json else enclave_text(found))
