"""The register of methods: what a person reads of each method before a case is made under it."""

import re
from pathlib import Path

import pytest

from app.finance.case.carbon.kinds import QuantityMethod
from app.finance.case.carbon.vm0033 import Vm0033
from app.finance.case.case import Case
from app.finance.fields import fields_of
from app.finance.sink.eligibility import SinkKind
from app.i18n import translator
from app.reference.tables import Reference, load_reference
from app.services.draft import value_at
from app.services.method_inputs import InputState, inputs_of_method, state_of
from app.services.method_register import (
    MethodPage,
    case_with_method,
    matching,
    method_pages,
    methodology_text,
)
from app.services.method_text import method_text
from app.services.parameter_texts import (
    CLAUSES,
    PARAMETER_TEXTS,
    RATE_NOTES,
    STATUS_TEXTS,
)
from app.services.reference_texts import (
    conditions,
    equation_source,
    market_facts,
    market_tip,
    species_name,
    written_out,
)

EN = translator("en")
ZH = translator("zh")


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load_reference()


@pytest.fixture(scope="module")
def pages(reference: Reference) -> dict[str, MethodPage]:
    return {page.key: page for page in method_pages(reference, EN)}


def labels(page: MethodPage) -> list[str]:
    return [row.label for row in page.inputs]


def test_national_methods_come_first_and_local_ones_last(reference: Reference) -> None:
    scopes = [page.scope for page in method_pages(reference, EN)]
    assert list(dict.fromkeys(scopes)) == ["national", "international", "local"]
    assert len(scopes) == len(reference.methods)


def test_vm0033_shows_its_soil_default_with_the_place_it_stands_at(
    pages: dict[str, MethodPage],
) -> None:
    (soil,) = [f for f in pages["vm0033"].figures if f.name == "Soil removal, marsh and mangrove"]
    assert soil.value == "1.46 t C/ha/yr"
    assert soil.clause == "8.1.4.2.3, equation 33"
    assert soil.in_source
    assert soil.source == "Verra VM0033 v2.1 (2023-09-04)"


def test_figures_read_in_a_copy_only_are_not_marked_as_read_in_the_source(
    pages: dict[str, MethodPage],
) -> None:
    figures = pages["ar_am0014"].figures
    assert [figure.value for figure in figures[:2]] == ["0.5 t C/ha/yr", "20 yr"]
    assert not any(figure.in_source for figure in figures)
    assert "Indian copy" in figures[0].status


def test_a_published_default_is_said_with_value_and_clause(reference: Reference) -> None:
    spec = next(s for s in fields_of(Vm0033) if s.name == "soil_default_tc_ha_yr")
    state, text = state_of(spec, reference.tables.parameters, EN)
    assert state is InputState.PUBLISHED
    assert text == "published default 1.46 t C/ha/yr: 8.1.4.2.3, equation 33"


def test_a_figure_whose_default_was_not_seen_is_never_said_to_have_one(
    reference: Reference,
) -> None:
    spec = next(s for s in fields_of(Vm0033) if s.name == "gwp_ch4")
    state, text = state_of(spec, reference.tables.parameters, EN)
    assert (state, text) == (InputState.OPTIONAL, "where it applies")


def test_a_method_brings_in_its_own_inputs_only(pages: dict[str, MethodPage]) -> None:
    assert "Harvest plan" in labels(pages["hyt_0305"])
    assert "Harvest plan" not in labels(pages["j_blue"])
    assert "Removals of the report" in labels(pages["guangdong_phcer"])
    assert "Removals of the report" not in labels(pages["hyt_0305"])


def test_each_engine_asks_for_something(reference: Reference) -> None:
    for engine in QuantityMethod:
        assert inputs_of_method(engine, reference.tables.parameters, EN), engine


def test_inputs_of_one_mode_are_required_under_that_mode_only(
    pages: dict[str, MethodPage],
) -> None:
    (buried,) = [
        row
        for row in pages["hyt_0305"].inputs
        if row.label == "Particulate carbon that stays buried"
    ]
    assert buried.state is InputState.CONDITIONAL
    assert buried.state_text.startswith("required when “Shell and soft tissue” is: net")


def test_columns_of_a_table_follow_it(pages: dict[str, MethodPage]) -> None:
    rows = pages["hyt_0305"].inputs
    at = labels(pages["hyt_0305"]).index("Harvest plan")
    assert not rows[at].of_line
    assert [row.label for row in rows[at + 1 : at + 4]] == ["Species", "First year", "Last year"]
    assert all(row.of_line for row in rows[at + 1 : at + 4])


def test_a_method_whose_text_was_not_read_says_so(pages: dict[str, MethodPage]) -> None:
    assert "was not read" in pages["ccer_14_002"].caution
    assert "yearly tonnes of a report" in pages["guangdong_phcer"].caution
    assert pages["vm0033"].caution == ""


def test_markets_are_named_by_the_number_of_the_method_in_their_rule(
    pages: dict[str, MethodPage],
) -> None:
    assert dict(pages["ccer_14_003"].facts)["Markets that name it"] == "CCER (national)"
    assert dict(pages["vm0033"].facts)["Markets that name it"] == "Verra VCS"
    assert "Markets that name it" not in dict(pages["hainan"].facts)


def test_the_uncertainty_steps_are_those_of_ar_tool14(pages: dict[str, MethodPage]) -> None:
    (table,) = pages["ar_am0014"].tables
    assert table.lines == (
        ("up to 10%", "0%"),
        ("up to 15%", "25%"),
        ("up to 20%", "50%"),
        ("up to 30%", "75%"),
        ("higher", "100%"),
    )


def test_a_risk_that_ends_a_project_is_shown_as_failing(pages: dict[str, MethodPage]) -> None:
    (table,) = pages["vm0033"].tables
    assert table.lines[-1] == ("70%", "fails", "30", "20", "5", "4")


def test_every_word_must_be_found_in_either_language(pages: dict[str, MethodPage]) -> None:
    every = tuple(pages.values())
    assert [page.key for page in matching(every, "vm0033 allochthonous")] == ["vm0033"]
    assert [page.key for page in matching(every, "盐沼方法学")] == ["ccer_14_003"]
    assert matching(every, "vm0033 oyster") == ()
    assert matching(every, "  ") == every


def test_the_copied_text_holds_facts_figures_and_inputs(pages: dict[str, MethodPage]) -> None:
    text = method_text(pages["ar_am0014"], EN)
    assert text.startswith("AR-AM0014 with AR-TOOL14, afforestation of degraded mangrove\n")
    assert "Counts: Biomass above ground and roots" in text
    assert "Soil removal after planting\t0.5 t C/ha/yr\tequation 4\t" in text
    assert "up to 15%\t25%" in text
    assert "Uncertainty discount (%)\trequired\t" in text


def test_a_new_case_holds_what_the_method_settles(reference: Reference) -> None:
    method = next(m for m in reference.methods if m.key == "ccer_14_002")
    document = case_with_method(method, EN)
    assert document["project"] == {
        "quantity_method": "ccer_14_002",
        "methodology": "CCER-14-002-V01, planted mangrove",
        "ecosystem": "mangrove",
        "activity": "planting",
    }


def test_a_new_case_leaves_open_what_the_method_leaves_open(reference: Reference) -> None:
    method = next(m for m in reference.methods if m.key == "vm0033")
    document = case_with_method(method, EN)
    assert value_at(document, "project.ecosystem") is None
    assert value_at(document, "project.activity") is None
    assert value_at(document, "project.methodology") == (
        "VM0033, tidal wetland and seagrass restoration, v2.1"
    )


def test_a_plain_report_names_no_methodology(reference: Reference) -> None:
    method = next(m for m in reference.methods if m.key == "stated")
    assert methodology_text(method, EN) == ""


def test_the_name_of_every_method_fits_the_input_it_goes_into(reference: Reference) -> None:
    spec = next(s for s in fields_of(Case) if s.path == "project.methodology")
    for tr in (EN, ZH):
        for method in reference.methods:
            assert len(methodology_text(method, tr)) <= (spec.field.max_length or 0)


def test_each_figure_has_a_name_a_status_and_a_clause_in_words(reference: Reference) -> None:
    for key, figure in reference.tables.parameters.items():
        assert key in PARAMETER_TEXTS, key
        assert figure.status in STATUS_TEXTS, key
        assert not figure.clause or figure.clause in CLAUSES, key


def test_each_note_of_a_rate_has_its_words(reference: Reference) -> None:
    assert {rate.note for rate in reference.rates} - {""} <= set(RATE_NOTES)


def test_equations_are_written_out_with_their_figures(reference: Reference) -> None:
    written = {(e.species, e.part): written_out(e) for e in reference.tables.allometry}
    assert written["general", "AGB"] == "m = 0.251 × ρ × D^2.46"
    assert written["general", "BGB"] == "m = 0.199 × ρ^0.899 × D^2.22"
    assert written["Aegiceras corniculatum", "AGB"] == "m = exp(1.496 + 0.465 × ln(D² × H))"
    assert written["Avicennia marina", "AGB"] == "m = 10^(−0.511 + 2.113 × log₁₀ D)"
    assert written["Excoecaria agallocha", "AGB"] == "m = exp(−1.9737 + 1.0996 × ln D²)"
    assert written["Rhizophora apiculata", "BGB"] == "m = 0.00698 × D^2.61"


def test_a_species_is_named_in_chinese_and_latin(reference: Reference) -> None:
    equation = next(e for e in reference.tables.allometry if e.species == "Avicennia marina")
    assert species_name(equation, ZH) == "白骨壤 Avicennia marina"
    assert species_name(equation, EN) == "Avicennia marina"
    assert equation_source(equation, EN) == "Comley 2005, as one work encodes it"


def test_a_market_says_on_what_condition_it_takes_a_sink(reference: Reference) -> None:
    market = next(m for m in reference.markets if m.key == "CCER (national)")
    said = conditions(market, SinkKind.SALT_MARSH, EN)
    assert said[0].startswith("Bare flat or cleared occupied flat with a vegetation cover below 5%")
    assert said[1].startswith("protection of what is there: × no. A marsh that stands")
    assert conditions(market, SinkKind.FARMED_SHELLFISH, EN) == (
        "No rule of this market takes this sink.",
    )
    assert market_tip(market, SinkKind.SEAGRASS, EN).startswith("Seagrass: ✓ yes\nSince 2025-12")


def test_a_market_whose_rule_was_not_seen_says_so(reference: Reference) -> None:
    market = next(m for m in reference.markets if m.key == "Plan Vivo")
    assert dict(market_facts(market, EN))["Non-permanence"] == "not seen"


def test_no_page_prints_the_key_of_a_figure_or_an_unfilled_place(reference: Reference) -> None:
    for tr in (EN, ZH):
        for page in method_pages(reference, tr):
            text = method_text(page, tr)
            assert not re.search(r"\b(vm0033|ipcc_ws|ar_\w+|loss)\.\w+|[{}]", text), page.key


def test_the_icon_of_the_page_is_shipped() -> None:
    icons = Path(__file__).parents[3] / "resources" / "icons"
    assert "currentColor" in (icons / "method.svg").read_text(encoding="utf-8")
