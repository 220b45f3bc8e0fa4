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
STROKE_SIMILARITY: Final = 0.62
"""Stroke orders this similar look alike; about one pair of characters in sixty reaches it by chance."""
SHARED_COMPONENT: Final = 0.5
"""Or: the same strokes at the end or at the beginning make up this share of the longer one."""
WEAKLY_SIMILAR: Final = 0.5
"""Or: so similar, with three of the four corners alike; or all four corners alike. With the lists, one pair of the commonest
characters of names in fifty looks alike by chance."""
CORNERS: Final = 4

NEAR_SOUNDS: Final = (
    ("^zh", "z"), ("^ch", "c"), ("^sh", "s"), ("^[nr]", "l"), ("^hu", "f"), ("^fu$", "f"), ("^h", "f"), ("([aei])ng$", "${1}n"),
)  # fmt: skip
"""What many dialects, and who types by ear, do not tell apart: zh z, ch c, sh s, n l r, h f, ang an, eng en, ing in."""

Ints = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]


def _data(name: str) -> str:
    return (files("matching") / "data" / name).read_text(encoding="utf-8")


@cache
def table() -> pl.DataFrame:
    """One row a character: ``character``, ``simplified`` (null if itself), ``readings``, ``strokes``, ``corners``."""
    return pl.read_csv(_data("characters.tsv").encode(), separator="\t", infer_schema=False)


@cache
def simplified() -> dict[str, str]:
    """Traditional or variant character to the simplified one: a key for comparing, never a replacement.

    A variant of a traditional character (戱, 戯) goes all the way (戏).
    """
    rows = table().filter(pl.col("simplified").is_not_null())
    step: dict[str, str] = dict(zip(rows["character"], rows["simplified"], strict=True))
    return {character: step.get(simpler, simpler) for character, simpler in step.items()}


@cache
def surnames() -> dict[str, str]:
    """Surname (one or two characters) to its reading as a surname, syllables joined."""
    rows = pl.read_csv(_data("surnames.tsv").encode(), separator="\t")
    return dict(zip(rows["surname"], rows["reading"].str.replace_all(",", ""), strict=True))


@cache
def other_readings() -> dict[str, str]:
    """Surname to another reading that it is also written by, right or wrong: 单 is shan, and in many a file dan."""
    rows = pl.read_csv(_data("surnames.tsv").encode(), separator="\t").filter(pl.col("also").is_not_null())
    return dict(zip(rows["surname"], rows["also"].str.replace_all(",", ""), strict=True))


@cache
def first_reading() -> dict[str, str]:
    """Character to its most usual reading, without tone, ü written u."""
    rows = table().with_columns(pl.col("readings").str.split(",").list.first().str.replace_all("v", "u"))
    return dict(zip(rows["character"], rows["readings"], strict=True))


@cache
def readings() -> dict[str, tuple[str, ...]]:
    """Character to all its readings, surname readings first, ü written u or yu after n and l."""
    own = {k: v for k, v in surnames().items() if len(k) == 1}
    out = {}
    for character, listed in table().select("character", "readings").iter_rows():
        ways = [*([own[character]] if character in own else []), *(listed or "").split(",")]
        spelled = [
            w
            for way in ways
            if way
            for w in ((way.replace("v", "u"), way.replace("v", "yu")) if "v" in way else (way,))
        ]
        if spelled:
            out[character] = tuple(dict.fromkeys(spelled))
    return out


@cache
def _long_readings() -> pl.DataFrame:
    """One row a character and reading, at most `READINGS` of each, surname's first: ``character``, ``reading``, ``place``."""
    single = pl.DataFrame(
        [(k, v) for k, v in surnames().items() if len(k) == 1], schema=["character", "extra"], orient="row"
    )
    return (
        table()
        .join(single, on="character", how="left")
        .select(
            "character",
            reading=pl.concat_str("extra", "readings", separator=",", ignore_nulls=True).str.split(","),
        )
        .explode("reading")
        .with_columns(pl.col("reading").str.replace_all("v", "u"))
        .unique(maintain_order=True)
        .with_columns(place=pl.int_range(pl.len()).over("character"))
        .filter(pl.col("place") < READINGS)
    )


def _coded(readings: pl.DataFrame) -> Ints:
    """Array (code points, four) of reading numbers, 0 where there is none."""
    out = np.zeros((CODES, READINGS), dtype=np.int32)
    points = [ord(c) for c in readings["character"]]
    out[points, readings["place"].to_numpy()] = (
        readings["reading"].rank("dense").cast(pl.Int32).fill_null(0).to_numpy()
    )
    return out


@cache
def reading_codes() -> Ints:
    """Array (code points, four) of reading numbers, 0 where there is none; surname readings included."""
    return _coded(_long_readings())


@cache
def near_codes() -> Ints:
    """The same of readings as who hears no difference would spell them."""
    heard = pl.col("reading")
    for pattern, new in NEAR_SOUNDS:
        heard = heard.str.replace(pattern, new)
    return _coded(_long_readings().with_columns(reading=heard))


@cache
def _strokes() -> list[str]:
    out = [""] * CODES
    for character, strokes in table().select("character", "strokes").iter_rows():
        out[ord(character)] = strokes or ""
    return out


@cache
def _corners() -> npt.NDArray[np.uint8]:
    """Array (code points, four) of the four-corner code, 0 where there is none."""
    known = table().filter(pl.col("corners").is_not_null())
    out = np.zeros((CODES, CORNERS), dtype=np.uint8)
    joined = "".join(known["corners"].to_list()).encode("ascii")
    out[[ord(c) for c in known["character"]]] = np.frombuffer(joined, dtype=np.uint8).reshape(-1, CORNERS)
    return out


@cache
def _groups() -> npt.NDArray[np.int64]:
    """Pairs of the lists, both ways, as one sorted array of ``left * CODES + right``."""
    lines = [
        line.strip()
        for name in ("look_alikes.txt", "similar_strokes.txt")
        for line in _data(name).splitlines()
    ]
    pairs = {ord(a) * CODES + ord(b) for group in lines for a in group for b in group if a != b}
    return np.array(sorted(pairs), dtype=np.int64)


def sound_alike(left: Ints, right: Ints) -> Bools:
    """Whether two arrays of code points share a reading, element by element."""
    return _shared_code(reading_codes(), left, right)


def near_sound(left: Ints, right: Ints) -> Bools:
    """Whether two arrays of code points have readings that many do not tell apart (`NEAR_SOUNDS`), element by element."""
    return _shared_code(near_codes(), left, right)


def _shared_code(codes: Ints, left: Ints, right: Ints) -> Bools:
    a = codes[np.where(left < CODES, left, 0)]
    b = codes[np.where(right < CODES, right, 0)]
    out: Bools = ((a[..., :, None] == b[..., None, :]) & (a[..., :, None] > 0)).any(axis=(-1, -2))
    return out


def look_alike(left: Ints, right: Ints) -> Bools:
    """Whether two arrays of code points (one dimension) look alike: by stroke order, four corners or a list."""
    pairs, place = np.unique(np.stack([left, right], axis=1), axis=0, return_inverse=True)
    pairs = np.where(pairs < CODES, pairs, 0)
    strokes, corners = _strokes(), _corners()
    a, b = ([strokes[x] for x in pairs[:, side].tolist()] for side in (0, 1))
    similarity = cpdist(a, b, scorer=Levenshtein.normalized_similarity)
    longest = np.maximum([len(x) for x in a], [len(x) for x in b])
    alike = similarity >= STROKE_SIMILARITY
    shared = np.maximum(_shared(a, b, "prefix"), _shared(a, b, "suffix"))
    alike |= shared >= np.maximum(SHARED_COMPONENT * longest, 4)
    ends = (corners[pairs[:, 0]] == corners[pairs[:, 1]]) & (corners[pairs[:, 0]] > 0)
    count = ends.sum(axis=1)
    alike |= (count == CORNERS) | ((count == CORNERS - 1) & (similarity >= WEAKLY_SIMILAR))
    alike &= np.array([bool(x) and bool(y) for x, y in zip(a, b, strict=True)], dtype=np.bool_)
    listed = np.isin(pairs[:, 0].astype(np.int64) * CODES + pairs[:, 1], _groups())
    out: Bools = (alike | listed)[place.ravel()]
    return out


def _shared(left: list[str], right: list[str], end: str) -> npt.NDArray[np.float32]:
    """Number of strokes that two stroke orders share at one end."""
    scorer = Prefix.similarity if end == "prefix" else Postfix.similarity
    return np.asarray(cpdist(left, right, scorer=scorer), dtype=np.float32)
