"""Which pairs are looked at: blocking rules, each with a cap on how many people may share a key.

A rule names the columns whose agreement makes a pair a candidate. A key shared by more people of the
spine (not rows: one may have many) than the cap brings nothing: that depends on the spine alone, never on what
else is in the batch.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import polars as pl

from matching.normalise.name_texts import UNKNOWN
from matching.repairs import mixed, month_and_day_exchanged, of_any_length


@dataclass(frozen=True)
class BlockingRule:
    """Identities of ``who`` meet entries of ``whom`` that have the same ``key`` (identity, entry columns)."""

    name: str
    key: tuple[tuple[str, str], ...]
    who: str = "weak"
    whom: str = "all"


def _same(*columns: str) -> tuple[tuple[str, str], ...]:
    return tuple((c, c) for c in columns)


RULES: Final = (
    BlockingRule("number", _same("id_number"), who="numbered"),
    BlockingRule(
        "name in the booklet of the number's owner", _same("owner_household", "name_key"), who="owned"
    ),
    BlockingRule(
        "pinyin in the booklet of the number's owner", _same("owner_household", "pinyin"), who="owned"
    ),
    BlockingRule("number repaired", (("repaired", "id_number"),), who="repairable"),
    BlockingRule("number, theirs repaired", (("id_number", "repaired"),), who="stray", whom="repairable"),
    BlockingRule("number with month and day exchanged", (("exchanged", "first17"),), who="exchangeable"),
    BlockingRule("paper", _same("paper")),
    BlockingRule("name, birth date", _same("name_key", "birth_date")),
    BlockingRule(
        "name, birth date, theirs unnumbered", _same("name_key", "birth_date"), "stray", "unnumbered"
    ),
    BlockingRule("pinyin, birth date", _same("pinyin", "birth_date")),
    BlockingRule(
        "pinyin, birth date, theirs unnumbered", _same("pinyin", "birth_date"), "stray", "unnumbered"
    ),
    BlockingRule("given name first, birth date", (("pinyin", "pinyin_turned"), ("birth_date", "birth_date"))),
    BlockingRule("name, county and birth year", _same("name_key", "first10")),
    BlockingRule("birth date, last four", _same("birth_date", "last4")),
    BlockingRule("name, last four", _same("name_key", "last4")),
    BlockingRule("pinyin, last four", _same("pinyin", "last4")),
    BlockingRule("given name first, last four", (("pinyin", "pinyin_turned"), ("last4", "last4"))),
    BlockingRule("surname, last four", _same("surname", "last4"), who="hidden"),
    BlockingRule("surname, birth date", _same("surname", "birth_date"), who="hidden"),
    BlockingRule("name, telephone", _same("name_key", "phone")),
    BlockingRule("pinyin, telephone", _same("pinyin", "phone")),
    BlockingRule("name, door", _same("name_key", "door_key")),
    BlockingRule("pinyin, door", _same("pinyin", "door_key")),
    BlockingRule("name, group", _same("name_key", "group_key")),
    BlockingRule("name, village", _same("name_key", "village_key")),
    BlockingRule(
        "name in the partner's booklet", (("name_key", "name_key"), ("partner_household", "household_no"))
    ),
)
"""Number classes decide who takes part: see ``groups``."""


def groups(identities: pl.DataFrame, numbers: pl.Series) -> dict[str, pl.DataFrame]:
    """Identities by what their number can still do; ``numbers``: those of the spine.

    ``numbered``: 18 characters. ``owned``: a number of the spine. ``stray``: a valid number that is
    nobody's. ``weak``: no valid number. ``repairable``: not valid, or 17 to 19 characters, once a repaired number.
    ``exchangeable``: 18 characters of nobody. ``hidden``: no valid number, and characters of the name hidden too.
    """
    numbered = pl.col("id_number").is_not_null()
    owned = pl.col("owned")
    weak = identities.filter(~pl.col("valid") & ~owned).with_columns(first10=pl.col("id_number").str.head(10))
    broken = weak.with_columns(broken=pl.coalesce("id_number", "slipped"))
    return {
        "numbered": identities.filter(numbered),
        "owned": identities.filter(owned),
        "stray": identities.filter(pl.col("valid") & ~owned),
        "weak": weak,
        "hidden": weak.filter(
            pl.col("unknown")
            & pl.col("masked_number").is_not_null()
            & ~pl.col("surname").str.contains(UNKNOWN, literal=True)
        ),
        "repairable": _with_repairs(broken.filter(pl.col("broken").is_not_null()), mixed(numbers)),
        "exchangeable": identities.filter(numbered & ~owned).with_columns(
            exchanged=pl.col("id_number").map_batches(month_and_day_exchanged, return_dtype=pl.String)
        ),
    }


def _with_repairs(broken: pl.DataFrame, among: pl.Series | None = None) -> pl.DataFrame:
    repairs = of_any_length(broken["broken"], among)
    return broken.with_row_index("_at").join(repairs, left_on="_at", right_on="row").drop("_at")


def sides(entries: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Entries by what a rule's ``whom`` asks for: all, those without a valid number, those repaired."""
    everybody = entries.select(
        "entry", "id_number", "paper", "valid", "name_key", "surname", "pinyin", "pinyin_turned", "birth_date", "last4", "phone",
        "door_key", "group_key", "village_key", "household_no", owner_household="household_no",
        person=pl.col("person_id").hash(), first17=pl.col("id_number").str.head(17), first10=pl.col("id_number").str.head(10),
    )  # fmt: skip
    return by_whom(everybody)


def by_whom(everybody: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """The entries' key columns by what a rule's ``whom`` asks for."""
    return {
        "all": everybody,
        "unnumbered": everybody.filter(~pl.col("valid")),
        "repairable": _with_repairs(
            everybody.filter(pl.col("id_number").is_not_null() & ~pl.col("valid")).with_columns(
                broken="id_number"
            )
        ).drop("broken"),
    }


def candidates(identities: pl.DataFrame, entries: dict[str, pl.DataFrame], cap: int) -> pl.DataFrame:
    """Pairs (``row``, ``entry``) that any rule brings, each once, in order."""
    nobody = pl.DataFrame(schema={"row": pl.UInt32, "entry": pl.UInt32})
    return (
        pl.concat([nobody, *_found(groups(identities, entries["all"]["id_number"]), entries, cap)])
        .unique()
        .sort("row", "entry")
    )


def _found(who: dict[str, pl.DataFrame], whom: dict[str, pl.DataFrame], cap: int) -> Iterable[pl.DataFrame]:
    for rule in RULES:
        left, right = [a for a, _ in rule.key], [b for _, b in rule.key]
        asking = who[rule.who].select(*left, "row").drop_nulls()
        if len(asking):
            block = whom[rule.whom].select(*right, "entry", "person")
            block = within(block.join(asking, left_on=right, right_on=left, how="semi"), right, cap)
            yield asking.join(block, left_on=left, right_on=right).select("row", "entry")


def within(block: pl.DataFrame, key: list[str], cap: int) -> pl.DataFrame:
    """Entries whose key no more people than the cap share; only where more rows than the cap share it are people counted."""
    size = pl.len().over(key)
    few, many = block.filter(size <= cap), block.filter(size > cap)
    return pl.concat([few, many.filter(pl.col("person").n_unique().over(key) <= cap)]) if len(many) else few
