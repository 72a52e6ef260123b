"""The loans of `tests/cases/peers`, as QuantLib, pyxirr and the spreadsheet had them."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from app.finance.case.lending.days import BusinessDays, DayCount, UnknownYears
from app.finance.case.lending.terms import InterestPayment, PaymentFrequency, Repayment

PEERS = Path(__file__).parents[2] / "cases" / "peers"
QUARTERLY = PaymentFrequency.QUARTERLY
PEER_LOANS: dict[str, dict[str, Any]] = {
    "L01_weihai_abc_13m_annuity": {
        "amount_yuan": Decimal(13_000_000),
        "annual_rate": 0.0435,
        "drawdown_date": date(2022, 6, 20),
        "term_months": 36,
        "payment_frequency": QUARTERLY,
        "day_count": DayCount.THIRTY_360,
    },
    "L03_rongcheng_20m_equal_principal": {
        "amount_yuan": Decimal(20_000_000),
        "annual_rate": 0.048,
        "drawdown_date": date(2021, 8, 3),
        "term_months": 36,
        "repayment": Repayment.EQUAL_PRINCIPAL,
        "day_count": DayCount.ACT_360,
    },
    "L05_dongtou_150k_bullet_year": {
        "amount_yuan": Decimal(150_000),
        "annual_rate": 0.05,
        "drawdown_date": date(2022, 5, 12),
        "repayment": Repayment.BULLET,
        "interest_payment": InterestPayment.YEARLY,
        "day_count": DayCount.ACT_365F,
    },
    "L07_grace_4q_then_annuity": {
        "amount_yuan": Decimal(13_000_000),
        "annual_rate": 0.0435,
        "drawdown_date": date(2024, 3, 20),
        "term_months": 60,
        "grace_months": 12,
        "payment_frequency": QUARTERLY,
        "day_count": DayCount.THIRTY_360,
    },
    # QuantLib moved its days by the calendar of Hong Kong. Of the days that fall on a holiday all
    # are Saturdays and Sundays, and no holiday of China lies beside them: the days are the same.
    "L09_equal_principal_act_act_HK": {
        "amount_yuan": Decimal(7_800_000),
        "annual_rate": 0.0575,
        "drawdown_date": date(2023, 12, 29),
        "term_months": 60,
        "repayment": Repayment.EQUAL_PRINCIPAL,
        "payment_frequency": PaymentFrequency.HALF_YEARLY,
        "day_count": DayCount.ACT_ACT,
        "business_days": BusinessDays.MODIFIED_FOLLOWING,
        "accrual_moves": True,
        "unknown_years": UnknownYears.WEEKENDS,
    },
}
