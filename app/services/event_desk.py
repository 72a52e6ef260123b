"""Puts one event on the whole book for the window: the book and the tracks are read once."""

from pathlib import Path
from typing import TYPE_CHECKING

from app.finance.fields import FieldSpec
from app.finance.insurance.accumulation_results import Accumulation
from app.services.accumulation import AccumulationDesk
from app.services.accumulation_questions import QUESTIONS, BookQuestion, EventKind, WindQuestion
from app.services.draft import table_columns
from app.services.hazard_desk import TrackShelf
from app.services.hazard_questions import question_table
from app.services.hazard_source import Progress, TrackFile

if TYPE_CHECKING:
    from app.services.workbench import Workbench


def storm_names(tracks: TrackFile) -> dict[str, str]:
    """Return the number of each storm by what it is searched for: name, year, number."""
    held = tracks.tracks
    years = held.times[held.offsets[:-1]].astype("datetime64[Y]").astype(int) + 1970
    return {
        f"{name or '–'} {year} ({number})": number
        for number, name, year in zip(held.ids, held.names, years.tolist(), strict=True)
    }


def question_columns(kind: EventKind) -> tuple[FieldSpec, ...]:
    """Return the fields of a kind of event: its own first, then the day, then the winds."""
    question = QUESTIONS[kind]
    own = list(question.__annotations__)
    columns = table_columns(question_table(question))
    return tuple(sorted(columns, key=lambda column: column.name not in own))


class EventDesk:
    """Puts events on the book; called in the worker. What was read once stays."""

    def __init__(self, workbench: "Workbench", shelf: TrackShelf | None = None) -> None:
        self._book = AccumulationDesk(workbench)
        self.shelf = shelf or TrackShelf()

    def answer(self, question: BookQuestion, path: Path | None, progress: Progress) -> Accumulation:
        """Return the book of a day under an event.

        `path` is a track file; None takes the tracks read last.

        Raises:
            CaseRefused: no tracks, a day, place or storm that cannot be.
            OSError: the tracks cannot be kept.
        """
        tracks = None
        if isinstance(question, WindQuestion):
            tracks = self.shelf.tracks(path, question.agency, progress)
        return question.put_on(self._book.read(question.day, progress), tracks, progress)
