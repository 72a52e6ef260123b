"""The user's own rows of the market book on a real SQLite file."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.finance.case.valuation.evidence import (
    DealEcosystem,
    DealKind,
    Delivery,
    Purpose,
    TradeMethod,
)
from app.models import database, upgrade
from app.models.database import backup_book, check_book, open_book, restore_book
from app.models.repository import SqliteBook
from app.reference.market_data import (
    FxRate,
    MarketRecord,
    PriceBasis,
    SeriesBasis,
    SeriesObservation,
    Verified,
)
from app.services.ports import StorageProblem
from tests.integration.test_storage import NOW, code_of, new

RECORD = MarketRecord(
    record_id="",
    kind=DealKind.QUOTE,
    day=date(2026, 1, 31),
    day_text="2026-01",
    country="CN",
    place="广西北海",
    ecosystem=DealEcosystem.MANGROVE,
    species="秋茄",
    market="北部湾",
    standard="VCS",
    method=TradeMethod.AUCTION,
    purpose=Purpose.RESALE,
    delivery=Delivery.FORWARD,
    volume_t=500.5,
    price=120.25,
    currency="USD",
    total=60_185.125,
    start_price=30,
    price_basis=PriceBasis.COMPUTED,
    note="首单",
    source="公告",
    verified=Verified.PARTIAL,
    day_precision="month",
)
POINT = SeriesObservation(
    observation_id="",
    series="CEA",
    day=date(2026, 3, 5),
    price=81.2,
    low=80.5,
    high=82,
    volume_t=50_000,
    total=3_972_000,
    currency="CNY",
    basis=SeriesBasis.TURNOVER,
    source="bulletin",
)
RATE = FxRate("", "USD", date(2026, 3, 6), 7.1, "notice")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "book.db"


@pytest.fixture
def book(path: Path) -> Iterator[SqliteBook]:
    opened = open_book(path, now=NOW)
    yield opened
    opened.close()


def counts(book: SqliteBook) -> tuple[int, int, int]:
    return len(book.market_records()), len(book.market_points()), len(book.fx_rates())


def test_rows_come_back_exactly_under_numbers_of_their_own(book: SqliteBook) -> None:
    record, point, rate = book.add_market_rows([RECORD, POINT, RATE], now=NOW)
    assert isinstance(record, MarketRecord)
    assert isinstance(point, SeriesObservation)
    assert isinstance(rate, FxRate)
    assert replace(record, record_id="") == RECORD
    assert book.market_records() == [record]
    assert book.market_points() == [point]
    assert book.fx_rates() == [rate]
    numbers = {record.record_id, point.observation_id, rate.rate_id}
    assert len(numbers) == 3
    assert all(0 < len(number) <= 40 for number in numbers)


def test_points_are_given_by_series_and_day(book: SqliteBook) -> None:
    later = replace(POINT, day=date(2026, 3, 6))
    other = replace(POINT, series="CCER")
    book.add_market_rows([later, other, POINT], now=NOW)
    assert [point.day.day for point in book.market_points("CEA")] == [5, 6]
    assert list(book.market_series()) == ["CCER", "CEA"]
    assert book.market_points("none") == []


def test_rows_are_deleted_by_their_numbers(book: SqliteBook) -> None:
    record, point, rate = book.add_market_rows([RECORD, POINT, RATE], now=NOW)
    assert isinstance(record, MarketRecord)
    assert isinstance(point, SeriesObservation)
    assert isinstance(rate, FxRate)
    assert book.remove_market_rows([record.record_id, rate.rate_id, rate.rate_id]) == 2
    assert counts(book) == (0, 1, 0)
    assert book.remove_market_rows([point.observation_id]) == 1
    assert counts(book) == (0, 0, 0)


def test_deleting_is_all_or_none(book: SqliteBook) -> None:
    (record,) = book.add_market_rows([RECORD], now=NOW)
    assert isinstance(record, MarketRecord)
    with pytest.raises(StorageProblem) as caught:
        book.remove_market_rows([record.record_id, "none"])
    assert code_of(caught) == "not_found"
    assert counts(book) == (1, 0, 0)


def test_thousands_of_rows_are_stored_and_deleted_at_once(book: SqliteBook) -> None:
    points = [replace(POINT, series=f"S{number}") for number in range(3_000)]
    added = book.add_market_rows(points, now=NOW)
    numbers = [row.observation_id for row in added if isinstance(row, SeriesObservation)]
    assert len(set(numbers)) == 3_000
    assert book.remove_market_rows(numbers) == 3_000


def test_a_row_that_cannot_be_stored_takes_the_others_with_it(book: SqliteBook) -> None:
    broken = replace(RATE, yuan=None)  # type: ignore[arg-type]
    with pytest.raises(Exception, match="NOT NULL"):
        book.add_market_rows([RECORD, POINT, RATE, broken], now=NOW)
    assert counts(book) == (0, 0, 0)


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from sqlalchemy.orm import Session
from app.models.database import open_book
from tests.integration.test_storage_market import POINT, RATE, RECORD
book = open_book(Path(sys.argv[1]), now=datetime.now(UTC))
book.add_market_rows([RECORD], now=datetime.now(UTC))
execute = Session.execute
def execute_and_die(self, *args, **options):
    execute(self, *args, **options)
    os.kill(os.getpid(), signal.SIGKILL)
Session.execute = execute_and_die
book.add_market_rows([RECORD, POINT, RATE], now=datetime.now(UTC))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
def test_killing_the_process_during_an_import_leaves_nothing_half(path: Path) -> None:
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    died = subprocess.run(  # noqa: S603
        [sys.executable, "-c", KILLED, str(path)],
        check=False,
        capture_output=True,
        text=True,
        env=environment,
    )
    assert died.returncode == -signal.SIGKILL, died.stderr
    assert check_book(path) == []
    book = open_book(path, now=NOW)
    assert counts(book) == (1, 0, 0)
    book.close()


def test_a_backup_holds_the_market_rows_and_brings_them_back(path: Path, tmp_path: Path) -> None:
    book = open_book(path, now=NOW)
    book.add_market_rows([RECORD, POINT, RATE], now=NOW)
    backup_book(path, tmp_path / "copy.db")
    (record,) = book.market_records()
    book.remove_market_rows([record.record_id])
    assert counts(book) == (0, 1, 1)
    book.close()
    restore_book(tmp_path / "copy.db", path, now=NOW)
    again = open_book(path, now=NOW)
    assert counts(again) == (1, 1, 1)
    again.close()


def test_a_market_table_that_is_gone_is_a_damaged_book(path: Path) -> None:
    open_book(path, now=NOW).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE market_points")
        connection.commit()
    book = open_book(path, now=NOW)
    with pytest.raises(StorageProblem) as caught:
        book.market_points()
    book.close()
    assert code_of(caught) == "damaged"


def test_a_book_of_the_version_before_keeps_its_cases_and_gets_a_market_book(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest = upgrade.upgrade
    with monkeypatch.context() as older:
        older.setattr(database, "HEAD", "0001")
        older.setattr(upgrade, "upgrade", lambda engine: newest(engine, "0001"))
        first = open_book(path, now=NOW)
        (stored,) = first.add_cases([new()])
        first.close()
    assert database.revision_of(path) == "0001"
    book = open_book(path, now=NOW)
    assert book.load(stored.case_id) == stored
    book.add_market_rows([RECORD], now=NOW)
    assert counts(book) == (1, 0, 0)
    book.close()
    assert check_book(path) == []
    (backup,) = (path.parent / "backups").iterdir()
    assert database.revision_of(backup) == "0001"
