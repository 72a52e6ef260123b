"""The twelve Chinese blue-carbon prices that were published, and the compliance series seen.

Prices in yuan/t, volumes in t; Cangnan once, at 20. Zhangzhou has no date and no volume in its
source: it stands on the first day of 2023. Months without a day stand on the first seen price.
"""

import copy
from typing import Any

from app.finance.valuation.evidence import price_evidence
from app.finance.valuation.results import EvidenceResult
from app.services.case_file import validate


def _deals() -> dict[str, dict[str, Any]]:
    head, *rows = [row.split("|") for row in _TABLE.strip().splitlines()]
    found = {}
    for row in rows:
        line: dict[str, Any] = {k.strip(): v.strip() for k, v in zip(head, row, strict=True)}
        line = {key: value for key, value in line.items() if value}
        numbers = {name: float(line[name]) for name in ("price", "volume_t") if name in line}
        found[line["place"]] = line | numbers
    return found


_TABLE = """
place     | day        | price | ecosystem  | method    | purpose        | volume_t | market
Lianjiang | 2022-01-21 | 8     | macroalgae | listing   | voluntary      | 15000    | Xiamen
Putian    | 2022-05-19 | 18.5  | shellfish  | listing   | voluntary      | 10840    | Haixia
Zhanjiang | 2021-06-08 | 66    | mangrove   | agreement | voluntary      | 5880     | bilateral
Huidong   | 2024-07-26 | 91.7  | mangrove   | agreement | resale         | 43600    | Guangdong
Sanjiang  | 2022-05-31 | 100   | mangrove   | agreement | voluntary      | 3000     | bilateral
Xiangshan | 2023-02-28 | 106   | macroalgae | auction   | resale         | 2340.1   | Ningbo
Wanning   | 2023-04-11 | 110   | mangrove   | agreement | voluntary      | 220      | Hainan
Futian    | 2023-09-26 | 485   | mangrove   | auction   | public_benefit | 3875     | Shenzhen
Cangnan   | 2023-11-29 | 20    | mixed      | court     | judicial       | 241.68   | township
Fuqing    | 2025-04-11 | 92    | macroalgae | court     | judicial       | 326      | Haixia
Shengsi   | 2025-06-06 | 100   | shellfish  | court     | judicial       | 500      | procuratorate
Zhangzhou | 2023-01-01 | 1000  | mangrove   | court     | judicial       |          |
"""
_DEALS = _deals()
_DEALS["Huidong"]["delivery"] = "forward"

LIANJIANG, PUTIAN, ZHANJIANG, HUIDONG, SANJIANG, XIANGSHAN = list(_DEALS.values())[:6]
WANNING, FUTIAN, CANGNAN, FUQING, SHENGSI, ZHANGZHOU = list(_DEALS.values())[6:]

MARKET_DEALS = [LIANJIANG, PUTIAN, ZHANJIANG, HUIDONG, SANJIANG, XIANGSHAN, WANNING, FUTIAN]
COURT_DEALS = [CANGNAN, FUQING, SHENGSI, ZHANGZHOU]
MANGROVE_MARKET_DEALS = [ZHANJIANG, HUIDONG, SANJIANG, WANNING, FUTIAN]
FISHERY_MARKET_DEALS = [LIANJIANG, PUTIAN, XIANGSHAN]

CEA = [
    {"day": "2022-01-21", "price": 57.46},
    {"day": "2022-03-15", "price": 57.77},
    {"day": "2023-03-20", "price": 57.00},
    {"day": "2024-04-17", "price": 92.99},
    {"day": "2024-12-31", "price": 97.49},
    {"day": "2025-03-07", "price": 89.62},
    {"day": "2025-07-04", "price": 74.40},
    {"day": "2025-12-17", "price": 59.62},
    {"day": "2026-03-04", "price": 81.29},
]
"""Closing and weekly prices of the national allowance, a week on its middle day."""

ALL_COUNT = {
    "include_court": True,
    "include_forward": True,
    "include_unverified": True,
    "outlier_limit": 100,
}


def case_with(
    document: dict[str, Any], lines: list[dict[str, Any]], **evidence: object
) -> dict[str, Any]:
    """The document with this evidence, valued on 2026-03-04."""
    copied = copy.deepcopy(document)
    copied["appraisal"]["valuation_date"] = "2026-03-04"
    copied["appraisal"]["evidence"] = {"comparables": copy.deepcopy(lines), **evidence}
    return copied


def evidence_of(document: dict[str, Any]) -> EvidenceResult:
    case = validate(document).case
    assert case.appraisal is not None
    return price_evidence(case.appraisal, case.project)


def excluded(found: EvidenceResult) -> list[str]:
    return [line.excluded for line in found.comparables]
