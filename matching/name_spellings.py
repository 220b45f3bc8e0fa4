"""Names written in another way: in letters, with stars for any number of characters, in another transcription.

Here stands what needs a pattern or a table for each pair; such pairs are few. The levels themselves and everything that
compares character by character stand in ``name_levels``.
"""

from functools import cache
from importlib.resources import files
from typing import Final

import polars as pl
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from matching.normalise.characters import readings
from matching.normalise.name_texts import UNKNOWN

SHORTEST: Final = 7
"""Letters of a name in which one slip still leaves it recognisable."""
TRANSCRIBED: Final = 5
"""Characters from which an undotted name is taken for a transcribed one; Chinese names are shorter."""


def letters_levels(pairs: pl.DataFrame) -> pl.Series:
    """Level of pairs of which one name, or both, is in letters: all readings of the other's characters count.

    Columns as in ``name_levels.name_level``. `pinyin`; `initials` (surname in full, the given name cut to initials, or
    initials alone); `pinyin_slip` (one letter off); `letters_differ`.
    """
    pairs = pairs.select(
        "pinyin", "pinyin_turned", "p_pinyin", "p_pinyin_turned", *_sides("latin", "surname", "given")
    )
    quick = (
        (pl.col("pinyin") == pl.col("p_pinyin"))
        | (pl.col("pinyin") == pl.col("p_pinyin_turned"))
        | (pl.col("p_pinyin") == pl.col("pinyin_turned"))
    ).fill_null(value=False)
    told = pairs.select(pl.when(quick).then(pl.lit("pinyin"))).to_series()
    at = told.is_null().arg_true()
    if not len(at):
        return told
    rest = pairs[at]
    turn = pl.col("latin") & ~pl.col("p_latin")
    letters = rest.select(pl.when(turn).then("pinyin").otherwise("p_pinyin").fill_null("")).to_series()
    surname, given = (
        rest.select(pl.when(turn).then(f"p_{part}").otherwise(part).fill_null("")).to_series()
        for part in ("surname", "given")
    )
    one_slip = _one_slip(rest)
    read = pl.DataFrame({"letters": letters, "slip": one_slip, "surname": surname, "given": given})
    read = read.with_columns(both=rest["latin"] & rest["p_latin"])
    return told.scatter(at, _read(read))


def _sides(*columns: str) -> list[str]:
    return [*columns, *(f"p_{column}" for column in columns)]


def _one_slip(pairs: pl.DataFrame) -> pl.Series:
    left, right = (pairs[side].fill_null("") for side in ("pinyin", "p_pinyin"))
    apart = cpdist(left.to_list(), right.to_list(), scorer=OSA.distance, score_cutoff=1)
    long = (left.str.len_bytes() >= SHORTEST) & (right.str.len_bytes() >= SHORTEST)
    return pl.Series(apart == 1) & long


def _read(pairs: pl.DataFrame) -> pl.Series:
    seen = pl.concat([pairs["surname"], pairs["given"]]).str.split("").explode().drop_nulls().unique().sort()
    table = readings()
    known = [c for c in seen.to_list() if c in table]
    whole = {c: _any(table[c]) for c in known} | {"·": ""}
    first = {
        c: _any(tuple(dict.fromkeys(initial for r in table[c] for initial in _initials(r)))) for c in known
    } | {"·": ""}
    surname, given = pl.col("surname"), pl.col("given")
    family, called = surname.str.replace_many(whole), given.str.replace_many(whole)
    family_first, called_first = surname.str.replace_many(first), given.str.replace_many(first)
    full = _either(family, called)
    short = pl.concat_str(_either(family, called_first), pl.lit("|"), _either(family_first, called_first))
    one_char = given.str.len_chars() > 0
    letters = pl.col("letters")
    return pairs.with_columns(full=full, short=short).select(
        pl.when(~pl.col("both") & one_char & letters.str.contains(pl.col("full"))).then(pl.lit("pinyin"))
        .when(~pl.col("both") & one_char & letters.str.contains(pl.col("short"))).then(pl.lit("initials"))
        .when("slip").then(pl.lit("pinyin_slip"))
        .otherwise(pl.lit("letters_differ"))
    ).to_series()  # fmt: skip


def _any(ways: tuple[str, ...]) -> str:
    return f"(?:{'|'.join(ways)})"


def _initials(reading: str) -> tuple[str, ...]:
    return (reading[:2], reading[0]) if reading[:2] in ("zh", "ch", "sh") else (reading[0],)


def _either(first: pl.Expr, second: pl.Expr) -> pl.Expr:
    """A pattern of both, in either order."""
    return pl.concat_str(pl.lit("^"), first, second, pl.lit("$|^"), second, first, pl.lit("$"))


def starred(key: pl.Series, other: pl.Series) -> pl.Series:
    """Whether names agree where each run of unknown characters stands for any number of them; dots do not count."""
    left, right = (side.str.replace_all("·", "") for side in (key, other))
    hidden = left.str.contains(UNKNOWN, literal=True)
    mask = pl.when("hidden").then("left").otherwise("right")
    pattern = mask.str.escape_regex().str.replace_all(f"{UNKNOWN}+", ".+")
    frame = pl.DataFrame({"left": left, "right": right, "hidden": hidden})
    return frame.select(
        pl.when("hidden").then("right").otherwise("left")
        .str.contains(pl.concat_str(pl.lit("^"), pattern, pl.lit("$")))
        & ~(pl.col("hidden") & pl.col("right").str.contains(UNKNOWN, literal=True))
    ).to_series()  # fmt: skip


@cache
def _transcriptions() -> dict[str, str]:
    """Ways to write a sound to the one that stands for them, longest first."""
    text = (files("matching") / "data" / "transcriptions.txt").read_text(encoding="utf-8")
    ways = {way: line.split()[0] for line in text.splitlines() for way in line.split()[1:]}
    return dict(sorted(ways.items(), key=lambda pair: (-len(pair[0]), pair[0])))


def transcribed(keys: pl.Series) -> pl.Series:
    """Dotted and long names in one transcription, dots left out; null for others."""
    long = keys.str.contains("·", literal=True) | (keys.str.len_chars() >= TRANSCRIBED)
    plain = keys.str.replace_all("·", "").str.replace_many(_transcriptions(), leftmost=True)
    return plain.set(~long, None)
