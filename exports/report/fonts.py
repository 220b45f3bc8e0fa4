"""The fonts of the PDF: where they are, and which characters they can show.

Noto Sans CJK comes with the package `noto-cjk-sans-otc` (SIL Open Font License 1.1); a folder of further fonts, for rarer
characters, may be named. Here belongs reading a font's character map. Not here: setting a page.
"""

import bisect
import functools
import importlib.util
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from exports.errors import ExportError

FAMILY: Final = "Noto Sans CJK SC"
_PACKAGE: Final = "noto_cjk_sans_otc"
_ENDINGS: Final = frozenset({".ttf", ".ttc", ".otf", ".otc"})
_HELD_BACK: Final = frozenset("\n\r\t ")
_SELECTORS: Final = ((0xFE00, 0xFE0F), (0xE0100, 0xE01EF))
"""Variation selectors ask for another shape of the character before; they show nothing themselves."""


@dataclass(frozen=True, slots=True)
class Fonts:
    """Folders of font files, and the ranges of characters that they show: first and last code, ascending."""

    folders: tuple[Path, ...]
    ranges: tuple[tuple[int, int], ...]

    def shows(self, character: str) -> bool:
        """Tell whether one character can be shown."""
        at = ord(character)
        if character in _HELD_BACK or any(first <= at <= last for first, last in _SELECTORS):
            return True
        place = bisect.bisect_right(self.ranges, (at, 0x110000)) - 1
        return place >= 0 and self.ranges[place][0] <= at <= self.ranges[place][1]

    def missing(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Return the characters of some texts that no font shows, in order of their codes."""
        return tuple(sorted(each for each in set("".join(texts)) if not self.shows(each)))


@functools.cache
def fonts_of(more: Path | None = None) -> Fonts:
    """Return the fonts that a report is set in.

    Args:
        more: a folder of further font files, used where Noto Sans CJK lacks a character.

    Raises:
        ExportError: no Chinese font is installed, or the folder holds none.
    """
    found = importlib.util.find_spec(_PACKAGE)
    if found is None or found.origin is None:
        raise ExportError(
            "No Chinese font is installed, so a PDF would show empty boxes. Install it: "
            "pip install noto-cjk-sans-otc (make setup does), or write the page alone: --format html."
        )
    folders = [Path(found.origin).parent]
    if more is not None:
        if not any(_files(more)):
            raise ExportError(
                f"{more} holds no font file ({', '.join(sorted(_ENDINGS))}). Name another folder with --fonts."
            )
        folders.append(more)
    ranges = [pair for folder in folders for file in _files(folder) for pair in _ranges(file.read_bytes())]
    return Fonts(tuple(folders), tuple(_merged(ranges)))


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.glob("*") if file.suffix.lower() in _ENDINGS)


def _ranges(data: bytes) -> list[tuple[int, int]]:
    """Return the ranges of the first face's Unicode map (OpenType cmap, format 12, else 4)."""
    start = struct.unpack_from(">I", data, 12)[0] if data[:4] == b"ttcf" else 0
    tables = struct.unpack_from(">H", data, start + 4)[0]
    for number in range(tables):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, start + 12 + 16 * number)
        if tag == b"cmap":
            return _subtable(data, offset)
    return []


def _subtable(data: bytes, cmap: int) -> list[tuple[int, int]]:
    count = struct.unpack_from(">H", data, cmap + 2)[0]
    places = [cmap + struct.unpack_from(">HHI", data, cmap + 4 + 8 * number)[2] for number in range(count)]
    formats = {struct.unpack_from(">H", data, place)[0]: place for place in places}
    if 12 in formats:
        place = formats[12]
        groups = struct.unpack_from(">I", data, place + 12)[0]
        return [struct.unpack_from(">II", data, place + 16 + 12 * number) for number in range(groups)]
    if 4 in formats:
        place = formats[4]
        half = struct.unpack_from(">H", data, place + 6)[0]
        ends = struct.unpack_from(f">{half // 2}H", data, place + 14)
        starts = struct.unpack_from(f">{half // 2}H", data, place + 16 + half)
        return [(first, last) for first, last in zip(starts, ends, strict=True) if last != 0xFFFF]
    return []


def _merged(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged
