"""The JSON Schema of a case file, from the same declarations as the form."""

from typing import Any

from app.finance.case.case import Case
from app.finance.case.provenance import ProvenanceKind
from app.finance.fields import fields_of
from app.i18n import Translator
from app.services.case_file import CASE_ADAPTER, SCHEMA_VERSION


def _annotate(schema: dict[str, Any], cls: type, tr: Translator) -> None:
    """Put label, help, unit and choices of each declared field into its property."""
    properties = schema["properties"]
    for spec in fields_of(cls):
        if "." in spec.path:
            continue
        target = properties[spec.name]
        target["title"] = tr(spec.field.label)
        if spec.field.help:
            target["description"] = tr(spec.field.help)
        if spec.field.unit:
            target["x-unit"] = spec.field.unit
        if spec.field.other_units:
            target["x-units"] = [spec.field.unit, *(code for code, _ in spec.field.other_units)]
        if spec.field.reference:
            target["x-published"] = spec.field.reference
        if spec.field.choices:
            target["x-choices"] = {value: tr(name) for value, name in spec.field.choices}
        if spec.field.needed is not None:
            path, values = spec.field.needed
            target["x-needed"] = {"when": path, "is": list(values)}
        if spec.field.offered is not None:
            path, values = spec.field.offered
            target["x-offered"] = {"when": path, "is": list(values)}


def case_schema(tr: Translator) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a case file; titles in `tr`'s language."""
    schema = CASE_ADAPTER.json_schema(mode="validation")
    definitions = schema["$defs"]
    for spec in fields_of(Case):
        if spec.section or spec.table:
            _annotate(definitions[spec.kind.__name__], spec.kind, tr)
    _annotate(schema, Case, tr)
    schema["properties"] = {
        "schema_version": {"const": SCHEMA_VERSION, "type": "integer"},
        **schema["properties"],
        "provenance": {
            "type": "object",
            "title": tr("Provenance"),
            "additionalProperties": {
                "type": "object",
                "properties": {
                    "kind": {"enum": [kind.value for kind in ProvenanceKind]},
                    "source": {"type": "string", "maxLength": 500},
                },
                "required": ["kind"],
                "additionalProperties": False,
            },
        },
    }
    schema["required"] = ["schema_version", *schema["required"]]
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return schema
