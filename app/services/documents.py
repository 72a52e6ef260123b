"""A case as a plain document: reading and changing it by path, and what of it applies.

Documents are never changed in place; a changed one shares with the old one what is the same.
"""

from enum import StrEnum
from functools import cache
from typing import Any

from app.finance.case.case import Case
from app.finance.fields import FieldSpec, fields_of, specs_by_path

Document = dict[str, Any]
ABSENT = None


@cache
def _names(path: str) -> tuple[str, ...]:
    return tuple(path.split("."))


@cache
def _sections_above(path: str) -> tuple[FieldSpec, ...]:
    """Return the sections a field stands in, the outermost first."""
    specs = specs_by_path(Case)
    names = _names(path)
    return tuple(specs[".".join(names[:end])] for end in range(1, len(names)))


def value_at(document: Document, path: str) -> Any:
    """Return what a document holds at a dotted path; None when nothing is entered."""
    value: Any = document
    for name in _names(path):
        if not isinstance(value, dict) or name not in value:
            return ABSENT
        value = value[name]
    return value


def with_value(document: Document, path: str, value: Any) -> Document:
    """Return a document with `value` at `path`; None takes the entry away."""
    *parents, last = _names(path)
    changed = place = dict(document)
    for name in parents:
        held = place.get(name)
        place[name] = dict(held) if isinstance(held, dict) else {}
        place = place[name]
    if value is ABSENT or value == "":
        place.pop(last, None)
    else:
        place[last] = value
    return changed


def is_asked(section: FieldSpec) -> bool:
    """Whether a person switches the section on and off; the others follow from a choice."""
    return section.optional and section.field.needed is None


def _holds(document: Document, condition: tuple[str, tuple[str, ...]]) -> bool:
    """Whether one of the values is chosen (entered, or the default), in a field that applies."""
    path, values = condition
    spec = specs_by_path(Case)[path]
    value = value_at(document, path)
    if value is ABSENT and spec.has_default:
        value = spec.default.value if isinstance(spec.default, StrEnum) else spec.default
    return value in values and applies(document, spec)


def is_chosen(document: Document, spec: FieldSpec) -> bool:
    """Whether the choice a field hangs on is made; true for a field that hangs on none."""
    condition = spec.field.needed or spec.field.offered
    return condition is None or _holds(document, condition)


def is_offered(document: Document, spec: FieldSpec) -> bool:
    """Whether the choice a field hangs on is made and the sections above it are there."""
    return is_chosen(document, spec) and all(
        applies(document, section) for section in _sections_above(spec.path)[-1:]
    )


def applies(document: Document, spec: FieldSpec) -> bool:
    """Whether a field or a section is part of the case, its own choice and those above made.

    A section that a choice needs applies before anything is entered in it; values kept in a
    section that is not chosen do not count.
    """
    if not is_offered(document, spec):
        return False
    return not (
        spec.section and is_asked(spec) and not isinstance(value_at(document, spec.path), dict)
    )


@cache
def _nested_sections() -> tuple[FieldSpec, ...]:
    """Return the sections inside sections, those outside first."""
    return tuple(spec for spec in fields_of(Case) if spec.section and "." in spec.path)


def with_chosen_sections(document: Document) -> Document:
    """Return a document with the sections that its choices need, and none they rule out.

    A needed section that was not entered is put in empty, so that what is missing in it is
    named field by field. What is kept of a method that is not chosen is left out.
    """
    for spec in _nested_sections():
        held = value_at(document, spec.path)
        if not isinstance(value_at(document, spec.path.rpartition(".")[0]), dict):
            continue
        if not is_offered(document, spec):
            if held is not ABSENT:
                document = with_value(document, spec.path, ABSENT)
        elif held is ABSENT and not is_asked(spec):
            document = with_value(document, spec.path, {})
    return document


def was_left_out(path: str, entered: Document, kept: Document) -> bool:
    """Whether the section an input stands in was entered but is no part of the kept document."""
    return any(
        value_at(entered, section.path) is not ABSENT and value_at(kept, section.path) is ABSENT
        for section in _sections_above(path)
    )
