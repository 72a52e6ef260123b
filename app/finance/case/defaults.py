"""Published figures in the place of inputs that were left empty."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar, cast

from app.finance.fields import fields_of

Section = TypeVar("Section")


def with_defaults(section: Section, value_of: Callable[[str], float]) -> Section:
    """Return a section whose empty inputs with a `reference` hold the published figure.

    `value_of` gives the figure of a key. Whole-number inputs get a whole number; lines of
    tables are filled the same way.
    """
    changes: dict[str, Any] = {}
    for spec in fields_of(cast("type", type(section))):
        if "." in spec.path or spec.section:
            continue
        given = getattr(section, spec.name)
        if spec.table:
            lines = tuple(with_defaults(line, value_of) for line in given)
            if any(new is not old for new, old in zip(lines, given, strict=True)):
                changes[spec.name] = lines
        elif given is None and spec.field.reference:
            figure = value_of(spec.field.reference)
            changes[spec.name] = int(figure) if spec.kind is int else figure
    return replace(section, **changes) if changes else section  # type: ignore[type-var]
