"""What one Chinese character is: its simplified form, its readings, its look.

Only tables and look-ups of single characters belong here, as arrays by code point so that a million
names cost one indexing. What a whole name is stands in ``names``, how two names compare in
``matching.name_levels``.
"""

from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl
from rapidfuzz.distance import Levenshtein, Postfix, Prefix
from rapidfuzz.process import cpdist

CODES: Final = 0x10000
"""Code points that the tables cover: the basic plane. Others have no reading and no strokes."""
READINGS: Final = 4
STROKE_SIMILARITY: Final = 0.66
"""Stroke orders this similar look alike; about one pair of characters in a hundred reaches it by chance."""
SHARED_COMPONENT: Final = 0.6
"""Or: the same strokes at the end or at the beginning make up this share of the longer one."""

Ints = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]


def _data(name: str) -> str:
    return (files("matching") / "data" / name).read_text(encoding="utf-8")


@cache
def table() -> pl.DataFrame:
    """One row a character: ``character``, ``simplified`` (null if itself), ``readings``, ``strokes``."""
    return pl.read_csv(_data("characters.tsv").encode(), separator="\t", infer_schema=False)


@cache
def simplified() -> dict[str, str]:
    """Traditional or variant character to the simplified one: a key for comparing, never a replacement."""
    rows = table().filter(pl.col("simplified").is_not_null())
    return dict(zip(rows["character"], rows["simplified"], strict=True))


@cache
def surnames() -> dict[str, str]:
    """Surname (one or two characters) to its reading as a surname, syllables joined."""
    rows = pl.read_csv(_data("surnames.tsv").encode(), separator="\t")
    return dict(zip(rows["surname"], rows["reading"].str.replace_all(",", ""), strict=True))


@cache
def first_reading() -> dict[str, str]:
    """Character to its most usual reading, without tone, ü written u."""
    rows = table().with_columns(pl.col("readings").str.split(",").list.first().str.replace_all("v", "u"))
    return dict(zip(rows["character"], rows["readings"], strict=True))


@cache
def reading_codes() -> Ints:
    """Array (code points, four) of reading numbers, 0 where there is none; surname readings included."""
    single = pl.DataFrame(
        [(k, v) for k, v in surnames().items() if len(k) == 1], schema=["character", "extra"], orient="row"
    )
    long = (
        table()
        .join(single, on="character", how="left")
        .select(
            "character",
            reading=pl.concat_str("extra", "readings", separator=",", ignore_nulls=True).str.split(","),
        )
        .explode("reading")
        .with_columns(pl.col("reading").str.replace_all("v", "u"))
        .unique(maintain_order=True)
        .with_columns(
            code=pl.col("reading").rank("dense").cast(pl.Int32),
            place=pl.int_range(pl.len()).over("character"),
        )
        .filter(pl.col("place") < READINGS)
    )
    out = np.zeros((CODES, READINGS), dtype=np.int32)
    points = [ord(c) for c in long["character"]]
    out[points, long["place"].to_numpy()] = long["code"].to_numpy()
    return out


@cache
def _strokes() -> list[str]:
    out = [""] * CODES
    for character, strokes in table().select("character", "strokes").iter_rows():
        out[ord(character)] = strokes or ""
    return out


@cache
def _groups() -> frozenset[tuple[int, int]]:
    groups = [[ord(c) for c in line.strip()] for line in _data("look_alikes.txt").splitlines()]
    return frozenset((a, b) for group in groups for a in group for b in group if a != b)


def sound_alike(left: Ints, right: Ints) -> Bools:
    """Whether two arrays of code points share a reading, element by element."""
    codes = reading_codes()
    a = codes[np.where(left < CODES, left, 0)]
    b = codes[np.where(right < CODES, right, 0)]
    out: Bools = ((a[..., :, None] == b[..., None, :]) & (a[..., :, None] > 0)).any(axis=(-1, -2))
    return out


def look_alike(left: Ints, right: Ints) -> Bools:
    """Whether two arrays of code points (one dimension) look alike: by stroke order or by our own list."""
    pairs, place = np.unique(np.stack([left, right], axis=1), axis=0, return_inverse=True)
    strokes = _strokes()
    a = [strokes[x] if x < CODES else "" for x in pairs[:, 0].tolist()]
    b = [strokes[x] if x < CODES else "" for x in pairs[:, 1].tolist()]
    alike = cpdist(a, b, scorer=Levenshtein.normalized_similarity) >= STROKE_SIMILARITY
    longest = np.maximum([len(x) for x in a], [len(x) for x in b])
    for scorer in ("prefix", "suffix"):
        alike |= _shared(a, b, scorer) >= np.maximum(SHARED_COMPONENT * longest, 4)
    alike &= np.array([bool(x) and bool(y) for x, y in zip(a, b, strict=True)], dtype=np.bool_)
    listed = [(x, y) in _groups() for x, y in pairs.tolist()]
    out: Bools = (alike | np.array(listed, dtype=np.bool_))[place.ravel()]
    return out


def _shared(left: list[str], right: list[str], end: str) -> npt.NDArray[np.float32]:
    """Number of strokes that two stroke orders share at one end."""
    scorer = Prefix.similarity if end == "prefix" else Postfix.similarity
    return np.asarray(cpdist(left, right, scorer=scorer), dtype=np.float32)
