"""Claims: recorded in the window, and taken into the own history."""

import copy
from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QInputDialog, QMessageBox
from pytestqt.qtbot import QtBot

from app.i18n import translator
from app.services.case_file import CaseRefused
from app.services.claims_history import LOSSES, with_claims_as_history
from app.services.draft import provenance_at, value_at
from app.services.workbench import Workbench
from app.views.dialogs.claim_dialog import CLAIMS
from tests.ui.conftest import OpenPage

STORM = {"event": "typhoon of July", "day": "2025-07-18", "head": "carbon", "damage_share": 0.35}
GALE = {"event": "gale", "day": "2025-08-05", "head": "carbon", "loss_yuan": 30_000.0}
TODAY = date(2026, 3, 1)


@pytest.fixture
def claimed(insured_document: dict[str, Any]) -> dict[str, Any]:
    """A policy of 200,000 yuan with two claims; its year is over on the day of the tests."""
    document = copy.deepcopy(insured_document)
    del document["loan"]
    document["insurance"].update(period_start="2025-02-01", settlement={"claims": [STORM, GALE]})
    return document


def with_history(
    workbench: Workbench, document: dict[str, Any], head: str = "carbon"
) -> dict[str, Any]:
    computed = workbench.compute_document(document, draw=False)
    return with_claims_as_history(document, computed, head, as_of=TODAY, tr=translator("en"))


def refused(workbench: Workbench, document: dict[str, Any]) -> str:
    with pytest.raises(CaseRefused) as found:
        with_history(workbench, document)
    return found.value.problems[0].code


def test_a_claim_is_recorded_in_one_step_of_undo_and_refused_beside_its_field(
    qtbot: QtBot, open_page: OpenPage, insured_document: dict[str, Any]
) -> None:
    page = open_page(insured_document)
    dialog = page.valuing.insurance.record_claim()
    qtbot.addWidget(dialog)
    assert dialog.fields.row() == {"head": "carbon"}
    dialog.fill({"damage_share": 2.0, "head": "nothing insured"})
    dialog.take.click()
    assert dialog.isVisible()
    assert all(not dialog.problems[name].isHidden() for name in ("event", "day", "damage_share"))
    assert dialog.problems["damage_share"].text() == "Expected: 100% or less"
    dialog.fill({**STORM, "head": "nothing insured"})
    dialog.take.click()
    assert "carbon" in dialog.problems["head"].text()
    assert page.undo_stack.count() == 0

    dialog.fill({"head": "carbon"})
    dialog.take.click()
    assert value_at(page.document, CLAIMS) == [STORM]
    assert page.undo_stack.count() == 1
    page.recalculate()
    assert page.computed is not None
    insurance = page.computed.results.insurance
    assert insurance is not None
    assert insurance.settlement is not None
    assert float(insurance.settlement.payable_yuan) == pytest.approx(70_000 - 20_000)
    page.undo()
    assert value_at(page.document, CLAIMS) is None


def test_claims_go_into_the_history_in_one_step_of_undo_and_a_person_chooses_the_head(
    open_page: OpenPage, claimed: dict[str, Any]
) -> None:
    insurance = claimed["insurance"]
    insurance["heads"].append({**insurance["heads"][0], "name": "restoration"})
    insurance["settlement"]["claims"].append({**GALE, "head": "restoration"})
    page = open_page(claimed)
    before = page.document
    page.valuing.insurance.act("history")
    dialog = page.findChild(QInputDialog, "claims.head")
    assert dialog is not None
    dialog.setTextValue("restoration")
    dialog.accept()
    assert value_at(page.document, "insurance.experience.head") == "restoration"
    assert [line["loss_yuan"] for line in value_at(page.document, LOSSES)] == [30_000.0]
    page.undo()
    assert page.document == before

    insurance["period_start"] = "2025-04-01"
    running = open_page(claimed)
    running.valuing.insurance.act("history")
    choice = running.findChild(QInputDialog, "claims.head")
    assert choice is not None
    choice.accept()
    box = running.findChild(QMessageBox, "message")
    assert box is not None
    assert "2026-03-01" in box.text()
    assert running.undo_stack.count() == 0


def test_claims_of_a_year_that_is_over_become_its_losses(
    workbench: Workbench, claimed: dict[str, Any]
) -> None:
    found = with_history(workbench, claimed)
    assert value_at(found, LOSSES) == [
        {"year": 2025, "loss_yuan": 70_000.0, "exposure_yuan": 200_000.0, "event": STORM["event"]},
        {"year": 2025, "loss_yuan": 30_000.0, "exposure_yuan": 200_000.0, "event": "gale"},
    ]
    kind, source = provenance_at(found, LOSSES)
    assert kind == "measured"
    assert "2026-03-01" in source
    assert with_history(workbench, found) == found


def test_a_line_without_a_loss_gives_way_to_the_claims_of_its_year(
    workbench: Workbench, claimed: dict[str, Any]
) -> None:
    claimed["insurance"]["experience"] = {
        "losses": [
            {"year": 2024, "loss_yuan": 5000.0},
            {"year": 2025, "loss_yuan": 0.0, "exposure_yuan": 200_000.0},
        ]
    }
    lines = value_at(with_history(workbench, claimed), LOSSES)
    assert [(line["year"], line["loss_yuan"]) for line in lines] == [
        (2024, 5000.0),
        (2025, 70_000.0),
        (2025, 30_000.0),
    ]


def test_a_running_year_and_a_policy_without_claims_are_no_history(
    workbench: Workbench, claimed: dict[str, Any]
) -> None:
    claimed["insurance"]["period_start"] = "2025-04-01"
    assert refused(workbench, claimed) == "history_running"
    del claimed["insurance"]["settlement"]
    assert refused(workbench, claimed) == "history_no_claims"
