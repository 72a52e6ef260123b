"""The charts of the value: one door for screen and paper, and how high each of them is."""

from collections.abc import Callable

from app.finance.engine import Results
from app.i18n import Translator
from app.reports.evidence_chart import evidence_figure, evidence_height
from app.reports.level_charts import (
    scenarios_figure,
    scenarios_height,
    waterfall_figure,
    waterfall_height,
)
from app.reports.range_charts import (
    distribution_figure,
    distribution_height,
    fan_figure,
    fan_height,
)
from app.reports.sensitivity_charts import (
    spider_figure,
    spider_height,
    tornado_figure,
    tornado_height,
)

__all__ = [
    "Height",
    "distribution_figure",
    "distribution_height",
    "evidence_figure",
    "evidence_height",
    "fan_figure",
    "fan_height",
    "scenarios_figure",
    "scenarios_height",
    "spider_figure",
    "spider_height",
    "tornado_figure",
    "tornado_height",
    "waterfall_figure",
    "waterfall_height",
]

Height = Callable[[Results, tuple[Translator, ...], float], float]
"""Inches a chart needs for results, languages and a width in inches."""
