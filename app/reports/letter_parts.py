"""What the letters of a loan share: to whom they go, who seals them, the slip that comes back."""

from collections.abc import Iterator, Sequence

from app.finance.case.lending.agreement import LoanAgreement
from app.finance.case.parties import pledgor_of
from app.i18n import N_, Translator
from app.reports.document import (
    NOTHING,
    Address,
    Block,
    Heading,
    NewPage,
    Prose,
    Signatures,
    Text,
    Words,
    free,
)
from app.reports.drawdown_facts import BOX
from app.reports.frame import sign_block, unsigned
from app.reports.sheet import Sheet


def seals(
    words: Words, parties: Sequence[tuple[str, str]], statement: Text
) -> Iterator[Signatures]:
    """Yield where each party signs and sets its own seal; each is a message id and a name.

    They sign for themselves: no roles of a template take their place.
    """
    for place, party in enumerate(parties):
        said = NOTHING if place else statement
        yield sign_block(words, unsigned(words, (party,)), said, seal=True)


def recipients(sheet: Sheet) -> tuple[tuple[str, str], ...]:
    """Return the borrower, and the pledgor where that is somebody else, each with its role."""
    loan = sheet.case.loan
    borrower, pledgor = (loan.borrower if loan else ""), pledgor_of(sheet.case)
    if not pledgor or pledgor == borrower:
        return ((N_("Borrower and pledgor") if pledgor else N_("Borrower"), borrower),)
    return ((N_("Borrower"), borrower), (N_("Pledgor"), pledgor))


def _recipient(words: Words, role: str, name: str) -> Text:
    """Return role and name, the name once; room to write where it is not known."""
    shown = name or "　" * 12

    def said(tr: Translator) -> str:
        return tr(N_("{role}: {name}")).format(role=tr(role), name=shown)

    lines = [said(words.translators[0]), *(tr(role) for tr in words.translators[1:])]
    return Text(tuple(lines))


def address(sheet: Sheet) -> Address:
    """Return the head of a letter: borrower and pledgor, from where and when, by which contract."""
    words, loan = sheet.words, sheet.case.loan
    assert loan is not None  # noqa: S101 - letters are of loans
    agreement = loan.agreement or LoanAgreement()
    lines = [_recipient(words, role, name) for role, name in recipients(sheet)]
    where = agreement.borrower_address
    if not where and loan.registration is not None:
        where = loan.registration.pledgor_address
    if where:
        lines.append(free(where))
    sender = " · ".join(part for part in (loan.lender, agreement.branch) if part)
    issued = sheet.stamp.issued_on.isoformat()
    numbers = [
        (N_("Loan contract {number}"), loan.contract_no),
        (N_("our reference {number}"), agreement.reference_no),
    ]
    known = [(message, number) for message, number in numbers if number]
    reference = words.each(
        lambda tr: tr(N_("; ")).join(tr(message).format(number=number) for message, number in known)
    )
    return Address(
        tuple(lines),
        free(", ".join(part for part in (sender, issued) if part)),
        reference if known else NOTHING,
    )


def return_slip(sheet: Sheet, answers: Sequence[str]) -> Iterator[Block]:
    """Yield the receipt that is signed and sent back, and the new page of the annex.

    A letter in two languages fills its page: its slip stands at the head of the annex.
    """
    if len(sheet.words.translators) > 1:
        yield NewPage(always=True)
        yield from _slip(sheet, answers)
    else:
        yield from _slip(sheet, answers)
        yield NewPage(always=True)


def _slip(sheet: Sheet, answers: Sequence[str]) -> Iterator[Block]:
    """What was received, boxes for the answers, and who signs."""
    words = sheet.words
    yield Heading(words(N_("Return slip")), 2)

    def said(message: str) -> Text:
        return words(message, number=sheet.stamp.document_no, day=sheet.stamp.issued_on.isoformat())

    yield Prose(said(N_("The letter {number} of {day} was received.")))
    if answers:
        yield Prose(words.each(lambda tr: "   ".join(f"{BOX} {tr(answer)}" for answer in answers)))
    statement = words(N_("To be signed or sealed and returned to the lender."))
    yield sign_block(words, unsigned(words, recipients(sheet)), statement)
