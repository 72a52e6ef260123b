"""What commands print alike: JSON, lists, alerts, files written; and the open market book."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

import click

from app.cli.book_commands import Doors
from app.cli.columns import columns
from app.cli.refusal import refuse, translator_now
from app.i18n import _ as translate

if TYPE_CHECKING:
    from app.services.market_alerts import Alert
    from app.services.market_desk import MarketDesk


@contextmanager
def open_desk(doors: Doors, *, as_json: bool) -> Iterator["MarketDesk"]:
    """Open the market book; a refusal inside leaves with exit code 2."""
    from app.services.case_file import CaseRefused  # noqa: PLC0415

    workbench = doors.open_workbench()
    try:
        yield workbench.market
    except CaseRefused as refused:
        refuse(list(refused.problems), as_json=as_json)
    finally:
        workbench.close()


def json_option(command: Callable[..., None]) -> Callable[..., None]:
    return click.option("--json", "as_json", is_flag=True, help=translate("Print JSON."))(command)


def plain(value: Any) -> Any:
    """Return a value as JSON holds it."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(name): plain(entry) for name, entry in value.items()}
    if isinstance(value, list | tuple):
        return [plain(entry) for entry in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def say_json(**parts: Any) -> None:
    click.echo(json.dumps(plain(parts), ensure_ascii=False, indent=2, allow_nan=False))


def written_text(file: object, size: int) -> str:
    """Say that a file was written, with its bytes."""
    return translate("Wrote {file} ({size} bytes).").format(file=file, size=f"{size:,}")


def alerts_json(alerts: "Iterable[Alert]") -> list[dict[str, Any]]:
    """Return alerts with their words, as JSON holds them."""
    from app.services.market_alerts import alert_text  # noqa: PLC0415

    tr = translator_now()
    return [plain(alert) | {"text": alert_text(alert, tr)} for alert in alerts]


def say_alerts(alerts: "Iterable[Alert]", *, err: bool = False) -> None:
    """Print alerts in words, one a line; with `err` on stderr."""
    from app.services.market_alerts import alert_text  # noqa: PLC0415

    for alert in alerts:
        click.echo(alert_text(alert, translator_now()), err=err)


def say_rows(heads: Sequence[str], rows: Sequence[Sequence[str]], texts: int) -> None:
    if not rows:
        click.echo(translate("There is nothing in it yet."))
        return
    for line in columns([[translate(head) for head in heads], *rows], texts=texts):
        click.echo(line)
