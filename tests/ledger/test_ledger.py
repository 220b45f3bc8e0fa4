"""The ledger: what was written stays, in order, and can be read as it stood."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from ledger.export import Export, ExportedFile, exports, record_export
from ledger.store import Ledger, LedgerError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "warehouse" / "ledger" / "ledger.sqlite"


def test_entries_are_numbered_and_read_up_to_a_number(path: Path) -> None:
    begun = datetime.now(UTC)
    with Ledger.open(path) as ledger:
        assert ledger.sequence() == 0
        assert [ledger.append("export", {"n": n}) for n in range(3)] == [1, 2, 3]
        assert ledger.append("other", {}) == 4
    with Ledger.open(path) as again:
        assert again.sequence() == 4
        read = again.entries("export", up_to=2)
    assert read["seq"].to_list() == [1, 2]
    assert read["payload"].to_list() == ['{"n": 0}', '{"n": 1}']
    assert read.schema["recorded_at"] == pl.Datetime("us", "UTC")
    assert begun <= read["recorded_at"][0] <= datetime.now(UTC)


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE entry SET payload = '{}' WHERE seq = 1",
        "UPDATE OR REPLACE entry SET seq = 2 WHERE seq = 1",
        "DELETE FROM entry",
        "INSERT OR REPLACE INTO entry VALUES (1, '2021-12-31T00:00:00.000000Z', 'export', '{}')",
        "INSERT INTO entry VALUES (9, '2021-12-31T00:00:00.000000Z', 'export', '{}')",
        "INSERT INTO entry VALUES (1, '2021-12-31T00:00:00.000000Z', 'export', '{}') "
        "ON CONFLICT (seq) DO UPDATE SET payload = excluded.payload",
    ],
)
def test_the_engine_itself_refuses_change(path: Path, tampering: str) -> None:
    with Ledger.open(path) as ledger:
        ledger.append("export", {"n": 1})
        ledger.append("export", {"n": 2})
    with sqlite3.connect(path) as raw, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        raw.execute(tampering)
    with Ledger.open(path) as ledger:
        assert ledger.entries("export", 9)["payload"].to_list() == ['{"n": 1}', '{"n": 2}']


def test_writers_at_once_on_a_new_ledger_leave_no_gap_and_no_double(path: Path) -> None:
    def write(writer: int) -> list[int]:
        with Ledger.open(path) as ledger:
            return [ledger.append("export", {"writer": writer}) for _ in range(20)]

    with ThreadPoolExecutor(4) as pool:
        numbers = [number for written in pool.map(write, range(4)) for number in written]
    assert sorted(numbers) == list(range(1, 81))


def test_an_engine_without_guards_is_refused() -> None:
    with pytest.raises(LedgerError, match="append-only"):
        Ledger.open("mysql://somewhere/ledger")


def test_a_ledger_that_cannot_be_opened_shows_no_password(tmp_path: Path) -> None:
    (tmp_path / "not.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(LedgerError, match="cannot be opened"):
        Ledger.open(tmp_path / "not.sqlite")
    with pytest.raises(LedgerError) as caught:
        Ledger.open("postgresql+psycopg://clerk:secret@localhost:1/ledger")
    assert "secret" not in str(caught.value)


def test_exports_come_back_one_row_a_file(path: Path) -> None:
    files = (ExportedFile("L1", "一.xlsx", "aa", 3), ExportedFile("L2", "二.xlsx", "bb", 4))
    with Ledger.open(path) as ledger:
        assert exports(ledger, up_to=0).is_empty()
        first = record_export(ledger, Export("spot_check", date(2021, 12, 31), "restricted", "clerk", files))
        record_export(ledger, Export("spot_check", date(2022, 1, 1), "restricted", "clerk", ()))
        last = record_export(ledger, Export("spot_check", date(2022, 1, 1), "restricted", "clerk", files[:1]))
        assert exports(ledger, up_to=first)["file"].to_list() == ["一.xlsx", "二.xlsx"]
        rows = exports(ledger, up_to=last)
    assert rows["seq"].to_list() == [first, first, last]
    assert rows["households"].to_list() == [3, 4, 3]
    assert rows["night"].to_list() == [date(2021, 12, 31)] * 2 + [date(2022, 1, 1)]
    described = "seq exported_at what night audience list_id file sha256 households exported_by"
    assert rows.columns == described.split()
    assert rows.schema["exported_at"] == pl.Datetime("us")
