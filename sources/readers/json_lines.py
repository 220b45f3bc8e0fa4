"""JSON Lines: one object a line, every value kept as text.

Here belongs finding the broken lines and the keys that play the header. Not here: bytes (`decoding`).
"""

import json
import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
import polars as pl

from sources.contract import Contract
from sources.layout import FileLayout
from sources.readers.batch import LINE, Batch, Lines
from sources.readers.decoding import BLOCK_BYTES, Block, blocks, spans
from sources.readers.header import canonical_names, needed

SAMPLE_LINES = 1000
# Escapes that JSON allows and no text holds: NUL, and half a surrogate pair.
_ESCAPED_PAIR = r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_ESCAPED_DAMAGE = r"\\u0000|\\u[dD][89a-fA-F]"
_HALVED = re.compile("[\ud800-\udfff]")
"""Half a surrogate pair in a key: its line is damaged, and no column is called so."""


class JsonLines:
    """Reads one JSON Lines file; iterate it once."""

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
        self._keys: dict[str, str] = {}  # delivered key -> name in the batch
        self._absent: set[str] = set()

    def __iter__(self) -> Iterator[Batch]:
        """Yield the batches of the file.

        Raises:
            SnapshotRefused: the file cannot be used at all, or no object has a needed key.
        """
        line, rows = 1, 0
        for undecoded in blocks(self._path, self._shape.encoding, self._block_bytes, self._shape.member):
            if self._keys and undecoded.has_none_of(self._wanted, line):
                line += undecoded.lines
                continue
            block = undecoded.decoded()
            if not self._keys:
                self._name_keys(block.data)
            batch = self._batch(block, line)
            line += undecoded.lines
            rows += batch.rows.height
            self._absent -= {name for name in self._absent if batch.rows[name].count() > 0}
            if batch.delivered:
                yield batch
        if rows and self._absent and not self._lenient and self._wanted is None:
            found = [key for key, name in self._keys.items() if name not in self._absent]
            canonical_names(self._path.name, found, self._contract, self._shape)

    def _name_keys(self, data: bytes) -> None:
        """Take the keys of the first lines for the header; wanted keys may still first appear later."""
        keys: dict[str, None] = {}
        for line in data.split(b"\n", SAMPLE_LINES)[:SAMPLE_LINES]:
            try:
                value = json.loads(line)
            except (ValueError, RecursionError):  # the latter: brackets within brackets without end
                continue
            if isinstance(value, dict):
                keys.update(dict.fromkeys(key for key in value if not _HALVED.search(key)))
        names = canonical_names(self._path.name, list(keys), self._contract, self._shape, lenient=True)
        self._keys = dict(zip(keys, names, strict=True))
        for column in self._shape.standing:
            if column.to and column.to not in names:
                self._keys[column.header[0]] = column.to
                self._absent.add(column.to)
        self._absent &= set(needed(self._contract, self._shape))

    def _batch(self, block: Block, first_line: int) -> Batch:
        lines = pl.Series(block.data[:-1].decode().split("\n"), dtype=pl.String).str.strip_chars()
        filled = lines.str.len_bytes() > 0
        sound = filled & lines.str.starts_with("{") & ~_escaped_damage(lines)
        if len(block.damaged):
            sound[block.damaged] = False
        at = np.flatnonzero(sound.to_numpy())
        rows = self._parsed(lines.gather(at))
        if rows is None:
            at = np.delete(
                at, spans(lambda a, b: self._parsed(lines.gather(at[a:b])) is not None, 0, len(at))
            )
            rows = self._parsed(lines.gather(at))
        if rows is None or rows.height != len(at):
            raise RuntimeError(f"{self._path.name}: {len(at)} objects were not read as as many rows")
        bad = filled.to_numpy().copy()
        bad[at] = False
        return _assembled(lines, rows, at, np.flatnonzero(bad), first_line, block)

    def _parsed(self, lines: pl.Series) -> pl.DataFrame | None:
        schema = dict.fromkeys(self._keys, pl.String())
        if lines.is_empty():
            return pl.DataFrame(schema=schema).rename(self._keys)
        try:
            rows = pl.read_ndjson(BytesIO("\n".join(lines).encode()), schema=schema).rename(self._keys)
        except pl.exceptions.PolarsError:
            return None
        return rows.with_columns(pl.when(pl.all().str.len_bytes() > 0).then(pl.all()))


def _escaped_damage(lines: pl.Series) -> pl.Series:
    found = lines.str.contains(_ESCAPED_DAMAGE)
    if not found.any():
        return found
    # A doubled backslash escapes itself, so what follows it is no escape.
    freed = lines.str.replace_all(r"\\\\", "").str.replace_all(_ESCAPED_PAIR, "")
    return freed.str.contains(_ESCAPED_DAMAGE)


def _assembled(
    lines: pl.Series, rows: pl.DataFrame, at: Lines, bad: Lines, first_line: int, block: Block
) -> Batch:
    def row_text(positions: Sequence[int]) -> list[str]:
        return lines.gather(at[list(positions)]).to_list()

    def broken_text(positions: Sequence[int]) -> list[str]:
        return lines.gather(bad[list(positions)]).to_list()

    numbered = rows.with_columns(pl.Series(LINE, at + first_line, pl.Int64))
    return Batch(numbered, bad + first_line, row_text, broken_text, block.data.count(b"\xee"))
