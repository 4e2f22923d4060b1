"""The page of caveats says the same in English and Chinese."""

import re
from pathlib import Path

PAGE = (Path(__file__).parents[2] / "docs" / "caveats.md").read_text(encoding="utf-8")


def caveats(text):
    return [" ".join(one.split()) for one in re.split(r"^- ", text, flags=re.M)[1:]]


def test_each_caveat_stands_in_both_languages_with_the_same_figures():
    english, chinese = (caveats(part) for part in PAGE.split("## 本模型不能说什么"))
    assert len(english) == len(chinese) >= 20
    for one, other in zip(english, chinese, strict=True):
        assert not re.search("[一-龥]", one) and len(re.findall("[一-龥]", other)) > 20
        assert set(re.findall(r"\]\(([^)]+)\)|`([^`]+)`", one)) == set(re.findall(r"\]\(([^)]+)\)|`([^`]+)`", other)), one
        figures, said = (set(re.findall(r"\d+(?:\.\d+)?", text)) for text in (one, other))
        assert figures <= said, f"{one[:60]}: {figures - said} are not in the Chinese text"
