"""The command that puts one event on all policies and pledged loans of the book."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from app.cli.book_commands import Doors
from app.cli.fact_lines import MARK, fact_lines, section, table_lines
from app.cli.hazard_commands import AVERAGINGS, WINDS, tracks_of, wind_options
from app.cli.loan_book_command import reading
from app.cli.market_output import json_option, say_json
from app.cli.refusal import refuse, translator_now
from app.i18n import N_
from app.i18n import _ as translate

if TYPE_CHECKING:
    from app.finance.insurance.accumulation_results import Accumulation
    from app.reports.fact_tables import FactTable
    from app.services.accumulate_storms import StormChoice
    from app.services.accumulation import AccumulationBook

_DAY = "%Y-%m-%d"
_PLACED = {"at": (3, "--at"), "worst_at": (2, "--worst-at")}
"""Events at a place: how many numbers they take, and their option."""


def _numbers(text: str, count: int, option: str) -> list[float]:
    """Return numbers with commas between them."""
    try:
        found = [float(part) for part in text.split(",")]
    except ValueError:
        found = []
    if len(found) != count:
        said = translate("{count} numbers with commas between them, not {text}.")
        raise click.BadParameter(said.format(count=count, text=text), param_hint=option)
    return found


def _storms(options: dict[str, Any]) -> "StormChoice":
    """Return tracks, curve and wind as chosen."""
    from app.finance.insurance.hazard_sites import SiteWind  # noqa: PLC0415
    from app.finance.insurance.hazard_tracks import Averaging  # noqa: PLC0415
    from app.finance.insurance.hazard_wind import Exposure  # noqa: PLC0415
    from app.services.accumulation_questions import WorstQuestion  # noqa: PLC0415

    question = WorstQuestion(
        curve=options["curve"] or "",
        curve_points="" if options["curve"] else options["curve_points"] or "",
        averaging=Averaging(options["averaging"]) if options["averaging"] else None,
        wind=SiteWind(options["wind"]),
        radius_km=options["radius"],
        exposure=Exposure(options["exposure"]),
    )
    return question.storms(tracks_of(options["tracks"], options["agency"]))


def _chosen(options: dict[str, Any]) -> str:
    """Return the one event that was named."""
    names = {
        "at": options["at"],
        "storm": options["storm"],
        "worst_at": options["worst_at"],
        "worst": options["worst"],
        "reported": options["reported"],
    }
    found = [name for name, value in names.items() if value]
    if len(found) != 1:
        text = translate("Name one event: --at, --storm, --worst-at, --worst or --reported.")
        raise click.UsageError(text)
    if found[0] == "at" and options["damage"] is None:
        raise click.UsageError(translate("--at needs --damage."))
    return found[0]


def _event(
    kind: str,
    book: "AccumulationBook",
    options: dict[str, Any],
    place: list[float],
    choice: "StormChoice | None",
) -> "Accumulation":
    from app.services import accumulate, accumulate_storms  # noqa: PLC0415
    from app.services.accumulate_choices import reported_event  # noqa: PLC0415

    if kind == "reported":
        return accumulate.at_reported(book, reported_event(options["reported"]))
    if kind == "at" or choice is None:
        latitude, longitude, radius = place
        return accumulate.at_footprint(
            book,
            latitude=latitude,
            longitude=longitude,
            radius_km=radius,
            damage=options["damage"],
            month=options["month"],
        )
    if kind == "storm":
        return accumulate_storms.at_storm(book, choice, options["storm"], options["year"])
    if kind == "worst_at":
        return accumulate_storms.at_worst_of_site(book, choice, place[0], place[1])
    with reading(translate("Cases taken through all storms")) as progress:
        return accumulate_storms.at_worst_of_book(book, choice, progress)


def _say(found: "Accumulation") -> None:
    from app.messages import problem_text  # noqa: PLC0415
    from app.reports import accumulation_facts as facts  # noqa: PLC0415

    tr = translator_now()
    for line in fact_lines(facts.event_rows(found), tr):
        click.echo(line)
    parts = [
        (N_("Insurers and lenders"), fact_lines(facts.total_rows(found), tr)),
        (
            N_("Costliest storms of the record on this book"),
            table_lines(facts.storms_table(found), tr, own="yuan"),
        ),
        (
            N_("Probable maximum loss, the costliest storm of a year"),
            table_lines(facts.pml_table(found), tr, own="yuan"),
        ),
        (N_("Cases hit"), _cases(facts.cases_table(found, hit_only=True))),
        (
            N_("Without coordinates, in no figure above"),
            table_lines(facts.unplaced_table(found), tr, own="yuan"),
        ),
        (
            N_("Policies not in force on the day"),
            table_lines(facts.not_in_force_table(found), tr),
        ),
    ]
    for heading, lines in parts:
        for line in section(heading, lines, tr):
            click.echo(line)
    if found.pml:
        text = translate("The record holds {years} whole years; money without a unit is in yuan.")
        click.echo(text.format(years=found.pml_years))
    for one in found.not_read:
        said = translate("; ").join(problem_text(problem, tr) for problem in one.problems)
        text = translate("Not computed: {name}: {reason}")
        click.echo(text.format(name=one.name, reason=said), err=True)


def _cases(table: "FactTable") -> Any:
    if table.marked:
        text = translate("{mark} stands before a loan that is no longer covered.")
        yield text.format(mark=MARK)
    yield from table_lines(table, translator_now(), own="yuan")


def _options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that name an event."""
    added: list[Callable[..., Any]] = [
        click.option(
            "--at",
            metavar="LAT,LON,KM",
            help=translate("The same damage at every place within a radius; needs --damage."),
        ),
        click.option("--damage", type=float, help=translate("Damage, a share such as 0.3.")),
        click.option(
            "--month",
            type=click.IntRange(1, 12),
            help=translate("Month of the event of --at; that of the day by default."),
        ),
        click.option(
            "--tracks",
            type=click.Path(path_type=Path),
            help=translate("Best tracks: IBTrACS v04 or CMA; those read last by default."),
        ),
        click.option(
            "--storm", help=translate("Repeat of a storm of the tracks, by name or number.")
        ),
        click.option("--year", type=int, help=translate("Year of the storm.")),
        click.option(
            "--worst-at",
            metavar="LAT,LON",
            help=translate("Repeat of the storm with the strongest wind at a place."),
        ),
        click.option(
            "--worst",
            is_flag=True,
            help=translate("Repeat of the storm of the tracks that would cost the book most."),
        ),
        click.option(
            "--reported",
            metavar="EVENT",
            help=translate("Share of the cover paid for a real event: gaemi-2024."),
        ),
        click.option("--curve", help=translate("Damage curve of the reference data, by its key.")),
        click.option(
            "--curve-points",
            metavar='"V D; V D"',
            help=translate("Own damage curve: wind in m/s and damage, such as 20 0; 40 0.5."),
        ),
        click.option(
            "--averaging",
            type=click.Choice(AVERAGINGS),
            help=translate("Averaging time of the winds of the damage curve."),
        ),
        click.option(
            "--wind",
            type=click.Choice(WINDS),
            default="holland",
            show_default=True,
            help=translate(
                "Wind at a place: the profile of Holland (1980), that of the nearest position, or "
                "the highest within the radius."
            ),
        ),
        click.option(
            "--radius",
            type=click.FloatRange(0, 1000, min_open=True),
            default=300.0,
            show_default=True,
            help=translate("Storms further off do nothing, km."),
        ),
        wind_options,
        click.option(
            "--day",
            type=click.DateTime([_DAY]),
            help=translate("Day of the book: policies in force, debts; today by default."),
        ),
    ]
    for option in reversed(added):
        command = option(command)
    return command


def accumulate_command(doors: Doors) -> click.Command:
    """Return the command `accumulate`."""

    @click.command(
        "accumulate",
        help=translate("Put one event on all policies and pledged loans of the book at once."),
    )
    @_options
    @json_option
    def accumulate(as_json: bool, day: datetime | None, **options: Any) -> None:
        from app.services.accumulation import AccumulationDesk  # noqa: PLC0415
        from app.services.accumulation_json import accumulation_json  # noqa: PLC0415
        from app.services.case_file import CaseRefused  # noqa: PLC0415

        kind = _chosen(options)
        place: list[float] = []
        if kind in _PLACED:
            place = _numbers(options[kind], *_PLACED[kind])
        workbench = doors.open_workbench()
        try:
            choice = _storms(options) if kind in {"storm", "worst_at", "worst"} else None
            with reading(translate("Cases read")) as progress:
                desk = AccumulationDesk(workbench)
                book = desk.read(None if day is None else day.date(), progress)
            found = _event(kind, book, options, place, choice)
        except CaseRefused as refused:
            refuse(list(refused.problems), as_json=as_json)
            raise
        finally:
            workbench.close()
        if as_json:
            say_json(**accumulation_json(found, translator_now()))
        else:
            _say(found)

    return accumulate
