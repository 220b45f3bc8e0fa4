"""What a text file seems to hold: its delimiter, the lines above the header, the header, totals and trailer.

Here belong guesses from the first and last lines. Not here: splitting for real (`readers.delimited`).
"""

import csv
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

FIRST_LINES = 400
DELIMITERS = (",", "\t", "|", ";", "^", "~", "\x01", "\x1f", "，", "、", "@", "#", "!", "$", "¦")
FOOTERS = (
    "合计",
    "总计",
    "小计",
    "累计",
    "共计",
    "制表",
    "填表",
    "审核",
    "打印",
    "备注",
    "导出",
    "total",
    "Total",
    "TOTAL",
    "注：",
    "注:",
)
_WORDY = re.compile(r"[^\W\d_]")
_VALUE = re.compile(r"[-+]?[0-9][0-9,./\-: ]*[Xx%]?$|[0-9]{2,}[-/年.][0-9]{1,2}.*$")


@dataclass(frozen=True)
class Form:
    """How a text file seems to be laid out."""

    delimiter: str | None
    quote: str | None
    header: bool
    title_rows: int
    headers: tuple[str, ...]
    width: int
    trailer: str | None = None
    totals: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())


def split(line: str, delimiter: str) -> list[str]:
    """The fields of one line; a quote that is not closed is an ordinary character."""
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return line.split(delimiter)


def guess_delimiter(lines: Sequence[str]) -> tuple[str | None, int]:
    """The character that gives most lines the same number of fields, and that number; None: none does."""
    best: tuple[float, str | None, int] = (0.0, None, 1)
    for delimiter in DELIMITERS:
        widths = Counter(len(split(line, delimiter)) for line in lines if delimiter in line)
        if not widths:
            continue
        width, count = max(widths.items(), key=lambda pair: (pair[1] * math.log2(pair[0] + 1), pair[0]))
        share = count / len(lines)
        score = share * math.log2(width + 1)
        if share >= 0.4 and width > 1 and score > best[0]:
            best = (score, delimiter, width)
    return best[1], best[2]


def header_like(fields: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether fields are names of columns: worded, different from each other, unlike the values below."""
    filled = [field.strip() for field in fields if field.strip()]
    if len(filled) < max(2, 0.6 * len(fields)) or len(set(filled)) < 0.9 * len(filled):
        return False
    worded = sum(bool(_WORDY.search(text)) and not _VALUE.match(text) for text in filled)
    if worded < 0.9 * len(filled):
        return False
    columns = [list(column) for column in zip(*below, strict=False)]
    repeated = sum(
        name.strip() in {v.strip() for v in column} for name, column in zip(fields, columns, strict=False)
    )
    return repeated <= len(fields) // 3


def guess_form(first: Sequence[str], last: Sequence[str], rows: int | None) -> Form:
    """Judge a text file by its first and last lines.

    Args:
        first: the first lines.
        last: the last lines; the file ends with them.
        rows: how many filled lines the file has, if known.
    """
    filled = [line for line in first if line.strip()]
    delimiter, width = guess_delimiter(filled)
    if delimiter is None:
        return Form(None, None, header=False, title_rows=0, headers=(), width=1)
    titles, at = 0, 0
    split_lines = [split(line, delimiter) for line in first]
    for at, fields in enumerate(split_lines):
        if len(fields) == width and sum(bool(f.strip()) for f in fields) >= 0.6 * width:
            break
        titles = at + 1 if any(f.strip() for f in fields) else titles
    below = [fields for fields in split_lines[at + 1 : at + 60] if len(fields) == width]
    header = header_like(split_lines[at], below)
    above = titles + header
    trailer, totals = guess_ends(last, delimiter, width, None if rows is None else rows - above)
    headers = tuple(text.strip().strip("\ufeff") for text in split_lines[at]) if header else ()
    quoted = any(line.lstrip("\ufeff").startswith('"') or f'{delimiter}"' in line for line in filled)
    return Form(delimiter, '"' if quoted else None, header, titles, headers, width, trailer, totals)


def guess_ends(
    last: Sequence[str], delimiter: str, width: int, rows: int | None
) -> tuple[str | None, tuple[str, ...]]:
    """A pattern for a trailer with a row count, if the last line is one, and patterns for totals and footers.

    A line is a trailer if it has fewer fields than the rows and holds their number.
    """
    ends = [line.strip() for line in last if line.strip()][-8:]
    totals = {
        f"{re.escape(delimiter)}*{word}"
        for line in ends
        for word in FOOTERS
        if line.lstrip(f'{delimiter}"').startswith(word)
    }
    if not ends or totals or len(split(ends[-1], delimiter)) == width:
        return None, tuple(sorted(totals))
    numbers = re.findall(r"[0-9]+", ends[-1])
    known = () if rows is None else (str(rows - 1), str(rows - 2))  # as text: numbers may be of any length
    counts = [text for text in numbers if (text.lstrip("0") or "0") in known]
    if not counts:
        return None, ()
    before, after = (
        ends[-1].split(counts[-1], 1) if ends[-1].count(counts[-1]) == 1 else ends[-1].rsplit(counts[-1], 1)
    )
    loose = [re.sub("[0-9]+", "[0-9]+", re.escape(text)) for text in (before, after)]
    return f"^{loose[0]}(?P<rows>[0-9]+){loose[1]}$", ()
