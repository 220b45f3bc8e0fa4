"""What an identity number itself says: date of birth and sex (GB 11643-1999).

The former only for a registry row whose own birth date or sex cannot be read. Here too: whether a column holds numbers at all.
Repairing numbers is matching's.
"""

import polars as pl

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_WHOLE = "^[1-9][0-9]{16}[0-9X]$"
_DATED = "^[1-9][0-9]{5}(?:18|19|20)[0-9]{2}[01][0-9][0-3][0-9]{4}[0-9X]$"
_OLD = "^[1-9][0-9]{14}$"
_MASK = "*?#•●×"
_MASKED = rf"^[0-9X{_MASK}]{{11,20}}$"
_FEWEST_SEEN = 8
"""Digits of a masked number without which it says hardly more than a place."""
_FILLER = "^(?:" + "|".join(f"{digit}+" for digit in range(10)) + ")X?$"


def usable(raw: pl.Series) -> pl.Series:
    """Whether a cell holds an identity number that somebody could be found by; false where it is empty.

    That is 18 digits with something like a birth date among them, or 15, whatever the check digit says, or a masked number that
    shows eight; no number is what a spreadsheet
    rounded (3.2E+17), a digest, a name, or one digit again and again.
    """
    whole = raw.str.contains(_DATED)
    left = ~whole.fill_null(value=True)
    if not left.any():
        return whole.fill_null(value=False)
    text = raw.filter(left).str.normalize("NFKC").str.replace_all(r"\s", "").str.to_uppercase()
    seen = text.str.count_matches("[0-9X]")
    masked = text.str.contains(_MASKED) & (seen >= _FEWEST_SEEN) & (seen < text.str.len_chars())
    found = (text.str.contains(_DATED) | text.str.contains(_OLD) | masked) & ~text.str.contains(_FILLER)
    return whole.fill_null(value=False).scatter(left.arg_true(), found)


def birth_and_sex(raw: pl.Series) -> pl.DataFrame:
    """Return `birth_date` (Date) and `sex` (`male`/`female`) for each number; null where it is not valid.

    Valid: 18 characters, the check digit agrees, and the eight digits of the birth date are a real day.
    """
    number = raw.str.normalize("NFKC").str.replace_all(r"\s", "").str.to_uppercase()
    number = number.set(~number.str.contains(_WHOLE), None)
    n = pl.col("n")
    total = pl.sum_horizontal(
        n.str.slice(at, 1).cast(pl.Int32, strict=False) * w for at, w in enumerate(_WEIGHTS)
    )
    expected = total.mod(11).replace_strict(dict(enumerate(_CHECK_DIGITS)), return_dtype=pl.String)
    birth = n.str.slice(6, 8).str.to_date("%Y%m%d", strict=False)
    valid = n.is_not_null() & birth.is_not_null() & (birth.dt.year() > 0) & (n.str.slice(17, 1) == expected)
    odd = n.str.slice(16, 1).cast(pl.Int32, strict=False).mod(2) == 1
    return number.to_frame("n").select(
        pl.when(valid).then(birth).alias("birth_date"),
        pl.when(valid & odd).then(pl.lit("male")).when(valid).then(pl.lit("female")).alias("sex"),
    )
