"""The template of the house: as the book keeps it, and as a file of the command line."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.finance.case.problems import Problem
from app.finance.errors import DomainError
from app.messages import domain_problem
from app.reports.house import MAX_LOGO_BYTES, House, house_document, house_problems, read_house
from app.services.case_file import CaseRefused
from app.services.imported import file_refused, read_bounded
from app.services.ports import HouseRecord

_MAX_BYTES = 100_000


def stored_house(record: HouseRecord | None) -> House:
    """Return the template of a record of the book; that of the program without one."""
    return House() if record is None else read_house(record.document, record.logo)[0]


def template_document(house: House) -> dict[str, Any]:
    """Return a template as the plain document that a file of it holds, without the logo."""
    return house_document(house)


def checked_house(house: House) -> House:
    """Return a template if documents can be printed with it.

    Raises:
        CaseRefused: with everything that is wrong with it, signs that cannot be drawn included.
    """
    problems = house_problems(house) or [*_undrawable(house), *_broken_logo(house)]
    if problems:
        raise CaseRefused(problems)
    return house


def _undrawable(house: House) -> Iterator[Problem]:
    from app.reports.fonts import checked  # noqa: PLC0415 - loads reportlab

    for language in ("zh", "en"):
        for name, value in template_document(house)[language].items():
            for text in value if isinstance(value, list) else [value]:
                try:
                    checked(text, f"{language}.{name}")
                except DomainError as error:
                    yield domain_problem(error)


def _broken_logo(house: House) -> Iterator[Problem]:
    from reportlab.lib.utils import ImageReader  # noqa: PLC0415

    if house.logo:
        try:
            ImageReader(io.BytesIO(house.logo)).getRGBData()  # type: ignore[no-untyped-call]
        except Exception:  # noqa: BLE001 - whatever the reader of pictures stumbles over
            yield Problem("logo", "no_picture", "")


def read_house_file(path: Path, logo: Path | None = None) -> House:
    """Return the template in a JSON file, with the logo of a picture file.

    Raises:
        CaseRefused: "no_template", or everything that is wrong with it.
    """
    try:
        document = json.loads(_bytes(path, _MAX_BYTES).decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise file_refused("no_template", path.name) from error
    if not isinstance(document, dict):
        raise file_refused("no_template", path.name)
    picture = b"" if logo is None else _bytes(logo, MAX_LOGO_BYTES)
    house, problems = read_house(document, picture)
    if problems:
        raise CaseRefused(problems)
    return checked_house(house)


def _bytes(path: Path, most: int) -> bytes:
    try:
        return read_bounded(path, most)
    except OSError as error:
        reason = error.strerror or str(error)
        raise file_refused("not_readable", path.name, reason=reason) from error
