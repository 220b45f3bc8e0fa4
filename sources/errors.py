"""The errors of this package: a layout nobody can use, a landing area that is not there, a snapshot refused.

Here belongs what a person is told when a delivery or its configuration cannot be used. Not here: bad rows,
which are data (quarantine), not errors. No message may carry a value from a delivered row.
"""

import difflib
import os
import re
from collections.abc import Iterable


class LayoutError(ValueError):
    """A layout cannot be used. The message names the file, the key and what to do."""


class LandingError(ValueError):
    """The landing area cannot be read. The message says what is missing and what to do."""


class SnapshotRefused(Exception):  # noqa: N818 - the field's word: a snapshot is refused, nothing is broken
    """A snapshot cannot be used as a whole; `str()` is the sentence that the audit publishes."""

    def __init__(self, sentence: str) -> None:
        """Take the sentence; a file name in it whose bytes are no UTF-8 is made readable."""
        super().__init__(re.sub("[\udc80-\udcff]+", lambda found: readable_name(found[0]), sentence))


def readable_name(name: str) -> str:
    """A file's name as text that can be stored: bytes that are no UTF-8 are GB18030, as Windows sends them."""
    raw = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")


def nearest(word: str, known: Iterable[str]) -> str:
    """Return ``"; the nearest is 'x'"`` for the known word most like `word`, else an empty string."""
    found = difflib.get_close_matches(word, sorted(set(known)), n=1, cutoff=0.3)
    return f"; the nearest is {found[0]!r}" if found else ""
