"""What a night may take from earlier ones is found whole or not at all, and goes when nobody uses it."""

import contextlib
import os
import time
from pathlib import Path

import polars as pl
import pytest

from assets.warehouse.cache import Cache, Entry

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
