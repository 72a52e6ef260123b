"""Which inputs a method of accounting asks for, and what is known of each before it is typed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.finance.case.carbon.kinds import QuantityMethod
from app.finance.case.case import Case
from app.finance.fields import FieldSpec, fields_of, specs_by_path
from app.finance.sink.tables import Parameter
from app.formats import quantity, unit
from app.i18n import N_, Translator

METHOD_PATH = "project.quantity_method"
Condition = tuple[str, tuple[str, ...]]


class InputState(StrEnum):
    """What a person has to do about an input."""

    REQUIRED = "required"
    CONDITIONAL = "conditional"
    PUBLISHED = "published"
    DEFAULT = "default"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class MethodInput:
    """One input of a method in words; `of_line` is true for a column of the table above it."""

    label: str
    unit: str
    group: str
    state: InputState
    state_text: str
    help: str
    choices: str
    of_line: bool
    reference: str


def _section(spec: FieldSpec) -> FieldSpec | None:
    """Return the section of the project that a field stands in, None straight under it."""
    above = spec.path.rpartition(".")[0]
    return specs_by_path(Case).get(above) if above not in ("", "project") else None


def belongs_to(spec: FieldSpec, engine: QuantityMethod) -> bool:
    """Whether an input of the project is asked for because of the method, and not of any."""
    section = _section(spec)
    if section is not None and not belongs_to(section, engine):
        return False
    condition = spec.field.needed or spec.field.offered
    if condition is None:
        return section is not None
    path, values = condition
    if path == METHOD_PATH:
        return engine.value in values
    other = specs_by_path(Case)[path]
    general = _section(other) is None and not (other.field.needed or other.field.offered)
    return section is not None if general else belongs_to(other, engine)


def _condition_above(spec: FieldSpec) -> Condition | None:
    """Return the choice that brings in the section of a field."""
    section = _section(spec)
    return None if section is None else section.field.needed or section.field.offered


def _choices(spec: FieldSpec, values: tuple[str, ...], tr: Translator) -> str:
    names = dict(spec.field.choices)
    return tr(N_("; ")).join(tr(names.get(value, value)) for value in values)


def _condition(condition: Condition, tr: Translator) -> dict[str, str]:
    other = specs_by_path(Case)[condition[0]]
    return {"field": tr(other.field.label), "choices": _choices(other, condition[1], tr)}


def _default_text(spec: FieldSpec, tr: Translator) -> str:
    if isinstance(spec.default, StrEnum):
        return _choices(spec, (spec.default.value,), tr)
    if isinstance(spec.default, bool):
        return tr(N_("yes")) if spec.default else tr(N_("no"))
    return quantity(spec.default, spec.field.unit, tr)


def published_text(figure: Parameter, tr: Translator) -> str:
    """Say a published default with the place it stands at."""
    value = quantity(figure.value, figure.unit, tr)
    if not figure.clause:
        return tr(N_("published default {value}")).format(value=value)
    text = tr(N_("published default {value}: {clause}"))
    return text.format(value=value, clause=tr(figure.clause))


def state_of(
    spec: FieldSpec, published: Mapping[str, Parameter], tr: Translator
) -> tuple[InputState, str]:
    """Return what a person has to do about an input, as a code and in words.

    A figure that is left empty and has no reference may still be asked for by the choices made
    in the other inputs; it counts as optional here and its help says when it is wanted.
    """
    declared = spec.field
    figure = published.get(declared.reference)
    if figure is not None:
        return InputState.PUBLISHED, published_text(figure, tr)
    if spec.required or declared.needed is not None:
        condition = declared.needed or _condition_above(spec)
        if condition is None or condition[0] == METHOD_PATH:
            return InputState.REQUIRED, tr(N_("required"))
        text = tr(N_("required when “{field}” is: {choices}"))
        return InputState.CONDITIONAL, text.format(**_condition(condition, tr))
    if spec.has_default or isinstance(spec.default, bool):
        value = _default_text(spec, tr)
        return InputState.DEFAULT, tr(N_("default {value}")).format(value=value)
    if declared.offered is not None and declared.offered[0] != METHOD_PATH:
        text = tr(N_("where “{field}” is: {choices}"))
        return InputState.OPTIONAL, text.format(**_condition(declared.offered, tr))
    return InputState.OPTIONAL, tr(N_("where it applies"))


def _input(
    spec: FieldSpec,
    group: str,
    published: Mapping[str, Parameter],
    tr: Translator,
    *,
    of_line: bool,
) -> MethodInput:
    declared = spec.field
    state, text = state_of(spec, published, tr)
    options = tuple(value for value, _name in declared.choices)
    return MethodInput(
        label=tr(declared.label),
        unit="%" if declared.percent else unit(declared.unit, tr),
        group=group,
        state=state,
        state_text=text,
        help=tr(declared.help),
        choices=_choices(spec, options, tr),
        of_line=of_line,
        reference=declared.reference,
    )


def _with_columns(
    spec: FieldSpec, published: Mapping[str, Parameter], tr: Translator
) -> Iterator[MethodInput]:
    section = _section(spec)
    heading = spec.field.group or (section.field.label if section is not None else "")
    group = tr(heading)
    yield _input(spec, group, published, tr, of_line=False)
    if spec.table:
        for column in fields_of(spec.kind):
            yield _input(column, group, published, tr, of_line=True)


def inputs_of_method(
    engine: QuantityMethod, published: Mapping[str, Parameter], tr: Translator
) -> tuple[MethodInput, ...]:
    """Return the inputs that choosing a method brings in, each table with its columns.

    They come in the order of the form, those of one heading together.
    """
    found = [
        row
        for spec in fields_of(Case)
        if spec.path.startswith("project.") and not spec.section and belongs_to(spec, engine)
        for row in _with_columns(spec, published, tr)
    ]
    groups = list(dict.fromkeys(row.group for row in found))
    return tuple(sorted(found, key=lambda row: groups.index(row.group)))
