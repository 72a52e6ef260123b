"""Key figures of a case, kept with each version: for the lists, and as what was signed."""

from app.finance.case.case import CaseFile
from app.finance.engine import Results
from app.finance.lending.loan import loan_to_value
from app.services.due_list import due_text
from app.services.fingerprint import schedule_hash
from app.services.ports import Figures


def key_figures(file: CaseFile, results: Results) -> Figures:
    """Return the key figures; rates are fractions, money is yuan.

    `schedule` stands for every payment of the loan (`schedule_hash`), `due` holds what is due of
    it (`due_list`).
    """
    project, loan, insurance = file.case.project, file.case.loan, file.case.insurance
    values = results.values
    first = results.carbon.years[0].credits_tco2 if results.carbon.years else 0.0
    figures: dict[str, str | float | None] = {
        "ecosystem": project.ecosystem.value,
        "place": project.place,
        "holder": project.holder,
        "methodology": project.methodology,
        "market": project.market,
        "first_year_credits_tco2e": first,
        "total_credits_tco2e": results.carbon.total_credits_tco2,
        "red_flags": len(results.red_flags),
        "warnings": len(results.notices) - len(results.red_flags),
    }
    appraisal = file.case.appraisal
    if appraisal is not None and values is not None:
        figures |= {
            "valuation_date": appraisal.valuation_date.isoformat(),
            "price_yuan_t": values.price_yuan_t,
            "horizon_years": values.horizon_years,
            "gross_yuan": float(values.gross_yuan),
            "net_yuan": float(values.net_yuan),
            "prudent_yuan": float(values.prudent_yuan),
            "liquidation_yuan": float(values.liquidation_yuan),
        }
    if loan is not None and results.loan is not None:
        figures |= {
            "lender": loan.lender,
            "borrower": loan.borrower,
            "amount_yuan": float(results.loan.amount_yuan),
            "supported_yuan": float(results.loan.supported_yuan),
            "loan_to_one_year": results.loan.loan_to_one_year,
            "loan_to_basis": loan_to_value(results.loan.amount_yuan, results.loan.basis_value_yuan),
            "annual_compound": results.loan.effective.annual_compound,
            "maturity": results.loan.maturity.isoformat(),
            "unsecured_yuan": float(results.loan.security.unsecured_yuan),
            "coverage": results.loan.security.coverage,
            "min_dscr": results.loan.cover.min_dscr,
            "total_interest_yuan": float(results.loan.total_interest_yuan),
            "schedule": schedule_hash(results.loan.plan),
            "due": due_text(file, results),
        }
    if insurance is not None and results.insurance is not None:
        figures |= {
            "insurer": insurance.insurer,
            "insured": insurance.insured,
            "sum_insured_yuan": float(results.insurance.sum_insured_yuan),
            "gross_premium_yuan": float(results.insurance.gross_premium_yuan),
            "pure_premium_yuan": results.insurance.pure_premium_yuan,
            "premium_rate": results.insurance.rate,
            "period_start": insurance.period_start.isoformat(),
        }
    return figures
