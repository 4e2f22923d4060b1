"""The approval pipeline: stages between admission and the first day of building, and what levers do to each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from zonesim.behaviour.approval_parameters import ApprovalParameters
from zonesim.columns import Floats
from zonesim.compiled import rule
from zonesim.terms import Terms
from zonesim.world import World
from zonesim.world.places import USUAL_EFFORT, Effort

COUNTY, CITY, PROVINCE = 0, 1, 2
LAND, NO_LAND, KEY_LAND, KEY_NO_LAND = 0, 1, 2, 3  #: kinds of project; key projects are the major ones, and those large enough for terms of their own


@dataclass(frozen=True)
class Step:
    """One stage of the pipeline: days of the usual 180 with land, and of the usual 63 without; the level that decides; its group.

    Stages follow each other unless a lever lets those of the group "assessment" run at once.
    """

    id: str
    zh: str
    en: str
    land: float
    no_land: float
    level: int
    group: str


# The split of the usual time. Source: assumption, from the order of the procedure before 2019 (国办发〔2018〕33号 names the stages and a total of
# 200 working days and more before, 120 after); the total is approval.base_days.
STEPS = (
    Step("registration", "工商税务代码登记", "registration: licence, tax, organisation code", 9, 9, COUNTY, "registration"),
    Step("filing", "立项审批核准备案", "approval, verification or filing of the project", 15, 12, CITY, "permit"),
    Step("land_pre_review", "用地预审与选址", "land pre-review and siting opinion", 15, 0, CITY, "land"),
    Step("land_grant", "农转用报批与供地", "conversion of farmland, grant, land certificate", 30, 0, PROVINCE, "land"),
    Step("planning", "规划许可", "planning permits", 6, 0, CITY, "permit"),
    Step("plan_conflict", "规划衔接与调整", "conflicts between plans, and their amendment", 9, 0, CITY, "plan"),
    Step("eia", "环境影响评价", "environmental impact assessment", 18, 9, CITY, "assessment"),
    Step("energy", "节能审查", "energy review", 6, 3, CITY, "assessment"),
    Step("water", "水资源论证", "water review", 6, 2, CITY, "assessment"),
    Step("safety", "安全评价", "safety assessment", 6, 4, CITY, "assessment"),
    Step("regional", "地勘压矿水保文物洪水地震气候", "survey, minerals, soil, relics, flood, earthquake, climate", 15, 0, COUNTY, "assessment"),
    Step("public_items", "防水防雷防震安全气象", "the five items of a public kind", 6, 2, COUNTY, "assessment"),
    Step("construction", "施工图审查与施工许可", "review of drawings, construction permit", 15, 6, COUNTY, "permit"),
    Step("pre_review", "逐级转报预审", "pre-reviews at the desks that pass a file on", 9, 5, CITY, "chain"),
    Step("forwarding", "逐级转报", "waiting between the levels that pass a file on", 6, 4, CITY, "chain"),
    Step("handover", "窗口往返", "travel and hand-over between counters", 9, 7, COUNTY, "handover"),
)
INDEX = {step.id: k for k, step in enumerate(STEPS)}
# what standard land settles before the grant, and what a commitment moves behind the building (the EIA comes first by law)
BEFORE_GRANT = ("planning", "plan_conflict", "eia", "energy", "water", "safety", "regional", "public_items", "construction")
ON_COMMITMENT = ("planning", "energy", "water", "safety", "regional", "public_items", "construction")
MERGED = ("eia", "energy", "water", "safety")

MERGED_CERTIFICATES = 2.0 / 3.0
"""Days of registration saved when three certificates are one (三证合一, 国办发〔2015〕50号)."""


@rule
def parallel_days(total: Any, longest: Any, degree: Any) -> Any:
    """Return the days of stages of which a degree (0 one after the other, 1 all at once) runs in parallel.

    longest + (1 - degree) (total - longest)

    >>> parallel_days(57.0, 18.0, 0.0), parallel_days(57.0, 18.0, 0.5), parallel_days(57.0, 18.0, 1.0)
    (57.0, 37.5, 18.0)
    """
    return longest + (1.0 - degree) * (total - longest)


@rule
def breaks_commitment(u: Any, sincerity: Any, suspect: Any, penalty: Any, temptation: Any, detection: Any, loss: Any) -> Any:
    """Tell whether a project breaks its commitment: when what it saves exceeds what it must expect to lose (Becker 1968).

    temptation u (1 - sincerity) (2 if unsafe or dirty) > detection (penalty + loss of a suspension), all shares of investment

    >>> breaks_commitment(0.9, 0.5, False, 0.0, 0.5, 0.8, 0.08), breaks_commitment(0.9, 0.5, False, 0.5, 0.5, 0.8, 0.08)
    (True, False)
    """
    return temptation * u * (1.0 - sincerity) * (2.0 if suspect else 1.0) > detection * (penalty + loss)


@dataclass(frozen=True, eq=False)
class Procedure:
    """The procedure of one quarter. ``[kind, place, industry]`` or ``[place, industry]``."""

    days: Floats  #: days from admission to building, before reviews, filing and waiting
    felt: Floats  #: the same as applicants weigh it: the usual time with land, less what their own kind is spared
    behind: Floats  #: days of verification after building
    work: Floats  #: work of a case for the committee, 1 usual
    fee: Floats  #: fee for shared assessments, share of investment
    spared: Floats  #: own cost of assessments that a project is spared, share of investment


def pipeline(terms: Terms, p: ApprovalParameters, assessed: bool) -> Procedure:
    """Return the procedure relative to the usual days with land: what levers leave of each stage, added up by kind of project.

    A stage of level l that is delegated takes (1 - saves d_l) of its days and adds work to the committee. Links between levels (pre-review,
    forwarding) vanish with the stages that are decided in the zone, and with their own levers.

    Args:
        terms: of the quarter.
        p: what each change saves.
        assessed: whether the regional assessments are valid.
    """
    t = terms
    delegated = [t["delegated_county"], t["delegated_city"], t["delegated_province"]]
    stays = [np.ones_like(t["one_stop"]) for _ in STEPS]

    def cut(name: str, share: Any) -> None:
        stays[INDEX[name]] = stays[INDEX[name]] * (1.0 - share)

    decided = [step for step in STEPS if step.group not in ("chain", "handover")]
    for step in decided:
        cut(step.id, p.delegated_saves * delegated[step.level])
    links = np.array([sum(step.level == level for step in decided) * level for level in (COUNTY, CITY, PROVINCE)], dtype=float)
    in_zone = (links[CITY] * delegated[CITY] + links[PROVINCE] * delegated[PROVINCE]) / links.sum()
    cut("registration", t["registration_merged"] * MERGED_CERTIFICATES)
    cut("land_pre_review", t["land_pre_review_removed"])
    for name in ("land_pre_review", "land_grant"):
        cut(name, t["land_fast_track"])
        cut(name, np.minimum(1.0, p.ringfence_saves * t["ringfence"])[:, None])
    stays[INDEX["plan_conflict"]] = stays[INDEX["plan_conflict"]] * (t["plan_levels"] / 2.0)[:, None]
    cut("plan_conflict", p.plan_merge_saves * t["one_plan"])
    cut("eia", (1.0 - p.filing_ratio) * t["eia_filing"])
    if assessed:
        cut("regional", t["regional_assessment"])
    cut("public_items", t["bundled_items"])
    for name in BEFORE_GRANT:
        cut(name, p.standard_saves * t["standard_land"])
    for name, term in (("pre_review", "pre_review_removed"), ("forwarding", "direct_submission")):
        cut(name, in_zone)
        cut(name, t[term])
    for saves, term in ((p.online_saves, "online_share"), (p.one_stop_saves, "one_stop"), (p.steward_saves, "steward")):
        cut("handover", saves * t[term])
    left, behind = [], []
    for key in (False, True):
        for usual in (np.array([step.land for step in STEPS]), np.array([step.no_land for step in STEPS])):
            moved = np.zeros_like(stays[0])
            days = {step.id: usual[k] * stays[k] for k, step in enumerate(STEPS)}
            for name in ON_COMMITMENT:
                part = days[name] * (p.commitment_moves * t["commitment"])
                days[name] = days[name] - part
                moved = moved + part
            before = _add_up(days, t, p, key)
            left.append(before / usual.sum())
            behind.append(moved / usual.sum())
    scale = np.array([1.0, p.no_land_days, 1.0, p.no_land_days])[:, None, None]
    share = sum(step.land * delegated[step.level] for step in decided) / sum(step.land for step in decided)
    shared = (t["regional_assessment"] if assessed else np.zeros_like(t["regional_assessment"])) * p.assessment_cost
    remains = np.stack(left)
    return Procedure(
        days=scale * remains,
        felt=np.where(scale == 1.0, remains, 1.0 - scale * (1.0 - remains)),
        behind=scale * np.stack(behind),
        work=1.0 + p.delegated_work * share + p.steward_work * t["steward"],
        fee=shared * t["assessment_fee"][:, None],
        spared=shared,
    )


def _add_up(days: dict[str, Any], t: Terms, p: ApprovalParameters, key: bool) -> Floats:
    """Add up the stages: assessments in part at once behind one counter; of key projects four may be one report, and run beside the land stages."""
    group = {name: [days[step.id] for step in STEPS if step.group == name] for name in {step.group: None for step in STEPS}}
    parts = {step.id: days[step.id] for step in STEPS if step.group == "assessment"}
    if key:
        one_report = (1.0 - p.merged_saves) * np.maximum.reduce([parts[name] for name in MERGED])
        for k, name in enumerate(MERGED):
            parts[name] = np.where(t["merged_assessment"] > 0, one_report if k == 0 else 0.0, parts[name])
    total, longest = sum(parts.values()), np.maximum.reduce(list(parts.values()))
    assessments = parallel_days(total, longest, p.one_stop_parallel * t["one_stop"])
    land = sum(group["land"])
    if key:
        degree = p.early_parallel * t["early_intervention"]
        assessments = parallel_days(assessments, longest, degree)
        beside = parallel_days(assessments + land, np.maximum(assessments, land), degree)
    else:
        beside = assessments + land
    rest = [part for name in ("registration", "permit", "plan", "chain", "handover") for part in group[name]]
    return np.asarray(beside + sum(rest))


def regions(terms: Terms) -> bool:
    """Tell whether regional assessments are asked for anywhere."""
    return bool(terms["regional_assessment"].any())


def procedure(world: World, terms: Terms, parameters: ApprovalParameters) -> Procedure:
    """Return the procedure of the quarter: what the terms leave of it, times the usual days at the committee's effort for service.

    usual days = base (service effort / 0.2)^(-e) f, f of the zone's form of governance and the coordination of departments; regional assessments count where they are valid.
    """
    places, n = world.places, world.n_places
    valid = (places.assessed_until[:n] >= world.quarter).tobytes() if terms.once(regions) else b""
    return terms.once(_procedure, parameters, world.zones.effort.tobytes(), places.zone[:n].tobytes(), valid)


def _procedure(terms: Terms, parameters: ApprovalParameters, effort_bytes: bytes, zone_bytes: bytes, valid_bytes: bytes) -> Procedure:
    """Return the procedure for the effort of committees, their places, and places with valid assessments, all as bytes: it is made once while they stay."""
    zone = np.frombuffer(zone_bytes, dtype=np.int16)
    effort = np.where(zone >= 0, np.frombuffer(effort_bytes).reshape(-1, len(Effort))[zone, Effort.SERVICE], USUAL_EFFORT)  # -1 reads a row that is not used
    usual = (
        parameters.base_days * (np.maximum(effort, parameters.least_effort * USUAL_EFFORT) / USUAL_EFFORT) ** (-parameters.service) * terms["days_factor"]
    )[:, None]
    relative = terms.once(_where_valid, parameters, valid_bytes)
    return Procedure(usual * relative.days, usual * relative.felt, usual * relative.behind, relative.work, relative.fee, relative.spared)


def _where_valid(terms: Terms, parameters: ApprovalParameters, valid_bytes: bytes) -> Procedure:
    """Return the procedure relative to the usual days: with regional assessments where they are valid."""
    plain = terms.once(pipeline, parameters, False)
    if not valid_bytes:
        return plain
    shared, valid = terms.once(pipeline, parameters, True), np.frombuffer(valid_bytes, dtype=bool)[:, None]
    return Procedure(*(np.where(valid, getattr(shared, name), getattr(plain, name)) for name in ("days", "felt", "behind", "work", "fee", "spared")))
