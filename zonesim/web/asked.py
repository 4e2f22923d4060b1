"""What the address of a page of figures asks for: language, question and choice, each looked up in what there is."""

from __future__ import annotations

from typing import cast
from urllib.parse import parse_qs, urlencode

from zonesim.errors import InputError
from zonesim.report.figures import Choice, Figure, Question
from zonesim.report.words import Lang
from zonesim.web import words
from zonesim.web.shown import PARTS, Gallery, Shown

Pairs = list[tuple[str, str]]  #: parts of an address, in order
MOST_PARTS = 40  #: of an address


def asked_for(path: str, search: str) -> tuple[Lang, Pairs]:
    """Return the language and the parts of an address.

    Raises:
        InputError: there are no pages in the language, or there are too many parts.
    """
    lang = cast(Lang, words.language(path.strip("/").split("/")[0]))
    try:
        found = parse_qs(search.lstrip("?"), max_num_fields=MOST_PARTS)
    except ValueError:
        raise InputError(words.say("figures.many", lang, most=MOST_PARTS)) from None
    return lang, [(key, value) for key, values in found.items() for value in values]


def shown_by(gallery: Gallery, given: Pairs) -> Shown:
    """Return the sweep, or the stored results, that an address names.

    Raises:
        InputError: they are not there, or cannot be compared.
    """
    stores = [value for key, value in given if key == "store"]
    return gallery.sweep(stores[0]) if stores else gallery.runs([value for key, value in given if key == "run"])


def question_of(questions: list[Question], given: Pairs, lang: Lang) -> Question:
    """Return the question of an address, the first one where it names none.

    Raises:
        InputError: there is no such question here.
    """
    wanted = dict(given).get("figure", questions[0].id)
    found = next((one for one in questions if one.id == wanted), None)
    if found is None:
        raise unknown(wanted, lang)
    return found


def unknown(value: str, lang: str) -> InputError:
    """Return what is said of a part of an address that is not there to choose."""
    return InputError(words.say("figures.unknown", lang, value=value[:40]))


def checked(gallery: Gallery, shown: Shown, given: Pairs, lang: Lang) -> Question:
    """Return the question of an address, all of whose parts are there to choose.

    Raises:
        InputError: one is not.
    """
    asked = question_of(shown.questions(), given, lang)
    allowed, listed = gallery.options(shown, asked), asked.choices(shown.view)
    for part, value in given:
        if part in PARTS and value not in (*allowed.get(part, ()), *(getattr(one, part) for one in listed)):
            raise unknown(value, lang)
    return asked


def figure_of(gallery: Gallery, shown: Shown, lang: Lang, given: Pairs) -> tuple[Figure | None, Choice]:
    """Return the figure that an address asks for, and the choice that it was made for.

    Raises:
        InputError: as :func:`checked`.
    """
    asked = checked(gallery, shown, given, lang)
    return gallery.figure(shown, asked.id, lang, {key: value for key, value in given if key in PARTS})


def address(given: Pairs, **changed: str) -> str:
    """Return the address of the same results or sweep with other parts."""
    kept = [(key, value) for key, value in given if key in ("run", "store")]
    return "?" + urlencode([*kept, *changed.items()])
