"""The registry's rows as people: which rows are one person, which may be, which share a number.

Rows become one person only on what identity.md names: one valid number and a name that agrees, or one
name, birth date and booklet. Everything else stays apart and is said in ``same_as``.
"""

from typing import Final

import polars as pl

from matching import normalise
from matching.clerical import DIFFERENT, SAME, Decisions
from matching.clusters import connected
from matching.comparisons import number_facts
from matching.entries import ATTRIBUTES, prepared
from matching.ids import PAIR
from matching.name_levels import AGREEING, name_level
from matching.normalise.names import otherwise_read

MAY_BE_ONE: Final = "name_and_birth_date"
"""Same name, birth date and sex, and numbers that do not contradict each other."""
TWO_NUMBERS: Final = "two_numbers"
"""Same name, birth date and sex, two valid numbers: registered twice, or namesakes. No margin is waived."""
SHARED_NUMBER: Final = "shared_number"
"""One valid number, names that do not agree."""

_CAP: Final = 20
_BORN: Final = ("birth_date", "sex")
_IN_PART: Final = ["wildcard", "wildcard_alike", "initials", "pinyin_slip", "cut"]
"""Levels of names of which only a part is seen to agree."""


def read(registry: pl.DataFrame) -> pl.DataFrame:
    """Registry rows prepared for comparing, with ``node`` and ``rank`` (0: status normal)."""
    frame = prepared(registry.sort("record_no").with_columns(phone=pl.lit(None, dtype=pl.String)))
    return frame.with_columns(
        node=pl.lit("g") + pl.col("record_no"),
        rank=pl.when(pl.col("status") == "normal").then(0).otherwise(1).cast(pl.Int8),
        birth_date=pl.coalesce("birth_date", "number_birth_date"),
        sex=pl.coalesce("sex", "number_sex"),
    )


def named(rows: pl.DataFrame) -> pl.DataFrame:
    """Every row once under its name, once under each former name (``former``), and once by another reading of its surname."""
    rows = rows.with_columns(former=pl.lit(value=False))
    old = rows.filter(pl.col("former_name").is_not_null() & (pl.col("former_name") != ""))
    keys = normalise.names(old["former_name"])
    old = old.drop(ATTRIBUTES).hstack(keys).with_columns(former=pl.lit(value=True)).select(rows.columns)
    every = pl.concat([rows, old.filter(pl.col("name_key").is_not_null())])
    return pl.concat([every, otherwise_read(every)])


def people(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds ``person``: the smallest node of the rows that are one person."""
    same_number = number_pairs(rows).filter("agree")
    booklet = rows.filter(
        ~pl.col("unknown") & pl.col("name_key").is_not_null() & pl.col("birth_date").is_not_null()
        & pl.col("household_no").is_not_null()
    ).with_columns(first=pl.col("node").min().over("name_key", "birth_date", "household_no"))  # fmt: skip
    booklet = booklet.filter(pl.col("first") != pl.col("node"))
    edges = pl.concat([same_number.select(a="node", b="p_node"), booklet.select(a="first", b="node")])
    joined = connected(edges["a"], edges["b"]).rename({"component": "person"})
    return rows.join(joined, on="node", how="left", maintain_order="left").with_columns(
        person=pl.coalesce("person", "node")
    )


def number_pairs(rows: pl.DataFrame) -> pl.DataFrame:
    """Pairs of rows (``node`` < ``p_node``) with one valid number, and whether their names ``agree``.

    A former name counts; a missing name does not agree, nor does part of one where birth date or sex is another.
    """
    shared = rows.filter("valid").filter(pl.len().over("id_number").is_between(2, _CAP))
    known = named(shared).select("node", "id_number", "former", *_BORN, *ATTRIBUTES)
    right = known.rename({c: f"p_{c}" for c in known.columns if c != "id_number"})
    pairs = (
        known.filter(~pl.col("former")).join(right, on="id_number").filter(pl.col("node") != pl.col("p_node"))
    )
    level = name_level(pairs) if len(pairs) else pl.Series([], dtype=pl.String)
    known_apart = pl.any_horizontal((pl.col(c) != pl.col(f"p_{c}")).fill_null(value=False) for c in _BORN)
    ends = pl.min_horizontal("node", "p_node"), pl.max_horizontal("node", "p_node")
    return (
        pairs.with_columns(level=level)
        .with_columns(
            agree=pl.col("level").is_in(AGREEING) & ~(pl.col("level").is_in(_IN_PART) & known_apart)
        )
        .group_by(node=ends[0], p_node=ends[1])
        .agg(pl.col("agree").any())
        .sort("node", "p_node")
    )


def suspected(rows: pl.DataFrame) -> pl.DataFrame:
    """Pairs of people who may be one, or share a number: ``person_id``, ``other_person_id``, ``why``."""
    numbers = number_pairs(rows).filter(~pl.col("agree")).select("node", "p_node", why=pl.lit(SHARED_NUMBER))
    person = rows.select("node", "person")
    pairs = pl.concat([numbers, _namesakes(rows)])
    pairs = pairs.join(person, on="node").join(
        person.rename({"node": "p_node", "person": "p_person"}), on="p_node"
    )
    ends = pl.min_horizontal("person", "p_person"), pl.max_horizontal("person", "p_person")
    return (
        pairs.filter(pl.col("person") != pl.col("p_person"))
        .select(person_id=ends[0], other_person_id=ends[1], why="why")
        .sort("person_id", "other_person_id", "why")
        .unique(["person_id", "other_person_id"], keep="first", maintain_order=True)
    )


def _namesakes(rows: pl.DataFrame) -> pl.DataFrame:
    """Pairs of rows with one name, birth date and sex, by whether their numbers contradict each other."""
    keyed = rows.filter(
        pl.col("name_key").is_not_null() & ~pl.col("unknown") & pl.col("birth_date").is_not_null()
    )
    keyed = keyed.filter(pl.len().over("name_key", "birth_date").is_between(2, _CAP))
    columns = ("node", "id_number", "masked_number", "valid", "sex")
    left = keyed.select(*columns, "name_key", "birth_date")
    right = left.rename({c: f"p_{c}" for c in columns})
    pairs = left.join(right, on=["name_key", "birth_date"]).filter(pl.col("node") < pl.col("p_node"))
    pairs = pairs.filter((pl.col("sex") == pl.col("p_sex")).fill_null(value=True))
    if not len(pairs):
        return pl.DataFrame(schema={"node": pl.String, "p_node": pl.String, "why": pl.String})
    pairs = number_facts(pairs)
    equal = pl.col("id_number") == pl.col("p_id_number")
    slip = (pl.col("edits") <= 1) & ~(pl.col("valid") & pl.col("p_valid"))
    whole = pl.col("id_number").is_not_null() & pl.col("p_id_number").is_not_null()
    fits = pl.when(whole).then(equal | slip).otherwise(pl.col("visible") != 0)
    return pairs.select(
        "node", "p_node", why=pl.when(fits).then(pl.lit(MAY_BE_ONE)).otherwise(pl.lit(TWO_NUMBERS))
    )


def as_decided(rows: pl.DataFrame, clerks: Decisions, held: pl.DataFrame) -> tuple[pl.DataFrame, Decisions]:
    """Rows with people joined whom a clerk called one, and decisions on identities under working names.

    ``held``: who of tonight answers to earlier ids: ``person``, ``person_id`` (`minting.holders`).
    """
    same = clerks.pairs.filter(pl.col("verdict") == SAME).with_row_index("decision")
    ends = pl.concat([same.select("decision", person_id=end) for end in PAIR])
    ends = ends.join(held, on="person_id").with_columns(first=pl.col("person").min().over("decision"))
    joined = connected(ends["first"], ends["person"]).rename({"node": "person", "component": "whole"})
    whole = pl.coalesce("whole", "person")
    rows = rows.join(joined, on="person", how="left", maintain_order="left").with_columns(person=whole)
    held = held.join(joined, on="person", how="left").select("person_id", person=whole)
    return rows.drop("whole"), clerks.of_working_names(held)


def unrefuted(suspects: pl.DataFrame, clerks: Decisions) -> pl.DataFrame:
    """Suspected pairs (by id) without those that a clerk called different people."""
    apart = clerks.pairs.filter(pl.col("verdict") == DIFFERENT)
    apart = apart.select(person_id=pl.min_horizontal(PAIR), other_person_id=pl.max_horizontal(PAIR))
    return suspects.join(apart, on=list(PAIR), how="anti", maintain_order="left")
