"""A delivery that was taken in before is recalled only where its bytes, layout and code are what they were."""

import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import BinaryIO

import duckdb
import pytest

import linking.arrival
from linking.arrival import Arrival, Arrivals
from linking.rows_file import rows_of
from sources import CONTRACTS, load_layout
from sources.readers.packing import unpacked
from tests.sources.collecting import NIGHT, deliver, inmate, inmates
from warehouse.cache import Cache


class Landing:
    """A landing area of one source, and what a night takes of it."""

    def __init__(self, folder: Path) -> None:
        self.landing, self.cache = folder / "landing", Cache(folder / "cache", "run")

    def snapshot(self, day: str, content: bytes) -> Path:
        return deliver(self.landing, "inmates", day, f"sf_{day.replace('-', '')}.csv", content)

    def take(self, code: str = "code", layout: str = "jiangsu", night: date = NIGHT) -> Arrival:
        arrivals = Arrivals(self.landing, load_layout(layout), night, self.cache, code, {})
        try:
            return arrivals.take(CONTRACTS["inmates"])
        finally:
            arrivals.close()


def numbers(arrival: Arrival) -> list[str]:
    """The records of an arrival, as a night reads them."""
    found = duckdb.sql(f"SELECT record_no FROM ({rows_of(arrival.rows)}) ORDER BY ALL").fetchall()
    return [number for (number,) in found]


@pytest.fixture
def arriving(tmp_path: Path) -> Landing:
    arriving = Landing(tmp_path)
    arriving.snapshot("2021-12-20", inmates([inmate(0)]))
    return arriving


def same(one: Arrival, other: Arrival) -> bool:
    """Tell whether two arrivals say the same of a delivery."""
    fields = ("snapshot_date", "first_month", "last_month", "unlisted", "private_use")
    frames = ("files", "quarantine", "cells_refused")
    return (
        all(getattr(one.intake, name) == getattr(other.intake, name) for name in fields)
        and all(getattr(one.intake, name).equals(getattr(other.intake, name)) for name in frames)
        and numbers(one) == numbers(other)
    )


def read_by(patch: pytest.MonkeyPatch) -> list[str]:
    """The sources that are read from the landing area from now on."""
    seen, original = list[str](), linking.arrival.take_in

    def reading(landing: Path, contract: object, *more: object, **named: object) -> object:
        seen.append(contract.name)  # type: ignore[attr-defined]
        return original(landing, contract, *more, **named)  # type: ignore[arg-type]

    patch.setattr("linking.arrival.take_in", reading)
    return seen


def test_the_same_delivery_is_read_once(arriving: Landing, monkeypatch: pytest.MonkeyPatch) -> None:
    read = read_by(monkeypatch)
    first = arriving.take()
    later = arriving.take(night=date(2022, 1, 1))
    assert read == ["inmates"]
    assert same(first, later) and first.key == later.key
    assert numbers(later) == ["SF0"]


def test_a_changed_delivery_of_the_same_name_size_and_time_is_noticed(arriving: Landing) -> None:
    before = arriving.take()
    path = arriving.snapshot("2021-12-20", inmates([inmate(0)]))
    stamp = path.stat()
    path.write_bytes(inmates([inmate(7)]))
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert path.stat().st_size == stamp.st_size
    after = arriving.take()
    assert (numbers(before), numbers(after)) == (["SF0"], ["SF7"])


@pytest.mark.parametrize("changed", [{"code": "another"}, {"layout": "anhui"}])
def test_another_code_or_layout_takes_nothing(
    arriving: Landing, changed: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = arriving.take()
    read = read_by(monkeypatch)
    assert arriving.take(**changed).key != before.key
    assert read == ["inmates"]


@pytest.mark.parametrize("bad", [b"", b"\n", inmates([inmate(1), inmate(2, kind="x")])])
def test_a_refused_snapshot_is_recalled_with_the_older_one(
    arriving: Landing, bad: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    arriving.snapshot("2021-12-28", bad)
    arriving.snapshot("2021-12-30", bad)
    read = read_by(monkeypatch)
    first, again = arriving.take(), arriving.take()
    assert read == ["inmates"]
    assert same(first, again) and numbers(again) == ["SF0"]
    assert again.intake.files["refused_why"].null_count() == 1


def test_behind_a_refused_snapshot_the_older_one_may_change(arriving: Landing) -> None:
    arriving.snapshot("2021-12-28", b"")
    assert numbers(arriving.take()) == ["SF0"]
    arriving.snapshot("2021-12-20", inmates([inmate(3)]))
    assert numbers(arriving.take()) == ["SF3"]
    arriving.snapshot("2021-12-28", inmates([inmate(4)]))
    assert numbers(arriving.take()) == ["SF4"]
    assert numbers(arriving.take(night=date(2021, 12, 27))) == ["SF3"]


def test_an_empty_newest_snapshot_hides_no_change_of_the_older(arriving: Landing) -> None:
    (arriving.landing / "inmates" / "2021-12-28").mkdir()
    assert numbers(arriving.take()) == ["SF0"]
    arriving.snapshot("2021-12-20", inmates([inmate(3)]))
    assert numbers(arriving.take()) == ["SF3"]


def spoil(paths: Iterable[Path]) -> None:
    for path in paths:
        path.write_bytes(path.read_bytes()[:-9])


def test_a_spoilt_marker_or_entry_is_made_anew(arriving: Landing) -> None:
    arriving.snapshot("2021-12-28", b"")
    first = arriving.take()
    for pattern in ("*.refused.*", "*.facts.*", "*.quarantine.*", "*"):
        spoil((arriving.cache.folder / "inmates").glob(pattern))
        assert same(first, arriving.take()), pattern
        assert same(first, arriving.take()), pattern


def test_what_cannot_be_used_is_looked_into_every_night(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arriving = Landing(tmp_path)
    assert arriving.take().intake.snapshot_date is None
    arriving.snapshot("2021-12-20", b"")
    read = read_by(monkeypatch)
    assert arriving.take().key is None and arriving.take().key is None
    assert read == ["inmates"] * 2
    arriving.snapshot("2021-12-20", inmates([inmate(0)]))
    (arriving.landing / "inmates" / "2021-12-20" / "folder").mkdir()
    assert numbers(arriving.take()) == ["SF0"] and arriving.take().key is None


@pytest.mark.parametrize("newest", ["full", "refused"])
def test_what_a_disk_could_not_read_one_night_is_read_the_next(
    arriving: Landing, monkeypatch: pytest.MonkeyPatch, newest: str
) -> None:
    """A fault of the moment is no fact about the bytes, so no later night may be told of it."""
    path = arriving.snapshot("2021-12-28", inmates([inmate(1)]))
    if newest == "refused":
        arriving.snapshot("2021-12-29", b"")

    def failing(asked: Path, plain: BinaryIO, member: str) -> object:
        if asked == path:
            raise OSError(5, "Input/output error")
        return unpacked(asked, plain, member)

    with monkeypatch.context() as patch:
        patch.setattr("sources.readers.decoding.unpacked", failing)
        first = arriving.take()
    assert first.intake.snapshot_date == date(2021, 12, 20)
    assert first.key is None
    assert arriving.take().intake.snapshot_date == date(2021, 12, 28)


def test_what_is_written_while_it_is_read_is_not_kept(
    arriving: Landing, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = inmates([inmate(0), inmate(1)])
    file = arriving.snapshot("2021-12-21", whole)
    read = linking.arrival.take_in

    def meanwhile(*given: object, **named: object) -> object:
        file.write_bytes(inmates([inmate(0)]))  # an upload that is half done
        return read(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(linking.arrival, "take_in", meanwhile)
    assert len(numbers(arriving.take())) == 1
    monkeypatch.setattr(linking.arrival, "take_in", read)
    file.write_bytes(whole)
    assert len(numbers(arriving.take())) == 2
