"""Workbooks and Parquet: files that hold a table already, whose cells become text.

Here belong sheets, title rows and cells with types of their own. Not here: what a text means (`values`).
"""

import fnmatch
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import fastexcel
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from sources.contract import Contract
from sources.errors import SnapshotRefused
from sources.layout import FileLayout
from sources.plain_files import open_plain
from sources.readers.batch import LINE, Batch
from sources.readers.header import EXTRA, canonical_names, joined_headers
from sources.readers.rounded import as_shown, is_long
from sources.readers.trailer import Trailer
from sources.refusal import Refusal
from sources.values.text import SHOWN_ERROR

BATCH_ROWS = 200_000
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class Workbook:
    """Reads sheets of an Excel workbook; a line is a row of the sheet, counted from 1 and on over several sheets."""

    def __init__(self, path: Path, contract: Contract, shape: FileLayout, *, lenient: bool = False) -> None:
        """Prepare to read `path`; nothing is opened before the first batch is asked for."""
        self._path = path
        self._contract = contract
        self._shape = shape
        self._lenient = lenient

    def __iter__(self) -> Iterator[Batch]:
        """Yield the batches of each sheet.

        Raises:
            SnapshotRefused: the file is no workbook, is cut off, or has no usable header.
        """
        book, line = self._book(), 0
        for sheet in self._sheets(book):
            cells = self._cells(book, sheet)
            for batch in self._rows(cells, line).iter_slices(BATCH_ROWS):
                yield _batch(batch)
            line += cells.height

    def _rows(self, cells: pl.DataFrame, above: int) -> pl.DataFrame:
        """The rows of one sheet under their names; lines are counted on from the sheets `above`."""
        columns, shape = cells.columns, self._shape
        cells = cells.with_row_index(LINE, offset=1).with_columns(pl.col(LINE).cast(pl.Int64))
        cells = cells.filter(~pl.all_horizontal(pl.col(columns).is_null())) if columns else cells.clear()
        cells = cells.filter(pl.col(LINE) > shape.title_rows).with_columns(pl.col(LINE) + above)
        names, rows = self._header(cells, columns)
        trailer = Trailer(self._path.name, shape.trailer)
        rows = _without_totals(rows, columns, shape.totals)
        if rows.height and trailer.is_it(_joined(rows.tail(1), columns)[0]):
            rows = rows.head(-1)
        trailer.delivered = rows.height
        if not self._lenient:
            trailer.check()
        return rows.rename(dict(zip(columns, names, strict=True)))

    def _book(self) -> fastexcel.ExcelReader:
        name = self._path.name
        try:
            with open_plain(self._path) as file:
                content = file.read()
        except OSError as error:
            raise SnapshotRefused(
                Refusal.of("file_unreadable", file=name, error=str(error.strerror))
            ) from None
        if not content:
            raise SnapshotRefused(Refusal.of("file_empty", file=name))
        if not content.startswith(_WORKBOOKS):
            raise SnapshotRefused(Refusal.of("no_workbook", file=name))
        try:
            return fastexcel.read_excel(content)
        except fastexcel.FastExcelError:
            raise self._damaged() from None

    def _sheets(self, book: fastexcel.ExcelReader) -> Sequence[str | int]:
        """The sheets to read, in the workbook's order; those a pattern means may each be empty, not all missing."""
        wanted = self._shape.sheet
        if not isinstance(wanted, str) or not set("*?") & set(wanted):
            return [wanted or 0]
        fitting = [name for name in book.sheet_names if fnmatch.fnmatchcase(name, wanted)]
        if not fitting:
            raise self._damaged()
        return fitting

    def _cells(self, book: fastexcel.ExcelReader, wanted: str | int) -> pl.DataFrame:
        try:
            sheet = book.load_sheet(wanted, header_row=None, skip_rows=0, dtypes="string")
            batch, errors = sheet.to_arrow_with_errors()
        except fastexcel.FastExcelError:
            raise self._damaged() from None
        cells = _with_errors(pl.DataFrame(pa.Table.from_batches([batch])), errors)
        text = pl.col(pl.String).str.strip_chars()
        filled = cells.with_columns(pl.when(text.str.len_bytes() > 0).then(pl.col(pl.String)))
        return self._unrounded(book, wanted, filled)

    def _unrounded(self, book: fastexcel.ExcelReader, wanted: str | int, cells: pl.DataFrame) -> pl.DataFrame:
        """Rewrite what was typed as an identity number and kept as a number; only suspicious columns are read twice."""
        kinds = cells.schema.items()
        at = [n for n, (name, kind) in enumerate(kinds) if kind == pl.String and is_long(cells[name]).any()]
        if not at:
            return cells
        # Read as Booleans, a cell of text is null and a number is not.
        sheet = book.load_sheet(wanted, header_row=None, skip_rows=0, dtypes="boolean", use_columns=at)
        kept = sheet.to_polars()
        columns = [cells.columns[n] for n in at]
        return cells.with_columns(
            as_shown(cells[name], kept[:, n].is_not_null()).alias(name) for n, name in enumerate(columns)
        )

    def _damaged(self) -> SnapshotRefused:
        file, sheet = self._path.name, self._shape.sheet
        if sheet is None:
            return SnapshotRefused(Refusal.of("workbook_damaged", file=file))
        if isinstance(sheet, str):
            return SnapshotRefused(Refusal.of("workbook_damaged_or_without_sheet", file=file, sheet=sheet))
        return SnapshotRefused(Refusal.of("workbook_damaged_or_too_few_sheets", file=file, sheet=sheet))

    def _header(self, cells: pl.DataFrame, columns: list[str]) -> tuple[list[str], pl.DataFrame]:
        if not self._shape.header:
            wanted = [column.to for column in self._shape.standing]
            wanted += [None] * (len(columns) - len(wanted))
            return [to or f"{EXTRA}{at}" for at, to in enumerate(wanted[: len(columns)])], cells
        if cells.is_empty():
            raise SnapshotRefused(Refusal.of("no_header", file=self._path.name))
        # Blank rows are gone by now, so the header's rows are the first ones.
        height = min(self._shape.header_rows, cells.height)
        found = joined_headers(cells.head(height).select(columns).rows(), self._shape)
        names = canonical_names(self._path.name, found, self._contract, self._shape, lenient=self._lenient)
        return names, cells.slice(height)


class Parquet:
    """Reads one Parquet file in batches; a line is the row's number from 1."""

    def __init__(self, path: Path, contract: Contract, shape: FileLayout, *, lenient: bool = False) -> None:
        """Prepare to read `path`; nothing is opened before the first batch is asked for."""
        self._path = path
        self._contract = contract
        self._shape = shape
        self._lenient = lenient

    def __iter__(self) -> Iterator[Batch]:
        """Yield the batches of the file.

        Raises:
            SnapshotRefused: the file is no Parquet, is cut off, or lacks a needed column.
        """
        try:
            with open_plain(self._path) as plain:
                yield from self._batches(plain)
        except (pa.ArrowException, OSError) as error:
            raise SnapshotRefused(
                Refusal.of("file_damaged", file=self._path.name, error=type(error).__name__)
            ) from None

    def _batches(self, plain: BinaryIO) -> Iterator[Batch]:
        name, line = self._path.name, 1
        if not os.fstat(plain.fileno()).st_size:
            raise SnapshotRefused(Refusal.of("file_empty", file=name))
        with pq.ParquetFile(plain) as file:
            found = file.schema_arrow.names
            names = canonical_names(name, found, self._contract, self._shape, lenient=self._lenient)
            for piece in file.iter_batches(batch_size=BATCH_ROWS):
                frame = _as_text(pl.DataFrame(pa.Table.from_batches([piece])))
                frame = frame.rename(dict(zip(found, names, strict=True)))
                numbers = pl.int_range(line, line + frame.height, dtype=pl.Int64)
                line += frame.height
                yield _batch(
                    _without_totals(frame.with_columns(numbers.alias(LINE)), names, self._shape.totals)
                )


def _with_errors(cells: pl.DataFrame, errors: fastexcel.CellErrors | None) -> pl.DataFrame:
    """Show what Excel shows where a formula failed (#N/A): a cell that holds an error is no empty one."""
    if errors is None:
        return cells
    places = pl.DataFrame(
        [each.offset_position for each in errors.errors], schema=["row", "column"], orient="row"
    )
    for (column,), rows in places.group_by("column"):
        name = cells.columns[int(str(column))]
        cells = cells.with_columns(cells[name].scatter(rows["row"], SHOWN_ERROR))
    return cells


def _as_text(frame: pl.DataFrame) -> pl.DataFrame:
    """Every column as text: dates in ISO form, numbers in plain digits; nested values as JSON. What is not there stays null."""
    nested = [pl.col(name) for name, dtype in frame.schema.items() if dtype.is_nested()]
    packed = [
        pl.when(cell.is_not_null()).then(pl.struct(cell).struct.json_encode()).name.keep() for cell in nested
    ]
    times = pl.col(pl.Datetime).dt.strftime("%Y-%m-%d %H:%M:%S")
    spans = pl.col(pl.Duration).dt.to_string()
    return frame.with_columns(*packed, times, spans).cast(pl.String)


def _without_totals(rows: pl.DataFrame, columns: Sequence[str], totals: Sequence[str]) -> pl.DataFrame:
    if not totals or rows.is_empty():
        return rows
    pattern = re.compile("|".join(f"(?:{total})" for total in totals)).pattern
    return rows.filter(~pl.Series(_joined(rows, columns)).str.contains(f"^(?:{pattern})"))


def _joined(rows: pl.DataFrame, columns: Sequence[str]) -> list[str]:
    return rows.select(pl.concat_str(columns, separator="\t", ignore_nulls=True)).to_series().to_list()


def _batch(rows: pl.DataFrame) -> Batch:
    cells = [name for name in rows.columns if name != LINE]

    def row_text(positions: Sequence[int]) -> list[str]:
        chosen = rows[list(positions)].select(pl.col(cells).fill_null(""))
        return chosen.select(pl.concat_str(cells, separator="\t")).to_series().to_list()

    return Batch(rows, row_text=row_text)
