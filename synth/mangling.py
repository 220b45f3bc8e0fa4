"""How numbers and names are mangled: one function a kind, columns in, columns out.

Here: the mangling itself. Not here: which rows (damage.py), the tables (damage_tables.py). A kind that finds
nothing to do in a row leaves it as it was, and then the row is not damaged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from synth import damage_tables as tables
from synth import name_lists

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Mangle = Callable[[pl.DataFrame, np.random.Generator], pl.DataFrame]

FULLWIDTH = dict(zip("0123456789X", "０１２３４５６７８９Ｘ", strict=True))


def _matrix(numbers: pl.Series) -> NDArray[np.uint8]:
    joined = "".join(numbers.to_list()).encode("ascii")
    return np.frombuffer(joined, dtype=np.uint8).reshape(-1, 18).copy()


def _numbers(matrix: NDArray[np.uint8]) -> pl.Series:
    return pl.Series(np.ascontiguousarray(matrix).view("S18").ravel().astype("U18").tolist(), dtype=pl.String)


def _digit(d: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    m, rows = _matrix(d["number"]), np.arange(d.height)
    at = rng.integers(4, 17, d.height)
    m[rows, at] = 48 + (m[rows, at] - 48 + rng.integers(1, 10, d.height)) % 10
    return d.with_columns(number=_numbers(m))


def _transpose(d: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    m, rows = _matrix(d["number"]), np.arange(d.height)
    differ = m[:, 4:16] != m[:, 5:17]
    at = 4 + np.argmax(rng.random(differ.shape) * differ, axis=1)
    m[rows, at], m[rows, at + 1] = m[rows, at + 1].copy(), m[rows, at].copy()
    return d.with_columns(number=_numbers(m))


def _month_day(d: pl.DataFrame, _: np.random.Generator) -> pl.DataFrame:
    n = pl.col("number")
    swapped = pl.concat_str(n.str.slice(0, 10), n.str.slice(12, 2), n.str.slice(10, 2), n.str.slice(14))
    may = n.str.slice(12, 2).cast(pl.Int64) <= 12
    return d.with_columns(number=pl.when(may).then(swapped).otherwise(n))


def _fifteen(d: pl.DataFrame, _: np.random.Generator) -> pl.DataFrame:
    n = pl.col("number")
    old = pl.concat_str(n.str.slice(0, 6), n.str.slice(8, 9))
    return d.with_columns(number=pl.when(n.str.slice(6, 2) == "19").then(old).otherwise(n))


def _mask(d: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    n, wide = pl.col("number"), pl.lit(pl.Series(rng.random(d.height) < 0.7))
    hidden = pl.concat_str(n.str.slice(0, 4), pl.lit("*" * 10), n.str.slice(14))
    less = pl.concat_str(n.str.slice(0, 6), pl.lit("*" * 8), n.str.slice(14))
    return d.with_columns(number=pl.when(wide).then(hidden).otherwise(less))


def _number(expression: pl.Expr) -> Mangle:
    return lambda d, _: d.with_columns(number=expression)


def _name(expression: pl.Expr) -> Mangle:
    return lambda d, _: d.with_columns(name=expression)


def _last_char(table: dict[str, str]) -> pl.Expr:
    """The last character by the table, else the one before it."""
    name = pl.col("name")
    size = name.str.len_chars().cast(pl.Int64)
    last = name.str.slice(-1).replace_strict(table, default=None, return_dtype=pl.String)
    before = name.str.slice(-2, 1).replace_strict(table, default=None, return_dtype=pl.String)
    return (
        pl.when(last.is_not_null())
        .then(pl.concat_str(name.str.head(size - 1), last))
        .when(before.is_not_null() & (size > 2))
        .then(pl.concat_str(name.str.head(size - 2), before, name.str.slice(-1)))
        .otherwise(name)
    )


def _first_hit(table: dict[str, str]) -> pl.Expr:
    return pl.col("name").str.replace_many(list(table), list(table.values()))


def _star(d: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    name = pl.col("name")
    size = name.str.len_chars().cast(pl.Int64)
    stars = pl.lit("*").repeat_by(size - 1).list.join("")
    middle = pl.concat_str(name.str.head(1), pl.lit("*"), name.str.slice(-1))
    some = pl.lit(pl.Series(rng.random(d.height) < 0.5)) & (size > 2)
    return d.with_columns(name=pl.when(some).then(middle).otherwise(pl.concat_str(name.str.head(1), stars)))


def _dot(d: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    name, how = pl.col("name"), pl.lit(pl.Series(rng.integers(0, 4, d.height)))
    out = (
        pl.when(how == 0).then(name.str.replace_all("·", "", literal=True))
        .when(how == 1).then(name.str.replace_all("·", ".", literal=True))
        .when(how == 2).then(name.str.replace_all("·", "•", literal=True))
        .otherwise(name.str.split("·").list.first())
    )  # fmt: skip
    return d.with_columns(name=out)


def _rare(d: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    name, how = pl.col("name"), pl.lit(pl.Series(rng.integers(0, 3, d.height)))
    chars = list(name_lists.RARE)
    lost = name.str.replace_many(chars, ["?"] * len(chars))
    starred = name.str.replace_many(chars, ["*"] * len(chars))
    private = name.str.replace_many(chars, [name_lists.PRIVATE_USE.get(c, "?") for c in chars])
    return d.with_columns(name=pl.when(how == 0).then(lost).when(how == 1).then(starred).otherwise(private))


def _pinyin(d: pl.DataFrame, _: np.random.Generator) -> pl.DataFrame:
    table = {**{c: f"{r} " for c, r in tables.readings().items()}, "·": ""}
    return d.with_columns(
        name=pl.col("name").str.replace_many(list(table), list(table.values())).str.strip_chars()
    )


def _both(first: Mangle, second: Mangle) -> Mangle:
    return lambda d, rng: second(first(d, rng), rng)


_N, _P = pl.col("number"), pl.col("name")
_EXCEL = pl.concat_str(_N.str.slice(0, 1), pl.lit("."), _N.str.slice(1, 5), pl.lit("E+17"))
_SPACED = pl.concat_str(_N.str.slice(0, 6), pl.lit(" "), _N.str.slice(6, 8), pl.lit(" "), _N.str.slice(14))
_SWAPPED = pl.when(_P.str.contains("·", literal=True)).then(_P).otherwise(
    pl.concat_str(_P.str.slice(1), _P.str.head(1))
)  # fmt: skip


def manglers() -> dict[str, Mangle]:
    """The function of each kind; frames have number, name, former_name and mate (a relative's number)."""
    homophone = _name(_last_char(tables.homophones()))
    return {
        "id_digit": _digit, "id_transpose": _transpose, "id_month_day": _month_day, "id_15": _fifteen,
        "id_mask": _mask, "id_missing": _number(pl.lit(None, pl.String)), "id_space": _number(_SPACED),
        "id_fullwidth": _number(_N.str.replace_many(list(FULLWIDTH), list(FULLWIDTH.values()))),
        "id_lower_x": _number(_N.str.to_lowercase()), "id_excel": _number(_EXCEL),
        "id_relative": _number(pl.coalesce("mate", "number")),
        "nm_homophone": homophone, "nm_lookalike": _name(_last_char(tables.LOOKALIKE)),
        "nm_trad": _name(_first_hit(tables.TRADITIONAL)), "nm_star": _star, "nm_dot": _dot, "nm_rare": _rare,
        "nm_space": _name(pl.concat_str(_P.str.head(1), pl.lit(" "), _P.str.slice(1))),
        "nm_swap": _name(_SWAPPED), "nm_pinyin": _pinyin, "nm_missing": _name(pl.lit(None, pl.String)),
        "nm_former": _name(pl.coalesce("former_name", "name")),
        "id_digit+nm_homophone": _both(_digit, homophone),
    }  # fmt: skip
