"""What is said of runs in which a row stands for several enterprises (``founding.scale``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from zonesim.report.texts import say
from zonesim.report.words import Lang


def scale(document: Mapping[str, Any] | None) -> float:
    """Return how many small enterprises a row of a scenario's document stands for.

    >>> scale({"founding": {"scale": 20}}), scale({"founding": {}}), scale(None)
    (20, 1, 1)
    """
    return ((document or {}).get("founding") or {}).get("scale") or 1


def sample(document: Mapping[str, Any] | None, lang: str) -> str:
    """Return how many enterprises a scenario's document simulates one by one.

    >>> sample({"founding": {"scale": 20}}, "en"), sample({"founding": {}}, "zh"), sample(None, "en")
    ('a sample of 1 enterprise in 20', '全部企业', 'all enterprises')
    """
    n = scale(document)
    return say("sample.all", lang) if n == 1 else say("sample.part", lang, n=f"{n:g}")


def samples(runs: Iterable[Mapping[str, Any]], lang: Lang) -> list[str]:
    """Return the samples of all scenarios of some records of runs, each once, the finest first."""
    documents = [one.get("resolved") for run in runs for one in run.get("scenarios", [])]
    return list(dict.fromkeys(sample(one, lang) for one in sorted(documents, key=scale)))


def not_read(runs: Iterable[Mapping[str, Any]], lang: Lang) -> str:
    """Return that counts of enterprises and days are not to be read of a sample (``docs/validation.md``, What stands for many); empty where all are simulated one by one.

    >>> not_read([{"scenarios": [{"resolved": {"founding": {"scale": 5}}}]}], "zh")
    '抽样：每 5 家取 1 家。企业数等计数和天数不宜据此判断。'
    >>> not_read([{"scenarios": [{"resolved": {"founding": {"scale": 1}}}, {}]}], "en")
    ''
    """
    runs = list(runs)
    largest = max((scale(one.get("resolved")) for run in runs for one in run.get("scenarios", [])), default=1)
    return say("sample.not_read", lang, n=f"{largest:g}") if largest != 1 else ""
