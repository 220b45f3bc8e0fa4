"""Who a delivered identity is: exact join first, then candidates, comparisons, scores, decisions.

``link`` is a pure function of each identity, the spine and the model: what else is in the frame, its
order and the size of batches change nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import polars as pl

from matching.blocking import candidates
from matching.clerical import Clerks, Decisions
from matching.comparisons import FIELDS, compared
from matching.deciding import decided
from matching.identities import numbered, ready, shown, with_owner
from matching.index import SpineIndex
from matching.model import Model
from matching.partners import with_mate, with_partner
from matching.reach import reaching
from matching.scoring import ranked, scored


@dataclass(frozen=True)
class Links:
    """Outcome of :func:`link`.

    Attributes:
        links: one row an identity, in order of arrival: ``identity_id``, ``id_number`` (normalised or
            null), ``person_id`` (when linked), ``candidate_person_id`` (when in review), ``method``,
            ``decision``, ``probability``, ``runner_up_probability``, ``by_number``, ``tentative`` (linked, but for all that
            is known a namesake's: nothing may be held against anybody for it), ``number_kind``: `known` (a valid number of
            somebody on the spine), `foreign` (a valid one of nobody there), `unusable` (anything else).
        evidence: one row an identity, candidate (``rank`` 1, 2) and field: ``identity_id``, ``person_id``,
            ``rank``, ``field``, ``level``, ``weight`` (bits).
    """

    links: pl.DataFrame
    evidence: pl.DataFrame


LINKED: Final = (
    "identity_id", "id_number", "person_id", "candidate_person_id", "method", "decision", "probability",
    "runner_up_probability", "by_number", "tentative", "number_kind",
)  # fmt: skip
"""Columns of ``Links.links``."""


def match(
    identities: pl.DataFrame, index: SpineIndex, model: Model, decided_by_clerks: Decisions | None = None
) -> Links:
    """Matches distinct identities (columns: see ``OPTIONAL``, and ``identity_id``, ``id_number_raw``, ``name``)."""
    return match_numbered(identities, numbered(identities), index, model, decided_by_clerks)


def match_numbered(
    identities: pl.DataFrame,
    rows: pl.DataFrame,
    index: SpineIndex,
    model: Model,
    decided_by_clerks: Decisions | None = None,
) -> Links:
    """As `match`, of identities that `identities.numbered` has read already (``rows``)."""
    key = identities["identity_id"]
    clerks = Clerks(identities, decided_by_clerks) if decided_by_clerks else None
    exact = _exact(rows, index, model)
    if clerks:  # whatever a clerk has spoken about is scored, so that its evidence can be read
        exact = exact.join(clerks.spoken_of(exact), on="row", how="anti", maintain_order="left")
    rest = rows.join(exact, on="row", how="anti", maintain_order="left")
    owned = rest.select("row", "id_number").join(index.owners, on="id_number", how="semi")["row"]
    asking = reaching(shown(rest), index, owned).select("row")
    if clerks:  # whom a clerk or a claimed number gave to somebody, no blocking rule need bring there
        clerks.look_at(
            rest.filter(pl.col("valid") & ~pl.col("row").is_in(owned.implode())).select("row", "id_number")
        )
        asking = pl.concat([asking, clerks.given]).unique()
    rest = ready(rest.join(asking, on="row", how="semi", maintain_order="left"))
    decisions, evidence = [exact.select(_DECISION)], [_exact_evidence(exact)]
    for batch in _batches(rest, model.batch_rows):
        pairs = _pairs(batch, index, model, clerks)
        decisions.append(decided(pairs, model).with_columns(pl.col("row").cast(pl.UInt32)).select(_DECISION))
        evidence.append(_evidence(pairs))
    return Links(
        links=_assembled(key, rows, pl.concat(decisions), pl.concat([exact["row"], owned])),
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
    "tentative",
]


def _batches(rows: pl.DataFrame, size: int) -> Iterator[pl.DataFrame]:
    return (rows.slice(start, size) for start in range(0, len(rows), size))


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
        tentative=pl.lit(value=False),
    )  # fmt: skip


def _pairs(
    batch: pl.DataFrame, index: SpineIndex, model: Model, clerks: Clerks | None = None
) -> pl.DataFrame:
    """Candidates of a batch, compared, scored and ranked."""
    batch = index.common.of(with_partner(with_owner(batch, index), index), model.name_floor)
    pairs = candidates(batch, index.blocks, model.block_cap)
    if clerks:
        pairs = pl.concat([pairs, clerks.candidates(batch, index.entries)]).unique().sort("row", "entry")
    pairs = pairs.join(batch, on="row", maintain_order="left").join(
        index.entries, on="entry", maintain_order="left"
    )
    pairs = clerks.with_claims(pairs) if clerks else pairs.with_columns(claimed=pl.lit(value=False))
    pairs = scored(compared(with_mate(pairs, index)), model, index.people)
    nothing = pl.lit(None, dtype=pl.String)
    pairs = ranked(clerks.heeded(pairs) if clerks else pairs.with_columns(verdict=nothing))
    # The number is somebody's: if no link comes of it, that is an identity conflict and a clerk's.
    return pairs.with_columns(
        conflict=((pl.col("level_number") == "same") & ~pl.col("claimed")).any().over("row")
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


def _assembled(key: pl.Series, rows: pl.DataFrame, decisions: pl.DataFrame, owned: pl.Series) -> pl.DataFrame:
    known = pl.select(pl.repeat(value=False, n=len(rows))).to_series().scatter(owned, values=True)
    out = rows.select("row", "delivered_number", "valid").with_columns(known=known)
    out = out.join(decisions, on="row", how="left", maintain_order="left")
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
        tentative=(pl.col("tentative") & (pl.col("decision") == "linked")).fill_null(value=False),
        number_kind=pl.when(~pl.col("valid"))
        .then(pl.lit("unusable"))
        .when("known")
        .then(pl.lit("known"))
        .otherwise(pl.lit("foreign")),
    )
