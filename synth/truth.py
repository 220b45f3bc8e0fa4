"""The truth of a city as Parquet: what score.py reads and no product may.

Here: persons, links, rows without authorization, expected findings, colours, the other lists, in the columns
and types of the sample's truth. Not here: how the base's care findings and colours are derived (verdicts.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from synth.damage_tables import WITHOUT_NUMBER
from synth.descriptions import layouts
from synth.layout import GATED

if TYPE_CHECKING:
    from pathlib import Path

SCHEMAS: dict[str, dict[str, type[pl.DataType]]] = {
    "alerts_expected": {
        "rule_id": pl.String, "change": pl.String, "cause": pl.String, "case_no": pl.String, "id_number": pl.String,
        "pid": pl.Int64, "plant": pl.Int64, "scenario": pl.String, "damaged": pl.Boolean,
    },
    "cells_refused_expected": {"source": pl.String, "column": pl.String, "rows": pl.Int64},
    "expected_findings": {
        "rule_id": pl.String, "kind": pl.String, "must": pl.Int64, "severity": pl.String, "case_no": pl.String,
        "pid": pl.Int64, "id_number": pl.String, "program": pl.String, "scenario": pl.String, "plant": pl.Int64,
        "damaged": pl.Boolean, "step": pl.String,
    },
    "households": {
        "case_no": pl.String, "pid": pl.Int64, "id_number": pl.String, "risk": pl.String, "omission": pl.String,
        "care": pl.String, "plant": pl.Int64, "scenario": pl.String,
    },
    "links": {
        "source": pl.String, "record_no": pl.String, "seat": pl.String, "pid": pl.Int64, "damage": pl.String,
        "recoverable": pl.Boolean, "plant": pl.Int32, "key": pl.Boolean, "number_delivered": pl.Boolean,
        "true_id_number": pl.String, "expected": pl.String, "damaged_plant": pl.Boolean,
    },
    "persons": {
        "pid": pl.Int64, "id_number": pl.String, "id_number_registered": pl.String, "name": pl.String,
        "sex": pl.String, "birth_date": pl.Date, "household_no": pl.String, "relation": pl.String,
        "in_registry": pl.Boolean, "on_roll": pl.Boolean, "in_case_household": pl.Boolean, "in_spine": pl.Boolean,
        "outsider": pl.Boolean, "authorized": pl.Boolean, "died_on": pl.Date, "plant": pl.Int64,
    },
    "plants": {
        "plant": pl.Int64, "rule_id": pl.String, "kind": pl.String, "scenario": pl.String, "damaged": pl.Boolean,
    },
    "quarantine_expected": {
        "source": pl.String, "snapshot": pl.String, "file": pl.String, "record_no": pl.String, "reason": pl.String,
        "column": pl.String, "rows": pl.Int64,
    },
    "snapshots": {
        "source": pl.String, "snapshot": pl.String, "kind": pl.String, "file": pl.String, "rows": pl.Int64,
        "used": pl.Boolean,
    },
    "unauthorized_rows": {"source": pl.String, "record_no": pl.String, "pid": pl.Int64, "damage": pl.String},
}  # fmt: skip
"""Columns and types of every table but the canonical ones."""

HOUSEHOLD_PROGRAMS = ("dibao", "tekun", "marginal", "rigid_expenditure")
OPEN = ("applying", "active", "tapering", "suspended")


def shaped(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Gives a frame the columns and types of a truth table; missing columns become null."""
    schema = SCHEMAS[table]
    missing = [pl.lit(None, kind).alias(c) for c, kind in schema.items() if c not in frame.columns]
    return frame.with_columns(missing).select(pl.col(c).cast(kind) for c, kind in schema.items())


def open_cases(roll: pl.DataFrame) -> pl.DataFrame:
    """Rows of open household-programme cases."""
    return roll.filter(pl.col("program").is_in(HOUSEHOLD_PROGRAMS) & pl.col("status").is_in(OPEN))


def persons(people: pl.DataFrame, roll: pl.DataFrame, night: pl.Expr) -> pl.DataFrame:
    """Makes `persons`."""
    cases = open_cases(roll)
    until = pl.col("authorized_until")
    allowed = cases.filter((pl.col("authorized_on") <= night) & (until.is_null() | (until >= night)))
    pid = pl.col("pid")
    on_roll = pid.is_in(roll["pid"].implode())
    mine = cases.filter(pl.col("role") != "supporter")
    return shaped(
        "persons",
        people.with_columns(
            sex=pl.when(pl.col("male")).then(pl.lit("male")).otherwise(pl.lit("female")),
            birth_date=pl.coalesce("registered_birth", "birth"),
            on_roll=on_roll,
            in_case_household=pid.is_in(mine["pid"].implode()),
            in_spine=pl.col("in_registry") | on_roll,
            authorized=pid.is_in(allowed["pid"].implode()),
            died_on=pl.col("died"),
        ),
    )


def links(source: str, rows: pl.DataFrame, people: pl.DataFrame, plants: pl.DataFrame) -> pl.DataFrame:
    """Makes the rows of `links` of one source; `people` is `persons`."""
    out = []
    hurt_plants = plants.filter(pl.col("damaged"))["plant"].implode()
    for (_, _, seat), pid, end in zip(layouts()[source].seats, ("pid", "pid2"), ("", "2"), strict=False):
        whose = rows[pid]
        known, allowed = people["in_spine"].gather(whose), people["authorized"].gather(whose)
        expected = (
            pl.when(~pl.lit(allowed) & pl.lit(source in GATED)).then(pl.lit("dropped"))
            .when(~pl.lit(known)).then(pl.lit("unlinked")).otherwise(pl.lit("link"))
        )  # fmt: skip
        number = people["id_number"].gather(whose)
        out.append(
            rows.select(
                pl.lit(source).alias("source"), "record_no", pl.lit(seat, pl.String).alias("seat"),
                pl.col(pid).alias("pid"), pl.col(f"damage{end}").alias("damage"),
                pl.col(f"recoverable{end}").alias("recoverable"), "plant", "key",
                pl.col(f"number_delivered{end}").alias("number_delivered"),
                pl.when(pl.lit(known)).then(pl.lit(number)).alias("true_id_number"), expected.alias("expected"),
                damaged_plant=pl.col("plant").cast(pl.Int64).is_in(hurt_plants),
            ).filter(pl.lit(whose.is_not_null()))
        )  # fmt: skip
    return shaped("links", pl.concat(out))


def unauthorized(link: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """Makes `unauthorized_rows`: gated rows that nothing published may carry.

    Left out are those whose best candidate may well be an authorized person: rows without a usable number
    under an authorized person's name, and those with a relative's number or, as planted, an authorized person's.
    """
    names = people.filter(pl.col("authorized"))["name"].unique().implode()
    like = people["name"].gather(link["pid"]).is_in(names)
    weak = link["damage"].is_in([*WITHOUT_NUMBER, "id_mask"]) & like
    open_to = weak | link["damage"].is_in(["id_relative", "stranger_with_resident_number"])
    return shaped("unauthorized_rows", link.filter((link["expected"] == "dropped") & ~open_to))


def write(folder: Path, table: str, frame: pl.DataFrame) -> None:
    """Writes one truth table."""
    folder.mkdir(parents=True, exist_ok=True)
    shaped(table, frame).write_parquet(folder / f"{table}.parquet")
