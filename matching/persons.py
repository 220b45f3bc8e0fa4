"""Tables of the spine as others read them: one row a person, one row a registry or roll row.

What a person is called, born, housed is read off his best registry row; whom a row names was decided before.
"""

import polars as pl

_OF_REGISTRY = (
    "former_name",
    "ethnicity",
    "hukou_type",
    "marital_status",
    "status_date",
    "household_no",
    "relation",
)

_SAID = (
    "person", "rank", "record_no", "status", "name", "sex", "birth_date", "division_code", "address", *_OF_REGISTRY,
)  # fmt: skip
"""What a registry row says that is not of its number."""

TOLD = (*_SAID, "id_number", "valid", "number_birth_date", "number_sex", "identity_id")
"""What of a registry row the tables here are made of."""


def person_table(rows: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """``link.person``, one row a person.

    Of several registry rows of one person the best (status normal, newest status, smallest record number); of
    people whom only the roll knows, a row with a valid number first.
    """
    numbers = _numbers(rows, members)
    rows = rows.select(_SAID)  # a city's prepared rows are wide, and every step below copies them
    several = rows["person"].is_duplicated()
    best = rows.filter(several).sort(
        "rank", "status_date", "record_no", descending=[False, True, False], nulls_last=True
    )
    best = pl.concat([rows.filter(~several), best.unique("person", keep="first", maintain_order=True)])
    on_roll = members.sort("valid", "record_no", descending=[True, False]).unique(
        "person", keep="first", maintain_order=True
    )
    phones = members.drop_nulls("phone").sort("record_no").unique("person", keep="first", maintain_order=True)
    new = on_roll.join(best, on="person", how="anti", maintain_order="left").drop("relation")
    frame = pl.concat(
        [
            best.with_columns(in_registry=pl.lit(value=True)),
            new.with_columns(in_registry=pl.lit(value=False)),
        ],
        how="diagonal_relaxed",
    )
    frame = frame.drop("phone", "id_number", "number_birth_date", "number_sex", "valid", "masked_number")
    frame = frame.join(phones.select("person", "phone"), on="person", how="left", maintain_order="left")
    frame = frame.join(numbers, on="person", how="left", maintain_order="left")
    listed = on_roll.select("person", on_roll=pl.lit(value=True))
    frame = frame.join(listed, on="person", how="left", maintain_order="left")
    return frame.select(
        "id_number", "name", *(c for c in _OF_REGISTRY), "sex", "birth_date", "number_birth_date", "number_sex",
        "division_code", "address", "phone", "in_registry",
        person_id="person", registry_status="status", on_roll=pl.col("on_roll").fill_null(value=False),
    ).select(COLUMNS)  # fmt: skip


COLUMNS = (
    "person_id", "id_number", "name", "former_name", "sex", "birth_date", "number_birth_date", "number_sex",
    "ethnicity", "hukou_type", "marital_status", "registry_status", "status_date", "division_code", "address",
    "phone", "household_no", "relation", "in_registry", "on_roll",
)  # fmt: skip
"""Columns of ``link.person``."""


def _numbers(rows: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """The best number of each person (valid before not, registry before roll) and what a valid one shows."""
    columns = ("person", "id_number", "valid", "number_birth_date", "number_sex", "rank", "record_no")
    numbered = pl.concat([
        rows.select(*columns, source=pl.lit(0)),
        members.with_columns(rank=pl.lit(0, dtype=pl.Int8)).select(*columns, source=pl.lit(1)),
    ]).filter(pl.col("id_number").is_not_null())  # fmt: skip
    several = numbered["person"].is_duplicated()
    alone, numbered = numbered.filter(~several), numbered.filter(several)
    best = numbered.sort("valid", "source", "rank", "record_no", descending=[True, False, False, False])
    best = best.unique("person", keep="first", maintain_order=True)
    return pl.concat([alone, best]).select(
        "person", "id_number",
        number_birth_date=pl.when("valid").then("number_birth_date"),
        number_sex=pl.when("valid").then("number_sex"),
    )  # fmt: skip


def link_rows(rows: pl.DataFrame, members: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """``core.person_link`` of the registry's and the roll's rows.

    A registry row is its own person's. A roll row keeps its match; one that founded a person is linked to him by
    ``spine`` and keeps the registered candidate it did not reach.
    """
    nobody, no_odds = pl.lit(None, dtype=pl.String), pl.lit(None, dtype=pl.Float64)
    registered = rows.select(
        source=pl.lit("household_registry"), record_no="record_no", seat=nobody, person_id="person",
        candidate_person_id=nobody, method=pl.lit("spine"), decision=pl.lit("linked"), probability=pl.lit(1.0),
        runner_up_probability=no_odds, by_number="valid", tentative=pl.lit(value=False),
        number_kind=pl.when("valid").then(pl.lit("known")).otherwise(pl.lit("unusable")), identity_id="identity_id",
        id_number="id_number",
    )  # fmt: skip
    on_roll = members.select("record_no", "person", "identity_id", "valid", "id_number").join(
        found.drop("id_number"), on="identity_id", how="left", maintain_order="left"
    )
    own = pl.col("decision") != "linked"
    listed = on_roll.select(
        source=pl.lit("assistance_roll"), record_no="record_no", seat=nobody, person_id="person",
        candidate_person_id="candidate_person_id",
        method=pl.when(own).then(pl.lit("spine")).otherwise("method"),
        decision=pl.lit("linked"),
        probability=pl.when(own).then(1.0).otherwise("probability"),
        runner_up_probability=pl.when(own).then("probability").otherwise("runner_up_probability"),
        by_number=pl.when(own).then("valid").otherwise("by_number"), tentative=pl.lit(value=False),
        number_kind="number_kind", identity_id="identity_id",
        id_number="id_number",
    )  # fmt: skip
    return pl.concat([registered, listed]).sort("source", "record_no")
