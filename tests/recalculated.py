"""Workbooks as LibreOffice computes them anew, held against what stands in their cells."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_office = pytest.mark.skipif(
    SOFFICE is None, reason="LibreOffice is not installed: no second program to compute with"
)

_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"
 xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"
 oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
"""A profile that computes every formula of a workbook anew when it is opened."""

FEN = 0.005

ALL_WORKBOOKS = "BLUECARBON_ALL_WORKBOOKS"
"""Set it to compute every workbook anew: LibreOffice takes seconds for one, all take minutes."""


def some(titles: Sequence[str]) -> Sequence[str]:
    """Return all of them where that is asked for, else every third."""
    return titles if os.environ.get(ALL_WORKBOOKS) else titles[::3]


def _run(files: Sequence[Path], folder: Path, kind: str, target: Path) -> None:
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_ALWAYS, encoding="utf-8")
    command = [
        str(SOFFICE),
        "--headless",
        "--norestore",
        f"-env:UserInstallation={profile.resolve().as_uri()}",
        "--convert-to",
        kind,
        "--outdir",
        str(target),
        *map(str, files),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=280)  # noqa: S603


def converted(files: Sequence[Path], folder: Path, kind: str = "xlsx") -> list[Path]:
    """Open the files in LibreOffice, all in one run, compute them anew, store them in a folder."""
    found = folder / f"as-{kind}"
    _run(files, folder, kind, found)
    return [found / f"{path.stem}.{kind}" for path in files]


def csv_texts(file: Path, folder: Path) -> dict[str, str]:
    """Return each page of a workbook as LibreOffice writes it as CSV, formulas as values."""
    every_page = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    _run([file], folder, every_page, folder / "csv")
    start = f"{file.stem}-"
    return {
        path.stem.removeprefix(start): path.read_text(encoding="utf-8")
        for path in sorted((folder / "csv").glob(f"{start}*.csv"))
    }


@cache
def cells(path: Path, *, formulas: bool = False) -> dict[tuple[str, str], Any]:
    """Return what stands in each cell that is not empty, by page and address."""
    book = load_workbook(path, data_only=not formulas)
    return {
        (page.title, place.coordinate): place.value
        for page in book.worksheets
        for row in page.iter_rows()
        for place in row
        if place.value is not None
    }


@cache
def named(path: Path) -> dict[str, Any]:
    """Return the value of each cell that has a name."""
    book = load_workbook(path, data_only=True)
    found = {}
    for name, entry in book.defined_names.items():
        for page, address in entry.destinations:
            if ":" not in address:
                found[name] = book[page][address.replace("$", "")].value
    return found


def differences(written: Path, computed: Path) -> Iterator[str]:
    """Yield each formula whose value, computed anew, is not the one written beside it."""
    formulas, before = cells(written, formulas=True), cells(written)
    after = cells(computed)
    for place, formula in formulas.items():
        if not (isinstance(formula, str) and formula.startswith("=")):
            continue
        stood, stands = before.get(place), after.get(place)
        if isinstance(stood, int | float) and isinstance(stands, int | float):
            if (
                abs(stood - stands) < FEN
                and abs(stood - stands) <= 1e-6 * max(1, abs(stood)) + 1e-4
            ):
                continue
        elif stood == stands:
            continue
        yield f"{written.name} {place}: {formula} stood {stood!r}, computed {stands!r}"


def changed(path: Path, target: Path, **inputs: float) -> Path:
    """Copy a workbook with other values in cells that have a name, as a reader types them."""
    book = load_workbook(path)
    for name, value in inputs.items():
        page, address = next(iter(book.defined_names[name].destinations))
        book[page][address.replace("$", "")].value = value
    book.save(target)
    return target
