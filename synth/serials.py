"""Serial texts that departments give out: plates, entity codes, certificates, accounts.

Here: texts of positions, unique where the world's are. Not here: who owns them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from synth.places import COUNTY

if TYPE_CHECKING:
    from synth.streams import Ints

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXY"
ALNUM = "0123456789" + LETTERS
ENTITY = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The characters of GB 32100-2015, in the order of their values."""


def plates(numbers: Ints) -> pl.Series:
    """Number plates of the prefecture: a letter and four signs, different for different numbers."""
    mixed = (numbers * 7_368_787 + 1_299_709) % (len(LETTERS) * len(ALNUM) ** 4)
    out = pl.Series(list(LETTERS)).gather(mixed // len(ALNUM) ** 4)
    for power in (3, 2, 1, 0):
        out = out + pl.Series(list(ALNUM)).gather(mixed // len(ALNUM) ** power % len(ALNUM))
    return "苏F" + out


def entity_codes(numbers: Ints, *, company: pl.Series) -> pl.Series:
    """Unified social credit codes with their check character (GB 32100-2015)."""
    head = pl.Series(["92", "91"]).gather(company.cast(pl.Int64))
    body = head + f"{COUNTY}MA" + pl.Series(numbers).cast(pl.String).str.zfill(7)
    total = np.zeros(len(numbers), dtype=np.int64)
    value = {char: at for at, char in enumerate(ENTITY)}
    for place in range(17):
        digits = body.str.slice(place, 1).replace_strict(value, return_dtype=pl.Int64).to_numpy()
        total += digits * pow(3, place, 31)
    return body + pl.Series(list(ENTITY)).gather((31 - total % 31) % 31)


def numbered(prefix: str, numbers: Ints, width: int) -> pl.Series:
    """A prefix and a number of fixed width."""
    return prefix + pl.Series(numbers).cast(pl.String).str.zfill(width)
