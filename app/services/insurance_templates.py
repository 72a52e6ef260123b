"""Templates of published covers: what the source states of a clause, and what it leaves open."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from app.finance.case.cover.perils import Peril
from app.paths import resources
from app.reference.market_data import Verified


@dataclass(frozen=True, slots=True)
class OpenInput:
    """An input that the source does not give; `path` is the field or the table it stands in."""

    path: str
    text: str
    text_zh: str


@dataclass(frozen=True, slots=True)
class Template:
    """A published cover; texts with `_zh` are Chinese.

    Attributes:
        key: name of the template.
        place: where the cover was placed or meant, "" for none.
        perils: what it covers; () for an index that no one peril stands behind.
        season: first and last day of the season as MM-DD, None where it was not published.
        verified: whether the source was read, in full or in part.
        open_inputs: what must or may still be entered.
        insurance: the part of an insurance document that the source states; a line of a table
            may lack a cell, which then is one of the open inputs.
    """

    key: str
    name: str
    name_zh: str
    place: str
    place_zh: str
    perils: tuple[Peril, ...]
    source: str
    source_zh: str
    notes: str
    notes_zh: str
    verified: Verified
    season: tuple[str, str] | None
    open_inputs: tuple[OpenInput, ...]
    insurance: Mapping[str, Any]

    def text(self, name: str, language: str) -> str:
        """Return a text by its name in a language."""
        return str(getattr(self, f"{name}_zh" if language == "zh" else name))


def _read(path: Path) -> tuple[int, Template]:
    raw = json.loads(path.read_text(encoding="utf-8"))
    season = raw.get("season")
    template = Template(
        key=raw["key"],
        perils=tuple(map(Peril, raw["perils"])),
        verified=Verified(raw["verified"]),
        season=None if season is None else (season["start"], season["end"]),
        open_inputs=tuple(OpenInput(**entry) for entry in raw["open"]),
        insurance=raw["insurance"],
        **{
            name: raw[name]
            for base in ("name", "place", "source", "notes")
            for name in (base, f"{base}_zh")
        },
    )
    return raw["order"], template


@cache
def load_templates() -> tuple[Template, ...]:
    """Return the shipped templates, index covers first."""
    files = (resources() / "templates" / "insurance").glob("*.json")
    return tuple(template for _order, template in sorted(map(_read, files), key=lambda one: one[0]))


def template_of(key: str) -> Template:
    """Return a template by its key.

    Raises:
        KeyError: no template of this key.
    """
    return {template.key: template for template in load_templates()}[key]


def template_json(template: Template) -> dict[str, Any]:
    """Return a template as JSON prints it."""
    season = template.season
    return {
        "key": template.key,
        "name": template.name,
        "name_zh": template.name_zh,
        "place": template.place,
        "place_zh": template.place_zh,
        "perils": [peril.value for peril in template.perils],
        "source": template.source,
        "source_zh": template.source_zh,
        "verified": template.verified.value,
        "notes": template.notes,
        "notes_zh": template.notes_zh,
        "season": None if season is None else {"start": season[0], "end": season[1]},
        "open": [
            {"path": entry.path, "text": entry.text, "text_zh": entry.text_zh}
            for entry in template.open_inputs
        ],
        "insurance": dict(template.insurance),
    }
