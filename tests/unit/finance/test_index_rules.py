"""Rules of an index cover: each refuses at its path with its code."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.finance.case.cover.index_inputs import Excess, IndexPricing
from app.finance.case.cover.index_tables import (
    BandLine,
    Counting,
    Direction,
    GapLine,
    PayoutForm,
    YearLossLine,
)
from app.finance.case.cover.policy import InsuredSite
from app.finance.case.index_rules import index_problems
from app.finance.case.insurance import Insurance
from app.i18n import translator
from app.messages import problem_text
from tests.unit.finance.index_covers import bands, cover, linear, reading, trigger, yearly

HISTORY: dict[str, Any] = {
    "readings": yearly(2015, (9, 11, 8, 13)),
    "first_year": 2015,
    "last_year": 2018,
}
COLD = trigger(direction=Direction.BELOW)
TWO = (trigger(), trigger(name="rain"))
FITTED: dict[str, Any] = {"pricing": IndexPricing.FITTED, "fit_threshold": 9.0}
RUN = trigger(counting=Counting.RUN_DAYS)
TICK = trigger(form=PayoutForm.TICK)

CASES: list[tuple[dict[str, Any], str, str]] = [
    ({"season_end": date(2025, 3, 31)}, "season_end", "before_start"),
    ({"season_end": date(2026, 4, 1)}, "season_end", "index_season_too_long"),
    (
        {"triggers": (trigger(), trigger()), "readings": (reading("2015-08-01", 9, of="wind"),)},
        "triggers.1.name",
        "index_trigger_twice",
    ),
    ({"site": "Dongtou"}, "site", "index_site_unknown"),
    ({"triggers": (linear(20, 20),), "bands": ()}, "triggers.0.exit", "index_exit_not_above"),
    ({"triggers": (linear(20, 10),), "bands": ()}, "triggers.0.exit", "index_exit_not_above"),
    (
        {"triggers": (linear(5, 6, direction=Direction.BELOW),), "bands": ()},
        "triggers.0.exit",
        "index_exit_not_below",
    ),
    ({"bands": ()}, "triggers.0.form", "index_without_bands"),
    (
        {"triggers": (linear(9, 14),), "bands": bands({10: 0.5})},
        "bands.0.trigger",
        "index_bands_unused",
    ),
    ({"bands": (*bands({10: 0.1}), *bands({10: 0.2}))}, "bands.1.value", "index_bands_not_rising"),
    (
        {"triggers": (COLD,), "bands": bands({4: 0.1, 5: 0.5})},
        "bands.1.value",
        "index_bands_not_falling",
    ),
    ({"bands": bands({10: 0.2, 11: 0.2})}, "bands.1.payout_share", "index_band_pays_less"),
    (
        {"bands": (*bands({10: 0.2}), BandLine("rain", 1, 1))},
        "bands.1.trigger",
        "index_trigger_unknown",
    ),
    (
        {"readings": (reading("2015-08-01", 11, of="rain"),)},
        "readings.0.trigger",
        "index_trigger_unknown",
    ),
    ({"triggers": (RUN,)}, "triggers.0.threshold", "needed"),
    ({"triggers": (trigger(counting=Counting.WINDOW_SUM),)}, "triggers.0.window_days", "needed"),
    ({"triggers": (replace(TICK, trigger=9.0),), "bands": ()}, "triggers.0.tick_yuan", "needed"),
    ({"triggers": (replace(TICK, tick_yuan=9.0),), "bands": ()}, "triggers.0.trigger", "needed"),
    (
        {"triggers": (replace(linear(9, 14), exit=None),), "bands": ()},
        "triggers.0.exit",
        "needed",
    ),
    (
        {"event_minimum_share": 0.5, "event_cap_share": 0.4},
        "event_minimum_share",
        "index_minimum_over_cap",
    ),
    (
        {
            "triggers": (replace(RUN, threshold=9.0),),
            "readings": (reading("2015-08-01", 9), reading("2015-08-01", 10)),
        },
        "readings.1.day",
        "index_day_twice",
    ),
    ({"first_year": None}, "first_year", "needed"),
    ({"last_year": None}, "last_year", "needed"),
    ({"last_year": 2014}, "last_year", "before_start"),
    ({"last_year": 2017}, "readings.3.day", "index_reading_outside"),
    ({"first_year": 2016}, "readings.0.day", "index_reading_outside"),
    ({"last_year": 2020, "gaps": (GapLine(2019),) * 2}, "gaps.1.year", "index_year_twice"),
    ({"losses": (YearLossLine(2015, 0.1),) * 2}, "losses.1.year", "index_year_twice"),
    ({"gaps": (GapLine(2019),)}, "gaps.0.year", "index_gap_outside"),
    ({"gaps": (GapLine(2016),)}, "gaps.0.year", "index_gap_with_readings"),
    ({"readings": ()}, "readings", "needed"),
    ({"pricing": IndexPricing.FITTED}, "fit_threshold", "needed"),
    ({**FITTED, "excess_shape": 0.1}, "excess_scale", "needed"),
    ({**FITTED, "excess_scale": 3.0}, "excess_shape", "needed"),
    (
        {**FITTED, "excess_law": Excess.EXPONENTIAL, "excess_shape": 0.1},
        "excess_shape",
        "index_shape_of_exponential",
    ),
    ({**FITTED, "fit_threshold": 10.5}, "fit_threshold", "index_fit_above_trigger"),
    (
        {**FITTED, "triggers": (COLD,), "bands": bands({5: 0.2}), "fit_threshold": 4.0},
        "fit_threshold",
        "index_fit_below_trigger",
    ),
    (
        {
            "triggers": TWO,
            "bands": (*bands({10: 1}), *bands({9: 1}, "rain")),
            "readings": (reading("2015-08-01", 9, of="rain"),),
            "fit_threshold": 8.0,
        },
        "fit_threshold",
        "index_fit_one_trigger",
    ),
    (
        {**FITTED, "triggers": (trigger(counting=Counting.DAYS, threshold=3),)},
        "pricing",
        "index_fit_season_count",
    ),
]


def insured(**changes: Any) -> Insurance:
    index = cover(**{**HISTORY, **changes})
    sites = (InsuredSite("Xiapu"),)
    return Insurance(
        period_start=date(2025, 4, 1),
        period_months=12,
        sites=sites,
        index=index,
        fixed_expense_yuan=0.0,
        variable_expense_share=0.1,
        commission_share=0.1,
        profit_share=0.05,
        tax_share=0.06,
    )


@pytest.mark.parametrize(("change", "path", "code"), CASES, ids=[f"{p}-{c}" for _, p, c in CASES])
def test_an_index_that_does_not_fit_is_refused_at_its_field(
    change: dict[str, Any], path: str, code: str
) -> None:
    found = list(index_problems(insured(**change)))
    assert [(one.path, one.code) for one in found] == [(f"insurance.index.{path}", code)]
    text = problem_text(found[0], translator("en"))
    assert "{" not in text


def test_an_index_that_fits_has_no_problem() -> None:
    assert list(index_problems(insured())) == []
    assert list(index_problems(insured(site="Xiapu", **FITTED))) == []
    assert list(index_problems(replace(insured(), index=None))) == []


def test_a_fitted_price_without_history_needs_all_its_figures() -> None:
    bare = {"readings": (), "first_year": None, "last_year": None, "pricing": IndexPricing.FITTED}
    assert {one.path.rpartition(".")[2] for one in index_problems(insured(**bare))} == {
        "fit_threshold",
        "events_per_year",
        "excess_scale",
    }
    whole = {"fit_threshold": 9.0, "events_per_year": 1.0, "excess_scale": 2.0, "excess_shape": 0.0}
    assert list(index_problems(insured(**bare, **whole))) == []


def test_a_history_of_gaps_alone_is_refused() -> None:
    gaps = tuple(GapLine(year) for year in range(2015, 2019))
    found = index_problems(
        insured(readings=(reading("2016-01-01", 9),), gaps=gaps, pricing=IndexPricing.BURN)
    )
    assert [one.code for one in found] == ["index_only_gaps"]


def test_of_many_readings_of_a_wrong_name_the_first_is_told() -> None:
    lines = tuple(reading(f"2015-08-0{day}", 9, of="rain") for day in range(1, 9))
    assert len(list(index_problems(insured(readings=lines)))) == 1


def test_a_whole_year_and_a_season_of_one_day_are_seasons() -> None:
    assert list(index_problems(insured(season_end=date(2026, 3, 31)))) == []
    assert (
        list(
            index_problems(
                insured(season_end=date(2025, 4, 1), readings=yearly(2015, (9,), "04-01"))
            )
        )
        == []
    )
