"""The form of an insurance: its order from object to premium, what it folds, lines as forms."""

import json
from typing import Any

import pytest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.finance.case.case import Case
from app.finance.fields import specs_by_path
from app.i18n import set_language
from app.paths import resources
from app.services.documents import is_asked
from app.services.draft import value_at
from app.views.pages.case_page import CasePage
from app.views.widgets.field_form import FieldForm
from app.views.widgets.section_block import SECTION_QUESTIONS
from tests.ui.conftest import OpenPage

PLAIN, RICH = "insurance/frequency-layer", "fujian-oyster-typhoon"


def demo(name: str) -> dict[str, Any]:
    text = (resources() / "demo" / f"{name}.bcd.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def form_of(page: CasePage) -> FieldForm:
    page.focus_field("insurance.period_start")
    return page.forms["insurance"]


def tops(form: FieldForm, paths: list[str]) -> list[int]:
    """Where inputs stand in the form, from its top."""
    body = form.widget()
    assert body is not None
    editors = [form.rows[path].editor for path in paths]
    return [editor.mapTo(body, editor.rect().topLeft()).y() for editor in editors]


def test_the_form_reads_from_the_object_over_perils_and_limits_to_the_premium(
    qtbot: QtBot, open_page: OpenPage
) -> None:
    form = form_of(open_page(demo(RICH)))
    qtbot.wait(20)
    places = tops(
        form,
        [
            "insurance.period_start", "insurance.sites", "insurance.heads", "insurance.stages",
            "insurance.perils", "insurance.index.quantity", "insurance.experience.losses",
            "insurance.policy_year_limit_yuan", "insurance.fixed_expense_yuan",
            "insurance.asked_premium_yuan", "insurance.exclusions",
            "insurance.settlement.claims",
        ],
    )  # fmt: skip
    assert places == sorted(places)


def test_a_plain_quote_shows_little_more_than_must_be_entered(open_page: OpenPage) -> None:
    form = form_of(open_page(demo(PLAIN)))
    visible = [path for path in form.rows if form.is_shown(path)]
    assert len(visible) < 20
    for name in ("heads", "perils", "insurer", "first_beneficiary", "fixed_expense_yuan"):
        assert form.is_shown(f"insurance.{name}")
    for name in ("coinsurers", "sites", "stock", "damages", "subsidies", "options", "exclusions"):
        assert not form.is_shown(f"insurance.{name}")


def test_what_is_folded_away_is_unfolded_or_found_by_a_link(open_page: OpenPage) -> None:
    page = open_page(demo(PLAIN))
    form = form_of(page)
    button = form.findChild(QPushButton, "fold.insurance.policy_event_limit_yuan")
    assert button is not None
    assert button.text() == "Limits of the policy (2)"
    button.click()
    assert form.is_shown("insurance.policy_year_limit_yuan")
    page.focus_field("insurance.options")
    assert form.is_shown("insurance.options")


def test_every_section_that_is_switched_on_asks_a_question_of_its_own() -> None:
    sections = {
        path
        for path, spec in specs_by_path(Case).items()
        if path.startswith("insurance.") and spec.section and is_asked(spec)
    }
    assert sections
    assert sections <= set(SECTION_QUESTIONS)


def test_switching_an_index_on_asks_for_its_trigger_and_keeps_the_rest_folded(
    open_page: OpenPage,
) -> None:
    page = open_page(demo(PLAIN))
    form = form_of(page)
    switch = form.findChild(QCheckBox, "switch.insurance.index")
    assert switch is not None
    switch.click()
    for name in ("quantity", "season_start", "triggers", "bands", "events_paid", "readings"):
        assert form.is_shown(f"insurance.index.{name}")
    for name in ("stations", "event_cap_share", "excess_scale", "losses"):
        assert not form.is_shown(f"insurance.index.{name}")


@pytest.mark.parametrize(
    ("table", "cell", "value"),
    [("heads", "event_limit_yuan", 123_000), ("perils", "events_per_year", 0.3)],
)
def test_a_line_of_many_columns_is_edited_as_a_form(
    qtbot: QtBot, open_page: OpenPage, table: str, cell: str, value: float
) -> None:
    page = open_page(demo(PLAIN))
    form_of(page)
    path = f"insurance.{table}"
    button = page.findChild(QPushButton, f"{path}.form")
    assert button is not None
    button.click()
    line = page.findChild(QLineEdit, f"{path}.line.{cell}")
    kind = page.findChild(QComboBox, f"{path}.line.{'kind' if table == 'heads' else 'peril'}")
    assert line is not None
    assert kind is not None
    line.setFocus()
    line.clear()
    qtbot.keyClicks(line, str(value))
    line.editingFinished.emit()
    assert value_at(page.document, path)[0][cell] == value


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_form_of_a_rich_quote_fits_a_small_window(
    qtbot: QtBot, open_page: OpenPage, language: str
) -> None:
    set_language(language)
    page = open_page(demo(RICH))
    page.resize(1094, 700)
    form = form_of(page)
    qtbot.wait(20)
    assert form.is_shown("insurance.index.triggers")
    assert form.horizontalScrollBar().maximum() == 0
