"""Rows of one snapshot that carry the same `record_no`: repeated, or contradicting each other.

Only 128-bit hashes of the record number and of the delivered text are kept, so a source of any size is
compared in little memory, and nothing of a gated row can be read back.
"""

import polars as pl

DUPLICATE = "duplicate_row"
CONFLICT = "conflicting_record_no"

_RECORD = ["record_1", "record_2"]
_CONTENT = ["content_1", "content_2"]
_KEPT = {"file": pl.String(), "line": pl.Int64()} | dict.fromkeys([*_RECORD, *_CONTENT], pl.UInt64())


def fingerprints(record_no: pl.Series, delivered: pl.DataFrame) -> pl.DataFrame:
    """Hashes of each row's record number and of all its delivered fields.

    Args:
        record_no: the trimmed record numbers.
        delivered: text columns as delivered; their order does not matter, so that two files of one snapshot
            may order them differently. Empty fields are null in every format.
    """
    content = delivered.select(pl.struct(sorted(delivered.columns)).alias("x")).to_series()
    return pl.DataFrame(
        {
            "record_1": record_no.hash(1),
            "record_2": record_no.hash(2),
            "content_1": content.hash(3),
            "content_2": content.hash(4),
        }
    )


class Records:
    """The fingerprints of a snapshot's rows that passed every check of their own."""

    def __init__(self) -> None:
        """Begin with no rows."""
        self._batches = [pl.DataFrame(schema=_KEPT)]

    def add(self, file: str, lines: pl.Series, prints: pl.DataFrame) -> None:
        """Remember the accepted rows of one batch of `file`."""
        place = pl.DataFrame([lines.rename("line")]).select(pl.lit(file).alias("file"), "line")
        self._batches.append(pl.concat([place, prints], how="horizontal"))

    def rejected(self) -> pl.DataFrame:
        """Rows that must go (`file`, `line`, `why`), by file name and line.

        Of rows with the same record number and the same content the first stays. Where the contents differ
        none does: nobody can say which is right.
        """
        rows = pl.concat(self._batches)
        repeated = rows.filter(pl.struct(_RECORD).is_duplicated()).sort("file", "line")
        first = pl.struct(_CONTENT).is_first_distinct().over(_RECORD)
        differing = pl.struct(_CONTENT).n_unique().over(_RECORD) > 1
        judged = repeated.with_columns(
            pl.when(~first).then(pl.lit(DUPLICATE)).when(differing).then(pl.lit(CONFLICT)).alias("why")
        )
        return judged.drop_nulls("why").select("file", "line", "why")

    def places(self) -> pl.DataFrame:
        """`file` and `line` of every row remembered: all that a sink was given."""
        return pl.concat(self._batches).select("file", "line")

    def numbers(self, rejected: pl.DataFrame) -> pl.DataFrame:
        """Hashed record numbers of the rows that stay (`file`, `line`, `record_1`, `record_2`)."""
        rows = pl.concat(self._batches).select("file", "line", *_RECORD)
        return rows.join(rejected, on=["file", "line"], how="anti")
