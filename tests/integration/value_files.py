"""The shipped cases of valuation, run as another program would run them."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from app.bootstrap import BookMaintenance, open_workbench
from app.cli.book_commands import Doors
from app.cli.commands import build
from app.services.demo import convention_files
from tests.integration.conftest import Run

FILES = {path.name.partition(".")[0]: path for path in convention_files()}


def document(name: str) -> dict[str, Any]:
    """Return a shipped case as plain JSON, to put other numbers in."""
    found: dict[str, Any] = json.loads(FILES[name].read_text(encoding="utf-8"))
    return found


def printed(run: Run, case: dict[str, Any], folder: Path, *arguments: str) -> dict[str, Any]:
    """Return what `bluecarbon` prints for a case; `value` by default."""
    path = folder / "case.bcd.json"
    path.write_text(json.dumps(case), encoding="utf-8")
    command, *options = arguments or ("value", "--no-draw")
    result = run(command, path, "--json", *options)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def at(found: Any, path: str) -> Any:
    """Return what stands at a dotted path."""
    for name in path.split("."):
        found = found[int(name)] if name.isdigit() and isinstance(found, list) else found[name]
    return found


@cache
def values(name: str) -> dict[str, Any]:
    """Return what `bluecarbon value FILE --json --no-draw` prints under `values`."""
    return _printed(name, "--no-draw")


@cache
def drawn(name: str) -> dict[str, Any]:
    """Return the same with what is drawn."""
    return _printed(name)


def _printed(name: str, *options: str) -> dict[str, Any]:
    command = build(Doors(open_workbench, BookMaintenance, lambda: 0))
    result = CliRunner().invoke(command, ["value", str(FILES[name]), "--json", *options])
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)["values"]
    return found


def flows(name: str) -> list[dict[str, Any]]:
    """Return the cash flow that is printed."""
    rows: list[dict[str, Any]] = values(name)["cash_flow"]
    return rows


def appraisal(name: str) -> dict[str, Any]:
    """Return the appraisal as it is entered."""
    found: dict[str, Any] = document(name)["appraisal"]
    return found


def close(expected: float) -> Any:
    """Equal but for the rounding of floating point."""
    return pytest.approx(expected, rel=1e-12, abs=1e-6)


def booked(expected: float) -> Any:
    """Equal but for the rounding to the fen."""
    return pytest.approx(expected, rel=0, abs=0.00501)
