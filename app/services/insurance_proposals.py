"""Lines of an insurance the program proposes: published damage curves, published covers.

Each proposal is one change of the draft and says where it comes from.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import date
from typing import Any

from app.i18n import Translator
from app.reference.damage import CURVE_STATUS_LABELS, CurveStatus, DamageCurve, damage_curve
from app.services.documents import Document, value_at, with_value
from app.services.draft import with_provenance
from app.services.insurance_templates import Template, template_of

INSURANCE = "insurance"
DAMAGES = "insurance.damages"
OWN_INPUTS = (
    "quantity",
    "site",
    "first_year",
    "last_year",
    "readings",
    "gaps",
    "history_source",
    "losses",
)
"""Inputs of an index cover that are the insured's own and stay when a clause is taken."""

_MERGED = {"heads": ("name",), "perils": ("peril", "head")}
"""Tables to which a template adds lines, with the columns by which two lines are the same."""


def _curve_source(curve: DamageCurve, tr: Translator) -> str:
    title, source = curve.text("title", tr.language), curve.text("source", tr.language)
    return f"{title}: {source} ({tr(CURVE_STATUS_LABELS[curve.status])})"


def _lines(held: Any) -> list[Any]:
    return list(held) if isinstance(held, list) else []


def with_damage_curve(document: Document, key: str, tr: Translator) -> Document:
    """Return a draft whose table of damages holds a shipped curve, with its source.

    Points of the same name give way, others stay. The draft keeps the points: a later edition of
    the table does not change a case. A proposal of the house is marked assumed.

    Raises:
        KeyError: no curve of this name.
    """
    curve = damage_curve(key)
    kept = [line for line in _lines(value_at(document, DAMAGES)) if line.get("curve") != key]
    added = [
        {"curve": point.curve, "intensity": point.intensity, "damage": point.damage}
        for point in curve.damage_points()
    ]
    source = _curve_source(curve, tr)
    held = document.get("provenance", {}).get(DAMAGES, {}).get("source", "")
    if kept and held and source not in held:
        source = f"{held}; {source}"
    proposal = curve.status is CurveStatus.PROPOSAL
    changed = with_value(document, DAMAGES, [*kept, *added])
    return with_provenance(changed, DAMAGES, "assumed" if proposal else "disclosed", source[:500])


def _merged(held: Any, added: list[dict[str, Any]], columns: tuple[str, ...]) -> list[Any]:
    """Return the lines entered and those of a template; of two of one name the template's."""

    def name(line: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(line.get(column, "") for column in columns)

    names = {name(line) for line in added}
    return [line for line in _lines(held) if name(line) not in names] + added


def _season(document: Document, template: Template) -> dict[str, str]:
    """Return the days of the season from the start of cover on, {} while that is not entered."""
    try:
        start = date.fromisoformat(str(value_at(document, "insurance.period_start")))
    except ValueError:
        return {}
    if template.season is None:
        return {}
    first, last = template.season
    year = start.year if f"{start.year}-{last}" >= start.isoformat() else start.year + 1
    until = year if last >= first else year + 1
    return {"season_start": f"{year}-{first}", "season_end": f"{until}-{last}"}


def _section(document: Document, template: Template, name: str) -> tuple[Document, set[str]]:
    """Return a section as the template states it, own inputs kept, and what the template states."""
    stated = dict(deepcopy(template.insurance[name]))
    if name == "index":
        stated |= _season(document, template)
    held = value_at(document, f"{INSURANCE}.{name}")
    own = {k: v for k, v in held.items() if k in OWN_INPUTS} if isinstance(held, dict) else {}
    return {**(own if name == "index" else {}), **stated}, set(stated)


def _parts(document: Document, template: Template) -> Iterator[tuple[str, Any, set[str]]]:
    """Yield path, new value and paths stated for each part of a template."""
    for name, part in deepcopy(template.insurance).items():
        path = f"{INSURANCE}.{name}"
        if name in _MERGED:
            lines = _merged(value_at(document, path), part, _MERGED[name])
            yield path, lines, {path}
        else:
            section, stated = _section(document, template, name)
            yield path, section, {f"{path}.{field}" for field in stated}


def _without_sources(document: Document, path: str, kept: Mapping[str, Any]) -> Document:
    """Leave out what is said of inputs that the section no longer holds."""
    prefix = f"{path}."
    entries = {
        where: entry
        for where, entry in document.get("provenance", {}).items()
        if not where.startswith(prefix) or where.removeprefix(prefix) in kept
    }
    return {**document, "provenance": entries}


def with_template(document: Document, key: str, tr: Translator) -> Document:
    """Return a draft that holds what the source of a published cover states.

    An index cover or a cover of deliveries takes the place of the one entered, but for the
    insured's own inputs (`OWN_INPUTS`); heads and perils are added. The season needs the start
    of cover, which says of which year it is. What the source leaves open stays open.

    Raises:
        KeyError: no template of this key.
    """
    template = template_of(key)
    source = template.text("source", tr.language)
    for path, value, stated in list(_parts(document, template)):
        document = with_value(document, path, value)
        if isinstance(value, dict):
            document = _without_sources(document, path, value)
        for where in sorted(stated):
            document = with_provenance(document, where, "disclosed", source)
    return document


def replaced_by_template(document: Document, key: str) -> tuple[str, ...]:
    """Return the sections and tables of which a template would take away or change something.

    Raises:
        KeyError: no template of this key.
    """

    def loses(held: Any, value: Any) -> bool:
        if isinstance(held, dict):
            return any(value.get(name) != entered for name, entered in held.items())
        return any(line not in value for line in _lines(held))

    parts = _parts(document, template_of(key))
    return tuple(path for path, value, _stated in parts if loses(value_at(document, path), value))
