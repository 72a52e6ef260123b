"""Numbers of a case file that are written as text with their unit: "1500 mu", "30 tC/ha/yr"."""

import re
from decimal import Decimal
from functools import cache
from typing import Any

from app.finance.case.case import Case
from app.finance.fields import FieldSpec, fields_of
from app.services.documents import Document
from app.services.typed_values import stored_number

_WITH_UNIT = re.compile(r"\s*[-+−]?[\d.,]+(?:[eE][-+]?\d+)?\s*[^\d\s.,].*", re.DOTALL)


@cache
def _numbers(cls: type) -> tuple[FieldSpec, ...]:
    return tuple(
        spec for spec in fields_of(cls) if "." not in spec.path and spec.kind in (float, Decimal)
    )


@cache
def _parts(cls: type) -> tuple[FieldSpec, ...]:
    return tuple(
        spec for spec in fields_of(cls) if "." not in spec.path and (spec.section or spec.table)
    )


def _read(part: Any, cls: type) -> Any:
    """Return a section or line with its texts read as numbers; the same object when none is."""
    if not isinstance(part, dict):
        return part
    changed: Document = {}
    for spec in _numbers(cls):
        value = part.get(spec.name)
        if isinstance(value, str) and _WITH_UNIT.fullmatch(value):
            changed[spec.name] = stored_number(value, spec)
    for spec in _parts(cls):
        held = part.get(spec.name)
        if spec.table and isinstance(held, list):
            lines = [_read(line, spec.kind) for line in held]
            if any(new is not old for new, old in zip(lines, held, strict=True)):
                changed[spec.name] = lines
        elif spec.section:
            whole = _read(held, spec.kind)
            if whole is not held:
                changed[spec.name] = whole
    return {**part, **changed} if changed else part


def with_numbers(document: Document) -> Document:
    """Return the body of a case with numbers in the place of texts that name a unit.

    Only units of the field itself are read, exactly; any other text is kept and is refused
    like every text in the place of a number.
    """
    body: Document = _read(document, Case)
    return body
