"""Plain text: blanks trimmed, nothing is nothing; and the second look at what did not read at first.

Full-width forms are rare, so normalising everything would cost more than reading: only what fails is
normalised.
"""

from collections.abc import Callable, Sequence
from typing import Final

import polars as pl

SHOWN_ERROR: Final = "#N/A"
MERGED: Final = "#合并单元格"
"""Stands in a cell that a merged one covers: what was meant to stand there, only the department knows."""
_ERRORS: Final = (
    SHOWN_ERROR,
    "#DIV/0!",
    "#NAME?",
    "#NULL!",
    "#NUM!",
    "#REF!",
    "#VALUE!",
    "#SPILL!",
    "#CALC!",
)
"""What a spreadsheet shows in the place of a value that it could not work out, in its own files and in CSV made of them."""

_UNSEEN: Final = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_ODD: Final = rf"[{_UNSEEN}]|_x[0-9A-Fa-f]{{4}}_|^\s*['’=＝]"
_REMOVED: Final = rf"[{_UNSEEN}]|_x(?:000[0-9A-Fa-f]|001[0-9A-Fa-f]|200[B-Fb-f]|[Ff][Ee][Ff][Ff])_"
_ARMOUR: Final = r"""^\s*[=＝]\s*["“”＂](.*)["“”＂]\s*$"""
_LEADING: Final = "^\\s*['’]\\s*"

Parse = Callable[[pl.Series], pl.Series]


def cleaned(text: pl.Series) -> pl.Series:
    """Without what spreadsheets put around a cell and nobody sees, whatever the column.

    That is the armour against rounding (`="3206..."`, a leading `'`), escaped control characters (`_x000D_`), marks of no width
    and of direction. Blanks are left to whoever reads the cell.
    """
    odd = text.str.contains(_ODD)
    if not odd.any():  # as good as every column of every delivery
        return text
    at = odd.fill_null(value=False).arg_true()
    seen = text.gather(at).str.replace_all(_REMOVED, "").str.replace_all("_x005[Ff]_", "_")
    return text.scatter(at, seen.str.replace(_ARMOUR, "${1}").str.replace(_LEADING, "").str.strip_chars())


def trimmed(text: pl.Series) -> pl.Series:
    """Without blanks of any width at either end; empty text is null."""
    stripped = text.str.strip_chars()
    return stripped.set(stripped.str.len_bytes() == 0, None)


def without_words(text: pl.Series, words: Sequence[str]) -> pl.Series:
    """Null where a cell, without blanks around it, is one of `words` (NULL, 无, --) that say nothing."""
    if not words:
        return text
    return text.set(text.str.strip_chars().is_in(list(words)).fill_null(value=False), None)


def without_errors(text: pl.Series) -> tuple[pl.Series, pl.Series | None]:
    """`text` with null where a spreadsheet shows an error, and which cells those are (None: there is none)."""
    if not text.str.starts_with("#").any():  # as good as every column of every delivery
        return text, None
    failed = text.str.strip_chars().is_in(_ERRORS).fill_null(value=False)
    return text.set(failed, None), failed


def part_of(text: pl.Series, pattern: str) -> tuple[pl.Series, pl.Series]:
    """The group of `pattern` in each cell, and which cells say something of which the pattern reads nothing.

    Unread is a filled cell that does not fit, or of which the group takes no sign: `^([0-9-]*)` fits every text. Where
    the group is optional and does not stand in the cell, the layout says that a cell may lack the part: it is blank.
    """
    part = text.str.extract(pattern, 1)
    lacking = trimmed(part).is_null() & trimmed(text).is_not_null()
    if not lacking.any():
        return part, lacking
    return part, lacking & (part.is_not_null() | ~text.str.contains(pattern))


def second_look(text: pl.Series, first: pl.Series, parse: Parse) -> pl.Series:
    """`first`, with what it left unread parsed again after cleaning and NFKC normalisation (１２ becomes 12)."""
    unread = first.is_null() & text.is_not_null()
    if not unread.any():
        return first
    normalised = trimmed(cleaned(text.filter(unread)).str.normalize("NFKC"))
    return first.scatter(unread.arg_true(), parse(normalised))
