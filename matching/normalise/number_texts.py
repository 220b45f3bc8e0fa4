"""Texts delivered as identity numbers that are not 18 plain characters: cleaned, and masks brought to their positions.

Only text is looked at here. What a number says and how it is classed stands in ``numbers``.
"""

from typing import Final

import polars as pl

LENGTH: Final = 18
COMPLETE: Final = r"^[0-9]{17}[0-9X]$"
SCIENTIFIC: Final = r"^([0-9])\.?([0-9]*)E\+?0?17$"
SLIPPED: Final = r"^[0-9]{16,18}[0-9X]$"
"""One digit too few, one too many, or 18 that Excel or a slip made end in 000."""

FILLED: Final = [*(digit * 9 for digit in "0123456789"), "123456789", "012345678", "987654321"]
"""How numbers begin that are typed where a form wants one: one digit throughout, digits in order."""
NOBODYS_DAY: Final = "19000101"
"""What birth dates are where nobody knows them."""
_LABEL: Final = r"^(?:\p{Han}|ID|NO|SFZ|[:：;；#№.])+"
_TAIL_ONLY: Final = r"^(?:尾号|尾数|[后末](?:四|4)位)[:：]?([0-9]{3}[0-9X])$"
_AFTER: Final = r"(?:\p{Han}|[()（）])+$"
_GAP: Final = r"([0-9])[\s_.·~—–-]{2,}([0-9X])"
"""Two or more such signs between digits may stand for hidden ones; one alone only parts the digits."""
_NOISE: Final = r"[\p{C}\p{Z}\s'\"`´‘’“”,，.。·:：;；_/\\()（）\[\]【】~—–-]"
_STARS: Final = r"[＊●•○×✱�?？#■□◆★☆^%]"
_LETTERS: Final = {"O": "0", "Q": "0", "I": "1", "L": "1", "|": "1"}
"""Letters that scanners read for digits."""
_MASKED: Final = r"^[0-9*]{17}[0-9X*]$"
_DATE: Final = r"^[0-9]{6}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])$"


def cleaned(raw: pl.DataFrame) -> pl.DataFrame:
    """Adds to delivered texts (``raw``) what is left of them.

    Columns: ``text`` (digits, X and ``*`` at their positions, as far as there are any), ``excel`` (digits of a number in
    scientific notation), ``masked`` (``text`` is 18 characters with ``*``).
    """
    folded = pl.col("raw").str.normalize("NFKC").str.to_uppercase().str.replace_all(r"\p{C}", "")
    frame = raw.with_columns(_last_four=folded.str.replace_all(r"\s", "").str.extract(_TAIL_ONLY, 1))
    frame = frame.with_columns(text=folded.str.strip_chars().str.replace(_LABEL, "").str.replace(_AFTER, ""))
    plain = pl.col("text").str.replace_all(r"[\s'\"]", "").str.replace(r"\.0*$", "")
    plain = plain.str.replace(r"^([0-9]{17})[×✕ХΧ乂]$", "${1}X")
    frame = frame.with_columns(
        excel=plain.str.extract(SCIENTIFIC, 1) + plain.str.extract(SCIENTIFIC, 2),
        gaps=pl.col("text").str.replace_all(_STARS, "*").str.replace_all(_GAP, "$1*$2"),
        text=plain.str.replace_all(_STARS, "*").str.replace_all(_NOISE, ""),
    )
    whole = pl.col("text").str.contains(r"^(?:[0-9*]{15}|[0-9*]{16,18}[0-9X*])$")
    gaps = pl.col("gaps").str.replace_all(_NOISE, "")
    frame = frame.with_columns(text=pl.when(~whole & gaps.str.contains(r"\*")).then(gaps).otherwise("text"))
    frame = frame.with_columns(text=_crossed())
    frame = frame.with_columns(text=_without_letters())
    short = pl.when(pl.col("text").str.contains(r"^[0-9]{3}[0-9X]$")).then("text")
    tail = pl.coalesce("_last_four", short)
    text = pl.when(tail.is_not_null()).then(tail.str.pad_start(LENGTH, "*")).otherwise(_stretched())
    frame = frame.with_columns(text=text).drop("_last_four", "gaps")
    stars = pl.col("text").str.contains(_MASKED) & pl.col("text").str.contains(r"\*")
    return frame.with_columns(masked=stars)


def _crossed() -> pl.Expr:
    """Runs of X are stars, a single X at the end is a check character."""
    text = pl.col("text")
    crossed = text.str.replace_all("XX", "**", literal=True).str.replace_all("*X", "**", literal=True)
    return pl.when(text.str.contains("XX", literal=True)).then(crossed).otherwise(text)


def _without_letters() -> pl.Expr:
    """In 18 characters, letters read for digits become digits; what is none, up to three, is unknown."""
    text = pl.col("text")
    odd = (text.str.len_chars() == LENGTH) & ~text.str.contains(COMPLETE) & ~text.str.contains(_MASKED)
    read = text.str.replace_many(_LETTERS)
    read = read.str.head(LENGTH - 1).str.replace_all("[^0-9*]", "*") + read.str.tail(1).str.replace(
        "[^0-9X]", "*"
    )
    few = text.str.replace_many(_LETTERS).str.count_matches("[^0-9X*]") <= 3
    return pl.when(odd & few & text.str.contains("^[0-9*]")).then(read).otherwise(text)


def _stretched() -> pl.Expr:
    """A masked number with too few or too many stars brought to 18; masked 15 digits get their century.

    What stands before the first star counts from the left, what stands after the last one from the right; digits
    between stars have no place unless the whole has 18 characters.
    """
    text = pl.col("text")
    head, tail = text.str.extract(r"^([0-9]*)\*[0-9*]*[0-9X*]?$", 1), text.str.extract(r"\*([0-9]*X?)$", 1)
    starred = head.is_not_null() & tail.is_not_null()
    old = (
        text.str.contains(r"^[0-9*]{15}$") & starred & (tail.str.len_bytes() != 4)
        & ~head.str.slice(6, 2).is_in(["19", "20"])
    )  # fmt: skip
    aged = head.str.len_bytes() + tail.str.len_bytes()
    filled = head.str.pad_end(LENGTH, "*").str.head(LENGTH - tail.str.len_bytes()) + tail
    return (
        pl.when(old)
        .then(text.str.head(6) + "19" + text.str.slice(6) + "*")
        .when(starred & (text.str.len_bytes() != LENGTH) & (aged < LENGTH))
        .then(filled)
        .when(text.str.contains(_DATE))
        .then(text + "****")
        .otherwise(text)
    )


def filler(text: pl.Expr) -> pl.Expr:
    """Whether a text of 15 or 18 characters fills a form and is nobody's number."""
    return (
        text.str.head(9).is_in(FILLED)
        | (text.str.slice(6, 8) == NOBODYS_DAY)
        | ((text.str.len_bytes() == len("320682000101001")) & (text.str.slice(6, 6) == NOBODYS_DAY[2:]))
    ).fill_null(value=False)
