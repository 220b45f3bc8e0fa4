"""The landing area: which snapshots there are, which files they hold, what their manifests promise.

Here belong folder names, manifests, checksums and the divisions file. Not here: reading a delivered file.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from sources.errors import LandingError, SnapshotRefused
from sources.plain_files import NOT_FOLLOWED, kind_of, open_plain, refuse_irregular
from sources.refusal import Refusal
from sources.refusal_words import in_words

MANIFEST = "_manifest.json"
NO_FILES = ("_", ".", "~$")
"""How names begin of what is no delivered file: manifests, hidden files, what desktops leave."""
DIVISIONS = ("division_code", "name_zh", "level", "parent_code")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Snapshot:
    """One delivery of one source: its own date and its folder."""

    source: str
    date: date
    folder: Path

    def files(self) -> list[Path]:
        """What was delivered, by name; manifests, hidden and temporary files are none.

        A folder, link or pipe where a file should be is among them, so that whoever reads it says so.
        """
        found = (path for path in self._listed() if not path.name.startswith(NO_FILES))
        return sorted(found, key=lambda path: path.name)

    def refuse_irregular(self) -> None:
        """Raise `SnapshotRefused`, by name, if the folder, or anything in it, hidden or not, is no file or folder."""
        if kind := kind_of(self.folder):
            raise SnapshotRefused(
                Refusal.of("folder_is_no_folder", Refusal.of(kind), folder=self.folder.name)
            )
        try:
            refuse_irregular(sorted(self.folder.iterdir()))
        except OSError:
            raise SnapshotRefused(Refusal.of("folder_unreadable", folder=self.folder.name)) from None

    def _listed(self) -> list[Path]:
        return [] if kind_of(self.folder) else list(self.folder.iterdir())


@dataclass(frozen=True)
class Promise:
    """What a manifest says of one file; what it leaves out is not checked."""

    name: str
    rows: int | None
    sha256: str | None


def check_landing(landing: Path) -> None:
    """Raise `LandingError` unless `landing` is a folder that can be listed."""
    try:
        next(iter(landing.iterdir()), None)
    except OSError as error:
        why = error.strerror or "it cannot be read"
        raise LandingError(
            f"Landing area {landing}: {why}. Give the folder that holds one folder a source."
        ) from None


def snapshots(landing: Path, source: str, night: date) -> list[Snapshot]:
    """Snapshots of `source`, newest first, none later than `night`; folders with other names are ignored.

    Raises:
        LandingError: the source's folder is there but cannot be listed, or is a link.
    """
    folder = landing / source
    if kind := kind_of(folder):
        found_there = in_words(Refusal.of(kind), "en")
        raise LandingError(f"Folder {folder} is {found_there}. Put the folder itself there; {NOT_FOLLOWED}.")
    if not folder.is_dir():
        return []
    try:
        found = [snapshot for snapshot in _dated(folder, source) if snapshot.date <= night]
    except OSError as error:
        raise LandingError(f"Folder {folder} cannot be listed: {error.strerror}.") from None
    return sorted(found, key=lambda snapshot: snapshot.date, reverse=True)


def _dated(folder: Path, source: str) -> Iterator[Snapshot]:
    for path in folder.iterdir():
        # A link where a folder should be is a snapshot that will be refused: passing it over would hide it.
        if not _DAY.fullmatch(path.name) or not (path.is_dir() or path.is_symlink()):
            continue
        try:
            yield Snapshot(source, date.fromisoformat(path.name), path)
        except ValueError:  # 2021-02-30 is no date, so it is no snapshot
            continue


def no_snapshots(landing: Path, source: str) -> list[str]:
    """What lies in a source's folder and is no snapshot: folders whose name is no day, files outside of any; hidden ones are none.

    Nobody reads them, and somebody may have meant them to be read.
    """
    folder = landing / source
    if kind_of(folder) or not folder.is_dir():
        return []
    days = {snapshot.folder.name for snapshot in _dated(folder, source)}
    return sorted(p.name for p in folder.iterdir() if p.name not in days and p.name[0] not in "._~")


def manifest(snapshot: Snapshot) -> dict[str, Promise] | None:
    """What the snapshot's manifest promises, by file name; None without a manifest.

    Raises:
        SnapshotRefused: the manifest is there but cannot be understood.
    """
    snapshot.refuse_irregular()
    try:
        with open_plain(snapshot.folder / MANIFEST) as file:
            files = json.loads(file.read().decode("utf-8-sig"))["files"]
        promises = [_promise(entry) for entry in files]
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise SnapshotRefused(Refusal.of("manifest_not_understood")) from None
    return {promise.name: promise for promise in promises}


def _promise(entry: dict[str, object]) -> Promise:
    rows, digest = entry.get("rows"), entry.get("sha256")
    return Promise(
        name=str(entry["name"]),
        rows=None if rows is None else int(str(rows)),
        sha256=None if digest is None else str(digest).lower(),
    )


def sha256(path: Path) -> str:
    """SHA-256 of a file's bytes, in lower-case hexadecimal digits.

    Raises:
        SnapshotRefused: it is a link or pipe.
        OSError: it cannot be read.
    """
    with open_plain(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def divisions(landing: Path) -> pl.DataFrame | None:
    """The place's divisions (`division_code`, `name_zh`, `level`, `parent_code`, all text); None if not given.

    Raises:
        LandingError: the file is there but cannot be read, or lacks a column.
    """
    path = landing / "_reference" / "divisions.csv"
    try:
        refuse_irregular([path.parent])
        with open_plain(path) as file:
            frame = pl.read_csv(_as_utf8(file.read()), infer_schema=False)
    except FileNotFoundError:
        return None
    except SnapshotRefused as refused:
        raise LandingError(f"{path}: {refused}.") from None
    except (OSError, UnicodeError, pl.exceptions.PolarsError) as error:
        raise LandingError(
            f"{path}: cannot be read as CSV in UTF-8 or GB18030 ({type(error).__name__})."
        ) from None
    missing = [name for name in DIVISIONS if name not in frame.columns]
    if missing:
        raise LandingError(f"{path}: column {missing[0]!r} is missing; expected {', '.join(DIVISIONS)}.")
    named = frame.select(pl.col(DIVISIONS).str.strip_chars()).drop_nulls("division_code")
    return named.unique("division_code", keep="first", maintain_order=True)


def _as_utf8(data: bytes) -> bytes:
    """Return the bytes in UTF-8 without a mark: as they are, else read as GB18030."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    return text.encode()
