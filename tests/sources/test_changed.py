"""A delivery that is written while it is read is read again, then refused; a foreign file that kills its reader is refused."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from sources import CONTRACTS, take_in
from sources.errors import SnapshotRefused
from sources.readers.apart import opened, reader
from tests.sources.bad_deliveries.case import good, line, rows_of, text, workbook
from tests.sources.collecting import JIANGSU, NIGHT, Collecting, deliver, taken

NEW, OLD = "2021-12-28", "2021-12-20"


class Interrupted(Collecting):
    """A sink beside which a department writes: once for each of `times` readings."""

    def __init__(self, file: Path, times: int) -> None:
        super().__init__("inmates")
        self.file, self.times = file, times

    def write(self, rows: pl.DataFrame) -> None:
        super().write(rows)
        if self.times:
            self.times -= 1
            with self.file.open("ab") as out:
                out.write(line("inmates", 900 + self.times).encode("gb18030") + b"\n")


def read_beside(landing: Path, times: int) -> tuple[date | None, list[str], int]:
    old = text("inmates", good("inmates", 1))
    deliver(landing, "inmates", OLD, "sf_1.csv", old)
    folder = deliver(landing, "inmates", NEW, "sf_1.csv", text("inmates", *rows_of("inmates")))
    file = next(folder.rglob("sf_1.csv")) if folder.is_dir() else folder
    sink = Interrupted(file, times)
    intake = take_in(
        landing, CONTRACTS["inmates"], JIANGSU["inmates"], NIGHT, gated=False, open_sink=lambda _: sink
    )
    return intake.snapshot_date, intake.files["refused_why"].drop_nulls().to_list(), sink.rows.height


def test_written_once_while_it_is_read_it_is_read_again_whole(tmp_path: Path) -> None:
    assert read_beside(tmp_path, 1) == (date(2021, 12, 28), [], 21)


def test_written_twice_it_is_refused_by_name_and_the_older_one_stands_in(tmp_path: Path) -> None:
    day, why, rows = read_beside(tmp_path, 2)
    assert (day, rows) == (date(2021, 12, 20), 1)
    assert why == ["file sf_1.csv was written while it was read, twice: its delivery was not finished"]


def test_what_is_no_snapshot_beside_them_is_named_and_not_read(tmp_path: Path) -> None:
    from sources import beside

    deliver(tmp_path, "inmates", NEW, "sf_1.csv", text("inmates", good("inmates", 1)))
    deliver(tmp_path, "inmates", "20211230", "sf_1.csv", text("inmates", good("inmates", 2)))
    (tmp_path / "inmates" / "sf_2.csv").write_bytes(b"x")
    intake, rows = taken(tmp_path, "inmates")
    told = beside(tmp_path, CONTRACTS["inmates"], intake).files.filter(pl.col("snapshot_date").is_null())
    assert rows["record_no"].to_list() == ["R1"]
    assert told["file"].to_list() == ["20211230", "sf_2.csv"]
    assert all("only folders named by their day are read" in why for why in told["refused_why"])


def sheets(path: Path, times: int = 1) -> None:
    with opened(path, "workbook") as book:
        for _ in range(times):
            book.sheet(0)


@pytest.fixture
def little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_BYTES", 1024**3)
    monkeypatch.setattr(reader, "_idle", [])


@pytest.mark.usefixtures("little_memory")
def test_a_file_that_needs_more_memory_than_it_may_have_is_refused_and_the_next_one_is_read(
    tmp_path: Path,
) -> None:
    large, small = tmp_path / "large.xlsx", tmp_path / "small.xlsx"
    small.write_bytes(workbook(*rows_of("deaths")))
    large.write_bytes(
        workbook(*rows_of("deaths"), also=lambda made: made.worksheets[0].cell(9_000, 16_000, "x"))
    )
    with pytest.raises(SnapshotRefused, match=r"large.xlsx made its reader end"):
        sheets(large)
    with opened(small, "workbook") as book:
        _, (cells, *_) = book.sheet(0)
    assert cells.height == 22


def test_a_reader_that_takes_too_long_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "swxx_1.xlsx"
    path.write_bytes(workbook(*rows_of("deaths")))
    monkeypatch.setattr(reader, "MOST_SECONDS", 0.001)
    monkeypatch.setattr(reader, "_idle", [])
    with pytest.raises(SnapshotRefused, match=r"made its reader end \(over 0.001 seconds\)"):
        sheets(path, 1_000)


def test_any_failure_of_a_reader_is_the_refusal_of_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(tmp_path, "inmates", OLD, "sf_1.csv", text("inmates", good("inmates", 1)))
    deliver(tmp_path, "inmates", NEW, "sf_2.csv", text("inmates", good("inmates", 2)))
    from sources import delivery

    whole = delivery.read

    def fails(path: Path, *more: object, **named: object) -> object:
        if path.name == "sf_2.csv":
            raise pl.exceptions.PanicException("张三 320106")
        return whole(path, *more, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(delivery, "read", fails)
    intake, rows = taken(tmp_path, "inmates")
    assert rows["record_no"].to_list() == ["R1"]
    (why,) = intake.files["refused_why"].drop_nulls()
    assert (
        why
        == "file sf_2.csv could not be read: its reader failed (PanicException). Please report it, without the file"
    )
