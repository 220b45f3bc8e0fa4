"""Identity numbers that a workbook kept as numbers: digits that are no longer what was typed.

A spreadsheet keeps 15 digits, and a cell that is read as text shows 18 again: three of them made up, and one such
number in eleven passes the check digit and may be somebody else's. Here belongs finding those cells and
writing them as the spreadsheet shows them (3.20682198001011E+17), which no one takes for a number. Not here: what
can still be learned from what is left (matching).
"""

import polars as pl

_EIGHTEEN = r"^[1-9][0-9]{17}$"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
ENOUGH = 8
"""So many numbers of 18 digits tell whether a column holds numbers or text; by chance one in 16 at most looks so."""


def as_shown(cells: pl.Series) -> pl.Series:
    """The cells of a column, with numbers of 18 digits that were rounded written as 3.20682198001011E+17.

    Where most of a column's numbers of 18 digits are ones a spreadsheet can keep, all of those were rounded. Else
    only those are taken for rounded that end as 15 digits do and fail the check digit.
    """
    long = cells.str.contains(_EIGHTEEN).fill_null(value=False)
    if not long.any():
        return cells
    at = long.arg_true()
    texts = cells.gather(at)
    kept = texts == texts.cast(pl.Float64).cast(pl.Int64).cast(pl.String)
    fifteen = (texts.cast(pl.Int64) + 500) // 1000
    if not (len(texts) >= ENOUGH and kept.sum() > len(texts) // 2):
        ends = (fifteen * 1000).cast(pl.Float64).cast(pl.Int64).cast(pl.String)
        kept = (texts == ends) & ~_checked(texts)
    kept = kept & (fifteen < 10**15)
    if not kept.any():
        return cells
    digits = fifteen.filter(kept).cast(pl.String)
    written = digits.str.head(1) + "." + digits.str.slice(1) + "E+17"
    return cells.scatter(at.filter(kept), written)


def _checked(texts: pl.Series) -> pl.Series:
    """Whether the last digit is the check digit of the first 17 (GB 11643-1999)."""
    total = pl.sum_horizontal(
        pl.col("n").str.slice(at, 1).cast(pl.Int32) * weight for at, weight in enumerate(_WEIGHTS)
    )
    expected = total.mod(11).replace_strict(dict(enumerate(_CHECK_DIGITS)), return_dtype=pl.String)
    return texts.to_frame("n").select(pl.col("n").str.slice(17, 1) == expected).to_series()
