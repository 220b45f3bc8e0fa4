"""Which delivered column is which canonical one: comparing a file's header with the layout.

Here belong tolerant comparison and the refusal that names a missing column. Not here: finding the header.
"""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import polars as pl

from sources.contract import Contract
from sources.errors import SnapshotRefused, most_like
from sources.layout import FileLayout
from sources.refusal import Refusal
from sources.values.text import cleaned

EXTRA = "+"
"""Prefix of delivered columns that the layout does not want; they still count for finding equal rows."""


@lru_cache(maxsize=4096)
def comparable(header: str) -> str:
    """A header without marks that nobody sees, blanks of any width, full-width forms and case."""
    folded = unicodedata.normalize("NFKC", cleaned(pl.Series([header])).item())
    return "".join(folded.split()).casefold()


def joined_headers(rows: Sequence[Sequence[str | None]], shape: FileLayout) -> list[str]:
    """One header a column from a header of several rows, upper ones merged over the columns they speak of.

    A column is called by all its rows joined with `/`; by its lowest filled one alone where the layout calls it so.
    A merged cell stands in its first column only, so the empty ones right of it are under it, as far as the row
    above says they are in one group.
    """
    known = {comparable(header) for column in shape.columns for header in column.header}
    filled: list[list[str]] = []
    for depth, row in enumerate(rows):
        cells = [(cell or "").strip() for cell in row]
        for at in range(1, len(cells)):
            of_one_group = depth == 0 or filled[depth - 1][at] == filled[depth - 1][at - 1]
            stands_over = any((below[at] or "").strip() for below in rows[depth + 1 :])
            if not cells[at] and stands_over and of_one_group:
                cells[at] = cells[at - 1]
        filled.append(cells)
    found = []
    for parts in zip(*filled, strict=True):
        named = [part for part in parts if part]
        whole, last = "/".join(named), named[-1] if named else ""
        found.append(whole if comparable(whole) in known else last)
    return found


def needed(contract: Contract, shape: FileLayout) -> dict[str, str]:
    """Canonical columns that a file must have, with their usual header.

    Those are the required columns and those that name a person: without the numbers every row would still be
    read, and linked by name alone, which no one would notice.
    """
    people = {name for seat in contract.seats for name in (seat.id_number, seat.name)}
    return {
        column.to: column.header[0]
        for column in shape.columns
        if column.to and column.header and (column.to in contract.required or column.to in people)
    }


def canonical_names(
    file: str, found: Sequence[str], contract: Contract, shape: FileLayout, *, lenient: bool = False
) -> list[str]:
    """Names for the delivered columns, by position: canonical ones, or ``+header`` for what nobody asked for.

    Args:
        file: name of the file, for the message.
        found: the delivered headers.
        contract: what the table must be.
        shape: what the layout says of this file.
        lenient: name what is known and refuse nothing (to count the rows of a refused file).

    Raises:
        SnapshotRefused: a needed column is missing, or stands there twice.
    """
    wanted = {comparable(h): column.to for column in shape.columns if column.to for h in column.header}
    names: list[str] = []
    for position, header in enumerate(found):
        name = wanted.get(comparable(header))
        if name is not None and name in names:
            if not lenient:
                raise SnapshotRefused(Refusal.of("header_twice", file=file, header=header.strip()))
            name = None
        names.append(name or f"{EXTRA}{position}:{comparable(header)}")
    if not lenient:
        _refuse_missing(file, found, names, needed(contract, shape))
    return names


def _refuse_missing(file: str, found: Sequence[str], names: Sequence[str], expected: dict[str, str]) -> None:
    missing = [(name, header) for name, header in expected.items() if name not in names]
    if not missing:
        return
    unused = [header.strip() for header, name in zip(found, names, strict=True) if name.startswith(EXTRA)]
    if len(missing) == len(expected):
        raise SnapshotRefused(Refusal.of("no_known_header", file=file))
    columns = [
        Refusal.of("column_missing", header=header, column=name, nearest=most_like(header, unused))
        for name, header in missing
    ]
    raise SnapshotRefused(Refusal.of("columns_missing", *columns, file=file))
