"""The parties of a loan on its papers: who they are, and where they sign and seal."""

from app.finance.case.case import Case
from app.finance.case.parties import guarantors_of, pledgor_of
from app.i18n import N_
from app.reports.document import Signatures, Text, Words
from app.reports.frame import sign_block, unsigned

LENDER, BORROWER, PLEDGOR, GUARANTOR = (
    N_("Lender"),
    N_("Borrower"),
    N_("Pledgor"),
    N_("Guarantor"),
)


def parties_signed(words: Words, case: Case, statement: Text, *, with_security: bool) -> Signatures:
    """Return where the parties sign and seal, under a statement; who is not known signs blank.

    With security the pledgor and the guarantors sign as well, where they are not the borrower.
    """
    loan = case.loan
    assert loan is not None  # noqa: S101 - called for cases with a loan only
    parties = [(BORROWER, loan.borrower)]
    if with_security:
        others = ((PLEDGOR, pledgor_of(case)), (GUARANTOR, guarantors_of(loan)))
        parties += [(role, name) for role, name in others if name and name != loan.borrower]
    parties.append((LENDER, loan.lender))
    return sign_block(words, unsigned(words, parties), statement, seal=True)
