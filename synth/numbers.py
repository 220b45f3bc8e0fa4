"""Citizens' numbers of made people, GB 11643-1999: 6 digits of place, 8 of birth, 3 of order, a check character.

Here: valid numbers for whole columns, no two the same. Not here: damage to them.
People born on one day in one place get orders in a row in half of the days, so that neighbours in number
exist as they do where one police station hands out numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from synth.streams import Flags, Ints

CHECK = "10X98765432"
"""Check character by remainder of the weighted sum, modulo 11."""

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ORDERS = 500
"""Orders left a day, place and sex: odd ones are men's."""


def check_characters(first17: Ints) -> pl.Series:
    """Computes the check characters of numbers given as integers of 17 digits."""
    rest, total = first17.copy(), np.zeros(len(first17), dtype=np.int64)
    for weight in reversed(WEIGHTS):
        total += weight * (rest % 10)
        rest //= 10
    return pl.Series(list(CHECK), dtype=pl.String).gather(total % 11)


def ymd(days: Ints) -> Ints:
    """Turns days since 1970-01-01 into integers like 19700101."""
    date = days.astype("datetime64[D]")
    year = date.astype("datetime64[Y]").astype(np.int64) + 1970
    month = date.astype("datetime64[M]").astype(np.int64) % 12 + 1
    day = (date - date.astype("datetime64[M]")).astype(np.int64) + 1
    number: Ints = year * 10_000 + month * 100 + day
    return number


def _rank(place: Ints, days: Ints, male: Flags) -> Ints:
    """Counts each person within his place, day and sex, from 0, in the order given."""
    order = np.lexsort((np.arange(len(days)), male, days, place))
    p, d, m = place[order], days[order], male[order]
    start = np.ones(len(days), dtype=bool)
    start[1:] = (p[1:] != p[:-1]) | (d[1:] != d[:-1]) | (m[1:] != m[:-1])
    first = np.maximum.accumulate(np.where(start, np.arange(len(days)), 0))
    rank = np.empty(len(days), dtype=np.int64)
    rank[order] = np.arange(len(days)) - first
    return rank


def id_numbers(place: Ints, days: Ints, male: Flags, seed: int) -> pl.Series:
    """Gives each person a number of his own.

    Args:
        place: six-digit division codes.
        days: birth dates as days since 1970-01-01.
        male: whose order is odd.
        seed: shifts the orders of every day and place.

    Raises:
        ValueError: more than 500 people of one sex were born in one place on one day.
    """
    rank = _rank(place, days, male)
    if len(rank) and int(rank.max()) >= ORDERS:
        raise ValueError(f"{int(rank.max()) + 1} people of one sex in one place and day: at most {ORDERS}")
    mixed = (place * 7919 + days * 104_729 + seed * 31) % 1_000_003
    step = np.where(mixed % 2 == 0, 1, 37)
    order = (mixed + rank * step) % ORDERS * 2 + male
    first17 = place * 100_000_000_000 + ymd(days) * 1000 + order
    return pl.Series(first17).cast(pl.String) + check_characters(first17)
