"""Commands on the market book: lists, exchange rates, alerts, estimates."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from app.cli.book_commands import Doors
from app.cli.columns import columns
from app.cli.market_comparison import check_command, correlate_command
from app.cli.market_import import import_command
from app.cli.market_output import (
    alerts_json,
    json_option,
    open_desk,
    plain,
    say_alerts,
    say_json,
    say_rows,
)
from app.cli.refusal import translator_now
from app.formats import number, percent
from app.i18n import N_, active_language
from app.i18n import _ as translate

if TYPE_CHECKING:
    from app.finance.valuation.estimation import Estimated, SeriesEstimate
    from app.services.market_desk import MarketDesk


def _records_command(doors: Doors) -> click.Command:
    @click.command("records", help=translate("List the deals and quotes of the market book."))
    @json_option
    def records(as_json: bool) -> None:
        with open_desk(doors, as_json=as_json) as desk:
            found = desk.records()
        if as_json:
            say_json(records=found)
            return
        language = active_language()
        heads = (N_("Record no."), N_("Date"), N_("Place"), N_("Ecosystem"), N_("Trade method"),
                 N_("Currency"), N_("Price a tonne"), N_("Volume"))  # fmt: skip
        rows = [
            (
                record.record_id,
                record.said("day_text", language),
                record.said("place", language),
                _choice("ecosystem", record.ecosystem),
                _choice("method", record.method),
                record.currency,
                number(record.price),
                number(record.volume_t, 1),
            )
            for record in found
        ]
        say_rows(heads, rows, texts=6)

    return records


def _choice(column: str, code: str) -> str:
    from app.finance.fields import choice_label  # noqa: PLC0415
    from app.services.market_lines import RecordLine  # noqa: PLC0415

    return translate(choice_label(RecordLine, column, code))


def _series_command(doors: Doors) -> click.Command:
    @click.command("series", help=translate("List the price series, or the points of one."))
    @click.argument("name", required=False)
    @json_option
    def series(name: str | None, as_json: bool) -> None:
        with open_desk(doors, as_json=as_json) as desk:
            if name is None:
                names = list(desk.series_names())
                points = []
            else:
                names = []
                points = list(_known_series(desk, name))
        if as_json:
            say_json(**({"series": names} if name is None else {"name": name, "points": points}))
            return
        if name is None:
            for text in names:
                click.echo(text)
            return
        from app.reference.market_data import SERIES_BASIS_LABELS  # noqa: PLC0415

        labels = dict(SERIES_BASIS_LABELS)
        rows = [
            (
                point.day.isoformat(),
                translate(labels[point.basis]),
                point.currency,
                number(point.price),
                number(point.volume_t, 0),
            )
            for point in points
        ]
        heads = (N_("Date"), N_("Basis"), N_("Currency"), N_("Price a tonne"), N_("Volume"))
        say_rows(heads, rows, texts=3)

    return series


def _known_series(desk: "MarketDesk", name: str) -> Sequence[Any]:
    """Return the points of a series.

    Raises:
        CaseRefused: there is no such series.
    """
    from app.finance.case.problems import Problem  # noqa: PLC0415
    from app.services.case_file import CaseRefused  # noqa: PLC0415

    points = desk.series(name)
    if not points:
        facts = {"known": list(desk.series_names())}
        raise CaseRefused([Problem("market.series", "unknown_series", name, facts)])
    return points


def _fx_command(doors: Doors) -> click.Command:
    @click.command("fx", help=translate("List the exchange rates."))
    @json_option
    def fx(as_json: bool) -> None:
        with open_desk(doors, as_json=as_json) as desk:
            rates = desk.fx()
        if as_json:
            say_json(fx=rates)
            return
        rows = [
            (rate.rate_id, rate.currency, rate.day.isoformat(), rate.source, number(rate.yuan, 6))
            for rate in rates
        ]
        heads = (
            N_("Record no."),
            N_("Currency"),
            N_("Date"),
            N_("Source"),
            N_("Yuan for one unit"),
        )
        say_rows(heads, rows, texts=4)

    return fx


def _add_fx_command(doors: Doors) -> click.Command:
    @click.command("add-fx", help=translate("Add an exchange rate: yuan for one unit."))
    @click.argument("currency")
    @click.argument("day")
    @click.argument("yuan", type=float)
    @click.option("--source", default="", help=translate("Where the rate was read."))
    @json_option
    def add_fx(currency: str, day: str, yuan: float, source: str, as_json: bool) -> None:
        with open_desk(doors, as_json=as_json) as desk:
            before = desk.alerts()
            rate = desk.add_fx(currency, day, yuan, source)
            alerts = desk.new_alerts(before)
        if as_json:
            say_json(added=rate, alerts=alerts_json(alerts))
            return
        say_alerts(alerts, err=True)
        text = translate("Added: {currency}, {day}, {yuan} yuan.")
        click.echo(
            text.format(currency=rate.currency, day=rate.day.isoformat(), yuan=f"{rate.yuan:g}")
        )

    return add_fx


def _remove_command(doors: Doors) -> click.Command:
    @click.command("remove", help=translate("Delete rows of your own by their numbers."))
    @click.argument("numbers", nargs=-1, required=True)
    @json_option
    def remove(numbers: tuple[str, ...], as_json: bool) -> None:
        with open_desk(doors, as_json=as_json) as desk:
            gone = desk.remove(numbers)
        if as_json:
            say_json(removed=gone)
            return
        click.echo(translate("Rows deleted: {count}.").format(count=gone))

    return remove


def _alerts_command(doors: Doors) -> click.Command:
    @click.command("alerts", help=translate("List deals and prices outside their band."))
    @json_option
    def alerts(as_json: bool) -> None:
        with open_desk(doors, as_json=as_json) as desk:
            found = desk.alerts()
        if as_json:
            say_json(alerts=alerts_json(found))
            return
        say_alerts(found)
        if not found:
            click.echo(translate("No price is outside its band."))

    return alerts


def _estimate_command(doors: Doors) -> click.Command:
    @click.command(
        "estimate", help=translate("Estimate volatility and mean reversion from a series.")
    )
    @click.argument("name")
    @click.option(
        "--longest-gap",
        "longest_gap_days",
        type=click.IntRange(1, 3660),
        default=366,
        show_default=True,
        help=translate("Longest gap bridged in the series, in days."),
    )
    @json_option
    def estimate(name: str, longest_gap_days: int, as_json: bool) -> None:
        from app.messages import notice_text  # noqa: PLC0415

        with open_desk(doors, as_json=as_json) as desk:
            found = desk.estimate(name, longest_gap_days)
        tr = translator_now()
        if as_json:
            told = [plain(notice) | {"text": notice_text(notice, tr)} for notice in found.notices]
            say_json(name=name, **(plain(found) | {"notices": told}))
            return
        for line in columns(_estimate_rows(found), texts=1):
            click.echo(line)
        for notice in found.notices:
            click.echo(notice_text(notice, tr), err=True)

    return estimate


def _estimate_rows(found: "SeriesEstimate") -> list[tuple[str, str, str]]:
    """Return name, figure and standard error of each parameter."""
    rows = [
        (translate("Volatility a year"), *_shares(found.volatility)),
        (translate("Drift a year"), *_shares(found.drift)),
    ]
    if found.reversion is not None:
        back = found.reversion
        rows += [
            (translate("Speed of mean reversion a year"), *_numbers(back.speed)),
            (translate("Long-run price"), *_numbers(back.long_run_price)),
            (translate("Volatility a year, mean-reverting"), *_shares(back.volatility)),
            (translate("Half-life in years"), number(back.half_life_yr), ""),
        ]
    rows += [
        (translate("Jumps a year"), *_numbers(found.jumps.per_year)),
        (translate("Volatility a year without jumps"), *_shares(found.jumps.volatility)),
    ]
    head = translate("From {first} to {last}, {count} returns").format(
        first=found.first_day.isoformat(),
        last=found.last_day.isoformat(),
        count=found.observations,
    )
    return [(head, translate("Estimate"), translate("Standard error")), *rows]


def _shares(found: "Estimated") -> tuple[str, str]:
    error = found.standard_error
    return percent(found.value), percent(error) if error is not None else ""


def _numbers(found: "Estimated") -> tuple[str, str]:
    error = found.standard_error
    return number(found.value), number(error) if error is not None else ""


def market_commands(doors: Doors) -> list[click.Command]:
    """Return the commands on the market book, in one group."""

    @click.group("market", help=translate("Look at the market book and add to it."))
    def market() -> None:
        pass

    for command in (
        _records_command(doors),
        _series_command(doors),
        _fx_command(doors),
        _alerts_command(doors),
        _estimate_command(doors),
        correlate_command(doors),
        check_command(doors),
        import_command(doors),
        _add_fx_command(doors),
        _remove_command(doors),
    ):
        market.add_command(command)
    return [market]
