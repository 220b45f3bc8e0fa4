"""What a workbook shows and its reader does not say: hidden sheets, merged cells, formulas without a value, dates of Chinese Excel.

Here belongs what stands beside the cells in .xlsx and .xls, found without holding a sheet in memory, and so before the reader
is let loose on it: how far a sheet reaches too. No library tells these of .xlsx but by handing over each cell in Python, twenty
times slower than the reader itself. Not here: the cells (`apart`), what is made of the facts (`workbook`).
"""

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import PurePosixPath
from typing import IO, Final
from xml.etree import ElementTree as ET

import numpy as np
import xlrd

PIECE: Final = 4 * 1024 * 1024
_OLD: Final = b"\xd0\xcf\x11\xe0"
EAST_ASIAN_DATES: Final = frozenset({*range(27, 32), 36, 50, *range(51, 55), 57, 58})
"""Built-in formats that are dates in Chinese Excel and WPS and unknown to readers made elsewhere (ECMA-376 part 1, 18.8.30)."""
_DAY_ZERO: Final = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
_LAST: Final = 2_958_465

Place = tuple[int, int]
"""Row and column of a cell, from 0."""
Area = tuple[int, int, int, int]
"""First row and column, last row and column, from 0."""


@dataclass
class SheetFacts:
    """What is known of one sheet.

    Attributes:
        hidden: whether nobody sees it who opens the workbook.
        merged: areas of merged cells.
        without_value: cells with a formula that was never computed.
        days: cells that show a date and are read as a number, with the date.
        row_twice: a row number that stands in the file twice or out of order; its cells lie over one another.
        rows: how many rows it reaches down.
        columns: how many columns it reaches across.
        filled: how many cells hold something.
    """

    hidden: bool = False
    merged: list[Area] = field(default_factory=list)
    without_value: list[Place] = field(default_factory=list)
    days: dict[Place, date | None] = field(default_factory=dict)
    row_twice: int | None = None
    rows: int = 0
    columns: int = 0
    filled: int = 0


def facts_of(file: IO[bytes]) -> dict[str, SheetFacts]:
    """Return the facts of each sheet, by name; of formats other than .xlsx and .xls, none.

    Raises:
        zipfile.BadZipFile: it is no archive to its end.
    """
    old = file.read(4) == _OLD
    file.seek(0)
    if old:
        return _of_old(file.read())
    with zipfile.ZipFile(file) as book:
        return dict(_of_new(book))


def _of_new(book: zipfile.ZipFile) -> Iterator[tuple[str, SheetFacts]]:
    if "xl/workbook.xml" not in book.namelist():
        return
    about = ET.fromstring(book.read("xl/workbook.xml"))  # noqa: S314 - expat bounds what entities grow to
    parts = {
        _attribute(each, "Id"): each.get("Target", "") for each in _root(book, "xl/_rels/workbook.xml.rels")
    }
    from_1904 = any(_attribute(each, "date1904") in ("1", "true") for each in _named(about, "workbookPr"))
    days = _east_asian_styles(book)
    for each in _named(about, "sheet"):
        target = parts.get(_attribute(each, "id"), "")
        part = target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)
        facts = SheetFacts(hidden=each.get("state", "visible") != "visible")
        if part in book.namelist():
            with book.open(part) as stream:
                _Scan(facts, days, _DAY_ZERO[from_1904]).read(stream)
        yield each.get("name", ""), facts


def _root(book: zipfile.ZipFile, part: str) -> Iterable[ET.Element]:
    return ET.fromstring(book.read(part)) if part in book.namelist() else ()  # noqa: S314 - as above


def _named(tree: ET.Element, name: str) -> Iterator[ET.Element]:
    return (each for each in tree.iter() if each.tag.rpartition("}")[2] == name)


def _attribute(of: ET.Element, name: str) -> str:
    return next((value for key, value in of.items() if key.rpartition("}")[2] == name), "")


def _east_asian_styles(book: zipfile.ZipFile) -> list[int]:
    """The styles of cells whose format is one of `EAST_ASIAN_DATES`, but for those the workbook gives a meaning of its own."""
    if "xl/styles.xml" not in book.namelist():
        return []
    styles = ET.fromstring(book.read("xl/styles.xml"))  # noqa: S314 - as above
    own = {int(each.get("numFmtId", "-1")) for each in _named(styles, "numFmt")}
    formats = [
        int(each.get("numFmtId", "0")) for cells in _named(styles, "cellXfs") for each in _named(cells, "xf")
    ]
    return [at for at, number in enumerate(formats) if number in EAST_ASIAN_DATES - own]


class _Scan:
    """Reads the XML of one sheet piece by piece; a row is never cut in two."""

    def __init__(self, facts: SheetFacts, day_styles: list[int], day_zero: date) -> None:
        self._facts, self._day_zero = facts, day_zero
        self._day_styles = "|".join(map(str, day_styles)).encode()
        self._prefix, self._last_row = b"", 0
        self._compile()

    def read(self, stream: IO[bytes]) -> None:
        """Read it to its end."""
        held, begun = b"", False
        while piece := stream.read(PIECE):
            held += piece
            if not begun and (root := re.search(rb"<(\w+:)?worksheet\b", held)):
                self._prefix, begun = root[1] or b"", True
                self._compile()
            cut = held.rfind(b"</" + self._prefix + b"row>")
            if cut >= 0:
                self._look(held[:cut])
                held = held[cut:]
        self._look(held)

    def _compile(self) -> None:
        # Blanks are bounded and no tag may hold another, so that no text makes a pattern start again and again.
        tag = b"<" + re.escape(self._prefix)
        end = b"</" + re.escape(self._prefix)
        at = rb'\b[^<>]*?\sr="([A-Z]{1,3})([0-9]{1,7})"'
        self._row = re.compile(tag + rb'row\b[^<>]*?\sr="([0-9]{1,7})"')
        self._cell = re.compile(tag + rb'c\b[^<>]*?\sr="([A-Z]{1,3})[0-9]')
        self._merged = re.compile(tag + rb'mergeCell\b[^<>]*?\sref="([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)"')
        nothing = rb"(?:" + tag + rb"v\s{0,9}/>|" + tag + rb"v>\s{0,9}" + end + rb"v>)?\s{0,9}" + end + rb"c>"
        formula = rb"[^<>]*>\s{0,9}" + tag + rb"f\b[^<>]*?(?:/>|>[^<]*" + end + rb"f>)\s{0,9}"
        self._formula = re.compile(tag + b"c" + at + formula + nothing)
        styled = (
            rb'(?=[^<>]*\ss="(?:'
            + self._day_styles
            + rb')")'
            + at
            + rb"[^<>]*>(?:\s{0,9}"
            + tag
            + rb"f\b[^<>]*?(?:/>|>[^<]*"
        )
        self._day = re.compile(tag + b"c" + styled + end + rb"f>))?\s{0,9}" + tag + rb"v>([^<]*)<")

    def _look(self, text: bytes) -> None:
        facts, tag = self._facts, b"<" + self._prefix
        rows = np.array(self._row.findall(text), np.int64)
        if len(rows):
            following = np.diff(np.concatenate(([self._last_row], rows)))
            if facts.row_twice is None and (following <= 0).any():
                facts.row_twice = int(rows[int(np.flatnonzero(following <= 0)[0])])
            self._last_row = int(rows[-1])
            facts.rows = max(facts.rows, int(rows.max()))
        columns = set(self._cell.findall(text))
        facts.columns = max([facts.columns, *(_column(letters) + 1 for letters in columns)])
        facts.filled += text.count(tag + b"v") + text.count(tag + b"is")
        if tag + b"f" in text:
            facts.without_value += [_place(*found) for found in self._formula.findall(text)]
        if self._day_styles:
            days = self._day.findall(text)
            facts.days |= {_place(column, row): _day(value, self._day_zero) for column, row, value in days}
        areas = self._merged.findall(text)
        facts.merged += [(*_place(*found[:2]), *_place(*found[2:])) for found in areas]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _place(column: bytes, row: bytes) -> Place:
    return int(row) - 1, _column(column)


def _day(value: bytes | float, day_zero: date) -> date | None:
    """The day of a serial, as Excel shows it; None for what it shows as no day (0, negative, no number)."""
    try:
        serial = int(float(value))
    except (ValueError, OverflowError):
        return None
    if day_zero.year == 1899 and serial < 60:  # the 29 February 1900 that Excel counts
        serial = serial + 1 if serial > 0 else -1
    return day_zero + timedelta(days=serial) if 0 <= serial <= _LAST else None


def _of_old(content: bytes) -> dict[str, SheetFacts]:
    try:
        book = xlrd.open_workbook(file_contents=content, formatting_info=True)
    except Exception:
        return {}
    days = {n for n, style in enumerate(book.xf_list) if style.format_key in EAST_ASIAN_DATES}
    return {sheet.name: _of_old_sheet(book, sheet, days) for sheet in book.sheets()}


def _of_old_sheet(book: xlrd.Book, sheet: xlrd.sheet.Sheet, days: set[int]) -> SheetFacts:
    facts = SheetFacts(hidden=sheet.visibility != 0, rows=sheet.nrows, columns=sheet.ncols)
    facts.merged = [(top, left, below - 1, right - 1) for top, below, left, right in sheet.merged_cells]
    dated = (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE)
    for column in range(sheet.ncols) if days else ():
        kinds = sheet.col_types(column)
        facts.days |= {
            (row, column): _day(sheet.cell_value(row, column), _DAY_ZERO[bool(book.datemode)])
            for row, kind in enumerate(kinds)
            if kind in dated and sheet.cell_xf_index(row, column) in days
        }
    return facts
