"""Files as they land: delimited and fixed-width text, JSON lines, archives, manifests.

Here: bytes of one file from its cells, with broken lines put where the caller says. Not here: workbooks
(workbook.py), which snapshots there are (snapshots.py), which rows are broken (flaws.py).
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, cast

import polars as pl

from synth.workbook import write_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from synth.layout import Column, File, Layout

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


def fields(layout: Layout, file: File, cells: pl.DataFrame) -> pl.DataFrame:
    """The cells of a file's columns, in its order, with what is added to a cell; null where there is nothing."""
    out = []
    for column in layout.standing(file):
        text = pl.col(column.canonical)
        if column.adds:
            other, how = column.adds
            before, after = how.split("{}")
            text = pl.concat_str(
                text, pl.concat_str(pl.lit(before), pl.col(other), pl.lit(after)), ignore_nulls=True
            )
            text = pl.when(text.str.len_bytes() > 0).then(text)
        out.append(text.alias(column.canonical))
    return cells.select(out)


def _json(column: Column) -> pl.Expr:
    text = pl.col(column.canonical)
    plain = pl.concat_str(pl.lit('"'), text, pl.lit('"'))
    if column.native:  # null where there is nothing; what is no number stays a text
        number = text.str.contains(r"^-?[0-9]+(\.[0-9]+)?$")
        value = pl.when(text.is_null()).then(pl.lit("null")).when(number).then(text).otherwise(plain)
        return pl.concat_str(pl.lit(f', "{column.header}": '), value)
    return (
        pl.when(text.is_null())
        .then(pl.lit(""))
        .otherwise(pl.concat_str(pl.lit(f', "{column.header}": '), plain))
    )


def _fixed(layout: Layout, file: File, cells: pl.DataFrame) -> bytes:
    """Fields padded to their width in bytes: what a mainframe counts."""
    columns = []
    for column in layout.standing(file):
        texts = cells[column.canonical].fill_null(column.blank).to_list()
        columns.append([text.encode(file.codec).ljust(column.width) for text in texts])
    return b"".join(b"".join(row) + file.newline.encode() for row in zip(*columns, strict=True))


def encoded(layout: Layout, file: File, cells: pl.DataFrame) -> bytes:
    """Writes each row as one line, ended and encoded."""
    rows = fields(layout, file, cells)
    if file.format == "fixed":
        return _fixed(layout, file, rows)
    columns = layout.standing(file)
    if file.format == "jsonl":
        lines = pl.lit("{") + pl.concat_str([_json(c) for c in columns]).str.slice(2) + "}"
    else:
        texts = [pl.col(c.canonical).fill_null(c.blank) for c in columns]
        if file.quoted:
            texts = [
                pl.concat_str(pl.lit('"'), t.str.replace_all('"', '""', literal=True), pl.lit('"'))
                for t in texts
            ]
        lines = pl.concat_str(texts, separator=file.separator)
    ends = rows.select(line=lines)["line"].to_list()
    return "".join(line + file.newline for line in ends).encode(file.codec)


def _text_bytes(layout: Layout, file: File, cells: pl.DataFrame, broken: list[bytes]) -> Iterator[bytes]:
    """Titles, header, rows, broken lines spread evenly, totals, trailer."""
    rows = cells.height + len(broken)
    above = list(file.titles)
    if file.header and file.format in ("csv", "fixed"):
        quote = '"' if file.quoted else ""
        above.append(file.separator.join(quote + c.header + quote for c in layout.standing(file)))
    yield file.mark + "".join(line + file.newline for line in above).encode(file.codec)
    every = min(CHUNK, cells.height // (len(broken) + 1) + 1)
    waiting = list(broken)
    for start in range(0, cells.height, every):
        yield encoded(layout, file, cells[start : start + every])
        if waiting:
            yield waiting.pop(0)
    yield from waiting
    for line in (file.totals, file.trailer):
        if line is not None:
            yield (line.format(n=rows) + file.newline).encode(file.codec)


@contextmanager
def _opened(path: Path, file: File, name: str) -> Iterator[IO[bytes]]:
    """The file to write lines to, packed if need be; the same bytes every time."""
    if file.packed == "gz":
        with (
            path.open("wb") as plain,
            gzip.GzipFile(filename="", mode="wb", fileobj=plain, compresslevel=2, mtime=0) as stream,
        ):
            yield cast("IO[bytes]", stream)
    elif file.packed == "zip":
        entry = zipfile.ZipInfo(file.member.format(d=name), (2000, 1, 1, 0, 0, 0))
        entry.compress_type = zipfile.ZIP_DEFLATED
        with zipfile.ZipFile(path, "w") as archive, archive.open(entry, "w") as stream:
            yield stream
    else:
        with path.open("wb") as plain:
            yield plain


def write_file(
    folder: Path, layout: Layout, file: File, name: str, cells: pl.DataFrame, broken: list[bytes]
) -> int:
    """Writes one file of a snapshot; returns its data rows, broken ones included."""
    folder.mkdir(parents=True, exist_ok=True)
    if file.format == "xlsx":
        write_workbook(folder / name, layout, file, fields(layout, file, cells))
        return cells.height
    with _opened(folder / name, file, name.split(".")[0]) as stream:
        stream.writelines(_text_bytes(layout, file, cells, broken))
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
