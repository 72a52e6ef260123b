"""Reading cases from a spreadsheet: one case a row, one input a column.

A column is headed by the path of an input ("appraisal.price_yuan_t",
"project.harvest.0.species"), or by its printed name in either language when that name is
the only one of its kind.
"""

import re
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

_IN_A_LINE = re.compile(r"\.[0-9]{1,3}\.[a-z0-9_]+$")


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


def _is_cell(path: str) -> bool:
    """Whether a path names an input that one cell can hold, on its own or in a line of a table."""
    spec = spec_at(path)
    if spec is None or spec.section or spec.table:
        return False
    return spec.path == path or _IN_A_LINE.search(path) is not None


def _path(heading: str, names: dict[str, str]) -> str:
    path = heading.strip()
    if _is_cell(path):
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


def read_sheet(file: Path) -> list[tuple[int, Document]]:
    """Return line number and draft of each row of a sheet; drafts are still to be validated.

    Shares are fractions, or percent with a percent sign. Empty cells are left out.

    Raises:
        CaseRefused: an unreadable file, or a heading that names no input or one for the second
            time.
    """
    (_, *headings), *rows = read_cells(file).frame.itertuples()
    names = _names()
    paths = [_path(str(heading), names) for heading in headings]
    for number, path in enumerate(paths):
        if path in paths[:number]:
            raise CaseRefused([Problem(path, "duplicate_key", str(headings[number]))])
    documents = []
    for line, *row in rows:
        document: Document = {
            "schema_version": SCHEMA_VERSION,
            "project": {},
            "appraisal": {},
            "provenance": {},
        }
        for place, cell in zip(paths, row, strict=True):
            if str(cell).strip():
                _put(document, place, _stored(str(cell).strip(), place))
        documents.append((int(line), document))
    return documents
