"""Packed files: gzip and zip, opened as streams of the text in them.

Here belongs finding the one file in an archive. Not here: what the text is (`decoding`).
"""

import fnmatch
import gzip
import zipfile
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import IO, BinaryIO, cast

from sources.errors import SnapshotRefused
from sources.refusal import Refusal

_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_ENCRYPTED = 0x1


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
        return cast("AbstractContextManager[BinaryIO]", _member(path, zipfile.ZipFile(plain), member))
    return nullcontext(plain)


def _member(path: Path, archive: zipfile.ZipFile, wanted: str) -> IO[bytes]:
    names = [entry for entry in archive.infolist() if not entry.is_dir()]
    if any(entry.filename == "[Content_Types].xml" for entry in names):
        raise SnapshotRefused(Refusal.of("workbook_for_text", file=path.name))
    fitting = [e for e in names if fnmatch.fnmatchcase(_bare(e).casefold(), wanted.casefold())]
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
