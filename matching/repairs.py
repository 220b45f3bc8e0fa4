"""Numbers one slip away from a wrong number: what it may have been before somebody typed it.

Only numbers whose check digit comes out right are made: at most some 35 for a number. Whose they
are, and whether the name agrees, is decided elsewhere.
"""

from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from matching.normalise.numbers import CHECKS, LENGTH, WEIGHTS, Bytes, check_characters, digits, texts

_SUM_OF_CHECK: Final = {character: total for total, character in enumerate(CHECKS.tolist())}

Longs = npt.NDArray[np.int64]


def one_edit(numbers: pl.Series) -> pl.DataFrame:
    """Every number with a right check digit that one digit, or two neighbours exchanged, separates from each.

    ``numbers``: 18 characters each. Rows: ``row`` (position in ``numbers``), ``repaired``.
    """
    if not len(numbers):
        return pl.DataFrame(schema={"row": pl.UInt32, "repaired": pl.String})
    codes = digits(numbers)
    found = [*_one_digit(codes), *_neighbours(codes), _check_digit(codes)]
    rows = np.concatenate([rows for rows, _ in found]).astype(np.uint32)
    repaired = np.concatenate([made for _, made in found])
    return pl.DataFrame({"row": rows, "repaired": texts(repaired)}).unique(maintain_order=True)


def month_and_day_exchanged(numbers: pl.Series) -> pl.Series:
    """First 17 digits with month and day exchanged; null for null."""
    month, day = numbers.str.slice(10, 2), numbers.str.slice(12, 2)
    return numbers.str.head(10) + day + month + numbers.str.slice(14, 3)


def _one_digit(codes: Bytes) -> list[tuple[Longs, Bytes]]:
    """One of the first 17 digits was wrong: per position the one digit that makes the check right.

    The check character stands for the weighted sum of the digits modulo 11, so what the sum lacks
    fixes the new digit; a "10" is no digit, and beyond nine the sum wraps around.
    """
    wanted = np.vectorize(_SUM_OF_CHECK.get, otypes=[np.int64])(codes[:, 17])
    total = (codes[:, :17].astype(np.int64) - 48) @ WEIGHTS % 11
    lack = (wanted - total) % 11
    out = []
    for position, weight in enumerate(WEIGHTS.tolist()):
        new = (codes[:, position].astype(np.int64) - 48 + lack * pow(weight, -1, 11)) % 11
        keep = np.flatnonzero((new <= 9) & (lack > 0))
        made = codes[keep].copy()
        made[:, position] = new[keep] + 48
        out.append((keep, made))
    return out


def _neighbours(codes: Bytes) -> list[tuple[Longs, Bytes]]:
    """Two neighbouring characters were exchanged."""
    out = []
    for position in range(LENGTH - 1):
        made = codes.copy()
        made[:, [position, position + 1]] = made[:, [position + 1, position]]
        whole = (made[:, :17] <= ord("9")).all(axis=1)  # no X before the end
        right = check_characters(made) == made[:, 17]
        keep = np.flatnonzero(whole & right & (made != codes).any(axis=1))
        out.append((keep, made[keep]))
    return out


def _check_digit(codes: Bytes) -> tuple[Longs, Bytes]:
    """Only the check digit was wrong."""
    made = codes.copy()
    made[:, 17] = check_characters(made)
    keep = np.flatnonzero(made[:, 17] != codes[:, 17])
    return keep, made[keep]
