"""Warnings and red flags of a case: what a signatory must know before the figures are used."""

from app.finance.case.appraisal import Appraisal
from app.finance.case.carbon.kinds import Ecosystem, QuantityMethod
from app.finance.case.case import Case
from app.finance.case.valuation.cost_tool import IncomeMethod
from app.finance.case.valuation.curve import CurveKind
from app.finance.case.valuation.price_inputs import PriceBasis
from app.finance.insurance.cautions import insurance_cautions
from app.finance.insurance.results import InsuranceResult
from app.finance.lending.cautions import loan_cautions
from app.finance.lending.results import LoanResult
from app.finance.notices import Notice, Severity
from app.finance.sink.credits import CarbonResult
from app.finance.sink.eligibility import MarketAnswer, no_compliance_exit
from app.finance.sink.plausibility import plausibility_notices
from app.finance.sink.tables import SinkTables
from app.finance.valuation.approaches import issued_tonnes
from app.finance.valuation.cautions import value_cautions
from app.finance.valuation.horizon import right_end
from app.finance.valuation.results import ValueResult

PRICE_CEILING_YUAN_T = 1000.0
"""Highest blue-carbon price seen in China, a court purchase in Zhangzhou."""

CURVE_GAP_SHARE = 0.25
"""A table or quotes that begin this far from the price of the day are told."""

FIRST_PRICE_YEARS = 1.5

FISHERY = (Ecosystem.SHELLFISH, Ecosystem.MACROALGAE)


def _warning(code: str, path: str = "", **facts: object) -> Notice:
    return Notice(code, Severity.WARNING, path, facts)


def _red_flag(code: str, path: str = "", **facts: object) -> Notice:
    return Notice(code, Severity.RED_FLAG, path, facts)


def _carbon_notices(
    case: Case, carbon: CarbonResult, markets: tuple[MarketAnswer, ...], tables: SinkTables
) -> list[Notice]:
    project = case.project
    found = list(carbon.notices)
    found += plausibility_notices(
        project,
        [row.year for row in carbon.years],
        [row.removals_tco2 for row in carbon.years],
        carbon.area_ha,
        tables,
    )
    if project.quantity_method is QuantityMethod.HARVEST:
        group = {"shellfish": "bivalve", "macroalgae": "macroalgae"}.get(project.ecosystem.value)
        known = [tables.species.get(line.species) for line in project.harvest]
        if all(row is not None and row.group != group for row in known):
            species = project.harvest[0].species
            found.append(
                _warning("species_not_of_carrier", "project.harvest.0.species", species=species)
            )
    if no_compliance_exit(markets):
        if project.ecosystem in FISHERY:
            found.append(_red_flag("no_compliance_exit", "project.market"))
        elif markets:
            found.append(_warning("no_compliance_market", "project.market"))
    return found


def _value_notices(
    case: Case, appraisal: Appraisal, values: ValueResult, carbon: CarbonResult
) -> list[Notice]:
    found = list(values.tool.notices) if values.tool is not None else []
    price = values.price_yuan_t
    if price > PRICE_CEILING_YUAN_T:
        found.append(
            _warning(
                "implausible_price",
                _price_path(appraisal),
                price=price,
                limit=PRICE_CEILING_YUAN_T,
            )
        )
    if values.credits_in_horizon_tco2e == 0:
        found.append(_warning("no_credits_in_horizon", "appraisal.horizon_years"))
    if values.net_yuan <= 0:
        found.append(_warning("net_not_positive", net=values.net_yuan))
    if values.horizon_years == 0:
        found.append(_red_flag("right_has_ended", f"project.{values.horizon_limited_by}"))
    if right_end(case.project) is None:
        found.append(_red_flag("no_right_end", "project.sea_area_right_end"))
    return [
        *found,
        *_curve_notices(appraisal, values),
        *_cash_flow_notices(appraisal, values),
        *_issued_notices(appraisal, carbon),
        *value_cautions(case.project, appraisal, values),
    ]


def _curve_notices(appraisal: Appraisal, values: ValueResult) -> list[Notice]:
    """Entered prices that do not begin where the price of the valuation date stands.

    Gross rests on the price of the day, net on the curve: the two are then not comparable. The
    first price within a year and a half of the valuation date is looked at.
    """
    paths = {
        CurveKind.TABLE: "appraisal.curve_points",
        CurveKind.FORWARD: "appraisal.forward_quotes",
    }
    if appraisal.income_method is IncomeMethod.COST_TOOL or appraisal.price_curve not in paths:
        return []
    first = next((point for point in values.curve if point.time_yr <= FIRST_PRICE_YEARS), None)
    price = values.price_yuan_t
    if first is None or abs(first.price_yuan_t - price) <= CURVE_GAP_SHARE * price:
        return []
    return [
        _warning(
            "curve_off_price",
            paths[appraisal.price_curve],
            first=first.price_yuan_t,
            year=first.calendar_year,
            price=price,
        )
    ]


def _price_path(appraisal: Appraisal) -> str:
    if appraisal.income_method is IncomeMethod.COST_TOOL:
        return "appraisal.cost_tool.price_per_t"
    if appraisal.price_basis is PriceBasis.EVIDENCE:
        return "appraisal.evidence"
    return "appraisal.price_yuan_t"


def _cash_flow_notices(appraisal: Appraisal, values: ValueResult) -> list[Notice]:
    """What the cash flow leaves out, and what its figures do not say."""
    found = []
    if len(values.irr.rates) > 1:
        rates = [f"{100 * rate:.2f}%" for rate in values.irr.rates]
        found.append(_warning("several_rates", rates=rates))
    if values.months_left_out > 0:
        path = f"project.{values.horizon_limited_by}"
        found.append(_warning("part_year_left_out", path, months=values.months_left_out))
    end = values.horizon_end
    late = [line.amount_yuan for line in appraisal.flows if end is not None and line.day > end]
    if late:
        found.append(_warning("flow_after_horizon", "appraisal.flows", amount=sum(late), end=end))
    if values.beyond_horizon_yuan and values.net_yuan > 0:
        percent = 100 * values.beyond_horizon_yuan / float(values.net_yuan)
        found.append(_warning("value_beyond_horizon", "appraisal.perpetual", percent=percent))
    return found


def _issued_notices(appraisal: Appraisal, carbon: CarbonResult) -> list[Notice]:
    """Credits that exist on the valuation date and that nothing values."""
    if appraisal.issued is not None:
        return []
    tonnes, _pledged = issued_tonnes(carbon, appraisal.valuation_date)
    if tonnes <= 0:
        return []
    return [_warning("issued_not_valued", "appraisal.issued", tonnes=tonnes)]


def find_notices(
    case: Case,
    *,
    carbon: CarbonResult,
    values: ValueResult | None,
    loan: LoanResult | None,
    insurance: InsuranceResult | None,
    markets: tuple[MarketAnswer, ...],
    tables: SinkTables,
) -> tuple[Notice, ...]:
    """Return the red flags first, then the warnings, of a case and its results."""
    found = _carbon_notices(case, carbon, markets, tables)
    if case.appraisal is not None and values is not None:
        found += _value_notices(case, case.appraisal, values, carbon)
    if loan is not None:
        found += loan_cautions(case, loan, values)
    if case.insurance is not None and insurance is not None:
        found += insurance_cautions(case, case.insurance, carbon, insurance)
    return tuple(sorted(found, key=lambda notice: notice.severity is not Severity.RED_FLAG))
