"""The other zones of the province and of the country: a modelled field against which a committee is ranked."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from zonesim import draws, quarters
from zonesim.columns import Floats
from zonesim.parameters import Parameters, parameter
from zonesim.world import World

NATIONAL = 3  #: level of a national zone
PROVINCIAL_FIELD, NATIONAL_FIELD = 0, 1 << 20  #: first identities of the other zones of province and country, the keys of their draws


class FieldParameters(Parameters, name="field"):
    """How many other zones there are, and how they score."""

    province_zones: int = parameter(
        66, low=5, high=200, unit="zones", doc="zones of the province, own ones included", source="catalogue of 2018: Gansu 66", zh="全省开发区数"
    )
    national_zones: int = parameter(
        219,
        low=50,
        high=300,
        unit="zones",
        doc="national zones of the country, own ones included",
        source="Ministry of Commerce 2017: 219",
        zh="国家级经开区数",
    )
    mean: float = parameter(70.0, low=50.0, high=85.0, unit="points", doc="mean score of the province's zones", source="assumption", zh="全省平均分")
    spread: float = parameter(
        9.0, low=3.0, high=15.0, unit="points", doc="spread of the scores", source="assumption: about 2 % of zones at 90 points", zh="得分离散度"
    )
    growth: float = parameter(0.4, low=-1.0, high=2.0, unit="points/yr", doc="the field becomes better", source="assumption", zh="整体进步")
    persistence: float = parameter(
        0.8,
        low=0.0,
        high=1.0,
        unit="share of variance",
        doc="of a zone's score that stays from year to year",
        source="assumption: rankings move slowly",
        zh="名次稳定性",
    )
    catching_up: float = parameter(
        0.5,
        low=0.0,
        high=1.0,
        unit="1/yr",
        doc="how fast other zones gain what the region's zones have gained",
        source="assumption: zones copy what works",
        zh="追赶速度",
    )
    lone_spread: float = parameter(
        0.4,
        low=0.1,
        high=1.5,
        unit="share of the mean",
        doc="spread of a criterion over the province's zones, where the region's own zones show none",
        source="assumption: per-mu figures of zones differ by a factor of 2 to 5 (MNR about 2020; Qinghai 2016)",
        zh="单区离散度",
    )
    most_lead: float = parameter(
        2.5,
        low=1.0,
        high=5.0,
        unit="sd",
        doc="lead or lag in a criterion that counts at most",
        source="assumption: evaluations cap a criterion's points",
        zh="单项得分封顶",
    )
    in_province: float = parameter(
        0.5,
        low=-2.0,
        high=2.0,
        unit="sd",
        doc="mean of the region's zones above the province's",
        source="Lanzhou ETDZ first of 4 in Gansu (2019)",
        zh="本市省内位置",
    )
    in_country: float = parameter(
        -0.6,
        low=-2.0,
        high=2.0,
        unit="sd",
        doc="mean of the region's zones above the country's",
        source="Lanzhou ETDZ 138th of 218 (2019), 176th before",
        zh="本市全国位置",
    )


@lru_cache(maxsize=64)
def field_scores(seed: int, year: int, first: int, number: int, mean: float, spread: float, persistence: float) -> Floats:
    """Return the scores of other zones in a year: mean + spread (sqrt(p) q_i + sqrt(1 - p) e_it), q lasting, e of the year.

    Draws: FIELD_QUALITY by zone, FIELD_YEAR by zone and year.
    """
    quality, luck = np.empty((2, number))
    draws.normal_rows(draws.seed_key(seed), draws.FIELD_QUALITY, 0, first, quality)
    draws.normal_rows(draws.seed_key(seed), draws.FIELD_YEAR, year, first, luck)
    scores: Floats = np.asarray(mean + spread * (np.sqrt(persistence) * quality + np.sqrt(1 - persistence) * luck))
    scores.flags.writeable = False
    return scores


def score_in_field(world: World, x: Floats, mean: Floats, spread: Floats, reported: Floats, parameters: FieldParameters) -> Floats:
    """Score each committee among the zones of the province, and rank it in the region, in the province and among the country's national zones.

    points = mean + spread (offset + sum of w_k u_k / sqrt(sum of w_k^2)), u_k = (x_k - m_k) / s_k in +-``most_lead``. m and s are what the others are believed to
    reach: the region's mean and spread in the first evaluation that used the criterion (where it has no spread of its own, as with one zone,
    ``lone_spread`` of the mean), moving yearly by ``catching_up`` of the way to the region's of the year. So a zone rises by being better than its
    neighbours and by a region that gets ahead for a while, and falls behind a field that gets better by ``growth`` points a year. The points are
    the score that is published, that ranks, and that meets lines.

    Args:
        world: score and ranks of its committees are written (1 is best; merged ones have neither).
        x: criteria by committee.
        mean, spread: over the region's committees that are not merged.
        reported: what reporting adds to u, by committee and criterion.
        parameters: of the field.

    Returns:
        u with what reporting adds, by committee and criterion.
    """
    zones, n, k = world.zones, world.zones.n, x.shape[1]
    reference = world.evaluation_reference
    spread = np.where(spread > 1e-12, spread, parameters.lone_spread * np.abs(mean))
    new = np.flatnonzero((reference[1, :k] == 0.0) & (spread > 1e-12))
    reference[0, new], reference[1, new] = mean[new], spread[new]
    known = reference[1, :k] > 0
    reference[0, :k][known] += parameters.catching_up * (mean - reference[0, :k])[known]
    reference[1, :k][known] += parameters.catching_up * (spread - reference[1, :k])[known]
    known = reference[1, :k] > 1e-12
    u = np.zeros_like(x)
    u[:, known] = np.clip((x[:, known] - reference[0, :k][known]) / reference[1, :k][known], -parameters.most_lead, parameters.most_lead)
    w, u = zones.weights[:n, :k], u + reported
    merit = (w * u).sum(axis=1) / np.sqrt(np.maximum((w * w).sum(axis=1), 1e-12))
    active = ~zones.merged[:n].astype(bool)
    year = quarters.year(world.quarter)
    level = parameters.mean + parameters.growth * (world.quarter - world.start) / 4
    points = np.where(active, np.clip(parameters.mean + parameters.spread * (parameters.in_province + merit), 0.0, 100.0), 0.0)
    zones.score[:n] = points
    order = np.lexsort((np.arange(n), -points))
    zones.rank[order] = np.arange(1, n + 1)
    others = max(0, parameters.province_zones - int(active.sum()))
    field = field_scores(world.seed, year, PROVINCIAL_FIELD, others, level, parameters.spread, parameters.persistence)
    zones.province_rank[:n] = np.where(active, _rank(points, field, points[active]), 0)
    national = active & (zones.level[:n] >= NATIONAL)
    abroad = parameters.mean + parameters.spread * (parameters.in_country + merit)
    others = max(0, parameters.national_zones - int(national.sum()))
    field = field_scores(world.seed, year, NATIONAL_FIELD, others, level, parameters.spread, parameters.persistence)
    zones.national_rank[:n] = np.where(national, _rank(abroad, field, abroad[national]), 0)
    return np.asarray(u)


def _rank(points: Floats, field: Floats, own: Floats) -> Floats:
    """Return 1 + the number of zones that score more.

    >>> _rank(np.array([80.0, 60.0]), np.array([90.0, 70.0]), np.array([80.0, 60.0])).tolist()
    [2, 4]
    """
    ahead = (field[None, :] > points[:, None]).sum(axis=1) + (own[None, :] > points[:, None]).sum(axis=1)
    return np.asarray(1 + ahead)
