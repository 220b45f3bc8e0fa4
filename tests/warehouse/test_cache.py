"""What a night may take from earlier ones is found whole or not at all, and only where everything is what it was."""

import contextlib
import os
import time
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

import assets.arrival
from assets.arrival import Arrival, Arrivals
from assets.rows_file import rows_of
from assets.warehouse.cache import Cache, Entry
from sources import CONTRACTS, load_layout
from tests.sources.collecting import NIGHT, deliver, inmate, inmates

KEY, OTHER = "a" * 64, "b" * 64
FRAME = pl.DataFrame({"n": [1, 2, 3]})
DAY = 86_400


class KilledError(Exception):
    """The machine went off here."""


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache", "run")


def kept(cache: Cache, key: str = KEY, name: str = "deaths") -> Entry:
    """An entry of three files."""
    draft = cache.draft(name)
    draft.write({"": FRAME, "links": FRAME, "facts": FRAME})
    return cache.keep(draft, key)


def names(cache: Cache) -> list[str]:
    return sorted(str(path.relative_to(cache.folder)) for path in cache.folder.glob("*/*"))


def killed_at(patch: pytest.MonkeyPatch, method: str, steps: int) -> None:
    """Let ``steps`` calls of a method of `Path` happen, then raise."""
    original, left = getattr(Path, method), [steps]

    def operation(*args: object, **kwargs: object) -> object:
        if left[0] == 0:
            raise KilledError
        left[0] -= 1
        return original(*args, **kwargs)

    patch.setattr(Path, method, operation)


def test_what_is_kept_is_found_with_all_its_parts(cache: Cache) -> None:
    entry = kept(cache)
    assert cache.find("deaths", KEY, ["", "links"]) == entry
    assert entry.read().equals(FRAME) and entry.read("facts").equals(FRAME)
    assert cache.find("deaths", OTHER) is None and cache.find("births", KEY) is None
    assert cache.find("deaths", KEY, ["", "more"]) is None
    assert not any("run" in name for name in names(cache))


@pytest.mark.parametrize("part", ["", "links", "facts"])
@pytest.mark.parametrize("content", [b"", b"PAR1 no table PAR1", b"PAR1"])
def test_a_damaged_part_is_no_entry(cache: Cache, part: str, content: bytes) -> None:
    entry = kept(cache)
    whole = entry.path(part).read_bytes()
    for spoilt in (content, whole[: len(whole) // 2]):
        entry.path(part).write_bytes(spoilt)
        assert cache.find("deaths", KEY) is None
    kept(cache)
    assert cache.find("deaths", KEY) == entry


@pytest.mark.parametrize("steps", range(3))
def test_a_draft_killed_on_its_way_to_a_name_is_no_entry(cache: Cache, steps: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        killed_at(patch, "replace", steps)
        with contextlib.suppress(KilledError):
            kept(cache)
    assert cache.find("deaths", KEY) is None
    cache.clear()
    assert not [name for name in names(cache) if "/." in name]
    assert kept(cache).read("links").equals(FRAME)


@pytest.mark.parametrize("steps", range(1, 3))
def test_an_entry_half_removed_is_no_entry(cache: Cache, steps: int) -> None:
    kept(cache)
    with pytest.MonkeyPatch.context() as patch:
        killed_at(patch, "unlink", steps)
        with pytest.raises(KilledError):
            cache.clear(days=-1)
    assert cache.find("deaths", KEY) is None


def test_what_is_used_stays_whole_and_what_is_not_goes(cache: Cache) -> None:
    """A monthly delivery is used every night: every part of its entry stays as long as it is used."""
    kept(cache)
    kept(cache, OTHER)
    old = time.time() - 15 * DAY
    for path in cache.folder.glob("*/*"):
        os.utime(path, (old, old))
    assert cache.find("deaths", KEY, [""])
    cache.clear()
    assert names(cache) == [f"deaths/{KEY}{part}.parquet" for part in (".facts", ".links", "")]


def test_only_what_a_night_used_of_a_gated_source_stays(cache: Cache) -> None:
    kept(cache)
    kept(cache, OTHER)
    kept(cache, KEY, "births")
    cache.draft("deaths").write({"": FRAME})
    (cache.folder / "deaths" / f"{'c' * 64}.links.parquet").write_bytes(b"left by a kill")
    cache.only("deaths", [OTHER])
    assert {name.partition(".")[0] for name in names(cache)} == {f"deaths/{OTHER}", f"births/{KEY}"}
    cache.only("deaths", [])
    cache.only("never delivered", [])
    assert {name.partition(".")[0] for name in names(cache)} == {f"births/{KEY}"}


class Landing:
    """A landing area of one source, and what a night takes of it."""

    def __init__(self, folder: Path) -> None:
        self.landing, self.cache = folder / "landing", Cache(folder / "cache", "run")

    def snapshot(self, day: str, content: bytes) -> Path:
        return deliver(self.landing, "inmates", day, f"sf_{day.replace('-', '')}.csv", content)

    def take(self, code: str = "code", layout: str = "jiangsu", night: date = NIGHT) -> Arrival:
        arrivals = Arrivals(self.landing, load_layout(layout), night, self.cache, code)
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
    seen, original = list[str](), assets.arrival.take_in

    def reading(landing: Path, contract: object, *more: object, **named: object) -> object:
        seen.append(contract.name)  # type: ignore[attr-defined]
        return original(landing, contract, *more, **named)  # type: ignore[arg-type]

    patch.setattr("assets.arrival.take_in", reading)
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
