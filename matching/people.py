"""Matching on two frames alone: people on one side, rows on the other; no registry, roll or night.

For whoever has a list of people with ids of their own. Here belongs what turns such a list into an index. Not here:
how a night finds its people (spine.py), how a row is matched (linking.py).
"""

from dataclasses import replace
from typing import Final

import polars as pl

from matching.entries import prepared
from matching.frequencies import Frequencies
from matching.given import typed
from matching.identities import OPTIONAL, numbered
from matching.index import SpineIndex, build_index
from matching.linking import Links, match_numbered
from matching.model import Model, shipped
from matching.namesakes import strangers, without_strangers
from matching.registry import named

PERSON: Final[dict[str, pl.DataType]] = {
    "id_number_raw": pl.String(), "name": pl.String(), "former_name": pl.String(), "sex": pl.String(), "birth_date": pl.Date(),
    "phone": pl.String(), "address": pl.String(), "division_code": pl.String(), "household_no": pl.String(),
}  # fmt: skip
"""Columns of a list of people beside `person_id`; each may be absent, and is then unknown of everybody."""
NAMED: Final = ("id_number_raw", "name")
"""Columns of rows of which one is needed."""
SAME_AS: Final = {"person_id": pl.String, "other_person_id": pl.String}


def index_of(
    people: pl.DataFrame,
    model: Model,
    same_as: pl.DataFrame | None = None,
    pinned: Frequencies | None = None,
) -> SpineIndex:
    """Make a list of people ready for matching.

    Args:
        people: ``person_id`` (String) and columns of `PERSON`; several rows of one id are several things known of one
            person (a second address, another spelling), all of them compared with.
        model: the pinned model.
        same_as: ``person_id``, ``other_person_id``: people who may be one; they do not make each other ambiguous.
        pinned: frequencies to go on with (`SpineIndex.common` of an earlier index); counted over the people without.

    Raises:
        ValueError: somebody has no ``person_id``: nothing could be linked to him; a column cannot be taken
            (`matching.given`).
    """
    same = pl.DataFrame(schema=SAME_AS) if same_as is None else same_as
    return build_index(named(_listed(people)), same, model, pinned)


def _listed(people: pl.DataFrame) -> pl.DataFrame:
    """A list of people prepared for comparing."""
    _check_ids(people)
    frame = typed(people, PERSON, "people").select(pl.col("person_id").cast(pl.String), *PERSON)
    return prepared(frame.sort(pl.all())).with_columns(
        birth_date=pl.coalesce("birth_date", "number_birth_date"),
        sex=pl.coalesce("sex", "number_sex"),
        rank=pl.lit(0, dtype=pl.Int8),
    )


def _check_ids(people: pl.DataFrame) -> None:
    """Raise unless everybody has an id."""
    without = people["person_id"].null_count() if "person_id" in people.columns else len(people)
    if without or "person_id" not in people.columns:
        raise ValueError(
            f"people: {without} of {len(people)} rows have no person_id, and nothing could be linked to them. Give everybody"
            " an id of your own, or leave those rows out."
        )


def _told(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows with both columns of `NAMED` and those of `OPTIONAL` in their types; raise where there is neither."""
    absent = [name for name in NAMED if name not in rows.columns]
    if len(absent) == len(NAMED):
        raise ValueError(
            "rows: neither id_number_raw nor name is among the columns, so that no row says whom it speaks of. Name the"
            " columns so."
        )
    return typed(rows, {**dict.fromkeys(NAMED, pl.String()), **OPTIONAL}, "rows")


def link_frames(
    rows: pl.DataFrame, people: pl.DataFrame, model: Model | None = None, threshold: float | None = None
) -> Links:
    """Say which person each row speaks of; rows that are alike in all that tells who is meant are matched once.

    Args:
        rows: ``id_number_raw``, ``name`` and whatever else is given of `matching.identities.OPTIONAL`; other columns are
            left aside.
        people: see `index_of`.
        model: the shipped model unless given.
        threshold: probability from which a row is linked, in place of the model's two (``accept``, ``accept_tentative``).
            What no probability overrides (`matching.deciding`) is a clerk's at any.

    Returns:
        Links, one row a row and in their order, with ``identity_id``: the running number of the distinct identity, by
        which the evidence is found.

    Raises:
        ValueError: the threshold is no probability; rows have neither ``id_number_raw`` nor ``name`` (one of the two
            may be absent, and is then unknown of everybody); somebody has no ``person_id``; a column cannot be taken.
    """
    rows = _told(rows)
    model = _with(model or shipped(), threshold)
    given = [name for name in OPTIONAL if rows[name].null_count() < len(rows)]
    fields = ["id_number_raw", "name", *given]
    identities = rows.select(fields).unique(maintain_order=True).with_row_index("identity_id")
    read, listed = numbered(identities), _listed(people)
    others = strangers(read, listed)
    beside = _listed(others) if len(others) else listed.clear()
    index = build_index(named(pl.concat([listed, beside])), pl.DataFrame(schema=SAME_AS), model)
    found = match_numbered(identities, read, index, model)
    found = without_strangers(found) if len(others) else found
    if len(identities) == len(rows):
        return found
    place = rows.select(fields).join(
        identities, on=fields, how="left", nulls_equal=True, maintain_order="left"
    )["identity_id"]
    return Links(found.links[place], found.evidence)


def _with(model: Model, threshold: float | None) -> Model:
    """The model with another threshold, below which a clerk decides from where he did, or from the threshold."""
    if threshold is None:
        return model
    if not 0 < threshold < 1:
        raise ValueError(
            "threshold must be a probability, above 0 and below 1: 0.99 links what is very likely right."
        )
    review = min(model.review, threshold)
    return replace(model, accept=threshold, accept_tentative=threshold, review=review)
