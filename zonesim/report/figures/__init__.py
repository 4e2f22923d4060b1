"""Figures: one function for each question; each returns the plot, its table, its alternative text and its reading. The register is :data:`QUESTIONS`.

Every module of this folder is found, none is listed; a report shows the questions in the order of their sections.
"""

from __future__ import annotations

import importlib
import pkgutil

from zonesim.report.figures.figure import QUESTIONS, SECTIONS, Choice, Column, Figure, Question, Table, draw, every_figure

for _module in pkgutil.iter_modules(__path__, __name__ + "."):
    importlib.import_module(_module.name)

__all__ = ["QUESTIONS", "SECTIONS", "Choice", "Column", "Figure", "Question", "Table", "draw", "every_figure"]
