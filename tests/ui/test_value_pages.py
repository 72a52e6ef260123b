"""The pages of the valuation beside the overview: what each says, and when it is there."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton, QTextBrowser
from pytestqt.qtbot import QtBot

from app.finance.valuation.risk_results import SobolIndex
from app.i18n import set_language
from app.views.widgets.results_panel import ResultsPanel
from app.views.widgets.value_chips import PageChips
from app.views.widgets.value_table import CashFlowTable
from tests.ui.value_results import RANGE, computed, drawn, sensitivity
from tests.value_case import rich_document


@pytest.fixture
def panel(qtbot: QtBot) -> ResultsPanel:
    made = ResultsPanel()
    qtbot.addWidget(made)
    made.resize(535, 760)
    made.show()
    return made


def titles(panel: ResultsPanel) -> list[str]:
    chips = panel.findChild(PageChips)
    assert chips is not None
    return [button.text() for button in chips.findChildren(QPushButton) if button.isVisible()]


def without(document: dict[str, Any], *names: str) -> dict[str, Any]:
    for name in names:
        document["appraisal"].pop(name, None)
    return document


def test_the_overview_holds_the_four_levels_with_the_loan_over_each(panel: ResultsPanel) -> None:
    panel.show_results(computed())
    text = panel.text()
    for words in (
        "Gross value",
        "Net value",
        "Prudent value · sized on this value",
        "Liquidation value",
        "Loan over prudent value",
        "Concluded value",
    ):
        assert words in text
    values = computed().results.values
    assert values is not None
    for amount in (values.gross_yuan, values.prudent_yuan, values.liquidation_yuan):
        assert f"{amount:,.2f}" in text


def test_only_the_pages_a_case_has_something_for_are_offered(panel: ResultsPanel) -> None:
    panel.show_results(computed())
    assert titles(panel) == [
        "Overview",
        "Appraisal ▾",
        "Price evidence",
        "Waterfall",
        "Cash flow",
        "Sensitivity",
        "Scenarios",
        "Distribution",
        "Options",
        "Loan ▸",
    ]
    bare = without(rich_document(), "scenarios", "simulation", "options")
    panel.show_results(computed(bare))
    assert titles(panel) == [
        "Overview",
        "Appraisal ▾",
        "Price evidence",
        "Waterfall",
        "Cash flow",
        "Sensitivity",
        "Loan ▸",
    ]


def test_what_is_not_entered_yet_is_named_with_a_way_to_its_field(
    qtbot: QtBot, panel: ResultsPanel
) -> None:
    panel.show_results(computed(without(rich_document(), "scenarios", "conclusion")))
    text = panel.text()
    assert "Scenarios: bear market, late issuance, typhoon year" in text
    assert "Conclusion: approaches, weights, type of value" in text
    assert "Price evidence: comparable deals" not in text
    browser = panel.findChild(QTextBrowser, "results")
    assert browser is not None
    assert "field:appraisal.scenarios" in browser.toHtml()


def test_a_page_that_is_gone_gives_way_to_the_overview(panel: ResultsPanel) -> None:
    panel.show_results(computed())
    panel.show_page("options")
    panel.show_results(computed(without(rich_document(), "options")))
    assert panel.page == "overview"


def test_every_comparable_is_shown_and_the_one_left_out_says_why(panel: ResultsPanel) -> None:
    panel.show_results(computed())
    panel.show_page("evidence")
    text = panel.text()
    for words in (
        "Concluded price",
        "Xiangshan",
        "12.60 USD",
        "Court purchase: not a market price; upper bound only.",
        "Left out by the appraiser. The buyer belongs to the seller.",
        "6 of 8",
        "The value rests on this price.",
    ):
        assert words in text


def test_below_five_prices_there_is_a_range_and_a_number_but_no_centre(
    panel: ResultsPanel,
) -> None:
    document = rich_document()
    document["appraisal"] |= {"price_basis": "stated", "price_yuan_t": 90.0}
    document["appraisal"]["evidence"]["comparables"] = document["appraisal"]["evidence"][
        "comparables"
    ][:3]
    panel.show_results(computed(document))
    panel.show_page("evidence")
    text = panel.text()
    assert "Prices that count: 3. Fewer than 5 give a range and a number" in text
    assert "Geometric mean" not in text
    assert "Take the concluded price" not in text


def test_a_stated_price_beside_evidence_offers_the_concluded_one(
    qtbot: QtBot, panel: ResultsPanel
) -> None:
    document = rich_document()
    document["appraisal"] |= {"price_basis": "stated", "price_yuan_t": 80.0}
    panel.show_results(computed(document))
    panel.show_page("evidence")
    assert "The value rests on a stated 80.00 yuan/t. Take the concluded price" in panel.text()


def test_the_waterfall_page_leads_from_gross_to_liquidation_value(panel: ResultsPanel) -> None:
    panel.show_results(computed())
    panel.show_page("valuation")
    text = panel.text()
    places = [text.index(words) for words in ("Gross value", "Net value", "Liquidation value")]
    assert places == sorted(places)
    for words in (
        "Community share",
        "Discounting over time",
        "weight 70.00%",
        "Reasons for the weights",
        "They are in none of the values of the right.",
        "Discounted payback",
        "built up from premiums",
    ):
        assert words in text


def test_a_negative_net_value_says_what_it_means_for_the_lender(panel: ResultsPanel) -> None:
    document = rich_document()
    document["appraisal"]["operating_cost_yuan_yr"] = 5_000_000
    panel.show_results(computed(without(document, "options", "conclusion")))
    assert "It is no security, whatever its gross value" in panel.text()
    assert "−" in panel.text()


def test_the_yearly_table_has_a_column_for_each_cost_and_adds_up(panel: ResultsPanel) -> None:
    found = computed()
    panel.show_results(found)
    panel.show_page("cash_flow")
    table = panel.findChild(CashFlowTable)
    assert table is not None
    assert table.isVisible()
    model = table.model()
    heads = [
        str(model.headerData(n, table.horizontalHeader().orientation())).split("\n")[0]
        for n in range(model.columnCount())
    ]
    for head in ("Monitoring", "Validation", "Baseline reassessment", "Fee per credit"):
        assert head in heads
    assert "Grants and subsidies" not in heads
    values = found.results.values
    assert values is not None
    last, column = model.rowCount() - 1, heads.index("Net cash flow")
    total = sum(row.net_yuan for row in values.cash_flow)
    assert model.index(last, column).data() == f"{total:,.2f}".replace("-", "−")
    present = model.index(last, heads.index("Present value")).data()
    assert abs(float(present.replace(",", "")) - float(values.net_yuan)) <= 0.01


def test_selected_figures_are_copied_for_a_spreadsheet(panel: ResultsPanel) -> None:
    panel.show_results(computed())
    panel.show_page("cash_flow")
    table = panel.findChild(CashFlowTable)
    assert table is not None
    table.selectRow(1)
    assert table.selected_text().count("\t") == table.model().columnCount() - 1
    assert "−" not in table.selected_text()


def test_scenarios_stand_under_each_other_with_their_weighted_value(panel: ResultsPanel) -> None:
    panel.show_results(computed())
    panel.show_page("scenarios")
    text = panel.text()
    for words in ("Base", "Bear market", "Typhoon year", "Net value weighted by probability"):
        assert words in text


def test_options_are_shown_with_the_sentence_that_nobody_lends_on_them(
    panel: ResultsPanel,
) -> None:
    panel.show_results(computed())
    panel.show_page("options")
    text = panel.text()
    assert text.strip().startswith("A lender must not lend on option value.")
    for words in ("Wait a year", "call, American", "Option 2", "Net value with the option"):
        assert words in text


def test_the_distribution_is_announced_and_then_shown_with_seed_and_error(
    panel: ResultsPanel,
) -> None:
    panel.show_results(computed())
    panel.show_page("distribution")
    assert "It is being drawn." in panel.text()
    panel.show_drawn(drawn(computed().results))
    text = panel.text()
    for words in (
        "4,096 scenarios from seed 20230101",
        "16 independent scrambles",
        "standard error 11,500.00 yuan",
        "72.27%",
        "loan of 2,500,000.00 yuan",
        "Expected shortfall",
    ):
        assert words in text


def test_a_drawing_that_was_stopped_says_so_on_its_page(panel: ResultsPanel) -> None:
    panel.show_results(computed())
    panel.show_page("distribution")
    panel.show_progress(1024, 4096)
    button = panel.findChild(QPushButton, "stop-drawing")
    assert button is not None
    button.click()
    assert "It was stopped before it was drawn." in panel.text()


def test_earlier_figures_stay_marked_while_new_ones_are_drawn(panel: ResultsPanel) -> None:
    panel.show_results(computed())
    panel.show_drawn(drawn(computed().results))
    panel.show_page("distribution")
    changed = rich_document()
    changed["appraisal"]["benefit_share"] = 0.2
    panel.show_results(computed(changed))
    assert "These are the figures before the last change" in panel.text()
    assert "seed 20230101" in panel.text()
    panel.show_drawn(drawn(computed(changed).results))
    assert "before the last change" not in panel.text()


def test_sensitivity_names_inputs_break_evens_and_the_grid(panel: ResultsPanel) -> None:
    panel.show_results(computed())
    panel.show_drawn(drawn(computed().results))
    panel.show_page("sensitivity")
    text = panel.text()
    for words in ("Carbon price", "Net value is zero at", "Two inputs at once", "In this case"):
        assert words in text
    assert "Enter a simulation" in text


def test_global_indices_are_shown_with_samples_and_seed(panel: ResultsPanel) -> None:
    indices = (
        SobolIndex("costs", 0.1, 0.02, 0.12, 0.03),
        SobolIndex("appraisal.price_yuan_t", 0.7, 0.05, 0.78, 0.06),
    )
    found = replace(sensitivity(), sobol=indices, sobol_samples=512, sobol_seed=7)
    panel.show_results(computed())
    panel.show_drawn(replace(computed().results, sensitivity=found, value_range=RANGE))
    panel.show_page("sensitivity")
    text = panel.text()
    assert "512 base samples from seed 7" in text
    part = text[text.index("Sobol indices") :]
    assert part.index("Carbon price") < part.index("All costs")
    assert "0.78 ± 0.06" in part


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    "code",
    ["overview", "evidence", "valuation", "sensitivity", "scenarios", "distribution", "options"],
)
def test_no_page_is_wider_than_the_panel(
    qtbot: QtBot, panel: ResultsPanel, code: str, language: str
) -> None:
    set_language(language)
    panel.show_results(computed())
    panel.show_drawn(drawn(computed().results))
    panel.show_page(code)
    qtbot.wait(30)
    browser = panel.findChild(QTextBrowser, "results")
    assert browser is not None
    assert browser.horizontalScrollBar().maximum() == 0


def test_the_schedule_has_a_page_of_its_own_and_the_overview_what_it_comes_to(
    panel: ResultsPanel,
) -> None:
    panel.show_results(computed())
    loan = computed().results.loan
    assert loan is not None
    last = loan.schedule[-1].due.isoformat()
    assert "Number of payments" in panel.text()
    assert last not in panel.text()
    panel.show_page("schedule")
    assert last in panel.text()
    assert f"{loan.total_payment_yuan:,.2f}" in panel.text()
