"""What window, paper and command line say of credit risk: loss, stage, capital, return."""

from app.finance.case.case import Case
from app.finance.case.loan import Loan
from app.finance.fields import choice_label, specs_by_path
from app.finance.lending.risk_results import CreditResult
from app.formats import money, number, percent
from app.i18n import N_
from app.messages.lending_words import LGD_FROM, NO_RELIEF, PD_FROM, STAGE_REASONS, STAGES
from app.reports.fact_tables import (
    EMPTY_CELL,
    FactCell,
    FactHead,
    FactTable,
    figure,
    listed,
    share,
    words,
    yuan,
)
from app.reports.value_facts import FactRow

NOT_EARNED = N_("the hurdle {hurdle} is not earned")


def credit_rows(terms: Loan, credit: CreditResult) -> tuple[FactRow, ...]:
    """Return default, loss, stage, expected credit loss, capital and return."""
    return tuple(row for _heading, rows in credit_groups(terms, credit) for row in rows)


def credit_groups(terms: Loan, credit: CreditResult) -> tuple[tuple[str, tuple[FactRow, ...]], ...]:
    """Return the same rows under the message ids of their headings."""
    return (
        (N_("Default and loss"), _loss_rows(credit)),
        (N_("Stage and expected credit loss"), _stage_rows(credit)),
        (N_("Capital, for information"), _capital_rows(terms, credit)),
        (N_("Return on capital"), _return_rows(terms, credit)),
    )


def _step(credit: CreditResult, key: str) -> str:
    return key if any(step.key == key for step in credit.working) else ""


def _unit(amount: float | None, code: str) -> str:
    """Return the unit of a figure; a dash has none."""
    return "" if amount is None else code


def _money(label: str, amount: float | None, *, step: str = "", note: str = "") -> FactRow:
    return FactRow(label, money(amount), _unit(amount, "yuan"), step, note=note)


def _loss_rows(credit: CreditResult) -> tuple[FactRow, ...]:
    return (
        FactRow(N_("State of the credit risk on"), credit.as_of.isoformat()),
        FactRow(
            N_("Probability of default"),
            percent(credit.pd, 4),
            _unit(credit.pd, "1/yr"),
            _step(credit, "credit.pd"),
            note=PD_FROM[credit.pd_from] if credit.pd_from else "",
        ),
        _money(N_("Exposure at default"), credit.ead_yuan, step=_step(credit, "credit.exposure")),
        FactRow(
            N_("Loss given default"),
            percent(credit.lgd),
            step=_step(credit, "credit.lgd"),
            note=LGD_FROM[credit.lgd_from] if credit.lgd_from else "",
        ),
        _money(
            N_("Expected loss of a year"),
            credit.el_yuan,
            step=_step(credit, "credit.expected_loss"),
        ),
    )


def _stage_rows(credit: CreditResult) -> tuple[FactRow, ...]:
    booked = FactRow(
        N_("Expected credit loss of the stage"),
        money(credit.ecl_yuan),
        _unit(credit.ecl_yuan, "yuan"),
        _step(credit, "credit.ecl_12_months" if credit.stage == 1 else "credit.ecl_lifetime"),
        strong=True,
    )
    stage, reason = STAGES[credit.stage], STAGE_REASONS[credit.stage_reason]
    return (
        FactRow(N_("IFRS 9 stage"), words=stage, note=reason),
        _money(
            N_("Expected credit loss, 12 months"),
            credit.ecl_12_months_yuan,
            step=_step(credit, "credit.ecl_12_months"),
        ),
        _money(
            N_("Expected credit loss, lifetime"),
            credit.ecl_lifetime_yuan,
            step=_step(credit, "credit.ecl_lifetime"),
        ),
        booked,
    )


def _capital_rows(terms: Loan, credit: CreditResult) -> tuple[FactRow, ...]:
    entered = terms.credit
    approach = ""
    if entered is not None:
        approach = choice_label(Case, "loan.credit.approach", entered.approach)
    return (
        FactRow(N_("Risk weight, standardised approach"), percent(credit.standard_weight)),
        FactRow(
            N_("Risk weight, internal ratings"),
            percent(credit.irb_weight),
            step=_step(credit, "credit.irb_weight"),
            note=N_("effective maturity {years} years"),
            facts={"years": number(credit.maturity_yr)},
        ),
        FactRow(
            N_("Capital over exposure, internal ratings"),
            percent(credit.irb_k, 4),
            step=_step(credit, "credit.irb"),
        ),
        _money(
            N_("Risk-weighted assets"),
            credit.rwa_yuan,
            step=_step(credit, "credit.rwa"),
            note=approach,
        ),
        _money(N_("Capital"), credit.capital_yuan, step=_step(credit, "credit.capital")),
        FactRow(N_("Relief by carbon as collateral"), words=NO_RELIEF),
    )


def _return_rows(terms: Loan, credit: CreditResult) -> tuple[FactRow, ...]:
    hurdle = None if terms.credit is None else terms.credit.hurdle
    note = ""
    if hurdle is not None and credit.raroc is not None:
        earned = credit.raroc >= hurdle
        note = N_("the hurdle {hurdle} is earned") if earned else NOT_EARNED
    return (
        FactRow(
            N_("RAROC"),
            percent(credit.raroc),
            _unit(credit.raroc, "1/yr"),
            _step(credit, "credit.raroc"),
            note=note,
            facts={"hurdle": percent(hurdle)},
            strong=note == NOT_EARNED,
        ),
        FactRow(
            N_("Lowest rate that earns the hurdle"),
            percent(credit.min_rate),
            _unit(credit.min_rate, "1/yr"),
            _step(credit, "credit.min_rate"),
        ),
    )


def credit_missing(credit: CreditResult) -> FactCell:
    """Return the inputs that figures still need; an empty cell when none is missing."""
    specs = specs_by_path(Case)
    return listed(*(words(specs[path].field.label) for path in credit.missing))


def ecl_table(credit: CreditResult) -> FactTable | None:
    """Return the expected credit loss by year; None without one."""
    if not credit.years:
        return None
    rows = tuple(
        (
            words(N_("now")) if year.year == 0 else FactCell(str(year.year)),
            yuan(year.exposure_yuan),
            share(year.marginal_pd, 4),
            share(year.lgd),
            figure(year.factor, 6),
            yuan(year.loss_yuan),
        )
        for year in credit.years
    )
    heads = (
        FactHead(N_("Year ahead"), numeric=False),
        FactHead(N_("Exposure"), "yuan"),
        FactHead(N_("Default in the year")),
        FactHead(N_("Loss given default")),
        FactHead(N_("Discount factor")),
        FactHead(N_("Expected loss"), "yuan"),
    )
    totals = (
        words(N_("Total")), EMPTY_CELL, share(sum(year.marginal_pd for year in credit.years), 4),
        EMPTY_CELL, EMPTY_CELL, yuan(sum(year.loss_yuan for year in credit.years)),
    )  # fmt: skip
    return FactTable(heads, rows, totals)


def ecl_scenario_table(credit: CreditResult) -> FactTable | None:
    """Return the scenarios of the expected credit loss; None when none was entered."""
    if not credit.scenarios:
        return None
    heads = (
        FactHead(N_("Scenario"), numeric=False),
        FactHead(N_("Probability weight")),
        FactHead(N_("Expected credit loss, 12 months"), "yuan"),
        FactHead(N_("Expected credit loss, lifetime"), "yuan"),
    )
    rows = tuple(
        (
            FactCell(found.name),
            share(found.weight),
            yuan(found.twelve_months_yuan),
            yuan(found.lifetime_yuan),
        )
        for found in credit.scenarios
    )
    return FactTable(heads, rows)
