"""Fixed-width text: fields that stand at places of a line, counted in characters or in bytes.

Here belong cutting lines, and their header, titles, totals and trailer. Not here: bytes (`decoding`), types
(`values`). A line must reach its last column and end with it, else it is broken.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import polars as pl

from sources.contract import Contract
from sources.errors import SnapshotRefused
from sources.layout import FileLayout
from sources.readers.batch import LINE, Batch, Lines
from sources.readers.decoding import BLOCK_BYTES, Undecoded, blocks, spans, text_of
from sources.readers.header import EXTRA, canonical_names
from sources.readers.trailer import Trailer
from sources.refusal import Refusal

_UNCUT = "\ufffd"


class FixedWidth:
    """Reads one fixed-width file; iterate it once."""

    def __init__(
        self,
        path: Path,
        contract: Contract,
        shape: FileLayout,
        *,
        lenient: bool = False,
        wanted: Lines | None = None,
        block_bytes: int = BLOCK_BYTES,
    ) -> None:
        """Prepare to read `path`; nothing is opened before the first batch is asked for."""
        self._path, self._contract, self._shape = path, contract, shape
        self._lenient, self._wanted, self._block_bytes = lenient, wanted, block_bytes
        self._widths = [column.width or 0 for column in shape.standing]
        self._starts = [sum(self._widths[:at]) for at in range(len(self._widths))]
        self._names: list[str] = []
        self._trailer = Trailer(path.name, shape.trailer)
        self._totals = "|".join(f"(?:{pattern})" for pattern in shape.totals)

    def __iter__(self) -> Iterator[Batch]:
        """Yield the batches of the file.

        Raises:
            SnapshotRefused: the file cannot be used at all.
        """
        line, shape = 1, self._shape
        for block in blocks(self._path, shape.encoding, self._block_bytes, shape.member):
            if not self._names or not block.has_none_of(self._wanted, line):
                batch = self._batch(block, line)
                self._trailer.delivered += batch.delivered
                if batch.delivered:
                    yield batch
            line += block.lines
        if not self._lenient and self._wanted is None:
            self._trailer.check()

    def _batch(self, block: Undecoded, first_line: int) -> Batch:
        decoded = block.decoded()
        text = pl.Series(decoded.data[:-1].decode().split("\n"), dtype=pl.String)
        measured = text
        if self._shape.width_in == "bytes":
            measured = pl.Series(block.raw[:-1].split(b"\n"), dtype=pl.Binary)
        rows = text.str.strip_chars().str.len_bytes() > 0
        if self._totals:
            rows &= ~text.str.contains(f"^(?:{self._totals})")
        if not self._names:
            rows &= pl.Series(np.arange(len(text)) >= self._begin(text, measured))
        if block.last and rows.any() and self._trailer.is_it(text[int(rows.arg_true()[-1])]):
            rows[int(rows.arg_true()[-1])] = False
        length = measured.str.len_chars() if measured.dtype == pl.String else measured.bin.size()
        sound = rows & length.is_between(self._starts[-1], self._starts[-1] + self._widths[-1])
        sound = sound & ~pl.Series(np.isin(np.arange(len(text)), decoded.damaged))
        at = sound.arg_true().to_numpy().astype(np.int64)
        cells, whole = self._cut(measured.gather(at))
        at = at[whole]
        named = cells.filter(whole).with_columns(pl.Series(LINE, at + first_line, pl.Int64))
        bad = np.setdiff1d(rows.arg_true().to_numpy().astype(np.int64), at)

        def texts(lines: Lines, positions: Sequence[int]) -> list[str]:
            return text.gather(lines[list(positions)]).to_list()

        return Batch(
            named,
            bad + first_line,
            lambda positions: texts(at, positions),
            lambda positions: texts(bad, positions),
            decoded.data.count(b"\xee"),
        )

    def _begin(self, text: pl.Series, measured: pl.Series) -> int:
        """The place of the first line after titles and header; the columns' names are known afterwards."""
        begin, shape = self._shape.title_rows, self._shape
        if not shape.header:
            self._names = [column.to or f"{EXTRA}{at}" for at, column in enumerate(shape.standing)]
            return begin
        filled = np.flatnonzero((text.str.strip_chars().str.len_bytes() > 0).to_numpy())
        at = next((place for place in filled.tolist() if place >= begin), None)
        if at is None:
            raise SnapshotRefused(Refusal.of("no_header", file=self._path.name))
        found = [cell or "" for cell in self._cut(measured.gather([at]))[0].row(0)]
        self._names = canonical_names(self._path.name, found, self._contract, shape, lenient=self._lenient)
        return int(at) + 1

    def _cut(self, measured: pl.Series) -> tuple[pl.DataFrame, pl.Series]:
        """The fields of each line, and whether no character was cut in two."""
        whole = np.ones(len(measured), np.bool_)
        columns = []
        for start, width in zip(self._starts, self._widths, strict=True):
            if measured.dtype == pl.String:
                cells = measured.str.slice(start, width)
            else:
                cells = self._decoded(measured.bin.slice(start, width), whole)
            cells = cells.str.strip_chars()
            columns.append(cells.set(cells.str.len_bytes() == 0, None))
        names = self._names or [str(at) for at in range(len(columns))]
        frame = pl.DataFrame([cells.alias(name) for name, cells in zip(names, columns, strict=True)])
        return frame, pl.Series(whole, dtype=pl.Boolean)

    def _decoded(self, cells: pl.Series, whole: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> pl.Series:
        pieces = cells.to_list()

        def decodes(start: int, end: int) -> bool:
            try:
                text_of(b"\n".join(pieces[start:end]), self._shape.encoding)
            except UnicodeDecodeError:
                return False
            return True

        for place in spans(decodes, 0, len(pieces)):
            whole[place] = False
            pieces[place] = _UNCUT.encode(self._shape.encoding)
        if not pieces:
            return pl.Series([], dtype=pl.String)
        return pl.Series(text_of(b"\n".join(pieces), self._shape.encoding).split("\n"), dtype=pl.String)
