"""Names of people: a key that survives spelling, and what else a name can be compared by.

One name at a time. How two names compare stands in ``matching.name_levels``. The delivered name is
never replaced: keys merge what differs only in writing (昇 and 升), and different people may share one.
"""

from typing import Final

import polars as pl

from matching.normalise.characters import first_reading, other_readings, simplified, surnames
from matching.normalise.name_texts import HIDING, PLAIN, UNKNOWN, cleaned, nobody

LONGEST: Final = 64
"""Characters of a name that are read: what is longer is no name, and patterns are made of names."""
_MOST_LOOKS: Final = 2 * LONGEST
"""After the first look a text only loses or hides characters, so each of them moves twice at most."""
_LATIN: Final = r"^[a-z·]+$"


def names(raw: pl.Series) -> pl.DataFrame:
    """Reads delivered names; one row a value, in order.

    Columns: ``name_key`` (NFKC, no blanks, one middle dot, simplified, ``□`` for unknown characters; null
    if nothing is left), ``latin`` (holds letters: written in pinyin, wholly or in part), ``unknown`` (holds unknown characters),
    ``surname`` and ``given`` (of the key; before and after the dot in dotted names), ``pinyin`` (surname
    read as a surname, then given name; letters only, ü as u) and ``pinyin_turned`` (given name first).
    For a name in letters both pinyin columns are its letters.
    """
    frame = pl.DataFrame({"raw": raw.cast(pl.String)})
    distinct = frame.unique(maintain_order=True)
    keys = _parts(_key(distinct))
    return frame.join(keys, on="raw", how="left", nulls_equal=True, maintain_order="left").drop("raw")


def name_keys(raw: pl.Series) -> pl.Series:
    """Reads delivered names as far as their keys only: ``name_key`` of :func:`names`."""
    frame = pl.DataFrame({"raw": raw.cast(pl.String)})
    keys = _key(frame.unique(maintain_order=True)).select("raw", "name_key")
    return frame.join(keys, on="raw", how="left", nulls_equal=True, maintain_order="left")["name_key"]


def _key(distinct: pl.DataFrame) -> pl.DataFrame:
    key = _settled(distinct["raw"])
    latin = key.str.contains("[a-z]").fill_null(value=False)
    return distinct.select("raw", name_key=key, latin=latin)


def _settled(raw: pl.Series) -> pl.Series:
    """Keys that are their own keys.

    Taking something away may leave what the next look takes away too (the end of a long text, a run of unknown
    characters), so what moved is looked at again; a text that never comes to rest is no name.
    """
    key = _looked_at(raw)
    moved = key.ne_missing(raw).arg_true()
    for _ in range(_MOST_LOOKS):
        if not len(moved):
            return key
        before = key.gather(moved)
        after = _looked_at(before)
        key = key.scatter(moved, after)
        moved = moved.filter(after.ne_missing(before))
    return key.scatter(moved, None)


def _looked_at(text: pl.Series) -> pl.Series:
    """The key of each text after one look; null if nothing is left."""
    plain = (text.str.contains(PLAIN) & ~text.str.contains(HIDING)).fill_null(value=False)
    odd = (~plain).arg_true()
    cleaner = text.gather(odd).to_frame("text").select(cleaned(pl.col("text"))).to_series()
    cleaner = cleaner.set(nobody(cleaner), "")
    text = text.clone().scatter(odd, cleaner).str.head(LONGEST)  # scatter writes into what it is given
    table = simplified()
    characters = text.str.split("").explode().drop_nulls().unique()
    merged = {c: table[c] for c in characters.sort().to_list() if c in table}
    if merged:
        text = text.to_frame("text").select(pl.col("text").str.replace_many(merged)).to_series()
    return text.set(text == "", None)


def _parts(frame: pl.DataFrame) -> pl.DataFrame:
    key = pl.col("name_key")
    double = pl.Series([s for s in surnames() if len(s) == 2])
    width = pl.when(key.str.head(2).is_in(double.implode()) & (key.str.len_chars() > 2)).then(2).otherwise(1)
    dotted = key.str.contains("·", literal=True)
    frame = frame.with_columns(
        unknown=key.str.contains(UNKNOWN, literal=True).fill_null(value=False),
        surname=pl.when(dotted).then(key.str.extract("^([^·]*)·", 1)).otherwise(key.str.head(width)),
        given=pl.when(dotted).then(key.str.extract("·(.*)$", 1)).otherwise(key.str.slice(width)),
    )
    return _with_pinyin(frame)


def _with_pinyin(frame: pl.DataFrame) -> pl.DataFrame:
    chars = frame.select(pl.concat_str("surname", "given", ignore_nulls=True).str.split(""))
    seen = chars.explode("surname").to_series().drop_nulls().unique().sort().to_list()
    table = {c: first_reading()[c] for c in seen if c in first_reading()} | {"·": ""}
    family = pl.col("surname").replace(surnames())
    first = (
        pl.when(family != pl.col("surname")).then(family).otherwise(pl.col("surname").str.replace_many(table))
    )
    given = pl.col("given").str.replace_many(table)
    letters = pl.col("name_key").str.replace_all(r"[^a-z]", "").str.replace_all("v", "u")
    letters = letters.str.replace_all("lyu", "lu")  # not nyu: Han Yu ends in n before yu
    readable = r"^[a-z]+$"
    only = pl.col("name_key").str.contains(_LATIN)
    frame = frame.with_columns(_first=first.str.replace_all("v", "u"), _given=given.fill_null(""))
    written = pl.concat_str("_first", "_given")
    turned = pl.concat_str("_given", "_first")
    return frame.with_columns(
        pinyin=pl.when(only).then(letters).when(written.str.contains(readable)).then(written),
        pinyin_turned=pl.when(only).then(letters).when(written.str.contains(readable)).then(turned),
    ).drop("_first", "_given")


def otherwise_read(keys: pl.DataFrame) -> pl.DataFrame:
    """Rows of `names` whose surname is also read in another way, with ``pinyin`` and ``pinyin_turned`` by that.

    Other columns stay as they are.
    """
    surname, other = pl.col("surname"), other_readings()
    rows = keys.filter(surname.is_in(list(other)) & ~pl.col("latin"))
    own = {name: surnames().get(name, first_reading().get(name, "")) for name in other}
    given = pl.col("pinyin").str.slice(surname.replace_strict(own, default="").str.len_chars())
    read = surname.replace_strict(other, default=None, return_dtype=pl.String)
    return rows.with_columns(pinyin=read + given, pinyin_turned=given + read)
