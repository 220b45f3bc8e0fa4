"""Where the lines and fields of a decoded block are, found without a loop over its rows.

Here belongs counting separators and quotes by array arithmetic. Not here: quoted records that span lines.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sources.readers.batch import Lines

Flags = npt.NDArray[np.bool_]
NEWLINE = ord("\n")


@dataclass(frozen=True)
class LineIndex:
    """The lines of one block: where each begins and ends (its line feed), and whether it is plainly a record."""

    data: bytes
    starts: Lines
    ends: Lines
    whole: Flags
    """Lines that by themselves are a well-formed record of the expected number of fields."""
    blank: Flags
    """Lines of nothing but separators (an emptied spreadsheet row) or nothing at all."""

    def text(self, line: int, upto: int | None = None) -> str:
        """The text of a line, or of the lines from `line` to `upto`, without the last line feed."""
        return self.data[self.starts[line] : self.ends[line if upto is None else upto]].decode()


def index_lines(data: bytes, separator: str, quote: str | None, fields: int) -> LineIndex:
    """Find the lines of `data` (UTF-8, every line ended) and which of them are whole records of `fields` fields."""
    bytes_ = np.frombuffer(data, np.uint8)
    ends = np.flatnonzero(bytes_ == NEWLINE)
    starts = np.concatenate(([0], ends[:-1] + 1)) if len(ends) else ends
    separators = _positions(bytes_, data, separator)
    whole = np.ones(len(ends), np.bool_)
    if quote is not None and quote.encode() in data:
        quotes = np.flatnonzero(bytes_ == ord(quote))
        separators, whole = _outside_quotes(bytes_, ends, separators, quotes, ord(separator))
    counted = np.diff(np.searchsorted(separators, ends), prepend=0)
    whole &= counted == fields - 1
    length = ends - starts
    blank = (length == 0) | (whole & (length == fields - 1))
    return LineIndex(data, starts, ends, whole & ~blank, blank)


def _positions(bytes_: npt.NDArray[np.uint8], data: bytes, separator: str) -> Lines:
    encoded = separator.encode()
    if len(encoded) == 1:
        return np.flatnonzero(bytes_ == encoded[0])
    found, at = [], data.find(encoded)
    while at >= 0:
        found.append(at)
        at = data.find(encoded, at + len(encoded))
    return np.array(found, np.int64)


def _outside_quotes(
    bytes_: npt.NDArray[np.uint8], ends: Lines, separators: Lines, quotes: Lines, separator: int
) -> tuple[Lines, Flags]:
    """Separators that no quotes enclose, and the lines whose quotes all stand where RFC 4180 has them.

    Within its line a quote in an even place opens: a separator, the start or a closing one
    (a doubled quote) precedes it. One in an odd place closes: a separator, the end or an opening one follows.
    """
    before_line = np.searchsorted(quotes, np.concatenate(([0], ends[:-1] + 1)))
    line_of_quote = np.searchsorted(ends, quotes)
    place = np.arange(len(quotes)) - before_line[line_of_quote]
    opens = place % 2 == 0
    before = np.where(quotes > 0, bytes_[quotes - 1], NEWLINE)
    after = bytes_[quotes + 1]  # every line is ended, so there is a next byte
    glued_before = np.concatenate(([False], np.diff(quotes) == 1)) & (place > 0)
    glued_after = np.concatenate((np.diff(quotes) == 1, [False]))
    fits_opening = (before == separator) | (before == NEWLINE) | glued_before
    fits_closing = (after == separator) | (after == NEWLINE) | glued_after
    fits = np.where(opens, fits_opening, fits_closing)
    whole = np.ones(len(ends), np.bool_)
    whole[line_of_quote[~fits]] = False
    whole &= np.diff(np.searchsorted(quotes, ends), prepend=0) % 2 == 0
    line_of_separator = np.searchsorted(ends, separators)
    enclosed = (np.searchsorted(quotes, separators) - before_line[line_of_separator]) % 2 == 1
    return separators[~enclosed], whole
