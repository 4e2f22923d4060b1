"""Same seed, same chance: the consequences of counter-based draws, on the real scenario."""

import numpy as np
import pytest

from zonesim.model import ZoneModel, simulate
from zonesim.policies.instrument import build_instrument
from zonesim.scenario.schema import Scenario, site_info
from zonesim.world import load_world, save_world
from zonesim.world.enterprises import Origin


def with_policy(baseline, **policies):
    """The baseline with instruments added."""
    site = site_info(baseline.region)
    built = []
    for label, raw in policies.items():
        one, problems = build_instrument(label, raw, site)
        assert not problems, problems
        built.append(one)
    return Scenario(baseline.document, baseline.resolved, tuple(built))


def run(scenario, world, quarters):
    model = ZoneModel(scenario, 1, world=load_world(world))
    for _ in range(quarters):
        model.step()
    return model


def same_tables(a, b, rows=slice(None)):
    return [
        name
        for name, values in a.world.enterprises.arrays().items()
        if not np.array_equal(values[rows], b.world.enterprises.arrays()[name][rows], equal_nan=True)
    ]


def test_same_seed_same_bytes(baseline, opening):
    first, second = run(baseline, opening, 6), run(baseline, opening, 6)
    assert not same_tables(first, second)
    assert np.array_equal(first.observer.cube, second.observer.cube)
    other = simulate(with_policy(baseline), 2)
    assert not np.array_equal(other.series.value[:50], simulate(with_policy(baseline), 1).series.value[:50])


def test_a_null_policy_differs_by_exactly_nothing(baseline, opening):
    null = with_policy(
        baseline,
        a={"instrument": "equipment_subsidy", "clause": "004§3.10.5", "equipment_subsidy_rate": {"value": 0, "assumption": "t"}},
        b={"instrument": "siting_mandate", "clause": "004§3.10.5", "in_zone_siting_mandate_share": 0.0},
        c={"instrument": "tax_increment_return", "clause": "004§3.10.5", "tax_increment_return_share": 0.0},
        d={"instrument": "rent_reduction", "clause": "004§3.10.5", "rent_reduction_rate": {"value": 0, "assumption": "t"}},
        e={"instrument": "enclave", "clause": "004§3.10.5", "enclave_enabled": False, "enclave_tax_provider_share": {"value": 0.5, "assumption": "t"},
           "enclave_indicator_provider_share": {"value": 0.5, "assumption": "t"}, "enclave_cost_share": {"value": 0.5, "assumption": "t"}},
    )  # fmt: skip
    a, b = run(baseline, opening, 8), run(null, opening, 8)
    assert not same_tables(a, b)
    assert np.array_equal(a.world.balances, b.world.balances)


def test_two_scenarios_are_identical_until_they_differ(baseline, plan, opening):
    until = 4  # the first clause of the plan begins in 2015Q1
    a, b = run(baseline, opening, until), run(plan, opening, until)
    assert not same_tables(a, b)
    assert np.array_equal(a.observer.cube[:until], b.observer.cube[:until])
    for _ in range(4):
        a.step()
        b.step()
    assert not np.array_equal(a.observer.cube[:8], b.observer.cube[:8])


def test_a_policy_leaves_what_nothing_connects_untouched(baseline, opening):
    policy = {"instrument": "equipment_subsidy", "clause": "004§3.10.5", "places": ["honggu_park"], "equipment_subsidy_rate": {"value": 0.3, "assumption": "t"}}
    a, b = run(baseline, opening, 1), run(with_policy(baseline, p=policy), opening, 1)
    park = a.world.place_index("honggu_park")
    county = a.world.places.county[park]
    elsewhere = a.world.places.county[a.world.enterprises.live("place")] != county
    # (who moved out of the park this quarter has had its subsidy and is connected)
    sitting = elsewhere & (a.world.enterprises.live("arrived") < a.world.start) & (a.world.enterprises.live("stage") == 3)
    rows = np.flatnonzero(sitting)
    assert len(rows) > 5000
    assert not same_tables(a, b, rows)
    changed = np.flatnonzero(a.world.enterprises.live("place") == park)
    assert "capital" in same_tables(a, b, changed)


def test_newcomers_exist_identically_in_both_worlds(baseline, plan, opening):
    a, b = run(baseline, opening, 10), run(plan, opening, 10)
    ids, i, j = np.intersect1d(a.world.enterprises.live("id"), b.world.enterprises.live("id"), return_indices=True)
    new = ids >= np.uint64(baseline.start + 5) << np.uint64(40)
    assert new.sum() > 200
    found = a.world.enterprises.live("origin")[i] == Origin.ATTRACTED  # the plan's channels of promotion find projects of another sincerity
    assert (new & ~found).sum() > 100
    for name in ("industry", "weight", "founded", "sincerity", "emission_intensity"):
        which = new & ~found if name == "sincerity" else new
        assert np.array_equal(a.world.enterprises.live(name)[i][which], b.world.enterprises.live(name)[j][which]), name


def test_a_world_saved_and_reloaded_goes_on_bit_for_bit(baseline, opening, tmp_path):
    whole = run(baseline, opening, 9)
    part = run(baseline, opening, 5)
    save_world(part.world, tmp_path / "w.npz")
    again = ZoneModel(baseline, 1, world=load_world(tmp_path / "w.npz"))
    for _ in range(4):
        again.step()
    assert not same_tables(whole, again)
    assert np.array_equal(whole.world.balances, again.world.balances)


def test_the_accounts_hold_in_every_quarter(plan):
    result = simulate(plan, 3, check=True)
    assert result.checked == plan.n_quarters
    assert result.worst_residual < 1e-12


def test_adding_a_replication_changes_no_other():
    from tests.conftest import LANZHOU
    from zonesim.experiments.compare import indicator_table, run_all
    from zonesim.scenario import load_scenario

    short = load_scenario(LANZHOU / "baseline.yaml", ["horizon.end=2015Q4", "founding.scale=20"])
    two, three = (indicator_table(run_all([short], n, 5, workers=1)) for n in (2, 3))
    assert np.array_equal(two["value"].to_numpy(), three[three["replication"] < 2]["value"].to_numpy())


@pytest.mark.slow
def test_processes_do_not_change_the_bytes(baseline, plan):
    from zonesim.experiments.study import study
    from zonesim.results import digest

    assert digest(study([baseline, plan], 3, 1, workers=1)) == digest(study([baseline, plan], 3, 1, workers=2))
