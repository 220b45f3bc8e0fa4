"""A drawn pair as a clerk sees it: what was delivered on the left, the person of the spine on the right.

Here belong the fields, their headings and where each comes from. Nothing that the machine thinks is read here:
no probability, no decision, no level, no reason of the draw. Not here: marks (`review_marks`), cells, pages.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
import polars as pl

PERSON: Final = Path(__file__).with_name("review_person.sql")
OWN_RECORD: Final = "人员底册"
"""What the left side is called where both sides are people of the spine."""
OTHER_PHONES: Final = """
    SELECT drawn.place, array_to_string(list_slice(list_sort(list(DISTINCT other.phone)), 1, 3), '、') AS right_phone
    FROM drawn_pairs AS drawn
    JOIN core.assistance_roll AS other
        ON drawn.person_id = other.person_id AND drawn.identity_id IS DISTINCT FROM other.identity_id
    WHERE other.phone IS NOT NULL
    GROUP BY drawn.place
"""
"""Only the roll knows telephones: held against itself, a roll row would agree with itself."""
OWNERS: Final = """
    SELECT
        shown.place,
        array_to_string(list_slice(list_sort(list(DISTINCT owner.name
            || CASE WHEN owner.household_no = person.household_no THEN '(同户)' ELSE '' END)), 1, 3), '、') AS right_owner
    FROM numbers_shown AS shown
    JOIN core.person AS owner ON shown.number = owner.id_number
    JOIN core.person AS person ON shown.person_id = person.person_id
    WHERE owner.person_id <> shown.person_id AND owner.person_id IS DISTINCT FROM shown.other_person_id
    GROUP BY shown.place
"""
"""Who else on the spine has the number that was delivered: a relative's number under one's own name, or a slip."""


@dataclass(frozen=True, slots=True)
class Field:
    """One line of the comparison; ``marked``: differences are shown character by character."""

    name: str
    heading: str
    width: float
    marked: bool = True
    sides: tuple[str, ...] = ("left", "right")


FIELDS: Final = (
    Field("number", "公民身份号码", 21),
    Field("name", "姓名", 10),
    Field("former_name", "曾用名", 8, marked=False),
    Field("sex", "性别", 5),
    Field("birth_date", "出生日期", 11),
    Field("phone", "电话", 13),
    Field("address", "住址", 26),
    Field("company", "配偶、同户或同案人", 18, marked=False),
    Field("certificate", "残疾人证号", 22, marked=False, sides=("left",)),
    Field("owner", "来件号码在底册中的登记人", 16, marked=False, sides=("right",)),
)
SIDES: Final = {"left": "来件", "right": "底册"}


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a source names a person.

    Attributes:
        source: table `core.<source>`.
        label: the seat in `core.person_link`; empty where a row has one.
        title: what a clerk calls it.
        identity: the column of the identity's id.
        columns: field of the comparison -> SQL over one row of the table; what is missing was not delivered.
    """

    source: str
    label: str
    title: str
    identity: str
    columns: Mapping[str, str]


def printed_columns() -> dict[str, str]:
    """Return what is printed of a pair: column -> heading, in order."""
    sides = [
        (
            f"{side}_{field.name}",
            field.heading if len(field.sides) == 1 else f"{field.heading}({SIDES[side]})",
        )
        for field in FIELDS
        for side in field.sides
    ]
    return {"title": "来源", **dict(sides)}


def side_by_side(
    connection: duckdb.DuckDBPyConnection, drawn: pl.DataFrame, seats: Sequence[Seat]
) -> pl.DataFrame:
    """Put both sides of each drawn pair into one row.

    Args:
        connection: on the published restricted database the pairs were drawn from.
        drawn: as `review_draw.draw_pairs` gives them.
        seats: where the sources name people.

    Returns:
        the drawn rows in their order with the columns of `printed_columns`, text as delivered or null;
        dates as ISO text, sex in Chinese.
    """
    connection.register("drawn_pairs", drawn)
    people: pl.DataFrame = connection.sql(PERSON.read_text(encoding="utf-8")).pl()
    queries = [_delivered(seat) for seat in seats if _is_drawn(drawn, seat)]
    names = [field.name for field in FIELDS if field.name != "owner"]
    empty = pl.DataFrame(schema=dict.fromkeys(("identity_id", "title", *names), pl.String))
    delivered = connection.sql(" UNION ALL ".join(queries)).pl() if queries else empty
    phones: pl.DataFrame = connection.sql(OTHER_PHONES).pl()
    connection.unregister("drawn_pairs")
    left = pl.concat([
        delivered.select(pl.col("identity_id").alias("left"), "title", *names),
        people.select(pl.col("person_id").alias("left"), pl.lit(OWN_RECORD).alias("title"), *names),
    ])  # fmt: skip
    right = people.select("person_id", *names).drop("phone", "certificate")
    shown = drawn.with_columns(left=pl.coalesce("identity_id", "other_person_id"))
    for side, frame, key in (("left", left, "left"), ("right", right, "person_id")):
        renamed = frame.rename({name: f"{side}_{name}" for name in names if name in frame.columns})
        shown = shown.join(renamed, on=key, how="left", maintain_order="left")
    for more in (phones, _owners(connection, shown)):
        shown = shown.join(more, on="place", how="left", maintain_order="left")
    return shown.select(*drawn.columns, *printed_columns())


def _owners(connection: duckdb.DuckDBPyConnection, shown: pl.DataFrame) -> pl.DataFrame:
    number = pl.col("left_number").str.strip_chars().str.to_uppercase().alias("number")
    connection.register("numbers_shown", shown.select("place", "person_id", "other_person_id", number))
    owners: pl.DataFrame = connection.sql(OWNERS).pl()
    connection.unregister("numbers_shown")
    return owners


def _is_drawn(drawn: pl.DataFrame, seat: Seat) -> bool:
    return not drawn.filter(pl.col("source") == seat.source, pl.col("seat") == seat.label).is_empty()


def _delivered(seat: Seat) -> str:
    """Return the query of a seat's drawn identities; every row of an identity says the same of a person."""
    fields = ", ".join(
        f"min(CAST({seat.columns[field.name]} AS VARCHAR)) AS {field.name}"
        if field.name in seat.columns
        else f"CAST(NULL AS VARCHAR) AS {field.name}"
        for field in FIELDS
        if field.name != "owner"
    )
    return (
        f"SELECT {seat.identity} AS identity_id, '{seat.title}' AS title, {fields} FROM core.{seat.source} AS delivered "  # noqa: S608 - our own words
        f"SEMI JOIN drawn_pairs ON drawn_pairs.identity_id = delivered.{seat.identity} GROUP BY {seat.identity}"
    )
