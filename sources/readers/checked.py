"""What is held against a workbook before its reader is let loose on it.

Here belong the reasons to refuse one that need no cell to be read. Not here: the facts themselves (`sheet_facts`), the reader
(`apart`), sheets and rows (`workbook`).
"""

import zipfile
import zlib
from pathlib import Path
from typing import Final

from sources.errors import SnapshotRefused
from sources.plain_files import open_plain
from sources.readers.packing import refuse_tight
from sources.readers.sheet_facts import SheetFacts, facts_of
from sources.refusal import Refusal

_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
MOST_CELLS: Final = 100_000_000
"""Cells of the rectangle that a sheet fills; its reader holds every one, empty or not, in 32 bytes."""
SPREAD: Final = 20
"""Cells of that rectangle for each filled one, from which on a sheet of so many is a slip of the hand."""


def checked_facts(path: Path) -> dict[str, SheetFacts]:
    """Return the facts of a workbook's sheets, by name.

    Raises:
        SnapshotRefused: it is no workbook, unpacks to far too much, or has a sheet that cannot be held or is not sound.
    """
    name = path.name
    try:
        with open_plain(path) as file:
            start = file.read(4)
            file.seek(0)
            if not start:
                raise SnapshotRefused(Refusal.of("file_empty", file=name))
            if start not in _WORKBOOKS:
                raise SnapshotRefused(Refusal.of("no_workbook", file=name))
            refuse_tight(path, file)
            facts = facts_of(file)
    except OSError as error:
        raise SnapshotRefused(Refusal.of("file_unreadable", file=name, error=str(error.strerror))) from None
    except (
        zipfile.BadZipFile,
        zlib.error,
        ValueError,
        SyntaxError,
        EOFError,
        NotImplementedError,
        RuntimeError,
    ):
        raise SnapshotRefused(Refusal.of("workbook_damaged", file=name)) from None
    for sheet, fact in facts.items():
        _refuse_unsound(name, sheet, fact)
    return facts


def _refuse_unsound(file: str, sheet: str, facts: SheetFacts) -> None:
    cells = facts.rows * facts.columns
    if cells > MOST_CELLS and cells > SPREAD * facts.filled:
        raise SnapshotRefused(
            Refusal.of(
                "sheet_spread_out",
                file=file,
                sheet=sheet,
                rows=facts.rows,
                columns=facts.columns,
                filled=facts.filled,
            )
        )
    if facts.row_twice is not None:
        raise SnapshotRefused(Refusal.of("sheet_row_twice", file=file, sheet=sheet, row=facts.row_twice))
