"""Readers, one module a family of formats: files in, bounded batches of text columns out.

Here belongs choosing the reader. Readers know contracts only to name columns; they judge no value.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sources.contract import Contract
from sources.errors import SnapshotRefused, refusing
from sources.layout import FileLayout
from sources.readers.batch import LINE, Batch, Lines
from sources.readers.delimited import Delimited
from sources.readers.fixed_width import FixedWidth
from sources.readers.json_lines import JsonLines
from sources.readers.parquet import Parquet
from sources.readers.workbook import Workbook

__all__ = ["LINE", "Batch", "ahead", "count_rows", "read"]


def read(
    path: Path, contract: Contract, shape: FileLayout, *, lenient: bool = False, wanted: Lines | None = None
) -> Iterator[Batch]:
    """Yield the rows of a delivered file as text, in bounded batches.

    Args:
        path: the file.
        contract: what the table must be.
        shape: what the layout says of this file.
        lenient: refuse no header, name what is known (to count rows).
        wanted: only these lines are looked for (sorted); others may be left out.

    Raises:
        SnapshotRefused: the file cannot be used at all; raised when the fault is met, which may be late.
    """
    if shape.format == "jsonl":
        return iter(JsonLines(path, contract, shape, lenient=lenient, wanted=wanted))
    if shape.format == "fixed":
        return iter(FixedWidth(path, contract, shape, lenient=lenient, wanted=wanted))
    if shape.format == "xlsx":
        return iter(Workbook(path, contract, shape, lenient=lenient))
    if shape.format == "parquet":
        return iter(Parquet(path, contract, shape, lenient=lenient))
    return iter(Delimited(path, contract, shape, lenient=lenient, wanted=wanted))


def ahead(batches: Iterator[Batch]) -> Iterator[Batch]:
    """Yield the same batches, each read while the one before is worked on."""
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, batches, None)
        while (batch := coming.result()) is not None:
            coming = pool.submit(next, batches, None)
            yield batch


def count_rows(path: Path, contract: Contract, shape: FileLayout) -> int | None:
    """How many rows a refused file delivered; None where that cannot be told."""
    try:
        with refusing(path.name):
            return sum(batch.delivered for batch in read(path, contract, shape, lenient=True))
    except SnapshotRefused:
        return None
