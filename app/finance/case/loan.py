"""The loan asked for and what secures it."""

from dataclasses import dataclass
from typing import Annotated

from app.finance.case.lending.agreement import LoanAgreement
from app.finance.case.lending.credit import CreditRisk
from app.finance.case.lending.days import DayInputs
from app.finance.case.lending.green import Green
from app.finance.case.lending.memo import CommitteeMemo
from app.finance.case.lending.monitoring import Monitoring
from app.finance.case.lending.pricing import PricingInputs
from app.finance.case.lending.registration import Registration
from app.finance.case.lending.security import SecurityInputs
from app.finance.case.lending.sizing_inputs import SizingInputs, ValuationBasis
from app.finance.case.lending.stress import StressLine
from app.finance.case.lending.terms import ChangeInputs, InterestPayment, Repayment, TermInputs
from app.finance.fields import Field
from app.finance.text import N_

_PARTIES = N_("Parties")
_STRESS = N_("Stress")

__all__ = ["InterestPayment", "Loan", "Repayment", "ValuationBasis"]


@dataclass(frozen=True, kw_only=True)
class PartyInputs:
    """Who lends to whom, and for what."""

    lender: Annotated[str, Field(N_("Lender"), max_length=200, group=_PARTIES)] = ""
    borrower: Annotated[str, Field(N_("Borrower"), max_length=200, group=_PARTIES)] = ""
    purpose: Annotated[str, Field(N_("Purpose"), max_length=500, group=_PARTIES)] = ""
    contract_no: Annotated[
        str, Field(N_("Loan contract number"), max_length=120, group=_PARTIES)
    ] = ""


@dataclass(frozen=True, kw_only=True)
class Loan(
    SecurityInputs, SizingInputs, DayInputs, ChangeInputs, PricingInputs, TermInputs, PartyInputs
):
    """All inputs of the loan; a dataclass lists the fields of its bases from the last one on."""

    stresses: Annotated[
        tuple[StressLine, ...],
        Field(
            N_("Own stresses"),
            group=_STRESS,
            max_length=20,
            help=N_("Beside the set S1 to S8, which is always computed."),
        ),
    ] = ()
    credit: Annotated[CreditRisk | None, Field(N_("Credit risk and return"))] = None
    registration: Annotated[Registration | None, Field(N_("Registration record"))] = None
    monitoring: Annotated[Monitoring | None, Field(N_("Life of the loan"))] = None
    green: Annotated[Green | None, Field(N_("Green classification"))] = None
    agreement: Annotated[LoanAgreement | None, Field(N_("Terms of the agreement"))] = None
    memo: Annotated[CommitteeMemo | None, Field(N_("Memo to the credit committee"))] = None
