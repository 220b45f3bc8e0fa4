"""The errors of this package: a layout nobody can use, a landing area that is not there, a snapshot refused.

Here belongs what a person is told when a delivery or its configuration cannot be used. Not here: bad rows,
which are data (quarantine), not errors. No message may carry a value from a delivered row.
"""

import difflib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import polars as pl

from sources.refusal import Refusal
from sources.refusal_words import in_words


class LayoutError(ValueError):
    """A layout cannot be used. The message names the file, the key and what to do."""


class LandingError(ValueError):
    """The landing area cannot be read. The message says what is missing and what to do."""


class SnapshotRefused(Exception):  # noqa: N818 - the field's word: a snapshot is refused, nothing is broken
    """A snapshot cannot be used as a whole; `refusal` says why, `str()` says it in English."""

    def __init__(self, refusal: Refusal) -> None:
        """Take the reason."""
        super().__init__(refusal)
        self.refusal = refusal

    def __str__(self) -> str:
        """Return the sentence that the audit publishes."""
        return in_words(self.refusal, "en")


@contextmanager
def refusing(file: str) -> Iterator[None]:
    """Turn whatever fails while one delivered file is read into the refusal of that file: one file never ends a night.

    Names the kind of error alone: what an error says of a row may be the row.
    """
    try:
        yield
    except SnapshotRefused:
        raise
    except (Exception, pl.exceptions.PanicException) as error:
        raise SnapshotRefused(Refusal.of("reading_failed", file=file, error=type(error).__name__)) from None


def most_like(word: str, known: Iterable[str]) -> str | None:
    """Return the known word most like `word`; None where none is like it."""
    return next(iter(difflib.get_close_matches(word, sorted(set(known)), n=1, cutoff=0.3)), None)


def nearest(word: str, known: Iterable[str]) -> str:
    """Return ``"; the nearest is 'x'"`` for the known word most like `word`, else an empty string."""
    found = most_like(word, known)
    return "" if found is None else f"; the nearest is {found!r}"
