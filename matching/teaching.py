"""Pairs that teach: brought in by evidence which does not involve what is learned from them.

An equal number teaches how names, telephones, places and partners agree; a name with a telephone, a door or a partner
teaches how numbers, and birth date and sex where numbers say nothing, agree. Identities with equal candidates are
counted, so that estimating costs the same for any number of rows. Not here: the estimate (``expectation``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import polars as pl

from matching.classes import LEVELS, seen
from matching.comparisons import FIELDS, compared
from matching.expectation import Floats, Patterns
from matching.identities import numbered, ready, with_owner
from matching.index import SpineIndex
from matching.model import Level, Model
from matching.partners import with_mate, with_partner
from matching.scoring import scored

EQUAL_NUMBER: Final = ((("id_number", "id_number"),),)
NAME_AND_CONTEXT: Final = (
    (("name_key", "name_key"), ("phone", "phone")),
    (("name_key", "name_key"), ("door_key", "door_key")),
    (("name_key", "name_key"), ("partner_household", "household_no")),
)
"""Columns of the identity and of the entry that must be equal; any of the lists brings a pair in."""

Keys = Sequence[Sequence[tuple[str, str]]]
TAUGHT_BY: Final[Mapping[Keys, tuple[str, ...]]] = {
    EQUAL_NUMBER: ("name", "phone", "place", "partner"),
    NAME_AND_CONTEXT: ("number", "birth_date", "sex"),
}
"""Fields that each kind of evidence teaches."""
_STEPS: Final = 8
"""Steps to a bit to which what does not depend on m is rounded, so that patterns repeat."""


@dataclass(frozen=True)
class Table:
    """Where each ``<field>.<class>.<level>`` stands among the parameters of an estimate."""

    names: tuple[str, ...]
    classes: Mapping[str, tuple[int, ...]]

    def of(self, field: str) -> frozenset[str]:
        """Names of the classes of a field."""
        return frozenset(name for name in self.classes if name.startswith(f"{field}."))


@cache
def table() -> Table:
    """The parameters: every level of every class, in the order of ``classes.LEVELS``."""
    names: list[str] = []
    classes = {}
    for field, kinds in LEVELS.items():
        for kind, levels in kinds.items():
            classes[f"{field}.{kind}"] = tuple(range(len(names), len(names) + len(levels)))
            names += [f"{field}.{kind}.{level}" for level in levels]
    return Table(tuple(names), classes)


def starting(model: Model) -> Floats:
    """Figures m of the model by the places of :func:`table`, summing to one within each class."""
    named = (name.split(".") for name in table().names)
    m = np.array([_m(model, field, level) for field, _, level in named])
    for places in table().classes.values():
        at = np.asarray(places)
        m[at] /= m[at].sum()
    return m


def _m(model: Model, field: str, level: str) -> float:
    if (field, level) == (
        "partner",
        "silent",
    ):  # nothing where the partner is not in the booklet: what is left
        return max(1 - model.comparisons[field]["in_booklet"].m, 1e-3)
    return model.comparisons[field].get(level, Level(1e-6, 1.0)).m


def brought(batch: pl.DataFrame, entries: pl.DataFrame, keys: Keys, cap: int) -> pl.DataFrame:
    """Pairs (``row``, ``entry``) that are equal in any of the lists of columns, capped as blocking rules are."""
    found = [pl.DataFrame(schema={"row": batch.schema["row"], "entry": entries.schema["entry"]})]
    for key in keys:
        left, right = [a for a, _ in key], [b for _, b in key]
        asking = batch.select(*left, "row").drop_nulls()
        block = entries.select(*right, "entry").join(asking, left_on=right, right_on=left, how="semi")
        block = block.filter(pl.len().over(right) <= cap)
        found.append(asking.join(block, left_on=left, right_on=right).select("row", "entry"))
    return pl.concat(found).unique().sort("row", "entry")


def attended(identities: pl.DataFrame, index: SpineIndex, model: Model) -> pl.DataFrame:
    """Identities with all that a comparison reads, none set aside by the exact join."""
    rows = ready(numbered(identities))
    return index.common.of(with_partner(with_owner(rows, index), index), model.name_floor)


def compared_pairs(chosen: pl.DataFrame, batch: pl.DataFrame, index: SpineIndex) -> pl.DataFrame:
    """Chosen pairs (``row``, ``entry``) compared as a night compares them."""
    pairs = chosen.join(batch, on="row", maintain_order="left")
    return compared(with_mate(pairs.join(index.entries, on="entry", maintain_order="left"), index))


def cells(
    batch: pl.DataFrame, index: SpineIndex, model: Model, keys: Keys, told: pl.DataFrame
) -> pl.DataFrame:
    """One row an identity that has candidates: ``candidates``, a text that says how each of them compares.

    Args:
        batch: identities as :func:`attended` gives them.
        index: the spine.
        model: the figures that choose each person's best entry.
        keys: what brings pairs in.
        told: ``row``, ``person_id``, ``bits``: what a clerk said of a pair, as evidence that settles it.
    """
    chosen = brought(batch, index.blocks["all"], keys, model.block_cap)
    pairs = scored(compared_pairs(chosen, batch, index), model, index.people)
    parts = [seen(field).fill_null("").alias(f"_{field}") for field in FIELDS]
    start = [
        pl.when(pl.col(f"level_{field}") != "silent").then(
            pl.col(f"level_{field}").replace_strict(
                {name: np.log2(level.m) for name, level in model.comparisons[field].items()}, default=0.0,
                return_dtype=pl.Float64,
            )
        ).otherwise(0.0)
        for field in FIELDS
    ]  # fmt: skip
    pairs = pairs.join(told, on=["row", "person_id"], how="left", maintain_order="left")
    known = pl.col("score") - pl.sum_horizontal(start) + pl.col("bits").fill_null(0.0)
    rest = (known * _STEPS).round().cast(pl.Int64)
    pairs = pairs.select("row", *parts, rest=rest)
    text = pl.concat_str(*(f"_{field}" for field in FIELDS), "rest", separator="|")
    return pairs.group_by("row").agg(candidates=text.sort().str.join(";")).select("candidates")


def patterns(counted: pl.DataFrame) -> Patterns:
    """Arrays of what was seen (``candidates``, ``n``: identities), in the order of the texts."""
    counted = counted.sort("candidates").with_row_index("group")
    each = counted.select("group", pl.col("candidates").str.split(";")).explode("candidates")
    split = each["candidates"].str.split_exact("|", len(FIELDS)).struct.unnest()
    place = {name: position for position, name in enumerate(table().names)}
    codes = [
        (pl.lit(field + ".") + split[f"field_{position}"]).replace_strict(
            place, default=-1, return_dtype=pl.Int64
        )
        for position, field in enumerate(FIELDS)
    ]
    coded = split.select(*(code.alias(str(position)) for position, code in enumerate(codes)))
    return Patterns(
        group=each["group"].cast(pl.Int64).to_numpy(),
        count=counted["n"].cast(pl.Float64).to_numpy(),
        rest=split[f"field_{len(FIELDS)}"].cast(pl.Float64).to_numpy() / _STEPS,
        codes=coded.to_numpy().reshape(-1, len(FIELDS)),
    )
