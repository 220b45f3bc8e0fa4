"""What made people are called.

Here: surnames by published shares and by family, given names by cohort and sex, dotted names, rare
characters, former names. Not here: the lists, and damage to names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from synth import name_lists as lists
from synth.streams import chance, fronted, pick

if TYPE_CHECKING:
    from synth.streams import Flags, Ints


def _texts(values: list[str] | tuple[str, ...] | str, at: Ints) -> pl.Series:
    return pl.Series(list(values), dtype=pl.String).gather(at)


def surnames(rng: np.random.Generator, size: int) -> pl.Series:
    """Draws surnames with their published shares."""
    return _texts([s for s, _ in lists.SURNAMES], pick(rng, [w for _, w in lists.SURNAMES], size))


def given_names(rng: np.random.Generator, birth_year: Ints, male: Flags) -> pl.Series:
    """Draws given names of one or two characters, as the cohort and sex use them."""
    size = len(birth_year)
    cohort = np.searchsorted(np.array(lists.COHORTS), birth_year, side="right")
    first, second = rng.random(size), rng.random(size)
    out = pl.Series([""], dtype=pl.String).gather(np.zeros(size, dtype=np.int64))
    for number, single in enumerate(lists.SINGLE_SHARE):
        for is_male, pools in ((True, lists.MALE), (False, lists.FEMALE)):
            pool, mine = pools[number], (cohort == number) & (male == is_male)
            n = int(mine.sum())
            one = _texts(pool, np.minimum((len(pool) * first[mine] ** 1.4).astype(np.int64), len(pool) - 1))
            two = _texts(pool, np.minimum((len(pool) * second[mine] ** 1.4).astype(np.int64), len(pool) - 1))
            short = pl.Series(chance(rng, single, n))
            out = out.scatter(
                np.flatnonzero(mine), one + two.zip_with(~short, _texts([""], np.zeros(n, int)))
            )
    return out


def with_rare(rng: np.random.Generator, given: pl.Series, share: float) -> pl.Series:
    """Replaces the last character by a rare one in a share of the names."""
    rare = _texts(lists.RARE, rng.integers(0, len(lists.RARE), len(given)))
    swapped = given.str.head(given.str.len_chars().cast(pl.Int64) - 1) + rare
    return swapped.zip_with(pl.Series(chance(rng, share, len(given))), given)


def dotted(rng: np.random.Generator, male: Flags) -> pl.Series:
    """Draws names of the form own name, middle dot, father's name."""
    size = len(male)
    father = _texts(lists.DOTTED_MALE, fronted(rng, len(lists.DOTTED_MALE), size))
    own = _texts(lists.DOTTED_MALE, rng.integers(0, len(lists.DOTTED_MALE), size)).zip_with(
        pl.Series(male), _texts(lists.DOTTED_FEMALE, rng.integers(0, len(lists.DOTTED_FEMALE), size))
    )
    return own + "·" + father


def full_names(
    rng: np.random.Generator,
    *,
    family: Ints,
    shares_family_name: Flags,
    birth_year: Ints,
    male: Flags,
    is_dotted: Flags,
) -> pl.Series:
    """Names everybody.

    Args:
        rng: the generator.
        family: which family's surname a person may share, from 0.
        shares_family_name: who has the family's surname; the others draw their own.
        birth_year: years of birth.
        male: who is a man.
        is_dotted: whose people use dotted names.
    """
    size = len(family)
    of_family = surnames(rng, int(family.max()) + 1 if size else 0).gather(family)
    surname = of_family.zip_with(pl.Series(shares_family_name), surnames(rng, size))
    han = surname + with_rare(rng, given_names(rng, birth_year, male), 0.004)
    return dotted(rng, male).zip_with(pl.Series(is_dotted), han)
