"""The policy schedule of an index cover: what every value pays, what is counted, who signs."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from app.finance.case.case import CaseFile
from app.finance.case.cover.index_inputs import Combined, EventsPaid, IndexCover
from app.finance.case.cover.index_tables import (
    BandLine,
    Counting,
    Direction,
    Measure,
    PayoutForm,
    TriggerLine,
)
from app.finance.engine import Results, compute_case
from app.finance.insurance.index_curve import payout_curve, payout_readings
from app.finance.insurance.index_payout import event_share
from app.i18n import translator
from app.reference.tables import load_reference
from app.reports.document import Document, Drawing, Grid, Heading, Prose, Signatures, Words
from app.reports.fact_tables import FactTable, said
from app.reports.policy_facts import counting_lines, limit_rows, reading_table, summed_history
from app.reports.policy_schedule import build_policy_schedule
from app.reports.sheet import Sheet
from app.services.case_file import read_file
from app.services.demo import insurance_files
from tests.sheets import DRAFT

EN = translator("en")

STEPPED = TriggerLine("wind", Measure.WIND_FORCE, PayoutForm.STEP)
LINE = TriggerLine("rain", Measure.RAIN, PayoutForm.LINEAR, trigger=150.0, exit=400.0)
TICK = TriggerLine(
    "carbon", Measure.CARBON, PayoutForm.TICK, direction=Direction.BELOW, trigger=1000.0,
    tick_yuan=700.0, limit_share=0.6,
)  # fmt: skip
DAYS = TriggerLine(
    "heat", Measure.SEA_TEMPERATURE, PayoutForm.LINEAR, Counting.DAYS, threshold=30.0,
    trigger=5.0, exit=20.0,
)  # fmt: skip
BANDS = (BandLine("wind", 10, 0.1), BandLine("wind", 11, 0.2), BandLine("wind", 14, 1.0))


@cache
def demo() -> tuple[CaseFile, Results]:
    path = next(one for one in insurance_files() if one.name.startswith("index-history"))
    file = read_file(path)
    return file, compute_case(file.case, load_reference().tables)


def cover(*triggers: TriggerLine, **more: Any) -> IndexCover:
    insurance = demo()[0].case.insurance
    assert insurance is not None
    assert insurance.index is not None
    return replace(insurance.index, triggers=triggers, bands=BANDS, **more)


@cache
def schedule(language: str = "en", *, approved: bool = False) -> Document:
    file, results = demo()
    given = replace(DRAFT, approved=True, approved_by="B", approved_on=date(2026, 3, 1))
    stamp = given if approved else DRAFT
    return build_policy_schedule(Sheet(file, results, stamp, Words(language)))


def texts(table: FactTable | None) -> list[tuple[str, ...]]:
    assert table is not None
    return [tuple(cell.said(EN) for cell in row) for row in table.rows]


def test_a_step_is_told_with_the_values_it_holds_for_and_what_it_pays_in_yuan() -> None:
    assert texts(reading_table(cover(STEPPED), STEPPED)) == [
        ("below 10", "0.00%", "0.00"),
        ("10 to below 11", "10.00%", "100,000.00"),
        ("11 to below 14", "20.00%", "200,000.00"),
        ("14 and more", "100.00%", "1,000,000.00"),
    ]


def test_where_less_pays_more_the_values_are_told_downwards() -> None:
    salt = TriggerLine("wind", Measure.SALINITY, PayoutForm.STEP, direction=Direction.BELOW)
    index = replace(
        cover(salt), bands=(BandLine("wind", 12, 0.1), BandLine("wind", 5.5, 1.0))
    )  # fmt: skip
    assert [row[0] for row in texts(reading_table(index, salt))] == [
        "above 12",
        "12 down to above 5.5",
        "5.5 and less",
    ]


@pytest.mark.parametrize(
    ("trigger", "more"),
    [
        (LINE, {}),
        (LINE, {"event_minimum_share": 0.05, "event_cap_share": 0.7}),
        (TICK, {"event_minimum_share": 0.05}),
        (TICK, {"event_cap_share": 0.3}),
    ],
)
def test_any_value_of_a_straight_payout_can_be_read_between_two_lines(
    trigger: TriggerLine, more: dict[str, float]
) -> None:
    index = cover(trigger, **more)
    found = payout_readings(index, trigger)
    pays = {line.value: line.payout_share for line in found}
    for first, second in pairwise(found):
        middle = (first.value + second.value) / 2
        read = (pays[first.value] + pays[second.value]) / 2
        assert event_share(index, {trigger.name: middle}) == pytest.approx(read, abs=1e-8)


def test_the_last_line_pays_the_most_that_an_event_pays() -> None:
    for trigger, most in ((LINE, 1.0), (TICK, 0.6), (DAYS, 1.0)):
        found = payout_readings(cover(trigger), trigger)
        assert found[-1].payout_share == pytest.approx(most)


def test_counted_days_are_not_divided() -> None:
    values = [line.value for line in payout_readings(cover(DAYS), DAYS)]
    assert all(value == int(value) for value in values)
    assert values[0] == 5
    assert values[-1] == 20


def test_a_trigger_that_never_pays_has_no_table() -> None:
    index = replace(cover(STEPPED), bands=(BandLine("wind", 10, 0.0),))
    assert reading_table(index, STEPPED) is None
    assert payout_curve(index, STEPPED) == ()


def test_each_trigger_has_its_own_curve() -> None:
    index = cover(STEPPED, LINE)
    assert payout_curve(index) == payout_curve(index, STEPPED)
    assert payout_curve(index, LINE)[1] == (150.0, 0.0)


def counted(index: IndexCover) -> str:
    return "\n".join(said(message, facts, EN) for message, facts in counting_lines(index))


def test_how_an_event_is_counted_is_told_in_sentences() -> None:
    found = counted(cover(STEPPED))
    assert "wind: the index is the reading itself" in found
    assert "one with the largest payout is paid" in found
    assert "several triggers" not in found


def test_a_trigger_of_the_season_has_no_events() -> None:
    found = counted(cover(DAYS))
    assert "days of the season with a reading at or above 30" in found
    assert "event" not in found


def test_several_triggers_say_how_they_are_taken_together() -> None:
    several = cover(STEPPED, DAYS, combined=Combined.SUM, events_paid=EventsPaid.EVERY)
    found = counted(several)
    assert "Every event of a season is paid." in found
    assert "their payouts add up" in found
    assert "pays once, at its end, beside the events" in found


def test_a_cap_is_told_in_yuan_and_no_cap_in_words() -> None:
    file, results = demo()
    assert results.insurance is not None
    rows = {row.label: row.said(EN) for row in limit_rows(file.case, results.insurance)}
    assert rows["The season pays at most"] == "1,000,000.00"
    assert rows["An event pays at most"] == "no limit"
    assert rows["Deductible"] == "none: the trigger stands in its place"


def test_the_history_ends_with_what_all_years_would_have_been_paid() -> None:
    results = demo()[1]
    assert results.insurance is not None
    table = summed_history(results.insurance)
    assert table is not None
    paid = [Decimal(row[4].text.replace(",", "")) for row in table.rows]
    assert [cell.said(EN) for cell in table.totals[:1]] == ["10 years observed"]
    assert table.totals[4].text == f"{sum(paid):,.2f}"


def test_a_year_without_data_is_marked_and_not_counted() -> None:
    results = demo()[1]
    insurance = results.insurance
    assert insurance is not None
    assert insurance.index is not None
    first, *others = insurance.index.history
    gap = replace(first, observed=False, index_value=None)
    index = replace(insurance.index, history=(gap, *others), observed_years=9)
    table = summed_history(replace(insurance, index=index))
    assert table is not None
    assert table.rows[0][4].said(EN) == "no data; not a year without loss"
    assert table.totals[0].said(EN) == "9 years observed"


def held(found: Document, kind: type) -> list[Any]:
    return [block for block in found.blocks if isinstance(block, kind)]


def test_the_schedule_has_payout_table_curve_history_and_basis_risk() -> None:
    found = schedule()
    titles = [block.text.leading for block in held(found, Heading)]
    assert titles.index("Policy and parties") < titles.index("The index")
    assert "Payout by the index: wind, wind force, class" in titles
    assert "What the cover would have paid" in titles
    assert "Basis risk" in titles
    assert len(held(found, Drawing)) == 1


def test_the_parties_sign_and_seal() -> None:
    (signed,) = held(schedule(), Signatures)
    assert [one.role.leading for one in signed.signatures] == ["Insurer", "Insured"]
    assert signed.seal.leading == "Seal"


def test_until_it_is_approved_it_is_a_draft_schedule() -> None:
    drafts = [block.text.leading for block in held(schedule(), Prose)]
    issued = [block.text.leading for block in held(schedule(approved=True), Prose)]
    assert any(text.startswith("Draft schedule.") for text in drafts)
    assert not any(text.startswith("Draft schedule.") for text in issued)


def test_every_mark_leads_to_a_working_that_is_printed() -> None:
    found = schedule()
    marked = {cell.step for grid in held(found, Grid) for row in grid.rows for cell in row}
    assert marked - {""} <= set(found.step_numbers)
    assert found.step_numbers
