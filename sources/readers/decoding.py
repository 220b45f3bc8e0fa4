"""From a file's bytes to blocks of whole UTF-8 lines, decoded before anything is split.

Here belong gzip, encodings, byte-order marks, line ends and bytes that no decoding gives. Not here: fields.
A block is bounded, so a file of any size streams. Damage costs only the line it stands in.
"""

import codecs
import gzip
import os
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from sources.errors import SnapshotRefused
from sources.plain_files import open_plain
from sources.readers.batch import Lines
from sources.readers.packing import refuse_times, unpacked
from sources.refusal import Refusal

BLOCK_BYTES = 16 * 1024 * 1024
LONGEST_LINE = 64 * 1024 * 1024
BOM = b"\xef\xbb\xbf"
_EURO = "hedui_euro"
_NEVER_TEXT = {
    b"PK\x03\x04": "archive_for_text",
    b"\xd0\xcf\x11\xe0": "old_workbook_for_text",
    b"PAR1": "parquet_for_text",
}


@dataclass(frozen=True)
class Block:
    """Whole lines, each ended by a line feed, in valid UTF-8; `damaged` are line numbers within the block."""

    data: bytes
    damaged: Lines
    last: bool


@dataclass(frozen=True)
class Undecoded:
    """Whole lines as delivered. Who looks for a few lines of a large file decodes only the blocks they are in."""

    raw: bytes
    encoding: str
    last: bool

    @cached_property
    def lines(self) -> int:
        """How many lines there are."""
        return self.raw.count(b"\n")

    def has_none_of(self, wanted: Lines | None, first: int) -> bool:
        """Whether a reader that looks for `wanted` lines (sorted) may skip this block, whose first line is `first`."""
        if wanted is None:
            return False
        return bool(np.searchsorted(wanted, first) == np.searchsorted(wanted, first + self.lines))

    def decoded(self) -> Block:
        """The same lines in UTF-8, without byte-order marks, with the damaged ones marked."""
        data, damaged = _decoded(self.raw, self.encoding)
        return Block(data.removeprefix(BOM).replace(b"\n" + BOM, b"\n"), damaged, self.last)


def blocks(path: Path, encoding: str, size: int = BLOCK_BYTES, member: str = "*") -> Iterator[Undecoded]:
    """Yield the file's lines in blocks of about `size` bytes; of a zip archive, those of the one `member`.

    Raises:
        SnapshotRefused: empty file, no text, or a stream that ends before its end.
    """
    wide = encoding.startswith(("utf-16", "utf-32"))
    pieces = _unwidened(path, encoding, size, member) if wide else _pieces(path, size, member)
    lines = _whole_lines(path, pieces)
    held = next(lines, b"")
    while held:
        following = next(lines, b"")
        yield Undecoded(held, "utf-8" if wide else encoding, last=not following)
        held = following


def text_of(data: bytes, encoding: str) -> str:
    """Decode; of GB18030 as Windows does, to whom a byte 80 that begins no character is the euro sign.

    Raises:
        UnicodeDecodeError: bytes that no decoding gives.
    """
    return data.decode(encoding, _EURO if encoding == "gb18030" else "strict")


def _euro(error: UnicodeError) -> tuple[str, int]:
    if isinstance(error, UnicodeDecodeError) and error.object[error.start] == 0x80:
        return "€", error.start + 1
    raise error


codecs.register_error(_EURO, _euro)


def spans(holds: Callable[[int, int], bool], start: int, end: int) -> list[int]:
    """Positions in [start, end) that make `holds` false, found by halving: few bad ones cost few tests."""
    if start >= end or holds(start, end):
        return []
    if end - start == 1:
        return [start]
    middle = (start + end) // 2
    return spans(holds, start, middle) + spans(holds, middle, end)


def _pieces(path: Path, size: int, member: str) -> Iterator[bytes]:
    try:
        with open_plain(path) as plain, unpacked(path, plain, member) as file:
            piece, packed, so_far = file.read(size), os.fstat(plain.fileno()).st_size, 0
            if not piece:
                raise SnapshotRefused(Refusal.of("file_empty", file=path.name))
            _refuse_what_is_no_text(path, piece)
            while piece:
                so_far += len(piece)
                refuse_times(path, so_far, packed)
                yield piece
                piece = file.read(size)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise SnapshotRefused(Refusal.of("packed_stream_damaged", file=path.name)) from None
    except zipfile.BadZipFile:
        raise SnapshotRefused(Refusal.of("archive_damaged", file=path.name)) from None
    except OSError as error:
        raise SnapshotRefused(
            Refusal.of("file_unreadable", file=path.name, error=str(error.strerror))
        ) from None


def _refuse_what_is_no_text(path: Path, piece: bytes) -> None:
    for magic, code in _NEVER_TEXT.items():
        if piece.startswith(magic):
            raise SnapshotRefused(Refusal.of(code, file=path.name))


def _unwidened(path: Path, encoding: str, size: int, member: str) -> Iterator[bytes]:
    # Half a surrogate pair passes here as bytes that are no UTF-8, so that the one check below finds its line.
    decoder = codecs.getincrementaldecoder(encoding)("surrogatepass")
    try:
        for piece in _pieces(path, size, member):
            yield decoder.decode(piece).encode("utf-8", "surrogatepass")
    except (
        UnicodeError
    ):  # no byte-order mark, or bytes that this encoding has no meaning for: where a line ends is unknown
        raise SnapshotRefused(Refusal.of("other_encoding", file=path.name, encoding=encoding)) from None
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        yield b"\xff"


def _whole_lines(path: Path, pieces: Iterator[bytes]) -> Iterator[bytes]:
    carry = b""
    ends_with_cr: bool | None = None
    for given in pieces:
        piece = carry + given
        if ends_with_cr is None:
            ends_with_cr = b"\n" not in piece and b"\r" in piece
        if ends_with_cr:
            piece = piece.replace(b"\r\n", b"\r").replace(b"\r", b"\n")
        cut = piece.rfind(b"\n") + 1
        carry = piece[cut:]
        if len(carry) > LONGEST_LINE:
            raise SnapshotRefused(Refusal.of("line_too_long", file=path.name, limit=LONGEST_LINE))
        if cut:
            yield _without_cr(piece[:cut])
    if carry:
        yield _without_cr(carry + b"\n")


def _without_cr(data: bytes) -> bytes:
    return re.sub(rb"\r+\n", b"\n", data) if b"\r" in data else data


def _decoded(data: bytes, encoding: str) -> tuple[bytes, Lines]:
    damaged: set[int] = set()
    try:
        # The check and the transcoding are one: for UTF-8 the text itself is not needed.
        text = text_of(data, encoding)
        data = data if encoding == "utf-8" else text.encode()
    except UnicodeDecodeError:
        data, damaged = _line_by_line(data, encoding)
    if b"\0" in data:  # no character of any text: the line is damaged
        ends = np.flatnonzero(np.frombuffer(data, np.uint8) == ord("\n"))
        nuls = np.flatnonzero(np.frombuffer(data, np.uint8) == 0)
        damaged |= set(np.searchsorted(ends, nuls).tolist())
        data = data.replace(b"\0", "\ufffd".encode())
    return data, np.array(sorted(damaged), np.int64)


def _line_by_line(data: bytes, encoding: str) -> tuple[bytes, set[int]]:
    lines = data.split(b"\n")

    def decodes(start: int, end: int) -> bool:
        try:
            text_of(b"\n".join(lines[start:end]), encoding)
        except UnicodeDecodeError:
            return False
        return True

    bad = spans(decodes, 0, len(lines))
    shown = {position: lines[position].decode(encoding, "replace").encode() for position in bad}
    for position in bad:
        lines[position] = b""
    if encoding != "utf-8":
        lines = text_of(b"\n".join(lines), encoding).encode().split(b"\n")
    for position, line in shown.items():
        lines[position] = line
    return b"\n".join(lines), set(bad)
