"""What window, paper and command line share of an insurance: object, terms, premium, loss."""

from dataclasses import replace

import pytest

from app.finance.case.cover.heads import DeductibleKind, HeadLine, ShareOn
from app.finance.insurance.part_results import EventLoss
from app.messages import insurance_words
from app.reports.insurance_claim_facts import claim_table, settlement_rows
from app.reports.insurance_compare_facts import (
    asked_rows,
    option_table,
    placed_rows,
    placed_table,
)
from app.reports.insurance_delivery_facts import delivery_rows, delivery_table
from app.reports.insurance_event_facts import (
    MOST_EVENTS,
    correlation_table,
    event_rows,
    event_table,
    events_left_out,
    site_table,
)
from app.reports.insurance_facts import (
    head_table,
    policy_rows,
    stage_table,
    terms_table,
    value_table,
)
from app.reports.insurance_fit_facts import basis_rows, fitted_rows
from app.reports.insurance_history_facts import (
    credibility_rows,
    experience_rows,
    experience_table,
    member_table,
)
from app.reports.insurance_index_facts import (
    burn_rows,
    history_rows,
    history_table,
    index_rows,
    payout_table,
    trigger_table,
)
from app.reports.insurance_premium_facts import (
    coinsurer_table,
    part_table,
    subsidy_table,
)
from app.reports.insurance_risk_facts import (
    check_table,
    distribution_rows,
    exceedance_table,
    model_table,
    peril_table,
    quantile_table,
)
from tests.insurance_policy import POLICY
from tests.insurance_results import BARE, LAW, RESULT, insured_case
from tests.loan_tables import EN, heads, row_of, said

CASE = insured_case()[0].case


def with_head(**terms: object) -> list[dict[str, str]]:
    """The terms of a first head changed in this way, by their names in English."""
    first, *others = POLICY.heads
    changed = replace(first, **terms)  # type: ignore[arg-type]
    case = replace(CASE, insurance=replace(POLICY, heads=(changed, *others)))
    table = terms_table(case)
    return [dict(zip(heads(table), line, strict=True)) for line in said(table)]


def test_a_limit_of_nothing_and_no_limit_are_told_apart_in_words() -> None:
    kelp, stock = with_head(event_limit_yuan=0.0)
    assert kelp["Limit for an event"] == "0.00: pays nothing"
    assert stock["Limit for an event"] == "no limit"
    assert stock["Limit of the policy year"] == "0.00: pays nothing"
    rows = policy_rows(POLICY)
    assert row_of(rows, "Limit of the policy for an event").said(EN) == "no limit"
    assert row_of(rows, "Limit of the policy for a policy year").said(EN) == "0.00: pays nothing"


def test_terms_that_no_head_has_are_left_out_and_all_deductibles_are_named() -> None:
    kelp, stock = with_head(deductible_kind=DeductibleKind.FRANCHISE, deductible_days=3.0)
    assert kelp["Deductible"].startswith("1,000.00 yuan; 10.00% of the value on risk; 3 days; ")
    assert kelp["Deductible"].endswith("paid in full")
    assert stock["Deductible"] == "none"
    assert "Reinstatements" not in kelp
    assert "Salvage" not in kelp


def test_terms_stand_in_the_order_in_which_they_work() -> None:
    kelp, stock = with_head(
        waiting_days=30, salvage_share=0.1, layer_attachment_yuan=5.0, layer_limit_yuan=9.0,
        share=0.8, share_on=ShareOn.YEAR, year_deductible_yuan=7.0, reinstatements=2,
        reinstatement_rate=1.0,
    )  # fmt: skip
    assert list(kelp) == [
        "Head", "Waiting period", "Salvage", "Deductible", "Limit for an event",
        "Layer attaches at", "Limit of the layer", "Share of the insurer",
        "Deductible of the policy year", "Limit of the policy year", "Reinstatements",
    ]  # fmt: skip
    assert kelp["Share of the insurer"] == "80.00%, of the policy year"
    assert kelp["Reinstatements"] == "2, each at 100.00%"
    assert (stock["Reinstatements"], stock["Share of the insurer"]) == ("without end", "whole")
    assert with_head(share=0.8)[0]["Share of the insurer"] == "80.00%"
    assert with_head(reinstatements=1)[0]["Reinstatements"] == "1"


def test_what_is_insured_is_told_by_head_with_its_unit_and_by_year_where_it_moves() -> None:
    table = said(head_table(RESULT))
    assert table[0][:4] == ["Kelp", "harvest value", "North", "100 mu"]
    assert table[-1][-1] == "600,000.00"
    assert said(value_table(RESULT))[1] == ["Kelp", "2", "400,000.00"]
    assert said(stage_table(CASE)) == [["Kelp", "growing", "11–5", "60.00%"]]


def test_a_frequency_is_labelled_ground_up_or_to_the_layer() -> None:
    table = said(peril_table(CASE, RESULT))
    assert [line[-5] for line in table] == [
        "to the layer: only those that are paid",
        "ground-up: all that damage",
    ]
    assert table[0][-4:-2] == ["0.5000", "0.4000"]
    assert [line[1] for line in table] == ["Kelp", "all"]


def test_each_parameter_stands_with_its_source_or_says_that_none_was_entered() -> None:
    table = said(model_table(CASE))
    assert [line[-1] for line in table] == ["county bulletin 2025", "not entered"]
    assert table[0][1:5] == ["Poisson", "lognormal", "30.00%", "0.80"]


def test_losses_stand_by_return_period_of_a_year_and_of_one_event() -> None:
    table = said(exceedance_table(LAW.returns, 600000.0))
    assert [line[0] for line in table] == ["2", "5", "10", "20", "50", "100", "200"]
    assert table[5][1:] == ["1.00%", "300,000.00", "50.00%", "280,000.00"]
    years_only = tuple(replace(point, oep_yuan=None) for point in LAW.returns)
    assert len(said(exceedance_table(years_only, 600000.0))[0]) == 4


def test_the_law_says_how_it_was_found_and_what_the_grid_left_out() -> None:
    rows = distribution_rows(RESULT)
    assert row_of(rows, "Chance of no loss").text == "75.00%"
    assert row_of(rows, "Probability beyond the grid").text == "2.0e-12"
    drawn = replace(LAW, method="simulated", years=100000, seed=7, step_yuan=0.0)
    rows = distribution_rows(replace(RESULT, distribution=drawn))
    assert rows[0].note_said(EN) == "100,000 years, seed 7"
    assert said(quantile_table(LAW))[5] == ["99.0%", "280,000.00", "320,000.00"]


def test_the_probable_maximum_loss_says_that_it_is_of_one_event() -> None:
    rows = distribution_rows(RESULT)
    hundred = row_of(rows, "Probable maximum loss of 100 years (PML)")
    assert hundred.text == "280,000.00"
    assert "(OEP)" in hundred.note_said(EN)
    assert hundred.note_said(EN).endswith("1.00%")
    rare = row_of(rows, "Probable maximum loss of 200 years (PML)")
    assert rare.note_said(EN).endswith("0.50%")
    unknown = tuple(replace(point, oep_yuan=None) for point in LAW.returns)
    rows = distribution_rows(replace(RESULT, distribution=replace(LAW, returns=unknown)))
    assert not [row for row in rows if "PML" in row.label]


def test_every_other_way_stands_beside_the_printed_one_with_its_distance() -> None:
    table = said(check_table(LAW))
    assert [line[0] for line in table[1:]] == ["Panjer recursion", "simulation"]
    assert table[2][1:4] == ["30,090.00", "0.3000%", "60.00"]
    assert check_table(replace(LAW, checks=())) is None


def test_a_year_without_data_says_that_it_is_no_year_without_loss() -> None:
    gap = said(history_table(RESULT))[-1]
    assert gap[:2] == ["2023", "–"]
    assert "not a year without loss" in gap[4]
    assert "not a year without loss" in said(experience_table(RESULT.experience))[1][2]
    assert [row.said(EN) for row in history_rows(CASE)] == ["station 58653", "2023"]


def test_an_index_tells_season_triggers_payout_burn_fit_and_basis_risk() -> None:
    assert row_of(index_rows(CASE, RESULT), "Season").said(EN) == "2026-06-01 to 2026-10-31"
    assert said(trigger_table(CASE))[0][:3] == ["wind", "gust, m/s", "3-second gust"]
    assert said(payout_table(RESULT))[1] == ["wind", "32.7", "50.00%", "100,000.00"]
    assert row_of(burn_rows(RESULT), "Bootstrap interval of 90%").said(EN) == "0.0000% to 50.0000%"
    assert RESULT.index is not None
    fit = fitted_rows(RESULT.index.fitted)
    assert fit[0].note_said(EN) == "fitted to 12 values above the threshold"
    missed = row_of(basis_rows(RESULT.index.basis), "Chance of no payout in a year with a loss")
    assert (missed.note_said(EN), missed.strong) == ("missed: 1 years", True)


def test_events_stand_dearest_first_and_those_left_out_are_counted() -> None:
    assert RESULT.events is not None
    assert said(event_table(RESULT.events))[0][0] == "Gaemi 2024"
    assert row_of(event_rows(CASE, RESULT.events), "Worst event").note_said(EN) == "Gaemi 2024"
    assert said(site_table(RESULT.events))[0][-1] == "75.00%"
    assert said(correlation_table(RESULT.events)) == [["North", "South", "0.58"]]
    many = tuple(EventLoss(str(n), 0.1, 1.0 * n, (1.0, 0.0)) for n in range(MOST_EVENTS + 5))
    assert events_left_out(replace(RESULT.events, events=many)) == 5


def test_credibility_names_its_estimator() -> None:
    assert RESULT.experience is not None
    rows = credibility_rows(RESULT.experience.credibility)
    assert rows[0].said(EN) == "lines of the class (Bühlmann-Straub, unbiased)"
    assert said(member_table(RESULT.experience.credibility))[0][2] == "33.33%"
    assert row_of(experience_rows(CASE, RESULT.experience), "Source").said(EN) == "claims file"


def test_wrong_way_dependence_is_named_and_parts_without_loss_are_left_out() -> None:
    rows = delivery_rows(CASE, RESULT)
    dependence = next(row for row in rows if row.label == "Dependence of price and failure")
    assert dependence.note_said(EN).startswith("wrong-way")
    assert not any("shock" in row.label for row in rows)
    assert said(delivery_table(RESULT.delivery))[-1][-1] == "3,000.00"


def test_a_claim_goes_through_the_terms_and_one_that_is_not_covered_stands_out() -> None:
    table = claim_table(RESULT.settlement)
    assert table is not None
    assert table.marked == (1,)
    assert said(table)[-1][-3:-1] != ["", ""]
    assert row_of(settlement_rows(CASE, RESULT.settlement), "Due now").text == "20,000.00"


def test_what_a_policy_lacks_has_neither_rows_nor_tables() -> None:
    assert distribution_rows(BARE) == index_rows(CASE, BARE) == burn_rows(BARE) == ()
    assert asked_rows(BARE) == placed_rows(BARE) == fitted_rows(None) == basis_rows(None) == ()
    assert event_rows(CASE, None) == experience_rows(CASE, None) == credibility_rows(None) == ()
    assert delivery_rows(CASE, BARE) == settlement_rows(CASE, None) == ()
    tables = (
        subsidy_table(BARE), coinsurer_table(BARE), placed_table(None), quantile_table(None),
        check_table(None), payout_table(BARE), history_table(BARE), site_table(None),
        event_table(None), correlation_table(None), experience_table(None), member_table(None),
        delivery_table(None), claim_table(None), head_table(replace(BARE, heads=())),
        option_table(CASE, BARE), part_table(BARE), exceedance_table((), 1.0),
        peril_table(CASE, replace(BARE, perils=())),
    )  # fmt: skip
    assert set(tables) == {None}


@pytest.mark.parametrize("kind", ["head", "law", "number", "peril", "basis", "estimator"])
def test_each_choice_of_the_declarations_has_words(kind: str) -> None:
    assert all(insurance_words._words(kind).values())


def test_a_head_without_terms_has_neither_deductible_nor_limit() -> None:
    bare = replace(
        POLICY, heads=(HeadLine("A", POLICY.heads[0].kind, POLICY.heads[0].quantity_unit, 1.0),)
    )
    table = terms_table(replace(CASE, insurance=bare))
    assert said(table) == [["A", "none", "no limit", "no limit"]]
