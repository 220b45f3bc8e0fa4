"""One delivered file, looked at without a layout.

Here belongs choosing how to look: text of lines, JSON lines, workbook, Parquet. The cells are then read with the
product's own readers under the keys that were guessed, so that a guess is held against the reader at once.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from sources.contract import Contract
from sources.errors import SnapshotRefused
from sources.layout import ColumnLayout, FileLayout
from sources.onboarding.look.encoding import Ends, ends_of, guess_encoding
from sources.onboarding.look.fixed_width import look_at_fixed_width
from sources.onboarding.look.text import FIRST_LINES, guess_form
from sources.onboarding.look.values import Seen, column_seen
from sources.onboarding.look.workbook import is_workbook, look_at_workbook
from sources.plain_files import open_plain
from sources.readers import LINE, Batch, read
from sources.refusal import Refusal

MOST_ROWS = 200_000
"""Rows looked at in a file: enough for every code that matters, little enough for one's own machine."""
_FORMATS = {",": "csv", "\t": "tsv", "|": "text"}


@dataclass(frozen=True)
class Look:
    """What a file seems to be.

    Attributes:
        keys: the keys of a layout for it (format, encoding, delimiter, title_rows, ...), those alone that differ
            from what holds if they are not given.
        headers: delivered headers in order; without a header line one empty text a column.
        cells: the first rows as text, a column each, named by position.
        files: how many of the cells' rows each file has, where several were put together.
        rows: rows looked at; `broken` of them could not be split into fields.
    """

    path: Path
    keys: dict[str, Any]
    headers: tuple[str, ...]
    cells: pl.DataFrame
    rows: int
    broken: int
    notes: tuple[str, ...] = field(default=())
    files: tuple[int, ...] = ()

    @cached_property
    def columns(self) -> tuple[Seen, ...]:
        """What each column seems to hold."""
        return tuple(column_seen(self.cells[name], self.files) for name in self.cells.columns)


def look(path: Path, contract: Contract) -> Look:
    """Look at a file.

    Args:
        path: the file.
        contract: what it is meant for; only the readers need it, no guess rests on it.

    Raises:
        SnapshotRefused: nothing can be made of it; the sentence says why.
    """
    try:
        with open_plain(path) as file:
            start = file.read(8)
    except OSError as error:
        raise SnapshotRefused(
            Refusal.of("file_unreadable", file=path.name, error=str(error.strerror))
        ) from None
    if start.startswith(b"\xd0\xcf\x11\xe0") or (start.startswith(b"PK") and is_workbook(path)):
        keys, headers = look_at_workbook(path)
    elif start.startswith(b"PAR1"):
        keys, headers = {"format": "parquet"}, _parquet_columns(path)
    else:
        keys, headers = _text(path)
    return _read(path, contract, keys, headers)


def _text(path: Path) -> tuple[dict[str, Any], tuple[str, ...]]:
    ends = ends_of(path)
    encoding = guess_encoding(ends.head)
    text = ends.head.decode(encoding, "replace").replace("\r\n", "\n").replace("\r", "\n")
    if text.lstrip("\ufeff").lstrip().startswith("{"):
        keys = _keys_of_objects(text.split("\n")[:1000])
        return {"format": "jsonl", "encoding": encoding}, keys
    wide = encoding.startswith(("utf-16", "utf-32"))
    last = text if ends.whole or wide else ends.tail.decode(encoding, "replace").replace("\r", "\n")
    rows = sum(bool(line.strip()) for line in text.split("\n")) if ends.whole else None
    form = guess_form(text.split("\n")[:FIRST_LINES], last.split("\n")[-40:], rows)
    if form.delimiter is None:
        fixed = look_at_fixed_width(_lines(ends), encoding, whole=ends.whole)
        if fixed is not None:
            return fixed, ("",) * len(fixed["widths"])
        raise SnapshotRefused(Refusal.of("no_separator_found", file=path.name))
    keys_found: dict[str, Any] = {"format": _FORMATS.get(form.delimiter, "csv"), "encoding": encoding}
    if form.delimiter not in _FORMATS:
        keys_found["delimiter"] = form.delimiter
    if form.delimiter == "|" and form.quote:
        keys_found["quote"] = form.quote
    optional = {"title_rows": form.title_rows, "trailer": form.trailer, "totals": list(form.totals)}
    keys_found |= {key: value for key, value in optional.items() if value}
    if form.header:
        return keys_found, form.headers
    return keys_found | {"header": False}, ("",) * form.width


def _parquet_columns(path: Path) -> tuple[str, ...]:
    try:
        with open_plain(path) as file:
            return tuple(pq.read_schema(file).names)
    except (pa.ArrowException, OSError) as error:
        raise SnapshotRefused(
            Refusal.of("file_damaged", file=path.name, error=type(error).__name__)
        ) from None


def _lines(ends: Ends) -> list[bytes]:
    """The first lines, and of a whole file all."""
    lines = [line.rstrip(b"\r") for line in ends.head.split(b"\n")]
    return lines if ends.whole else lines[:FIRST_LINES]


def _keys_of_objects(lines: list[str]) -> tuple[str, ...]:
    keys: dict[str, None] = {}
    for line in lines:
        try:
            found = json.loads(line)
        except (ValueError, RecursionError):  # the latter: brackets within brackets without end
            continue
        if isinstance(found, dict):
            keys |= dict.fromkeys(found)
    return tuple(keys)


def _read(path: Path, contract: Contract, keys: dict[str, Any], headers: tuple[str, ...]) -> Look:
    """Read the first rows by the guessed keys, every column under its position."""
    shape = {key: value for key, value in keys.items() if key not in ("trailer", "widths")} | {"pattern": "*"}
    named = keys["format"] in ("jsonl", "parquet")
    if not named and keys.get("header", True):
        shape |= {"header": False, "header_rows": 1}
    widths = keys.get("widths", [None] * len(headers))
    columns = [
        ColumnLayout(header=[name or "?"], width=width) for name, width in zip(headers, widths, strict=True)
    ]
    guessed = FileLayout.model_validate({**shape, "columns": columns})
    batches = list(_first(read(path, contract, guessed, lenient=True)))
    if not batches:
        empty = pl.DataFrame({str(at): [] for at in range(len(headers))}, schema_overrides=None)
        return Look(path, keys, headers, empty.cast(pl.String), 0, 0)
    cells = pl.concat([batch.rows.drop(LINE) for batch in batches], how="diagonal_relaxed")
    cells = cells.rename({name: str(at) for at, name in enumerate(cells.columns)})
    broken = sum(len(batch.broken) for batch in batches)
    if not named and keys.get("header", True):
        cells = cells.slice(keys.get("header_rows", 1))  # read as rows: blank lines may stand above them
    if keys.get("trailer"):
        broken = max(0, broken - 1)
    return Look(path, keys, headers[: cells.width], cells, cells.height, broken)


def _first(batches: Iterator[Batch]) -> Iterator[Batch]:
    """Batches until enough rows were seen."""
    rows = 0
    for batch in islice(batches, 1000):
        yield batch
        rows += batch.rows.height
        if rows >= MOST_ROWS:
            return
