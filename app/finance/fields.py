"""The declaration of an input field: what it is called, its unit, range, help and choices.

One `Field` in `Annotated[...]` serves validation, the JSON Schema, the form, the printed
label and the import column. It yields `annotated_types` constraints, so a validator that
knows that vocabulary needs no second declaration.
"""

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, is_dataclass
from dataclasses import fields as dataclass_fields
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from annotated_types import BaseMetadata, Ge, GroupedMetadata, Gt, Le, MaxLen, MinLen


@dataclass(frozen=True)
class Field(GroupedMetadata):
    """Declaration of one input.

    Attributes:
        label: message id of the name.
        unit: code of the stored unit ("yuan/t", "ha", "share"; "" for none).
        minimum, maximum, above: range of a number, the last one exclusive.
        min_length, max_length: range of the length of a text or a table.
        help: message id of one sentence that says what to enter.
        group: message id of the heading it stands under.
        choices: message id of each member of an enumeration, by stored value.
        percent: stored as a share, shown and typed in percent.
        other_units: units a person may type in instead, each with its factor to the stored unit.
        suggestions: name of the reference list offered while typing.
        needed: another field's path and the values of it that make this one required.
        offered: another field's path and the values of it under which this one has a meaning.
        default_source: where the default comes from, printed beside it.
        reference: key of the published figure that counts when nothing is entered.
        multiline: text of several lines.
    """

    label: str
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None
    above: float | None = None
    min_length: int | None = None
    max_length: int | None = None
    help: str = ""
    group: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    percent: bool = False
    other_units: tuple[tuple[str, float], ...] = ()
    suggestions: str = ""
    needed: tuple[str, tuple[str, ...]] | None = None
    offered: tuple[str, tuple[str, ...]] | None = None
    default_source: str = ""
    reference: str = ""
    multiline: bool = False

    def __iter__(self) -> Iterator[BaseMetadata]:
        """Yield the constraints in the vocabulary of `annotated_types`."""
        if self.above is not None:
            yield Gt(self.above)
        if self.minimum is not None:
            yield Ge(self.minimum)
        if self.maximum is not None:
            yield Le(self.maximum)
        if self.min_length is not None:
            yield MinLen(self.min_length)
        if self.max_length is not None:
            yield MaxLen(self.max_length)


@dataclass(frozen=True)
class FieldSpec:
    """A field in its place: dotted path, declaration, Python type and default.

    `kind` is the bare type (float, int, str, bool, Decimal, date, a StrEnum, or the row
    dataclass of a table); `section` is true for a nested group of fields that may be absent.
    """

    path: str
    name: str
    field: Field
    kind: type
    optional: bool
    table: bool
    section: bool
    default: Any

    @property
    def required(self) -> bool:
        """Whether a value must be given whatever the other fields say."""
        return self.default is MISSING

    @property
    def has_default(self) -> bool:
        """Whether a figure is used when nothing is entered."""
        return self.default is not MISSING and self.default not in (None, "", ())


def _unwrap(hint: Any) -> tuple[Any, bool]:
    """Strip `None` from a union; return the rest and whether `None` was there."""
    if get_origin(hint) in (Union, UnionType):
        rest = [arg for arg in get_args(hint) if arg is not NoneType]
        return rest[0], len(rest) < len(get_args(hint))
    return hint, False


@cache
def fields_of(cls: type, prefix: str = "") -> tuple[FieldSpec, ...]:
    """Return the declared fields of a case dataclass, sections before their own fields.

    Raises:
        TypeError: a field of the dataclass carries no `Field`.
    """
    hints = get_type_hints(cls, include_extras=True)
    specs: list[FieldSpec] = []
    for entry in dataclass_fields(cls):
        hint = hints[entry.name]
        if get_origin(hint) is not Annotated:
            raise TypeError(f"{cls.__name__}.{entry.name} declares no Field")
        declared = next(meta for meta in get_args(hint)[1:] if isinstance(meta, Field))
        base, optional = _unwrap(get_args(hint)[0])
        table = get_origin(base) is tuple
        kind = get_args(base)[0] if table else base
        section = is_dataclass(kind) and not table
        path = f"{prefix}{entry.name}"
        specs.append(
            FieldSpec(
                path=path,
                name=entry.name,
                field=declared,
                kind=kind,
                optional=optional,
                table=table,
                section=section,
                default=entry.default,
            )
        )
        if section:
            specs.extend(fields_of(kind, f"{path}."))
    return tuple(specs)


@cache
def specs_by_path(cls: type) -> Mapping[str, FieldSpec]:
    """Return the same specs as a mapping from dotted path."""
    return {spec.path: spec for spec in fields_of(cls)}


def choice_label(cls: type, path: str, value: str) -> str:
    """Return the message id of an enumeration's member, by the declaration at `path` of `cls`."""
    return dict(specs_by_path(cls)[path].field.choices)[value]
