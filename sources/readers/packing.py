"""Packed files: gzip and zip, opened as streams of the text in them.

Here belongs finding the one file in an archive. Not here: what the text is (`decoding`).
"""

import fnmatch
import gzip
import os
import zipfile
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import IO, BinaryIO, Final, cast

from sources.errors import SnapshotRefused
from sources.landing import NO_FILES
from sources.plain_files import open_plain
from sources.refusal import Refusal

MOST_TIMES: Final = 200
"""How often its packed size a file may be; text and tables come to 5 to 50 times."""
SMALL: Final = 16 * 1024 * 1024
"""What unpacks to no more does no harm, however tightly it was packed."""
_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_ENCRYPTED = 0x1


def refuse_tight(path: Path, archive: IO[bytes]) -> None:
    """Raise `SnapshotRefused` if an archive says that it unpacks to more than `MOST_TIMES` its size; no archive is none.

    Raises:
        zipfile.BadZipFile: an archive that is cut off.
    """
    start = archive.read(4)
    archive.seek(0)
    if start != _ZIP:
        return
    packed = os.fstat(archive.fileno()).st_size
    refuse_times(path, sum(entry.file_size for entry in zipfile.ZipFile(archive).infolist()), packed)
    archive.seek(0)


def refuse_times(path: Path, unpacked_bytes: int, packed_bytes: int) -> None:
    """Raise `SnapshotRefused` where so many bytes came of so few."""
    if unpacked_bytes > max(SMALL, MOST_TIMES * packed_bytes):
        times = unpacked_bytes // max(packed_bytes, 1)
        raise SnapshotRefused(Refusal.of("packed_too_tightly", file=path.name, times=times))


def unpacked(path: Path, plain: BinaryIO, member: str) -> AbstractContextManager[BinaryIO]:
    """The text of a file that may be packed; its first bytes say so, not its name.

    Args:
        path: the file, for messages.
        plain: the file, opened and at its start.
        member: name of the one file to read in a zip archive, with * and ?.

    Raises:
        SnapshotRefused: a workbook, or an archive without exactly one such file, or with a password.
    """
    start = plain.read(4)
    plain.seek(0)
    if start[:2] == _GZIP:
        return cast("AbstractContextManager[BinaryIO]", gzip.GzipFile(fileobj=plain))
    if start in (_ZIP, _EMPTY_ZIP):
        return cast("AbstractContextManager[BinaryIO]", _member(path, _archive(path, plain), member))
    return nullcontext(plain)


def members(path: Path) -> list[str]:
    """Names of the files in a zip archive, as `member` means them; of any other file, none.

    Raises:
        SnapshotRefused: their names cannot be read.
        OSError: the file cannot be read.
        zipfile.BadZipFile: it is cut off.
    """
    with open_plain(path) as plain:
        start = plain.read(4)
        plain.seek(0)
        return [_bare(entry) for entry in _delivered(_archive(path, plain))] if start == _ZIP else []


def fits(name: str, member: str) -> bool:
    """Whether a file of an archive is one that `member` means; case does not count."""
    return fnmatch.fnmatchcase(name.casefold(), member.casefold())


def _archive(path: Path, plain: BinaryIO) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(plain)
    except UnicodeDecodeError:
        raise SnapshotRefused(Refusal.of("archive_names_unreadable", file=path.name)) from None


def _delivered(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files of an archive but for folders, manifests and what desktops leave, as of a snapshot's folder."""
    return [
        entry
        for entry in archive.infolist()
        if not entry.is_dir() and not any(part.startswith(NO_FILES) for part in entry.filename.split("/"))
    ]


def _member(path: Path, archive: zipfile.ZipFile, wanted: str) -> IO[bytes]:
    if "[Content_Types].xml" in archive.namelist():
        raise SnapshotRefused(Refusal.of("workbook_for_text", file=path.name))
    fitting = [e for e in _delivered(archive) if fits(_bare(e), wanted)]
    if len(fitting) != 1:
        raise SnapshotRefused(Refusal.of("archive_of_several", file=path.name, n=len(fitting), wanted=wanted))
    if fitting[0].flag_bits & _ENCRYPTED:
        raise SnapshotRefused(Refusal.of("archive_with_password", file=path.name))
    try:
        return archive.open(fitting[0])
    except NotImplementedError:
        raise SnapshotRefused(Refusal.of("archive_packed_otherwise", file=path.name)) from None


def _bare(entry: zipfile.ZipInfo) -> str:
    """The name without folders; older Chinese archives write it in GBK, which zip takes for cp437."""
    name = entry.filename.rsplit("/", 1)[-1]
    try:
        return name if entry.flag_bits & 0x800 else name.encode("cp437").decode("gb18030")
    except UnicodeError:
        return name
