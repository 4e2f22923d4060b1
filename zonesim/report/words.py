"""Words, units, numbers and dates as people write them in each language; the texts themselves are in ``texts/zh.json`` and ``texts/en.json``."""

from __future__ import annotations

import calendar
import math
from collections.abc import Iterable, Sequence
from typing import Literal

from zonesim.report.texts import catalogue, say
from zonesim.report.texts.sources import translated

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, Lang] = ("zh", "en")
FEW = 10  #: pairs of runs below which intervals are themselves uncertain: they presume normal differences
WRITTEN_OUT = 1e6  #: below which numbers beside each other, some of them short, are written out
READABLE = 0.1  #: of a unit of money, from which on an amount, and a tenth of it beside it, take no more than four decimals for three digits

COUNTED = ("persons", "persons/yr", "jobs", "enterprises", "enterprises/yr", "count", "projects/yr")  #: units of things that are counted
CHOICES = frozenset(key.removeprefix("choice.") for key in catalogue("en") if key.startswith("choice."))  #: values of settings with words of their own


def choice(value: object, lang: str, lever: str = "") -> str:
    """Return a setting's value as a reader of the language would write it; a word that levers mean differently ("city") is that of the lever.

    >>> choice("city", "en", "delegated_authority_level"), choice("city", "en", "increment_part"), choice("vat", "en", "tax_increment_tax_set")
    ('powers of the city', "the city's part", 'VAT')
    """
    if value is None:
        return "–"
    if isinstance(value, list):
        return joined([choice(one, lang, lever) for one in value], lang)
    if isinstance(value, dict):
        return "; ".join(f"{choice(key, lang, lever)}: {choice(one, lang, lever)}" for key, one in value.items())
    words = catalogue(lang)
    return words.get(f"choice.{lever}.{value}") or words.get(f"choice.{value}", str(value))


def is_choice(value: str, lever: str = "") -> bool:
    """Return whether a value of a setting has words of its own."""
    return value in CHOICES or f"{lever}.{value}" in CHOICES


def word(key: str, lang: str) -> str:
    """Return a word in a language; an unknown key is returned as it is."""
    return catalogue(lang).get(f"word.{key}", key.replace("_", " "))


def method(name: str, lang: str) -> str:
    """Return the name of a design's method.

    >>> method("one_at_a_time", "zh"), method("one_at_a_time", "en"), method("of another version", "en")
    ('逐个变动', 'one at a time', 'of another version')
    """
    return catalogue(lang).get(f"design.method.{name}", name.replace("_", " "))


def unit(name: str, lang: str) -> str:
    """Return a unit in a language."""
    return catalogue(lang).get(f"unit.{name}", name)


def declared_unit(name: str, lang: str) -> str:
    """Return the unit of a lever, parameter, term or column in a language.

    >>> declared_unit("share of yearly quota", "zh"), declared_unit("days", "zh"), declared_unit("10^4 yuan/year", "en")
    ('占年度指标的比例', '天', '10k CNY/year')
    """
    known = translated(name, lang)
    return known if known != name else unit(name, lang).replace("10^4 yuan", "10k CNY")


def joined(names: list[str], lang: str) -> str:
    """Return names as a list in a sentence, apart from each other where one has a comma of its own.

    >>> joined(["GDP", "Retail sales"], "en"), joined(["Value added, tertiary", "Retail sales"], "en")
    ('GDP, Retail sales', 'Value added, tertiary; Retail sales')
    """
    return say("list.joint", lang).join(names) if lang == "zh" or not any(", " in one for one in names) else "; ".join(names)


def prose(sentences: Iterable[str], lang: str) -> str:
    """Return sentences one after another, without empty ones.

    >>> prose(["A.", "", "B."], "en"), prose(["甲。", "乙。"], "zh")
    ('A. B.', '甲。乙。')
    """
    return ("" if lang == "zh" else " ").join(one for one in sentences if one)


def period(label: str, lang: str) -> str:
    """Return a year or quarter as people write it.

    >>> period("2015Q1", "zh"), period("2015Q1", "en"), period("2015", "zh"), period("2015", "en")
    ('2015年第1季度', '2015 Q1', '2015年', '2015')
    """
    year, _, quarter = label.partition("Q")
    return say("period.quarter", lang, year=year, quarter=quarter) if quarter else say("period.year", lang, year=year)


def day(iso: str, lang: str) -> str:
    """Return a day as people write it.

    >>> day("2015-06-05", "zh"), day("2015-06-05", "en")
    ('2015年6月5日', '5 June 2015')
    """
    year, month, number_of_day = (int(part) for part in str(iso).split("-"))
    return say("date.day", lang, year=year, month=month, day=number_of_day, name=calendar.month_name[month])


def interval(low: float, high: float, lang: str, unit_name: str = "") -> str:
    """Return an interval with the signs of its ends, as numbers of a unit are written.

    >>> interval(-1.0, 2.0, "en"), interval(-89.6, 327.0, "en", "persons")
    ('-1.00 to +2.00', '-90 to +327')
    """
    return say("range.joint", lang).join(beside([low, high], unit_name, lang, sign=True))


def beside(values: Sequence[float], unit_name: str, lang: str, *, sign: bool = False, digits: int = 3) -> list[str]:
    """Return numbers that stand beside each other in one way of writing: all with the same of 万 and 亿 or k and M, or all without where these are below a million.

    >>> beside([-10908.0, -1992.0], "persons", "zh", sign=True), beside([-10908.0, 20010.0], "persons", "zh", sign=True)
    (['-10,908', '-1,992'], ['-1.09万', '+2.00万'])
    >>> beside([114083.0, 9983.4], "jobs", "en"), beside([2.4e6, 12000.0], "jobs", "en"), beside([math.nan, 0.0], "jobs", "en")
    (['114,083', '9,983'], ['2.40M', '0.012M'], ['–', '0'])
    """
    steps = (1e4, 1e8) if lang == "zh" else (1e4, 1e6, 1e9)
    sizes = [abs(value) for value in values if math.isfinite(value) and value]
    if len({sum(size >= step for step in steps) for size in sizes}) < 2:
        texts = [quantity(value, unit_name, lang, digits) for value in values]
    elif max(sizes) < WRITTEN_OUT:
        texts = [f"{value:,.0f}" if math.isfinite(value) and abs(value) >= 100 else quantity(value, unit_name, lang, digits) for value in values]
    else:
        texts = [number(value, lang, digits, max(sizes)) for value in values]
    return [f"+{text}" if sign and math.isfinite(value) and value > 0 else text for value, text in zip(values, texts, strict=True)]


def of_period(said: str, label: str, lang: str) -> str:
    """Return amounts without "a year" (or quarter) in a sentence that names the year (or quarter) that they are of: 2,618亿元 of 2020 are no 亿元/年.

    >>> of_period("+0.3亿元/年", "2020", "zh"), of_period("3.2bn CNY/yr", "2020", "en"), of_period("3亿元/年", "2020Q1", "zh"), of_period("5亿元/季", "2020Q1", "zh")
    ('+0.3亿元', '3.2bn CNY', '3亿元/年', '5亿元')
    """
    return said.replace(say("unit.rest/quarter" if "Q" in label else "unit.rest/yr", lang), "")


def share(value: float, lang: str) -> str:
    """Return a share in per cent.

    >>> share(0.256, "zh"), share(0.256, "en"), share(float("nan"), "en")
    ('26%', '26 %', '–')
    """
    if not math.isfinite(value):
        return "–"
    return f"{100 * value:.0f}{'%' if lang == 'zh' else ' %'}"


def signed(value: float, lang: str, unit_name: str = "", digits: int = 3) -> str:
    """Return a number with its sign, as numbers of a unit are written.

    >>> signed(1.5, "en"), signed(-2e4, "zh"), signed(0.0, "en"), signed(3.8, "zh", "persons")
    ('+1.50', '-2.00万', '0', '+4')
    """
    return ("+" if value > 0 and math.isfinite(value) else "") + quantity(value, unit_name, lang, digits)


def quantity(value: float, unit_name: str, lang: str, digits: int = 3) -> str:
    """Return a number of a unit: persons, enterprises and other things that are counted are whole, though a mean of runs is not; less than one says so.

    >>> quantity(67.2, "persons", "en"), quantity(67.2, "days", "en"), quantity(12345.0, "enterprises", "zh"), quantity(0.34, "persons", "en")
    ('67', '67.2', '1.23万', '0.3')
    """
    if unit_name not in COUNTED or not math.isfinite(value) or value == 0 or abs(value) >= 1e4:
        return number(value, lang, digits)
    return f"{value:,.0f}" if abs(value) >= 0.95 else number(float(f"{value:.1g}"), lang)


def number(value: float | None, lang: str = "en", digits: int = 3, beside: float = 0.0) -> str:
    """Return a number for people: three significant digits (or more), 万 and 亿 or k and M for large ones, or for the larger one beside which it stands.

    >>> number(1234567), number(1234567, "zh"), number(-0.0123), number(0.0000918), number(float("nan"))
    ('1.23M', '123万', '-0.0123', '0.0000918', '–')
    >>> number(778654, "zh", 6), number(778654, "en", 6), number(458000, "en", beside=-1.58e6)
    ('77.8654万', '778.654k', '0.458M')
    """
    if value is None or not math.isfinite(value):
        return "–"
    size = max(abs(value), abs(beside))
    if lang == "zh":
        for step, name in ((1e8, "亿"), (1e4, "万")):
            if size >= step:
                return f"{plain(value / step, digits)}{name}"
        return plain(value, digits)
    for step, name in ((1e9, "bn"), (1e6, "M"), (1e4, "k")):
        if size >= step:
            return f"{plain(value / (1e3 if name == 'k' else step), digits)}{name}"
    return plain(value, digits)


def digits_apart(values: Sequence[float | None]) -> int:
    """Return how many significant digits of the largest value show the span of them all with two: three, or more where all are nearly the same.

    >>> digits_apart([778654.0, 778721.0]), digits_apart([34.71, 34.68]), digits_apart([1.0, 20.0]), digits_apart([5.0, 5.0]), digits_apart([None])
    (6, 5, 3, 3, 3)
    """
    known = [float(value) for value in values if value is not None and math.isfinite(value)]
    span = max(known) - min(known) if known else 0.0
    largest = max(map(abs, known), default=0.0)
    if span <= 1e-9 * largest:
        return 3
    return max(3, math.floor(math.log10(largest)) - math.floor(math.log10(span)) + 2)


def amounts(values: Sequence[float], unit_name: str, lang: str, *, sign: bool = False) -> list[str]:
    """Return amounts that stand in one sentence: with as many digits as show how they differ, and money in one power of ten.

    >>> amounts([778654.0, 778721.0], "persons", "zh"), amounts([778654.0, 778721.0], "persons", "en")
    (['77.8654万人', '77.8721万人'], ['778.654k persons', '778.721k persons'])
    >>> amounts([56.1, -45.8, 15800.0], "10k CNY/yr", "zh", sign=True), amounts([0.00561, -0.00458, 0.0158], "10^8 CNY/yr", "zh", sign=True)
    (['+0.00561亿元/年', '-0.00458亿元/年', '+1.58亿元/年'], ['+56.1万元/年', '-45.8万元/年', '+158万元/年'])
    >>> amounts([0.00561, -0.00458, 0.0158], "10^8 CNY/yr", "en", sign=True)
    ['+0.561M CNY/yr', '-0.458M CNY/yr', '+1.58M CNY/yr']
    """
    largest = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
    digits = digits_apart(values)
    if not unit_name.startswith(("10^8 CNY", "10k CNY")):
        after = f"{'' if lang == 'zh' else ' '}{unit(unit_name, lang)}"
        return [
            f"{text}{after if math.isfinite(value) else ''}"
            for value, text in zip(values, beside(values, unit_name, lang, sign=sign, digits=digits), strict=True)
        ]
    return [amount(value, unit_name, lang, sign=sign, digits=digits, largest=largest) for value in values]


def amount(value: float, unit_name: str, lang: str, *, sign: bool = False, digits: int = 3, largest: float | None = None) -> str:
    """Return a number with its unit, the powers of ten of both taken together; ``largest`` is that of the values that it stands with.

    >>> amount(1234.0, "10k CNY", "zh"), amount(1234.0, "10k CNY", "en"), amount(2.5e5, "10k CNY/yr", "zh"), amount(3.2, "10^8 CNY/yr", "en")
    ('1,234万元', '12.3M CNY', '25.0亿元/年', '320M CNY/yr')
    >>> amount(4.28, "10k CNY/job", "zh"), amount(4.28, "10k CNY/job", "en")
    ('4.28万元/岗位', '42.8k CNY/job')
    >>> amount(0.0034, "10k CNY/yr", "zh"), amount(0.0034, "10k CNY/yr", "en"), amount(0.0034, "10k CNY", "zh", largest=0.2)
    ('34.0元/年', '34.0 CNY/yr', '0.0034万元')
    """
    powers = {"10^8 CNY": 1e8, "10k CNY": 1e4}
    name = next((one for one in powers if unit_name == one or unit_name.startswith(f"{one}/")), "")
    if name and (lang == "en" or unit_name == name or f"unit.rest{unit_name.removeprefix(name)}" in catalogue(lang)):
        rest, yuan = unit_name.removeprefix(name), value * powers[name]
        mark = "+" if sign and yuan > 0 else ""
        beside = (largest or 0.0) * powers[name]
        if lang == "en":
            return f"{mark}{number(yuan, lang, digits, beside)} CNY{rest}"
        size = max(abs(yuan), beside)
        step, named = (1e8, "unit.large") if size >= 1e8 else (1e4, "unit.small") if not 0 < size < READABLE * 1e4 else (1.0, "unit.least")
        return f"{mark}{plain(yuan / step, digits)}{say(named, lang)}{say(f'unit.rest{rest}', lang) if rest else ''}"
    if not math.isfinite(value):
        return "–"
    shown = signed(value, lang, unit_name, digits) if sign else quantity(value, unit_name, lang, digits)
    return f"{shown}{'' if lang == 'zh' else ' '}{unit(unit_name, lang)}"


def plain(value: float, digits: int = 3) -> str:
    """Return a number without 万, 亿, k or M, of so many significant digits (or more).

    >>> plain(2230123.4), plain(0.0123456), plain(0.0)
    ('2,230,123', '0.0123', '0')
    """
    size = abs(value)
    if size == 0:
        return "0"
    if size >= 1:
        return f"{value:,.{max(0, digits - 1 - math.floor(math.log10(size)))}f}"
    if 1e-9 <= size < 1e-4:  # no powers of ten for people
        return f"{value:.{digits - 1 - math.floor(math.log10(size))}f}"
    return f"{value:.{digits}g}"
