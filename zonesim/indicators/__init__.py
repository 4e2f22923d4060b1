"""Indicators: what is measured each quarter and year, one small function for each.

Each quarter the observer copies *measures*: sums over the enterprises of a place, which add up over places. Indicators
are functions of measures that have been added up over a park, zone, county or the city, and over the quarters of a year
(flows are added, stocks are taken at the end). So an indicator of the city is never a mean of ratios.
"""

# isort: off
# the order of the import is the order of the indicators
from zonesim.indicators import output_and_money
from zonesim.indicators import enterprises_and_jobs
from zonesim.indicators import land_and_environment
from zonesim.indicators import land_use
from zonesim.indicators import environment
from zonesim.indicators import innovation
from zonesim.indicators import finance
from zonesim.indicators import evaluation
from zonesim.indicators import approvals
from zonesim.indicators import openness

# isort: on
from zonesim.indicators.measures import MEASURES, Measures, Observer, totals
from zonesim.indicators.register import DERIVED, INDICATORS, Indicator
from zonesim.indicators.table import Series, tabulate

__all__ = [
    "DERIVED",
    "INDICATORS",
    "MEASURES",
    "Indicator",
    "Measures",
    "Observer",
    "Series",
    "approvals",
    "enterprises_and_jobs",
    "environment",
    "evaluation",
    "finance",
    "innovation",
    "land_and_environment",
    "land_use",
    "openness",
    "output_and_money",
    "tabulate",
    "totals",
]
