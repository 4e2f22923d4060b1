"""Numbers with their units as a mayor would say them: 万元 and 亿元, k and M, percentage points."""

from __future__ import annotations

import math
from collections.abc import Sequence

from zonesim.report.words import unit

LEAST_PERCENT = 1e-3  #: a share below it is not said
MONEY = {"10^8 CNY": 1e8, "10k CNY": 1e4}
DIMENSIONLESS = ("index", "index x 1000", "0–1", "ratio", "LQ", "log")
STEPS = {
    "zh": ((1e8, 1e8, "亿"), (1e4, 1e4, "万")),
    "en": ((1e9, 1e9, "bn "), (1e6, 1e6, "M "), (1e4, 1e3, "k ")),
}  #: from which size on, what one of it is, its name
PERIODS = {"zh": {"/yr": "/年", "/quarter": "/季", "": ""}, "en": {"/yr": " a year", "/quarter": " a quarter", "": ""}}


def interval(effect: float, low: float, high: float, name: str, lang: str) -> str:
    """Return an effect with its interval in a common scale and unit; without the interval when there is none.

    >>> interval(0.0123, 0.004, 0.02, "10^8 CNY/yr", "zh"), interval(0.0123, 0.004, 0.02, "10^8 CNY/yr", "en")
    ('+123 [+40 至 +200] 万元/年', '+1.23 [+0.4 to +2] M CNY a year')
    >>> interval(-12345.0, -20000.0, -5000.0, "persons", "zh"), interval(0.012, -0.01, 0.034, "share", "en")
    ('-1.23 [-2 至 -0.5] 万人', '+1.2 [-1 to +3.4] percentage points')
    >>> interval(3.0, float("nan"), float("nan"), "days", "zh")
    '+3 天'
    >>> interval(98700.0, 44800.0, 152000.0, "index/yr", "en"), interval(98700.0, 44800.0, 152000.0, "index/yr", "zh"), interval(50.0, 4.0, 60.0, "10k CNY/yr", "en")
    ('+98.7 [+44.8 to +152] k index/yr', '+9.87 [+4.48 至 +15.2] 万指数/年', '+500 [+40 to +600] k CNY a year')
    """
    values = [effect] if math.isnan(low) else [effect, low, high]
    figures, scale_and_unit = scaled(values, name, lang)
    signed = [("+" if value > 0 else "") + figure for value, figure in zip(values, figures, strict=True)]
    said = signed[0] if len(signed) == 1 else f"{signed[0]} [{signed[1]} {'至' if lang == 'zh' else 'to'} {signed[2]}]"
    return f"{said} {scale_and_unit}".rstrip()


def amount(value: float, name: str, lang: str) -> str:
    """Return one figure with its unit.

    >>> amount(53.2, "10^8 CNY/yr", "zh"), amount(53.2, "10^8 CNY/yr", "en"), amount(0.31, "share", "zh")
    ('53.2 亿元/年', '5.32 bn CNY a year', '31 %')
    """
    if name == "share" and math.isfinite(value):
        return f"{three(100 * value)} %"
    (figure,), scale_and_unit = scaled([value], name, lang)
    return f"{figure} {scale_and_unit}".rstrip()


def scaled(values: Sequence[float], name: str, lang: str) -> tuple[list[str], str]:
    """Return figures in one scale, fit for the largest, and that scale with the unit."""
    for money, yuan in MONEY.items():
        if name.startswith(money) and name[len(money) :] in PERIODS[lang]:
            values, stem, period = [value * yuan for value in values], "元" if lang == "zh" else "CNY", PERIODS[lang][name[len(money) :]]
            break
    else:
        if name == "share":
            return [three(100 * value) for value in values], "个百分点" if lang == "zh" else "percentage points"
        stem, period = ("" if name in DIMENSIONLESS else unit(name, lang)), ""
        if (lang == "zh" and unit(name, lang).startswith(("万", "亿"))) or any(name.startswith(one) for one in ("10^", "10k")):
            return [three(value) for value in values], stem
    largest = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
    step, scale = next(((step, scale) for least, step, scale in STEPS[lang] if largest >= least), (1.0, ""))
    return [three(value / step) for value in values], f"{scale}{stem}{period}"


def three(value: float) -> str:
    """Return three significant digits without needless zeros.

    >>> three(1234.5), three(0.012345), three(2.0), three(float("nan")), three(-7.583e-05)
    ('1,234', '0.0123', '2', '–', '-0.0000758')
    """
    if not math.isfinite(value):
        return "–"
    size = abs(value)
    if size >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}" if value == 0 or size >= 1e-4 else f"{value:.{2 - math.floor(math.log10(size))}f}".rstrip("0")


def percent(value: float, lang: str) -> str:
    """Return a signed percentage, or nothing when it is not defined or below a thousandth of a per cent.

    >>> percent(-2.341, "zh"), percent(0.004, "en"), percent(float("nan"), "en"), percent(8e-05, "en"), percent(0.0, "en")
    ('-2.34%', '+0.004 %', '', '', '0 %')
    """
    if not math.isfinite(value) or 0 < abs(value) < LEAST_PERCENT:
        return ""
    return f"{'+' if value > 0 else ''}{three(value)}{'' if lang == 'zh' else ' '}%"
