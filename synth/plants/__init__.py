"""Planted cases: what must be found, and what must just not be.

Here: growing every scenario, and handing over its people and rows as frames. Not here: the scenarios (a file a
rule: x05.yaml), how they are read (reading.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from synth.descriptions import layouts
from synth.plants.plot import Book, Plot
from synth.plants.reading import scenarios, told_on

if TYPE_CHECKING:
    from datetime import date

__all__ = [
    "Book",
    "changed_rows",
    "grow",
    "later_rows",
    "planted_people",
    "planted_rows",
    "scenarios",
    "source_schema",
]

TYPES: dict[str, pl.DataType] = {
    "t": pl.String(), "c": pl.String(), "d": pl.Date(), "m": pl.Date(), "y": pl.Int64(), "n": pl.Float64(),
    "b": pl.Boolean(),
}  # fmt: skip


def grow(night: date, first_pid: int, copies: int, *, damaged: bool) -> Book:
    """Plants every scenario `copies` times; with `damaged` every second copy of a hit rests on damaged rows."""
    book = Book(night, first_pid)
    for rule, kind, name, entry in scenarios():
        for copy in range(copies):
            plot = Plot(book, rule, kind, name, damaged=damaged and kind == "hit" and copy % 2 == 1)
            told_on(plot, entry)
            plot.close()
    return book


def planted_people(book: Book) -> pl.DataFrame:
    """One row a planted person, columns of naming.PEOPLE as far as given."""
    return pl.DataFrame(book.people, infer_schema_length=None)


def source_schema(source: str) -> dict[str, pl.DataType]:
    """Columns and types of a source's frame (frames.py), identities and record number left out."""
    seats = {name for seat in layouts()[source].seats for name in seat[:2]}
    columns = {c.canonical: TYPES[c.type] for c in layouts()[source].columns[1:] if c.canonical not in seats}
    pids = ["pid", "pid2"][: len(layouts()[source].seats)]
    marks = {"plant": pl.Int32(), "key": pl.Boolean(), "hurt": pl.String(), "firm": pl.Boolean()}
    extra = {"number_of": pl.Int64(), "second": pl.Boolean(), "earlier_mark": pl.Int64()}
    return {**{p: pl.Int64() for p in pids}, **columns, **marks, **extra}


def _frame(source: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    schema = source_schema(source)
    money = {c.canonical for c in layouts()[source].columns if c.type == "y"}
    typed = [
        {
            k: (None if row.get(k) is None else round(row[k] * 100)) if k in money else row.get(k)
            for k in schema
        }
        for row in rows
    ]
    return pl.DataFrame(typed, schema=schema).with_columns(
        firm=pl.lit(value=True),
        second=pl.lit(value=False),
        earlier_mark=pl.int_range(len(rows), dtype=pl.Int64),
    )


def planted_rows(book: Book, source: str) -> pl.DataFrame:
    """The planted rows of a source, in order; empty but typed where there are none."""
    return _frame(source, book.rows.get(source, []))


def later_rows(book: Book, source: str) -> pl.DataFrame:
    """Rows that stand only in a snapshot dated after the night."""
    return _frame(source, [row for name, row in book.later if name == source])


def changed_rows(book: Book, source: str) -> list[tuple[int, dict[str, Any] | None]]:
    """Planted rows that stood otherwise the night before: mark, and the columns' earlier values (None: no row)."""
    money = {c.canonical for c in layouts()[source].columns if c.type == "y"}
    out: list[tuple[int, dict[str, Any] | None]] = []
    for mark, row in enumerate(book.rows.get(source, [])):
        if "earlier" in row:
            old = row["earlier"]
            out.append(
                (
                    mark,
                    old
                    and {k: round(v * 100) if k in money and v is not None else v for k, v in old.items()},
                )
            )
    return out
