"""What a snapshot must keep before any row counts: files that the layout knows, and its manifest's word.

Here belong the reasons to refuse a snapshot that need no row to be read. Not here: rows (`delivery`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sources.errors import SnapshotRefused, most_like
from sources.landing import Promise, Snapshot, manifest, sha256
from sources.layout import FileLayout, SourceLayout
from sources.plain_files import kind_of
from sources.refusal import Refusal, readable_name


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


def nothing_fits(files: Mapping[str, Delivered], layout: SourceLayout) -> Refusal:
    """Why a snapshot without any file that the layout knows is refused."""
    patterns = [shape.pattern or shape.regex or "" for shape in layout.files]
    wanted = [Refusal.of("pattern", pattern=pattern) for pattern in patterns]
    if not files:
        return Refusal.of("no_file", *wanted)
    return Refusal.of("no_file_fits", *wanted, nearest=most_like(" or ".join(patterns), files))


def kept_promises(snapshot: Snapshot, files: Mapping[str, Delivered]) -> dict[str, Promise]:
    """The manifest, held against names and checksums; its row counts are for the caller to check.

    Raises:
        SnapshotRefused: the manifest and the files disagree.
    """
    promises = manifest(snapshot)
    for name, promise in (promises or {}).items():
        if name not in files:
            raise SnapshotRefused(
                Refusal.of("manifest_file_missing", file=name, nearest=most_like(name, files))
            )
        if files[name].shape is None and promise.rows:
            raise SnapshotRefused(Refusal.of("manifest_file_fits_nothing", file=name))
    for name, file in files.items():
        if file.shape is None:
            continue
        if promises is not None and name not in promises:
            raise SnapshotRefused(
                Refusal.of("file_not_in_manifest", file=name, nearest=most_like(name, promises))
            )
        file.note_sha256()
        promised = None if promises is None else promises[name].sha256
        if promised is not None and promised != file.sha256:
            raise SnapshotRefused(Refusal.of("checksum_differs", file=name))
    return promises or {}


def check_promised_rows(promise: Promise | None, file: Delivered) -> None:
    """Raise `SnapshotRefused` if the manifest promises another number of rows than were read."""
    if promise is not None and promise.rows not in (None, file.rows):
        raise SnapshotRefused(
            Refusal.of("manifest_rows_differ", promised=promise.rows, file=file.name, rows=file.rows)
        )
