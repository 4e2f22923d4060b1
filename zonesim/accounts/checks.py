"""Checks of every identity: recomputed from tables and ledger rows, not from what posting used."""

from __future__ import annotations

import math

import numpy as np

from zonesim import quarters
from zonesim.accounts.ledger import OUTSIDE, Ledger
from zonesim.accounts.sharing import NAMES
from zonesim.columns import Floats, Ints
from zonesim.errors import AccountsError
from zonesim.world import World
from zonesim.world.enterprises import Stage
from zonesim.world.flows import Heads, Jobs
from zonesim.world.places import LandStage, Use

TOLERANCE = 1e-12


class Checker:
    """Holds what the last quarter closed with, and checks the next against it.

    Args:
        world: the opening world.
    """

    def __init__(self, world: World) -> None:
        self.worst = 0.0
        self.quarters = 0
        self._remember(world)

    def _remember(self, world: World) -> None:
        self.balances = world.balances.copy()
        self.heads = self._heads(world)
        self.jobs = self._jobs(world)
        self.debt = self._debt(world)
        self.public = self._public_stocks(world)

    @staticmethod
    def _by_place(world: World, values: Floats) -> Ints:
        e = world.enterprises
        alive = e.live("stage") != Stage.GONE
        return np.bincount(e.live("place")[alive], weights=values[alive], minlength=world.n_places).astype(np.int64)

    def _heads(self, world: World) -> Ints:
        return self._by_place(world, world.enterprises.live("weight").astype(float))

    def _jobs(self, world: World) -> Ints:
        return self._by_place(world, world.enterprises.live("employment").astype(float))

    @staticmethod
    def _debt(world: World) -> float:
        return math.fsum(world.enterprises.live("debt"))

    def check(self, world: World, ledger: Ledger, names: list[str]) -> float:
        """Check every identity of the quarter that ends.

        Money to 1e-12 of turnover; land, enterprises and jobs exactly.

        Returns:
            The largest residual relative to turnover.

        Raises:
            AccountsError: naming account or place, and quarter.
        """
        when = quarters.label(world.quarter)
        rows = ledger.of_this_quarter()
        acc = world.accounts
        worst = 0.0
        order = np.argsort(rows["payer"], kind="stable")
        received = np.argsort(rows["payee"], kind="stable")
        out_amounts, out_who = rows["amount"][order], rows["payer"][order]
        in_amounts, in_who = rows["amount"][received], rows["payee"][received]
        outs = np.searchsorted(out_who, np.arange(acc.size + 1))
        ins = np.searchsorted(in_who, np.arange(acc.size + 1))
        for account in range(acc.size):
            out, got = out_amounts[outs[account] : outs[account + 1]], in_amounts[ins[account] : ins[account + 1]]
            turnover = max(1.0, math.fsum(out), math.fsum(got), abs(self.balances[account]))
            expected = math.fsum([self.balances[account], *got, *(-out)])
            gap = abs(expected - world.balances[account]) / turnover
            worst = max(worst, gap)
            if gap > TOLERANCE:
                raise AccountsError(
                    f"{when}: account {names[account]!r}: closes with {float(world.balances[account])!r}, opening and postings give {float(expected)!r}"
                )
            if account not in OUTSIDE and account < acc.enterprise0 and world.balances[account] < -1e-9 * turnover:
                raise AccountsError(f"{when}: account {names[account]!r} is overdrawn by {float(-world.balances[account])!r}")
            if account >= acc.enterprise0:
                left = abs(world.balances[account] - self.balances[account]) / turnover
                worst = max(worst, left)
                if left > TOLERANCE:
                    raise AccountsError(
                        f"{when}: enterprises of {names[account]!r}: {float(world.balances[account] - self.balances[account])!r} of {float(turnover)!r} is neither paid out nor received"
                    )
        worst = max(worst, self._taxes(world, ledger, rows, when, names), self._debts(world, ledger, rows, when), self._public(world, ledger, rows, when))
        self._land(world, when)
        self._people(world, when)
        self.worst = max(self.worst, worst)
        self.quarters += 1
        self._remember(world)
        return worst

    def _taxes(self, world: World, ledger: Ledger, rows: dict[str, np.ndarray], when: str, names: list[str]) -> float:
        """Taxes posted by the enterprises of a place equal the taxes in the table (those that closed paid before)."""
        kinds = {ledger.kind(name) for name in NAMES}
        is_tax = np.isin(rows["kind"], sorted(kinds)) & (rows["payer"] >= world.accounts.enterprise0)
        e = world.enterprises
        worst = 0.0
        tax, place = e.live("tax"), world.tax_place
        for p in range(world.n_places):
            posted = math.fsum(rows["amount"][is_tax & (rows["payer"] == world.accounts.enterprise0 + p)])
            assessed = math.fsum(tax[: len(place)][place == p])
            gap = abs(posted - assessed) / max(1.0, assessed)
            worst = max(worst, gap)
            if gap > TOLERANCE:
                raise AccountsError(f"{when}: taxes of {names[world.accounts.enterprise0 + p]!r}: posted {float(posted)!r}, assessed {float(assessed)!r}")
        return worst

    def _debts(self, world: World, ledger: Ledger, rows: dict[str, np.ndarray], when: str) -> float:
        """Banks' claims on enterprises change by loans, repayments and write-offs."""
        acc = world.accounts
        loan, back = ledger.kind("loan"), ledger.kind("repayment")
        lent = math.fsum(rows["amount"][(rows["kind"] == loan) & (rows["payee"] >= acc.enterprise0)])
        repaid = math.fsum(rows["amount"][(rows["kind"] == back) & (rows["payer"] >= acc.enterprise0)])
        expected = math.fsum([self.debt, lent, -repaid, -math.fsum(world.flows.written_off)])
        now = self._debt(world)
        gap = abs(now - expected) / max(1.0, now, lent)
        if gap > TOLERANCE:
            raise AccountsError(f"{when}: debts of enterprises: the table has {float(now)!r}, loans and repayments give {float(expected)!r}")
        return gap

    @staticmethod
    def _public_stocks(world: World) -> dict[str, float]:
        zones, n = world.zones, world.zones.n
        return {
            "loans of platform companies": math.fsum([*zones.platform_debt[:n], *zones.policy_loans[:n]]),
            "special bonds": math.fsum(zones.bonds[:n]),
            "claims of private partners": math.fsum(zones.partner_claims[:n]),
            "public equity": math.fsum([*world.enterprises.live("equity"), world.equity_lost]),
        }

    def _public(self, world: World, ledger: Ledger, rows: dict[str, np.ndarray], when: str) -> float:
        """Public debts and stakes change by what was lent or placed and what came back; lost stakes are kept count of."""
        acc, amount = world.accounts, rows["amount"]
        company = (acc.platform0, acc.platform0 + acc.zones)

        def sum_of(kind: str, side: str | None = None) -> float:
            mask = rows["kind"] == ledger.kind(kind)
            if side is not None:
                mask &= (rows[side] >= company[0]) & (rows[side] < company[1])
            return math.fsum(amount[mask])

        moves = {
            "loans of platform companies": (sum_of("loan", "payee"), sum_of("repayment", "payer")),
            "special bonds": (sum_of("special_bond"), sum_of("bond_repayment")),
            "claims of private partners": (sum_of("ppp_works"), sum_of("ppp_repayment")),
            "public equity": (sum_of("equity"), sum_of("equity_exit")),
        }
        worst, now = 0.0, self._public_stocks(world)
        for name, (more, less) in moves.items():
            expected = math.fsum([self.public[name], more, -less])
            gap = abs(now[name] - expected) / max(1.0, now[name], more, less)
            worst = max(worst, gap)
            if gap > TOLERANCE:
                raise AccountsError(f"{when}: {name}: {float(now[name])!r} outstanding, what was lent and paid back gives {float(expected)!r}")
        return worst

    def _land(self, world: World, when: str) -> None:
        places, n, e = world.places, world.n_places, world.enterprises
        for p in range(n):
            if int(places.land[p].sum()) != int(places.planned[p]) or (places.land[p] < 0).any():
                raise AccountsError(
                    f"{when}: land of {world.place_names[p].id!r}: stages and uses add up to {int(places.land[p].sum())} m2 of {int(places.planned[p])} planned"
                )
        use = world.industries.use_code[e.live("industry")]
        stage, land, place = e.live("stage"), e.live("land").astype(float), e.live("place").astype(np.int64)
        built = stage >= Stage.OPERATING
        waiting = (stage == Stage.APPLYING) | (stage == Stage.BUILDING)
        size = n * len(Use)
        held = np.bincount((place * len(Use) + use)[built], weights=land[built], minlength=size).reshape(n, -1)
        granted = np.bincount((place * len(Use) + use)[waiting], weights=land[waiting], minlength=size)
        to = e.live("destination").astype(np.int64)
        moving = to >= 0
        granted += np.bincount((to * len(Use) + use)[moving], weights=e.live("land_next")[moving].astype(float), minlength=size)
        granted = granted.reshape(n, -1)
        if not np.array_equal(granted, places.land[:n, LandStage.GRANTED]):
            p = int(np.argwhere(granted != places.land[:n, LandStage.GRANTED])[0][0])
            raise AccountsError(f"{when}: land of {world.place_names[p].id!r}: granted land of the account and of the enterprises differ")
        for kind in (Use.INDUSTRIAL, Use.PRODUCER_SERVICE):
            if not np.array_equal(held[:, kind], places.land[:n, LandStage.BUILT, kind]):
                p = int(np.argwhere(held[:, kind] != places.land[:n, LandStage.BUILT, kind])[0][0])
                raise AccountsError(f"{when}: land of {world.place_names[p].id!r}: built {kind.name.lower()} land of the account and of the enterprises differ")
        let = np.bincount(place, weights=e.live("floor").astype(float), minlength=n)
        if not np.array_equal(let, places.factory_let[:n]):
            p = int(np.argwhere(let != places.factory_let[:n])[0][0])
            raise AccountsError(f"{when}: factory floor of {world.place_names[p].id!r}: {let[p]} m2 rented by enterprises, {places.factory_let[p]} let")

    def _people(self, world: World, when: str) -> None:
        flows = world.flows
        heads, jobs = self._heads(world), self._jobs(world)
        h, g = flows.heads, flows.jobs
        expected = self.heads + h[:, [Heads.BORN, Heads.ATTRACTED, Heads.TRANSFERRED, Heads.MAJOR, Heads.MOVED_IN]].sum(axis=1)
        expected = expected - h[:, Heads.MOVED_OUT] - h[:, Heads.EXITED]
        if not np.array_equal(heads, expected):
            p = int(np.argwhere(heads != expected)[0][0])
            raise AccountsError(f"{when}: enterprises of {world.place_names[p].id!r}: {heads[p]} there, components give {expected[p]}")
        expected = self.jobs + g[:, [Jobs.NEW, Jobs.FROM_OUTSIDE, Jobs.MOVED_IN, Jobs.EXPANDED]].sum(axis=1)
        expected = expected - g[:, [Jobs.CONTRACTED, Jobs.EXITED, Jobs.MOVED_OUT]].sum(axis=1)
        if not np.array_equal(jobs, expected):
            p = int(np.argwhere(jobs != expected)[0][0])
            raise AccountsError(f"{when}: jobs of {world.place_names[p].id!r}: {jobs[p]} there, components give {expected[p]}")
        if not (np.array_equal(flows.moves.sum(axis=1), g[:, Jobs.MOVED_OUT]) and np.array_equal(flows.moves.sum(axis=0), g[:, Jobs.MOVED_IN])):
            raise AccountsError(f"{when}: persons of enterprises that moved differ from those that left a place and that came to one")
        employed = np.zeros(world.counties.n, dtype=np.int64)
        np.add.at(employed, world.places.county[: world.n_places], jobs)
        force = world.counties.labour_force[: world.counties.n]
        if (employed > force).any():
            c = int(np.argmax(employed - force))
            raise AccountsError(f"{when}: county {world.county_names[c].id!r}: {employed[c]} employed of a labour force of {force[c]}")
