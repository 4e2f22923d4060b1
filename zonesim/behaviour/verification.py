"""Verification after building (先建后验): projects that built on a commitment are accepted, or found to have broken it."""

from __future__ import annotations

from typing import Any

from zonesim import draws
from zonesim.behaviour.approval_parameters import ApprovalParameters
from zonesim.columns import Array, Floats
from zonesim.compiled import kernel
from zonesim.world import World
from zonesim.world.enterprises import Stage

OPERATING, SUSPENDED = int(Stage.OPERATING), int(Stage.SUSPENDED)


@kernel
def _verify(
    n: int, seed: Any, quarter: int, identity: Array, stage: Array, stage_ends: Array, place: Array, industry: Array, weight: Array, verification: Array,
    evades: Array, emission: Array, promised: Floats, agreed_fine: Array, detection: float, mending: float, mending_cost: float, shedding: float,
    verified: Floats, broken: Floats, fines: Floats, investment: Floats, dividends: Floats,
) -> None:  # fmt: skip
    for i in range(n):
        if verification[i] == 0 and not evades[i]:
            continue
        if stage[i] == SUSPENDED and verification[i] < 0 and quarter >= stage_ends[i]:
            stage[i] = OPERATING
            verification[i] = 0
            continue
        if stage[i] != OPERATING or verification[i] < 0:
            continue
        p, j = place[i], industry[i]
        verified[p] += weight[i]
        delay = verification[i]
        if evades[i]:
            evades[i] = False
            if draws.uniform(seed, draws.VERIFICATION, quarter, identity[i], 0) < detection:
                broken[p] += weight[i]
                fine, cost = agreed_fine[i] * promised[i], mending_cost * promised[i]
                fines[p] += fine
                investment[p, j] += cost
                dividends[p] -= fine + cost
                emission[i] /= 1.0 + shedding
                delay += int(mending)
        verification[i] = 0
        if delay > 0:
            stage[i] = SUSPENDED
            stage_ends[i] = quarter + delay
            verification[i] = -1


def verify(world: World, parameters: ApprovalParameters) -> None:
    """Accept the projects that opened this quarter and had built on a commitment.

    The days that the commitment moved behind the building are waited for now, in whole quarters: the enterprise has its people and produces
    nothing. A broken commitment is found with probability ``detection``: the penalty agreed at approval is due, what was saved is made good, emissions are
    what was committed to, and the enterprise stays shut ``mending`` quarters more. What is not found stays.

    Draws: VERIFICATION by identity.
    """
    e, f, p = world.enterprises, world.flows, parameters
    if not (e.live("verification").any() or e.live("evades").any()):
        return
    _verify(
        e.n, draws.seed_key(world.seed), world.quarter, e.id, e.stage, e.stage_ends, e.place, e.industry, e.weight, e.verification, e.evades,
        e.emission_intensity, e.promised_capital, e.agreed_fine, p.detection, p.mending, p.mending_cost, p.shedding,
        f.commitments_verified, f.commitments_broken, f.commitment_fines, f.investment, f.dividends,
    )  # fmt: skip
