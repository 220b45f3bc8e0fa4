"""Numbers one slip away from a wrong number: what it may have been before somebody typed it.

A digit changed, two neighbours exchanged, or, of 17 and 19 characters, a digit lost or doubled. Only numbers whose check
digit comes out right are made: at most some 35 for a number. Whose they
are, and whether the name agrees, is decided elsewhere.
"""

from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from matching.normalise.number_texts import LENGTH
from matching.normalise.numbers import CHECKS, WEIGHTS, Bytes, check_characters, digits, texts, weighted_sums

_SUM_OF_CHECK: Final = np.zeros(256, dtype=np.int64)
_SUM_OF_CHECK[CHECKS] = np.arange(len(CHECKS))

_MIX: Final = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64)
"""Odd constants of well-known mixers; equal texts must meet, nothing else rests on them."""

Longs = npt.NDArray[np.int64]


def one_edit(numbers: pl.Series, among: pl.Series | None = None) -> pl.DataFrame:
    """Every number with a right check digit that one digit, or two neighbours exchanged, separates from each.

    Args:
        numbers: 18 characters each.
        among: `mixed` numbers; others are left out (a few may stay).

    Returns:
        ``row`` (position in ``numbers``), ``repaired``.
    """
    if not len(numbers):
        return pl.DataFrame(schema={"row": pl.UInt32, "repaired": pl.String})
    codes = digits(numbers)
    found = [*_one_digit(codes), *_neighbours(codes), _check_digit(codes)]
    return _table(found, among)


def of_any_length(numbers: pl.Series, among: pl.Series | None = None) -> pl.DataFrame:
    """As `one_edit`, and of 17 and 19 characters every number that comes of one more or one less."""
    length = numbers.str.len_bytes()
    parts = []
    for size, repaired in ((LENGTH, one_edit), (LENGTH - 1, _one_more), (LENGTH + 1, _one_less)):
        at = (length == size).fill_null(value=False).arg_true()
        made = repaired(numbers.gather(at), among)
        parts.append(made.with_columns(row=at.gather(made["row"]).cast(pl.UInt32)))
    return pl.concat(parts)


def _one_more(numbers: pl.Series, among: pl.Series | None) -> pl.DataFrame:
    """A digit was lost, at any place."""
    if not len(numbers):
        return one_edit(numbers)
    short = digits(numbers + "0")
    last = np.concatenate([short[:, :17], np.zeros((len(short), 1), dtype=np.uint8)], axis=1)
    whole = np.flatnonzero((last[:, :17] <= ord("9")).all(axis=1))
    last = last[whole]
    last[:, 17] = check_characters(last)
    found = [(whole, last)]
    for position in range(LENGTH - 1):
        made = np.insert(short[:, :17], position, ord("0"), axis=1)
        keep = np.flatnonzero((made[:, :17] <= ord("9")).all(axis=1))
        digit, fits = _lacking(made[keep], position)
        made = made[keep][fits]
        made[:, position] = digit[fits] + 48
        found.append((keep[fits], made))
    return _table(found, among)


def _one_less(numbers: pl.Series, among: pl.Series | None) -> pl.DataFrame:
    """A digit was doubled, or one too many typed, at any place."""
    if not len(numbers):
        return one_edit(numbers)
    joined = "".join(numbers.to_list()).encode("ascii")
    long = np.frombuffer(joined, dtype=np.uint8).reshape(-1, LENGTH + 1)
    found = []
    for position in range(LENGTH + 1):
        made = np.delete(long, position, axis=1)
        whole = (made[:, :17] <= ord("9")).all(axis=1)
        keep = np.flatnonzero(whole)
        right = check_characters(made[keep]) == made[keep, 17]
        found.append((keep[right], made[keep][right]))
    return _table(found, among)


def _lacking(codes: Bytes, position: int) -> tuple[Longs, npt.NDArray[np.bool_]]:
    """The digit at a place (now "0") that makes the check right, and where it is a digit at all."""
    lack = _SUM_OF_CHECK[codes[:, 17]] - weighted_sums(codes)
    digit: Longs = lack * pow(int(WEIGHTS[position]), -1, 11) % 11
    return digit, digit <= 9


def _table(found: list[tuple[Longs, Bytes]], among: pl.Series | None = None) -> pl.DataFrame:
    rows = np.concatenate([rows for rows, _ in found]).astype(np.uint32)
    repaired = np.concatenate([made for _, made in found])
    if among is not None:  # most of what is made is nobody's: only the rest is worth a text
        somebodys = np.flatnonzero(pl.Series(_mixed(repaired)).is_in(among.implode()).to_numpy())
        rows, repaired = rows[somebodys], repaired[somebodys]
    return pl.DataFrame({"row": rows, "repaired": texts(repaired)}).unique(maintain_order=True)


def mixed(numbers: pl.Series) -> pl.Series:
    """One whole number a text of 18 ASCII characters, equal for equal texts and rarely for others; nulls left out."""
    return pl.Series(_mixed(digits(numbers.drop_nulls()))).unique()


def _mixed(codes: Bytes) -> npt.NDArray[np.uint64]:
    packed = np.ascontiguousarray(codes)
    first, second = (packed[:, at : at + 8].copy().view(np.uint64).ravel() for at in (0, 8))
    last = packed[:, 16:18].copy().view(np.uint16).ravel().astype(np.uint64)
    out: npt.NDArray[np.uint64] = (first * _MIX[0]) ^ (second * _MIX[1]) ^ (last * _MIX[2])
    return out


def month_and_day_exchanged(numbers: pl.Series) -> pl.Series:
    """First 17 digits with month and day exchanged; null for null."""
    month, day = numbers.str.slice(10, 2), numbers.str.slice(12, 2)
    return numbers.str.head(10) + day + month + numbers.str.slice(14, 3)


def _one_digit(codes: Bytes) -> list[tuple[Longs, Bytes]]:
    """One of the first 17 digits was wrong: per position the one digit that makes the check right.

    The check character stands for the weighted sum of the digits modulo 11, so what the sum lacks
    fixes the new digit; a "10" is no digit, and beyond nine the sum wraps around.
    """
    lack = (_SUM_OF_CHECK[codes[:, 17]] - weighted_sums(codes)) % 11
    out = []
    for position, weight in enumerate(WEIGHTS.tolist()):
        new = (codes[:, position].astype(np.int64) - 48 + lack * pow(weight, -1, 11)) % 11
        keep = np.flatnonzero((new <= 9) & (lack > 0))
        made = codes[keep].copy()
        made[:, position] = new[keep] + 48
        out.append((keep, made))
    return out


def _neighbours(codes: Bytes) -> list[tuple[Longs, Bytes]]:
    """Two neighbouring characters were exchanged.

    Exchanging changes the weighted sum by their difference times that of their weights, so whether the check is right
    then is known before anything is copied.
    """
    sums, wanted = weighted_sums(codes), _SUM_OF_CHECK[codes[:, 17]]
    out = []
    for position in range(LENGTH - 1):
        left, right = (codes[:, at].astype(np.int64) - 48 for at in (position, position + 1))
        if position < LENGTH - 2:
            change = (left - right) * int(WEIGHTS[position + 1] - WEIGHTS[position])
            fits = (sums + change - wanted) % 11 == 0
        else:  # the order digit and the check character; no X before the end
            after = sums + (right - left) * int(WEIGHTS[position])
            fits = (right <= 9) & (CHECKS[after % 11] == codes[:, position])
        keep = np.flatnonzero(fits & (left != right))
        made = codes[keep].copy()
        made[:, [position, position + 1]] = made[:, [position + 1, position]]
        out.append((keep, made))
    return out


def _check_digit(codes: Bytes) -> tuple[Longs, Bytes]:
    """Only the check digit was wrong."""
    made = codes.copy()
    made[:, 17] = check_characters(made)
    keep = np.flatnonzero(made[:, 17] != codes[:, 17])
    return keep, made[keep]
