"""Commands on hazard data: storms near sites, station series, red tides."""

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from app.cli.hazard_output import report_json, say_places, say_report, say_series, say_tides
from app.cli.market_output import json_option, say_json
from app.cli.refusal import refuse, translator_now
from app.i18n import _ as translate
from app.messages.system_words import file_problem_text

if TYPE_CHECKING:
    from app.finance.insurance.hazard_sites import HazardSite
    from app.services.hazard_report import HazardReport
    from app.services.hazard_source import TrackFile

WINDS = ("inside", "nearest", "holland")
AVERAGINGS = ("gust_3s", "mean_1min", "mean_2min", "mean_10min")
EXPOSURES = ("at_sea", "off_sea", "off_land", "in_land")
AGENCIES = ("wmo", "cma", "tokyo", "usa")


def _refusing(work: Callable[[], None], *, as_json: bool) -> None:
    """Do some work; a refusal inside leaves with exit code 2."""
    from app.services.case_file import CaseRefused  # noqa: PLC0415

    try:
        work()
    except CaseRefused as found:
        refuse(list(found.problems), as_json=as_json)


def _site(text: str) -> "HazardSite":
    from app.finance.insurance.hazard_sites import HazardSite  # noqa: PLC0415

    parts = [part.strip() for part in text.rsplit(",", 2)]
    try:
        name, latitude, longitude = parts
        return HazardSite(name, float(latitude), float(longitude))
    except ValueError as error:
        said = translate("A site is NAME,LATITUDE,LONGITUDE in degrees, not {text}.")
        raise click.BadParameter(said.format(text=text), param_hint="--site") from error


def _sites(texts: tuple[str, ...], case: Path | None) -> "list[HazardSite]":
    from app.services.case_file import read_file  # noqa: PLC0415
    from app.services.hazard_case import sites_of  # noqa: PLC0415

    found = [_site(text) for text in texts]
    return found + (sites_of(read_file(case).case) if case is not None else [])


def tracks_of(file: Path | None, agency: str) -> "TrackFile":
    """Read a track file and keep it, or take the one kept last."""
    from app.services.hazard_files import read_tracks  # noqa: PLC0415
    from app.services.hazard_source import Agency, refused  # noqa: PLC0415
    from app.services.hazard_store import TrackStore  # noqa: PLC0415

    store = TrackStore()
    if file is not None:
        found = read_tracks(file, Agency(agency))
        try:
            store.save(found)
        except OSError as error:
            click.echo(translate("The tracks are not kept for the next time."), err=True)
            click.echo(file_problem_text(error, translator_now()), err=True)
        return found
    kept = store.load()
    if kept is None:
        raise refused("FILE", "hazard_nothing_kept")
    return kept


def _report(file: Path | None, options: dict[str, Any]) -> "HazardReport":
    from app.finance.insurance.hazard_sites import SiteWind  # noqa: PLC0415
    from app.finance.insurance.hazard_tracks import Averaging  # noqa: PLC0415
    from app.finance.insurance.hazard_wind import Exposure  # noqa: PLC0415
    from app.services.hazard import analyse  # noqa: PLC0415
    from app.services.hazard_report import HazardChoice  # noqa: PLC0415

    averaging = options["averaging"]
    choice = HazardChoice(
        radius_km=options["radius"],
        threshold_ms=options["threshold"],
        wind=SiteWind(options["wind"]),
        averaging=Averaging(averaging) if averaging else None,
        exposure=Exposure(options["exposure"]),
        first_year=options["first_year"],
        last_year=options["last_year"],
    )
    sites = _sites(options["sites"], options["case"])
    return analyse(tracks_of(file, options["agency"]), sites, choice)


def wind_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say whose winds count, and what they blow over."""
    agency = click.option(
        "--agency",
        type=click.Choice(AGENCIES),
        default="wmo",
        show_default=True,
        help=translate("Whose winds of IBTrACS count."),
    )
    exposure = click.option(
        "--exposure",
        type=click.Choice(EXPOSURES),
        default="off_sea",
        show_default=True,
        help=translate("Exposure for the conversion between averaging times."),
    )
    return exposure(agency(command))


def _tracks_command() -> click.Command:
    @click.command(
        "tracks",
        help=translate(
            "Storms near sites from best tracks: IBTrACS v04 (CSV), or the CMA's (text or "
            "folder). Without FILE the tracks read last."
        ),
    )
    @click.argument("file", required=False, type=click.Path(path_type=Path))
    @click.option(
        "--site",
        "sites",
        multiple=True,
        metavar="NAME,LAT,LON",
        help=translate("A site in degrees WGS 84; may be given several times."),
    )
    @click.option(
        "--case", type=click.Path(path_type=Path), help=translate("Take the sites of a case.")
    )
    @click.option(
        "--radius", type=float, default=100.0, show_default=True, help=translate("Radius in km.")
    )
    @click.option(
        "--threshold",
        type=float,
        default=17.2,
        show_default=True,
        help=translate("Wind in m/s from which a storm counts."),
    )
    @click.option(
        "--wind",
        type=click.Choice(WINDS),
        default="inside",
        show_default=True,
        help=translate(
            "Wind that counts: the highest within the radius, that of the nearest position, or "
            "the profile of Holland (1980) at the site."
        ),
    )
    @click.option(
        "--averaging",
        type=click.Choice(AVERAGINGS),
        help=translate("Averaging time of the winds; that of the file by default."),
    )
    @wind_options
    @click.option("--from", "first_year", type=int, help=translate("First year."))
    @click.option("--to", "last_year", type=int, help=translate("Last year."))
    @json_option
    def tracks(file: Path | None, as_json: bool, **options: Any) -> None:
        def work() -> None:
            report = _report(file, options)
            if as_json:
                say_json(**report_json(report))
            else:
                say_report(report)

        _refusing(work, as_json=as_json)

    return tracks


def _station_command() -> click.Command:
    @click.command("station", help=translate("Extremes and events of a daily station series."))
    @click.argument("file", type=click.Path(path_type=Path))
    @click.option("--station", help=translate("Station; all of the file by default."))
    @click.option("--measure", help=translate("Measure; all of the file by default."))
    @click.option(
        "--threshold", type=float, help=translate("Reading from which a day is an event.")
    )
    @json_option
    def station(
        file: Path, station: str | None, measure: str | None, threshold: float | None, as_json: bool
    ) -> None:
        if threshold is not None and measure is None:
            text = translate("A threshold is that of one measure.")
            raise click.BadParameter(text, param_hint="--threshold")

        def work() -> None:
            from app.services.hazard_station_report import analyse_file  # noqa: PLC0415
            from app.services.hazard_stations import read_stations  # noqa: PLC0415

            read = read_stations(file)
            found = analyse_file(read, station, measure, threshold)
            if as_json:
                say_json(file=read.file, digest=read.digest, unmatched=read.unmatched, series=found)
            else:
                say_series(read.file, found)

        _refusing(work, as_json=as_json)

    return station


def _redtide_command() -> click.Command:
    @click.command("redtide", help=translate("Number and area of red tides from bulletins."))
    @click.argument("file", type=click.Path(path_type=Path))
    @click.option(
        "--threshold",
        type=float,
        default=0.0,
        show_default=True,
        help=translate("Area in km² from which a red tide counts."),
    )
    @click.option("--from", "first_year", type=int, help=translate("First year."))
    @click.option("--to", "last_year", type=int, help=translate("Last year."))
    @json_option
    def redtide(
        file: Path, threshold: float, first_year: int | None, last_year: int | None, as_json: bool
    ) -> None:
        def work() -> None:
            from app.services.hazard_red_tides import read_red_tides  # noqa: PLC0415
            from app.services.hazard_station_report import analyse_red_tides  # noqa: PLC0415

            read = read_red_tides(file)
            found = analyse_red_tides(read, threshold, first_year, last_year)
            if as_json:
                say_json(file=read.file, digest=read.digest, red_tides=read.tides, **_parts(found))
            else:
                say_tides(read.file, found)

        _refusing(work, as_json=as_json)

    return redtide


def _places_command() -> click.Command:
    @click.command("places", help=translate("Storms near coastal places, from the shipped table."))
    @json_option
    def places(*, as_json: bool) -> None:
        from app.reference.storms import load_storm_places  # noqa: PLC0415

        if as_json:
            say_json(places=load_storm_places())
        else:
            say_places()

    return places


def _parts(found: Any) -> dict[str, Any]:
    """Return the fields of a record by name."""
    return {entry.name: getattr(found, entry.name) for entry in fields(found)}


def hazard_commands() -> list[click.Command]:
    """Return the commands on hazard data, in one group."""

    @click.group("hazard", help=translate("Read hazard data: storms, stations, red tides."))
    def hazard() -> None:
        pass

    for command in (
        _tracks_command(),
        _station_command(),
        _redtide_command(),
        _places_command(),
    ):
        hazard.add_command(command)
    return [hazard]
