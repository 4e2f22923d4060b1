"""Whatever a register says in English it says in Chinese too, in the punctuation of each language."""

import re

import pytest

from tests.conftest import ROOT
from zonesim.indicators import DERIVED, INDICATORS
from zonesim.parameters import load_all
from zonesim.policies.catalogue import lever_rows
from zonesim.report.texts.sources import meanings
from zonesim.scenario.reader import plain, read_document
from zonesim.terms.register import TERMS, THEMES, THEMES_ZH
from zonesim.world.criteria import CRITERIA
from zonesim.world.enterprises import Enterprises
from zonesim.world.places import Contracts, Counties, Places
from zonesim.world.zones import Zones

HAN = "\u4e00-\u9fff"
HALF_WIDTH = re.compile(rf"[{HAN}][ ]?[,;:!?()]|[,;:!?()][ ]?[{HAN}]|[{HAN}] [{HAN}]")
"""Punctuation of English next to a Chinese character, and a space between two."""


def texts():
    """Yield what each text is of, the Chinese one, and the English one beside which it stands."""
    for name, term in TERMS.items():
        yield f"name of the term {name}", term.zh, name
        yield f"meaning of the term {name}", term.doc_zh, term.doc
    for table in (Enterprises, Places, Zones, Counties, Contracts):
        for name, column in table.columns.items():
            yield f"name of the column {table.__name__}.{name}", column.zh, name
            yield f"meaning of the column {table.__name__}.{name}", column.doc_zh, column.doc
    for one in CRITERIA.values():
        yield f"name of the criterion {one.id}", one.zh, one.en
        yield f"meaning of the criterion {one.id}", one.doc_zh, one.doc
    for indicator in [*INDICATORS.values(), *DERIVED.values()]:
        yield f"name of the indicator {indicator.id}", indicator.zh, indicator.en
        yield f"definition of the indicator {indicator.id}", indicator.definition_zh, indicator.definition
    for row in lever_rows():
        yield f"name of the lever {row['id']}", row["zh"], row["en"]
    for name, kind in load_all().items():
        for key, field in kind.model_fields.items():
            yield f"name of the parameter {name}.{key}", field.json_schema_extra["zh"], field.description
            yield f"meaning of the parameter {name}.{key}", meanings().get(f"{name}.{key}", ""), field.description
    for theme in THEMES:
        yield f"theme {theme.__name__}", THEMES_ZH[theme], theme.__doc__


def wrong(zh, en):
    """Return what is wrong with a pair of texts, or nothing."""
    if not re.search(f"[{HAN}]", zh):
        return "no Chinese"
    if not re.search("[A-Za-z]", en):
        return "no English"
    if re.search(f"[{HAN}]", en):
        return "Chinese in the English text"
    return "half-width punctuation or a space in Chinese" if HALF_WIDTH.search(zh) else ""


def test_every_text_of_a_register_has_both_languages():
    found = [f"{what}: {wrong(zh, en)}: {zh!r}" for what, zh, en in texts() if wrong(zh, en)]
    assert not found, "\n".join(found)


FILES = sorted([*ROOT.glob("scenarios/*/*.yaml"), *ROOT.glob("experiments/*.yaml")])


def said(node):
    """Yield each pair of a Chinese and an English text in a document."""
    if isinstance(node, dict):
        if isinstance(node.get("zh"), str):
            yield node["zh"], node.get("en", "")
        for child in node.values():
            yield from said(child)
    elif isinstance(node, list):
        for child in node:
            yield from said(child)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_text_of_a_file_that_comes_with_the_product_has_both_languages(path):
    pairs = list(said(plain(read_document(path))))
    found = [f"{zh!r}: {en!r}" for zh, en in pairs if not zh or not en or HALF_WIDTH.search(zh) or re.search(f"[{HAN}]", en)]
    assert pairs and not found, "\n".join(found)


def test_meanings_of_one_table_differ():
    """A meaning that was copied from another row explains nothing."""
    for table in (TERMS, *(one.columns for one in (Enterprises, Places, Zones, Counties, Contracts))):
        said = [one.doc_zh for one in table.values()]
        assert len(said) == len(set(said)), sorted({one for one in said if said.count(one) > 1})
    assert len(set(meanings().values())) == len(meanings())


def test_no_meaning_is_of_a_parameter_that_there_is_not():
    assert list(meanings()) == [f"{name}.{key}" for name, kind in load_all().items() for key in kind.model_fields]


@pytest.mark.parametrize(("zh", "en"), [("", "rate"), ("rate", "rate"), ("税率", "税率"), ("税率(实际)", "rate"), ("税率: 实际", "rate"), ("税 率", "rate")])
def test_a_text_that_lacks_something_is_found(zh, en):
    assert wrong(zh, en)
    assert not wrong("税率（实际），占1.5%，PPP除外", "rate")
