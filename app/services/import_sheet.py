"""Reading cases from a spreadsheet: one case a row, one input a column.

A column is headed by the path of an input ("appraisal.price_yuan_t",
"project.harvest.0.species"), or by its printed name in either language when that name is
the only one of its kind.
"""

from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

from app.finance.case.case import Case
from app.finance.case.problems import Problem
from app.finance.fields import fields_of
from app.i18n import LANGUAGES, translator
from app.messages import spec_at
from app.services.case_file import SCHEMA_VERSION, CaseRefused, Document
from app.services.sheet_cells import read_cells
from app.services.typed_values import stored_date, stored_number

SHEET_SUFFIXES = (".csv", ".xlsx")


def _names() -> dict[str, str]:
    """Return the path for each printed name that only one input has."""
    found: dict[str, set[str]] = {}
    for spec in fields_of(Case):
        if spec.section or spec.table:
            continue
        for language in LANGUAGES:
            name = translator(language)(spec.field.label).casefold()
            found.setdefault(name, set()).add(spec.path)
    return {name: next(iter(paths)) for name, paths in found.items() if len(paths) == 1}


def _path(heading: str, names: dict[str, str]) -> str:
    path = heading.strip()
    spec = spec_at(path)
    if spec is not None and not spec.section:
        return path
    named = names.get(path.casefold())
    if named is None:
        raise CaseRefused([Problem(path, "not_an_input", path)])
    return named


def _stored(text: str, path: str) -> Any:
    spec = spec_at(path)
    if spec is None:
        return text
    if spec.kind is date:
        return stored_date(text)
    if spec.kind not in (int, float, Decimal):
        return text
    if spec.field.percent and not text.rstrip().endswith(("%", "％")):
        return _as_share(text)
    return stored_number(text, spec)


def _as_share(text: str) -> Any:
    """Read a share that is written as a fraction, as case files write it."""
    try:
        return float(text)
    except ValueError:
        return text


def _put(document: Document, path: str, value: Any) -> None:
    """Put a value at a path; numbers in the path are lines of a table."""
    place: Any = document
    names = path.split(".")
    for name, following in pairwise(names):
        empty: Any = [] if following.isdigit() else {}
        if isinstance(place, list):
            while len(place) <= int(name):
                place.append({})
            place = place[int(name)]
        else:
            place = place.setdefault(name, empty)
    place[names[-1]] = value


def read_sheet(path: Path) -> list[Document]:
    """Return the drafts of the rows of a sheet; they are validated like any other draft.

    Shares are fractions, or percent with a percent sign. Empty cells are left out.

    Raises:
        CaseRefused: an unreadable file, or a heading that names no input.
    """
    headings, *rows = read_cells(path).frame.itertuples(index=False)
    names = _names()
    paths = [_path(str(heading), names) for heading in headings]
    documents = []
    for row in rows:
        document: Document = {
            "schema_version": SCHEMA_VERSION,
            "project": {},
            "appraisal": {},
            "provenance": {},
        }
        for place, cell in zip(paths, row, strict=True):
            if str(cell).strip():
                _put(document, place, _stored(str(cell).strip(), place))
        documents.append(document)
    return documents
