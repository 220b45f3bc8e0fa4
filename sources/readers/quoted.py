"""Records that only a careful eye can read: odd quotes, and quoted fields with line breaks in them.

Here belongs the decision whether a quote is still open at the end of its line or simply unbalanced. Only
lines that array arithmetic could not settle (`lines`) come here: the loop is over oddities, not over rows.
"""

import csv
from dataclasses import dataclass, field

from sources.readers.lines import LineIndex

MOST_LINES = 200
"""A quoted field of more lines than this is taken for an unbalanced quote."""
csv.field_size_limit(
    64 * 1024 * 1024
)  # a line has no more (`decoding`); by default a field of 128 KiB is an error


@dataclass
class Oddities:
    """What came of a block's odd lines; all numbers are lines within the block."""

    records: list[list[str]] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)
    unfinished: int | None = None
    """The line from which on a record may go on in the next block."""


def read_oddities(
    lines: LineIndex,
    odd: list[int],
    stops: set[int],
    separator: str,
    quote: str | None,
    fields: int,
    *,
    last: bool,
) -> Oddities:
    """Read the lines `odd` one by one.

    A quote that is open at the end of its line is followed into the next lines as long as those are not whole
    records by themselves; if that gives no record of `fields` fields, only the first line is broken.

    Args:
        lines: the block.
        odd: lines that are neither whole records nor blank, ascending.
        stops: lines that no record may run across (damaged ones, totals, the trailer).
        separator: between fields.
        quote: the quote character; None: nothing is ever quoted.
        fields: how many fields a record has.
        last: whether the file ends with this block.
    """
    found = Oddities()
    done = -1
    for line in odd:
        if line <= done:
            continue
        if line in stops or quote is None:
            found.broken.append(line)
            continue
        end, record = _follow(lines, line, stops, separator, quote, fields)
        if record is not None:
            found.records.append(record)
            found.first.append(line)
            found.last.append(end)
            done = end
        elif end == len(lines.ends) and not last:
            found.unfinished = line
            break
        else:
            found.broken.append(line)
    return found


def _follow(
    lines: LineIndex, start: int, stops: set[int], separator: str, quote: str, fields: int
) -> tuple[int, list[str] | None]:
    """The last line and the fields of the record at `start`; no fields: the line where the search ended."""
    line, count = start, len(lines.ends)
    while True:
        record, is_open = parse_record(lines.text(start, line), separator, quote)
        if record is not None and len(record) == fields:
            return line, record
        line += 1
        if not is_open or line - start >= MOST_LINES:
            return start, None
        if line >= count:
            return count, None
        if lines.whole[line] or line in stops:
            return start, None


def parse_record(text: str, separator: str, quote: str) -> tuple[list[str] | None, bool]:
    """The fields of one record, and whether a quote is still open at its end."""
    pieces = [f"{piece}\n" for piece in text.split("\n")]  # other line ends are part of a field
    reader = csv.reader(pieces, delimiter=separator, quotechar=quote, strict=True)
    try:
        return next(reader, None), False
    except csv.Error as error:
        return None, "unexpected end of data" in str(error)
