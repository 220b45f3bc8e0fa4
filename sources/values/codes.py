"""Codes and yes/no: the spellings of a layout and nothing else.

A canonical word that the layout does not list is as unknown as any other spelling.
"""

import unicodedata
from collections.abc import Iterable, Mapping

import polars as pl

from sources.values.text import second_look

UNKNOWN = "?"
"""Stands for an unknown spelling until the contract's model refuses it; never reaches a table."""


def parse_codes(text: pl.Series, words: Mapping[str, str]) -> pl.Series:
    """Map spellings to canonical words, whatever their blanks and widths; `UNKNOWN` where the layout knows no such spelling."""
    first = text.replace_strict(dict(words), default=None, return_dtype=pl.String)
    folded = {unicodedata.normalize("NFKC", spelling): word for spelling, word in words.items()}
    bare = {"".join(spelling.split()): word for spelling, word in folded.items()}

    def look(left: pl.Series) -> pl.Series:
        found = left.replace_strict(folded, default=None, return_dtype=pl.String)
        return found.fill_null(
            left.str.replace_all(r"\s", "").replace_strict(bare, default=None, return_dtype=pl.String)
        )

    found = second_look(text, first, look)
    return found.set(found.is_null() & text.is_not_null(), UNKNOWN)


def parse_bools(text: pl.Series, yes: Iterable[str], no: Iterable[str]) -> pl.Series:
    """Read yes and no in the spellings of the layout; other spellings are unreadable (null)."""
    words = {unicodedata.normalize("NFKC", word): True for word in yes}
    words |= {unicodedata.normalize("NFKC", word): False for word in no}

    def parse(left: pl.Series) -> pl.Series:
        return left.replace_strict(words, default=None, return_dtype=pl.Boolean)

    return second_look(text, parse(text), parse)
