"""What a signatory must know of the loan: warnings, and red flags that stop a final print."""

from app.finance.case.case import Case
from app.finance.case.lending.sizing_inputs import ValuationBasis
from app.finance.lending.caution_parts import Watched, warning
from app.finance.lending.course_cautions import course_cautions
from app.finance.lending.green_cautions import green_cautions
from app.finance.lending.legal_cautions import legal_cautions
from app.finance.lending.results import LoanResult
from app.finance.lending.security_cautions import security_cautions
from app.finance.notices import Notice
from app.finance.valuation.results import ValueResult


def loan_cautions(case: Case, loan: LoanResult, values: ValueResult | None) -> list[Notice]:
    """Return the warnings and red flags of a loan.

    Tonnes promised twice are told by the ledger of credits.
    """
    if case.loan is None:
        return []
    seen = Watched(case, case.loan, loan, values)
    return [
        *_amount(seen),
        *legal_cautions(seen),
        *security_cautions(seen),
        *course_cautions(seen),
        *green_cautions(seen),
    ]


def _amount(seen: Watched) -> list[Notice]:
    found = []
    if seen.values is not None and seen.loan.valuation_basis is ValuationBasis.GROSS:
        net = seen.values.net_yuan
        found.append(warning("loan_on_gross", "loan.valuation_basis", net=net))
    if seen.result.uncovered_yuan > 0:
        facts: dict[str, object] = {
            "supported": seen.result.supported_yuan,
            "amount": seen.result.amount_yuan,
            "uncovered": seen.result.uncovered_yuan,
        }
        binding = next(bound for bound in seen.result.bounds if bound.binding)
        if binding.code == "pledge_ratio" and not seen.loan.collaterals:
            found.append(warning("carbon_alone_too_small", "loan.amount_yuan", **facts))
        else:
            facts |= {"bound": binding.label}
            found.append(warning("amount_over_bounds", "loan.amount_yuan", **facts))
    return found
