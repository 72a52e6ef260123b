"""The engagement: for whom and for what a right is appraised, and what limits its use."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from app.finance.fields import Field
from app.finance.text import N_

_FOR = N_("For whom and for what")
_BASES = N_("Bases and limits")
_BY = N_("Appraisers")


def _words(label: str, group: str, help_text: str = "") -> Field:
    return Field(label, max_length=2000, multiline=True, group=group, help=help_text)


@dataclass(frozen=True, kw_only=True)
class Engagement:
    """What an appraisal report states beside its figures.

    Source: 资产评估基本准则 (财资〔2017〕43号), articles 25 to 28.
    """

    client: Annotated[str, Field(N_("Client"), max_length=200, group=_FOR)] = ""
    users: Annotated[str, Field(N_("Other users of the report"), max_length=400, group=_FOR)] = ""
    purpose: Annotated[
        str,
        _words(N_("Purpose of the appraisal"), _FOR, N_("For example: pledge for a loan.")),
    ] = ""
    scope: Annotated[
        str,
        _words(
            N_("Object and scope"),
            _FOR,
            N_("Which right, over which period; what is not part of it."),
        ),
    ] = ""
    bases: Annotated[
        str,
        _words(N_("Bases"), _BASES, N_("Laws, standards, titles and prices it rests on.")),
    ] = ""
    assumptions: Annotated[str, _words(N_("Assumptions"), _BASES)] = ""
    special_matters: Annotated[
        str,
        _words(
            N_("Special matters"),
            _BASES,
            N_("Defects of title, disputes, experts relied on, events after the date."),
        ),
    ] = ""
    limits: Annotated[str, _words(N_("Limits on use"), _BASES)] = ""
    method_reasons: Annotated[
        str,
        _words(
            N_("Why these approaches"),
            _BASES,
            N_("Why income, market or cost approach was taken, and why another was not."),
        ),
    ] = ""
    process: Annotated[
        str,
        _words(
            N_("Course of the appraisal"),
            _BASES,
            N_("Acceptance, inspection, data gathered, estimation, internal review."),
        ),
    ] = ""
    inspected_on: Annotated[
        date | None,
        Field(
            N_("Site inspected on"),
            group=_BASES,
            help=N_("Last day on site, not after the report."),
        ),
    ] = None
    report_number: Annotated[str, Field(N_("Number of the report"), max_length=80, group=_BY)] = ""
    firm: Annotated[str, Field(N_("Appraisal firm"), max_length=200, group=_BY)] = ""
    appraisers: Annotated[
        str,
        Field(
            N_("Signing appraisers"),
            max_length=200,
            group=_BY,
            help=N_("Two of them sign a report of a firm."),
        ),
    ] = ""
    reported_on: Annotated[
        date | None,
        Field(
            N_("Date of the report"),
            group=_BY,
            help=N_("Day on which the conclusion is formed; the valuation date may lie before it."),
        ),
    ] = None
    statement: Annotated[
        str,
        _words(
            N_("Statement of the appraisers"),
            _BY,
            N_("Printed before the abstract; empty: a house text, marked as one."),
        ),
    ] = ""
