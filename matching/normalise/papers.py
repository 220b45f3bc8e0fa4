"""Identity papers that are no resident's number: passports, permits, officers' and soldiers' papers.

Here belongs what such a paper's number looks like when written in a dozen ways. Not here: residents' numbers (numbers), and whose
paper it is: a paper is evidence only where both sides deliver the same one, beside a name that agrees.
"""

from typing import Final

import polars as pl

_NOISE: Final = r"[\x00-\x2F\x3A-\x40\x5B-\x7F·—–]"
_LETTERED: Final = r"^[A-Z]{1,3}[0-9]{6,12}$"
"""Passports (E12345678, EA1234567), permits of Hong Kong, Macao and Taiwan (H1234567801), residence permits of foreigners (three
letters and twelve digits)."""
_MILITARY: Final = r"(.)字第?([0-9]{6,8})号?$"
"""军字第1234567号 and the like."""
_FILLER: Final = r"^[A-Z]{1,3}(?:0+|1+|2+|3+|4+|5+|6+|7+|8+|9+|0?123456[0-9]*|98765[0-9]*)$"
"""What is typed where a form wants something: no paper."""


def papers(raw: pl.Series) -> pl.Series:
    """Return each text's paper in one writing; null where it is none, a resident's number or a filler."""
    plain = pl.col("raw").str.normalize("NFKC").str.to_uppercase().str.replace_all(_NOISE, "")
    military = plain.str.extract(_MILITARY, 1) + plain.str.extract(_MILITARY, 2)
    lettered = plain.str.replace(r"^[^0-9A-Z]+", "")
    return pl.DataFrame({"raw": raw}).select(
        pl.when(military.is_not_null()).then(military)
        .when(lettered.str.contains(_LETTERED) & ~lettered.str.contains(_FILLER)).then(lettered)
    ).to_series().alias("paper")  # fmt: skip
