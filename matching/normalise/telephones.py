"""Telephones: one number of a cell in one writing. What is hidden or typed to fill a form is no number.

Here belong country and area codes, extensions, several numbers in a cell, Excel's decimals. Not here: what an equal
telephone weighs.
"""

from typing import Final

import polars as pl

_PLAIN: Final = "^1[3-9][0-9]{9}$"
_FILLED: Final = [digit * 8 for digit in "0123456789"]
_COUNTRY: Final = r"^(?:\+|00)?86[-\s]*(1[3-9])"
_DECIMALS: Final = r"^([0-9]{7,12})\.0*$"
_EXTENSION: Final = r"(?:转|分机|EXT\.?|X|#)\s*[0-9]{1,6}$|([0-9]{7,8})\s*[-—–]\s*[0-9]{1,6}$"
_BETWEEN: Final = r"[/、,，;；|\\]|\s+或\s*|\s{2,}|和|及"
_HIDDEN: Final = r"[*＊●•?？×]"
_NOISE: Final = r"[^0-9]"
_MOBILE: Final = r"^0?(1[3-9][0-9]{9})$"
_LOCAL: Final = r"^(?:0(?:10|2[0-9])|0[3-9][0-9]{2})?([2-9][0-9]{6,7})$"
_ONE_DIGIT: Final = "|".join(f"{digit}{{8}}" for digit in "0123456789")
_SEVEN: Final = _ONE_DIGIT.replace("8}", "7}")
_FILLER: Final = rf"^(?:{_SEVEN}|{_ONE_DIGIT}|1[3-9][0-9](?:{_ONE_DIGIT}))$"
"""One digit throughout; 13800000000 too."""
_AT_ONCE: Final = 2
"""Numbers of a cell that are looked at; a mobile goes before a landline."""


def telephones(raw: pl.Series) -> pl.Series:
    """Return the telephone of each cell: a mobile's eleven digits, else a landline's seven or eight without its area.

    Null for none. Of two numbers in a cell the first mobile counts, else the first landline.
    """
    raw = raw.cast(pl.String).alias("phone")
    plain = raw.str.contains(_PLAIN) & ~raw.str.slice(3).is_in(_FILLED)
    odd = (~plain).fill_null(value=False).arg_true()
    return raw.clone().scatter(odd, _read(raw.gather(odd))) if len(odd) else raw


def _read(raw: pl.Series) -> pl.Series:
    """What is no mobile in its plain eleven digits."""
    text = pl.col("raw").str.normalize("NFKC").str.to_uppercase().str.strip_chars()
    frame = pl.DataFrame({"raw": raw}).select(
        text=pl.when(~text.str.contains(_HIDDEN)).then(text.str.replace(_DECIMALS, "$1"))
    )
    parts = frame["text"].str.replace_all(_BETWEEN, "\n").str.split("\n")
    read = [_one(parts.list.get(at, null_on_oob=True)) for at in range(_AT_ONCE)]
    mobile = [one.str.len_bytes() == 11 for one in read]
    return pl.select(
        pl.coalesce(
            *(pl.when(is_mobile).then(one) for one, is_mobile in zip(read, mobile, strict=True)), *read
        ).alias("phone")
    ).to_series()


def _one(text: pl.Series) -> pl.Series:
    """One number of a cell in one writing."""
    plain = pl.col("text").str.strip_chars().str.replace(_COUNTRY, "$1").str.replace(_EXTENSION, "$1")
    digits = plain.str.replace_all(_NOISE, "")
    number = pl.coalesce(digits.str.extract(_MOBILE, 1), digits.str.extract(_LOCAL, 1))
    return text.to_frame("text").select(pl.when(~number.str.contains(_FILLER)).then(number)).to_series()
