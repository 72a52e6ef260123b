"""The page of the index cover: what it pays, what the history would have paid, fit, basis risk."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.finance.insurance.part_results import IndexResult
from app.i18n import N_, Translator
from app.reports.insurance_fit_facts import basis_rows, fitted_rows
from app.reports.insurance_index_facts import burn_rows, history_rows, index_rows
from app.reports.value_facts import FactRow
from app.views.widgets.fact_html import NARROW
from app.views.widgets.insurance_copy import BURN, PAYOUTS, TRIGGERS
from app.views.widgets.insurance_parts import TEMPLATE, PolicyPage, policy_page

if TYPE_CHECKING:
    from app.services.workbench import Computed


def _history(page: PolicyPage, found: IndexResult) -> str:
    parts = page.parts
    written = page.rows(
        N_("Index: payout, history and fit"), (*burn_rows(page.found), *history_rows(page.case))
    )
    if found.history:
        return written + page.missing("index", "history_source")
    return written + parts.empty(
        N_(
            "No history of the index is entered. With the readings of a station the burning cost "
            "and what each year would have paid stand here."
        ),
        "insurance.index.readings",
        N_("Enter readings of the index"),
    )


def _rows_or(page: PolicyPage, title: str, rows: Sequence[FactRow], empty: str) -> str:
    """Return rows under a heading, or what says why there are none."""
    return page.rows(title, rows) or page.parts.heading(title) + empty


def _fit(page: PolicyPage, found: IndexResult) -> str:
    empty = page.parts.empty(
        N_(
            "No model is fitted. With a threshold below the lowest trigger the values above it "
            "are fitted, and payouts rarer than the history are priced."
        ),
        "insurance.index.fit_threshold",
        N_("Enter the threshold of the fit"),
    )
    return _rows_or(page, N_("Fitted model"), fitted_rows(found.fitted), empty)


def _basis(page: PolicyPage, found: IndexResult) -> str:
    empty = page.parts.empty(
        N_(
            "Payout and loss are not compared. Enter what the years of the history cost, or heads "
            "and perils whose modelled loss stands in."
        ),
        "insurance.index.losses",
        N_("Enter losses of the years"),
    )
    return _rows_or(page, N_("Basis risk"), basis_rows(found.basis), empty)


def index_html(computed: "Computed", tr: Translator, room: int = NARROW) -> str:
    """Return the page, "" without an index cover; `room` is how many signs stand beside."""
    page = policy_page(computed, tr, room)
    if page is None or page.found.index is None:
        return ""
    found = page.found.index
    return (
        page.rows(N_("Index cover"), index_rows(page.case, page.found))
        + page.named(N_("Triggers"), TRIGGERS)
        + page.named(N_("Payout table"), PAYOUTS)
        + page.parts.ways(
            page.parts.field(N_("Change the index cover"), "insurance.index.triggers"),
            page.deed(TEMPLATE),
        )
        + _history(page, found)
        + _fit(page, found)
        + _basis(page, found)
        + page.named(N_("Payout by year of the history"), BURN)
    )
