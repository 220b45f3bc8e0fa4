"""What a delivered identity claims to be, number and name alone: the text of a key that outlives the row.

A clerk's decision is kept under it, so that a refuted link does not come back when a telephone changes or
another department delivers the same claim. Not here: the hash (the caller's key), the decisions (ledger).
"""

from typing import Final

import polars as pl

from matching.normalise import identity_numbers, name_keys

SEPARATOR: Final = "|"
"""Stands in no number and, being stripped as noise or never delivered inside one, parts number from name."""
KNOWN_DIGIT: Final = "[0-9]"


def claim_texts(id_number_raw: pl.Series, name: pl.Series) -> pl.Series:
    """Return the text of each identity's claim: number as far as it is known, ``|``, name key.

    Args:
        id_number_raw: numbers as delivered.
        name: names as delivered, of the same length.

    Returns:
        One text a row, in order; null where no digit of the number is known or no name was delivered. A
        masked number keeps its stars: two people may share such a claim, so a decision on one identity weighs
        more than one on its claim.
    """
    numbers = identity_numbers(id_number_raw)
    frame = numbers.select(
        number=pl.coalesce("id_number", "masked_number"), key=name_keys(name.alias("name"))
    )
    known = pl.col("number").str.contains(KNOWN_DIGIT) & pl.col("key").is_not_null()
    return frame.select(
        claim=pl.when(known).then(pl.concat_str("number", "key", separator=SEPARATOR))
    ).to_series()
