"""Who a delivered identity is: exact join first, then candidates, comparisons, scores, decisions.

``link`` is a pure function of each identity, the spine and the model: what else is in the frame, its
order and the size of batches change nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import polars as pl

from matching.blocking import candidates
from matching.comparisons import FIELDS, compared
from matching.decisions import decided
from matching.entries import prepared
from matching.index import SpineIndex
from matching.model import Model
from matching.normalise import identity_numbers, name_keys
from matching.scoring import ranked, scored

OPTIONAL: Final = {
    "phone": pl.String, "address": pl.String, "division_code": pl.String, "certificate_no": pl.String,
    "birth_date": pl.Date, "sex": pl.String, "partner_id_number_raw": pl.String, "partner_name": pl.String,
}  # fmt: skip
"""Columns of an identity that may be absent."""


@dataclass(frozen=True)
class Links:
    """Outcome of :func:`link`.

    Attributes:
        links: one row an identity, in order of arrival: ``identity_id``, ``id_number`` (normalised or
            null), ``person_id`` (when linked), ``candidate_person_id`` (when in review), ``method``,
            ``decision``, ``probability``, ``runner_up_probability``, ``by_number``.
        evidence: one row an identity, candidate (``rank`` 1, 2) and field: ``identity_id``, ``person_id``,
            ``rank``, ``field``, ``level``, ``weight`` (bits).
    """

    links: pl.DataFrame
    evidence: pl.DataFrame


def match(identities: pl.DataFrame, index: SpineIndex, model: Model) -> Links:
    """Matches distinct identities (columns: see ``OPTIONAL``, and ``identity_id``, ``id_number_raw``, ``name``)."""
    key = identities["identity_id"]
    rows = _numbered(identities)
    exact = _exact(rows, index, model)
    rest = _ready(rows.join(exact, on="row", how="anti", maintain_order="left"))
    decisions, evidence = [exact.select(_DECISION)], [_exact_evidence(exact)]
    for batch in _batches(rest, model.batch_rows):
        pairs = _pairs(batch, index, model)
        decisions.append(decided(pairs, model).with_columns(pl.col("row").cast(pl.UInt32)).select(_DECISION))
        evidence.append(_evidence(pairs))
    return Links(
        links=_assembled(key, rows, pl.concat(decisions)),
        evidence=_keyed(key, pl.concat(evidence).sort("row", "place", maintain_order=True)),
    )


_DECISION: Final = [
    "row",
    "person_id",
    "decision",
    "method",
    "probability",
    "runner_up_probability",
    "by_number",
]


def _batches(rows: pl.DataFrame, size: int) -> Iterator[pl.DataFrame]:
    return (rows.slice(start, size) for start in range(0, len(rows), size))


def _numbered(identities: pl.DataFrame) -> pl.DataFrame:
    """Identities with ``row`` and what the exact join needs: the number as read and the name's key.

    Where the delivered number is none, a disability certificate's number stands in its place.
    """
    missing = [pl.lit(None, dtype=t).alias(c) for c, t in OPTIONAL.items() if c not in identities.columns]
    typed = {"id_number_raw": pl.String, "name": pl.String, **OPTIONAL}
    frame = identities.with_columns(missing).select(pl.col(c).cast(t) for c, t in typed.items())
    own = identity_numbers(frame["id_number_raw"]).select("id_number", "id_class")
    frame = frame.with_columns(
        delivered_number=own["id_number"],
        id_number=own["id_number"],
        valid=own["id_class"] == "valid",
        name_key=name_keys(frame["name"]),
        from_certificate=pl.lit(value=False),
    ).with_row_index("row")
    if frame["certificate_no"].null_count() == len(frame):
        return frame
    shown = frame["certificate_no"].str.normalize("NFKC").str.replace_all(r"[^0-9Xx]", "").str.head(18)
    proven = identity_numbers(shown)
    use = ~frame["valid"] & (proven["id_class"] == "valid")
    return frame.with_columns(
        id_number_raw=pl.when(use).then(proven["id_number"]).otherwise("id_number_raw"),
        id_number=pl.when(use).then(proven["id_number"]).otherwise("id_number"),
        valid=pl.col("valid") | use,
        from_certificate=use,
    )


def _ready(rows: pl.DataFrame) -> pl.DataFrame:
    """Everything that scoring compares, for the identities that the exact join left."""
    frame = prepared(rows.drop("id_number", "valid", "name_key"))
    return frame.with_columns(
        birth_date=pl.coalesce("birth_date", "number_birth_date"),
        sex=pl.coalesce("sex", "number_sex"),
    )


def _exact(rows: pl.DataFrame, index: SpineIndex, model: Model) -> pl.DataFrame:
    """Valid number and equal name of exactly one person; the cheap join that settles most identities."""
    hit = (
        rows.filter("valid")
        .select("row", "id_number", "name_key", "from_certificate")
        .join(index.exact, on=["id_number", "name_key"])
    )
    level = model.comparisons
    number = level["number"]["same"].weight()
    name = pl.when("former").then(level["name"]["former"].weight()).otherwise(level["name"]["same"].weight())
    prior = pl.lit(model.prior / max(index.people, 1)).log(2)
    return hit.with_columns(share_spine=pl.lit(1 / max(index.people, 1))).with_columns(
        weight_number=number.round(6), weight_name=name.round(6)
    ).select(
        "row", "person_id", "former", "weight_number", "weight_name",
        decision=pl.lit("linked"),
        method=pl.when("from_certificate").then(pl.lit("repaired")).when("former").then(pl.lit("exact_former_name"))
        .otherwise(pl.lit("exact")),
        probability=1 - 1 / (1 + pl.lit(2.0).pow(prior.round(6) + pl.col("weight_number") + pl.col("weight_name"))),
        runner_up_probability=pl.lit(None, dtype=pl.Float64),
        by_number=pl.lit(value=True),
    )  # fmt: skip


def _pairs(batch: pl.DataFrame, index: SpineIndex, model: Model) -> pl.DataFrame:
    """Candidates of a batch, compared, scored and ranked."""
    batch = index.common.of(_with_partner(_with_owner(batch, index), index), model.name_floor)
    pairs = candidates(batch, index.blocks, model.block_cap)
    pairs = pairs.join(batch, on="row", maintain_order="left").join(
        index.entries, on="entry", maintain_order="left"
    )
    pairs = ranked(scored(compared(_with_mate(pairs, index)), model, index.people))
    # The number is somebody's: if no link comes of it, that is an identity conflict and a clerk's.
    return pairs.with_columns(conflict=(pl.col("level_number") == "same").any().over("row"))


def _with_owner(batch: pl.DataFrame, index: SpineIndex) -> pl.DataFrame:
    """Whether the number is somebody's on the spine, and the owner's booklet."""
    return batch.join(index.owners, on="id_number", how="left", maintain_order="left").with_columns(
        owned=pl.col("owned").fill_null(value=False)
    )


def _with_partner(batch: pl.DataFrame, index: SpineIndex) -> pl.DataFrame:
    """The other seat of a marriage: its number if valid, its name, its booklet if it links exactly."""
    if batch["partner_id_number_raw"].null_count() == len(batch) == batch["partner_name"].null_count():
        nothing = ("partner_number", "partner_key", "partner_household")
        return batch.with_columns(pl.lit(None, dtype=pl.String).alias(c) for c in nothing)
    numbers = identity_numbers(batch["partner_id_number_raw"])
    batch = batch.with_columns(
        partner_number=numbers["id_number"].set(numbers["id_class"] != "valid", None),
        partner_key=name_keys(batch["partner_name"]),
    )
    home = index.exact.select("id_number", "name_key", partner_household="household_no")
    return batch.join(
        home, left_on=["partner_number", "partner_key"], right_on=["id_number", "name_key"],
        how="left", maintain_order="left",
    )  # fmt: skip


def _with_mate(pairs: pl.DataFrame, index: SpineIndex) -> pl.DataFrame:
    """Whether the candidate's booklet holds the partner: by name, and by number where one was delivered."""
    pairs = pairs.join(
        index.booklets, left_on=["p_household_no", "partner_key"], right_on=["household_no", "name_key"],
        how="left", maintain_order="left",
    )  # fmt: skip
    found = pl.col("mate_share").is_not_null() & (pl.col("partner_key") != pl.col("name_key")).fill_null(
        value=True
    )
    same = (pl.col("partner_number") == pl.col("mate_number")).fill_null(value=False)
    one = pl.when(same).then(1 / max(index.people, 1)).otherwise("mate_share")
    return pairs.with_columns(
        partner_in_booklet=found & (pl.col("partner_number").is_null() | same),
        share_partner=4 * one.fill_null(1.0),  # a booklet holds some four people
    )


def _exact_evidence(exact: pl.DataFrame) -> pl.DataFrame:
    name = pl.when("former").then(pl.lit("former")).otherwise(pl.lit("same"))
    parts = [
        exact.select(
            "row", "person_id", place=pl.lit(1, dtype=pl.Int64), field=pl.lit(field), level=level,
            weight=pl.col(f"weight_{field}"),
        )
        for field, level in (("number", pl.lit("same")), ("name", name))
    ]  # fmt: skip
    return pl.concat(parts)


def _evidence(pairs: pl.DataFrame) -> pl.DataFrame:
    """Best person of the two best clusters, field by field; fields that say nothing are left out."""
    two = pairs.filter(pl.col("place") <= 2).unique(["row", "place"], keep="first", maintain_order=True)
    parts = [
        two.filter((pl.col(f"level_{field}") != "silent") | (field in ("number", "name"))).select(
            "row", "person_id", "place", field=pl.lit(field), level=pl.col(f"level_{field}"),
            weight=pl.col(f"weight_{field}"),
        )
        for field in FIELDS
    ]  # fmt: skip
    return pl.concat(parts)


def _keyed(key: pl.Series, evidence: pl.DataFrame) -> pl.DataFrame:
    return evidence.select(
        identity_id=key.gather(evidence["row"]), person_id="person_id", rank=pl.col("place").cast(pl.Int32),
        field="field", level="level", weight="weight",
    )  # fmt: skip


def _assembled(key: pl.Series, rows: pl.DataFrame, decisions: pl.DataFrame) -> pl.DataFrame:
    out = rows.select("row", "delivered_number").join(decisions, on="row", how="left", maintain_order="left")
    person = pl.col("person_id")
    return out.select(
        identity_id=key,
        id_number="delivered_number",
        person_id=pl.when(pl.col("decision") == "linked").then(person),
        candidate_person_id=pl.when(pl.col("decision") == "review").then(person),
        method=pl.col("method").fill_null("none"),
        decision=pl.col("decision").fill_null("unlinked"),
        probability=pl.col("probability").round(9),
        runner_up_probability=pl.col("runner_up_probability").round(9),
        by_number=(pl.col("by_number") & (pl.col("decision") != "unlinked")).fill_null(value=False),
    )
