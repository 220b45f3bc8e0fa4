"""Plain text: blanks trimmed, nothing is nothing; and the second look at what did not read at first.

Full-width forms are rare, so normalising everything would cost more than reading: only what fails is
normalised.
"""

from collections.abc import Callable, Sequence

import polars as pl

Parse = Callable[[pl.Series], pl.Series]


def trimmed(text: pl.Series) -> pl.Series:
    """Without blanks of any width at either end; empty text is null."""
    stripped = text.str.strip_chars()
    return stripped.set(stripped.str.len_bytes() == 0, None)


def without_words(text: pl.Series, words: Sequence[str]) -> pl.Series:
    """Null where a cell, without blanks around it, is one of `words` (NULL, 无, --) that say nothing."""
    return text.set(text.str.strip_chars().is_in(list(words)).fill_null(value=False), None)


def part_of(text: pl.Series, pattern: str) -> pl.Series:
    """The group of `pattern` in each cell; null where the cell does not fit."""
    return text.str.extract(pattern, 1)


def second_look(text: pl.Series, first: pl.Series, parse: Parse) -> pl.Series:
    """`first`, with what it left unread parsed again after NFKC normalisation (１２ becomes 12)."""
    unread = first.is_null() & text.is_not_null()
    if not unread.any():
        return first
    normalised = trimmed(text.filter(unread).str.normalize("NFKC"))
    return first.scatter(unread.arg_true(), parse(normalised))
