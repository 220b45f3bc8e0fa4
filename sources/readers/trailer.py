"""The trailer of a delivery: the last line, which says how many rows there were.

Here belongs only what is true of trailers in every format.
"""

import re
from typing import Final

from sources.errors import SnapshotRefused
from sources.refusal import Refusal

LONGEST: Final = 19
"""Digits of a count that is shown; more is no number of rows."""


class Trailer:
    """Looks for the trailer and holds it against `delivered`, the rows the reader counted."""

    def __init__(self, file: str, pattern: str | None) -> None:
        """Expect a trailer like `pattern` in `file`; without a pattern none is expected."""
        self._file = file
        self._pattern = None if pattern is None else re.compile(pattern)
        self._found: re.Match[str] | None = None
        self.delivered = 0

    def is_it(self, text: str) -> bool:
        """Whether the file's last line is the trailer; if so it is remembered."""
        if self._pattern is not None:
            self._found = self._pattern.search(text.strip())
        return self._found is not None

    def check(self) -> None:
        """Raise `SnapshotRefused` if the trailer is missing or its count is not that of the rows."""
        if self._pattern is None:
            return
        if self._found is None:
            raise SnapshotRefused(Refusal.of("no_trailer", file=self._file))
        said = self._found.groupdict().get("rows")
        if said is None:
            return
        count = said.strip().lstrip("0") or "0"  # as text: a number of thousands of digits is none for `int`
        if count == str(self.delivered):
            return
        if len(count) < LONGEST and count.isdecimal():
            raise SnapshotRefused(
                Refusal.of("trailer_rows_differ", file=self._file, promised=count, rows=self.delivered)
            )
        raise SnapshotRefused(Refusal.of("trailer_without_number", file=self._file, rows=self.delivered))
