"""Ids of the spine's people: anchors hashed, ids looked up or minted, working names replaced by them.

Until everybody is found, people go by the working name of one of their rows. Not here: which anchors there are and
who takes which id (minting.py).
"""

import polars as pl

from matching import minting
from matching.minting import Keyed

PAIR = ("person_id", "other_person_id")
_READ = (
    "person", "node", "id_number", "valid", "name_key", "birth_date", "household_no", "case_no", "record_no",
)  # fmt: skip


class Hashed:
    """The installation's keyed hash that makes no text's twice: it is what takes longest of a city."""

    def __init__(self, keyed: Keyed, *, remember: bool) -> None:
        """Begin with nothing hashed; ``remember`` where the same texts will be asked for again."""
        self.keyed, self._remember = keyed, remember
        self._known = pl.DataFrame(schema={"text": pl.String, "anchor": pl.String})

    def __call__(self, texts: pl.Series) -> pl.Series:
        """Return the hash of each text."""
        if not self._remember:
            return self.keyed("P", texts)
        frame = pl.DataFrame({"text": texts})
        new = frame.unique().join(self._known, on="text", how="anti").sort("text")
        made = new.with_columns(anchor=self.keyed("P", new["text"]))
        self._known = pl.concat([self._known, made]) if len(self._known) else made
        return frame.join(self._known, on="text", how="left", maintain_order="left")["anchor"]


def anchors_of(rows: pl.DataFrame, hashed: Hashed) -> pl.DataFrame:
    """Anchors of people: ``person``, ``kind``, ``anchor``."""
    missing = [pl.lit(None, dtype=pl.String).alias(name) for name in _READ if name not in rows.columns]
    texts = minting.texts(rows.with_columns(missing).select(_READ))
    # Numbers are hashed alone, so that whoever mints first gets the id that a number always gives.
    with_kind = pl.concat_str("kind", "text", separator="|")
    text = pl.when(pl.col("kind") == "number").then("text").otherwise(with_kind)
    return texts.select("person", "kind", anchor=hashed(texts.select(text).to_series()))


def ids_of(
    rows: pl.DataFrame, members: pl.DataFrame, known: pl.DataFrame, hashed: Hashed
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Ids of all people, and tonight's anchors (hashed)."""
    said = [
        frame.select(pl.col(name) for name in _READ if name in frame.columns) for frame in (rows, members)
    ]
    anchors = anchors_of(pl.concat(said, how="diagonal_relaxed"), hashed)
    return minting.mint(anchors, known, hashed.keyed), anchors


class Renaming:
    """Replaces working names of people by their ids."""

    def __init__(self, ids: pl.DataFrame) -> None:
        """Take ``person``, ``person_id``."""
        self._ids = ids.select("person", "person_id")

    def column(self, frame: pl.DataFrame, column: str) -> pl.DataFrame:
        """Return the frame with the names in one column replaced."""
        named = self._ids.rename({"person": column, "person_id": "_new"})
        return (
            frame.join(named, on=column, how="left", maintain_order="left")
            .with_columns(pl.col("_new").alias(column))
            .drop("_new")
        )

    def people(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return rows of registry or roll (``person``) renamed."""
        return self.column(frame, "person")

    def links(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return links renamed."""
        return self.column(self.column(frame, "person_id"), "candidate_person_id")

    def evidence(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return evidence renamed."""
        return self.column(frame, "person_id")

    def pairs(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return suspected pairs renamed, the smaller id first."""
        both = self.column(self.column(frame, "person_id"), "other_person_id")
        ends = pl.min_horizontal(PAIR), pl.max_horizontal(PAIR)
        return both.select(person_id=ends[0], other_person_id=ends[1], why="why").unique().sort(pl.all())
