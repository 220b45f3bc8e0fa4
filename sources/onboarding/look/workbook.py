"""What a workbook seems to hold: the sheet, the rows above the header, the header, totals.

Here belong guesses from the cells of one sheet. Not here: reading for real (`readers.tables`).
"""

import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from sources.errors import SnapshotRefused
from sources.onboarding.look.text import FIRST_LINES, guess_ends, header_like
from sources.plain_files import open_plain
from sources.readers.apart import opened
from sources.readers.checked import checked_facts
from sources.readers.sheet_facts import SheetFacts
from sources.refusal import Refusal

_NO_GROUP = re.compile("[0-9:：]")
Rows = Sequence[Sequence[str]]


def is_workbook(path: Path) -> bool:
    """Whether a zip archive is a workbook."""
    try:
        with open_plain(path) as file, zipfile.ZipFile(file) as archive:
            return "[Content_Types].xml" in archive.namelist()
    except (zipfile.BadZipFile, UnicodeDecodeError, OSError):
        return True  # cut off: whoever reads it says so


def look_at_workbook(path: Path) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The keys of a layout for a workbook, and its headers; its fullest sheet is meant.

    Raises:
        SnapshotRefused: the workbook cannot be read.
    """
    facts = checked_facts(path)
    with opened(path, "workbook") as book:
        names = [name for name in book.names if not facts.get(name, SheetFacts()).hidden] or book.names
        sheets = {name: book.sheet(book.names.index(name))[1][0] for name in names}
    name, cells = max(sheets.items(), key=lambda pair: pair[1].height * pair[1].width)
    keys: dict[str, Any] = {"format": "xlsx"} | ({} if name == names[0] else {"sheet": name})
    rows = [[(cell or "").strip() for cell in row] for row in cells.head(FIRST_LINES).iter_rows()]
    if not rows:
        raise SnapshotRefused(Refusal.of("no_row_in_any_sheet", file=path.name))
    return _headed(keys, rows, cells)


def _headed(keys: dict[str, Any], rows: Rows, cells: pl.DataFrame) -> tuple[dict[str, Any], tuple[str, ...]]:
    width = cells.width
    # Merged titles fill one cell, so the header is the first row that is filled across.
    at = next((i for i, row in enumerate(rows) if _filled(row) >= max(2, 0.6 * width)), 0)
    if not header_like(rows[at], rows[at + 1 : at + 60]):
        return keys | {"header": False} | ({"title_rows": at} if at else {}), ("",) * width
    headers, height, above = _header(rows, at)
    last = ["\t".join(cell for cell in row if cell) for row in cells.tail(8).iter_rows()]
    _, totals = guess_ends(last, "\t", width, None)
    patterns = [pattern.removeprefix("\\\t*") for pattern in totals]
    found = {"title_rows": above, "header_rows": height if height > 1 else 0, "totals": patterns}
    return keys | {key: value for key, value in found.items() if value}, headers


def _header(rows: Rows, at: int) -> tuple[tuple[str, ...], int, int]:
    """Headers, how many rows they take, and how many rows stand above.

    Of a header of two rows the upper one holds groups, or the names of columns that have no lower one.
    """
    for first, last in ((at - 1, at), (at, at + 1)):
        if first < 0 or last >= len(rows):
            continue
        upper, lower = rows[first], rows[last]
        grouped = any(a and b for a, b in zip(upper, lower, strict=True)) and _filled(upper) >= 2
        whole = _joined(upper, lower)
        if grouped and _completes(upper, lower) and header_like(whole, rows[last + 1 : last + 60]):
            return whole, 2, first
    return tuple(rows[at]), 1, at


def _joined(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    """Both rows of a header joined with `/`, as the reader knows them; a merged cell stands in its first column."""
    filled: list[str] = []
    for above, below in zip(upper, lower, strict=True):
        filled.append(above or (filled[-1] if filled and below else ""))
    return tuple("/".join(part for part in parts if part) for parts in zip(filled, lower, strict=True))


def _completes(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether two rows name every column between them: neither does alone, or the upper one groups the lower.

    A title that fills several cells, as 单位：… beside 日期：…, is no group.
    """
    if _filled(lower) == len(lower) and 1 < _filled(upper) < len(upper):
        return not any(_NO_GROUP.search(text) for text in upper)
    both = sum(bool(a or b) for a, b in zip(upper, lower, strict=True))
    return both > max(_filled(upper), _filled(lower)) and both >= 0.9 * len(upper)


def _filled(row: Sequence[str]) -> int:
    return sum(map(bool, row))
