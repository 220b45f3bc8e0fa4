"""Ids of people: looked up by anchors before they are minted, one to one, never used again.

An anchor is a keyed hash of something that outlives a night. They are tried in the order number,
name + birth date + booklet (or case), record with its name (only of rows without a valid number: records
are renumbered); a person takes the id that his first agreeing anchor names, unless somebody with a better
claim has it. A new id is the founding anchor itself, so that a million people cost two million hashes.
"""

from collections.abc import Callable
from typing import Final

import polars as pl

Keyed = Callable[[str, pl.Series], pl.Series]
"""``keyed(prefix, texts)``: prefix and 20 hex digits of the installation's HMAC over prefix and text."""

KINDS: Final = ("number", "booklet", "record")
RETIRED: Final = "retired"
"""Kind of the anchor that remembers that a person's departure was logged."""
MERGED: Final = "merged"
"""Kind of the anchor that remembers whom a merged person became; the anchor is that person's id."""
_ROUNDS: Final = 20

ANCHORS: Final = {"person_id": pl.String, "kind": pl.String, "anchor": pl.String}
EVENTS: Final = {"person_id": pl.String, "event": pl.String, "other_person_id": pl.String}


def texts(rows: pl.DataFrame) -> pl.DataFrame:
    """Anchor texts of people: ``person``, ``kind``, ``text``.

    ``rows``: ``person``, ``id_number``, ``valid``, ``name_key``, ``birth_date``, ``household_no``, ``case_no``,
    ``record_no``, ``node``.
    """
    key, birth = pl.col("name_key"), pl.col("birth_date").cast(pl.String)
    booklet = pl.coalesce(pl.concat_str(key, birth, "household_no", separator="|"),
                          pl.concat_str(key, "case_no", separator="|"))  # fmt: skip
    record = pl.concat_str(pl.col("node").str.head(1), "record_no", key.fill_null(""), separator="|")
    made = {
        "number": pl.when("valid").then("id_number"),
        "booklet": booklet,
        "record": pl.when(~pl.col("valid")).then(record),
    }
    parts = [rows.select("person", kind=pl.lit(kind), text=text) for kind, text in made.items()]
    return pl.concat(parts).drop_nulls("text").unique()


def founding(anchors: pl.DataFrame) -> pl.DataFrame:
    """The text a new id is made from: of each person's anchors the first kind's smallest (``person``, ``text``)."""
    order = pl.col("kind").replace_strict({kind: place for place, kind in enumerate(KINDS)})
    first = anchors.with_columns(order=order).filter(pl.col("order") == pl.col("order").min().over("person"))
    return first.group_by("person").agg(pl.col("anchor").min())


def mint(anchors: pl.DataFrame, known: pl.DataFrame, keyed: Keyed) -> pl.DataFrame:
    """Gives every person an id.

    Args:
        anchors: tonight's, ``person``, ``kind``, ``anchor``.
        known: those of the newest earlier night, ``person_id``, ``kind``, ``anchor``.
        keyed: the installation's keyed hash; only where an anchor is already somebody's id.

    Returns:
        ``person``, ``person_id``, ``minted``.
    """
    taken = pl.DataFrame(schema={"person": pl.String, "person_id": pl.String})
    for kind in KINDS:
        claims = anchors.filter(pl.col("kind") == kind).join(known, on=["kind", "anchor"])
        claims = claims.join(taken, on="person", how="anti").join(taken, on="person_id", how="anti")
        taken = pl.concat([taken, _one_to_one(claims, anchors, known)])
    new = founding(anchors).join(taken, on="person", how="anti")
    made = _new_ids(new, known["person_id"].unique(), keyed)
    return pl.concat([taken.with_columns(minted=pl.lit(value=False)), made])


def _one_to_one(claims: pl.DataFrame, anchors: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Of several people that claim one id, the one with the most anchors in common; each side once."""
    claims = claims.select("person", "person_id").unique()
    common = anchors.join(known, on=["kind", "anchor"]).group_by("person", "person_id").agg(n=pl.len())
    left = claims.join(common, on=["person", "person_id"]).sort(
        "n", "person", "person_id", descending=[True, False, False]
    )
    out = left.clear().select("person", "person_id")
    while len(left):
        best = left.filter(
            (pl.int_range(pl.len()).over("person") == 0) & (pl.int_range(pl.len()).over("person_id") == 0)
        ).select("person", "person_id")
        out = pl.concat([out, best])
        left = left.join(best, on="person", how="anti", maintain_order="left")
        left = left.join(best, on="person_id", how="anti", maintain_order="left")
    return out


def _new_ids(new: pl.DataFrame, used: pl.Series, keyed: Keyed) -> pl.DataFrame:
    """New ids: the founding anchor; hashed again with a counter where that is already somebody's."""
    made = new.select("person", "anchor", person_id="anchor")
    free = made["person_id"].is_unique() & ~made["person_id"].is_in(used.implode())
    out, left = made.filter(free), made.filter(~free).sort("anchor", "person")
    counter = 1
    while len(left):
        taken = pl.concat([used, out["person_id"]]).implode()
        free = left["person_id"].is_first_distinct() & ~left["person_id"].is_in(taken)
        out, left, counter = pl.concat([out, left.filter(free)]), left.filter(~free), counter + 1
        left = left.with_columns(person_id=keyed("P", left["anchor"] + f"|{counter}"))
    return out.select("person", "person_id", minted=pl.lit(value=True))


def events(ids: pl.DataFrame, anchors: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """What happened to ids: ``minted``, ``merged`` (into), ``split`` (from), ``retired``."""
    if not len(known):
        nobody = pl.lit(None, dtype=pl.String)
        new = ids.filter("minted").select("person_id", event=pl.lit("minted"), other_person_id=nobody)
        return new.sort("person_id")
    before = known.rename({"person_id": "old"})
    claims = (
        anchors.filter(pl.col("kind") != "record").join(before, on=["kind", "anchor"]).join(ids, on="person")
    )
    claims = claims.select("old", "person_id", "minted").unique()
    remembered = known.filter(pl.col("kind") == RETIRED)["person_id"]
    other = claims.filter((pl.col("person_id") != pl.col("old")) & ~pl.col("old").is_in(remembered.implode()))
    gone = ~pl.col("old").is_in(ids["person_id"].implode())
    merged = other.filter(gone).select(person_id="old", event=pl.lit("merged"), other_person_id="person_id")
    merged = pl.concat([merged, _merged_records(anchors, before, ids, merged)])
    split = other.filter("minted").filter(~gone)
    split = split.select("person_id", event=pl.lit("split"), other_person_id="old")
    merged = merged.sort(pl.all()).unique("person_id", keep="first", maintain_order=True)
    split = split.sort(pl.all()).unique("person_id", keep="first", maintain_order=True)
    minted = ids.filter("minted").join(split, on="person_id", how="anti")
    retired = (
        known.filter(pl.col("kind") != RETIRED)
        .select("person_id")
        .unique()
        .filter(
            ~pl.col("person_id").is_in(ids["person_id"].implode())
            & ~pl.col("person_id").is_in(remembered.implode())
            & ~pl.col("person_id").is_in(merged["person_id"].implode())
        )
    )
    nobody = pl.lit(None, dtype=pl.String)
    return pl.concat([
        merged, split,
        minted.select("person_id", event=pl.lit("minted"), other_person_id=nobody),
        retired.select("person_id", event=pl.lit(RETIRED), other_person_id=nobody),
    ]).sort("person_id", "event", "other_person_id", nulls_last=True)  # fmt: skip


def _merged_records(
    anchors: pl.DataFrame, before: pl.DataFrame, ids: pl.DataFrame, merged: pl.DataFrame
) -> pl.DataFrame:
    """People gone of whom only records tell (no number, another booklet), all of them one person's now."""
    records = before.filter(pl.col("kind") == "record").join(
        ids, left_on="old", right_on="person_id", how="anti"
    )
    records = records.join(merged, left_on="old", right_on="person_id", how="anti")
    held = records.join(anchors, on=["kind", "anchor"]).join(ids, on="person")
    whole = held.group_by("old").agg(pl.col("person_id").unique().sort())
    whole = whole.filter(pl.col("person_id").list.len() == 1)
    return whole.select(
        person_id="old", event=pl.lit(MERGED), other_person_id=pl.col("person_id").list.first()
    )


def to_store(
    ids: pl.DataFrame, anchors: pl.DataFrame, known: pl.DataFrame, happened: pl.DataFrame
) -> pl.DataFrame:
    """Anchors to store: tonight's and all earlier ones, so that no id is ever used again; and who became whom.

    ``happened``: tonight's `events`.
    """
    tonight = anchors.join(ids, on="person").select("person_id", "kind", "anchor")
    kept = known.filter(pl.col("kind") != RETIRED).select(*ANCHORS)
    back = (pl.col("kind") == MERGED) & pl.col("person_id").is_in(ids["person_id"].implode())
    earlier = kept.filter(~back).join(tonight, on=list(ANCHORS), how="anti")
    gone = known.select("person_id").unique().join(ids, on="person_id", how="anti")
    marked = gone.select("person_id", kind=pl.lit(RETIRED), anchor=pl.lit(""))
    merged = happened.filter(pl.col("event") == MERGED)
    became = merged.select("person_id", kind=pl.lit(MERGED), anchor="other_person_id")
    return pl.concat([tonight, earlier, marked, became]).unique().sort("person_id", "kind", "anchor")


def heirs(stored: pl.DataFrame) -> pl.DataFrame:
    """Whom people who are no more became: ``person_id``, ``heir``, through every merger since.

    ``stored``: of `to_store`.
    """
    became = (
        stored.filter(pl.col("kind") == MERGED).select("person_id", heir="anchor").sort("person_id", "heir")
    )
    found = became = became.unique("person_id", keep="last", maintain_order=True)
    for _ in range(_ROUNDS):
        on = found.join(
            became.rename({"person_id": "heir", "heir": "then"}), on="heir", how="left", maintain_order="left"
        )
        found = on.select("person_id", heir=pl.coalesce("then", "heir"))
        if not on["then"].count():
            break
    return found


def holders(named: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Who of tonight answers to earlier ids: ``person`` (working name), ``person_id``.

    Args:
        named: tonight's anchors, ``person``, ``kind``, ``anchor``.
        known: of earlier nights, ``person_id``, ``kind``, ``anchor``.
    """
    lasting = pl.col("kind").is_in(["number", "booklet"])
    return (
        named.filter(lasting)
        .join(known, on=["kind", "anchor"])
        .select("person", "person_id")
        .unique()
        .sort(pl.all())
    )
