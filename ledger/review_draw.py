"""Entries of kind ``review_draw``: which pairs were put before clerks, from which night, with which chance.

An answer is taken only for a pair that was drawn, and what it is worth for an estimate is known from here.
Here belong the entry's shape and its table. Not here: how is drawn, what a pair looks like (exports).
"""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Final

import polars as pl

from ledger.link_decision import Subject
from ledger.store import Ledger

KIND: Final = "review_draw"

ITEM: Final = {
    "code": pl.String,
    "subject": pl.String,
    "identity_id": pl.String,
    "claim_id": pl.String,
    "person_id": pl.String,
    "other_person_id": pl.String,
    "source": pl.String,
    "stratum": pl.String,
    "inclusion_probability": pl.Float64,
    "cells": pl.String,
}
PAYLOAD: Final = pl.Struct(
    {
        "draw_id": pl.String,
        "night": pl.String,
        "drawn_by": pl.String,
        "file": pl.String,
        "sha256": pl.String,
        "items": pl.List(pl.Struct(ITEM)),
    }
)


@dataclass(frozen=True, slots=True)
class DrawnPair:
    """One pair put before clerks.

    Attributes:
        code: brings the answer back; says nothing of why the pair was drawn.
        stratum: of the draw. ``queue``: taken whole; others: by chance.
        inclusion_probability: of the pair in this draw, in (0, 1].
        cells: keyed digests of what was printed, so that a changed cell is found; nothing can be read from it.
    """

    code: str
    subject: Subject
    identity_id: str | None
    claim_id: str | None
    person_id: str
    other_person_id: str | None
    source: str | None
    stratum: str
    inclusion_probability: float
    cells: str


@dataclass(frozen=True, slots=True)
class ReviewDraw:
    """One draw. ``file`` and ``sha256`` are None where the pairs were shown on the web page."""

    draw_id: str
    night: date
    drawn_by: str
    items: tuple[DrawnPair, ...]
    file: str | None = None
    sha256: str | None = None


def record_review_draw(ledger: Ledger, draw: ReviewDraw) -> int:
    """Write the draw into the ledger and return its sequence number."""
    return ledger.append(KIND, {**asdict(draw), "night": draw.night.isoformat()})


def review_draws(ledger: Ledger, up_to: int) -> pl.DataFrame:
    """Return one row a pair and draw, oldest first; of a draw recorded twice (two files) the first.

    Returns:
        columns seq (Int64), draw_id (String), night (Date), drawn_by, and of the pair code, subject,
        identity_id, claim_id, person_id, other_person_id, source, stratum (String), inclusion_probability
        (Float64), cells (String).
    """
    decoded = pl.col("payload").str.json_decode(PAYLOAD)
    return (
        ledger.entries(KIND, up_to)
        .select("seq", decoded)
        .unnest("payload")
        .unique("draw_id", keep="first", maintain_order=True)
        .drop("file", "sha256")
        .explode("items", empty_as_null=False, keep_nulls=False)
        .unnest("items")
        .with_columns(pl.col("night").str.to_date("%Y-%m-%d"))
    )
