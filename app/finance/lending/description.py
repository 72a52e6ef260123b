"""The text that describes what is pledged, in the language of the registration system: Chinese.

The text is data, not a screen: it is copied into the system as it stands and never translated.
Contents as a description of collateral usually has them: project, registry, methodology, sea
area, sink, vintages, tonnes, share, sale contract, account, valuation, contracts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from string import Formatter

from app.finance.case.carbon.kinds import Ecosystem
from app.finance.case.case import Case
from app.finance.case.lending.registration import Registration
from app.finance.case.lending.security import CollateralKind, LegalForm
from app.finance.case.loan import Loan
from app.finance.case.project import Project
from app.finance.lending.parts import LoanParts
from app.finance.sink.credits import CarbonResult
from app.finance.valuation.horizon import right_end

SENTENCES = (
    ("担保财产：“{project}”项目的{object}", "碳汇载体为{ecosystem}", "位于{place}"),
    ("登记平台及项目编号：{registry}", "方法学：{methodology}"),
    ("海域使用权证书：{certificate}", "项目面积为{area}公顷", "中心点经度、纬度：{coordinates}"),
    (
        "担保所涉碳汇的产生年份为{vintages}",
        "数量为{tonnes}吨二氧化碳当量",
        "担保比例为该项权利的{share}",
    ),
    ("销售合同及购买方：{sale_contract}",),
    ("收款特定账户账号：{account}", "开户银行：{bank}"),
    ("评估报告：{report}", "评估基准日为{valuation_date}", "价值为人民币{value}元"),
    ("借款合同编号：{contract}", "质押合同编号：{pledge_contract}"),
)
"""Sentences of clauses; a clause with an empty part is left out, so is a sentence without any."""

_OBJECTS = {
    LegalForm.INCOME_RIGHT: (
        "碳汇收益权，即因销售碳汇减排量而享有的现有的以及将有的金钱债权（应收账款）"
    ),
    LegalForm.CREDITS: "已签发的碳汇减排量",
    LegalForm.REPO: "碳汇减排量（卖出并约定回购）",
}
_ECOSYSTEMS = {
    Ecosystem.MANGROVE: "红树林",
    Ecosystem.SALT_MARSH: "盐沼",
    Ecosystem.SEAGRASS: "海草床",
    Ecosystem.SHELLFISH: "贝类",
    Ecosystem.MACROALGAE: "大型藻类",
    Ecosystem.PHYTOPLANKTON: "浮游植物",
}
_LISTED_SITES = 3


def compose(facts: Mapping[str, str]) -> str:
    """Return the sentences whose parts are there, one after the other."""
    sentences = []
    for clauses in SENTENCES:
        kept = [
            clause.format(**facts)
            for clause in clauses
            if all(facts.get(n) for n in _names(clause))
        ]
        if kept:
            sentences.append("，".join(kept) + "。")
    return "".join(sentences)


def _names(clause: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(clause) if name]


def _plain(figure: float | Decimal, digits: int) -> str:
    """Return a figure with at most `digits` decimals and no zeros at their end."""
    text = f"{figure:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def describe(parts: LoanParts, record: Registration) -> str:
    """Return the description of what is pledged; clauses nobody filled are left out."""
    loan, project = parts.loan, parts.case.project
    return compose(
        {
            "project": project.name,
            "object": _OBJECTS[loan.legal_form],
            "ecosystem": _ECOSYSTEMS[project.ecosystem],
            "place": project.place,
            "registry": record.registry or project.registry_id,
            "methodology": project.methodology,
            "certificate": record.sea_area_certificate,
            "area": "" if parts.carbon.area_ha is None else _plain(parts.carbon.area_ha, 4),
            "coordinates": _coordinates(project),
            **_quantity(parts),
            "sale_contract": record.sale_contract_no,
            "account": loan.specified_account,
            "bank": loan.account_bank,
            **_valuation(parts, record),
            "contract": loan.contract_no,
            "pledge_contract": record.pledge_contract_no,
        }
    )


def _coordinates(project: Project) -> str:
    sites = [f"{site.longitude:.4f}、{site.latitude:.4f}" for site in project.sites]
    listed = "；".join(sites[:_LISTED_SITES])
    return listed if len(sites) <= _LISTED_SITES else f"{listed}等{len(sites)}处"


def _pledged_share(loan: Loan) -> float:
    kinds = (CollateralKind.CARBON_RIGHT, CollateralKind.ISSUED_CREDITS)
    lines = [line.pledged_share for line in loan.collaterals if line.kind in kinds]
    return lines[0] if lines else 1.0


@dataclass(frozen=True, slots=True)
class PledgedQuantity:
    """What of the right is pledged: vintages, tonnes of CO2e, share of the right (1.0 = all).

    `vintages` and `tonnes` are None where neither the record nor the case has them.
    """

    vintages: tuple[int, int] | None
    tonnes: float | None
    share: float


def pledged_quantity(case: Case, carbon: CarbonResult) -> PledgedQuantity:
    """Return what of the right is pledged: the tonnes entered, else the unsold ones of the case.

    Tonnes of the case are those of the vintages pledged, times the share pledged.

    Raises:
        ValueError: the case has no loan.
    """
    if case.loan is None:
        raise ValueError("the case has no loan")
    share = _pledged_share(case.loan)
    record = case.loan.registration
    years = _vintages(case, carbon, record)
    tonnes = None if record is None else record.tonnes
    if tonnes is None and years is not None:
        found = [carbon.unsold_in(year) for year in range(years[0], years[1] + 1)]
        tonnes = share * sum(found)
    return PledgedQuantity(years, tonnes or None, share * case.project.own_share)


def _quantity(parts: LoanParts) -> dict[str, str]:
    """Return vintages, tonnes and share as the text writes them."""
    found = pledged_quantity(parts.case, parts.carbon)
    years = found.vintages
    spans = "" if years is None else f"{years[0]}年至{years[1]}年"
    return {
        "vintages": f"{years[0]}年" if years is not None and years[0] == years[1] else spans,
        "tonnes": _plain(found.tonnes, 2) if found.tonnes else "",
        "share": f"{_plain(100 * found.share, 4)}%",
    }


def _vintages(
    case: Case, carbon: CarbonResult, record: Registration | None
) -> tuple[int, int] | None:
    """Return the vintages entered, else those from the valuation to the end of the right."""
    over = right_end(case.project)
    valued = 0 if case.appraisal is None else case.appraisal.valuation_date.year
    planned = [
        row.year
        for row in carbon.years
        if row.credits_tco2 > 0
        and row.year >= valued
        and (over is None or row.year <= over[1].year)
    ]
    first = (record.first_vintage if record else None) or (planned[0] if planned else None)
    last = (record.last_vintage if record else None) or (planned[-1] if planned else None)
    if first is None or last is None or last < first:
        return None
    return first, last


def _valuation(parts: LoanParts, record: Registration) -> dict[str, str]:
    """Return report, valuation date and value: the value entered, else that the loan rests on."""
    engagement = parts.appraisal.engagement
    number = record.report_no or (engagement.report_number if engagement is not None else "")
    firm = engagement.firm if engagement is not None else ""
    lines = (ln for ln in parts.loan.collaterals if ln.kind is CollateralKind.CARBON_RIGHT)
    entered = next((line for line in lines if line.value_yuan is not None), None)
    if entered is not None:
        value, day = entered.value_yuan, entered.valued_on
    else:
        value = parts.values.by_basis(parts.loan.valuation_basis)
        day = parts.appraisal.valuation_date
    return {
        "report": "，".join(part for part in (firm, number) if part) if number else "",
        "valuation_date": "" if day is None else f"{day.year}年{day.month}月{day.day}日",
        "value": f"{value:,.2f}" if value is not None and value > 0 else "",
    }
