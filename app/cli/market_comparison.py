"""Commands that compare: two price series, the price of a case and the deals of the book."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.cli.book_commands import Doors
from app.cli.market_output import json_option, open_desk, plain, say_json
from app.cli.refusal import translator_now
from app.formats import number, percent
from app.i18n import _ as translate

if TYPE_CHECKING:
    from app.finance.valuation.series_correlation import SeriesCorrelation


def _correlation_said(one: str, other: str, found: "SeriesCorrelation") -> str:
    if found.low is None or found.high is None:
        text = translate(
            "{one} and {other}: correlation of the changes {correlation}, without an interval "
            "because all of them lie on one line; {days} common days from {first} to {last}."
        )
    else:
        text = translate(
            "{one} and {other}: correlation of the changes {correlation}, {confidence} interval "
            "{low} to {high}; {days} common days from {first} to {last}."
        )
    return text.format(
        one=one,
        other=other,
        correlation=number(found.correlation, 3),
        confidence=percent(found.confidence, 0),
        low=number(found.low, 3),
        high=number(found.high, 3),
        days=found.observations + 1,
        first=found.first_day.isoformat(),
        last=found.last_day.isoformat(),
    )


def correlate_command(doors: Doors) -> click.Command:
    """Return the command that says how far two series move together."""

    @click.command("correlate", help=translate("Correlate the price changes of two series."))
    @click.argument("one")
    @click.argument("other")
    @json_option
    def correlate(one: str, other: str, as_json: bool) -> None:
        from app.messages import notice_text  # noqa: PLC0415

        with open_desk(doors, as_json=as_json) as desk:
            found = desk.correlate(one, other)
        tr = translator_now()
        if as_json:
            told = [plain(notice) | {"text": notice_text(notice, tr)} for notice in found.notices]
            days = found.observations + 1
            say_json(one=one, other=other, common_days=days, **(plain(found) | {"notices": told}))
            return
        click.echo(_correlation_said(one, other, found))
        for notice in found.notices:
            click.echo(notice_text(notice, tr), err=True)

    return correlate


def check_command(doors: Doors) -> click.Command:
    """Return the command that holds the price of a case against the deals of the book."""
    text = translate("Hold the price of a case against the deals known on its valuation date.")

    @click.command("check", help=text)
    @click.argument("case", type=click.Path(path_type=Path))
    @json_option
    def check(case: Path, as_json: bool) -> None:
        from app.services.case_file import read_file  # noqa: PLC0415
        from app.services.market_check import check_text  # noqa: PLC0415

        with open_desk(doors, as_json=as_json) as desk:
            found = desk.price_check(read_file(case).case)
        said = check_text(found, translator_now())
        if as_json:
            say_json(**(plain(found) | {"text": said}))
            return
        click.echo(said)

    return check
