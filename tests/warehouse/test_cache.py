"""What a night may take from earlier ones is found whole or not at all, and goes when nobody uses it."""

import contextlib
import logging
import os
import subprocess
import time
from pathlib import Path

import polars as pl
import pytest

from warehouse.cache import Cache, Entry

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


def test_a_single_bit_that_a_disk_turns_is_no_entry_and_is_said(
    cache: Cache, caplog: pytest.LogCaptureFixture
) -> None:
    """In any file of an entry, its checksums too; what is read of Parquet would often not show it."""
    entry = kept(cache)
    for path in (*entry.files(), entry.sums):
        for bit in range(0, 8 * path.stat().st_size, 97):
            flip(path, bit)
            assert not entry.is_sound()
            flip(path, bit)
    assert entry.is_sound()
    flip(entry.path("links"), 1_000)
    caplog.set_level(logging.WARNING, "hedui")
    assert cache.find("deaths", KEY) is None
    assert f"cache/deaths/{KEY[:16]}" in caplog.text and "made anew" in caplog.text
    assert names(cache) == []  # nothing of it is left to be mixed with what is made anew


def test_a_folder_in_the_place_of_a_file_is_made_way_for(cache: Cache) -> None:
    entry = kept(cache)
    for path in (entry.path("links"), entry.sums):
        path.unlink()
        (path / "x").mkdir(parents=True)
        assert cache.find("deaths", KEY) is None
        assert kept(cache).read("links").equals(FRAME)
        assert cache.find("deaths", KEY) is not None


def flip(path: Path, bit: int) -> None:
    content = bytearray(path.read_bytes())
    content[bit // 8] ^= 1 << bit % 8
    path.write_bytes(content)


def test_the_newest_sound_entry_is_taken(cache: Cache) -> None:
    kept(cache)
    later = kept(cache, OTHER)
    os.utime(later.path(), (time.time() + 9, time.time() + 9))
    assert cache.newest("deaths") == later
    flip(later.path("facts"), 99)
    assert cache.newest("deaths") == Entry(cache.folder / "deaths", KEY)


def test_the_checksums_are_those_that_sha256sum_checks(cache: Cache) -> None:
    entry = kept(cache)
    checked = subprocess.run(
        ["/usr/bin/sha256sum", "--check", entry.sums.name],
        cwd=entry.folder,
        capture_output=True,
        text=True,
        check=True,
    )
    assert checked.stdout.count(": OK") == 3


@pytest.mark.parametrize("steps", range(4))
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
    parts = (".facts.parquet", ".links.parquet", ".parquet", ".sha256")
    assert names(cache) == [f"deaths/{KEY}{part}" for part in parts]


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
