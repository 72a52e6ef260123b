"""Who pledges and who guarantees: one answer for record, papers and checks."""

from app.finance.case.case import Case
from app.finance.case.lending.security import CollateralKind
from app.finance.case.loan import Loan


def pledgor_of(case: Case) -> str:
    """Return the pledgor: of the agreement, of the registration, the right holder, the borrower."""
    loan = case.loan
    agreement = None if loan is None else loan.agreement
    record = None if loan is None else loan.registration
    return (
        (agreement.pledgor if agreement else "")
        or (record.pledgor if record else "")
        or case.project.holder
        or (loan.borrower if loan else "")
    )


def guarantors_of(loan: Loan) -> str:
    """Return the guarantors: of the agreement, else those of the collaterals; "" without any."""
    if loan.agreement is not None and loan.agreement.guarantor:
        return loan.agreement.guarantor
    lines = (line for line in loan.collaterals if line.kind is CollateralKind.GUARANTEE)
    return " · ".join(line.name for line in lines if line.name)
