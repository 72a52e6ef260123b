"""The slip: a quotation laid out by the sections of the London market reform contract.

Sections and headings after the guide of the Market Reform Contract (version 1.1 of June 2007,
bulletin on version 1.9 of 2018), as recalled. What the case does not say is "to be agreed":
no clause and no law is put in the place of one that nobody chose.
"""

from collections.abc import Iterator, Sequence

from app.finance.case.insurance import Insurance
from app.finance.insurance.results import CoInsurerShare, InsuranceResult
from app.formats import money, percent
from app.i18n import N_
from app.reports.document import (
    EMPTY,
    Block,
    Cell,
    Column,
    Document,
    Grid,
    Heading,
    Prose,
    Words,
    free,
)
from app.reports.entries import cell, number_cell
from app.reports.frame import framed, identity, signed
from app.reports.insurance_facts import NOT_AN_OFFER
from app.reports.insurance_premium_facts import subsidy_table
from app.reports.quotation import insurance_notices
from app.reports.right_sections import flag_panel
from app.reports.sheet import Sheet
from app.reports.slip_risk import information, risk_details
from app.reports.slip_texts import (
    TO_BE_AGREED,
    Row,
    Write,
    agreed_later,
    free_text,
    lines_of,
    table_lines,
    worded,
)

_HEADING_SHARE = 0.24
_STATEMENT = N_(
    "Indicative and not binding. An insurer is bound only by a line it has signed after approval; "
    "the inputs are listed in the quotation of the same version."
)
_NEEDS_FILING = N_("Terms and rates need filing before they are used.")


def build_slip(sheet: Sheet) -> Document:
    """Say what the slip says; nothing is drawn yet. The case has an insurance."""
    words, file, results, stamp = sheet.words, sheet.file, sheet.results, sheet.stamp
    found, policy = results.insurance, file.case.insurance
    assert found is not None and policy is not None  # noqa: S101, PT018 - checked by the caller
    lines = found.coinsurers or (_sole(policy, found),)
    blocks = (
        identity(sheet),
        Prose(words(NOT_AN_OFFER)),
        *_section(words, N_("Risk details"), risk_details(file.case, policy, found)),
        *_section(words, N_("Information"), information(file.case, results, found)),
        flag_panel(words, insurance_notices(results), approved=stamp.approved),
        *_security(words, lines),
        *_section(words, N_("Subscription agreement"), _subscription(lines)),
        *_section(words, N_("Fiscal and regulatory"), _fiscal(policy, found)),
        *_section(
            words, N_("Broker remuneration and deductions"), _remuneration(policy, found)
        ),
        signed(sheet, words(_STATEMENT), seal=True),
    )  # fmt: skip
    title = words(N_("Slip: blue-carbon insurance"))
    return framed(sheet, title, blocks, house=policy.insurer)


def _sole(policy: Insurance, found: InsuranceResult) -> CoInsurerShare:
    """One insurer that carries the whole."""
    return CoInsurerShare(
        policy.insurer, True, 1.0, found.sum_insured_yuan, found.gross_premium_yuan
    )


def _section(words: Words, title: str, rows: Sequence[Row]) -> Iterator[Block]:
    """A section as two columns, headings and their text."""
    yield Heading(words(title))
    heads = (
        Column(words(N_("Heading")), _HEADING_SHARE),
        Column(words(N_("Text")), 1 - _HEADING_SHARE),
    )
    yield Grid(heads, tuple(_row(words, row) for row in rows))


def _row(words: Words, row: Row) -> tuple[Cell, ...]:
    text = words.each(row.write)
    return cell(words(row.heading), strong=True), cell(
        text if text.leading else words(TO_BE_AGREED)
    )


def _security(words: Words, lines: Sequence[CoInsurerShare]) -> Iterator[Block]:
    """How the insurers are bound, then a line for each of them to sign."""
    rows = (
        Row(N_("Liability of the insurers"), agreed_later),
        Row(N_("Order hereon"), worded(
            N_("{share} of the whole"), share=percent(sum(line.share for line in lines))
        )),
        Row(N_("Basis of the written lines"), worded(N_("percentage of the whole"))),
        Row(N_("Signing provisions"), agreed_later),
    )  # fmt: skip
    yield from _section(words, N_("Security details"), rows)
    yield Heading(words(N_("Lines of the insurers")), 2)
    heads = (
        Column(words(N_("Insurer")), 0.25),
        Column(words(N_("Role")), 0.08),
        Column(words(N_("Written line")), 0.1, numeric=True),
        Column(words(N_("Sum insured (yuan)")), 0.15, numeric=True),
        Column(words(N_("Premium (yuan)")), 0.13, numeric=True),
        Column(words(N_("Signed line")), 0.1),
        Column(words(N_("Signature, stamp and date")), 0.19),
    )
    signing = tuple(
        (
            cell(free(line.name) if line.name else words(TO_BE_AGREED)),
            cell(words(N_("leads") if line.leads else N_("follows"))),
            number_cell(percent(line.share)),
            number_cell(money(line.sum_insured_yuan)),
            number_cell(money(line.premium_yuan)),
            EMPTY,
            EMPTY,
        )
        for line in lines
    )
    yield Grid(heads, signing, roomy=True)


def _subscription(lines: Sequence[CoInsurerShare]) -> tuple[Row, ...]:
    leader = next((line.name for line in lines if line.leads), "")
    return (
        Row(N_("Contract leader"), free_text(leader)),
        Row(N_("Basis of agreement to changes of the contract"), agreed_later),
        Row(N_("Other parties to agree to changes"), agreed_later),
        Row(N_("Parties to agree to claims"), agreed_later),
        Row(N_("Basis of agreement to claims"), agreed_later),
        Row(N_("Fees of experts"), agreed_later),
        Row(N_("Settlement due date"), agreed_later),
        Row(N_("Bureaux"), agreed_later),
    )


def _fiscal(policy: Insurance, found: InsuranceResult) -> tuple[Row, ...]:
    subsidised: Write = agreed_later
    if policy.subsidised is not None:
        subsidised = worded(N_("yes") if policy.subsidised else N_("no"))
    return (
        Row(N_("Tax payable by the insurers"), _of_premium(found, "tax", policy.tax_share)),
        Row(N_("Country of origin"), agreed_later),
        Row(N_("Regulatory location of the risk"), agreed_later),
        Row(N_("Subsidised cover"), lines_of(subsidised, table_lines(subsidy_table(found)))),
        Row(N_("Filing of terms and rates"), worded(_NEEDS_FILING)),
    )


def _remuneration(policy: Insurance, found: InsuranceResult) -> tuple[Row, ...]:
    return (
        Row(N_("Fee payable by the client"), agreed_later),
        Row(N_("Total brokerage"), _of_premium(found, "commission", policy.commission_share)),
        Row(N_("Other deductions from the premium"), agreed_later),
    )


def _of_premium(found: InsuranceResult, code: str, share: float) -> Write:
    """A part of the technical premium, as a share and in yuan."""
    amount = sum(line.amount_yuan for line in found.loadings if line.code == code)
    return worded(
        N_("{share} of the technical premium, {amount} yuan"),
        share=percent(share),
        amount=money(amount),
    )
