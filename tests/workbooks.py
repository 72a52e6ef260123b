"""Workbooks of the shipped cases, as they are and as a reader changes them."""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from app.reference.tables import load_reference
from app.services.case_export import ExportKind, export_case
from app.services.case_file import validate
from app.services.computing import Computed, compute
from app.services.demo import convention_files, demo_files, insurance_files, loan_files

FILES = {
    path.name.partition(".")[0]: path
    for path in (*convention_files(), *demo_files(), *insurance_files(), *loan_files())
}
ISSUED_ON = date(2026, 1, 2)


def document(name: str, changes: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return a shipped case with other values at dotted paths."""
    found: dict[str, Any] = json.loads(FILES[name].read_text(encoding="utf-8"))
    for path, value in (changes or {}).items():
        *sections, last = path.split(".")
        place: Any = found
        for section in sections:
            place = place[int(section)] if isinstance(place, list) else place[section]
        place[last] = value
    return found


def computed(case: dict[str, Any]) -> Computed:
    """Return a case computed without what is drawn."""
    return compute(validate(case), load_reference(), draw=False)


def workbook(case: Computed, language: Any = "en") -> bytes:
    """Return the workbook of a computed case."""
    made = export_case(
        case,
        ExportKind.XLSX,
        reference=load_reference(),
        language=language,
        issued_on=ISSUED_ON,
    )
    return made.content


@cache
def shipped(name: str, language: str = "en") -> bytes:
    """Return the workbook of a shipped case."""
    return workbook(computed(document(name)), language)


def written(folder: Path, name: str) -> Path:
    """Write the workbook of a shipped case into a folder."""
    path = folder / f"{name}.xlsx"
    path.write_bytes(shipped(name))
    return path
