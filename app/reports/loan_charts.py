"""The charts of the loan: one door for screen and paper, and how high each of them is."""

from app.reports.loan_dscr_chart import dscr_figure, dscr_height
from app.reports.loan_heat_charts import (
    heat_coverage_figure,
    heat_coverage_height,
    heat_dscr_figure,
    heat_dscr_height,
)
from app.reports.loan_path_chart import coverage_path_figure, coverage_path_height
from app.reports.loan_schedule_chart import schedule_figure, schedule_height
from app.reports.loan_sizing_chart import sizing_figure, sizing_height

__all__ = [
    "coverage_path_figure",
    "coverage_path_height",
    "dscr_figure",
    "dscr_height",
    "heat_coverage_figure",
    "heat_coverage_height",
    "heat_dscr_figure",
    "heat_dscr_height",
    "schedule_figure",
    "schedule_height",
    "sizing_figure",
    "sizing_height",
]
