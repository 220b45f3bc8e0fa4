"""What the snapshots that a night would read are made of: one digest of names and bytes.

Two landing areas with one digest give the same rows. Not here: reading them (`intake`).
"""

import hashlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from sources.errors import SnapshotRefused
from sources.increments import window_start
from sources.landing import Snapshot, sha256, snapshots
from sources.layout import SourceLayout


def looked_at(landing: Path, source: str, layout: SourceLayout, night: date) -> list[Snapshot]:
    """Return the snapshots a night reads, newest first; of full deliveries those after the first stand in for it.

    Raises:
        LandingError: the source's folder is there but cannot be listed.
    """
    found = snapshots(landing, source, night)
    if layout.delivery == "full":
        return found
    start = window_start(night, layout.window_months or 1)
    return [snapshot for snapshot in found if snapshot.date >= start]


def content(taken: Iterable[Snapshot]) -> str | None:
    """Return SHA-256 over dates, names and bytes of everything in the snapshots' folders.

    None where something in them is no file that can be read: such a delivery is looked into each night.
    """
    whole = hashlib.sha256()
    try:
        for snapshot in taken:
            whole.update(f"{snapshot.date}\n".encode())
            snapshot.refuse_irregular()
            for path in sorted(snapshot.folder.iterdir()):
                if not path.is_file():
                    return None
                whole.update(path.name.encode("utf-8", "surrogateescape") + b"\0" + sha256(path).encode())
    except (OSError, SnapshotRefused):
        return None
    return whole.hexdigest()


Written = dict[str, tuple[int, int, int, int]]
"""By name, what changes when a file is written: its number, size, time of writing and of change (ns)."""


def written(snapshot: Snapshot) -> Written:
    """Return when everything in a snapshot's folder was written; a folder that cannot be read is its own entry."""
    try:
        return {path.name: _written(path) for path in sorted(snapshot.folder.iterdir())}
    except OSError:
        return {snapshot.folder.name: (-1, -1, 0, 0)}


def _written(path: Path) -> tuple[int, int, int, int]:
    told = path.lstat()
    return told.st_ino, told.st_size, told.st_mtime_ns, told.st_ctime_ns


def changed_file(before: Written, after: Written) -> str | None:
    """Return the name of a file that was written, came or went between two looks; None where none did."""
    names = sorted(before.keys() | after.keys())
    return next((name for name in names if before.get(name) != after.get(name)), None)


def stamp(taken: Iterable[Snapshot]) -> list[Written]:
    """Return when everything in the folders of several snapshots was written."""
    return [written(snapshot) for snapshot in taken]
