"""LibreOffice moves schedule, annualised rate, bounds and premium as the program does, to the fen.

Each trial changes terms of a shipped case in its workbook and in its inputs; among them is every
way of repayment, and what changes a loan on its way.
"""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from app.finance.engine import Results
from tests.recalculated import cells, changed, converted, differences, named, needs_office, some
from tests.workbooks import computed, document, written

pytestmark = [needs_office, pytest.mark.timeout(300)]


class Trial(NamedTuple):
    """What a reader types into cells, by name, and the same as inputs of the case, by path."""

    case: str
    inputs: Mapping[str, Any]

    @property
    def cells(self) -> dict[str, float]:
        """The names of the cells are the paths, with lines between their parts."""
        return {path.replace(".", "_"): value for path, value in self.inputs.items()}


def _loan(case: str, **inputs: float) -> Trial:
    return Trial(case, {f"loan.{path.replace('__', '.')}": v for path, v in inputs.items()})


def _cover(case: str, **inputs: float) -> Trial:
    return Trial(case, {f"insurance.{path.replace('__', '.')}": v for path, v in inputs.items()})


LOANS = {
    "equal instalments, more and dearer": _loan(
        "equal-instalment", amount_yuan=330000, annual_rate=0.0435, upfront_fee_yuan=4000
    ),
    "equal instalments without interest": _loan("equal-instalment", annual_rate=0),
    "after a grace period": _loan("grace", amount_yuan=660000, annual_rate=0.047),
    "a smaller balloon": _loan("balloon", balloon_share=0.3, annual_rate=0.0505),
    "a higher margin and another LPR": _loan(
        "floating", margin_bp=85, lpr__0__one_year=0.0335, lpr__2__one_year=0.0285
    ),
    "other prepayments": _loan(
        "prepayment",
        annual_rate=0.0485,
        prepayments__0__amount_yuan=90000,
        prepayments__0__fee_share=0.02,
        prepayments__1__amount_yuan=100000,
    ),
    "another extension": _loan(
        "extension", extension__amount_yuan=150000, extension__annual_rate=0.05
    ),
    "other steps": _loan("step", amount_yuan=440000, steps__1__principal_share=0.15),
    "another table of principal": _loan(
        "custom", principal_table__0__principal_yuan=80000, principal_table__1__principal_yuan=70000
    ),
    "other tranches and fees": _loan(
        "tranches",
        tranches__1__amount_yuan=150000,
        fees__0__amount_yuan=1234.56,
        annual_rate=0.0455,
    ),
    "sculpted, more and dearer": _loan("sculpted", amount_yuan=660000, annual_rate=0.0485),
    "sculpted at another DSCR": _loan("sculpted-dscr", target_dscr=1.25, annual_rate=0.0485),
    "in the harvest months": _loan("seasonal", amount_yuan=330000, annual_rate=0.046),
    "on working days": _loan("business-days", annual_rate=0.044, amount_yuan=264000),
    "five collaterals and a floating rate": _loan(
        "ccer-xiapu", margin_bp=100, pledge_ratio=0.4, upfront_fee_yuan=3500
    ),
    "every bound at other limits": _loan(
        "all-bounds",
        pledge_ratio=0.55,
        min_dscr=1.4,
        life_income_share=0.2,
        min_llcr=1.5,
        market_risk__volatility=0.45,
        market_risk__credit_spread=0.02,
    ),
}

COVERS = {
    "commission, safety and minimum": _cover(
        "subsidised",
        commission_share=0.08,
        safety_share=0.1,
        subsidies__0__share=0.3,
        fixed_expense_yuan=3100,
    ),
    "a minimum that binds": _cover("mangrove-typhoon", minimum_premium_yuan=900000),
    "several policy years at another risk loading": _cover(
        "growing-stock", risk_load_factor=0.3, rate_coefficient=1.1
    ),
    "by credibility, with tax": _cover("experience", tax_share=0.06, profit_share=0.03),
    "an index with other steps": _cover(
        "index-history",
        index__bands__1__payout_share=0.25,
        index__quantity=1100,
        index__season_cap_share=0.3,
    ),
    "heads beside an index, under a limit of the year": _cover(
        "fujian-oyster-typhoon", commission_share=0.05, safety_share=0.2
    ),
}


AS_SHIPPED = some(
    (
        "abc-weihai",
        "bullet-monthly",
        "broken-period",
        "collaterals",
        "committee",
        "credit-irb",
        "rongcheng-rcb",
        "stresses",
        "harvest-stages",
        "three-sites",
        "trade-failure",
        "picc-trade-failure",
    )
)
"""Cases that no trial changes, with conventions of their own."""

LOANS_TRIED, COVERS_TRIED = some(tuple(LOANS)), some(tuple(COVERS))


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Compute the workbook of every trial anew, in one run: the program takes long to start."""
    folder = tmp_path_factory.mktemp("terms")
    asked = [(LOANS | COVERS)[title] for title in (*LOANS_TRIED, *COVERS_TRIED)]
    tried = [
        changed(written(folder, trial.case), folder / f"trial-{place}.xlsx", **trial.cells)
        for place, trial in enumerate(asked)
    ]
    tried += [written(folder, name) for name in AS_SHIPPED]
    titles = (*LOANS_TRIED, *COVERS_TRIED, *AS_SHIPPED)
    return dict(zip(titles, converted(tried, folder), strict=True))


@pytest.mark.parametrize("name", AS_SHIPPED)
def test_every_formula_gives_the_figure_that_the_program_wrote_beside_it(
    run: Mapping[str, Path], tmp_path: Path, name: str
) -> None:
    assert list(differences(written(tmp_path, name), run[name])) == []


def _results(trial: Trial) -> Results:
    return computed(document(trial.case, trial.inputs)).results


def _fen(value: Any) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("0.01"))


COLUMNS = "GHIJKLM"
"""Opening, drawn, interest, principal, fee, payment, balance."""


def lines_of(path: Path) -> list[tuple[Any, ...]]:
    """Return the lines of the schedule that have any amount: day paid and amounts in yuan."""
    found, held = [], cells(path)
    page, row = "Repayment schedule", 5
    while (page, f"B{row}") in held:
        amounts = tuple(_fen(held[page, f"{column}{row}"]) for column in COLUMNS)
        if any(amounts):
            found.append((held[page, f"D{row}"].date(), *amounts))
        row += 1
    return found


@pytest.mark.parametrize("title", LOANS_TRIED)
def test_changed_terms_give_the_schedule_of_the_program_line_by_line(
    run: Mapping[str, Path], title: str
) -> None:
    loan = _results(LOANS[title]).loan
    assert loan is not None
    assert lines_of(run[title]) == [
        (
            line.due,
            line.opening_yuan,
            line.drawn_yuan,
            line.interest_yuan,
            line.principal_yuan,
            line.fee_yuan,
            line.payment_yuan,
            line.closing_yuan,
        )
        for line in loan.schedule
        if line.payment_yuan or line.opening_yuan or line.drawn_yuan
    ]


@pytest.mark.parametrize("title", LOANS_TRIED)
def test_changed_terms_move_the_annualised_rate(run: Mapping[str, Path], title: str) -> None:
    loan = _results(LOANS[title]).loan
    assert loan is not None
    found = named(run[title])
    assert found["loan_annualised_rate"] == pytest.approx(loan.effective.annual_compound, abs=1e-9)


STILL = ("llcr", "plcr", "stressed_dscr", "ltv_path")
"""Bounds whose ratio does not move: at another limit alone they are those of the program."""


@pytest.mark.parametrize("title", LOANS_TRIED)
def test_changed_terms_move_the_bounds(run: Mapping[str, Path], title: str) -> None:
    loan = _results(LOANS[title]).loan
    assert loan is not None
    found = named(run[title])
    of_rate = any("rate" in path or "margin" in path for path in LOANS[title].inputs)
    for bound in loan.bounds:
        if bound.amount_yuan is not None and not (of_rate and bound.code in STILL):
            assert _fen(found[f"loan_bound_{bound.code}"]) == bound.amount_yuan, bound.code
    if not of_rate:
        assert _fen(found["loan_supported"]) == loan.supported_yuan


@pytest.mark.parametrize("title", COVERS_TRIED)
def test_changed_terms_give_the_premium_of_the_program(run: Mapping[str, Path], title: str) -> None:
    cover = _results(COVERS[title]).insurance
    assert cover is not None
    found = named(run[title])
    assert _fen(found["premium_gross"]) == cover.gross_premium_yuan
    assert found["premium_pure"] == pytest.approx(cover.pure_premium_yuan, abs=1e-6, rel=1e-9)
    assert found["premium_rate"] == pytest.approx(cover.rate, rel=1e-9)


@pytest.mark.parametrize("title", COVERS_TRIED)
def test_changed_terms_split_the_premium_to_the_fen(run: Mapping[str, Path], title: str) -> None:
    cover = _results(COVERS[title]).insurance
    assert cover is not None
    held = cells(run[title])
    figures = [_fen(v) for (page, _at), v in held.items()
               if page == "Who bears the premium" and isinstance(v, int | float)]  # fmt: skip
    wanted = [
        *(head.gross_premium_yuan for head in cover.heads),
        *(line.amount_yuan for line in cover.subsidies),
        *(line.premium_yuan for line in cover.coinsurers),
    ]
    assert [amount for amount in wanted if amount not in figures] == []
