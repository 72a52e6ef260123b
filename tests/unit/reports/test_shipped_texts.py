"""Every shipped text that a document prints can be drawn with its fonts."""

import ast
from dataclasses import fields

from app.finance.sink.eligibility import Detail, Market
from app.paths import resources
from app.reference.tables import load_reference
from app.reports.fonts import missing_glyphs


def _texts(entry: Market | Detail) -> list[str]:
    values = (getattr(entry, field.name) for field in fields(entry))
    return [value for value in values if isinstance(value, str)]


def test_what_the_markets_say_can_be_drawn() -> None:
    tables = load_reference().tables
    texts = [
        value
        for market in tables.markets
        for value in (*_texts(market), *(text for row in market.details for text in _texts(row)))
    ]
    assert texts
    assert missing_glyphs("".join(texts)) == ""


def test_the_sources_of_the_published_figures_can_be_drawn() -> None:
    parameters = load_reference().tables.parameters.values()
    assert parameters
    for parameter in parameters:
        assert missing_glyphs(f"{parameter.source}{parameter.clause}") == "", parameter.key


def _printed(tree: ast.Module) -> set[str]:
    """The strings of a module that are no docstrings and have signs beyond ASCII."""
    notes = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    found = (node for node in ast.walk(tree) if isinstance(node, ast.Constant))
    texts = {node.value for node in found if id(node) not in notes and isinstance(node.value, str)}
    return {text for text in texts if not text.isascii()}


def test_every_formula_and_source_of_the_core_can_be_drawn() -> None:
    undrawn = {
        (path.name, text)
        for path in (resources().parent / "app" / "finance").rglob("*.py")
        for text in _printed(ast.parse(path.read_text(encoding="utf-8")))
        if missing_glyphs(text.replace("\n", ""))
    }
    assert undrawn == set()
