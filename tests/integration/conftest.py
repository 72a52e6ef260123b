"""The command line as another program calls it, and a case file for it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from app.bootstrap import BookMaintenance, open_workbench
from app.cli.book_commands import Doors
from app.cli.commands import build

Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    """Run `bluecarbon` with arguments; no window."""
    doors = Doors(open_workbench, BookMaintenance, lambda: 0)

    def invoke(*arguments: object) -> Result:
        return CliRunner().invoke(build(doors), [str(argument) for argument in arguments])

    return invoke


@pytest.fixture
def case(tmp_path: Path, document: dict[str, Any]) -> Path:
    path = tmp_path / "case.bcd.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path
