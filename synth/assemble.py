"""From frames of people's positions to rows as a perfect department would hold them.

Here: order of rows, record numbers, the names and numbers of every seat. Not here: damage (damage.py), text
(texts.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from synth.descriptions import layouts
from synth.layout import RECORD_PREFIX

if TYPE_CHECKING:
    from synth.streams import Streams


def assemble(streams: Streams, source: str, frame: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """Puts rows into a random order, numbers them, and writes who they name.

    Args:
        streams: the city's generators.
        source: the source.
        frame: its rows (frames.py).
        people: everybody, in order of pid, with `name` and `id_number`.

    Returns:
        record_no, pid (pid2), true identities, the registered ones under `sent_`, the contract's columns,
        marks.
    """
    order = streams.of(f"order:{source}").permutation(frame.height)
    rows = frame[order]
    number = pl.Series(range(1, rows.height + 1), dtype=pl.Int64).cast(pl.String).str.zfill(9)
    rows = rows.with_columns((pl.lit(RECORD_PREFIX[source]) + number).alias("record_no"))
    for (id_column, name_column, _), pid in zip(layouts()[source].seats, ("pid", "pid2"), strict=False):
        whose = rows[pid]
        sent = people["id_number_registered"].gather(whose)
        if pid == "pid" and "number_of" in rows.columns:
            sent = people["id_number_registered"].gather(rows["number_of"].fill_null(whose))
        if pid == "pid" and "second" in rows.columns:
            sent = people["second_number"].gather(whose).zip_with(rows["second"], sent)
        rows = rows.with_columns(
            people["id_number"].gather(whose).alias(id_column),
            sent.alias(f"sent_{id_column}"),
            people["name"].gather(whose).alias(name_column),
            people["name"].gather(whose).alias(f"sent_{name_column}"),
        )
    return _certificates(rows) if source == "disability_certificates" else rows


def _certificates(rows: pl.DataFrame) -> pl.DataFrame:
    """Numbers disability certificates: the person's number, class and level; intact whatever else is damaged."""
    number = pl.concat_str("id_number", "disability_class", "disability_level")
    return rows.with_columns(certificate_no=pl.col("certificate_no").fill_null(number))


def canonical(source: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Gives the columns of the truth's canonical table; money in yuan."""
    layout = layouts()[source]
    names = [c.canonical for c in layout.columns]
    money = {c.canonical for c in layout.columns if c.type == "y"}
    pids = [p for p in ("pid", "pid2") if p in rows.columns]
    columns = [names[0], *pids, *names[1:], "plant"]
    return rows.select(pl.col(c) / 100 if c in money else pl.col(c) for c in columns)
