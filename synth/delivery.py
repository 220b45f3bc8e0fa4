"""Files as they land: delimited text, gzip, JSON lines, workbooks, manifests.

Here: bytes of one snapshot from its cells, with broken lines put where the caller says. Not here: which
snapshots there are (snapshots.py), which rows are broken (flaws.py).
"""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

import polars as pl
import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from synth.layout import Layout

CHUNK = 250_000
"""Rows encoded at a time."""


@dataclass(frozen=True)
class Delivered:
    """A file that has landed; `rows` counts data rows, broken ones too."""

    source: str
    snapshot: date
    file: str
    rows: int
    sha256: str


def lines(layout: Layout, cells: pl.DataFrame) -> pl.Series:
    """Writes each row as one line, without its end."""
    if layout.format == "jsonl":
        parts = [
            pl.when(pl.col(c.canonical).is_null()).then(pl.lit("")).otherwise(
                pl.concat_str(pl.lit(f', "{c.header}": "'), pl.col(c.canonical), pl.lit('"'))
            )
            for c in layout.columns
        ]  # fmt: skip
        return cells.select(line=pl.lit("{") + pl.concat_str(parts).str.slice(2) + "}")["line"]
    cols = [pl.col(c.canonical).fill_null("") for c in layout.columns]
    return cells.select(line=pl.concat_str(cols, separator=layout.separator))["line"]


def _text_bytes(layout: Layout, cells: pl.DataFrame, broken: list[bytes]) -> Iterator[bytes]:
    """Header, rows, broken lines spread evenly, trailer."""
    encoding = "utf-8" if layout.encoding == "utf-8-sig" else layout.encoding
    if layout.encoding == "utf-8-sig":
        yield b"\xef\xbb\xbf"
    if layout.header and layout.format != "jsonl":
        yield (layout.separator.join(c.header for c in layout.columns) + "\n").encode(encoding)
    every = min(CHUNK, cells.height // (len(broken) + 1) + 1)
    waiting = list(broken)
    for start in range(0, cells.height, every):
        yield ("\n".join(lines(layout, cells[start : start + every]).to_list()) + "\n").encode(encoding)
        if waiting:
            yield waiting.pop(0) + b"\n"
    for line in waiting:
        yield line + b"\n"
    if layout.trailer:
        yield f"END|{cells.height + len(broken):08d}\n".encode(encoding)


def _workbook(path: Path, layout: Layout, cells: pl.DataFrame) -> None:
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_numbers": False})
    book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001  the same bytes every time
    sheet = book.add_worksheet("Sheet1")
    top = 0
    if layout.title:
        sheet.write_string(0, 0, layout.title)
        top = 1
    for at, column in enumerate(layout.columns):
        sheet.write_string(top, at, column.header)
    for number, row in enumerate(cells.iter_rows(), top + 1):
        for at, cell in enumerate(row):
            if cell is not None:
                sheet.write_string(number, at, cell)
    book.close()


def write_file(folder: Path, layout: Layout, file: str, cells: pl.DataFrame, broken: list[bytes]) -> int:
    """Writes one file of a snapshot; returns its data rows, broken ones included."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / file
    if layout.format == "xlsx":
        _workbook(path, layout, cells)
        return cells.height
    with path.open("wb") as plain:
        if not layout.gzip:
            plain.writelines(_text_bytes(layout, cells, broken))
            return cells.height + len(broken)
        with gzip.GzipFile(filename="", mode="wb", fileobj=plain, compresslevel=2, mtime=0) as packed:
            packed.writelines(_text_bytes(layout, cells, broken))
    return cells.height + len(broken)


def sha256(path: Path) -> str:
    """Checksum of a file as a manifest states it."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write_manifest(folder: Path, files: list[Delivered]) -> None:
    """Writes `_manifest.json` as the files' department states them."""
    content = {"files": [{"name": f.file, "rows": f.rows, "sha256": f.sha256} for f in files]}
    (folder / "_manifest.json").write_text(
        json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8"
    )
