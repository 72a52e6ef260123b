"""The engagement of the appraiser on the case record."""

from typing import Any

import pytest

from app.reports.document import Heading, Prose
from tests.unit.reports.read_document import facts, grid_after, headings, record, rows

ENGAGEMENT = {
    "client": "Dongtai Rural Commercial Bank",
    "purpose": "Pledge for a loan.",
    "special_matters": "The title is being renewed.\n\nThe neighbour disputes the boundary.",
    "report_number": "DT-2025-017",
}


def test_the_engagement_prints_what_was_filled_in_and_nothing_else(
    document: dict[str, Any],
) -> None:
    document["appraisal"]["engagement"] = ENGAGEMENT
    found = record(document)
    titles = headings(found)
    assert titles.index("Value of the income right") < titles.index("Engagement")
    lines = facts(found)
    assert lines["Client"].value.leading == "Dongtai Rural Commercial Bank"
    assert lines["Number of the report"].value.leading == "DT-2025-017"
    assert "Appraisal firm" not in lines
    prose = [block.text.leading for block in found.blocks if isinstance(block, Prose)]
    at = prose.index("The title is being renewed.")
    assert prose[at - 1 : at + 2] == [
        "Pledge for a loan.",
        "The title is being renewed.",
        "The neighbour disputes the boundary.",
    ]
    under = [b.text.leading for b in found.blocks if isinstance(b, Heading) and b.level == 2]
    at = under.index("Purpose of the appraisal")
    assert under[at + 1] == "Special matters"


@pytest.mark.parametrize(
    ("filled", "said"),
    [
        (("special_matters", "limits"), "Special matters and limits on use are stated in the"),
        (("special_matters",), "Special matters are stated in the"),
        (("limits",), "Limits on use are stated in the"),
    ],
)
def test_special_matters_and_limits_are_named_beside_the_values(
    document: dict[str, Any], filled: tuple[str, ...], said: str
) -> None:
    document["appraisal"]["engagement"] = dict.fromkeys(filled, "Only for the lender named.")
    named = facts(record(document))["To be read with it"]
    assert named.value.leading.startswith(said)


def test_an_empty_engagement_is_no_section(document: dict[str, Any]) -> None:
    document["appraisal"]["engagement"] = {"purpose": " \n"}
    found = record(document)
    assert "Engagement" not in headings(found)
    assert "To be read with it" not in facts(found)


def test_the_texts_of_the_engagement_are_not_repeated_in_the_annex(
    document: dict[str, Any],
) -> None:
    document["appraisal"]["engagement"] = ENGAGEMENT
    labels = [
        row[0]
        for row in rows(grid_after(record(document), "Annex: inputs and where they come from"))
    ]
    assert "Special matters" not in labels
    assert "Engagement" not in labels
