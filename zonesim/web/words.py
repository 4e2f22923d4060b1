"""Words of the pages, in both languages."""

from __future__ import annotations

import json
import time
from functools import lru_cache
from importlib.resources import files

from zonesim.errors import InputError
from zonesim.policies.instrument import Instrument

LANGUAGES = ("zh", "en")


@lru_cache(maxsize=1)
def texts() -> dict[str, dict[str, str]]:
    """Return every text by its key, each in both languages."""
    raw = (files("zonesim.web") / "texts.json").read_text(encoding="utf-8")
    return {key: {"zh": both[0], "en": both[1]} for key, both in json.loads(raw).items()}


def say(key: str, lang: str, **values: object) -> str:
    """Return a text of the pages.

    >>> say("jobs.left", "en", time="2 min")
    'about 2 min left'
    """
    return texts()[key][lang].format(**values)


def language(name: str) -> str:
    """Return a language of an address.

    Raises:
        InputError: there are no pages in it.
    """
    if name not in LANGUAGES:
        raise InputError(f"no pages in {name[:20]!r}")
    return name


def instrument_name(kind: type[Instrument], lang: str) -> str:
    """Return the name of an instrument in a language."""
    return kind.zh if lang == "zh" else kind.en


def moment(seconds: float) -> str:
    """Return when something happened, by the clock of the server.

    >>> import re
    >>> bool(re.fullmatch(r"20[0-9]{2}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}", moment(1_800_000_000)))
    True
    """
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(seconds))


def duration(seconds: float | None, lang: str) -> str:
    """Return a time as people say it.

    >>> duration(42, "en"), duration(200, "zh"), duration(7300, "en")
    ('42 s', '3分钟', '2.0 h')
    """
    if seconds is None:
        return "–"
    if seconds < 90:
        return f"{seconds:.0f}{'秒' if lang == 'zh' else ' s'}"
    if seconds < 5400:
        return f"{seconds / 60:.0f}{'分钟' if lang == 'zh' else ' min'}"
    return f"{seconds / 3600:.1f}{'小时' if lang == 'zh' else ' h'}"
