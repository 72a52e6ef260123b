"""Return on the capital a loan holds, and the least rate at which it meets a hurdle.

`raroc` and `least_revenue` serve amounts (yuan a year) and rates (a year, of a yuan lent) alike:
every argument is in the same unit.
"""

from dataclasses import dataclass

from app.finance.case.lending.credit import CreditRisk


def raroc(
    *,
    revenue: float,
    costs: float,
    expected_loss: float,
    capital: float,
    tax_rate: float = 0.0,
    capital_credit: float = 0.0,
) -> float | None:
    """Return the risk-adjusted return on capital, 1/yr; None when no capital is held.

    RAROC = ((revenue - costs - EL) (1 - t) + capital x r_c (1 - t)) / capital.

    Args:
        revenue: interest net of the tax in it, and fees.
        costs: of funds and of operation.
        expected_loss: PD x LGD x EAD of a year.
        capital: held for the loan.
        tax_rate: income tax t of the lender, 0 to below 1.
        capital_credit: yearly return r_c on the capital itself.
    """
    if capital <= 0:
        return None
    earned = revenue - costs - expected_loss + capital * capital_credit
    return earned * (1.0 - tax_rate) / capital


def least_revenue(
    *,
    costs: float,
    expected_loss: float,
    capital: float,
    hurdle: float,
    tax_rate: float = 0.0,
    capital_credit: float = 0.0,
) -> float:
    """Return the revenue at which RAROC is the hurdle H: `raroc` solved for it.

    costs + EL + capital x H / (1 - t) - capital x r_c, arguments as there. The least rate of a
    loan is this less its fee income, over 1 - VAT where the rate is shown with the tax in it.
    """
    return costs + expected_loss + capital * (hurdle / (1.0 - tax_rate) - capital_credit)


@dataclass(frozen=True, slots=True)
class Pricing:
    """What a yuan lent earns and costs in a year, as rates; capital as a share of it.

    `rate` is the rate of the contract, of which the share `interest_tax` is paid on as tax.
    """

    rate: float
    interest_tax: float
    fee: float
    funds: float
    operation: float
    expected_loss: float
    capital: float
    tax_rate: float
    capital_credit: float

    @property
    def raroc(self) -> float | None:
        """Risk-adjusted return on capital, 1/yr; None when no capital is held."""
        return raroc(
            revenue=self.rate * (1.0 - self.interest_tax) + self.fee,
            costs=self.funds + self.operation,
            expected_loss=self.expected_loss,
            capital=self.capital,
            tax_rate=self.tax_rate,
            capital_credit=self.capital_credit,
        )

    def least_rate(self, hurdle: float) -> float:
        """Return the rate of the contract at which RAROC is the hurdle, 1/yr."""
        revenue = least_revenue(
            costs=self.funds + self.operation,
            expected_loss=self.expected_loss,
            capital=self.capital,
            hurdle=hurdle,
            tax_rate=self.tax_rate,
            capital_credit=self.capital_credit,
        )
        return (revenue - self.fee) / (1.0 - self.interest_tax)


def pricing_of(
    credit: CreditRisk, *, rate: float, expected_loss: float | None, capital: float | None
) -> Pricing | None:
    """Return what the loan earns and costs; None while an input is not there.

    Args:
        credit: inputs of the lender.
        rate: of the contract, 1/yr.
        expected_loss: PD x LGD x EAD over the principal, 1/yr.
        capital: over the principal.
    """
    funds, operation = credit.funds_rate, credit.operating_cost
    tax, credited = credit.tax_rate, credit.capital_credit
    if funds is None or operation is None or tax is None or credited is None:
        return None
    if expected_loss is None or capital is None:
        return None
    return Pricing(
        rate=rate,
        interest_tax=credit.interest_tax,
        fee=credit.yearly_fee,
        funds=funds,
        operation=operation,
        expected_loss=expected_loss,
        capital=capital,
        tax_rate=tax,
        capital_credit=credited,
    )
