"""Workbooks as they land: titles, one or two rows of header, several sheets, totals, numbers that are numbers.

Here: the cells of a workbook. Not here: text files (delivery.py).
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

import xlsxwriter

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl
    from xlsxwriter.worksheet import Worksheet

    from synth.layout import File, Layout

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def write_workbook(path: Path, layout: Layout, file: File, cells: pl.DataFrame) -> None:
    """Writes the rows, shared out over the file's sheets."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_numbers": False})
    book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001  the same bytes every time
    each = -(-cells.height // len(file.sheets))
    for at, name in enumerate(file.sheets):
        sheet = book.add_worksheet(name)
        _write(sheet, layout, file, cells[at * each : (at + 1) * each])
    book.close()


def _above(sheet: Worksheet, layout: Layout, file: File) -> int:
    """Titles and header; returns the row below them."""
    top = 0
    for title in file.titles:
        sheet.write_string(top, 0, title)
        top += 1
    if file.groups:
        left = 0
        for name, width in file.groups:
            # What is merged has its text in its first cell; the others are empty.
            sheet.write_string(top, left, name)
            left += width
        top += 1
    for at, column in enumerate(layout.standing(file)):
        sheet.write_string(top, at, column.header)
    return top + 1


def _write(sheet: Worksheet, layout: Layout, file: File, cells: pl.DataFrame) -> None:
    number = _above(sheet, layout, file)
    native = [column.native for column in layout.standing(file)]
    for row in cells.iter_rows():
        for at, cell in enumerate(row):
            if cell is None:
                continue
            if native[at] and _NUMBER.fullmatch(cell):
                sheet.write_number(number, at, float(cell))
            else:
                sheet.write_string(number, at, cell)
        number += 1
    if file.totals is not None:
        for at, cell in enumerate(file.totals.format(n=cells.height).split("|")):
            if cell:
                sheet.write_string(number, at, cell)
