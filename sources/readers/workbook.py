"""Excel workbooks: which sheets are read, and their cells as a person sees them.

Here belong sheets, title rows, merged cells and what a sheet beside the read ones may hold. Not here: the file's own reader
(`apart`), what stands beside the cells (`sheet_facts`), what a text means (`values`).
"""

import fnmatch
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import polars as pl

from sources.contract import Contract
from sources.errors import SnapshotRefused
from sources.layout import FileLayout
from sources.readers.apart import Apart, opened
from sources.readers.batch import LINE, Batch
from sources.readers.checked import checked_facts
from sources.readers.header import EXTRA, canonical_names, comparable, joined_headers, needed
from sources.readers.rounded import as_shown
from sources.readers.sheet_cells import as_seen, with_merged
from sources.readers.sheet_facts import SheetFacts
from sources.readers.tables import BATCH_ROWS, batch_of, joined, without_totals
from sources.readers.trailer import Trailer
from sources.refusal import Refusal

HEADER_SOUGHT: Final = 20
"""Rows of a sheet that nobody reads in which the layout's header is looked for."""
_IDENTITY: Final = r"^\s*[1-9][0-9]{16}[0-9Xx]\s*$"


class Workbook:
    """Reads sheets of an Excel workbook; a line is a row of the sheet, counted from 1 and on over several sheets."""

    def __init__(self, path: Path, contract: Contract, shape: FileLayout, *, lenient: bool = False) -> None:
        """Prepare to read `path`; nothing is opened before the first batch is asked for."""
        self._path = path
        self._contract = contract
        self._shape = shape
        self._lenient = lenient
        self._names: list[str] = []

    def __iter__(self) -> Iterator[Batch]:
        """Yield the batches of each sheet.

        Raises:
            SnapshotRefused: the file is no workbook, is cut off, has no usable header, or rows in a sheet that is not read.
        """
        line, facts = 0, checked_facts(self._path)
        with opened(self._path, "workbook") as book:
            sheets = self._sheets(book.names, facts)
            for at in sheets:
                name = book.names[at]
                cells = self._cells(book, at, facts.get(name, SheetFacts()))
                rows = self._rows(cells, line, facts.get(name, SheetFacts()))
                for batch in rows.iter_slices(BATCH_ROWS):
                    yield batch_of(batch)
                line += cells.height
            if not self._lenient:
                for at in sorted({*range(len(book.names))} - {*sheets}):
                    self._refuse_unread(book, at, facts.get(book.names[at], SheetFacts()))

    def _sheets(self, names: Sequence[str], facts: dict[str, SheetFacts]) -> list[int]:
        """The sheets to read, in the workbook's order; those a pattern means may each be empty, not all missing."""
        wanted = self._shape.sheet
        if wanted is None:
            seen = [at for at, name in enumerate(names) if not facts.get(name, SheetFacts()).hidden]
            fitting = seen[:1]
        elif isinstance(wanted, int):
            fitting = [wanted] if wanted < len(names) else []
        else:
            fitting = [at for at, name in enumerate(names) if fnmatch.fnmatchcase(name, wanted)]
        if not fitting:
            raise self._without_sheet(wanted)
        return fitting

    def _cells(self, book: Apart, at: int, facts: SheetFacts) -> pl.DataFrame:
        told, (cells, *kept) = book.sheet(at)
        cells = as_seen(cells, told["errors"], facts)
        text = pl.col(pl.String).str.strip_chars()
        filled = cells.with_columns(pl.when(text.str.len_bytes() > 0).then(pl.col(pl.String)))
        numbers = kept[0] if kept else pl.DataFrame()
        columns = [(filled.columns[int(n)], n) for n in numbers.columns]
        return filled.with_columns(as_shown(filled[name], numbers[n]).alias(name) for name, n in columns)

    def _rows(self, cells: pl.DataFrame, above: int, facts: SheetFacts) -> pl.DataFrame:
        """The rows of one sheet under their names; lines are counted on from the sheets `above`."""
        columns, shape = cells.columns, self._shape
        cells = cells.with_row_index(LINE, offset=1).with_columns(pl.col(LINE).cast(pl.Int64))
        cells = cells.filter(~pl.all_horizontal(pl.col(columns).is_null())) if columns else cells.clear()
        cells = cells.filter(pl.col(LINE) > shape.title_rows)
        self._names, rows = self._header(cells, columns)
        down = {column.to for column in shape.columns if column.fill_down}
        rows = with_merged(rows, facts.merged, [name in down for name in self._names])
        rows = rows.with_columns(pl.col(LINE) + above)
        trailer = Trailer(self._path.name, shape.trailer)
        rows = without_totals(rows, columns, shape.totals)
        if rows.height and trailer.is_it(joined(rows.tail(1), columns)[0]):
            rows = rows.head(-1)
        trailer.delivered = rows.height
        if not self._lenient:
            trailer.check()
        return rows.rename(dict(zip(columns, self._names, strict=True)))

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

    def _refuse_unread(self, book: Apart, at: int, facts: SheetFacts) -> None:
        """Raise `SnapshotRefused` if a sheet that nobody reads holds rows like those that are read."""
        name = book.names[at]
        if any(fnmatch.fnmatchcase(name, aside) for aside in self._shape.sheets_aside):
            return
        rows = self._rows_like_ours(self._cells(book, at, facts))
        if rows:
            code = "hidden_sheet_unread" if facts.hidden else "sheet_unread"
            raise SnapshotRefused(Refusal.of(code, file=self._path.name, sheet=name, rows=rows))

    def _rows_like_ours(self, cells: pl.DataFrame) -> int:
        """Rows below the layout's header; else, where the sheet goes on without one, rows with a number where ours have one."""
        cells = cells.filter(~pl.all_horizontal(pl.all().is_null())) if cells.width else cells
        cells = without_totals(cells, cells.columns, self._shape.totals)
        spellings = [{comparable(h) for h in c.header} for c in self._shape.columns if c.to in self._needed]
        for row, found in enumerate(cells.head(HEADER_SOUGHT).rows()):
            headers = {comparable(cell) for cell in found if cell}
            if spellings and all(spelling & headers for spelling in spellings):
                return cells.height - row - 1
        people = [seat.id_number for seat in self._contract.seats]
        places = [at for at, name in enumerate(self._names) if name in people and at < cells.width]
        numbered = [int(cells.to_series(at).str.contains(_IDENTITY).sum()) for at in places]
        return cells.height if max(numbered, default=0) * 2 > cells.height else 0

    @property
    def _needed(self) -> set[str]:
        return set(needed(self._contract, self._shape))

    def _without_sheet(self, wanted: str | int | None) -> SnapshotRefused:
        if isinstance(wanted, str):
            code = "workbook_damaged_or_without_sheet"
            return SnapshotRefused(Refusal.of(code, file=self._path.name, sheet=wanted))
        code = "workbook_damaged_or_too_few_sheets"
        return SnapshotRefused(Refusal.of(code, file=self._path.name, sheet=wanted or 0))
