"""What the sheet says of parties, facility and pricing, from the terms of the loan."""

from collections.abc import Iterator
from typing import Any

from app.finance.case.case import Case
from app.finance.case.lending.days import BusinessDays, PaymentDays
from app.finance.case.lending.green import Green
from app.finance.case.lending.pricing import RateKind
from app.finance.case.lending.terms import IN_INSTALMENTS, Extension, Repayment
from app.finance.case.loan import Loan
from app.finance.case.parties import guarantors_of, pledgor_of
from app.finance.fields import choice_label, specs_by_path
from app.finance.lending.rates import lpr_before, rate_path, repricing_days
from app.finance.lending.results import LoanResult, SecurityResult
from app.formats import money, percent, plain
from app.i18n import N_
from app.reports.cover_facts import times
from app.reports.fact_tables import (
    EMPTY_CELL,
    FactCell,
    FactHead,
    FactTable,
    day,
    free_row,
    share,
    without_empty,
    words,
    yuan,
)
from app.reports.loan_facts import contract_rate
from app.reports.security_facts import collateral_name
from app.reports.value_facts import FactRow

OVERDUE_RULE = N_("not entered; 1.3 to 1.5 times the rate of the loan, 银发〔2003〕251号")
DIVERTED_RULE = N_("not entered; 1.5 to 2 times the rate of the loan, 银发〔2003〕251号")
"""What stands in the place of a multiple nobody entered: the band of the rule."""


def label_of(path: str) -> str:
    """Return the message id of the label of an input."""
    return specs_by_path(Case)[path].field.label


def _chosen(path: str, value: str) -> FactRow:
    return FactRow(label_of(path), words=choice_label(Case, path, value))


def _figure(path: str, text: str, unit: str = "") -> FactRow:
    return FactRow(label_of(path), text, unit)


def party_rows(case: Case) -> tuple[FactRow, ...]:
    """Return lender, borrower, pledgor, guarantors, contract and purpose."""
    loan = case.loan
    assert loan is not None  # noqa: S101 - called for cases with a loan only
    guarantors = guarantors_of(loan)
    rows = [
        free_row(label_of("loan.lender"), loan.lender),
        free_row(label_of("loan.borrower"), loan.borrower),
        free_row(N_("Pledgor"), pledgor_of(case)),
    ]
    if guarantors:
        rows.append(free_row(N_("Guarantor"), guarantors))
    if loan.contract_no:
        rows.append(free_row(label_of("loan.contract_no"), loan.contract_no))
    return (*rows, free_row(label_of("loan.purpose"), loan.purpose))


def repayment_terms(loan: Loan, found: LoanResult) -> tuple[FactRow, ...]:
    """Return how and over what time the loan is repaid."""
    rows = [_chosen("loan.repayment", loan.repayment)]
    if loan.repayment in IN_INSTALMENTS:
        rows.append(_chosen("loan.payment_frequency", loan.payment_frequency))
    else:
        rows.append(_chosen("loan.interest_payment", loan.interest_payment))
    if loan.term_months is not None:
        rows.append(_figure("loan.term_months", str(loan.term_months), "month"))
    rows.append(FactRow(label_of("loan.drawdown_date"), loan.drawdown_date.isoformat()))
    rows.append(FactRow(N_("Maturity"), found.maturity.isoformat()))
    if loan.grace_months and loan.repayment in IN_INSTALMENTS:
        rows.append(_figure("loan.grace_months", str(loan.grace_months), "month"))
    if loan.repayment is Repayment.SEASONAL:
        rows.append(free_row(label_of("loan.harvest_months"), loan.harvest_months))
    if loan.repayment is Repayment.BALLOON:
        rows.append(_figure("loan.balloon_share", percent(loan.balloon_share)))
    if loan.repayment is Repayment.SCULPTED and loan.target_dscr is not None:
        rows.append(_figure("loan.target_dscr", times(loan.target_dscr)))
    rows += _payment_days(loan)
    return tuple(rows)


def _payment_days(loan: Loan) -> Iterator[FactRow]:
    if loan.payment_days is not PaymentDays.ANNIVERSARY:
        yield _chosen("loan.payment_days", loan.payment_days)
    if loan.payment_days is PaymentDays.SETTLEMENT:
        yield _figure("loan.settlement_day", str(loan.settlement_day))


def pricing_rows(case: Case, found: LoanResult) -> tuple[FactRow, ...]:
    """Return the rate and how it moves, how days count, fees, and the rates of a breach."""
    loan = case.loan
    assert loan is not None  # noqa: S101 - called for cases with a loan only
    rows = [_chosen("loan.rate_kind", loan.rate_kind)]
    rows += _floating(loan, found) if loan.rate_kind is RateKind.FLOATING else _fixed(found)
    if loan.pricing_note:
        rows.append(free_row(label_of("loan.pricing_note"), loan.pricing_note))
    rows.append(_chosen("loan.day_count", loan.day_count))
    rows.append(_chosen("loan.business_days", loan.business_days))
    if loan.business_days is not BusinessDays.UNADJUSTED and loan.accrual_moves:
        rows.append(FactRow(label_of("loan.accrual_moves"), words=N_("yes")))
    rows.append(FactRow(label_of("loan.upfront_fee_yuan"), money(loan.upfront_fee_yuan), "yuan"))
    if found.plan.total_fees_yuan != loan.upfront_fee_yuan:
        rows.append(FactRow(N_("Fees in all"), money(found.plan.total_fees_yuan), "yuan"))
    rows += _breach(loan)
    rows += _linked(loan.green)
    return tuple(rows)


def _fixed(found: LoanResult) -> list[FactRow]:
    return [FactRow(label_of("loan.annual_rate"), contract_rate(found), "1/yr")]


def _floating(loan: Loan, found: LoanResult) -> list[FactRow]:
    published, rate = lpr_before(loan, loan.drawdown_date)
    margin = f"{loan.margin_bp or 0:+g}".replace("-", "−")
    rows = [
        _chosen("loan.lpr_tenor", loan.lpr_tenor),
        FactRow(
            N_("LPR at drawdown"),
            percent(float(rate)),
            "1/yr",
            note=N_("published on {day}"),
            facts={"day": published.isoformat()},
        ),
        _figure("loan.margin_bp", margin, "bp"),
        FactRow(N_("All-in rate at drawdown"), percent(float(rate_path(loan).rates[0])), "1/yr",
                strong=True),
        _chosen("loan.repricing", loan.repricing),
    ]  # fmt: skip
    days = repricing_days(loan, found.maturity)
    if days:
        rows.append(FactRow(N_("First repriced on"), days[0].isoformat()))
    if len(set(found.plan.rates)) > 1:
        label = N_("Rate over the life, by the LPR entered")
        rows.append(FactRow(label, contract_rate(found), "1/yr"))
    return rows


def _breach(loan: Loan) -> Iterator[FactRow]:
    """The rates of what is overdue or used for something else, as multiples of the loan's."""
    watched = loan.monitoring
    for name, rule in (("overdue_multiple", OVERDUE_RULE), ("diverted_multiple", DIVERTED_RULE)):
        label = label_of(f"loan.monitoring.{name}")
        multiple = None if watched is None else getattr(watched, name)
        if multiple is None:
            yield FactRow(label, words=rule)
        else:
            yield FactRow(label, f"{plain(multiple)}×")


def _linked(green: Green | None) -> Iterator[FactRow]:
    if green is None or green.step_bp is None:
        return
    said = N_("{step} bp down when all indicators tested on a day are met")
    if green.steps_up:
        said = N_("{step} bp down when all indicators tested on a day are met, up when one is not")
    yield FactRow(label_of("loan.green.step_bp"), words=said, facts={"step": plain(green.step_bp)})


def tranche_table(loan: Loan) -> FactTable | None:
    """Return the drawdowns with the day up to which each can be drawn; None for one alone."""
    if len(loan.tranches) < 2:
        return None
    heads = (
        FactHead(N_("Drawn on"), numeric=False),
        FactHead(N_("Amount"), "yuan"),
        FactHead(N_("Available until"), numeric=False),
    )
    rows = tuple(
        (day(line.day), yuan(line.amount_yuan), day(line.last_day or line.day))
        for line in loan.tranches
    )
    return FactTable(heads, rows)


def fee_table(loan: Loan) -> FactTable | None:
    """Return the fees that fall due after drawdown; None without any."""
    if not loan.fees:
        return None
    heads = (
        FactHead(N_("Due on"), numeric=False),
        FactHead(N_("Fee"), numeric=False),
        FactHead(N_("Amount"), "yuan"),
    )
    rows = tuple(
        (day(line.day), FactCell(line.name or "–"), yuan(line.amount_yuan)) for line in loan.fees
    )
    return FactTable(heads, rows)


def prepayment_table(loan: Loan) -> FactTable | None:
    """Return what is prepaid, what it leaves as it is, and its fee; None without any."""
    if not loan.prepayments:
        return None
    heads = (
        FactHead(N_("Prepaid on"), numeric=False),
        FactHead(N_("Principal prepaid"), "yuan"),
        FactHead(N_("Keeps"), numeric=False),
        FactHead(N_("Fee")),
    )
    rows = tuple(
        (
            day(line.day),
            yuan(line.amount_yuan),
            words(choice_label(type(line), "keeps", line.keeps)),
            share(line.fee_share),
        )
        for line in loan.prepayments
    )
    return FactTable(heads, rows)


def extension_rows(extension: Extension | None) -> tuple[FactRow, ...]:
    """Return by how long, how much and on what terms the loan is extended; () if it is not."""
    if extension is None:
        return ()
    own = extension.annual_rate
    path = "loan.extension"
    return (
        _figure(f"{path}.months", str(extension.months), "month"),
        _amount(f"{path}.amount_yuan", extension.amount_yuan),
        _rate(f"{path}.annual_rate", own),
        _chosen(f"{path}.repayment", extension.repayment),
        FactRow(
            label_of(f"{path}.agreed_on"),
            "–" if extension.agreed_on is None else extension.agreed_on.isoformat(),
        ),
        free_row(label_of(f"{path}.consent"), extension.consent),
    )


def _amount(path: str, amount: Any) -> FactRow:
    if amount is None:
        return FactRow(label_of(path), words=N_("all principal of the last payment"))
    return _figure(path, money(amount), "yuan")


def _rate(path: str, rate: float | None) -> FactRow:
    if rate is None:
        return FactRow(label_of(path), words=N_("the rate of the loan"))
    return _figure(path, percent(rate), "1/yr")


def paper_table(case: Case, found: SecurityResult) -> FactTable | None:
    """Return days, share and registration of the collaterals; None when none was entered."""
    lines = () if case.loan is None else case.loan.collaterals
    pairs = [(lines[line.position], line) for line in found.lines if line.position is not None]
    heads = (
        FactHead(N_("Collateral"), numeric=False),
        FactHead(N_("Valued on"), numeric=False),
        FactHead(N_("Valid until"), numeric=False),
        FactHead(N_("Share pledged")),
        FactHead(N_("Loses a year")),
        FactHead(N_("Registration number"), numeric=False),
    )
    part = any(line.pledged_share < 1 for line, _ in pairs)
    rows = tuple(
        (
            collateral_name(result),
            day(line.valued_on),
            day(line.valid_until),
            share(line.pledged_share) if part else EMPTY_CELL,
            share(line.yearly_decline) if line.yearly_decline else EMPTY_CELL,
            FactCell(line.registration_no or "–"),
        )
        for line, result in pairs
    )
    table = without_empty(FactTable(heads, rows), range(1, len(heads)))
    return table if len(table.heads) > 1 else None
