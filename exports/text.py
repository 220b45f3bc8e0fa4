"""Text on its way into a file that people open: harmless, masked, legal as a name.

Here belong the rules that every export shares: what may begin a cell, how a number is masked, what a sheet
or a file may be called. Not here: what is exported, how it looks.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

import polars as pl

LONGEST: Final = 500
"""Characters of one cell; an address has fewer, and Excel drops cells over 32,767 without a word."""

# Full-width signs too: Chinese input methods write them, and some spreadsheets read them as formulas.
FORMULA: Final = r"^\s*[=+\-@＝＋－＠]"
CONTROL: Final = r"[\x00-\x1f\x7f\u{85}\u{2028}\u{2029}\u{fffe}\u{ffff}]+"

SHEET_NAME_UNITS: Final = 31
SHEET_NAME_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
FILE_NAME_FORBIDDEN: Final = re.compile(r"[^\w\-]")


def harmless(text: pl.Expr) -> pl.Expr:
    """Return text that no spreadsheet takes for a formula, not even after it was saved as CSV.

    Control characters become one space, long text is cut and ends in an ellipsis, and what begins with a
    formula's sign gets an apostrophe in front. Rare characters, private ones too, stay as delivered.
    """
    clean = text.str.replace_all(CONTROL, " ").str.strip_chars()
    short = pl.when(clean.str.len_chars() > LONGEST).then(clean.str.head(LONGEST) + "…").otherwise(clean)
    return pl.when(short.str.contains(FORMULA)).then(pl.concat_str(pl.lit("'"), short)).otherwise(short)


def masked_number(number: pl.Expr) -> pl.Expr:
    """Return an identity number as first 6 characters, 8 stars, last 4; null where it has not 18 characters.

    Enough for the visitor to see that the card is the right one, not enough to be used.
    """
    masked = number.str.head(6) + "********" + number.str.tail(4)
    return pl.when(number.str.len_chars() == 18).then(masked)


def sheet_names(titles: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """Return one legal sheet name a title, in order: allowed characters, at most 31 UTF-16 units, unique.

    Args:
        titles: wished names; two villages may have the same one.
        taken: names already in the workbook. Excel compares names without regard to case.
    """
    used = {name.casefold() for name in taken} | {"history"}  # Excel keeps this one for itself
    names: list[str] = []
    for title in titles:
        base = SHEET_NAME_FORBIDDEN.sub(" ", title).strip().strip("'").strip() or "未命名"
        name, number = _cut(base, SHEET_NAME_UNITS), 2
        while name.casefold() in used:
            ending = f"({number})"
            name, number = _cut(base, SHEET_NAME_UNITS - len(ending)) + ending, number + 1
        used.add(name.casefold())
        names.append(name)
    return names


def file_stem(*parts: str) -> str:
    """Return parts joined by underscores, with letters, digits and hyphens only: any disk takes that."""
    return "_".join(FILE_NAME_FORBIDDEN.sub("", unicodedata.normalize("NFC", part))[:40] for part in parts)


def _cut(text: str, units: int) -> str:
    """Return the longest beginning of ``text`` within ``units`` UTF-16 units (a rare character is two)."""
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", errors="ignore").strip().strip("'")
