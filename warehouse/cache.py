"""What a night may take from an earlier one: tables under the digest of everything that made them (outputs.md).

An entry is ``cache/<name>/<digest>.parquet`` and, for what belongs to it, ``<digest>.<part>.parquet``; beside them
``<digest>.sha256`` holds the checksum of each (`sha256sum --check` reads it). The rows are renamed last and removed
first, so an entry that is found is whole; a disk that gives back another bit than it was given is told by the checksums.
Nothing here is ever needed: without the folder a night makes everything anew and comes to the same. Not here: what a
digest is made of (arrival.py, linked.py).
"""

import hashlib
import json
import logging
import os
import shutil
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from warehouse.manifest import digest_of_file

log = logging.getLogger("hedui")
KEPT_DAYS: Final = 14
"""An entry that no night has used for so long is removed: a monthly delivery's is used nightly, an old one's never."""
COMPRESSION: Final = "lz4"


def digest_of(**parts: object) -> str:
    """Return the digest of everything that makes a table: names and values, in order of name."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Entry:
    """The files of one table: its rows, and what belongs to them."""

    folder: Path
    stem: str

    def path(self, part: str = "") -> Path:
        """Return the file of a part; without a name, of the rows."""
        return self.folder / f"{self.stem}{'.' if part else ''}{part}.parquet"

    def files(self) -> list[Path]:
        """Return the files that are there: of the rows first, then of every part."""
        found = self.folder.glob(f"{self.stem}*.parquet")
        return sorted(found, key=lambda path: (path != self.path(), path.name))

    @property
    def sums(self) -> Path:
        """The checksums of the files."""
        return self.folder / f"{self.stem}.sha256"

    def seal(self, stem: str | None = None) -> None:
        """Write down the checksums of the files as they are, under the names that they have or will have."""
        self.sums.write_text(self._summed(stem or self.stem), encoding="ascii")

    def is_sound(self) -> bool:
        """Tell whether the files are, to the bit, those that were sealed."""
        try:
            return self.sums.read_bytes() == self._summed(self.stem).encode("ascii")
        except OSError:
            return False

    def _summed(self, stem: str) -> str:
        """Return a line a file, as `sha256sum` writes it."""
        named = ((path, f"{stem}{path.name.removeprefix(self.stem)}") for path in self.files())
        return "".join(f"{digest_of_file(path)}  {name}\n" for path, name in named)

    def read(self, part: str = "") -> pl.DataFrame:
        """Return a part as a frame."""
        return pl.read_parquet(self.path(part))

    def write(self, frames: Mapping[str, pl.DataFrame]) -> None:
        """Write parts."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for part, frame in frames.items():
            frame.write_parquet(self.path(part), compression=COMPRESSION, statistics=False)


@dataclass(frozen=True, slots=True)
class Cache:
    """The entries of a warehouse.

    Attributes:
        folder: of the warehouse, or of the run's own work where nothing may be taken from earlier nights.
        run: names what is being made.
    """

    folder: Path
    run: str

    def find(self, name: str, key: str, parts: Iterable[str] = ("",)) -> Entry | None:
        """Return an entry that is there, with these parts at least, and sound; using it keeps all of it.

        One whose files are not what was written is removed, and that is said: what it held is made anew.
        """
        entry = Entry(self.folder / name, key)
        files = entry.files()
        if not files:
            return None
        if not entry.is_sound():
            log.warning(
                "cache/%s/%s is not as it was written (a bad disk, or a run that was killed): it is made anew",
                name,
                key[:16],
            )
            _remove([*files, entry.sums])
            return None
        if not {entry.path(part) for part in parts} <= set(files):
            return None
        for path in (*files, entry.sums):
            os.utime(path)
        return entry

    def newest(self, name: str, parts: Iterable[str] = ("",)) -> Entry | None:
        """Return the entry of a name, with these parts, that a night used last; what it rests on must be looked at."""
        rows = [path for path in (self.folder / name).glob("*.parquet") if "." not in path.stem]
        for path in sorted(rows, key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True):
            if found := self.find(name, path.stem, parts):
                return found
        return None

    def draft(self, name: str) -> Entry:
        """Return an entry to be made, under a name that nobody looks for."""
        draft = Entry(self.folder / name, f".{self.run}")
        draft.folder.mkdir(parents=True, exist_ok=True)
        return draft

    def keep(self, draft: Entry, key: str) -> Entry:
        """Give a draft its name; its rows come last."""
        draft.seal(key)
        for path in (draft.sums, *reversed(draft.files())):
            path.replace(draft.folder / f"{key}{path.name.removeprefix(draft.stem)}")
        return Entry(draft.folder, key)

    def only(self, name: str, keys: Iterable[str]) -> None:
        """Remove every other entry of a name: the rows of people who may not be looked up any more do not wait."""
        kept = set(keys)
        _remove(path for path in (self.folder / name).glob("*") if path.name.partition(".")[0] not in kept)

    def clear(self, days: int = KEPT_DAYS) -> None:
        """Remove what no night has used for ``days``, and what killed runs left."""
        oldest = time.time() - days * 86_400
        _remove(
            path
            for path in self.folder.glob("*/*")
            if path.name.startswith(".") or path.stat().st_mtime < oldest
        )


def _remove(paths: Iterable[Path]) -> None:
    """Remove files, rows first: on whatever way this ends, an entry is whole or not to be found."""
    for path in sorted(paths, key=lambda path: path.name.count(".")):
        if (
            path.is_dir() and not path.is_symlink()
        ):  # somebody else's: it would be in the way of what is made anew
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
