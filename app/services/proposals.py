"""Lines the program proposes for a table of a draft, marked as assumed."""

from dataclasses import fields
from enum import Enum
from typing import Any

from app.finance.case.appraisal import Appraisal
from app.finance.case.valuation.scenarios import ScenarioLine
from app.finance.valuation.scenarios import PRESET_REASON, preset_lines
from app.i18n import Translator
from app.services.documents import Document, with_value
from app.services.draft import with_provenance

SCENARIOS = "appraisal.scenarios"


def _stored(line: ScenarioLine) -> dict[str, Any]:
    """Return the columns of a line that say something."""
    found: dict[str, Any] = {}
    for entry in fields(line):
        value = getattr(line, entry.name)
        if value != entry.default:
            found[entry.name] = value.value if isinstance(value, Enum) else value
    return found


def with_scenarios(document: Document, appraisal: Appraisal, tr: Translator) -> Document:
    """Return a draft with the six scenarios of the program; their source says what they are."""
    lines = [_stored(line) for line in preset_lines(appraisal)]
    changed = with_value(document, SCENARIOS, lines)
    return with_provenance(changed, SCENARIOS, "assumed", tr(PRESET_REASON))
