"""What the sheet says of the value: levels, evidence, approaches, risk, and what changed."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

from app.finance.case.problems import Problem
from app.finance.engine import compute_case
from app.finance.sink.tables import SinkTables
from app.paths import resources
from app.reports.document import Chart, ChartKind, Document, Facts, Grid, Prose
from app.reports.value_facts import NEGATIVE_NET
from app.services.case_file import read_file, to_document, validate
from tests.printed_record import text_of
from tests.sheets import DRAFT, build_record, document_pdf
from tests.unit.reports.read_document import facts, grid_after, headings, rows
from tests.unit.reports.value_cases import drawn, full_case, full_document


def _sheet(document: dict[str, Any] | None = None, language: str = "en") -> Document:
    file, results = full_case() if document is None else drawn(document)
    return build_record(file, results, DRAFT, language)


def _prose(found: Document) -> str:
    return "\n".join(b.text.leading for b in found.blocks if isinstance(b, Prose))


def _figure(text: str) -> float:
    return float(text.replace(",", "").replace("−", "-"))


def test_the_sections_stand_in_the_order_of_an_appraisal() -> None:
    found = headings(_sheet())
    assert found[found.index("What the value rests on") : found.index("Carbon") + 1] == [
        "What the value rests on",
        "Price evidence",
        "From gross to liquidation value",
        "Approaches and conclusion",
        "Issued and unsold credits, apart",
        "Real options, apart",
        "Scenarios",
        "Simulation of the value",
        "Sensitivity of the net value",
        "Carbon",
    ]


def test_the_level_the_loan_was_sized_on_is_marked() -> None:
    grid = grid_after(_sheet(), "Value of the income right")
    assert [row[0] for row in rows(grid)][:4] == [
        "Gross value",
        "Net value",
        "Prudent value",
        "Liquidation value",
    ]
    assert grid.marked == 2
    assert rows(grid)[2][-1].startswith("sized on this value; ")


def test_price_curve_and_build_up_of_the_rate_are_said() -> None:
    found = facts(_sheet())
    assert found["Carbon price from"].value.leading == "the conclusion of the price evidence"
    assert found["Price of 2044"].value.leading == "130.00"
    assert found["Discount rate"].value.leading == "8.00%"
    built = found["The rate is built from"].value.leading
    assert "Risk-free rate 2.50%" in built
    assert "Industry risk 3.00%" in built
    assert "Policy risk" not in built


def test_the_conclusion_says_how_long_it_is_valid() -> None:
    assert facts(_sheet())["Valid until"].value.leading == "2025-07-01"
    document = full_document()
    del document["appraisal"]["conclusion"]
    assert facts(_sheet(document))["Valid until"].value.leading == "2026-01-01"


def test_a_negative_net_value_is_said_in_red_with_what_it_means() -> None:
    document = full_document()
    document["appraisal"]["operating_cost_yuan_yr"] = 2_000_000
    found = facts(_sheet(document))["Negative net value"]
    assert found.alert
    assert found.value.leading == NEGATIVE_NET
    assert "Negative net value" not in facts(_sheet())


def test_without_a_return_the_reason_stands_in_its_place(document: dict[str, Any]) -> None:
    text = facts(_sheet(document))["Internal rate of return"].value.leading
    assert text == "There is no rate of return: the cash flow never changes sign."


def test_few_prices_give_a_range_and_no_centre() -> None:
    document = full_document()
    document["appraisal"]["evidence"]["comparables"] = document["appraisal"]["evidence"][
        "comparables"
    ][:3]
    document["appraisal"].update(price_basis="stated", price_yuan_t=80)
    del document["appraisal"]["market_approach"]
    document["appraisal"]["conclusion"].update(weight_income=0.9, weight_market=0)
    found = facts(_sheet(document))
    assert found["Concluded price"].value.leading.startswith("Prices that count: 3.")
    assert found["Range of the prices"].figure
    assert "Mean" not in found


def test_weighted_approaches_sum_to_the_concluded_value() -> None:
    grid = grid_after(_sheet(), "Approaches and conclusion")
    lines = rows(grid)
    weighted = sum(_figure(line[1]) * _figure(line[2].rstrip("%")) / 100 for line in lines[:3])
    assert lines[3][0] == "Concluded value"
    assert _figure(lines[3][1]) == pytest.approx(weighted, abs=0.01)
    assert grid.rows[0][1].step == "value.prudent"


def test_options_and_issued_credits_stand_with_the_sentence_that_keeps_them_apart() -> None:
    prose = _prose(_sheet())
    assert "A lender must not lend on option value." in prose
    assert "no bound of the loan in this document holds it" in prose
    assert "They are in none of the values of the right." in prose


def test_the_simulation_says_how_it_was_drawn_and_what_the_loan_risks() -> None:
    found = _sheet()
    assert "4,096 scenarios from seed 20230101" in _prose(found)
    assert "Probability that the value is below the loan" in facts(found)
    assert "standard error" in facts(found)["Mean of the net value"].note.leading


def test_the_means_of_what_was_drawn_explain_the_mean_of_the_simulation() -> None:
    document = full_document()
    document["appraisal"]["simulation"]["delivery_probability"] = 0.8
    found = facts(_sheet(document))
    assert found["Mean of the drawn price, undiscounted"].unit.leading == "yuan/t"
    assert _figure(found["Share of the issues delivered"].value.leading) == pytest.approx(
        0.8, abs=0.01
    )


def test_each_scenario_says_what_it_changes() -> None:
    document = full_document()
    del document["loan"]
    grids = [b for b in _sheet(document).blocks if isinstance(b, Grid)]
    said = next(g for g in grids if g.columns[-1].head.leading == "What it changes")
    assert [row[0] for row in rows(said)] == ["Base", "Bear market", "Typhoon year"]
    assert rows(said)[0][1] == "as in the appraisal"
    assert rows(said)[1][1] == "Price −30.00%"
    assert rows(said)[2][1].startswith("Year of the loss 2027; Tonnes lost 50.00%. The storm")


def test_below_zero_no_elasticity_is_printed_and_the_price_rise_is_in_yuan() -> None:
    document = full_document()
    document["appraisal"]["operating_cost_yuan_yr"] = 2_000_000
    found = _sheet(document)
    rise = facts(found)["Net value when the price rises by 1%"]
    assert rise.value.leading.startswith("+")
    assert rise.unit.leading == "yuan"
    tornado = next(
        b
        for b in found.blocks
        if isinstance(b, Grid) and b.columns[-2].head.leading == "Elasticity"
    )
    assert {row[-2] for row in rows(tornado)} == {"–"}
    assert "Elasticity has no meaning" in _prose(found)


def test_a_right_that_never_pays_anything_out_has_nothing_to_pay_back(
    document: dict[str, Any],
) -> None:
    found = facts(_sheet(document))
    assert found["Payback"].value.leading == "nothing has to be paid back"
    document["appraisal"]["operating_cost_yuan_yr"] = 5_000_000
    assert facts(_sheet(document))["Payback"].value.leading == "not within the horizon"


def test_each_cost_of_the_cash_flow_has_a_column_and_they_sum_to_the_net() -> None:
    blocks = list(_sheet().blocks)
    tables: list[Grid] = []
    for block in blocks[next(i for i, b in enumerate(blocks) if _is_cash_flow(b)) + 1 :]:
        if not isinstance(block, Grid):
            break
        tables.append(block)
    columns = {
        column.head.leading: [_figure(row[at].text.leading or "0") for row in table.rows]
        for table in tables
        for at, column in enumerate(table.columns)
        if at
    }
    names = ("Fee per credit (yuan)", "Monitoring (yuan)", "Registration (yuan)")
    assert set(names) <= set(columns)
    assert "Income tax (yuan)" not in columns
    parts = [name for name in columns if name.endswith("(yuan)")][:-2]
    for line, net in enumerate(columns["Net cash flow (yuan)"]):
        assert sum(columns[name][line] for name in parts) == pytest.approx(net, abs=0.05)
    assert tables[0].rows[0][0].text.leading == "0 · 2025"


def _is_cash_flow(block: object) -> bool:
    text = getattr(block, "text", None)
    return text is not None and text.leading == "Annex: cash flow of the right by year"


def test_comparables_are_listed_with_factors_and_the_reason_why_one_is_left_out() -> None:
    found = _sheet()
    deals = grid_after(found, "Annex: comparables")
    assert len(deals.rows) == 7
    adjusted = grid_after(found, "Adjustments")
    heads = [column.head.leading for column in adjusted.columns]
    assert "Place" in heads
    assert "Vintage" not in heads
    reasons = {row[0]: row[-1] for row in rows(adjusted)}
    assert reasons["1"] == ""
    assert reasons["6"].startswith("Court purchase")
    assert "−35.0%" in reasons["7"]


def test_the_rate_of_a_foreign_deal_stands_in_the_table_that_takes_the_place_of_workings() -> None:
    document = full_document()
    evidence = document["appraisal"]["evidence"]
    evidence["comparables"][0].update(price=12.0, currency="USD")
    evidence["fx"] = [{"currency": "USD", "day": "2023-01-31", "yuan": 6.7604}]
    found = _sheet(document)
    adjusted = grid_after(found, "Adjustments")
    assert adjusted.columns[1].head.leading == "Yuan for one unit"
    line = next(row for row in rows(adjusted) if row[0] == "1")
    assert line[1] == "6.7604"
    assert _figure(line[2]) == pytest.approx(12 * 6.7604, abs=0.005)
    assert not [key for key in found.step_numbers if key.startswith("value.evidence.1")]


def test_what_a_case_has_not_is_not_printed(document: dict[str, Any]) -> None:
    del document["loan"]
    found = _sheet(document)
    kinds = [block.kind for block in found.blocks if isinstance(block, Chart)]
    assert kinds == [
        ChartKind.CASH_FLOW,
        ChartKind.WATERFALL,
        ChartKind.TORNADO,
        ChartKind.CARBON,
    ]
    absent = ("Price evidence", "Approaches and conclusion", "Scenarios", "Annex: comparables")
    assert not set(absent) & set(headings(found))


def test_every_mark_leads_to_a_working_and_the_sheet_has_each_value() -> None:
    found = _sheet()
    steps = {c.step for b in found.blocks if isinstance(b, Grid) for row in b.rows for c in row}
    steps |= {f.step for b in found.blocks if isinstance(b, Facts) for f in b.facts}
    assert steps - {""} <= set(found.step_numbers)
    assert {"value.evidence", "value.option.0", "value.issued", "value.conclusion"} <= steps


@pytest.mark.parametrize("language", ["zh", "both"])
def test_the_printed_sheet_holds_its_figures(language: Any) -> None:
    file, results = full_case()
    data = document_pdf(file, results, DRAFT, language=language)
    if language == "zh":
        assert data == document_pdf(file, results, DRAFT, language=language)
    text = text_of(data)
    assert results.values is not None
    assert results.value_range is not None
    for amount in (
        results.values.gross_yuan,
        results.values.prudent_yuan,
        results.value_range.expected_shortfall_yuan,
        results.values.scenarios[1].net_yuan,
        results.values.options[0].value_yuan,
    ):
        assert f"{amount:,.2f}".replace("-", "−") in text


def test_the_cost_tool_prints_its_figures_and_its_years() -> None:
    path = resources() / "demo" / "conventions" / "cost-tool-salt-marsh-china.bcd.json"
    found = _sheet(to_document(read_file(path)))
    assert "Figures of the Blue Carbon Cost Tool" in headings(found)
    assert facts(found)["Capital expenditure, present value"].unit.leading == "USD"
    years = grid_after(found, "Annex: years of the Blue Carbon Cost Tool")
    assert rows(years)[0][0] == "−4 · 2025"
    assert NEGATIVE_NET in facts(found)["Negative net value"].value.leading


@dataclass(frozen=True)
class _Amounts:
    gross_yuan: Decimal
    net_yuan: Decimal
    prudent_yuan: Decimal
    liquidation_yuan: Decimal


@dataclass(frozen=True)
class _Step:
    paths: tuple[str, ...]
    effect: _Amounts


@dataclass(frozen=True)
class _Input:
    path: str
    old: Any
    new: Any
    source: str = ""
    lines: tuple[int, int, int] | None = None


@dataclass(frozen=True)
class _Source:
    path: str
    old_source: str
    new_source: str


@dataclass(frozen=True)
class _Changes:
    inputs: tuple[_Input, ...]
    sources: tuple[_Source, ...]
    steps: tuple[_Step, ...]
    before: _Amounts | None
    after: _Amounts | None
    reason: str = "A new deal in Beihai."
    problem: Problem | None = None
    loan_before: object = None
    loan_after: object = None
    loan_problem: Problem | None = None


def _four(amount: int) -> _Amounts:
    return _Amounts(*(Decimal(amount),) * 4)


CHANGES = _Changes(
    (
        _Input("appraisal.benefit_share", 0.1, 0.05, "contract of 2025"),
        _Input("appraisal.price_curve", "flat", "growth"),
        _Input("appraisal.scenarios", None, None, lines=(2, 0, 1)),
    ),
    (_Source("appraisal.months_to_sell", "", "practice"),),
    (_Step(("appraisal.benefit_share",), _four(-50)),),
    _four(1000),
    _four(950),
)


def test_what_changed_stands_from_the_version_before_to_this_one() -> None:
    file, results = full_case()
    found = build_record(file, results, DRAFT, "en", CHANGES)
    title = "What changed since the version before"
    lines = rows(grid_after(found, title))
    assert lines[0] == ["Version before", *["1,000.00"] * 4]
    assert lines[1] == ["Community share", *["−50.00"] * 4]
    assert lines[2] == ["This version", *["950.00"] * 4]
    assert facts(found)["Why the appraisal changed"].value.leading == "A new deal in Beihai."
    grids = [block for block in found.blocks if isinstance(block, Grid)]
    inputs = next(g for g in grids if g.columns[0].head.leading == "Input that changed")
    assert rows(inputs)[0] == ["Community share", "10%", "5%", "contract of 2025"]
    assert rows(inputs)[1][1:3] == ["stays as it is", "grows at one rate"]
    assert rows(inputs)[2][1] == "lines added: 2, taken out: 0, changed: 1"
    assert title not in headings(_sheet())


@pytest.mark.parametrize("language", ["zh", "both"])
def test_what_changed_is_printed(language: Any, document: dict[str, Any]) -> None:
    file = validate(document)
    results = compute_case(file.case, SinkTables({}))
    text = text_of(document_pdf(file, results, DRAFT, language=language, changes=CHANGES))
    assert "A new deal in Beihai." in text
    assert "−50.00" in text


def test_a_version_that_cannot_be_computed_any_more_says_why() -> None:
    file, results = full_case()
    problem = Problem("appraisal.evidence", "no_price_evidence")
    changes = _Changes(CHANGES.inputs, (), (), None, None, problem=problem)
    found = build_record(file, results, DRAFT, "en", changes)
    assert "The effects cannot be computed" in _prose(found)
