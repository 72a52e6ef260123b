"""A loan with all that lending can hold, for tests of its printed sheet."""

import copy
from functools import cache
from typing import Any

from app.finance.case.case import CaseFile
from app.finance.engine import Results, compute_case
from app.reference.tables import load_reference
from app.services.case_file import validate

_SECURITY: dict[str, Any] = {
    "collaterals": [
        {"kind": "carbon_right", "haircut": 0.2, "ratio_cap": 0.5, "first_registered": True},
        {
            "kind": "sea_area_right",
            "name": "国海证2019B3309001234号，象山港外，120.5公顷",
            "value_yuan": 24_000_000,
            "value_kind": "mortgage",
            "valued_on": "2025-06-30",
            "valid_until": "2026-06-29",
            "haircut": 0.3,
            "ratio_cap": 0.6,
            "rank": 2,
            "prior_claims_yuan": 3_000_000,
            "secured_maximum_yuan": 12_000_000,
            "first_registered": False,
            "yearly_decline": 0.04,
        },
        {
            "kind": "guarantee",
            "name": "象山县农业融资担保有限公司",
            "value_yuan": 6_000_000,
            "value_kind": "nominal",
            "valid_until": "2036-12-31",
            "rank": 3,
        },
        {
            "kind": "insurance_assignment",
            "name": "海水养殖碳汇指数保险",
            "value_yuan": 2_000_000,
            "value_kind": "sum_insured",
            "valid_until": "2026-12-31",
            "haircut": 0.1,
            "rank": 4,
        },
    ],
    "secured_margin": 0.2,
    "specified_account": "3901 1001 0920 0123 456",
    "account_bank": "宁波银行象山支行",
    "registration_no": "10826000123456789",
    "registration_end": "2037-12-31",
    "query_certificate_no": "CX-2025-1107-001",
    "query_day": "2025-11-07",
    "registration_tail_months": 24,
}

_PRICING: dict[str, Any] = {
    "rate_kind": "floating",
    "lpr_tenor": "5y",
    "margin_bp": 85,
    "repricing": "new_year",
    "lpr": [
        {"day": "2025-05-20", "one_year": 0.03, "five_years": 0.035},
        {"day": "2025-10-20", "one_year": 0.03, "five_years": 0.035},
        {"day": "2026-12-21", "one_year": 0.029, "five_years": 0.034},
    ],
    "day_count": "act_360",
    "payment_days": "settlement",
    "business_days": "following",
    "unknown_years": "weekends",
}

_CREDIT: dict[str, Any] = {
    "grades": [{"grade": "A", "pd": 0.008}, {"grade": "BBB", "pd": 0.018}],
    "grade": "BBB",
    "lgd_floor": 0.1,
    "conversion_factor": 0.4,
    "approach": "irb",
    "risk_weight": 1.0,
    "capital_ratio": 0.105,
    "irb_lgd": 0.4,
    "funds_rate": 0.02,
    "operating_cost": 0.006,
    "hurdle": 0.12,
    "tax_rate": 0.25,
    "capital_credit": 0.02,
    "scenarios": [
        {"name": "基准 Base", "weight": 0.6},
        {"name": "悲观 Bad", "weight": 0.4, "pd_factor": 2.5, "value_factor": 0.6},
    ],
}

_REGISTRATION: dict[str, Any] = {
    "category": "receivable",
    "category_reason": "海洋渔业碳汇项目收益权，由销售合同产生的现有及将有的应收账款。",
    "secured_code": "91330225MA2AH0TY7R",
    "secured_representative": "王喆",
    "secured_address": "浙江省宁波市象山县丹东街道",
    "pledgor_code": "91330225144732000X",
    "pledgor_representative": "陈堃",
    "registry": "宁波蓝碳平台 NB-2025-0007",
    "sea_area_certificate": "国海证2019B3309001234号",
    "first_vintage": 2026,
    "last_vintage": 2040,
    "pledge_contract_no": "甬象质字2025第118号",
    "sale_contract_no": "甬碳销2025-07，宁波某能源公司",
    "history": [
        {"day": "2025-11-10", "kind": "initial", "number": "10826000123456789", "months": 145},
        {"day": "2026-03-02", "kind": "amendment", "number": "10826000123456790",
         "note": "补充特定账户账号"},
    ],
    "attachments": [
        {"name": "质押合同", "number": "甬象质字2025第118号", "day": "2025-11-08",
         "place": "档案柜 A-12"},
    ],
}  # fmt: skip

_MONITORING: dict[str, Any] = {
    "as_of": "2027-09-30",
    "overdue_multiple": 1.5,
    "diverted_multiple": 2.0,
    "receipts": [
        {"day": "2025-12-22", "amount_yuan": "400000"},
        {"day": "2026-03-23", "amount_yuan": "600000"},
        {"day": "2026-06-22", "amount_yuan": "700000"},
        {"day": "2026-09-21", "amount_yuan": "700000"},
        {"day": "2026-12-21", "amount_yuan": "700000"},
        {"day": "2027-03-22", "amount_yuan": "300000"},
    ],
    "revaluations": [{"day": "2026-11-15", "price_yuan_t": 58}, {"day": "2027-08-01",
                     "price_yuan_t": 21, "note": "交易所连续三月无成交"}],
    "inspections": [{"day": "2025-11-28", "finding": "正常"}],
    "events": [
        {"day": "2027-07-01", "kind": "low_tonnes", "planned_t": 30_000, "actual_t": 21_000},
        {"day": "2027-08-20", "kind": "damage", "note": "台风“贝碧嘉”"},
    ],
}  # fmt: skip

_GREEN: dict[str, Any] = {
    "edition": "绿色金融支持项目目录（2025年版）",
    "answer": "green",
    "item": "海洋生态系统、海岸带保护修复",
    "item_code": "5.2.3",
    "evidence": "核算报告 NB-2025-0007；养殖证；海域使用权证书。",
    "approved_on": "2025-10-20",
    "decided_by": "客户经理",
    "decided_on": "2025-10-21",
    "checked_by": "绿色金融岗",
    "checked_on": "2025-10-22",
    "kpis": [
        {"name": "核查确认的净碳汇量", "test_day": "2026-12-31", "target": 30_000,
         "unit": "tCO2e/yr", "actual": 31_250, "verifier": "中国船级社质量认证"},
        {"name": "种植成活率", "test_day": "2027-12-31", "target": 80, "unit": "%"},
    ],
    "step_bp": 10,
    "restored_ha": 120.5,
    "jobs": 48,
}  # fmt: skip

_LOAN: dict[str, Any] = {
    "lender": "宁波银行股份有限公司象山支行 Bank of Ningbo, Xiangshan",
    "borrower": "象山港海洋牧场有限公司 Xiangshan Harbour Sea Ranch",
    "purpose": "牡蛎与海带养殖设施、碳汇监测",
    "contract_no": "甬象借字2025第118号",
    "amount_yuan": 20_000_000,
    "purpose_need_yuan": 26_000_000,
    "term_months": 120,
    "repayment": "equal_principal",
    "payment_frequency": "quarterly",
    "grace_months": 12,
    "drawdown_date": "2025-11-12",
    "tranches": [
        {"day": "2025-11-12", "amount_yuan": 12_000_000},
        {"day": "2026-04-15", "amount_yuan": 8_000_000, "last_day": "2026-09-30"},
    ],
    "fees": [{"day": "2026-11-12", "amount_yuan": 15_000, "name": "账户监管费"}],
    "prepayments": [{"day": "2028-03-21", "amount_yuan": 1_000_000, "fee_share": 0.005}],
    "upfront_fee_yuan": 120_000,
    "valuation_basis": "prudent",
    "pledge_ratio": 0.5,
    "single_customer_cap_yuan": 50_000_000,
    "life_income_share": 0.3,
    "path_ratio": 0.9,
    "market_risk": {"volatility": 0.35, "disposal_days": 126, "risk_free_rate": 0.018},
    "min_dscr": 1.2,
    "min_llcr": 1.3,
    "min_plcr": 1.5,
    "stressed_dscr": 1.0,
    "other_cash": [
        {"first_year": 2025, "last_year": 2036, "amount_yuan_yr": 2_400_000, "name": "牡蛎销售"}
    ],
    "stresses": [{"name": "赤潮 Red tide", "tonnes_change": -0.5, "other_cash_change": -0.3}],
    "credit": _CREDIT,
    "registration": _REGISTRATION,
    "monitoring": _MONITORING,
    "green": _GREEN,
    **_SECURITY,
    **_PRICING,
}

_RICH: dict[str, Any] = {
    "schema_version": 1,
    "project": {
        "name": "象山港海洋牧场碳汇 Xiangshan Harbour sea ranch",
        "holder": "象山港海洋牧场有限公司",
        "place": "浙江宁波象山",
        "ecosystem": "shellfish",
        "quantity_method": "stated",
        "uncertainty_discount": 0.05,
        "leakage_share": 0,
        "buffer_share": 0.1,
        "sea_area_right_end": "2044-12-31",
        "stated_unit": "tCO2e",
        "stated": [{"first_year": 2025, "last_year": 2044, "tonnes_per_year": 36_500}],
    },
    "appraisal": {
        "valuation_date": "2025-10-31",
        "price_yuan_t": 80,
        "price_growth": 0.02,
        "horizon_years": 19,
        "discount_rate": 0.08,
        "transaction_fee_share": 0.05,
        "monitoring_cost_yuan_yr": 120_000,
        "verification_cost_yuan": 90_000,
        "operating_cost_yuan_yr": 150_000,
        "benefit_share": 0.1,
        "tax_share": 0.03,
        "liquidation_discount": 0.4,
        "disposal_cost_share": 0.1,
        "months_to_sell": 9,
        "prudent_price_discount": 0.15,
        "prudent_tonnes_discount": 0.1,
    },
    "loan": _LOAN,
}


def rich_document() -> dict[str, Any]:
    """A loan with four collaterals, LPR, tranches, watch, registration, credit and green."""
    return copy.deepcopy(_RICH)


@cache
def rich_case() -> tuple[CaseFile, Results]:
    """The loan of `rich_document`, computed."""
    file = validate(rich_document())
    return file, compute_case(file.case, load_reference().tables)
