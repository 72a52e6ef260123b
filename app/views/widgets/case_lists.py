"""The five views of the book: all cases, projects, appraisals, loans, insurance."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.finance.case.case import Case
from app.finance.fields import choice_label
from app.formats import moment, money, number, percent
from app.i18n import N_, _
from app.views.widgets.record_table import Column


@dataclass(frozen=True)
class CaseList:
    """One view: which cases it shows, in which columns, and what it says when it is empty.

    `moves_prices` says that its cases can be held against moves of the price together,
    `takes_events` that one event can be put on all of them, `has_templates` that a new case can
    begin with a published cover.
    """

    key: str
    title: str
    columns: Callable[[], tuple[Column, ...]]
    belongs: Callable[[Any], bool]
    empty: str
    moves_prices: bool = False
    takes_events: bool = False
    has_templates: bool = False


def _figure(key: str) -> Callable[[Any], Any]:
    return lambda entry: entry.figures.get(key)


def _carrier(value: str) -> str:
    return _(choice_label(Case, "project.ecosystem", value))


def _whole(value: float) -> str:
    return number(value, 0)


def _name(width: int = 280) -> Column:
    return Column(_("Case"), lambda entry: entry.name, width=width)


def _text(title: str, key: str, width: int = 150) -> Column:
    return Column(_(title), _figure(key), width=width)


def _yuan(title: str, key: str) -> Column:
    return Column(_(title), _figure(key), money, numeric=True, width=140)


def _share(title: str, key: str) -> Column:
    return Column(_(title), _figure(key), percent, numeric=True, width=120)


def _all() -> tuple[Column, ...]:
    return (
        _name(300),
        Column(_("Sink carrier"), _figure("ecosystem"), _carrier, width=90),
        _yuan(N_("Gross value (yuan)"), "gross_yuan"),
        _yuan(N_("Net value (yuan)"), "net_yuan"),
        _yuan(N_("Loan asked (yuan)"), "amount_yuan"),
        _share(N_("Loan / one year"), "loan_to_one_year"),
        _yuan(N_("Premium (yuan)"), "gross_premium_yuan"),
        Column(_("Red flags"), _figure("red_flags"), _whole, numeric=True, width=70),
        Column(_("Warnings"), _figure("warnings"), _whole, numeric=True, width=70),
        Column(_("Version"), lambda entry: entry.version, numeric=True, width=60),
        Column(_("Saved"), lambda entry: entry.saved_at, moment, width=130),
    )


def _projects() -> tuple[Column, ...]:
    return (
        _name(),
        Column(_("Sink carrier"), _figure("ecosystem"), _carrier, width=90),
        _text(N_("Right holder"), "holder", 200),
        _text(N_("Place"), "place", 170),
        _text(N_("Methodology"), "methodology", 190),
        _text(N_("Market"), "market", 120),
        Column(_("Credits, first year (tCO₂e)"), _figure("first_year_credits_tco2e"), number,
               numeric=True, width=150),
        Column(_("Credits, whole plan (tCO₂e)"), _figure("total_credits_tco2e"), number,
               numeric=True, width=150),
    )  # fmt: skip


def _appraisals() -> tuple[Column, ...]:
    return (
        _name(),
        _text(N_("Valuation date"), "valuation_date", 110),
        Column(_("Price (yuan/t)"), _figure("price_yuan_t"), number, numeric=True, width=100),
        Column(_("Years"), _figure("horizon_years"), _whole, numeric=True, width=60),
        _yuan(N_("Gross value (yuan)"), "gross_yuan"),
        _yuan(N_("Net value (yuan)"), "net_yuan"),
        _yuan(N_("Liquidation value (yuan)"), "liquidation_yuan"),
    )


def _loans() -> tuple[Column, ...]:
    return (
        _name(250),
        _text(N_("Lender"), "lender", 190),
        _text(N_("Borrower"), "borrower", 140),
        _yuan(N_("Loan asked (yuan)"), "amount_yuan"),
        _yuan(N_("Bounds allow (yuan)"), "supported_yuan"),
        _share(N_("Loan / value"), "loan_to_basis"),
        _share(N_("Loan / one year"), "loan_to_one_year"),
        _share(N_("Annualised rate"), "annual_compound"),
        _text(N_("Maturity"), "maturity", 100),
    )


def _insurance() -> tuple[Column, ...]:
    return (
        _name(),
        _text(N_("Insurer"), "insurer", 122),
        _text(N_("Insured"), "insured", 100),
        _yuan(N_("Sum insured (yuan)"), "sum_insured_yuan"),
        _yuan(N_("Gross premium (yuan)"), "gross_premium_yuan"),
        _share(N_("Premium rate"), "premium_rate"),
        _text(N_("Cover starts"), "period_start", 100),
    )


LISTS = (
    CaseList(
        "book",
        N_("Book"),
        _all,
        lambda _entry: True,
        N_("The book is empty. Make a new case, or drop a case file (*.bcd.json) here."),
    ),
    CaseList(
        "projects",
        N_("Projects"),
        _projects,
        lambda _entry: True,
        N_("There is no project yet. Make a new case to enter one."),
    ),
    CaseList(
        "appraisals",
        N_("Appraisals"),
        _appraisals,
        lambda entry: "gross_yuan" in entry.figures,
        N_("No case is appraised. Open a case and tick the appraisal on its tab."),
    ),
    CaseList(
        "loans",
        N_("Loans"),
        _loans,
        lambda entry: "amount_yuan" in entry.figures,
        N_("No case asks for a loan. Open a case and tick the loan on its tab."),
        moves_prices=True,
        takes_events=True,
    ),
    CaseList(
        "insurance",
        N_("Insurance"),
        _insurance,
        lambda entry: "sum_insured_yuan" in entry.figures,
        N_("No case asks for insurance. Open a case and tick the insurance on its tab."),
        takes_events=True,
        has_templates=True,
    ),
)
