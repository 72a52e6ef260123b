"""Which market takes which sink, and what is said about it."""

import re

import pytest

from app.finance.case.carbon.kinds import Activity, Ecosystem, QuantityMethod
from app.finance.case.project import Project
from app.finance.sink.eligibility import (
    REASONS,
    Answer,
    Compliance,
    MarketAnswer,
    SinkKind,
    eligible_markets,
    no_compliance_exit,
    sink_kind,
)
from app.paths import resources
from app.reference.rows import read_rows
from app.reference.tables import load_reference

MARKETS = load_reference().markets


def _project(
    ecosystem: Ecosystem,
    activity: Activity | None,
    method: QuantityMethod = QuantityMethod.STATED,
) -> Project:
    return Project(name="sink", ecosystem=ecosystem, quantity_method=method, activity=activity)


def _answers(
    ecosystem: Ecosystem,
    activity: Activity | None,
    method: QuantityMethod = QuantityMethod.STATED,
) -> dict[str, MarketAnswer]:
    found = eligible_markets(_project(ecosystem, activity, method), MARKETS)
    return {answer.market: answer for answer in found}


@pytest.mark.parametrize(
    ("ecosystem", "activity", "kind"),
    [
        (Ecosystem.MANGROVE, Activity.PLANTING, SinkKind.MANGROVE_PLANTING),
        (Ecosystem.MANGROVE, Activity.HYDROLOGY, SinkKind.MANGROVE_PLANTING),
        (Ecosystem.MANGROVE, Activity.PROTECTION, SinkKind.MANGROVE_PROTECTION),
        (Ecosystem.MANGROVE, None, None),
        (Ecosystem.MANGROVE, Activity.ACCOUNTING, None),
        (Ecosystem.SALT_MARSH, None, SinkKind.SALT_MARSH),
        (Ecosystem.SEAGRASS, Activity.PLANTING, SinkKind.SEAGRASS),
        (Ecosystem.SHELLFISH, None, SinkKind.FARMED_SHELLFISH),
        (Ecosystem.MACROALGAE, Activity.FARMING, SinkKind.FARMED_MACROALGAE),
        (Ecosystem.MACROALGAE, Activity.WILD_BED, SinkKind.WILD_MACROALGAE_BED),
        (Ecosystem.MACROALGAE, Activity.ACCOUNTING, SinkKind.RDOC_OR_SEDIMENT),
        (Ecosystem.PHYTOPLANKTON, Activity.ACCOUNTING, None),
        (Ecosystem.PHYTOPLANKTON, None, None),
    ],
)
def test_sinks_are_called_what_markets_call_them(
    ecosystem: Ecosystem, activity: Activity | None, kind: SinkKind | None
) -> None:
    assert sink_kind(ecosystem, activity) is kind


def test_planted_mangrove_is_taken_by_the_national_market_on_bare_flat_only() -> None:
    answer = _answers(Ecosystem.MANGROVE, Activity.PLANTING)["CCER (national)"]
    assert answer.answer is Answer.YES
    assert "bare tidal flat" in answer.detail
    assert "CCER-14-002-V01" in answer.rule
    assert answer.as_of == "2026-03"


def test_protected_mangrove_is_taken_in_shenzhen_and_not_nationally() -> None:
    answers = _answers(Ecosystem.MANGROVE, Activity.PROTECTION)
    assert answers["Shenzhen"].answer is Answer.YES
    assert answers["CCER (national)"].answer is Answer.NO
    assert answers["Gold Standard"].answer is Answer.NO
    assert answers["Gold Standard"].detail == "Avoided CO₂ emissions are not eligible."


def test_a_method_known_by_name_alone_leaves_the_answer_open() -> None:
    answer = _answers(Ecosystem.MANGROVE, Activity.PROTECTION)["Verra VCS"]
    assert answer.answer is Answer.UNKNOWN
    assert "VM0007" in answer.detail


@pytest.mark.parametrize("ecosystem", [Ecosystem.SALT_MARSH, Ecosystem.SEAGRASS])
def test_marsh_and_seagrass_are_taken_nationally_since_december_2025(ecosystem: Ecosystem) -> None:
    assert _answers(ecosystem, Activity.PLANTING)["CCER (national)"].answer is Answer.YES


def test_a_standing_marsh_does_not_qualify_nationally() -> None:
    answer = _answers(Ecosystem.SALT_MARSH, Activity.PROTECTION)["CCER (national)"]
    assert answer.answer is Answer.NO
    assert "below 5%" in answer.detail


def test_return_of_the_tide_is_taken_by_vcs_and_australia_but_not_nationally() -> None:
    answers = _answers(Ecosystem.MANGROVE, Activity.HYDROLOGY)
    assert answers["Verra VCS"].answer is Answer.YES
    assert answers["ACCU (Australia)"].answer is Answer.CONDITIONAL
    assert answers["CCER (national)"].answer is Answer.NO
    assert answers["Fujian carbon market (FFCER)"].answer is Answer.UNKNOWN
    assert answers["ACR"].answer is Answer.NO


def test_planting_alone_earns_no_australian_credit() -> None:
    assert _answers(Ecosystem.MANGROVE, Activity.PLANTING)["ACCU (Australia)"].answer is Answer.NO


def test_farmed_shellfish_has_voluntary_and_court_exits_only() -> None:
    answers = _answers(Ecosystem.SHELLFISH, Activity.FARMING)
    open_ones = {name for name, answer in answers.items() if answer.open}
    assert open_ones == {
        "Xiamen Property Rights Exchange",
        "Haixia exchange (Fuzhou)",
        "Ningbo / Zhejiang local",
        "Shenzhen",
        "Judicial purchase (Fujian, Zhejiang, Guangdong)",
    }
    assert no_compliance_exit(answers.values())


def test_farmed_algae_have_the_japanese_exit_too_but_none_that_serves_a_duty() -> None:
    answers = _answers(Ecosystem.MACROALGAE, Activity.FARMING)
    assert answers["J-Blue Credit"].answer is Answer.YES
    assert no_compliance_exit(answers.values())


@pytest.mark.parametrize(
    ("ecosystem", "activity", "closed"),
    [
        (Ecosystem.MANGROVE, Activity.PLANTING, False),
        (Ecosystem.SALT_MARSH, Activity.PLANTING, False),
        (Ecosystem.SEAGRASS, Activity.PLANTING, False),
        (Ecosystem.MANGROVE, Activity.PROTECTION, True),
        (Ecosystem.MANGROVE, Activity.HYDROLOGY, True),
        (Ecosystem.PHYTOPLANKTON, Activity.ACCOUNTING, True),
    ],
)
def test_compliance_exits_are_those_of_planted_wetland(
    ecosystem: Ecosystem, activity: Activity, *, closed: bool
) -> None:
    assert no_compliance_exit(_answers(ecosystem, activity).values()) is closed


def test_a_scheme_of_another_land_is_no_exit_at_home() -> None:
    answers = _answers(Ecosystem.MANGROVE, Activity.HYDROLOGY)
    assert answers["ACCU (Australia)"].compliance is Compliance.BOTH
    assert no_compliance_exit(answers.values())
    assert not no_compliance_exit(answers.values(), "AU")


def test_no_market_is_known_for_plankton() -> None:
    answers = _answers(Ecosystem.PHYTOPLANKTON, Activity.ACCOUNTING)
    assert {answer.answer for answer in answers.values()} == {Answer.NO}
    assert {answer.sink for answer in answers.values()} == {None}


def test_mangrove_without_an_activity_is_asked_for_it() -> None:
    answers = _answers(Ecosystem.MANGROVE, None)
    assert {answer.answer for answer in answers.values()} == {Answer.UNKNOWN}
    assert {answer.reason for answer in answers.values()} == {
        "Enter the activity: markets treat planting and protection apart."
    }


def test_a_method_of_planting_tells_the_activity() -> None:
    answers = _answers(Ecosystem.MANGROVE, None, QuantityMethod.CCER_14_002)
    assert answers["CCER (national)"].answer is Answer.YES


def test_a_market_whose_rules_nobody_has_read_answers_unknown() -> None:
    for ecosystem in (Ecosystem.SHELLFISH, Ecosystem.SEAGRASS):
        answer = _answers(ecosystem, None)["Hong Kong Core Climate"]
        assert answer.answer is Answer.UNKNOWN
        assert answer.reason == REASONS[Answer.UNKNOWN]


def test_each_market_has_an_answer_for_each_sink_and_sentences_in_both_languages() -> None:
    for market in MARKETS:
        assert set(market.accepts) == {kind.value for kind in SinkKind}
        for detail in market.details:
            assert detail.text.endswith("."), (market.key, detail)
            assert detail.text_zh.endswith("。"), (market.key, detail)
            assert re.search("[\u4e00-\u9fff]", detail.text_zh)


def test_each_detail_belongs_to_a_market_of_the_table() -> None:
    lines = read_rows(resources() / "reference", "market_details.csv")
    assert {line["market"] for line in lines} <= {market.key for market in MARKETS}
    assert sum(len(market.details) for market in MARKETS) == len(lines)


def test_conditional_answers_say_the_condition() -> None:
    for ecosystem in Ecosystem:
        for activity in Activity:
            for answer in eligible_markets(_project(ecosystem, activity), MARKETS):
                if answer.answer is Answer.CONDITIONAL:
                    assert answer.detail, (answer.market, ecosystem, activity)
                    assert answer.detail_zh
