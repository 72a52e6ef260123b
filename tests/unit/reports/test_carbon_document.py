"""What the sheet says of carbon, before it is drawn."""

from typing import Any

import pytest

from app.finance.sink.pools import Pool
from app.reports.document import (
    Chart,
    ChartKind,
    Document,
    Fact,
    Facts,
    Grid,
    Prose,
    SiteMap,
)
from tests.carbon_case import MARKETS, RANGE, account, computed, with_pools
from tests.sheets import DRAFT, build_record
from tests.unit.reports.read_document import headings, part, rows


def sheet(document: dict[str, Any], language: str = "en", **more: Any) -> Document:
    file, results = computed(document, **more)
    return build_record(file, results, DRAFT, language)


def lines(found: Document, heading: str) -> list[list[str]]:
    grid = next(block for block in part(found, heading) if isinstance(block, Grid))
    return rows(grid)


def facts(found: Document, heading: str) -> dict[str, Fact]:
    return {
        fact.label.leading: fact
        for block in part(found, heading)
        if isinstance(block, Facts)
        for fact in block.facts
    }


def said(found: Document, heading: str) -> str:
    return " ".join(b.text.leading for b in part(found, heading) if isinstance(b, Prose))


def test_a_case_without_appraisal_is_an_account_without_values() -> None:
    found = sheet(account())
    assert found.title.leading == "Account of removals and credits"
    assert headings(found) == [
        "The right and its project",
        "Carbon",
        "Annex: removals and credits by year",
        "Annex: credits by vintage",
        "Annex: ledger of the credits",
        "Annex: exits by market",
        "Annex: inputs and where they come from",
        "Annex: workings",
    ]


def test_the_way_from_removals_to_credits_adds_up() -> None:
    assert lines(sheet(account()), "Carbon") == [
        ["Removals", "", "100.00", "300.00", "800.00"],
        ["Baseline", "", "−10.00", "−10.00", "−40.00"],
        ["Uncertainty discount", "−10.00%", "", "", ""],
        ["Leakage", "0.00%", "", "", ""],
        ["Buffer or risk deduction", "−20.00%", "", "", "−136.80"],
        ["Share of the right pledged", "100.00%", "", "", ""],
        ["Credits of the right", "68.40%", "64.80", "208.80", "547.20"],
    ]


def test_the_first_and_the_highest_year_are_columns() -> None:
    grid = next(block for block in part(sheet(account()), "Carbon") if isinstance(block, Grid))
    heads = [column.head.leading for column in grid.columns]
    assert heads == [
        "tCO₂e",
        "Share",
        "First year (2025)",
        "Highest year (2027)",
        "Whole plan",
    ]


def test_each_pool_has_a_line_with_its_sign_when_there_are_several() -> None:
    file, results = computed(account())
    results = with_pools(results, {Pool.SOIL: 150.0, Pool.METHANE: -50.0})
    found = build_record(file, results, DRAFT, "en")
    assert lines(found, "Carbon")[:2] == [
        ["Soil", "", "150.00", "150.00", "600.00"],
        ["Methane", "", "−50.00", "−50.00", "−200.00"],
    ]
    assert facts(found, "Carbon")["What is counted"].value.leading == "soil, methane"


def test_open_exits_are_named_by_what_they_are_good_for() -> None:
    found = facts(sheet(account()), "Exits for the credits")
    named = {label: fact.value.leading for label, fact in found.items()}
    assert named == {
        "Compliance exits": "✓\u00a0National",
        "Voluntary exits": "◐\u00a0Voluntary",
        "Elsewhere only": "✓\u00a0Elsewhere",
        "Not known": "?\u00a0Unseen",
    }


def test_the_lack_of_a_compliance_exit_is_said_in_red() -> None:
    markets = tuple(answer for answer in MARKETS if answer.market != "National")
    fact = facts(sheet(account(), markets=markets), "Exits for the credits")["Compliance exits"]
    assert fact.value.leading == "■ None: no compliance market takes these credits."
    assert fact.alert
    assert fact.strong


def test_a_compliance_market_of_another_land_is_no_compliance_exit() -> None:
    markets = tuple(answer for answer in MARKETS if answer.market == "Elsewhere")
    fact = facts(sheet(account(), markets=markets), "Exits for the credits")["Compliance exits"]
    assert fact.alert


def test_the_annex_lists_open_exits_first_with_reason_rule_and_date() -> None:
    rows = lines(sheet(account()), "Annex: exits by market")
    assert [row[:2] for row in rows] == [
        ["✓", "National"],
        ["✓", "Elsewhere"],
        ["◐", "Voluntary"],
        ["?", "Unseen"],
        ["×", "Closed"],
    ]
    assert rows[2] == [
        "◐",
        "Voluntary",
        "voluntary",
        "Only after a field visit.",
        "rule of Voluntary",
        "2026-03",
    ]
    assert rows[3][-1] == "–"


def test_issues_are_grouped_by_verification_and_listed_by_vintage() -> None:
    found = sheet(account())
    assert lines(found, "Issuance of the credits") == [
        ["2027-03-31", "2027-09-30", "2025–2026", "129.60"],
        ["Total", "", "", "129.60"],
    ]
    assert "417.60 tCO₂e lie after the last verification" in said(found, "Issuance of the credits")
    assert lines(found, "Annex: credits by vintage") == [
        ["2025", "2027-03-31", "2027-09-30", "64.80"],
        ["2026", "2027-03-31", "2027-09-30", "64.80"],
        ["Total", "", "", "129.60"],
    ]


def test_the_ledger_shows_the_vintages_with_entries_and_sums_the_others() -> None:
    assert lines(sheet(account()), "Annex: ledger of the credits") == [
        ["2025", "64.80", "0.00", "0.00", "0.00", "0.00", "20.00", "44.80"],
        ["Others", "482.40", "0.00", "0.00", "0.00", "0.00", "0.00", "482.40"],
        ["Total", "547.20", "0.00", "0.00", "0.00", "0.00", "20.00", "527.20"],
    ]


def test_the_range_stands_with_draws_seed_and_what_reaches_the_estimate() -> None:
    found = sheet(account(), found=RANGE)
    heading = "Range of removals and credits"
    assert lines(found, heading)[1] == [
        "Credits, whole plan",
        "547.00",
        "527.00",
        "537.00",
        "547.00",
        "557.00",
        "567.00",
    ]
    text = said(found, heading)
    assert "10,000 draws from seed 7; standard error of the mean 0.12" in text
    assert "50.25% of the draws reach the single estimate of 547.20" in text


def test_the_annex_of_the_range_names_the_drawn_inputs_by_line() -> None:
    found = sheet(account(), found=RANGE)
    assert [row[0] for row in lines(found, "Annex: range of the credits")] == [
        "2025",
        "2026",
        "2027",
        "2028",
    ]
    assert lines(found, "Inputs that were drawn") == [
        ["Removals a year [2]", "normal", "300.5", "15", "1.25%"]
    ]


def test_without_uncertain_inputs_nothing_is_said_of_a_range() -> None:
    found = sheet(account())
    assert "Range of removals and credits" not in headings(found, 2)


def test_years_are_listed_with_their_sums() -> None:
    rows = lines(sheet(account()), "Annex: removals and credits by year")
    assert rows[0] == ["2025", "100.00", "64.80", "100.00", "−10.00"]
    assert rows[-1] == ["Total", "800.00", "547.20", "800.00", "−40.00"]
    assert len(rows) == 5


def test_more_pools_than_fit_go_to_a_table_of_their_own() -> None:
    file, results = computed(account())
    many = dict.fromkeys(list(Pool)[:9], 10.0)
    found = build_record(file, with_pools(results, many), DRAFT, "en")
    assert len(lines(found, "Annex: removals and credits by year")[0]) == 3
    assert len(lines(found, "Pools by year")[0]) == 6
    assert lines(found, "Pools by year")[-1][0] == "Total"


def test_the_carbon_chart_is_drawn_with_and_without_an_appraisal(
    document: dict[str, Any],
) -> None:
    kinds = [block.kind for block in sheet(account()).blocks if isinstance(block, Chart)]
    assert kinds == [ChartKind.CARBON]
    del document["loan"]
    kinds = [block.kind for block in sheet(document).blocks if isinstance(block, Chart)]
    assert kinds == [ChartKind.CASH_FLOW, ChartKind.WATERFALL, ChartKind.CARBON]


def test_sites_are_drawn_on_a_map_and_numbered() -> None:
    found = sheet(account())
    assert any(isinstance(block, SiteMap) for block in part(found, "Sites"))
    assert lines(found, "Sites") == [["1", "North flat", "24.4", "117.9", "50"]]


def test_only_inputs_in_use_are_listed() -> None:
    document = account()
    document["project"]["accrual_years"] = 20
    labels = [row[0] for row in lines(sheet(document), "Annex: inputs and where they come from")]
    assert "Unit of the report" in labels
    assert "Years of accrual" not in labels


def test_the_path_of_an_uncertain_input_is_printed_by_name() -> None:
    document = account()
    document["project"]["distributions"] = [
        {"parameter": "project.stated.0.tonnes_per_year", "kind": "normal", "sd": 5}
    ]
    rows = lines(sheet(document), "Uncertain inputs")
    assert rows == [["Removals a year [1]", "normal", "5", "1"]]


@pytest.mark.parametrize("language", ["zh", "en", "both"])
def test_nothing_unknown_is_printed_as_none(language: str) -> None:
    document = account()
    document["project"]["distributions"] = [
        {"parameter": "project.stated.0.tonnes_per_year", "kind": "normal", "sd": 5}
    ]
    del document["project"]["site_area_ha"]
    found = sheet(document, language, found=RANGE)
    texts = [
        line
        for block in found.blocks
        if isinstance(block, Grid)
        for row in block.rows
        for cell in row
        for line in cell.text.lines
    ]
    assert texts
    assert not any("None" in text for text in texts)
