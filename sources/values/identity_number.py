"""What a valid identity number itself says: date of birth and sex (GB 11643-1999).

Only for a registry row whose own birth date or sex cannot be read. Repairing numbers is matching's.
"""

import polars as pl

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"


def birth_and_sex(raw: pl.Series) -> pl.DataFrame:
    """Return `birth_date` (Date) and `sex` (`male`/`female`) for each number; null where it is not valid.

    Valid: 18 characters, the check digit agrees, and the eight digits of the birth date are a real day.
    """
    number = raw.str.normalize("NFKC").str.replace_all(r"\s", "").str.to_uppercase()
    number = number.set(~number.str.contains("^[1-9][0-9]{16}[0-9X]$"), None)
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
