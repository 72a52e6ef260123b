"""The template of the documents: entered, seen at once, kept when it holds."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLineEdit, QMessageBox, QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.finance.case.problems import Problem
from app.reports.house import House, HouseTexts, Negative
from app.services.case_file import CaseRefused
from app.views.dialogs.house_dialog import HouseDialog
from app.views.jobs import Jobs

DAY = date(2026, 3, 1)
HOUSE = House(
    zh=HouseTexts(name="海洋分行", signers=("主办", "复核")),
    en=HouseTexts(name="Marine branch", disclaimer="For the client alone."),
    negative=Negative.PARENTHESES,
    number_pattern="{kind}/{serial:03}".replace("/", "-"),
)


@pytest.fixture
def kept() -> list[House]:
    return []


@pytest.fixture
def dialog(qtbot: QtBot, kept: list[House]) -> Iterator[HouseDialog]:
    jobs = Jobs()
    shown = HouseDialog(HOUSE, kept.append, jobs, DAY)
    qtbot.addWidget(shown)
    yield shown
    jobs.close()


def _line(dialog: HouseDialog, name: str) -> QLineEdit:
    found = dialog.findChild(QLineEdit, f"house.{name}")
    assert isinstance(found, QLineEdit)
    return found


def test_what_is_shown_is_what_is_kept(dialog: HouseDialog, kept: list[House]) -> None:
    assert dialog.form.house() == HOUSE
    signers = dialog.findChild(QPlainTextEdit, "house.en.signers")
    assert isinstance(signers, QPlainTextEdit)
    signers.setPlainText(" Officer \n\nHead of branch\n")
    dialog.keep.click()
    (saved,) = kept
    assert saved.en.signers == ("Officer", "Head of branch")
    assert saved.zh == HOUSE.zh


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("colour", "teal", "Colour: expected a colour of six hexadecimal digits"),
        ("number_pattern", "{kind}-{year}", "the word serial in braces"),
        ("number_pattern", "{serial}/{name}", "no other words in braces"),
        ("zh.name", "海" * 201, "House: expected at most 200 signs"),
    ],
)
def test_a_template_that_does_not_hold_is_not_kept_and_says_why(
    dialog: HouseDialog, kept: list[House], name: str, text: str, said: str
) -> None:
    _line(dialog, name).setText(text)
    assert not dialog.keep.isEnabled()
    assert said in dialog.form._problem.text()
    assert kept == []
    dialog.form.show_house(HOUSE)
    assert dialog.keep.isEnabled()
    assert dialog.form._problem.isHidden()


def test_the_sample_is_drawn_with_what_is_entered(qtbot: QtBot, dialog: HouseDialog) -> None:
    dialog._timer.stop()
    _line(dialog, "en.name").setText("Bank of the tidal flats")
    dialog._language.setCurrentIndex(2)
    dialog._timer.stop()
    dialog.draw_sample()
    qtbot.waitUntil(lambda: dialog.view.page_count() > 0, timeout=30_000)
    pages = range(dialog.view.page_count())
    assert any(dialog.view.matches_on(page, "For the client alone.") for page in pages)


def test_a_sign_that_cannot_be_drawn_is_named(qtbot: QtBot, dialog: HouseDialog) -> None:
    _line(dialog, "zh.name").setText("海洋\U0001f30a分行")
    dialog._timer.stop()
    dialog.draw_sample()
    qtbot.waitUntil(lambda: not dialog._told.isHidden(), timeout=30_000)
    assert "U+1F30A" in dialog._told.text()


def test_what_the_book_refuses_is_said_and_the_dialog_stays(
    qtbot: QtBot, kept: list[House]
) -> None:
    def refuse(_house: House) -> None:
        raise CaseRefused([Problem("logo", "no_picture", "")])

    jobs = Jobs()
    shown = HouseDialog(HOUSE, refuse, jobs, DAY)
    qtbot.addWidget(shown)
    shown.keep.click()
    assert "PNG or JPEG" in shown._told.text()
    assert kept == []
    jobs.close()


def test_a_template_goes_to_a_file_and_comes_back(dialog: HouseDialog, tmp_path: Path) -> None:
    target = tmp_path / "house.json"
    dialog.write(str(target))
    assert json.loads(target.read_text(encoding="utf-8"))["zh"]["name"] == "海洋分行"
    dialog.form.show_house(House())
    dialog.read(str(target))
    assert dialog.form.house() == HOUSE


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[1]", "is no template"),
        ("{", "is no template"),
        ('{"color": "#112233"}', "no such field"),
        ('{"negative": "red"}', "one of: minus, parentheses"),
    ],
)
def test_a_file_that_is_no_template_is_refused_by_name(
    dialog: HouseDialog, tmp_path: Path, content: str, said: str
) -> None:
    target = tmp_path / "house.json"
    target.write_text(content, encoding="utf-8")
    dialog.read(str(target))
    assert said in dialog._told.text() + dialog.form._problem.text()
    assert dialog.form.house() == HOUSE


def test_a_logo_is_taken_and_anything_else_is_refused(dialog: HouseDialog, tmp_path: Path) -> None:
    picture, text = tmp_path / "logo.png", tmp_path / "logo.txt"
    QImage(40, 20, QImage.Format.Format_RGB32).save(str(picture))
    text.write_text("no picture", encoding="utf-8")
    dialog.form.read_logo(str(picture))
    assert dialog.form.house().logo == picture.read_bytes()
    dialog.form.read_logo(str(text))
    assert "PNG or JPEG" in dialog.form._problem.text()
    assert dialog.form.house().logo == picture.read_bytes()


def test_the_rule_of_numbers_and_the_colour_show_what_they_give(dialog: HouseDialog) -> None:
    form = dialog.form
    assert "TS-007" in form._sample.text()
    assert form._swatch.pixmap().toImage().pixelColor(5, 5).name() == HOUSE.colour.lower()
    _line(dialog, "number_pattern").setText("{kind}")
    _line(dialog, "colour").setText("teal")
    assert form._sample.isHidden()
    assert form._swatch.pixmap().toImage().pixelColor(5, 5).alpha() == 0


def test_what_was_entered_is_not_lost_without_a_question(dialog: HouseDialog) -> None:
    dialog.show()
    _line(dialog, "zh.name").setText("海湾分行")
    dialog.reject()
    box = dialog.findChild(QMessageBox, "unsaved")
    assert box is not None
    box.button(QMessageBox.StandardButton.Cancel).click()
    assert dialog.isVisible()
    dialog.reject()
    box = dialog.findChildren(QMessageBox, "unsaved")[-1]
    box.button(QMessageBox.StandardButton.Discard).click()
    assert not dialog.isVisible()


def test_a_template_as_it_was_is_left_without_a_question(dialog: HouseDialog) -> None:
    dialog.show()
    dialog.reject()
    assert not dialog.isVisible()
