"""Identity numbers (公民身份号码, GB 11643-1999): cleaned, completed, classed and read.

What a number says belongs here, and nothing about whose it is. A number is never guessed: what Excel
rounded away or a department masked stays unknown (``*``), and what fills a form (111111..., 123456...) is missing.
"""

from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from matching.normalise.number_texts import COMPLETE, LENGTH, SLIPPED, cleaned, filler

WEIGHTS: Final = np.array([pow(2, 17 - i, 11) for i in range(17)], dtype=np.int64)
"""Weights of the first 17 digits (ISO 7064 MOD 11-2, GB 11643 4.4)."""
CHECKS: Final = np.frombuffer(b"10X98765432", dtype=np.uint8)
"""Check character by the weighted sum modulo 11."""
PROVINCES: Final = frozenset(
    (
        *range(11, 16),
        *range(21, 24),
        *range(31, 38),
        *range(41, 47),
        *range(50, 55),
        *range(61, 66),
        71,
        81,
        82,
        83,
    )
)
"""First two digits in use (GB/T 2260; 83: residence permits of people from Taiwan)."""
EARLIEST: Final = "1850"

_ROUNDED: Final = "000"
"""Excel keeps 15 digits: a number that ends so, with a wrong check digit, was rounded, or has a slip."""

Bytes = npt.NDArray[np.uint8]


def digits(numbers: pl.Series) -> Bytes:
    """Matrix (rows, 18) of ASCII codes of texts that are exactly 18 ASCII characters long."""
    joined = "".join(numbers.to_list()).encode("ascii")
    return np.frombuffer(joined, dtype=np.uint8).reshape(-1, LENGTH)


def texts(codes: Bytes) -> pl.Series:
    """Inverse of :func:`digits`."""
    flat = np.ascontiguousarray(codes).view(f"S{LENGTH}").ravel()
    return pl.Series(flat.astype(f"U{LENGTH}").tolist(), dtype=pl.String)


def check_characters(codes: Bytes) -> Bytes:
    """Right check character of each row of a matrix of at least 17 digits."""
    out: Bytes = CHECKS[weighted_sums(codes) % 11]
    return out


def weighted_sums(codes: Bytes) -> npt.NDArray[np.int64]:
    """Sum of the first 17 digits, each by its weight; whole numbers far below what single precision holds exactly."""
    sums = (codes[:, :17].astype(np.float32) - 48) @ WEIGHTS.astype(np.float32)
    out: npt.NDArray[np.int64] = sums.astype(np.int64)
    return out


def identity_numbers(raw: pl.Series) -> pl.DataFrame:
    """Reads delivered identity numbers; one row a value, in order.

    Columns: ``id_number`` (18 characters, null if it cannot be), ``masked_number`` (18 characters with
    ``*`` where unknown, for masked numbers and for what Excel left), ``slipped`` (17 to 19 characters that a slip, or
    Excel, made of a number: never a number themselves, but something to repair), ``id_class`` (``valid``,
    ``bad_check_digit``, ``bad_date``, ``bad_division``, ``masked``, ``destroyed``, ``missing``),
    ``birth_date``, ``sex`` (``male``/``female``) and ``division6`` as far as the number still shows them.
    """
    frame = pl.DataFrame({"raw": raw.cast(pl.String)})
    usual = pl.col("raw").str.contains(COMPLETE) & ~filler(pl.col("raw"))
    complete = usual & ~pl.col("raw").str.ends_with(_ROUNDED)
    frame = frame.with_columns(complete=complete.fill_null(value=False))
    odd = frame.filter(~pl.col("complete")).select("raw").unique(maintain_order=True)
    frame = frame.join(_read_odd(odd), on="raw", how="left", nulls_equal=True, maintain_order="left")
    frame = frame.select(
        id_number=pl.when("complete").then("raw").otherwise("id_number"),
        masked_number=pl.col("masked_number"),
        slipped=pl.col("slipped"),
        id_class=pl.col("id_class"),
    )
    return _classed(_read(frame)).select(
        "id_number", "masked_number", "slipped", "id_class", "birth_date", "sex", "division6"
    )


def _read_odd(raw: pl.DataFrame) -> pl.DataFrame:
    """Everything that is not 18 plain characters: cleaned, 15 to 18, masked, destroyed, missing."""
    frame = cleaned(raw)
    frame = frame.with_columns(text=pl.when(~filler(pl.col("text"))).then("text").otherwise(pl.lit("")))
    number = _from_15(frame["text"])
    plain = pl.col("text").str.contains(COMPLETE)
    rounded = plain & pl.col("text").str.ends_with(_ROUNDED) & (number != _right(number))
    excel, stars = pl.col("excel").is_not_null(), pl.col("masked")
    slipped = pl.col("text").str.contains(SLIPPED) & (rounded | ~plain)
    return frame.with_columns(number=number).select(
        "raw",
        id_number=pl.when(~excel & ~rounded).then("number"),
        masked_number=pl.when(excel)
        .then(pl.col("excel").str.head(14).str.pad_end(LENGTH, "*"))
        .when(rounded)
        .then(pl.col("text").str.head(14) + "****")
        .when(stars)
        .then("text"),
        slipped=pl.when(slipped & ~excel).then("text"),
        id_class=pl.when(pl.col("text").fill_null("") == "")
        .then(pl.lit("missing"))
        .when(stars & ~excel)
        .then(pl.lit("masked"))
        .when(excel | rounded | pl.col("number").is_null())
        .then(pl.lit("destroyed")),
    )


def _from_15(text: pl.Series) -> pl.Series:
    """15 digits to 18 with the century 19 and the check character; 18 as they are; else null."""
    old = text.str.contains("^[0-9]{15}$").fill_null(value=False)
    body = (text.str.head(6) + "19" + text.str.slice(6) + "0").set(~old, "0" * LENGTH)
    codes = digits(body).copy()
    codes[:, 17] = check_characters(codes)
    plain = text.str.contains(COMPLETE).fill_null(value=False)
    frame = pl.DataFrame({"text": text, "new": texts(codes), "old": old, "plain": plain})
    return frame.select(pl.when("old").then("new").when("plain").then("text")).to_series()


def _right(numbers: pl.Series) -> pl.Series:
    """The numbers with the check character they should have; null for null."""
    codes = digits(numbers.fill_null("0" * LENGTH)).copy()
    codes[:, 17] = check_characters(codes)
    return texts(codes).set(numbers.is_null(), None)


def _read(frame: pl.DataFrame) -> pl.DataFrame:
    """Adds what the number shows: birth date, sex, division."""
    shown = pl.coalesce("id_number", "masked_number")
    birth, order = shown.str.slice(6, 8), shown.str.slice(16, 1)
    return frame.with_columns(
        birth_date=pl.when(birth.str.head(4) >= EARLIEST).then(birth.str.to_date("%Y%m%d", strict=False)),
        sex=pl.when(order.is_in(list("13579")))
        .then(pl.lit("male"))
        .when(order.is_in(list("02468")))
        .then(pl.lit("female")),
        division6=pl.when(shown.str.contains("^[0-9]{6}")).then(shown.str.head(6)),
    )


def _classed(frame: pl.DataFrame) -> pl.DataFrame:
    """Completes the class of numbers of 18 characters."""
    codes = digits(frame["id_number"].fill_null("0" * LENGTH))
    wrong = pl.Series(check_characters(codes) != codes[:, 17])
    return frame.with_columns(
        id_class=pl.when(pl.col("id_class").is_not_null())
        .then("id_class")
        .when(wrong)
        .then(pl.lit("bad_check_digit"))
        .when(pl.col("birth_date").is_null())
        .then(pl.lit("bad_date"))
        .when(~pl.col("division6").str.head(2).cast(pl.Int64).is_in(sorted(PROVINCES)))
        .then(pl.lit("bad_division"))
        .otherwise(pl.lit("valid"))
    )
