"""A policy package: the instruments of a scenario over the law, and the terms that they make quarter by quarter."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from zonesim.columns import Floats
from zonesim.policies import law
from zonesim.policies.extension import extend_policies
from zonesim.policies.instrument import Instrument
from zonesim.policies.movers import PROMISED, Mover, causes_of, extend, moved_by, run_on
from zonesim.policies.site import SiteInfo
from zonesim.terms import Terms
from zonesim.terms.causes import Causes

LAW_CAUSES = {
    "idle_fee": "law:闲置土地处置办法", "standard_penalty": "law:contract", "equipment_subsidy": "law:budget",
    "relocation_subsidy": "law:budget", "idle_compensation": "law:闲置土地处置办法", "land_revenue": "law:budget",
    "treatment_fee": "law:水污染防治法", "treatment_works": "law:水污染防治法", "circular_support": "law:budget",
    "centre_support": "law:budget", "centre_award": "law:budget", "cultivation": "law:budget", "talent_subsidy": "law:budget",
    "incubator_works": "law:budget", "venture_capital": "law:budget",
    "enclave_share": "law:contract", "enclave_cost": "law:contract", "tax_return": "law:budget", "integration": "law:budget",
    "commitment_penalty": "law:contract", "assessment_fee": "law:contract", "regional_assessment": "law:budget", "bundled_items": "law:budget", "followup_eia": "law:budget",
    "county_transfer": "law:budget", "higher_grant": "law:budget", "interest_subsidy": "law:财建〔2014〕81号", "special_bond": "law:预算法 art.35",
    "policy_loan": "law:contract", "ppp_payment": "law:contract", "operator_fee": "law:contract", "commission": "law:contract",
    "works_programme": "law:budget", "factory_purchase": "law:contract", "fund_equity": "law:contract", "state_equity": "law:contract",
    "upgrade_subsidy": "law:budget",
    "factory_sale": "market", "per_mu_charge": "law:budget", "arable_offset": "law:土地管理法 art.30",
    "award": "law:budget", "zone_fund": "law:budget", "performance_pay": "law:budget", "social_affairs": "law:budget", "finder_reward": "law:budget",
    "promotion_budget": "law:budget", "promotion_fee": "law:budget", "chain_office": "law:budget", "bespoke_grant": "law:budget",
    "supplier_matching": "law:budget", "retained_tax": "law:budget",
}  # fmt: skip


@dataclass(frozen=True)
class State:
    """What the terms of a quarter depend on; equal states have equal terms."""

    law: tuple[float, ...]
    instruments: tuple[tuple[Any, ...], ...]  #: signature of each
    windows_over: tuple[bool, ...]  #: whether the last quarter of each window lies behind


class Package:
    """Terms of each quarter, made anew only when the law or an instrument changes, and then only in the columns that it edits.

    Args:
        instruments: in any order; the terms do not depend on it.
        site: places and industries.
        like: a package of the same site, of which this one is a variation: instruments that both have are the same objects. What both make alike is made once.
    """

    def __init__(self, instruments: Sequence[Instrument], site: SiteInfo, like: Package | None = None) -> None:
        self.instruments, self.site = tuple(instruments), site
        self.windows = tuple(one for one in self.instruments if one.bounds_package)
        self._order = sorted(range(len(self.instruments)), key=lambda i: not self.instruments[i].bounds_package)
        self._dates_of = tuple(frozenset(one.dates()) for one in self.instruments)
        self._dates = frozenset(quarter for dates in self._dates_of for quarter in dates)
        self._phased = tuple(one for one in self.instruments if one.has_phases)
        self._like = like
        self._neutral: Terms = like._neutral if like else Terms(len(site.place_ids), len(site.industries.ids), len(site.zone_ids))
        self._terms: dict[State, Terms] = {}
        self._law: dict[tuple[float, ...], Terms] = like._law if like else {}
        self._last_law: tuple[int, Terms] | None = None
        self._by_quarter: dict[int, Terms] = {}
        self._states: dict[int, State] = {}
        self._before_extension: dict[State, Terms] = {}  # terms before policies were extended to other committees
        self._last: State | None = None  # what was made last
        self._causes: dict[tuple[State, int], Causes] = {}
        changing = [one for one in self.instruments if one.bounds_package or not one.moves.keys().isdisjoint(PROMISED)]
        self._before_change = sorted(
            {quarter - 1 for one in changing for quarter in one.dates() if quarter > one.first_quarter}
        )  # when what is promised may change
        self._causes_by_quarter: dict[int, Causes] = {}
        self._moved: dict[
            tuple[Instrument, tuple[Any, ...]], tuple[list[Floats], dict[str, tuple[bytes, bytes]]]
        ] = {}  # by measure and signature: for which law, what

    def state_at(self, quarter: int) -> State:
        """Return what the terms of a quarter depend on; the same object as for the quarter before where no date lies between."""
        if quarter not in self._states:
            state, phases = self._state(quarter), self._phases(quarter)
            self._states[quarter] = state
            for later in range(quarter + 1, quarter + 12):  # looked ahead at once: asking every quarter costs more than a kernel
                if later in self._states or later in self._dates or state.law != law.signature(later) or phases != self._phases(later):
                    break
                self._states[later] = state
        return self._states[quarter]

    def _phases(self, quarter: int) -> tuple[int, ...]:
        return tuple(one.phase(quarter) if one.in_force(quarter) else -1 for one in self._phased)

    def _state(self, quarter: int) -> State:
        over = tuple(one.last_quarter is not None and quarter > one.last_quarter for one in self.windows)
        before = self._states.get(quarter - 1)
        if before is None:
            return State(law.signature(quarter), tuple(one.signature(quarter) for one in self.instruments), over)
        signatures = [  # an instrument without dates or phases is as it was: asking it costs more than a kernel
            one.signature(quarter) if one.has_phases or quarter in dates else known
            for one, dates, known in zip(self.instruments, self._dates_of, before.instruments, strict=True)
        ]
        return State(law.signature(quarter), tuple(signatures), over)

    def terms_at(self, quarter: int) -> Terms:
        """Return the terms of a quarter (the same object while nothing changes; not to be edited)."""
        if quarter not in self._by_quarter:
            state = self.state_at(quarter)
            if state is self._states.get(quarter - 1) and quarter - 1 in self._by_quarter:
                self._by_quarter[quarter] = self._by_quarter[quarter - 1]
            else:
                if state not in self._terms:
                    self._terms[state] = self._make(state, quarter)
                self._by_quarter[quarter] = self._terms[state]
        return self._by_quarter[quarter]

    def law_at(self, quarter: int) -> Terms:
        """Return the terms of a quarter before any instrument (the same object while the law is the same; not to be edited)."""
        same = law.signature(quarter)
        if same not in self._law:
            self._law[same] = law.law_terms(quarter, self.site, self._neutral, self._last_law)
            self._last_law = (quarter, self._law[same])
        return self._law[same]

    def _make(self, state: State, quarter: int) -> Terms:
        """Edit the terms of the law by the instruments: all of them, or those that edit a column in which this state may differ from a known one."""
        lawful = self.law_at(quarter)
        known = self._nearest(state, quarter)
        touched = None if known is None else known[1]
        terms = lawful.share() if known is None else known[0].renew(lawful, known[1])
        for i in self._order:
            one = self.instruments[i]
            if (touched is None or not touched.isdisjoint(one.edits)) and (one.bounds_package or self._is_open(one, quarter, terms)):
                one.change(terms, quarter, self.site)
        self._last, self._before_extension[state] = state, terms
        if terms["policy_extended"].any():
            terms = terms.copy()
            extend_policies(terms, self.site)
        return terms

    def _nearest(self, state: State, quarter: int) -> tuple[Terms, set[str]] | None:
        """Return the terms to begin with, and the columns in which they may differ: those made last, or of the package that this one is like."""
        known: list[tuple[Terms, set[str]]] = []
        candidates = [(self, self._last)] if self._last else []
        if self._like:
            candidates.append((self._like, self._like.made_at(quarter)))
        for package, other in candidates:
            if (touched := self._touched(state, package, other)) is not None:
                known.append((package._before_extension[other], touched))
        return min(known, key=lambda one: len(one[1])) if known else None

    def made_at(self, quarter: int) -> State:
        """Return what the terms of a quarter depend on; they are made by then."""
        self.terms_at(quarter)
        return self.state_at(quarter)

    def _touched(self, state: State, package: Package, other: State) -> set[str] | None:
        """Return the columns that may differ from another state, with all others that an instrument edits together with one of them; None: any column."""
        theirs = dict(zip(package.instruments, other.instruments, strict=True))
        mine = dict(zip(self.instruments, state.instruments, strict=True))
        changed = [one for one in {**theirs, **mine} if mine.get(one, ()) != theirs.get(one, ())]
        if state.windows_over != other.windows_over or any(one.bounds_package for one in changed):
            return None
        touched = self._law[state.law].differing(self._law[other.law]).union(*(one.edits for one in changed))
        size = -1
        while size != len(touched):
            size = len(touched)
            for one in self.instruments:
                if not touched.isdisjoint(one.edits):
                    touched.update(one.edits)
        return touched

    def _is_open(self, one: Instrument, quarter: int, terms: Terms) -> bool:
        """Tell whether the windows of the package let a measure act: none is over, and each has begun, or the measure dates itself before it."""
        if terms["package_closed"].any():
            return False
        for window in self.windows:
            if not window.in_force(quarter):
                is_over = window.last_quarter is not None and quarter > window.last_quarter
                if is_over or one.start.year == 1:
                    return False
        return True

    def acting(self, quarter: int) -> list[Instrument]:
        """Return the instruments that make the terms of a quarter what they are beyond the law."""
        terms = self.terms_at(quarter)
        return [one for one in self.instruments if one.in_force(quarter) and (one.bounds_package or self._is_open(one, quarter, terms))]

    def matters(self, one: Instrument, span: Iterable[int]) -> bool:
        """Tell whether a measure changes a term of the law in some quarter.

        What changes nothing alone changes nothing beside others: verbs of a column commute, and what is scaled begins at 1.
        """
        asked: set[tuple[Any, ...]] = set()
        for quarter in span:
            state = (law.signature(quarter), one.signature(quarter))
            if state not in asked:
                asked.add(state)
                lawful = self.law_at(quarter)
                terms = lawful.share()
                one.change(terms, quarter, self.site)
                if terms.differing(lawful):
                    return True
        return False

    def causes_at(self, quarter: int) -> Causes:
        """Return the clause, or the law, behind each kind of payment in a quarter, and where (the same object while nothing changes).

        A payment stands under the clauses that move it in its place: those of each measure that, over the law alone, moves there a term by which it
        moves this kind of payment (``Instrument.moves``); where none does, under the law. What a place is paid anyway is the law's, whatever holds
        elsewhere; two clauses that move it are named both, in the order of their names and not of the file. Terms of a committee hold in its parks,
        those of a park for its committee, those of the region everywhere; where the policies of a parent were extended to a park and move a term there, the parent's
        clauses do too. For the region as a whole the clauses stand that move the payment anywhere. What was promised is paid also when the clause has
        ended: beside such kinds (``PROMISED``) the clauses that moved them last stand where none does now.
        """
        if quarter not in self._causes_by_quarter:
            state, changes = self.state_at(quarter), bisect_left(self._before_change, quarter)
            if (state, changes) not in self._causes:
                causes = self._make_causes(quarter, state)
                if changes:
                    run_on(causes, self.causes_at(self._before_change[changes - 1]), LAW_CAUSES, self.site)
                self._causes[state, changes] = causes
            self._causes_by_quarter[quarter] = self._causes[state, changes]
        return self._causes_by_quarter[quarter]

    def _make_causes(self, quarter: int, state: State) -> Causes:
        terms = self.terms_at(quarter)
        movers: dict[str, list[Mover]] = {}
        for one, signature in zip(self.instruments, state.instruments, strict=True):
            if one.moves and one.in_force(quarter) and self._is_open(one, quarter, terms):
                for kind, moved in self._moved_by(one, signature, quarter).items():
                    movers.setdefault(kind, []).append(Mover(one.clause or one.label, one.moves[kind], *moved))
        if terms["policy_extended"].any():
            movers = extend(movers, self._before_extension[state], terms, self.site)
        return causes_of(movers, LAW_CAUSES)

    def _moved_by(self, one: Instrument, signature: tuple[Any, ...], quarter: int) -> dict[str, tuple[bytes, bytes]]:
        """Return what a measure moves; found anew when its signature or a term of the law that it edits is another, and by the package that this one is like for both."""
        if self._like and one in self._like.instruments:
            return self._like._moved_by(one, signature, quarter)
        lawful = self.law_at(quarter)
        columns = [lawful[name] for name in one.edits]
        known = self._moved.get((one, signature))
        if known is None or any(mine is not other for mine, other in zip(columns, known[0], strict=True)):
            known = self._moved[one, signature] = (columns, moved_by(one, lawful, quarter, self.site))
        return known[1]
