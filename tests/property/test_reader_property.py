"""Whatever is in a file, the reader parses it or says what is wrong."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from zonesim.errors import InputError
from zonesim.scenario.reader import parse_document, plain

TOKENS = [
    "a",
    ": ",
    "- ",
    "\n",
    "  ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "'",
    '"',
    "|",
    ">",
    "&x",
    "*x",
    "!!t",
    "<<",
    "no",
    "1",
    "010",
    "1e3",
    "#",
    "---",
    "...",
    "%YAML 1.1",
    "\t",
    "é",
    "兰",
    "?",
    "~",
]
TEXT = st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")), max_size=12)
LEAVES = st.none() | st.booleans() | st.integers(-(10**15), 10**15) | TEXT
TREES = st.dictionaries(
    TEXT.filter(bool),
    st.recursive(LEAVES, lambda c: st.lists(c, max_size=3) | st.dictionaries(TEXT.filter(bool), c, max_size=3), max_leaves=8),
    min_size=1,
    max_size=4,
)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(TOKENS), max_size=40).map("".join) | st.text(max_size=60))
def test_anything_parses_or_is_refused(text):
    try:
        parse_document(text, "fuzz")
    except InputError as error:
        assert error.problems and all(p.startswith("fuzz") for p in error.problems)


@settings(max_examples=200, deadline=None)
@given(TREES)
def test_a_quoted_tree_reads_back(tree):
    if "<<" in json.dumps(tree):
        return
    assert plain(parse_document(json.dumps(tree, ensure_ascii=False), "t")) == tree
