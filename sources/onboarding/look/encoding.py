"""Which encoding a text file seems to have, and its first and last bytes.

Here belong byte-order marks and trial decoding. Not here: reading for real (`readers.decoding`).
"""

import gzip
import zipfile
import zlib
from collections import deque
from dataclasses import dataclass
from pathlib import Path

from sources.errors import SnapshotRefused
from sources.plain_files import open_plain
from sources.readers.packing import unpacked
from sources.refusal import Refusal

HEAD_BYTES = 8 * 1024 * 1024
TAIL_BYTES = 64 * 1024
_MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_MOST_DAMAGED = 0.2
"""Share of lines that may be damaged before an encoding counts as the wrong one."""


@dataclass(frozen=True)
class Ends:
    """The first bytes of a file, unpacked, and the last; `whole` if the first are all."""

    head: bytes
    tail: bytes
    whole: bool


def ends_of(path: Path) -> Ends:
    """The first 8 MB and the last 64 kB of a file, unpacked if it is gzip or zip.

    Raises:
        SnapshotRefused: the file is empty or cannot be read to its end.
    """
    try:
        with open_plain(path) as plain, unpacked(path, plain, "*") as file:
            head = file.read(HEAD_BYTES)
            last: deque[bytes] = deque([head], maxlen=2)
            while piece := file.read(HEAD_BYTES):
                last.append(piece)
    except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile):
        raise SnapshotRefused(Refusal.of("packed_file_damaged", file=path.name)) from None
    except OSError as error:
        raise SnapshotRefused(
            Refusal.of("file_unreadable", file=path.name, error=str(error.strerror))
        ) from None
    if not head:
        raise SnapshotRefused(Refusal.of("file_empty", file=path.name))
    whole = len(last) == 1 and last[0] is head
    return Ends(head, b"".join(last)[-TAIL_BYTES:], whole)


def guess_encoding(head: bytes) -> str:
    """The encoding that reads most of the lines: a mark decides, then zero bytes, then UTF-8 before GB18030."""
    for mark, name in _MARKS.items():
        if head.startswith(mark):
            return name
    start = head[:4096]
    if start.count(0) > len(start) // 100:  # no other text has zero bytes
        return "utf-16-be" if start[::2].count(0) > start[1::2].count(0) else "utf-16-le"
    lines = [line for line in head.split(b"\n")[:-1] or [head] if not line.isascii()]
    if not lines:
        return "utf-8"
    damaged = sum(not _decodes(line, "utf-8") for line in lines)
    return "utf-8" if damaged <= _MOST_DAMAGED * len(lines) else "gb18030"


def _decodes(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
