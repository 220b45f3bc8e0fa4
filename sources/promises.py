"""What a snapshot must keep before any row counts: files that the layout knows, and its manifest's word.

Here belong the reasons to refuse a snapshot that need no row to be read. Not here: rows (`delivery`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sources.errors import SnapshotRefused, nearest, readable_name
from sources.landing import Promise, Snapshot, manifest, sha256
from sources.layout import FileLayout, SourceLayout
from sources.plain_files import kind_of


@dataclass
class Delivered:
    """What is known of one delivered file; `rows` once they are counted."""

    path: Path
    name: str
    """The name by which audit and manifest know it."""
    shape: FileLayout | None
    sha256: str | None = None
    rows: int | None = None
    private_use: int = 0

    def note_sha256(self) -> None:
        """Take the file's checksum; none where it cannot be read."""
        try:
            self.sha256 = sha256(self.path)
        except (OSError, SnapshotRefused):
            self.sha256 = None


def delivered_files(snapshot: Snapshot, layout: SourceLayout) -> dict[str, Delivered] | None:
    """The snapshot's files by name, each with the shape the layout gives it; None: the folder cannot be read."""
    found: dict[str, Delivered] = {}
    try:
        for path in snapshot.files():
            name = readable_name(path.name)
            if name in found:  # one name in two encodings is two files
                name = ascii(path.name)
            # What is no file has no shape: it is named, and nobody opens it.
            found[name] = Delivered(path, name, None if kind_of(path) else layout.shape_of(name))
    except OSError:
        return None
    return found


def nothing_fits(files: Mapping[str, Delivered], layout: SourceLayout) -> str:
    """The sentence for a snapshot without any file that the layout knows."""
    wanted = " or ".join(shape.pattern or shape.regex or "" for shape in layout.files)
    if not files:
        return f"the snapshot has no file; expected {wanted}"
    return f"no file fits the layout's pattern {wanted}{nearest(wanted, files)}"


def kept_promises(snapshot: Snapshot, files: Mapping[str, Delivered]) -> dict[str, Promise]:
    """The manifest, held against names and checksums; its row counts are for the caller to check.

    Raises:
        SnapshotRefused: the manifest and the files disagree.
    """
    promises = manifest(snapshot)
    for name, promise in (promises or {}).items():
        if name not in files:
            raise SnapshotRefused(f"the manifest names {name}, which is missing{nearest(name, files)}")
        if files[name].shape is None and promise.rows:
            raise SnapshotRefused(f"the manifest names {name}, which fits no file pattern of the layout")
    for name, file in files.items():
        if file.shape is None:
            continue
        if promises is not None and name not in promises:
            raise SnapshotRefused(f"file {name} is not in the manifest{nearest(name, promises)}")
        file.note_sha256()
        promised = None if promises is None else promises[name].sha256
        if promised is not None and promised != file.sha256:
            raise SnapshotRefused(f"file {name} does not have the checksum that the manifest promises")
    return promises or {}


def check_promised_rows(promise: Promise | None, file: Delivered) -> None:
    """Raise `SnapshotRefused` if the manifest promises another number of rows than were read."""
    if promise is not None and promise.rows not in (None, file.rows):
        raise SnapshotRefused(f"the manifest promises {promise.rows} rows in {file.name}, it has {file.rows}")
