"""What the memo says in figures of its own: key figures, exposure, accounts, cash, clauses."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from app.finance.case.case import Case
from app.finance.case.lending.memo import CommitteeMemo, FinancialLine
from app.finance.case.loan import Loan
from app.finance.engine import Results
from app.finance.fields import fields_of
from app.finance.lending.committee import AccountRatios, account_ratios, group_exposure
from app.finance.lending.results import LoanResult
from app.finance.lending.risk_results import CreditResult
from app.finance.valuation.results import ValueResult
from app.formats import money, number, percent
from app.i18n import N_
from app.messages.lending_words import PD_FROM, STAGES
from app.reports.cover_facts import times
from app.reports.fact_tables import (
    EMPTY_CELL,
    FactCell,
    FactHead,
    FactTable,
    words,
    yuan,
)
from app.reports.stress_facts import stress_name
from app.reports.value_facts import FactRow, level_rows

AT_MOST = N_("at most {figure}")
AT_LEAST = N_("at least {figure}")

_LABELS = {spec.name: spec.field.label for spec in fields_of(FinancialLine)}
_AMOUNTS = tuple(name for name in _LABELS if name.endswith("_yuan"))
_RATIOS: tuple[tuple[str, Callable[[AccountRatios], str]], ...] = (
    (N_("Liabilities over assets"), lambda ratios: percent(ratios.debt_to_assets)),
    (N_("EBITDA margin"), lambda ratios: percent(ratios.ebitda_margin)),
    (N_("Liabilities over EBITDA"), lambda ratios: times(ratios.debt_to_ebitda)),
    (N_("Net margin"), lambda ratios: percent(ratios.net_margin)),
)

_Key = tuple[FactCell, FactCell, FactCell, FactCell, bool]
"""Name, figure, unit, what it is held against, and whether it does not suffice."""

_YUAN, _PRICE, _A_YEAR = words(N_("yuan")), words(N_("yuan/t")), words(N_("a year"))


def key_figures(case: Case, results: Results) -> FactTable:
    """Return the figures a committee decides on; those that do not suffice are marked."""
    loan, terms, values = results.loan, case.loan, results.values
    assert loan is not None  # noqa: S101 - called for cases with a loan only
    assert terms is not None  # noqa: S101
    assert values is not None  # noqa: S101
    lines = [
        *_levels(case, results, terms),
        *_path(loan, terms),
        *_cover(loan, terms),
        *_prices(loan, values),
        *_credit(loan.credit, terms),
    ]
    heads = (
        FactHead(N_("Key figure"), numeric=False),
        FactHead(N_("In this case")),
        FactHead(N_("Unit"), numeric=False),
        FactHead(N_("Held against"), numeric=False),
    )
    marked = tuple(place for place, line in enumerate(lines) if line[-1])
    return FactTable(heads, tuple(line[:-1] for line in lines), marked=marked)


def _key(
    label: str,
    text: str,
    against: FactCell = EMPTY_CELL,
    *,
    unit: FactCell = EMPTY_CELL,
    step: str = "",
    fails: bool = False,
) -> _Key:
    shown = EMPTY_CELL if text == "–" else unit
    return words(label), FactCell(text, step=step), shown, against, fails


def _levels(case: Case, results: Results, terms: Loan) -> Iterator[_Key]:
    """The loan over the values of the right; a ratio bounds the right alone, where it is alone."""
    for row in level_rows(case, results):
        if row.code == "prudent" and not row.chosen:
            continue
        against, fails = EMPTY_CELL, False
        if row.chosen and not terms.collaterals:
            against = words(AT_MOST, figure=percent(terms.pledge_ratio))
            fails = terms.amount_yuan > row.amount_yuan * Decimal(str(terms.pledge_ratio))
        yield _key(row.ratio_label, row.ratio or "–", against, step=row.ratio_step, fails=fails)


def _path(loan: LoanResult, terms: Loan) -> Iterator[_Key]:
    """The highest loan over what is left, on its day, and what covers the loan on the first."""
    path, most = loan.path, terms.path_ratio
    against = EMPTY_CELL if most is None else words(AT_MOST, figure=percent(most))
    label = N_("Highest loan over remaining value")
    if path.uncovered_from is not None:
        none = words(
            N_("nothing covers the balance from {day} on"), day=path.uncovered_from.isoformat()
        )
        yield _key(label, "–", none, fails=True)
    elif path.max_loan_to_value is not None:
        highest = path.max_loan_to_value
        yield _key(label, percent(highest), against, fails=most is not None and highest > most)
    if terms.collaterals:
        coverage = loan.security.coverage
        fails = coverage is not None and coverage < 1
        yield _key(N_("Coverage by the collaterals"), percent(coverage), fails=fails)


def _cover(loan: LoanResult, terms: Loan) -> Iterator[_Key]:
    lowest, least = loan.cover.min_dscr, terms.min_dscr
    against = words(AT_LEAST, figure=times(1.0 if least is None else least))
    fails = lowest is not None and lowest < max(1.0, least or 0.0)
    yield _key(N_("Lowest DSCR"), times(lowest), against, fails=fails)
    stressed = [case for case in loan.stress.cases if case.code != "base"]
    worst = min(
        (case for case in stressed if case.min_dscr is not None),
        key=lambda case: case.min_dscr or 0.0,
        default=None,
    )
    if worst is not None and worst.min_dscr is not None:
        label, falls_short = N_("Lowest DSCR under stress"), worst.min_dscr < 1
        yield _key(label, times(worst.min_dscr), stress_name(worst), fails=falls_short)


def _prices(loan: LoanResult, values: ValueResult) -> Iterator[_Key]:
    """Prices at which the right is worth nothing, and at which security is called for."""
    today = words(N_("carbon price {figure}"), figure=number(values.price_yuan_t))
    called = [point.trigger_prices[1] for point in loan.path.points]
    found: list[tuple[str, float | None, str]] = [
        (N_("Price at a net value of zero"), values.break_even_price_yuan_t, "value.break_even")
    ]
    if loan.path.lines:
        highest = max((price for price in called if price is not None), default=None)
        found.append((N_("Highest price that calls for security"), highest, ""))
    for label, price, step in found:
        fails = price is not None and price > values.price_yuan_t
        yield _key(label, number(price), today, unit=_PRICE, step=step, fails=fails)


def _credit(credit: CreditResult | None, terms: Loan) -> Iterator[_Key]:
    """Default, loss, stage and return; what needs more inputs is a dash."""
    if credit is None:
        yield _key(N_("Credit risk and return"), "–", words(N_("not entered")))
        return
    from_pd = words(PD_FROM[credit.pd_from]) if credit.pd_from else EMPTY_CELL
    keys = {step.key for step in credit.working}

    def step(key: str) -> str:
        return key if key in keys else ""

    yield _key(
        N_("Probability of default"),
        percent(credit.pd),
        from_pd,
        unit=_A_YEAR,
        step=step("credit.pd"),
    )
    yield _key(N_("Loss given default"), percent(credit.lgd), step=step("credit.lgd"))
    yield _key(
        N_("Expected loss of a year"),
        money(credit.el_yuan),
        words(STAGES[credit.stage]),
        unit=_YUAN,
        step=step("credit.expected_loss"),
        fails=credit.stage > 1,
    )
    hurdle = None if terms.credit is None else terms.credit.hurdle
    against = EMPTY_CELL if hurdle is None else words(AT_LEAST, figure=percent(hurdle))
    fails = hurdle is not None and credit.raroc is not None and credit.raroc < hurdle
    yield _key(
        N_("RAROC"),
        percent(credit.raroc),
        against,
        unit=_A_YEAR,
        step=step("credit.raroc"),
        fails=fails,
    )


def exposure_table(memo: CommitteeMemo, loan: LoanResult) -> FactTable:
    """Return what is out to borrower and group, this loan added, with the total."""
    found = group_exposure(memo.exposures, loan.amount_yuan, None)
    heads = (
        FactHead(N_("Debtor"), numeric=False),
        FactHead(N_("Kind of exposure"), numeric=False),
        FactHead(N_("Amount"), "yuan"),
        FactHead(N_("Note"), numeric=False),
    )
    rows = [
        (
            FactCell(line.debtor),
            FactCell(line.kind or "–"),
            yuan(line.amount_yuan),
            FactCell(line.note),
        )
        for line in memo.exposures
    ]
    rows.append((words(N_("This loan")), EMPTY_CELL, yuan(found.this_loan_yuan), EMPTY_CELL))
    total = (words(N_("Total")), EMPTY_CELL, yuan(found.total_yuan), EMPTY_CELL)
    return FactTable(heads, tuple(rows), total)


def room_rows(memo: CommitteeMemo, terms: Loan, loan: LoanResult) -> tuple[FactRow, ...]:
    """Return the room under the single-customer cap before and after this loan."""
    cap = terms.single_customer_cap_yuan
    found = group_exposure(memo.exposures, loan.amount_yuan, cap)
    if found.left_yuan is None:
        return ()
    return (
        FactRow(N_("Room under the single-customer cap"), money(found.room_yuan), "yuan"),
        FactRow(
            N_("Left of it after this loan"),
            money(found.left_yuan),
            "yuan",
            strong=found.left_yuan < 0,
        ),
    )


def account_table(lines: Sequence[FinancialLine]) -> FactTable | None:
    """Return the accounts with years across, and the ratios of each; None without any."""
    if not lines:
        return None
    heads = (
        FactHead(N_("Amounts in yuan"), numeric=False),
        *(FactHead(str(line.year)) for line in lines),
    )
    rows = [
        (words(_LABELS[name]), *(FactCell(money(getattr(line, name))) for line in lines))
        for name in _AMOUNTS
        if any(getattr(line, name) is not None for line in lines)
    ]
    ratios = [account_ratios(line) for line in lines]
    for label, said in _RATIOS:
        texts = [said(one) for one in ratios]
        if any(text != "–" for text in texts):
            rows.append((words(label), *map(FactCell, texts)))
    audited = {True: words(N_("yes")), False: words(N_("no"))}
    rows.append((words(_LABELS["audited"]), *(audited[line.audited] for line in lines)))
    return FactTable(heads, tuple(rows))


def cash_table(terms: Loan) -> FactTable | None:
    """Return the borrower's cash beside the right, by its years; None without any."""
    if not terms.other_cash:
        return None
    heads = (
        FactHead(N_("Source of the cash"), numeric=False),
        FactHead(N_("First and last year"), numeric=False),
        FactHead(N_("Cash a year"), "yuan"),
    )
    rows = tuple(
        (
            FactCell(line.name or "–"),
            FactCell(f"{line.first_year} – {line.last_year}"),
            yuan(line.amount_yuan_yr),
        )
        for line in terms.other_cash
    )
    return FactTable(heads, rows)
