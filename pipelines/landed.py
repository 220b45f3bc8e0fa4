"""What has come into the landing area, by listing it: names, sizes and times of change, no file opened but manifests.

Here belongs when a snapshot is whole and when it came. Not here: whether a night should run again (sensors.py), what is
in a delivery (sources).
"""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from sources import CONTRACTS
from sources.errors import SnapshotRefused
from sources.landing import Snapshot, manifest, snapshots
from sources.unread import UNFINISHED

WATCHED: Final = 3  # newest snapshots a source; the night uses the newest that is not refused


@dataclass(frozen=True, slots=True)
class Landed:
    """One snapshot folder as it lies there.

    Attributes:
        at: when its newest file, or the folder itself, last changed. Not when a file was written at the department:
            copies keep that time, and a copy that came late would look old.
        whole: nothing in it is being written, and every file that its manifest names is there.
        listing: its files with sizes and times, for the digest.
    """

    source: str
    snapshot: date
    at: datetime
    whole: bool
    listing: tuple[str, ...]


def landed(landing: Path, night: date) -> list[Landed]:
    """Return the newest snapshots of every source, none later than ``night``; what cannot be listed has not come."""
    found = []
    for source in CONTRACTS:
        try:
            newest = snapshots(landing, source, night)[:WATCHED]
            found += [_looked_at(snapshot) for snapshot in newest]
        except (
            OSError,
            ValueError,
        ):  # being moved, or closed to us: the night itself says so in its own words
            continue
    return found


def digest_of(found: Iterable[Landed]) -> str:
    """Return SHA-256 over the listings: the same listing never makes a night run twice."""
    lines = sorted(f"{each.source}/{each.snapshot}/{line}" for each in found for line in each.listing)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _looked_at(snapshot: Snapshot) -> Landed:
    """Look at one snapshot folder."""
    with os.scandir(snapshot.folder) as entries:
        files = {entry.name: entry.stat() for entry in entries if entry.is_file()}
    changed = [snapshot.folder.stat().st_ctime_ns, *(file.st_ctime_ns for file in files.values())]
    listing = tuple(f"{name} {file.st_size} {file.st_ctime_ns}" for name, file in sorted(files.items()))
    unfinished = any(name.startswith((".", "~$")) or name.lower().endswith(UNFINISHED) for name in files)
    whole = bool(files) and not unfinished and _promised(snapshot) <= files.keys()
    return Landed(
        snapshot.source, snapshot.date, datetime.fromtimestamp(max(changed) / 1e9, UTC), whole, listing
    )


def _promised(snapshot: Snapshot) -> set[str]:
    """Return the files that the manifest names; one that cannot be understood is for the night to refuse."""
    try:
        return set(manifest(snapshot) or ())
    except SnapshotRefused:
        return set()
