"""How two names compare: one level a pair, from the keys that ``normalise.names`` makes.

Vectorised over pairs. Weights and what a level is worth stand in the model file.
"""

from typing import Final

import numpy as np
import polars as pl
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from matching.name_spellings import letters_levels, starred, transcribed
from matching.normalise.characters import Bools, Ints, look_alike, near_sound, sound_alike
from matching.normalise.name_texts import UNKNOWN

WIDTH: Final = 16
"""Characters of a name that are compared; longer names are compared on their first ones."""
AGREEING: Final = [
    "same",
    "former",
    "swapped",
    "pinyin",
    "initials",
    "pinyin_slip",
    "wildcard",
    "wildcard_alike",
    "transcribed",
    "cut",
    "homophone",
    "look_alike",
    "homophones",
]
"""Levels at which a name agrees: the same name, another one of the person, or a known variant."""

COLUMNS: Final = ("name_key", "latin", "unknown", "surname", "given", "pinyin", "pinyin_turned")


def name_level(pairs: pl.DataFrame) -> pl.Series:
    """Level of each pair.

    Columns: ``COLUMNS`` of the delivered name, the same with ``p_`` of the person's, and ``p_former`` (the
    person's name is a former one).
    """
    keyed = pairs.select(*COLUMNS, *(f"p_{c}" for c in COLUMNS), "p_former")
    distinct = keyed.unique(maintain_order=True)
    distinct = distinct.with_columns(level_name=_levels(distinct))
    on = ["name_key", "p_name_key", "p_former", "latin", "p_latin"]
    level = distinct.select(*on, "level_name").unique(on, keep="first", maintain_order=True)
    return keyed.join(level, on=on, how="left", nulls_equal=True, maintain_order="left")["level_name"]


def _levels(pairs: pl.DataFrame) -> pl.Series:
    key, other = pl.col("name_key"), pl.col("p_name_key")
    dotless = key.str.replace_all("·", "") == other.str.replace_all("·", "")
    simple = pairs.select(
        level=pl.when(key.is_null() | other.is_null())
        .then(pl.lit("silent"))
        .when(dotless & pl.col("p_former"))
        .then(pl.lit("former"))
        .when(dotless & ~pl.col("unknown"))
        .then(pl.lit("same"))
        .when(pl.col("latin") | pl.col("p_latin"))
        .then(pl.lit(_LETTERS))
        .when(_dot_hidden(key, other) | _dot_hidden(other, key))
        .then(pl.lit("wildcard"))
        .when(pl.col("unknown") | pl.col("p_unknown"))
        .then(_wildcard(key, other))
        .when(_turned(key, other))
        .then(pl.lit("swapped"))
        .when(_cut(key, other) | _cut(other, key))
        .then(pl.lit("cut"))
    ).to_series()
    written = (simple == _LETTERS).fill_null(value=False).arg_true()
    if len(written):
        simple = simple.scatter(written, letters_levels(pairs[written]))
    rest = simple.is_null().arg_true()
    return simple.scatter(rest, _in_characters(pairs[rest])) if len(rest) else simple


_LETTERS: Final = "letters"
"""Marks pairs for ``letters_levels``."""


def _in_characters(pairs: pl.DataFrame) -> pl.Series:
    """Levels of names in characters that are not equal."""
    left, right = pairs["name_key"].str.replace_all("·", ""), pairs["p_name_key"].str.replace_all("·", "")
    levels = _by_character(left, right)
    hidden = pairs["unknown"] | pairs["p_unknown"]
    odd = ((levels == "differs") & hidden).arg_true()
    if len(odd):
        found = starred(left.gather(odd), right.gather(odd))
        levels = levels.scatter(odd.filter(found), "wildcard")
    a, b = transcribed(pairs["name_key"]), transcribed(pairs["p_name_key"])
    other = ~levels.is_in(["homophone", "look_alike", "wildcard"]) & (a == b).fill_null(value=False)
    levels = levels.scatter(other.arg_true(), "transcribed")
    # Turned round and misspelt: each name against the other with its given name first.
    odd = (levels.is_in(["differs", "one_character", "homophones"]) & ~hidden).arg_true()
    if len(odd):
        some = pairs[odd].select(
            "name_key", "p_name_key", turned=pl.col("given") + pl.col("surname"),
            p_turned=pl.col("p_given") + pl.col("p_surname"),
        )  # fmt: skip
        alike = [
            _by_character(_dotless(some[x]), _dotless(some[y])).is_in(
                ["homophone", "look_alike", "homophones"]
            )
            for x, y in (("name_key", "p_turned"), ("turned", "p_name_key"))
        ]
        levels = levels.scatter(odd.filter(alike[0] | alike[1]), "homophones")
    return levels


def _dotless(keys: pl.Series) -> pl.Series:
    return keys.fill_null("").str.replace_all("·", "")


def _turned(key: pl.Expr, other: pl.Expr) -> pl.Expr:
    """One name begins somewhere inside the other and goes round: given name first, or a compound surname torn."""
    one, two = key.str.replace_all("·", ""), other.str.replace_all("·", "")
    return (one.str.len_chars() == two.str.len_chars()) & (two + two).str.contains(one, literal=True)


def _cut(short: pl.Expr, full: pl.Expr) -> pl.Expr:
    """A dotted or long name cut at its dot, or later."""
    part, whole = short.str.replace_all("·", ""), full.str.replace_all("·", "")
    dotted = full.str.contains("·", literal=True)
    length = part.str.len_chars()
    begins = whole.str.starts_with(part) & (length < whole.str.len_chars())
    at_dot = (full.str.extract("^([^·]*)·", 1) == short) & (length > 1)
    late = begins & (
        (dotted & (length > _KEPT)) | (~dotted & (whole.str.len_chars() > _LONG) & (length >= _KEPT))
    )
    return (dotted & at_dot).fill_null(value=False) | late


_KEPT: Final = 3
_LONG: Final = 4
"""A name of more characters than this is a transcribed one: it may have been cut short after three."""


def _dot_hidden(hidden: pl.Expr, dotted: pl.Expr) -> pl.Expr:
    """A sign for an unknown character stands where the other name has its dot."""
    without = hidden.str.replace_all(f"[{UNKNOWN}·]", "")
    return (
        hidden.str.contains(UNKNOWN, literal=True)
        & dotted.str.contains("·", literal=True)
        & (without == dotted.str.replace_all("·", ""))
    ).fill_null(value=False)


def _wildcard(key: pl.Expr, other: pl.Expr) -> pl.Expr:
    """Marked for the character comparison below by null, except where nothing at all is known."""
    known = key.str.replace_all(f"[{UNKNOWN}·]", "").str.len_chars() > 0
    known_other = other.str.replace_all(f"[{UNKNOWN}·]", "").str.len_chars() > 0
    return pl.when(~(known & known_other)).then(pl.lit("silent"))


def codes(texts: pl.Series) -> Ints:
    """Matrix (rows, WIDTH) of code points, 0 where a text has ended."""
    flat = np.array(texts.to_list(), dtype=f"U{WIDTH}")
    return flat.view(np.uint32).reshape(-1, WIDTH).astype(np.int32)


def _by_character(left: pl.Series, right: pl.Series) -> pl.Series:
    """Levels of names in characters that are not equal: position by position."""
    a, b = codes(left), codes(right)
    unknown = (a == ord(UNKNOWN)) | (b == ord(UNKNOWN))
    ends = (a == 0) != (b == 0)
    differs = (a != b) & ~unknown
    sound, look = np.zeros(a.shape, dtype=np.bool_), np.zeros(a.shape, dtype=np.bool_)
    to_judge = differs & ~ends & (a != 0)
    sound[to_judge] = sound_alike(a[to_judge], b[to_judge])
    rest = to_judge & ~sound
    look[rest] = look_alike(a[rest], b[rest]) | near_sound(a[rest], b[rest])
    count = differs.sum(axis=1)
    alike = ~(differs & ~sound & ~look).any(axis=1)
    seen = ((a == b) & (a != 0)).sum(axis=1)
    one = np.asarray(cpdist(left.to_list(), right.to_list(), scorer=OSA.distance, score_cutoff=1)) == 1
    slip = alike & (count == 1) & ~ends.any(axis=1)
    levels = np.select(
        [
            unknown.any(axis=1) & (_open_end(a, b, differs) | (count == 0)) & (seen > 0),
            unknown.any(axis=1) & slip & (seen > 0),
            unknown.any(axis=1),
            alike & (count == 1) & ~look.any(axis=1),
            alike & (count == 1),
            alike & (count == 2) & (seen > 0),
            one & (seen > 0),
        ],
        ["wildcard", "wildcard_alike", "differs", "homophone", "look_alike", "homophones", "one_character"],
        default="differs",
    )
    return pl.Series(levels.tolist(), dtype=pl.String)


def _open_end(a: Ints, b: Ints, differs: Bools) -> Bools:
    """Known characters agree, and one name ends in unknown ones that may stand for any number."""

    def tail(x: Ints) -> Bools:
        length = (x != 0).sum(axis=1)
        last = x[np.arange(len(x)), np.maximum(length - 1, 0)]
        return np.asarray(last == ord(UNKNOWN))

    wild = (a == ord(UNKNOWN)) | (b == ord(UNKNOWN))
    first_wild = np.where(wild.any(axis=1), wild.argmax(axis=1), WIDTH)
    before = np.arange(WIDTH)[None, :] < first_wild[:, None]
    ends_after = ((a == 0) != (b == 0)) & ~before
    inside = (differs & ~ends_after).any(axis=1)
    out: Bools = (tail(a) | tail(b)) & ~inside & ~(differs & before).any(axis=1)
    return out
