"""The shipped cases of insurance, run as another program would run them."""

import json
from functools import cache
from typing import Any

from click.testing import CliRunner

from app.bootstrap import BookMaintenance, open_workbench
from app.cli.book_commands import Doors
from app.cli.commands import build
from app.services.demo import demo_files, insurance_files

FILES = {path.name.partition(".")[0]: path for path in insurance_files()}
BOOK = {
    path.name.partition(".")[0]: path
    for path in demo_files()
    if "insurance" in json.loads(path.read_text(encoding="utf-8"))
}
"""Cases of the demonstration book that are insured."""


@cache
def text(name: str) -> str:
    """Return a shipped file."""
    return (FILES | BOOK)[name].read_text(encoding="utf-8")


def terms(name: str) -> dict[str, Any]:
    """Return the insurance as it is entered."""
    found: dict[str, Any] = json.loads(text(name))["insurance"]
    return found


@cache
def printed(name: str) -> dict[str, Any]:
    """Return what `bluecarbon insure FILE --json` prints of the insurance."""
    group = build(Doors(open_workbench, BookMaintenance, lambda: 0))
    result = CliRunner().invoke(group, ["insure", str((FILES | BOOK)[name]), "--json"])
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)["insurance"]
    return found
