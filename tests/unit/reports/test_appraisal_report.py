"""What the appraisal report says: its sections, its conclusion, who signs, what lacks."""

import copy
import json
from functools import cache
from typing import Any

import pytest

from app.finance.case.case import CaseFile
from app.finance.engine import Results, compute_case
from app.finance.sink.tables import SinkTables
from app.paths import resources
from app.reports.annex import marked_steps
from app.reports.appraisal_report import build_appraisal_report
from app.reports.appraisal_texts import SECTIONS
from app.reports.document import (
    Block,
    Chart,
    ChartKind,
    Contents,
    Document,
    Fact,
    Facts,
    Flags,
    Grid,
    Heading,
    Hero,
    Prose,
    Signatures,
    SiteMap,
    Words,
    Workings,
)
from app.reports.house import House, HouseTexts
from app.reports.sheet import Sheet
from app.services.case_file import CaseRefused, validate
from tests.sheets import DRAFT
from tests.unit.reports.read_document import headings, told
from tests.unit.reports.value_cases import full_case


def built(
    file: CaseFile, results: Results, language: str = "en", house: House | None = None
) -> Document:
    sheet = Sheet(file, results, DRAFT, Words(language), house or House())
    return build_appraisal_report(sheet)


@cache
def shown() -> dict[str, Any]:
    path = resources() / "demo" / "mangrove-appraisal.bcd.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def demo() -> dict[str, Any]:
    return copy.deepcopy(shown())


def report(document: dict[str, Any], language: str = "en") -> Document:
    file = validate(document)
    return built(file, compute_case(file.case, SinkTables({})), language)


@cache
def printed(language: str = "en") -> Document:
    """The report of the demonstration case, which nothing lacks."""
    return report(demo(), language)


def section(found: Document, heading: str) -> list[Block]:
    """The blocks below a heading of the first level."""
    blocks = list(found.blocks)
    start = next(
        at
        for at, block in enumerate(blocks)
        if isinstance(block, Heading) and heading in block.text.leading
    )
    end = next(
        (
            at
            for at, block in enumerate(blocks[start + 1 :], start + 1)
            if isinstance(block, Heading) and block.level == 1
        ),
        len(blocks),
    )
    return blocks[start + 1 : end]


def facts(blocks: list[Block]) -> dict[str, Fact]:
    return {f.label.leading: f for b in blocks if isinstance(b, Facts) for f in b.facts}


def matters(found: Document) -> dict[str, str]:
    grids = [b for b in section(found, "Special matters") if isinstance(b, Grid)]
    return {row[0].text.leading: row[1].text.leading for row in grids[-1].rows}


def one(found: Document, kind: type[Block]) -> Any:
    blocks = [block for block in found.blocks if isinstance(block, kind)]
    assert len(blocks) == 1
    return blocks[0]


def test_statement_and_abstract_stand_before_thirteen_sections_in_the_order_of_the_standard() -> (
    None
):
    found = headings(printed())
    expected = [f"{number}. {label}" for number, label in enumerate(SECTIONS, start=1)]
    assert found[:2] == ["Statement of the appraisers", "Abstract of the report"]
    assert found[2:15] == expected
    assert all(line.startswith(("Annex: ", "Real options", "Issued")) for line in found[15:-1])
    assert found[-1] == "What this document rests on"


def test_chinese_sections_are_numbered_in_chinese() -> None:
    found = headings(printed("zh"))
    numbers = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三"]
    assert all(line.startswith(number) for line, number in zip(found[2:15], numbers, strict=True))


def test_cover_shows_firm_conclusion_flags_and_contents() -> None:
    blocks = list(printed().blocks)
    kinds = [type(block) for block in blocks]
    assert kinds.index(Hero) < kinds.index(Flags) < kinds.index(Contents) < kinds.index(Heading)
    cover = facts(blocks[: kinds.index(Hero)])
    assert cover["Number of the report"].value.leading == "示例评报字〔2025〕第001号"
    assert "appraisal firm" in cover["Appraisal firm"].value.leading


def test_the_conclusion_is_said_in_words_figures_and_capitals() -> None:
    found = printed()
    blocks = section(found, "10. Conclusion")
    hero = one(found, Hero)
    amount, capitals = hero.value.leading, hero.second_value.leading
    said = told(blocks)
    assert f"(market value) is {amount} yuan" in said
    assert capitals in said
    assert capitals.startswith("人民币")
    held = facts(blocks)
    assert held["Concluded value"].value.leading == amount
    assert held["Concluded value"].step == "value.conclusion"
    assert held["In Chinese capitals"].value.leading == capitals
    assert facts(section(found, "Abstract"))["Concluded value"].value.leading == amount


def test_a_case_without_a_conclusion_gives_the_net_value_and_says_so() -> None:
    document = demo()
    del document["appraisal"]["conclusion"]
    found = report(document)
    assert one(found, Hero).step == "value.net"
    assert "The case concludes no type of value." in told(section(found, "10. Conclusion"))
    assert "Conclusion with its type of value" in matters(found)["Not stated of the report"]


def test_a_negative_conclusion_is_negative_in_words_and_capitals() -> None:
    document = demo()
    document["appraisal"]["operating_cost_yuan_yr"] = 900_000
    document["appraisal"]["conclusion"] = {"type_of_value": "investment"}
    found = report(document)
    hero = one(found, Hero)
    assert hero.value.leading.startswith("−")
    assert hero.second_value.leading.startswith("人民币负")
    assert facts(section(found, "10. Conclusion"))["Below zero"].alert


def test_two_appraisers_and_the_firm_sign_whatever_the_template_names() -> None:
    document = demo()
    file = validate(document)
    house = House(en=HouseTexts(signers=("Account manager",)))
    found = built(file, compute_case(file.case, SinkTables({})), house=house)
    signed: Signatures = one(found, Signatures)
    assert [line.role.leading for line in signed.signatures] == [
        "Signing appraiser", "Signing appraiser", "Appraisal firm",
    ]  # fmt: skip
    assert [line.name for line in signed.signatures[:2]] == [
        "资产评估师甲 appraiser A", "资产评估师乙 appraiser B",
    ]  # fmt: skip
    assert signed.seal.leading == "Seal"
    assert "only when two appraisers have signed it" in signed.statement.leading


def test_places_for_two_appraisers_stay_open_when_none_is_named() -> None:
    document = demo()
    document["appraisal"]["engagement"]["appraisers"] = "appraiser A"
    found = report(document)
    assert [s.name for s in one(found, Signatures).signatures[:2]] == ["appraiser A", ""]
    assert "Two signing appraisers" in matters(found)["Not stated of the report"]


def test_every_mark_leads_to_a_working_that_is_printed() -> None:
    file, results = full_case()
    found = built(file, results)
    steps = one(found, Workings).steps
    assert {step.key for step in steps} == set(found.step_numbers)
    assert marked_steps(results, found.blocks) == steps


def test_a_report_without_an_engagement_names_what_lacks_and_prints_house_texts() -> None:
    document = demo()
    del document["appraisal"]["engagement"]
    found = report(document)
    lacking = matters(found)["Not stated of the report"]
    for label in ("Client", "Purpose of the appraisal", "Appraisal firm", "Date of the report"):
        assert label in lacking
    assert told(section(found, "2. Purpose")) == "Not stated in the case."
    for heading in ("Statement of the appraisers", "12. Limits"):
        assert told(section(found, heading)).startswith("House text of the program")


def test_entered_texts_take_the_place_of_house_texts() -> None:
    document = demo()
    document["appraisal"]["engagement"]["statement"] = "Ours.\nWe sign it."
    found = report(document)
    assert told(section(found, "Statement of the appraisers")) == "Ours.\nWe sign it."
    assert "House text" not in told(section(found, "12. Limits"))


def test_the_type_concluded_is_marked_among_the_definitions() -> None:
    grid = next(b for b in section(printed(), "4. Type") if isinstance(b, Grid))
    assert grid.marked == 0
    assert next(row[0].text.leading for row in grid.rows) == "market value"
    assert "15.00% less of the price" in grid.rows[1][2].text.leading


def test_assumed_inputs_are_listed_with_their_reasons() -> None:
    grid = next(b for b in section(printed(), "9. Assumptions") if isinstance(b, Grid))
    rows = {row[0].text.leading: row[-1].text.leading for row in grid.rows}
    assert rows["Uncertainty discount"].startswith("示例假设")
    assert rows["Real options"] == "no reason stated"
    assert "Seed of the random numbers" not in rows


def test_nothing_of_a_loan_stands_in_the_report() -> None:
    file, results = full_case()
    found = built(file, results)
    labels = {f.label.leading for b in found.blocks if isinstance(b, Facts) for f in b.facts}
    assert not {label for label in labels if "loan" in label.lower()}
    assert not any(step.key.startswith("loan.") for step in one(found, Workings).steps)
    flags: Flags = one(found, Flags)
    of_loan = [n for n in results.notices if n.path.startswith("loan")]
    assert len(flags.flags) == len(results.notices) - len(of_loan)
    assert any("concern its loan" in b.text.leading for b in found.blocks if isinstance(b, Prose))


def test_option_value_stands_apart_with_the_word_that_nobody_lends_on_it() -> None:
    blocks = section(printed(), "Real options")
    assert "A lender must not lend on option value." in told(blocks)


def test_annexes_hold_charts_by_year_and_the_map_of_the_sites() -> None:
    found = printed()
    drawn = [b.kind for b in found.blocks if isinstance(b, Chart)]
    assert drawn.count(ChartKind.CASH_FLOW) == drawn.count(ChartKind.CARBON) == 1
    assert isinstance(section(found, "Annex: map of the sites")[0], SiteMap)
    one(found, SiteMap)


def test_an_inspection_after_the_report_is_refused() -> None:
    document = demo()
    document["appraisal"]["engagement"]["inspected_on"] = "2025-07-26"
    with pytest.raises(CaseRefused) as refused:
        validate(document)
    assert [p.code for p in refused.value.problems] == ["inspected_after_report"]


def test_a_report_before_its_valuation_date_is_prospective() -> None:
    document = demo()
    document["appraisal"]["engagement"] |= {
        "inspected_on": "2025-05-02", "reported_on": "2025-05-20",
    }  # fmt: skip
    assert "prospective" in told(section(report(document), "5. Valuation date"))
