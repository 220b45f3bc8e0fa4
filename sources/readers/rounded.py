"""Identity numbers that a workbook kept as numbers: digits that are no longer what was typed.

A spreadsheet keeps 15 digits, and a cell that is read as text shows 18 again: three of them made up, and one such
number in eleven passes the check digit and may be somebody else's. Here belongs writing those cells as the
spreadsheet shows them (3.20682198001011E+17), which no one takes for a number. Not here: which cells hold
numbers, which the workbook says (tables.py); what can still be learned from what is left (matching).
"""

import polars as pl

_EIGHTEEN = r"^[1-9][0-9]{17}$"
_LARGEST = 10**15


def is_long(cells: pl.Series) -> pl.Series:
    """Whether a cell shows 18 digits, as a rounded identity number does; false where it is empty."""
    return cells.str.contains(_EIGHTEEN).fill_null(value=False)


def as_shown(cells: pl.Series, kept_as_number: pl.Series) -> pl.Series:
    """The cells of a column, with numbers of 18 digits written as 3.20682198001011E+17.

    Args:
        cells: as text.
        kept_as_number: whether the workbook keeps the cell as a number; a text of digits stands as typed.
    """
    at = (is_long(cells) & kept_as_number).arg_true()
    fifteen = (cells.gather(at).cast(pl.Int64) + 500) // 1000
    shown = fifteen < _LARGEST
    digits = fifteen.filter(shown).cast(pl.String)
    return cells.scatter(at.filter(shown), digits.str.head(1) + "." + digits.str.slice(1) + "E+17")
