"""How common names and parts of numbers are: what term-frequency adjustment weighs agreement by.

Counted once over a spine and then pinned (by the night that first counts them, the names' also by a trained model file):
weights that moved with every newborn would score everybody anew each night. Not here: weights (model.py), how often
one telephone or door is shared, which belongs to the people who share it (entries.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

NAMES: Final = ("surname", "given")
"""Kinds that a model file may pin."""
NUMBERS: Final = ("first6", "first4", "serial")
"""Parts of a number: county, prefecture, the three digits before the check digit."""
SCHEMA: Final = {"kind": pl.String, "key": pl.String, "share": pl.Float64}
DRIFTED: Final = 0.2
"""Counted anew where the spine has grown or shrunk by more than this share since."""
PEOPLE, UNSEEN = "people", "unseen"
"""Kinds of the two figures that stand beside the shares in a kept table."""
_SERIALS: Final = 1000


@dataclass(frozen=True)
class Frequencies:
    """Shares of the people who bear a surname, a given name, a part of a number.

    Attributes:
        shares: ``kind`` (`NAMES`, `NUMBERS`), ``key``, ``share`` (0 to 1), each key of a kind once.
        people: how many people were counted.
        unseen: the share of a name part that is not listed.
        model: digest of the model file under which they were pinned.
    """

    shares: pl.DataFrame
    people: int
    unseen: float
    model: str = ""

    @classmethod
    def of_table(cls, table: pl.DataFrame) -> "Frequencies | None":
        """Return what `table` made a table of; None where it is empty."""
        told = table.filter(pl.col("kind").is_in([PEOPLE, UNSEEN])).sort("kind")
        if len(told) != len((PEOPLE, UNSEEN)):
            return None
        shares = table.filter(~pl.col("kind").is_in([PEOPLE, UNSEEN])).select(*SCHEMA)
        return cls(shares, int(told["share"][0]), float(told["share"][1]), told["key"][0])

    def table(self) -> pl.DataFrame:
        """Return everything as one table of `SCHEMA`, to be kept."""
        facts = {
            "kind": [PEOPLE, UNSEEN],
            "key": [self.model, ""],
            "share": [float(self.people), self.unseen],
        }
        return pl.concat([self.shares, pl.DataFrame(facts, schema=SCHEMA)])

    def joined(self, frame: pl.DataFrame, kind: str, key: str | None = None) -> pl.DataFrame:
        """Adds ``share_<kind>`` of column ``key`` (the kind's own name by default); null where not listed."""
        listed = self.shares.filter(pl.col("kind") == kind).select(
            "key", pl.col("share").alias(f"share_{kind}")
        )
        return frame.join(listed, left_on=key or kind, right_on="key", how="left", maintain_order="left")

    def of(self, frame: pl.DataFrame, floor: float) -> pl.DataFrame:
        """Adds ``share_delivered_name``: the chance that somebody bears the name, by its two parts; never below floor."""
        frame = self.joined(self.joined(frame, "surname"), "given")
        parts = pl.col("share_surname").fill_null(self.unseen) * pl.col("share_given").fill_null(self.unseen)
        return frame.with_columns(share_delivered_name=parts.clip(floor, 1.0)).drop(
            "share_surname", "share_given"
        )

    def with_names(self, names: Mapping[str, Mapping[str, float]], unseen: float) -> "Frequencies":
        """Return these with the names of a model file, whose parts that are not listed have share ``unseen``."""
        listed = [
            pl.DataFrame({"kind": kind, "key": list(shares), "share": list(shares.values())}, schema=SCHEMA)
            for kind, shares in names.items()
        ]
        others = self.shares.filter(~pl.col("kind").is_in(list(names)))
        return Frequencies(pl.concat([*listed, others]), self.people, unseen, self.model)

    def still_fits(self, people: int, model: str) -> bool:
        """Whether a spine of so many people, matched by this model, may go on with these."""
        return model == self.model and abs(people - self.people) <= DRIFTED * self.people


def counted(entries: pl.DataFrame) -> Frequencies:
    """Counts over the people of a spine; names with unknown characters or in letters teach nothing.

    Args:
        entries: ``person_id``, ``name_key``, ``unknown``, ``latin``, ``surname``, ``given``, ``first6``, ``first4``,
            ``last4``.
    """
    people = max(entries["person_id"].n_unique(), 1)
    bearers = (
        entries.filter(pl.col("name_key").is_not_null() & ~pl.col("unknown") & ~pl.col("latin"))
        .select("person_id", *NAMES)
        .unique()
    )
    parts = {
        **{kind: _counts(bearers, pl.col(kind)) for kind in NAMES},
        **{kind: _counts(entries, pl.col(kind)) for kind in ("first6", "first4")},
    }
    shares = [
        count.select(kind=pl.lit(kind), key="key", share=(pl.col("n") / people).clip(0, 1))
        for kind, count in parts.items()
    ]
    return Frequencies(pl.concat([*shares, _serials(entries, people)]), people, 0.5 / people)


def _counts(frame: pl.DataFrame, key: pl.Expr) -> pl.DataFrame:
    return frame.select(key=key).drop_nulls().group_by("key").agg(n=pl.len()).sort("key")


def _serials(entries: pl.DataFrame, people: int) -> pl.DataFrame:
    """Every serial, the ones never seen too: a stranger may have any of them."""
    every = pl.select(key=pl.int_range(_SERIALS).cast(pl.String).str.zfill(3))
    seen = _counts(entries, pl.col("last4").str.head(3))
    share = (pl.col("n").fill_null(0) + 1) / (people + _SERIALS)
    counts = every.join(seen, on="key", how="left", maintain_order="left")
    return counts.select(kind=pl.lit("serial"), key="key", share=share)
