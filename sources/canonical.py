"""From a batch of text to the typed columns of a contract.

Here belongs the choice of parser for each column and what a registry row may take from its number. Not here:
whether a row is accepted (`verdicts`).
"""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from sources.contract import FROM_NUMBER, MONEY, NUMBER, Column, Contract
from sources.layout import ColumnLayout, FileLayout
from sources.layout_types import UNITS
from sources.record_no import record_numbers
from sources.values.amounts import parse_decimals
from sources.values.codes import parse_bools, parse_codes
from sources.values.dates import parse_dates, parse_months, stands_for_none
from sources.values.identity_number import birth_and_sex
from sources.values.text import MERGED, cleaned, part_of, trimmed, without_errors, without_words

UNREADABLE: Final = "unreadable"
MERGED_CELL: Final = "merged_cell"
SENTINEL: Final = "sentinel"
"""Why a cell is not what was meant: no such thing as its type; covered by a merged cell; a day that stands for none."""
Unread = Mapping[str, pl.Series]
"""By reason, which cells of a column."""


@dataclass(frozen=True)
class Typed:
    """A batch in canonical columns (numbers and names still raw), and the cells that could not be read, by column and reason."""

    rows: pl.DataFrame
    unreadable: Mapping[str, Unread]


def canonical(rows: pl.DataFrame, file: str, contract: Contract, shape: FileLayout) -> Typed:
    """Type the columns of a batch.

    Args:
        rows: text columns under canonical names, and the line.
        file: name of the file; with the line it names rows of a department that has no serial numbers.
        contract: what the columns must become.
        shape: formats, units and spellings.

    Returns:
        One column for each of the contract's, in order; columns not delivered are null.
    """
    wanted = {column.to: column for column in shape.columns if column.to}

    def read(column: Column) -> tuple[pl.Series, Unread]:
        if column.name == "record_no":
            return record_numbers(rows, file), {}
        said = wanted.get(column.name, ColumnLayout())
        text = delivered_text(rows, column.name, said)
        if text is None:
            nothing = pl.Series([None], dtype=column.dtype).new_from_index(0, rows.height)
            # A header that was renamed must not open what the layout says the column closes.
            promised = column.name in contract.opening and column.name in wanted
            return nothing, {
                UNREADABLE: pl.Series([promised]).new_from_index(0, rows.height)
            } if promised else {}
        return read_column(text, column, said, shape)

    done = {column.name: read(column) for column in contract.columns}
    frame = pl.DataFrame([values.rename(name) for name, (values, _) in done.items()])
    unreadable = {name: unread for name, (_, unread) in done.items() if unread}
    return Typed(_helped_by_number(frame, contract), unreadable)


def delivered_text(rows: pl.DataFrame, name: str, said: ColumnLayout) -> pl.Series | None:
    """The text of a column; None if this file does not have it."""
    if said.value is not None:
        return pl.Series(name, [said.value]).new_from_index(0, rows.height)
    given = said.of or name
    return rows[given] if given in rows.columns else None


def read_column(
    text: pl.Series, column: Column, said: ColumnLayout, shape: FileLayout
) -> tuple[pl.Series, Unread]:
    """The typed values of a delivered column, and which cells could not be read, by reason.

    An unknown code is no such cell: it stays for the contract's model to refuse. A day that stands for none (1900-01-01,
    9999-12-31) is none unless the layout names it as blank; of a required column it stays, and is counted.
    """
    blank = shape.blank if said.blank is None else said.blank
    merged = (text == MERGED).fill_null(value=False) if shape.format == "xlsx" else None
    if merged is not None and merged.any():
        text = text.set(merged, None)
    # Others are cleaned where they do not read at first.
    if said.part is not None or column.kind in ("raw", "text"):
        text = cleaned(text)
    text, unread = without_words(text, blank), None
    if said.part is not None:
        text, unread = part_of(text, said.part)
        text = without_words(text, blank)
    if column.kind in ("raw", "text"):  # any other value fails by itself
        text, errors = without_errors(text)
        unread = errors if unread is None else unread if errors is None else unread | errors
    if column.kind == "raw":  # as delivered, for matching to judge; blank is nothing
        return text.set(text.str.strip_chars().str.len_bytes() == 0, None), _by_reason(unread, merged, None)
    cells = trimmed(text)
    if column.kind == "text":
        return cells, _by_reason(unread, merged, None)
    values, sentinel = _parse(cells, column, said, shape), None
    failed = values.is_null() & cells.is_not_null()
    if failed.any():  # marks that nobody sees say nothing
        failed &= trimmed(cleaned(cells)).is_not_null()
    if column.kind in ("date", "month"):
        sentinel = stands_for_none(values)
        values = values if column.required or not sentinel.any() else values.set(sentinel, None)
    return values, _by_reason(failed if unread is None else failed | unread, merged, sentinel)


def unread_cells(unread: Unread, height: int) -> pl.Series:
    """Which of a column's `height` cells could not be read, for whatever reason."""
    none = pl.Series([False], dtype=pl.Boolean).new_from_index(0, height)
    return functools.reduce(lambda whole, cells: whole | cells, unread.values(), none)


def _by_reason(unread: pl.Series | None, merged: pl.Series | None, sentinel: pl.Series | None) -> Unread:
    found: dict[str, pl.Series] = {}
    if merged is not None and merged.any():
        found[MERGED_CELL] = merged
    if unread is not None and unread.any():
        found[UNREADABLE] = unread
    if sentinel is not None and sentinel.any():
        found[SENTINEL] = sentinel
    return found


def _parse(cells: pl.Series, column: Column, said: ColumnLayout, shape: FileLayout) -> pl.Series:
    native = shape.native_dates
    match column.kind:
        case "date":
            return parse_dates(cells, said.dates or shape.dates, native=native)
        case "month":
            return parse_months(cells, said.months or shape.months, native=native)
        case "money":
            return parse_decimals(cells, MONEY, UNITS[said.unit or shape.unit] * (said.factor or 1))
        case "number":
            return parse_decimals(cells, NUMBER, said.factor or 1, percent=True)
        case "bool":
            return parse_bools(cells, said.yes_words or shape.yes_words, said.no_words or shape.no_words)
        case _:
            # A word that the layout itself says needs no spelling.
            return cells if said.value is not None and not said.codes else parse_codes(cells, said.codes)


def _helped_by_number(frame: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """Give a registry row without readable birth date or sex what its valid number shows, and mark it.

    An unknown spelling of sex is not a missing one: it stays, and the row goes to quarantine like every row with
    an unknown code in a required column.
    """
    for name, mark in FROM_NUMBER.items():
        if mark not in contract.accepted_schema:
            continue
        lacking = frame[name].is_null()
        frame = frame.with_columns(pl.lit(value=False).alias(mark))
        if not lacking.any():
            continue
        at = lacking.arg_true()
        shown = birth_and_sex(frame[contract.seats[0].id_number].gather(at))[name]
        at, shown = at.filter(shown.is_not_null()), shown.drop_nulls()
        frame = frame.with_columns(frame[name].scatter(at, shown), frame[mark].scatter(at, values=True))
    return frame
