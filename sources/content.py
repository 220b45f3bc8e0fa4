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


def stamp(taken: Iterable[Snapshot]) -> list[tuple[str, int, int, int]]:
    """Return name, size, time of writing and of change (ns) of everything in the snapshots' folders."""
    found = []
    for snapshot in taken:
        try:
            for path in sorted(snapshot.folder.iterdir()):
                told = path.lstat()
                found.append((str(path), told.st_size, told.st_mtime_ns, told.st_ctime_ns))
        except OSError:
            found.append((str(snapshot.folder), -1, 0, 0))
    return found
