"""What a snapshot holds beside what is read: files and members of archives with rows like those that are read.

An office that splits its list in two, or renames one file, would lose half of it without a word. So rows that could have been read
and are not refuse the snapshot, by name. Not here: sheets of a workbook (`readers.workbook`), folders (`landing`).
"""

import glob
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import polars as pl

from sources.canonical import canonical
from sources.contract import Contract
from sources.errors import SnapshotRefused, refusing
from sources.layout import FileLayout, SourceLayout
from sources.plain_files import kind_of
from sources.promises import Delivered
from sources.readers import read
from sources.readers.header import needed
from sources.readers.packing import fits, members
from sources.refusal import Refusal
from sources.verdicts import judge

UNFINISHED: Final = (".part", ".partial", ".tmp", ".temp", ".filepart", ".crdownload")
"""Ends of the names of files that are still on their way; what they hold will come under its own name."""
HALF: Final = 0.5
_TEXT: Final = ("csv", "tsv", "text", "fixed", "jsonl")


def refuse_unread(files: Mapping[str, Delivered], contract: Contract, layout: SourceLayout) -> None:
    """Raise `SnapshotRefused` if a file or a member that is not read holds rows like those that are."""
    for file in files.values():
        if file.shape is None and not kind_of(file.path) and not file.name.casefold().endswith(UNFINISHED):
            found = max((_rows_like(file.path, contract, shape) for shape in layout.files), default=0)
            if found:
                raise SnapshotRefused(Refusal.of("unread_file", file=file.name, rows=found))
        elif file.shape is not None and file.shape.format in _TEXT:
            _refuse_members(file, file.shape, contract)


def _refuse_members(file: Delivered, shape: FileLayout, contract: Contract) -> None:
    if shape.member == "*":
        return  # an archive of several is refused for that
    try:
        with refusing(file.name):
            others = [name for name in members(file.path) if not fits(name, shape.member)]
    except SnapshotRefused:
        return  # whoever reads it says so
    for name in others:
        if _rows_like(file.path, contract, shape.model_copy(update={"member": glob.escape(name)})):
            raise SnapshotRefused(Refusal.of("unread_member", file=file.name, member=name))


def _rows_like(path: Path, contract: Contract, shape: FileLayout) -> int:
    """How many rows a file would have under a shape; none where its first ones are unlike those that are read."""
    rows = 0
    try:
        with refusing(path.name):
            for batch in read(path, contract, shape, lenient=True):
                if not rows and not _is_like(batch.rows, contract, shape):
                    return 0
                rows += batch.rows.height
    except SnapshotRefused:
        return 0
    return rows


def _is_like(rows: pl.DataFrame, contract: Contract, shape: FileLayout) -> bool:
    """Whether every needed column is there and filled; without a header, whether most rows would be accepted."""
    if rows.is_empty():
        return False
    if shape.header:
        return all(name in rows.columns and rows[name].count() for name in needed(contract, shape))
    accepted = judge(canonical(rows, "", contract, shape), contract).accepted
    return bool(accepted.mean() > HALF)
