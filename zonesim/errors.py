"""One tree of errors. A message says where, what, which value, what is allowed, and the nearest name."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class ZonesimError(Exception):
    """Root of every error that zonesim raises on purpose."""

    exit_code = 70

    def named(self, lang: str) -> str:
        """Return the message with the names in it in a language; it is for whoever tells it to say the rest in that language as well."""
        return str(self)


class InputError(ZonesimError):
    """A mistake in what the user gave: a file, a setting, an option.

    Attributes:
        problems: one line for each thing that is wrong; all are found before the error is raised.
    """

    exit_code = 2

    def __init__(self, *problems: str) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))


class NotTogether(InputError):
    """What was chosen does not go together, though each by itself may be right: other things are to be chosen.

    Args:
        template: the message, with ``{names}`` where they stand.
        names: Chinese and English name of each.
    """

    def __init__(self, template: str, *names: tuple[str, str]) -> None:
        self._template, self._names = template, tuple(dict.fromkeys(names))
        super().__init__(self.named("en"))

    def named(self, lang: str) -> str:
        """Return the message with the names in it in a language.

        >>> wrong = NotTogether("results of {names} cannot be compared", ("兰州", "Lanzhou"), ("平凉", "Pingliang"))
        >>> wrong.named("zh"), str(wrong)
        ('results of 兰州、平凉 cannot be compared', 'results of Lanzhou, Pingliang cannot be compared')
        """
        return self._template.replace("{names}", ("、" if lang == "zh" else ", ").join(one[lang == "en"] for one in self._names))

    def __reduce__(self) -> tuple[object, ...]:
        return (NotTogether, (self._template, *self._names))


class Busy(InputError):
    """Something can be done by a few at a time only, and is being done: the same works a little later."""


class EarlierStore(InputError):
    """A sweep's store that another version made: nothing in it is damaged, and this version cannot read it."""


class AccountsError(ZonesimError):
    """An identity of money, land or heads does not hold (a fault of the model, never of the user)."""


class StorageError(ZonesimError):
    """Results could not be written whole (a full disk, a failed sync); nothing partial was left in place."""

    exit_code = 2


class StoreError(StorageError):
    """A sweep's store could not be written; what was committed is kept and the same command goes on."""

    exit_code = 74


class SweepInterrupted(ZonesimError):
    """A sweep was ended by the user; what was done is kept."""

    exit_code = 130


class TooManyFailed(ZonesimError):
    """More runs of a sweep failed than was allowed."""

    exit_code = 3


class NotSettled(ZonesimError):
    """A sweep that was to go on until an order is settled ended without."""

    exit_code = 4


NEAR = 0.65  #: how alike a name must be to be named (twice the letters in common over all letters): one letter of three may be another


def nearest(word: str, allowed: Iterable[str]) -> str:
    """Return ``; did you mean 'x'?`` for the closest allowed name, or an empty string where none is near; small and capital letters are alike.

    >>> nearest("lz-1", ["X-1", "LZ-1", "LZ-11"]), nearest("gdq", ["gdp"]), nearest("", ["gdp"])
    ("; did you mean 'LZ-1'?", "; did you mean 'gdp'?", '')
    >>> nearest("tax_increment_return_rate", ["infra_investment_rate"]), nearest("entry_gate", ["industry_tier"])
    ('', '')
    """
    names = list(allowed)
    close = difflib.get_close_matches(word.casefold(), [one.casefold() for one in names], n=1, cutoff=NEAR)
    if not close:
        return ""
    alike = [one for one in names if one.casefold() == close[0]]
    return f"; did you mean {max(alike, key=lambda one: difflib.SequenceMatcher(None, word, one).ratio())!r}?"
