"""The template of a house: logo, colour, offices, disclaimers, signature blocks, numbering."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any

from app.finance.case.problems import Problem

MAX_LOGO_BYTES = 2_000_000
MAX_LINE = 200
MAX_TEXT = 2000
MAX_SIGNERS = 8
SEA = "#0B6E75"
"""The colour of a house that has chosen none."""

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_TOKEN = re.compile(r"\{([a-z]+)(?::0(\d))?\}")
TOKENS = ("kind", "year", "month", "serial", "case")
"""What a pattern of numbers may hold in braces; `serial` takes a width, as in {serial:04}."""


class Negative(StrEnum):
    """How a negative figure is printed."""

    MINUS = "minus"
    PARENTHESES = "parentheses"


@dataclass(frozen=True, slots=True)
class HouseTexts:
    """What the house says in one language; empty texts are left out."""

    name: str = ""
    office: str = ""
    address: str = ""
    disclaimer: str = ""
    confidentiality: str = ""
    signers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class House:
    """A template; the default prints as a program without one does.

    `logo` holds the bytes of a PNG or JPEG. `number_pattern` makes the numbers of final
    documents; `signers` of a language, where there are any, take the place of the roles that
    sign a document of the program.
    """

    zh: HouseTexts = field(default_factory=HouseTexts)
    en: HouseTexts = field(default_factory=HouseTexts)
    colour: str = SEA
    negative: Negative = Negative.MINUS
    number_pattern: str = "{kind}-{year}-{serial:04}"
    logo: bytes = b""

    def texts(self, language: str) -> HouseTexts:
        """Return the texts of "zh" or "en"."""
        return self.en if language == "en" else self.zh

    @property
    def digest(self) -> str:
        """First 12 hex digits of SHA-256 over the template; "" for the default one."""
        if self == House():
            return ""
        text = json.dumps(house_document(self), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode() + self.logo).hexdigest()[:12]


_KNOWN = tuple(entry.name for entry in fields(House) if entry.name != "logo")


def house_document(house: House) -> dict[str, Any]:
    """Return a template as a plain document, without the logo."""
    document = asdict(house)
    document.pop("logo")
    document["negative"] = house.negative.value
    for language in ("zh", "en"):
        document[language]["signers"] = list(document[language]["signers"])
    return document


def read_house(document: Mapping[str, Any], logo: bytes = b"") -> tuple[House, list[Problem]]:
    """Return the template a plain document holds and what is wrong with it."""
    problems = [
        Problem(name, "unknown_field", name, {"known": ", ".join(_KNOWN)})
        for name in document
        if name not in _KNOWN
    ]
    texts: dict[str, HouseTexts] = {}
    for language in ("zh", "en"):
        texts[language], found = _read_texts(document.get(language, {}), language)
        problems += found
    house = House(texts["zh"], texts["en"], logo=logo)
    colour, pattern = (
        document.get(name, getattr(house, name)) for name in ("colour", "number_pattern")
    )
    problems += [
        Problem(name, "not_a_text", str(value))
        for name, value in (("colour", colour), ("number_pattern", pattern))
        if not isinstance(value, str)
    ]
    house = replace(house, colour=str(colour), number_pattern=str(pattern))
    negative = document.get("negative", house.negative.value)
    if negative in list(Negative):
        house = replace(house, negative=Negative(negative))
    else:
        known = {"known": ", ".join(Negative)}
        problems.append(Problem("negative", "unknown_choice", str(negative), known))
    return house, [*problems, *house_problems(house)]


def _read_texts(document: object, language: str) -> tuple[HouseTexts, list[Problem]]:
    if not isinstance(document, Mapping):
        return HouseTexts(), [Problem(language, "not_a_section", str(document))]
    known = {entry.name for entry in fields(HouseTexts)}
    problems = [
        Problem(f"{language}.{name}", "unknown_field", name, {"known": ", ".join(sorted(known))})
        for name in document
        if name not in known
    ]
    held: dict[str, Any] = {}
    for name in known & set(document):
        value = document[name]
        if name == "signers":
            if isinstance(value, list) and all(isinstance(line, str) for line in value):
                held[name] = tuple(value)
                continue
        elif isinstance(value, str):
            held[name] = value
            continue
        problems.append(Problem(f"{language}.{name}", "not_a_text", str(value)))
    return HouseTexts(**held), problems


def house_problems(house: House) -> list[Problem]:
    """Return what is wrong with a template."""
    found: list[Problem] = []
    if not _COLOUR.fullmatch(house.colour):
        found.append(Problem("colour", "not_a_colour", house.colour))
    if not pattern_holds(house.number_pattern):
        known = {"known": ", ".join(TOKENS)}
        found.append(Problem("number_pattern", "bad_pattern", house.number_pattern, known))
    if len(house.logo) > MAX_LOGO_BYTES:
        facts = {"limit": MAX_LOGO_BYTES}
        found.append(Problem("logo", "logo_too_large", "", facts))
    if house.logo and not house.logo.startswith((b"\x89PNG\r\n", b"\xff\xd8\xff")):
        found.append(Problem("logo", "no_picture", ""))
    for language in ("zh", "en"):
        found += _text_problems(house.texts(language), language)
    return found


def _text_problems(texts: HouseTexts, language: str) -> list[Problem]:
    found: list[Problem] = []
    for name in ("name", "office", "address", "disclaimer", "confidentiality"):
        text = getattr(texts, name)
        limit = MAX_TEXT if name in ("disclaimer", "confidentiality") else MAX_LINE
        if len(text) > limit:
            found.append(Problem(f"{language}.{name}", "text_too_long", text, {"limit": limit}))
    if len(texts.signers) > MAX_SIGNERS:
        facts = {"limit": MAX_SIGNERS}
        found.append(Problem(f"{language}.signers", "too_many", len(texts.signers), facts))
    return found


def tokens_of(pattern: str) -> set[str]:
    """Return the words in braces of a pattern of numbers."""
    return {match[1] for match in _TOKEN.finditer(pattern)}


def pattern_holds(pattern: str) -> bool:
    """Whether a pattern of numbers holds known tokens only, the serial number among them."""
    names = tokens_of(pattern)
    rest = _TOKEN.sub("", pattern)
    return (
        "serial" in names
        and names <= set(TOKENS)
        and not any(sign in rest for sign in '{}\\/:*?"<>|')
        and len(pattern) <= 60
    )


def numbered(pattern: str, *, kind: str, day: date, serial: int, case: str) -> str:
    """Return the number of a final document: `kind` its letters, `case` the code of the case."""
    values = {
        "kind": kind,
        "year": f"{day.year}",
        "month": f"{day.month:02}",
        "serial": str(serial),
        "case": case,
    }
    return _TOKEN.sub(lambda match: values[match[1]].zfill(int(match[2] or 0)), pattern)
