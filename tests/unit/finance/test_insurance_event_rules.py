"""Rules of the event set, and what a signatory is told of it."""

from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest

from app.finance.case.cover.head_tables import StageLine
from app.finance.case.cover.model_inputs import SetEventLine
from app.finance.case.cover.perils import DamagePoint, Peril, PerilLine
from app.finance.case.event_rules import event_problems
from app.finance.insurance.event_cautions import event_cautions
from app.finance.insurance.event_model import compute_events
from app.finance.insurance.results import InsuranceResult
from app.messages.insurance_notices import INSURANCE_NOTICES
from app.messages.insurance_refusals import INSURANCE_EXPECTED
from tests.unit.finance.event_policies import event_policy, r43


def line(**fields: Any) -> SetEventLine:
    given: dict[str, Any] = {"event": "e", "site": "s0", "rate": 0.1, "damage_share": 0.2}
    return SetEventLine(**(given | fields))


@pytest.mark.parametrize(
    ("lines", "fields", "code", "path"),
    [
        ([line(site="s9")], {}, "unknown_event_site", "event_lines.0.site"),
        ([line(), line()], {}, "event_site_twice", "event_lines.1.site"),
        ([line(site=""), line()], {}, "event_site_twice", "event_lines.1.site"),
        ([line(), line(site="")], {}, "event_site_twice", "event_lines.1.site"),
        ([line(), line(site="s1", rate=0.2)], {}, "event_rate_differs", "event_lines.1.rate"),
        ([line(rate=0.0)], {}, "events_never", "event_lines"),
        ([line(damage_share=None)], {}, "event_without_damage", "event_lines.0.damage_share"),
        ([line(loss_yuan=5.0)], {}, "event_damage_twice", "event_lines.0.loss_yuan"),
        ([line(damage_share=None, intensity=30.0)], {}, "event_curve_missing", "curve"),
        ([line()], {"model": {"curve": "c"}}, "unknown_event_curve", "curve"),
        (
            [line()],
            {"model": {"curve": "c"}, "damages": (DamagePoint("c", 20.0, 1500.0),)},
            "event_curve_above_one",
            "damage",
        ),
    ],
)
def test_what_an_event_set_cannot_be_is_refused_by_name(
    lines: list[SetEventLine], fields: dict[str, Any], code: str, path: str
) -> None:
    insurance, _exposures = event_policy(lines, **fields)
    found = list(event_problems(insurance))
    assert [problem.code for problem in found] == [code]
    assert found[0].path.endswith(path)
    assert code in INSURANCE_EXPECTED


def test_an_event_set_without_heads_hits_nothing_and_is_refused() -> None:
    insurance, _exposures = event_policy([line(site="")], values=())
    assert [problem.code for problem in event_problems(insurance)] == ["events_without_heads"]


def test_a_sound_event_set_has_no_problems() -> None:
    assert list(event_problems(r43()[0])) == []


def told(**fields: Any) -> dict[str, dict[str, Any]]:
    """Return code and facts of what is told of a policy."""
    lines = fields.pop("lines", None)
    insurance, exposures = r43(**fields) if lines is None else event_policy(lines, **fields)
    heads = tuple(
        SimpleNamespace(site=e.head.site, sum_insured_yuan=e.sum_insured_yuan) for e in exposures
    )
    result = SimpleNamespace(events=compute_events(insurance, exposures)[0], heads=heads)
    found = list(event_cautions(insurance, cast(InsuranceResult, result)))
    assert {notice.code for notice in found} <= set(INSURANCE_NOTICES)
    return {notice.code: notice.facts for notice in found}


def test_a_sourced_set_of_several_sites_over_a_whole_year_says_nothing() -> None:
    assert told(model={"source": "catalogue"}) == {}


def test_a_set_without_a_source_says_so() -> None:
    assert set(told()) == {"events_without_source"}


def test_a_set_of_one_site_accumulates_nothing() -> None:
    assert "events_of_one_site" in told(lines=[line()], values=(100.0,))


@pytest.mark.parametrize(
    "fields",
    [{"period_months": 5}, {"stages": (StageLine("h0", "grown", 5, 9, 1.0),)}],
)
def test_events_without_a_season_are_told_where_the_months_differ(fields: dict[str, Any]) -> None:
    assert "events_without_season" in told(**fields, period_start=date(2026, 5, 1))


def test_storm_perils_beside_the_set_may_count_a_storm_twice() -> None:
    wind = PerilLine(peril=Peril.TYPHOON_WIND, events_per_year=0.5, mean_damage=0.1, damage_cv=0.0)
    assert told(perils=(wind,))["perils_beside_events"] == {"count": 1}
    tide = PerilLine(peril=Peril.RED_TIDE, events_per_year=0.5, mean_damage=0.1, damage_cv=0.0)
    assert "perils_beside_events" not in told(perils=(tide,))


def test_a_site_that_nothing_hits_is_named() -> None:
    assert told(lines=[line(), line(site="s1")])["site_without_events"] == {"sites": "s2"}


def test_intensities_beyond_the_curve_and_impossible_spreads_are_counted() -> None:
    lines = [line(damage_share=None, intensity=60.0), line(event="f", damage_share=0.9)]
    found = told(
        lines=lines,
        values=(100.0,),
        model={"curve": "c", "spread": 0.8},
        damages=(DamagePoint("c", 20.0, 0.0), DamagePoint("c", 50.0, 0.5)),
    )
    assert found["events_beyond_curve"] == {"last": 50.0, "most": 60.0}
    assert found["spread_all_or_nothing"] == {"count": 1}


def test_a_loss_above_what_is_insured_is_told_and_cut() -> None:
    found = told(lines=[line(damage_share=None, loss_yuan=250.0)], values=(100.0,))
    assert found["event_loss_over_value"] == {"count": 1, "event": "e"}
