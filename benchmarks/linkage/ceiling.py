"""How far recall could go: the share of true links that still have a key, intact or nearly so.

A true link has an intact key if, normalised, the row shows the recipient's number, or his name (or former name) with the birth
date that its number shows, his telephone or his door; it has a near-intact key if the number is his but for one digit,
two neighbours exchanged or month and day exchanged, if every visible digit of a masked number is his, at least eight are
visible and the name is his, or if the name differs by spelling alone (pinyin) beside birth date, telephone or door.
"""

import polars as pl
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from benchmarks.linkage.keys import normalised

_VISIBLE = 8


def keyed(truth: pl.DataFrame, rows: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """Return ``row``, ``person_id``, ``intact`` and ``reachable`` (intact or nearly) of every distinct true link."""
    links = truth.filter(pl.col("person_id").is_not_null()).select("row", "person_id").unique()
    held = normalised(people)
    held = held.rename({name: f"p_{name}" for name in held.columns if name != "person_id"})
    pairs = links.join(normalised(rows), on="row").join(held, on="person_id")
    named = (pl.col("name_key") == pl.col("p_name_key")) | (pl.col("name_key") == pl.col("p_former_key"))
    spelled = pl.col("pinyin") == pl.col("p_pinyin")
    beside = pl.any_horizontal(
        (pl.col(key) == pl.col(f"p_{key}")).fill_null(value=False) for key in ("birth", "telephone", "door")
    )
    number = pl.col("number") == pl.col("p_number")
    intact = number.fill_null(value=False) | (named.fill_null(value=False) & beside)
    nearly = _slip(pairs) | _fits(pairs) & pl.lit(pairs.select(named.fill_null(value=False)).to_series())
    pairs = pairs.with_columns(intact=intact).with_columns(
        reachable=pl.col("intact") | nearly | (spelled.fill_null(value=False) & beside)
    )
    return pairs.group_by("row", "person_id").agg(pl.col("intact", "reachable").any())


def _slip(pairs: pl.DataFrame) -> pl.Series:
    """Whether the number is the person's but for one slip."""
    mine, theirs = pairs["number"].fill_null(""), pairs["p_number"].fill_null("")
    edits = pl.Series(cpdist(mine.to_list(), theirs.to_list(), scorer=OSA.distance, score_cutoff=2))
    head, month, day, tail = (mine.str.slice(*part) for part in ((0, 10), (10, 2), (12, 2), (14, 3)))
    exchanged = (head + day + month + tail == theirs.str.head(17)) & (mine != "")
    return ((edits <= 1) & (mine != "") & (theirs != "")) | exchanged


def _fits(pairs: pl.DataFrame) -> pl.Series:
    """Whether every visible digit of a masked number is the person's, and enough are visible."""
    mask = pairs["visible"].fill_null("_" * 18)
    shown = mask.str.count_matches("[0-9X]")
    frame = pl.DataFrame({"mask": mask, "number": pairs["p_number"]})
    fits = [
        (pl.col("mask").str.slice(i, 1) == "_")
        | (pl.col("mask").str.slice(i, 1) == pl.col("number").str.slice(i, 1))
        for i in range(18)
    ]
    return frame.select(pl.all_horizontal(fits).fill_null(value=False)).to_series() & (shown >= _VISIBLE)
