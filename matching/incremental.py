"""Matching again after a few changes: who met nothing that changed keeps his link, the others are matched anew.

An identity's link rests on the entries that its blocking keys reach, on the owner of its number, on the booklets that
hold its partner, on the pinned frequencies and on what clerks decided. Entries are compared by their content; whoever
reaches an entry that came, went or changed is matched again, by either night's keys. What comes out equals matching
everybody (tests/matching/test_incremental.py). Not here: where earlier links are kept (assets).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import polars as pl

from matching.blocking import by_whom, candidates
from matching.clerical import NUMBER_CLAIM, SAME, Decisions, undecided
from matching.identities import numbered, ready, with_owner
from matching.index import SpineIndex
from matching.linking import Links, match
from matching.model import Model
from matching.normalise import identity_numbers, name_keys
from matching.partners import with_partner

MOST: Final = 0.2
"""Where a larger share of the entries changed, everybody is matched: it is faster."""
_EVERY: Final = 2**31
"""No cap: a block that was too large, or is, may have changed too."""


@dataclass(frozen=True)
class Before:
    """What an earlier night's index was, as far as it is needed to tell what changed.

    Attributes:
        content: ``entry``, ``content`` (see `content_of`).
        common: its frequencies, as `Frequencies.table` made them.
        clerks: the decisions it was matched under.
        keys: gives the key columns (`SpineIndex.blocks["all"]`) of entries by their numbers.
    """

    content: pl.DataFrame
    common: pl.DataFrame
    clerks: Decisions
    keys: Callable[[pl.Series], pl.DataFrame]


@dataclass(frozen=True)
class Changes:
    """Which keys lead to something that is not as it was.

    Attributes:
        sides: key columns of the changed entries, before and after, by whom blocking rules ask for.
        numbers: their numbers.
        names: their name keys.
        decided: ids of identities of which clerks said something else, or whom they gave to somebody.
        claimed: ids of claims of numbers that came, went or are somebody else's.
    """

    sides: dict[str, pl.DataFrame]
    numbers: pl.Series
    names: pl.Series
    decided: pl.Series
    claimed: pl.Series

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return bool(len(self.sides["all"]) or len(self.decided) or len(self.claimed))


def content_of(index: SpineIndex) -> pl.DataFrame:
    """Everything that is compared of each entry, and its place among its person's, as one hash: ``entry``, ``content``.

    The hash is Polars' own, good for one version of it.
    """
    place = pl.int_range(pl.len()).over("person_id").alias("_place")
    compared = index.entries.with_columns(place).drop("entry")
    keys = index.blocks["all"].drop("entry")
    whole = compared.hstack([column.alias(f"_{column.name}") for column in keys])
    return index.entries.select("entry").with_columns(content=whole.hash_rows())


def changes(before: Before, index: SpineIndex, clerks: Decisions | None = None) -> Changes | None:
    """Return what changed between two nights' indexes, or None where everybody must be matched again."""
    if not index.common.table().sort(pl.all()).equals(before.common.sort(pl.all())):
        return None
    now = content_of(index)
    gone = before.content.filter(_unlike(before.content, now))
    came = now.filter(_unlike(now, before.content))
    clerks = clerks or undecided()
    people, decided = _decided_otherwise(before.clerks, clerks)
    given = clerks.by_identity.filter(pl.col("verdict") == SAME)[
        "identity_id"
    ]  # no key need lead to his person
    theirs = index.entries.filter(pl.col("person_id").is_in(people.implode()))["entry"]
    if len(gone) + len(came) > MOST * max(len(now), 1):
        return None
    after = index.blocks["all"].filter(pl.col("entry").is_in(pl.concat([came["entry"], theirs]).implode()))
    keys = pl.concat([before.keys(gone["entry"]).select(after.columns), after])
    return Changes(
        sides=by_whom(keys.with_columns(entry=pl.int_range(pl.len(), dtype=pl.UInt32))),
        numbers=keys["id_number"].drop_nulls().unique(),
        names=keys["name_key"].drop_nulls().unique(),
        decided=pl.concat([decided, given]).unique(),
        claimed=_otherwise(before.clerks.numbers, clerks.numbers)["claim_id"].unique(),
    )


def rematch(
    identities: pl.DataFrame,
    index: SpineIndex,
    model: Model,
    clerks: Decisions | None,
    kept: Links,
    changed: Changes,
) -> Links:
    """Match distinct identities, of which some were matched before.

    Args:
        identities: see `match`; an ``identity_id`` stands for the same fields as before.
        index: tonight's.
        model: the one that ``kept`` was matched by.
        clerks: decisions in force tonight.
        kept: links and evidence of the earlier night.
        changed: what changed since.
    """
    known = identities.join(
        kept.links.select("identity_id"), on="identity_id", how="semi", maintain_order="left"
    )
    same = (
        known.filter(~_touched(known, index, changed, clerks)).select("identity_id")
        if changed
        else known.select("identity_id")
    )
    again = identities.join(same, on="identity_id", how="anti", maintain_order="left")
    new = match(again, index, model, clerks)
    order = identities.select("identity_id").with_row_index("_at")
    links = pl.concat([kept.links.join(same, on="identity_id", how="semi"), new.links])
    evidence = pl.concat([kept.evidence.join(same, on="identity_id", how="semi"), new.evidence])
    return Links(
        order.join(links, on="identity_id", maintain_order="left").drop("_at"),
        evidence.join(order, on="identity_id", maintain_order="left")
        .sort("_at", "rank", maintain_order=True)
        .drop("_at"),
    )


def _unlike(left: pl.DataFrame, right: pl.DataFrame) -> pl.Series:
    """Which entries of ``left`` have a content that is not in ``right`` as often."""
    counts = [frame.group_by("content").agg(n=pl.len().cast(pl.Int64)) for frame in (left, right)]
    both = left.join(counts[0], on="content", how="left", maintain_order="left")
    both = both.join(counts[1], on="content", how="left", maintain_order="left", suffix="_other")
    return both.select(pl.col("n").ne_missing(pl.col("n_other"))).to_series()


def _decided_otherwise(before: Decisions, now: Decisions) -> tuple[pl.Series, pl.Series]:
    """People of whom, and identities of which, clerks said something else."""
    people, identities = [], []
    for old, new in ((before.by_identity, now.by_identity), (before.by_claim, now.by_claim)):
        other = _otherwise(old, new)
        people.append(other["person_id"])
        if "identity_id" in other.columns:
            identities.append(other["identity_id"])
    return pl.concat(people).unique(), pl.concat(identities).unique()


def _otherwise(old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """Rows that came or went."""
    columns = old.columns
    return pl.concat([old.join(new, on=columns, how="anti"), new.join(old, on=columns, how="anti")])


def _touched(
    identities: pl.DataFrame, index: SpineIndex, changed: Changes, clerks: Decisions | None
) -> pl.Series:
    """Which identities reach something that changed."""
    rows = numbered(identities)
    number = pl.col("id_number")
    reached = rows.filter(
        number.is_in(changed.numbers.implode())
        | identity_numbers(rows["partner_id_number_raw"])["id_number"].is_in(changed.numbers.implode())
        | name_keys(rows["partner_name"]).is_in(changed.names.implode())
    )["row"]
    rest = rows.join(_settled(rows, index), on="row", how="anti", maintain_order="left")
    asking = with_partner(with_owner(ready(rest), index), index)
    met = candidates(asking, changed.sides, _EVERY)["row"]
    # Whether somebody else bears the name speaks where the number is somebody's.
    namesakes = asking.filter(pl.col("owned") & pl.col("name_key").is_in(changed.names.implode()))["row"]
    decided = identities["identity_id"].cast(pl.String).is_in(changed.decided.implode())
    claims = _of_claims(rows, changed, clerks)
    return rows["row"].is_in(pl.concat([reached, met, namesakes, claims]).implode()) | decided


def _of_claims(rows: pl.DataFrame, changed: Changes, clerks: Decisions | None) -> pl.Series:
    """Rows whose number's claim changed."""
    if not len(changed.claimed) or clerks is None:
        return rows["row"].clear()
    valid = rows.filter("valid")
    claims = clerks.keyed(NUMBER_CLAIM + valid["id_number"])
    return valid["row"].filter(claims.is_in(changed.claimed.implode()))


def _settled(rows: pl.DataFrame, index: SpineIndex) -> pl.DataFrame:
    """Rows that an exact number and name settle: only who holds the number matters to them."""
    return rows.filter("valid").join(index.exact, on=["id_number", "name_key"], how="semi").select("row")
