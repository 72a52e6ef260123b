"""LibreOffice computes the workbook anew and comes to the figures of the program, to the fen."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.recalculated import changed, converted, csv_texts, differences, named, needs_office, some
from tests.workbooks import computed, document, workbook, written

pytestmark = [needs_office, pytest.mark.timeout(300)]

AS_SHIPPED = some(
    (
        "approaches",
        "cost-tool-salt-marsh-china",
        "costs-and-taxes",
        "curve-carry",
        "curve-forward",
        "curve-table",
        "evidence-few",
        "exact-dates",
        "negative-net",
        "perpetuity",
        "rate-build-up",
        "rate-wacc-real",
        "dongtai",
    )
)
"""Cases that have every convention among them."""

LEVELS = ("gross", "net", "prudent", "liquidation")


class Trial(NamedTuple):
    """What a reader types into the workbook of a case, and the same as inputs of the case."""

    case: str
    cells: Mapping[str, float]
    inputs: Mapping[str, Any]


TRIALS = {
    "price 10 % higher": Trial(
        "costs-and-taxes", {"price_factor": 1.1}, {"appraisal.price_yuan_t": 88}
    ),
    "another discount rate": Trial(
        "costs-and-taxes", {"discount_rate": 0.105}, {"appraisal.discount_rate": 0.105}
    ),
    "a higher income tax without losses carried forward": Trial(
        "costs-and-taxes",
        {"income_tax_rate": 0.4, "loss_carry_years": 0},
        {"appraisal.income_tax_rate": 0.4, "appraisal.loss_carry_years": 0},
    ),
    "prudent discounts, taxed": Trial(
        "costs-and-taxes",
        {"prudent_price_discount": 0.3, "prudent_tonnes_discount": 0.15},
        {"appraisal.prudent_price_discount": 0.3, "appraisal.prudent_tonnes_discount": 0.15},
    ),
    "other rhythms of verification, baseline and maintenance": Trial(
        "costs-and-taxes",
        {"verification_interval_years": 4, "baseline_interval_years": 3, "maintenance_years": 7},
        {
            "appraisal.verification_interval_years": 4,
            "appraisal.baseline_interval_years": 3,
            "appraisal.maintenance_years": 7,
        },
    ),
    "a cost of the start and a tax where there were none": Trial(
        "curve-forward",
        {"initial_cost_yuan": 150000, "income_tax_rate": 0.25, "loss_carry_years": 2},
        {
            "appraisal.initial_cost_yuan": 150000,
            "appraisal.income_tax_rate": 0.25,
            "appraisal.loss_carry_years": 2,
        },
    ),
    "income in the middle of the year along forward quotes": Trial(
        "curve-forward", {"mid_year_shift": 0.5}, {"appraisal.timing": "mid_year"}
    ),
    "growth from the first year": Trial(
        "rate-wacc-real",
        {"growth_first_year": 0, "price_growth": 0.04, "inflation": 0.035},
        {
            "appraisal.growth_start": "year_1",
            "appraisal.price_growth": 0.04,
            "appraisal.inflation": 0.035,
        },
    ),
    "a higher price by exact dates": Trial(
        "exact-dates",
        {"price_yuan_t": 99.5, "benefit_share": 0.2, "income_tax_rate": 0.2},
        {
            "appraisal.price_yuan_t": 99.5,
            "appraisal.benefit_share": 0.2,
            "appraisal.income_tax_rate": 0.2,
        },
    ),
    "a perpetuity at another rate": Trial(
        "perpetuity", {"discount_rate": 0.12}, {"appraisal.discount_rate": 0.12}
    ),
    "the Cost Tool at other costs": Trial(
        "cost-tool-salt-marsh-china",
        {
            "cost_tool_price_per_t": 120,
            "cost_tool_mrv_interval_yr": 3,
            "cost_tool_cost_growth": 0.02,
            "cost_tool_community_years": 2,
            "prudent_tonnes_discount": 0.1,
            "prudent_price_discount": 0.2,
        },
        {
            "appraisal.cost_tool.price_per_t": 120,
            "appraisal.cost_tool.mrv_interval_yr": 3,
            "appraisal.cost_tool.cost_growth": 0.02,
            "appraisal.cost_tool.community_years": 2,
            "appraisal.prudent_tonnes_discount": 0.1,
            "appraisal.prudent_price_discount": 0.2,
        },
    ),
}


TRIED = some(tuple(TRIALS))

NO_VALUE = {
    "a perpetuity that grows as fast as it is discounted": ("perpetuity", {"discount_rate": 0.02}),
    "a perpetuity of a year that losses keep from tax": (
        "perpetuity",
        {"income_tax_rate": 0.25, "loss_carry_years": 9, "operating_cost_yuan_yr": 70000},
    ),
}
"""What the program refuses: the workbook has no figure for it either."""


class Run(NamedTuple):
    """One run of LibreOffice over all workbooks."""

    shipped: Mapping[str, tuple[Path, Path]]
    trials: Mapping[str, Path]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Compute every workbook anew, in one run: the program takes long to start."""
    folder = tmp_path_factory.mktemp("workbooks")
    names = list(
        dict.fromkeys(
            (
                *AS_SHIPPED,
                *(TRIALS[title].case for title in TRIED),
                *(case for case, _cells in NO_VALUE.values()),
            )
        )
    )
    files = {name: written(folder, name) for name in names}
    asked = {title: (TRIALS[title].case, TRIALS[title].cells) for title in TRIED} | NO_VALUE
    tried = {
        title: changed(files[case], folder / f"trial-{place}.xlsx", **cells)
        for place, (title, (case, cells)) in enumerate(asked.items())
    }
    done = converted([*files.values(), *tried.values()], folder)
    pairs = dict(zip(files, zip(files.values(), done, strict=False), strict=True))
    return Run(pairs, dict(zip(tried, done[len(files) :], strict=True)))


@pytest.mark.parametrize("name", AS_SHIPPED)
def test_every_formula_gives_the_figure_that_the_program_wrote_beside_it(
    run: Run, name: str
) -> None:
    before, after = run.shipped[name]
    assert list(differences(before, after)) == []


@pytest.mark.parametrize("name", AS_SHIPPED)
def test_the_levels_of_value_come_out_to_the_fen(run: Run, name: str) -> None:
    values = computed(document(name)).results.values
    assert values is not None
    found = named(run.shipped[name][1])
    for level in LEVELS:
        assert _yuan(found[f"{level}_value"]) == values.by_basis(level), level
    assert found["inputs_changed"] == found["figures_that_differ"] == 0


@pytest.mark.parametrize("title", TRIED)
def test_a_changed_assumption_moves_the_value_as_it_does_in_the_program(
    run: Run, title: str
) -> None:
    trial = TRIALS[title]
    values = computed(document(trial.case, trial.inputs)).results.values
    assert values is not None
    found = named(run.trials[title])
    assert [_yuan(found[f"{level}_value"]) for level in LEVELS] == [
        values.by_basis(level) for level in LEVELS
    ]


@pytest.mark.parametrize("title", NO_VALUE)
def test_what_the_program_refuses_has_no_value_in_the_workbook(run: Run, title: str) -> None:
    found = named(run.trials[title])
    assert found["net_value"] == "#N/A"
    assert found["liquidation_value"] == "#N/A"


@pytest.mark.parametrize("title", TRIED)
def test_the_cover_counts_what_a_reader_changed(run: Run, title: str) -> None:
    found = named(run.trials[title])
    assert found["inputs_changed"] == len(TRIALS[title].cells)
    assert found["figures_that_differ"] > 0


def test_texts_of_the_case_are_not_computed_on_the_way_to_csv(tmp_path: Path) -> None:
    case = document("dongtai", {"project.holder": "=1+1", "project.place": "+2+3"})
    path = tmp_path / "case.xlsx"
    path.write_bytes(workbook(computed(case)))
    texts = csv_texts(path, tmp_path)["Inputs of the case"]
    assert "=1+1" in texts
    assert "+2+3" in texts


def _yuan(value: float) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("0.01"))
