"""What changed between two versions of a case, and what each change did to the value."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.finance.case.case import CaseFile
from app.finance.engine import compute_case
from app.finance.valuation.results import ValueResult
from app.reference.tables import load_reference
from app.services.case_file import validate
from app.services.change_steps import Amounts
from app.services.changes import ChangedInput, Changes, changes
from app.services.results_json import plain
from tests.unit.finance.moved_rights import document

REFERENCE = load_reference()
SUM = ("gross_yuan", "net_yuan", "prudent_yuan", "liquidation_yuan")


def file(
    project: dict[str, Any] | None = None,
    appraisal: dict[str, Any] | None = None,
    **sections: Any,
) -> CaseFile:
    return validate({**document(project, appraisal), **sections})


def values_of(case: CaseFile) -> ValueResult:
    found = compute_case(case.case, REFERENCE.tables).values
    assert found is not None
    return found


def compared(before: CaseFile, after: CaseFile) -> Changes:
    """The changes, with the effects checked to sum to the difference of the computed cases."""
    found = changes(before, after, REFERENCE)
    assert found.before is not None
    assert found.after is not None
    assert found.total is not None
    for name in SUM:
        assert getattr(found.before, name) == getattr(values_of(before), name)
        assert getattr(found.after, name) == getattr(values_of(after), name)
        effects = sum((getattr(step.effect, name) for step in found.steps), Decimal(0))
        assert effects == getattr(found.total, name)
    return found


def entries(found: Changes) -> dict[str, ChangedInput]:
    return {entry.path: entry for entry in found.inputs}


def test_the_same_case_has_no_changes() -> None:
    found = compared(file(), file())
    assert (found.inputs, found.sources, found.steps) == ((), (), ())
    assert found.total == Amounts(Decimal(0), Decimal(0), Decimal(0), Decimal(0))


def test_one_changed_input_carries_the_whole_difference() -> None:
    before, after = file(), file(appraisal={"discount_rate": 0.09})
    found = compared(before, after)
    (step,) = found.steps
    assert step.paths == ("appraisal.discount_rate",)
    assert step.effect.net_yuan == values_of(after).net_yuan - values_of(before).net_yuan
    assert step.effect.gross_yuan == 0
    (entry,) = found.inputs
    assert (entry.old, entry.new, entry.unit, entry.percent) == (0.08, 0.09, "1/yr", True)
    assert (entry.label, entry.section, entry.step) == ("Discount rate", "Discounting", 0)


def test_inputs_move_one_at_a_time_in_the_order_of_the_form() -> None:
    before = file()
    after = file(
        {"buffer_share": 0.2},
        {"monitoring_cost_yuan_yr": 90_000, "discount_rate": 0.09, "price_yuan_t": 70},
    )
    found = compared(before, after)
    assert [step.paths for step in found.steps] == [
        ("project.buffer_share",),
        ("appraisal.price_yuan_t",),
        ("appraisal.discount_rate",),
        ("appraisal.monitoring_cost_yuan_yr",),
    ]
    on_the_way = [
        file({"buffer_share": 0.2}),
        file({"buffer_share": 0.2}, {"price_yuan_t": 70}),
        file({"buffer_share": 0.2}, {"price_yuan_t": 70, "discount_rate": 0.09}),
        after,
    ]
    assert [step.after.net_yuan for step in found.steps] == [
        values_of(case).net_yuan for case in on_the_way
    ]


def test_a_changed_table_moves_as_one_and_counts_its_lines() -> None:
    old = [
        {"first_year": 2025, "last_year": 2029, "tonnes_per_year": 5000},
        {"first_year": 2030, "last_year": 2040, "tonnes_per_year": 6000},
    ]
    new = [
        {"first_year": 2024, "last_year": 2024, "tonnes_per_year": 100},
        {"first_year": 2025, "last_year": 2029, "tonnes_per_year": 5000},
        {"first_year": 2030, "last_year": 2040, "tonnes_per_year": 4000},
    ]
    found = compared(file({"stated": old}), file({"stated": new}))
    (step,) = found.steps
    assert step.paths == ("project.stated",)
    (entry,) = found.inputs
    assert entry.lines == (1, 0, 1)
    assert entry.old == old
    assert entry.new == new


def test_a_choice_moves_with_the_inputs_it_asks_for() -> None:
    parts = {"risk_free": 0.02, "delivery": 0.03, "policy": 0.02, "liquidity": 0.03}
    after = file(
        appraisal={
            "rate_basis": "build_up",
            "discount_rate": None,
            "build_up": parts,
            "price_yuan_t": 90,
        }
    )
    found = compared(file(), after)
    assert [step.paths for step in found.steps] == [
        ("appraisal.price_yuan_t",),
        (
            "appraisal.rate_basis",
            "appraisal.discount_rate",
            "appraisal.build_up",
            "appraisal.build_up.risk_free",
            "appraisal.build_up.delivery",
            "appraisal.build_up.policy",
            "appraisal.build_up.liquidity",
        ),
    ]
    assert entries(found)["appraisal.build_up.delivery"].old is None
    assert entries(found)["appraisal.rate_basis"].new == "build_up"


def test_another_method_of_accounting_moves_with_its_own_inputs() -> None:
    planting = {
        "quantity_method": "planting",
        "planting": [{"year": 2020, "area_ha": 500}],
        "rate_tco2e_ha_yr": 12,
        "survival_share": 0.6,
        "stated_unit": None,
        "stated": [],
    }
    found = compared(file(), file(planting, {"price_growth": 0.02}))
    assert [len(step.paths) for step in found.steps] == [6, 1]
    assert set(found.steps[0].paths) == {f"project.{name}" for name in planting}
    assert found.steps[1].paths == ("appraisal.price_growth",)


def test_a_section_of_the_approach_that_came_moves_nothing_in_the_income_value() -> None:
    found = compared(file(), file(appraisal={"issued": {"tonnes": 100}}))
    assert found.steps == ()
    assert {path: entry.step for path, entry in entries(found).items()} == {
        "appraisal.issued": None,
        "appraisal.issued.tonnes": None,
    }
    section = entries(found)["appraisal.issued"]
    assert (section.old, section.new, section.kind) == (None, True, "")


def test_inputs_that_are_valid_only_together_move_together() -> None:
    before = file({"crediting_start": "2025-01-01", "crediting_end": "2034-12-31"})
    after = file(
        {"crediting_start": "2036-01-01", "crediting_end": "2050-12-31"}, {"price_yuan_t": 85}
    )
    found = compared(before, after)
    assert [step.paths for step in found.steps] == [
        ("project.crediting_start", "project.crediting_end"),
        ("appraisal.price_yuan_t",),
    ]


def test_a_step_that_cannot_be_computed_alone_takes_along_what_it_lacks() -> None:
    before = file(appraisal={"perpetual": True, "price_growth": 0.02, "discount_rate": 0.05})
    after = file(
        appraisal={
            "perpetual": True,
            "price_growth": 0.06,
            "discount_rate": 0.09,
            "benefit_share": 0.2,
        }
    )
    found = compared(before, after)
    assert [step.paths for step in found.steps] == [
        ("appraisal.price_growth", "appraisal.discount_rate"),
        ("appraisal.benefit_share",),
    ]


def test_what_moves_no_value_is_listed_without_a_step() -> None:
    before = file(notes="")
    after = file({"holder": "Bay cooperative"}, notes="second reading")
    found = compared(before, after)
    assert {path: entry.step for path, entry in entries(found).items()} == {
        "project.holder": None,
        "notes": None,
    }
    assert found.steps == ()


def test_an_input_without_a_meaning_in_both_versions_is_not_listed() -> None:
    flat = {"price_curve": "flat", "price_growth": 0.03}
    found = compared(file(appraisal=flat), file(appraisal={**flat, "price_growth": 0.04}))
    assert found.inputs == ()


def test_the_new_value_says_where_it_comes_from_and_why() -> None:
    path = "appraisal.price_yuan_t"
    reason = "new auction in May"
    source = {"kind": "disclosed", "source": "exchange, weekly notice"}
    after = file(appraisal={"price_yuan_t": 75, "change_reason": reason}, provenance={path: source})
    found = compared(file(), after)
    entry = entries(found)[path]
    assert (entry.kind, entry.source) == ("disclosed", "exchange, weekly notice")
    assert found.reason == reason
    assert set(entries(found)) == {path}


def test_another_provenance_of_the_same_value_is_listed_apart() -> None:
    path = "appraisal.price_yuan_t"
    before = file(provenance={path: {"kind": "assumed", "source": "desk"}})
    after = file(provenance={path: {"kind": "measured", "source": "auction"}})
    found = compared(before, after)
    assert found.inputs == ()
    (source,) = found.sources
    assert (source.path, source.old_kind, source.new_kind) == (path, "assumed", "measured")
    assert (source.old_source, source.new_source) == ("desk", "auction")


def test_without_an_appraisal_there_is_no_value_to_explain() -> None:
    bare = document()
    del bare["appraisal"]
    found = changes(validate(bare), file(), REFERENCE)
    assert found.before is None
    assert found.total is None
    assert found.after is not None
    assert found.steps == ()
    assert entries(found)["appraisal.price_yuan_t"].new == 80


def test_a_version_that_cannot_be_computed_any_more_says_why() -> None:
    before = file(appraisal={"perpetual": True, "discount_rate": 0.02})
    found = changes(before, file(), REFERENCE)
    assert found.before is None
    assert found.after is not None
    assert found.problem is not None
    assert found.problem.code == "rate_below_growth"
    assert "appraisal.discount_rate" in entries(found)


def test_all_of_it_is_plain_json() -> None:
    after = file(
        {"crediting_end": "2050-12-31", "verifications": []},
        {"valuation_date": "2025-06-30", "timing": "end_year"},
    )
    found = plain(compared(file(), after))
    again = json.loads(json.dumps(found, allow_nan=False))
    assert again["inputs"][0]["path"] == "project.crediting_end"
    assert again["inputs"][0]["new"] == "2050-12-31"
    assert {step["paths"][0] for step in again["steps"]} <= {
        entry["path"] for entry in again["inputs"]
    }


MOVES = {
    "price_yuan_t": st.floats(1, 500),
    "price_growth": st.floats(-0.1, 0.1),
    "discount_rate": st.floats(0.01, 0.2),
    "horizon_years": st.integers(1, 40),
    "transaction_fee_share": st.floats(0, 0.2),
    "benefit_share": st.floats(0, 0.5),
    "monitoring_cost_yuan_yr": st.floats(0, 200_000),
    "verification_interval_years": st.integers(1, 5),
    "income_tax_rate": st.floats(0, 0.25),
    "prudent_price_discount": st.floats(0, 0.5),
    "timing": st.sampled_from(["mid_year", "end_year", "exact_dates"]),
}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(moved=st.fixed_dictionaries({}, optional=MOVES))
def test_the_effects_sum_to_the_difference_to_the_fen(moved: dict[str, Any]) -> None:
    found = compared(file(), file(appraisal=moved))
    assert {path for step in found.steps for path in step.paths} <= {
        f"appraisal.{name}" for name in moved
    }


@pytest.mark.parametrize("name", ["income_method", "price_basis"])
def test_another_source_of_the_price_moves_as_one_step(name: str) -> None:
    before = file()
    new: dict[str, Any]
    if name == "income_method":
        tool = {"currency": "USD", "yuan_per_unit": 7.2, "price_per_t": 20, "price_growth": 0.01}
        new = {"income_method": "cost_tool", "cost_tool": tool}
    else:
        deal = {
            "day": "2024-06-01",
            "price": 90,
            "currency": "CNY",
            "volume_t": 1000,
            "ecosystem": "mangrove",
        }
        rows = [{**deal, "price": 90 + n} for n in range(6)]
        new = {
            "price_basis": "evidence",
            "price_yuan_t": None,
            "evidence": {"comparables": rows},
        }
    found = compared(before, file(appraisal=new))
    assert len(found.steps) == 1
    assert f"appraisal.{name}" in found.steps[0].paths
