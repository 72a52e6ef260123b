"""What the sheet says of the loan: rate, parties, facility, pricing, sizing and schedule."""

from collections.abc import Iterator

from app.finance.case.case import CaseFile
from app.finance.case.loan import Loan, Repayment
from app.finance.engine import Results
from app.finance.fields import choice_label
from app.formats import money, percent
from app.i18n import N_
from app.reports.document import (
    NOTHING,
    Block,
    Column,
    Fact,
    Facts,
    Grid,
    Heading,
    Hero,
    Words,
    free,
)
from app.reports.entries import capitals, cell, choice, day, entered, figure, number_cell, yuan


def rate_first(words: Words, file: CaseFile, results: Results) -> Iterator[Block]:
    """The annualised rate, before and above every other figure of the loan."""
    loan, terms = results.loan, file.case.loan
    if loan is None or terms is None:
        return
    yield Hero(
        words(N_("Annualised rate, fees included (compound)")),
        free(percent(loan.effective.annual_compound)),
        "loan.annual_rate",
        words(N_("Annualised rate, fees included (simple)")),
        free(percent(loan.effective.annual_simple)),
        words(
            N_("Interest rate of the contract {rate} a year; fees at drawdown {fee} yuan."),
            rate=percent(terms.annual_rate),
            fee=money(terms.upfront_fee_yuan),
        ),
    )


def facility(words: Words, file: CaseFile, results: Results) -> Iterator[Block]:
    """Parties, then amount in figures and capitals, purpose, term, repayment and pricing."""
    loan, terms = results.loan, file.case.loan
    if loan is None or terms is None:
        return
    yield Heading(words(N_("Parties and facility")))
    facts = [
        entered(words, N_("Lender"), terms.lender),
        entered(words, N_("Borrower"), terms.borrower),
        entered(words, N_("Pledgor"), file.case.project.holder),
        entered(words, N_("Purpose"), terms.purpose),
        yuan(words, N_("Amount asked"), loan.amount_yuan, strong=True),
        choice(words, N_("Repayment"), choice_label(Loan, "repayment", terms.repayment)),
        *capitals(words, N_("Amount in capitals"), loan.amount_yuan),
        figure(words, N_("Term"), str(terms.term_months), "month"),
        day(words, N_("Drawdown date"), terms.drawdown_date),
        figure(words, N_("Interest rate"), percent(terms.annual_rate), "1/yr"),
        day(words, N_("Maturity"), loan.maturity),
        yuan(words, N_("Fees at drawdown"), terms.upfront_fee_yuan),
    ]
    if terms.repayment is Repayment.BULLET:
        label = choice_label(Loan, "interest_payment", terms.interest_payment)
        facts.append(choice(words, N_("Interest of a bullet loan paid"), label))
    if terms.pricing_note:
        facts.append(entered(words, N_("Pricing reference"), terms.pricing_note))
    yield Facts(tuple(facts))


def sizing(words: Words, file: CaseFile, results: Results) -> Iterator[Block]:
    """Each bound of the loan, the binding one marked, and what carbon leaves uncovered."""
    loan, terms = results.loan, file.case.loan
    if loan is None or terms is None:
        return
    yield Heading(words(N_("Sizing")))
    rows = [
        (
            cell(words(bound.label)),
            number_cell(money(bound.amount_yuan)),
            cell(words(N_("binding")) if bound.binding else NOTHING),
        )
        for bound in loan.bounds
    ]
    yield Grid(
        (
            Column(words(N_("Bound")), 0.5),
            Column(words(N_("yuan")), 0.26, numeric=True),
            Column(NOTHING, 0.24),
        ),
        tuple(rows),
        marked=next(index for index, bound in enumerate(loan.bounds) if bound.binding),
    )
    yield Facts(
        (
            yuan(words, N_("Amount the right carries"), loan.supported_yuan, "loan.supported",
                 strong=True),
            yuan(words, N_("Amount carbon does not cover"), loan.uncovered_yuan,
                 strong=loan.uncovered_yuan > 0),
            figure(words, N_("Pledge ratio, at most"), percent(terms.pledge_ratio)),
        )
    )  # fmt: skip


def security(words: Words, file: CaseFile) -> Iterator[Fact]:
    """What secures the loan beside the right: account, registration, other security."""
    terms = file.case.loan
    if terms is None:
        return
    yield entered(words, N_("Specified account number"), terms.specified_account)
    yield entered(words, N_("Account bank"), terms.account_bank)
    yield entered(words, N_("Registration number"), terms.registration_no)
    if terms.registration_end is not None:
        yield day(words, N_("Registration ends"), terms.registration_end)
    yield entered(words, N_("Other security"), terms.other_security)


def schedule_summary(words: Words, results: Results) -> Iterator[Block]:
    """First and last payment, their number and the totals; each line is in the annex."""
    loan = results.loan
    if loan is None:
        return
    first = loan.schedule[0].due.isoformat()
    yield Heading(words(N_("Repayment in short")))
    yield Facts(
        (
            yuan(words, N_("First payment"), loan.first_payment_yuan, "loan.first_payment"),
            Fact(words(N_("First payment due")), free(first)),
            yuan(words, N_("Last payment"), loan.last_payment_yuan),
            Fact(words(N_("Last payment due")), free(loan.maturity.isoformat())),
            yuan(words, N_("Interest in all"), loan.total_interest_yuan, "loan.total_interest"),
            figure(words, N_("Number of payments"), str(len(loan.schedule))),
            yuan(words, N_("Principal and interest"), loan.total_payment_yuan),
        )
    )  # fmt: skip
