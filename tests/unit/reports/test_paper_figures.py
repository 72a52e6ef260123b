"""What is printed of each convention case is what the command line gives as JSON."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.formats import money, number, percent
from app.i18n import translator
from app.paths import resources
from app.reference.tables import load_reference
from app.reports.document import Document, Facts, Grid
from app.services.case_file import read_file
from app.services.results_json import results_json
from app.services.workbench import compute
from tests.sheets import DRAFT, build_record

CASES = sorted((resources() / "demo" / "conventions").glob("*.bcd.json"))


def printed_texts(found: Document) -> Iterator[str]:
    for block in found.blocks:
        if isinstance(block, Facts):
            yield from (fact.value.leading for fact in block.facts)
        elif isinstance(block, Grid):
            yield from (cell.text.leading for row in block.rows for cell in row)


def _of_range(found: dict[str, Any] | None) -> Iterator[str]:
    if found is not None:
        yield money(found["mean_yuan"])
        yield from (money(found["percentiles"][name]) for name in ("5", "95"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name.partition(".")[0])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_paper_and_json_have_the_same_figures(path: Path, language: str) -> None:
    reference = load_reference()
    computed = compute(read_file(path), reference)
    values = results_json(computed, reference, translator(language))["values"]
    printed = set(printed_texts(build_record(computed.file, computed.results, DRAFT, language)))
    levels = ("gross_yuan", "net_yuan", "prudent_yuan", "liquidation_yuan", "one_year_yuan")
    expected = [money(values[name]) for name in levels]
    expected += [number(values["price_yuan_t"]), number(values["break_even_price_yuan_t"])]
    rates = values["irr"]["rates"]
    if len(rates) == 1 and not values["irr"]["reason"]:
        expected.append(percent(rates[0]))
    expected += _of_range(values["range"])
    assert [text for text in expected if text not in printed] == []
