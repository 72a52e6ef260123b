"""The rows that window and paper share: figures, units, keys of working, reasons."""

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest

from app.finance.notices import Notice, Severity
from app.finance.valuation.results import AdjustedComparable, Roots, ShrunkenPrice, ValueResult
from app.i18n import translator
from app.messages import notice_text
from app.messages.valuation_words import EXCLUSION
from app.reference.tables import load_reference
from app.reports.apart_facts import issued_rows, option_rows, tool_rows, tool_unit
from app.reports.cash_facts import cash_flow_columns
from app.reports.evidence_facts import (
    EXCLUSION_HEADS,
    FACTOR_HEADS,
    FEW,
    ComparableRow,
    comparable_rows,
    concluded_price_rows,
    effect_rows,
    model_rows,
    used_factors,
)
from app.reports.risk_facts import grid_scale, grid_value, input_value, step_said
from app.reports.value_facts import (
    FactRow,
    bridge_rows,
    indicator_rows,
    level_rows,
    rate_rows,
    root_rows,
)
from app.services import case_file
from app.services.demo import convention_files
from app.services.workbench import Computed, compute
from tests.value_case import rich_document

EN, ZH = translator("en"), translator("zh")


@cache
def rich() -> Computed:
    file = case_file.validate(case_file.migrate(rich_document()))
    return compute(file, load_reference(), draw=False)


def values() -> ValueResult:
    found = rich().results.values
    assert found is not None
    return found


def row_of(rows: tuple[FactRow, ...], label: str) -> FactRow:
    return next(row for row in rows if row.label == label)


def test_each_level_carries_the_loan_over_it_and_the_basis_is_marked() -> None:
    rows = level_rows(rich().file.case, rich().results)
    assert [row.code for row in rows] == ["gross", "net", "prudent", "liquidation"]
    assert [row.code for row in rows if row.chosen] == ["prudent"]
    prudent = rows[2]
    share = Decimal(2_500_000) / values().prudent_yuan
    assert prudent.ratio == f"{share * 100:,.2f}%"


def test_a_level_that_is_not_positive_has_no_ratio() -> None:
    lost = replace(values(), prudent_yuan=Decimal(-5), liquidation_yuan=Decimal(0))
    rows = level_rows(rich().file.case, replace(rich().results, values=lost))
    assert rows[2].negative
    assert rows[2].ratio == "–"


def test_the_waterfall_adds_up_to_its_levels() -> None:
    level = Decimal(0)
    for bar, row in zip(values().bridge, bridge_rows(values()), strict=True):
        level = bar.amount_yuan if bar.total else level + bar.amount_yuan
        assert abs(level - bar.level_yuan) <= Decimal("0.01")
        assert row.strong is bar.total


def test_one_rate_of_return_is_a_figure_and_several_are_no_return() -> None:
    assert root_rows("IRR", Roots((0.1234,), 1))[0].text == "12.34%"
    several = root_rows("IRR", Roots((0.1, 0.2), 2, "several", 0.08))
    assert "several rates of return" in several[0].said(EN)
    assert several[1].text == "10.00% · 20.00%"
    assert several[2].text == "8.00%"
    none = root_rows("IRR", Roots((), 0, "no_sign_change"))
    assert len(none) == 1
    assert "never changes sign" in none[0].said(EN)


def test_years_that_never_pay_back_are_said_in_words() -> None:
    late = replace(values(), payback_years=None)
    rows = indicator_rows(replace(rich().results, values=late))
    assert row_of(rows, "Payback").said(EN) == "not within the horizon"


def test_the_years_valued_name_what_ends_them() -> None:
    short = replace(values(), horizon_limited_by="contract_end")
    rows = indicator_rows(replace(rich().results, values=short))
    assert row_of(rows, "Years valued").note_said(EN) == "limited by the end of the sale contract"
    titled = replace(values(), horizon_limited_by="ccer.owners.0.title_end")
    rows = indicator_rows(replace(rich().results, values=titled))
    assert "owner's title" in row_of(rows, "Years valued").note_said(EN)


def test_a_converted_rate_shows_what_it_was_before() -> None:
    assert len(rate_rows(values())) == 3
    rate = replace(values().rate, converted=True, before_conversion=0.05)
    assert rate_rows(replace(values(), rate=rate))[-1].text == "5.00%"


def test_every_key_of_working_exists() -> None:
    keys = {step.key for step in rich().results.working}
    evidence, appraisal = values().evidence, rich().file.case.appraisal
    assert evidence is not None
    assert appraisal is not None
    rows = (
        *indicator_rows(rich().results),
        *rate_rows(values()),
        *issued_rows(values()),
        *bridge_rows(values()),
        *concluded_price_rows(evidence),
        *(row for n, option in enumerate(values().options) for row in option_rows(option, n)),
    )
    steps = {row.step for row in rows if row.step}
    steps |= {row.step for row in comparable_rows(appraisal, evidence)}
    assert steps <= keys


def test_words_and_their_facts_are_in_the_language_asked_for() -> None:
    right = row_of(option_rows(values().options[0], 0), "Right")
    assert right.said(EN) == "call, American"
    assert right.said(ZH) != right.said(EN)


def test_the_yearly_columns_leave_out_what_is_never_paid() -> None:
    columns = cash_flow_columns(values().cash_flow)
    labels = [column.label for column in columns]
    assert "Monitoring" in labels
    assert "Maintenance after planting" not in labels
    assert "Income tax" not in labels
    monitoring = columns[labels.index("Monitoring")]
    assert monitoring.texts[1] == "−120,000.00"
    assert columns[labels.index("Price")].total == ""


def test_comparables_that_count_come_first_and_the_others_say_why() -> None:
    evidence, appraisal = values().evidence, rich().file.case.appraisal
    assert evidence is not None
    assert appraisal is not None
    rows = comparable_rows(appraisal, evidence)
    assert [row.number for row in rows] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [row.excluded for row in rows[6:]] == ["court", "by_hand"]
    assert rows[7].why(EN).endswith("The buyer belongs to the seller.")
    assert rows[0].why(EN) == ""
    assert used_factors(evidence) == ("k_place", "k_type", "k_volume")


@pytest.mark.parametrize(
    ("code", "facts", "said"),
    [
        ("outlier", {"z": 4.1, "limit": 3.5}, "Modified z-score 4.10, limit 3.5."),
        (
            "single_limit",
            {"factor": "k_place", "share": 0.25, "limit": 0.2},
            "Place: 25.0%, limit 20.0%.",
        ),
        ("total_limit", {"share": -0.31, "limit": 0.3}, "All together −31.0%, limit 30.0%."),
    ],
)
def test_a_limit_is_named_with_its_figures(
    code: str, facts: dict[str, float | str], said: str
) -> None:
    evidence, appraisal = values().evidence, rich().file.case.appraisal
    assert evidence is not None
    assert appraisal is not None
    line: AdjustedComparable = replace(
        evidence.comparables[0], excluded=code, facts=dict(facts), weight=0.0
    )
    changed = replace(evidence, comparables=(line, *evidence.comparables[1:]))
    row: ComparableRow = comparable_rows(appraisal, changed)[-3]
    assert row.number == 1
    assert row.why(EN).endswith(said)


def test_every_exclusion_has_a_short_name() -> None:
    assert set(EXCLUSION) <= set(EXCLUSION_HEADS)


def test_the_second_opinion_is_a_price_or_a_reason() -> None:
    evidence = values().evidence
    assert evidence is not None
    assert model_rows(evidence) == ()
    model = ShrunkenPrice(88.0, 70.0, 110.0, 12, {"ecosystem:mangrove": 0.2, "year:2024": -0.3})
    found = replace(evidence, model=model)
    assert [row.text for row in model_rows(found)] == ["88.00", "70.00 – 110.00"]
    assert [row.name(EN) for row in effect_rows(found)] == ["Year (2024)", "Ecosystem (Mangrove)"]
    few = replace(evidence, model=ShrunkenPrice(None, None, None, 3, {}, "too_few"))
    assert model_rows(few)[0].said(EN) == "There are too few prices for a model."


def test_the_cost_tool_speaks_in_its_own_currency() -> None:
    path = next(path for path in convention_files() if path.name.startswith("cost-tool-mangrove"))
    file = case_file.read_file(path)
    tool = compute(file, load_reference(), draw=False).results.values
    assert tool is not None
    assert tool.tool is not None
    rows = tool_rows(tool.tool)
    assert tool_unit(tool.tool) == "USD"
    assert row_of(rows, "Cost per credit").unit == "USD/t"
    assert row_of(rows, "Cost per hectare").unit == "USD/ha"
    keys = {step.key for step in tool.working}
    assert {row.step for row in rows if row.step} <= keys


def test_inputs_of_the_sensitivity_are_written_with_their_units() -> None:
    assert input_value("appraisal.price_yuan_t", 91.379, EN) == "91.38 yuan/t"
    assert input_value("appraisal.discount_rate", 0.1075, EN) == "10.75%"
    assert input_value("delay", 12.0, EN) == "12 months"
    assert step_said("appraisal.price_yuan_t", EN) == "20% of the figure down and up"
    assert step_said("appraisal.discount_rate", EN) == "down and up, in percentage points: 1"
    assert step_said("delay", EN) == "later, in months: 12"


def test_the_edges_of_the_grid_are_short() -> None:
    assert grid_value("tonnes", 64146.24) == "64,146"
    assert grid_value("appraisal.price_yuan_t", 45.689) == "45.69"
    assert grid_value("appraisal.discount_rate", 0.05) == "5.0%"
    found = compute(
        case_file.validate(case_file.migrate(_without_simulation())), load_reference()
    ).results.sensitivity
    assert found is not None
    assert found.grid is not None
    assert grid_scale(found.grid) == (10_000.0, "10k yuan")


def _without_simulation() -> dict[str, object]:
    document = rich_document()
    del document["appraisal"]["simulation"]
    return document


def test_no_working_holds_a_formula_of_words() -> None:
    formulas = {step.key: step.formula for step in rich().results.working}
    assert formulas["value.evidence"] == "P = min { x : Σ w_i (P_i ≤ x) ≥ ½ }"
    words = re.compile("[a-z]{2,} [a-z]{2,}")
    assert [formula for formula in formulas.values() if words.search(formula)] == []


def test_the_factor_of_the_purpose_is_that_of_the_buyer() -> None:
    assert ZH(FACTOR_HEADS["k_purpose"]) == "买方用途"
    assert "贷款用途" not in map(ZH, FACTOR_HEADS.values())


def test_sentences_with_a_count_are_right_for_one() -> None:
    facts = {"months": 1, "count": 1, "years": 3, "oldest": "3.4", "lines": "7", "least": 30}
    codes = ("part_year_left_out", "evidence_old", "few_observations", "market_total_differs")
    said = [notice_text(Notice(code, Severity.WARNING, "", facts), EN) for code in codes]
    said.append(EN(FEW).format(count=1))
    wrong = re.compile(r"\b1 (months|lines|prices|returns|of the|are)\b|lines 7")
    assert [text for text in said if wrong.search(text)] == []
