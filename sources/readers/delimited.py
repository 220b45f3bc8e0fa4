"""CSV, TSV and other delimited text: blocks of lines become batches of text columns.

Here belong header, titles, totals and trailer of a delimited file. Not here: bytes (`decoding`), types
(`values`).
"""

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
import polars as pl

from sources.contract import Contract
from sources.errors import SnapshotRefused
from sources.layout import FileLayout
from sources.readers.batch import LINE, Batch, Lines
from sources.readers.decoding import BLOCK_BYTES, Block, blocks
from sources.readers.header import EXTRA, canonical_names
from sources.readers.lines import LineIndex, index_lines
from sources.readers.quoted import Oddities, parse_record, read_oddities
from sources.readers.trailer import Trailer
from sources.refusal import Refusal


class Delimited:
    """Reads one delimited file; iterate it once."""

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
        self._path = path
        self._contract = contract
        self._shape = shape
        self._lenient = lenient
        self._wanted = wanted
        self._block_bytes = block_bytes
        self._names: list[str] = []
        self._head = b""
        self._line = 1  # physical line on which the next block begins
        self._trailer = Trailer(path.name, shape.trailer)
        totals = "|".join(f"(?:{pattern})" for pattern in shape.totals)
        self._totals = re.compile(f"^(?:{totals})".encode(), re.MULTILINE) if totals else None

    def __iter__(self) -> Iterator[Batch]:
        """Yield the batches of the file.

        Raises:
            SnapshotRefused: the file cannot be used at all.
        """
        carry = b""
        for undecoded in blocks(self._path, self._shape.encoding, self._block_bytes, self._shape.member):
            if self._names and not carry and undecoded.has_none_of(self._wanted, self._line):
                self._line += undecoded.lines
                continue
            given = undecoded.decoded()
            damaged = given.damaged + carry.count(b"\n")
            block = Block(carry + given.data, damaged, given.last)
            if not self._names:
                begun = self._after_header(block)
                if begun is None:
                    carry = block.data
                    continue
                block = begun
            if not block.last and self._shape.trailer is not None:
                block, held = _without_last_line(block)
            else:
                held = b""
            batch, rest = self._batch(block)
            carry = rest + held
            if batch.delivered:
                yield batch
            self._trailer.delivered += batch.delivered
        if not self._lenient and self._wanted is None:
            self._trailer.check()

    def _after_header(self, block: Block) -> Block | None:
        """What follows titles and header; None if they go on in the next block."""
        lines = block.data.split(b"\n", self._shape.title_rows + 1)
        skipped = min(self._shape.title_rows, len(lines) - 1)
        if skipped < self._shape.title_rows and not block.last:
            return None
        if not self._shape.header:
            self._names = [c.to or f"{EXTRA}{i}" for i, c in enumerate(self._shape.standing)]
            return self._skip(block, skipped)
        at = sum(len(line) + 1 for line in lines[:skipped])
        while at < len(block.data):
            end = block.data.index(b"\n", at)
            skipped += 1
            if block.data[at:end].strip():
                if skipped - 1 in block.damaged:
                    encoding = self._shape.encoding
                    raise SnapshotRefused(
                        Refusal.of("header_of_other_encoding", file=self._path.name, encoding=encoding)
                    )
                self._names = self._header(block.data[at:end].decode())
                self._head = block.data[at:end]
                return self._skip(block, skipped)
            at = end + 1
        if block.last:
            raise SnapshotRefused(Refusal.of("no_header", file=self._path.name))
        return None

    def _skip(self, block: Block, count: int) -> Block:
        at = 0
        for _ in range(count):
            at = block.data.index(b"\n", at) + 1
        self._line += count
        return Block(block.data[at:], block.damaged[block.damaged >= count] - count, block.last)

    def _header(self, line: str) -> list[str]:
        fields, _ = parse_record(line, self._shape.separator, self._shape.quote_character or "\0")
        if fields is None:
            raise SnapshotRefused(Refusal.of("no_readable_header", file=self._path.name))
        return canonical_names(self._path.name, fields, self._contract, self._shape, lenient=self._lenient)

    def _batch(self, block: Block) -> tuple[Batch, bytes]:
        shape, width = self._shape, len(self._names)
        if not block.data:
            return Batch(
                pl.DataFrame(schema=self._schema()).with_columns(pl.lit(0, pl.Int64).alias(LINE))
            ), b""
        lines = index_lines(block.data, shape.separator, shape.quote_character, width)
        aside = self._no_rows(block, lines)
        damaged = set(block.damaged.tolist())
        plain = lines.whole.copy()
        plain[[*aside, *damaged]] = False
        odd = sorted((set(np.flatnonzero(~lines.whole & ~lines.blank).tolist()) | damaged) - aside)
        odd = [line for line in odd if line in damaged or not _is_blank(lines, line)]
        oddities = read_oddities(
            lines, odd, damaged | aside, shape.separator, shape.quote_character, width, last=block.last
        )
        batch = self._assembled(block, lines, np.flatnonzero(plain), oddities)
        if oddities.unfinished is None:
            self._line += len(lines.ends)
            return batch, b""
        self._line += oddities.unfinished
        return batch, block.data[lines.starts[oddities.unfinished] :]

    def _no_rows(self, block: Block, lines: LineIndex) -> set[int]:
        """Totals, the header once more, and at the end of the file the trailer: lines that are no rows."""
        aside: set[int] = set()
        patterns = [self._totals] if self._totals is not None else []
        if self._head and self._head in block.data:  # files glued together, a printout by pages
            patterns.append(re.compile(b"^" + re.escape(self._head) + b"$", re.MULTILINE))
        for pattern in patterns:
            starts = [match.start() for match in pattern.finditer(block.data)]
            aside |= set(np.searchsorted(lines.ends, starts).tolist())
        if block.last and self._shape.trailer is not None:
            line = len(lines.ends) - 1
            while line > 0 and _is_blank(lines, line):
                line -= 1
            if self._trailer.is_it(lines.text(line)):
                aside.add(line)
        return aside

    def _assembled(self, block: Block, lines: LineIndex, plain: Lines, odd: Oddities) -> Batch:
        rows = self._fields(block, lines, plain).with_columns(pl.Series(LINE, plain + self._line, pl.Int64))
        first, last = plain, plain
        if odd.records:
            careful = pl.DataFrame(odd.records, schema=self._schema(), orient="row")
            careful = careful.with_columns(pl.Series(LINE, np.array(odd.first) + self._line, pl.Int64))
            first = np.concatenate((plain, odd.first))
            last = np.concatenate((plain, odd.last))
            order = np.argsort(first, kind="stable")
            rows, first, last = pl.concat([rows, careful])[order], first[order], last[order]

        def row_text(positions: Sequence[int]) -> list[str]:
            return [lines.text(first[at], last[at]) for at in positions]

        def broken_text(positions: Sequence[int]) -> list[str]:
            return [lines.text(odd.broken[at]) for at in positions]

        broken = np.array(odd.broken, np.int64) + self._line
        return Batch(rows, broken, row_text, broken_text, block.data.count(b"\xee"))

    def _fields(self, block: Block, lines: LineIndex, plain: Lines) -> pl.DataFrame:
        if not len(plain):
            return pl.DataFrame(schema=self._schema())
        quote = self._shape.quote_character
        quoted = quote is not None and quote.encode() in block.data
        frame = pl.read_csv(
            BytesIO(_only(lines, plain)),
            has_header=False,
            schema=self._schema(),
            separator=self._shape.separator,
            quote_char=quote if quoted else None,
            infer_schema=False,
        )
        if frame.height != len(plain):
            raise RuntimeError(f"{self._path.name}: {len(plain)} lines were split into {frame.height} rows")
        # An empty quoted field and an empty field are one text.
        return frame.with_columns(_null_if_empty()) if quoted else frame

    def _schema(self) -> dict[str, pl.DataType]:
        return {name: pl.String() for name in self._names}


def _null_if_empty() -> pl.Expr:
    return pl.when(pl.all().str.len_bytes() > 0).then(pl.all())


def _only(lines: LineIndex, wanted: Lines) -> bytes:
    """The text of the `wanted` lines; runs of neighbours are copied at once."""
    if len(wanted) == len(lines.ends):
        return lines.data
    breaks = np.flatnonzero(np.diff(wanted) != 1)
    starts = lines.starts[wanted[np.concatenate(([0], breaks + 1))]]
    ends = lines.ends[wanted[np.concatenate((breaks, [len(wanted) - 1]))]] + 1
    return b"".join(lines.data[s:e] for s, e in zip(starts.tolist(), ends.tolist(), strict=True))


def _is_blank(lines: LineIndex, line: int) -> bool:
    return bool(lines.blank[line]) or not lines.text(line).strip()


def _without_last_line(block: Block) -> tuple[Block, bytes]:
    """Keep back the last line that is not blank and what follows it: it may be the trailer."""
    cut = block.data.rfind(b"\n", 0, len(block.data.rstrip())) + 1
    kept, held = block.data[:cut], block.data[cut:]
    if np.any(block.damaged >= kept.count(b"\n")):
        return block, b""  # a damaged line is no trailer
    return Block(kept, block.damaged, last=False), held
