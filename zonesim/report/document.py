"""The report as content, before it becomes a page, a workbook or a brief: summary, inputs, figures by section, provenance."""

from __future__ import annotations

from dataclasses import dataclass

from zonesim.report.cautions import mixed, warnings
from zonesim.report.figures import Figure, Question, Table, every_figure
from zonesim.report.inputs import Measure, measures
from zonesim.report.provenance import definitions, facts
from zonesim.report.summary import at_a_glance, sentences
from zonesim.report.texts import say
from zonesim.report.view import View
from zonesim.report.words import Lang, joined, word


@dataclass(frozen=True)
class Document:
    """A report in one language.

    Attributes:
        title: with the names of the scenarios.
        summary: (heading, text) of each paragraph.
        glance: the scenarios side by side.
        mixed: said at the top when the runs were made by more than one input or engine, or when too many failed; else empty.
        cautions: what a reader must know before using the numbers.
        inputs: for each reform its name and the policies that differ.
        sections: (key, questions with their figures), in order.
        facts: provenance, (label, value).
        definitions: name, unit and definition of every indicator.
    """

    lang: Lang
    title: str
    summary: list[tuple[str, str]]
    glance: Table | None
    mixed: str
    cautions: list[str]
    inputs: list[tuple[str, list[Measure]]]
    sections: list[tuple[str, list[tuple[Question, list[Figure]]]]]
    facts: list[tuple[str, str]]
    definitions: list[tuple[str, str, str]]

    def figures(self) -> list[Figure]:
        """Return all figures in order."""
        return [one for _, questions in self.sections for _, drawn in questions for one in drawn]


def document(view: View, lang: Lang) -> Document:
    """Return the report of a view in a language."""
    sections: dict[str, list[tuple[Question, list[Figure]]]] = {}
    for asked, drawn in every_figure(view, lang):
        sections.setdefault(asked.section, []).append((asked, drawn))
    names = [one.name(lang) for one in view.scenes] or ([view.sweep.zh if lang == "zh" else view.sweep.en] if view.sweep else [])
    return Document(
        lang,
        say("report.title", lang, names=joined(names, lang)),
        sentences(view, lang),
        at_a_glance(view, lang),
        mixed(view, lang),
        [word("model_says", lang), *warnings(view, lang)],
        [(scene.name(lang), measures(view, scene, lang)) for scene in view.reforms],
        list(sections.items()),
        facts(view, lang),
        definitions(view, lang),
    )
