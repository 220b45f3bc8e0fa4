"""A city as two frames and its truth: recipients on one side, distinct identities on the other.

Here belongs who is a recipient and what is known of him, and which row speaks of whom. Not here: reading deliveries
(`delivered`), linking, counting.

Recipients: everybody whom the registry names, with every row that it has of him; of a city of more than `ALL_BELOW` residents
`RECIPIENTS` of them: who is on the roll, who shares a booklet with them, and a seeded random sample of the others. A row of
somebody else, resident or not, has no true link.
"""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from benchmarks.linkage.delivered import IDENTITY, accepted, named
from sources import CONTRACTS

ALL_BELOW: Final = 500_000
RECIPIENTS: Final = 100_000
REGISTRY: Final = "household_registry"
ROLL: Final = "assistance_roll"
_KNOWN: Final = (
    "name", "former_name", "sex", "birth_date", "household_no", "address", "division_code",
)  # fmt: skip
_SEATED: Final = ["source", "record_no", "seat"]


@dataclass(frozen=True)
class Prepared:
    """Where the frames of a city lie.

    Attributes:
        people: ``person_id`` and what the registry knows of a recipient; a second row where it has one.
        rows: ``row`` and `IDENTITY`: each distinct identity of a source once.
        truth: one row a delivered row and seat: ``row``, ``source``, ``person_id`` (true; null where none), ``outsider``,
            ``damage``, and the subgroups of `SUBGROUPS` (false where there is no true link).
    """

    folder: Path

    @property
    def people(self) -> Path:
        """The recipients."""
        return self.folder / "people.parquet"

    @property
    def rows(self) -> Path:
        """The identities."""
        return self.folder / "rows.parquet"

    @property
    def truth(self) -> Path:
        """Who is who."""
        return self.folder / "truth.parquet"


SUBGROUPS: Final = ("dotted_name", "rural", "over_80", "two_characters")


def prepare(city: Path, out: Path, seed: int) -> Prepared:
    """Make the frames of a city in ``out``, unless they are there."""
    frames = Prepared(out)
    if frames.truth.exists():
        return frames
    out.mkdir(parents=True, exist_ok=True)
    night = date.fromisoformat(json.loads(_about(city).read_text(encoding="utf-8"))["night"])
    links = pl.read_parquet(city / "truth" / "links.parquet")
    persons = pl.read_parquet(city / "truth" / "persons.parquet")
    registry = _registry(city, night, links)
    recipients = _recipients(registry, persons, seed)
    given = _contacts(city, night, links)
    people = _people(recipients, given)
    rows = pl.concat(_told(city, night, source, given) for source in CONTRACTS if source != REGISTRY)
    # Rows made to be refused leave a few that are not: the truth knows nobody of them.
    rows = rows.join(links, on=_SEATED, how="semi", nulls_equal=True)
    identities = rows.select("source", *IDENTITY).unique().sort(pl.all()).with_row_index("row")
    truth = _truth(rows, identities, links, persons, recipients, city, night)
    people.write_parquet(frames.people)
    identities.write_parquet(frames.rows)
    truth.write_parquet(frames.truth)
    return frames


def _about(city: Path) -> Path:
    return city / "truth" / "city.json"


def _registry(city: Path, night: date, links: pl.DataFrame) -> pl.DataFrame:
    """Every row of every registered person: who was registered twice has two, for every method."""
    rows = accepted(city / "landing", REGISTRY, night, ["record_no", "id_number_raw", *_KNOWN])
    whose = links.filter(pl.col("source") == REGISTRY).select("record_no", "pid")
    return rows.join(whose, on="record_no").sort("pid", "record_no")


def _recipients(registry: pl.DataFrame, persons: pl.DataFrame, seed: int) -> pl.DataFrame:
    if len(registry) <= ALL_BELOW:
        return registry
    on_roll = persons.filter("on_roll")["pid"]
    booklets = registry.filter(pl.col("pid").is_in(on_roll.implode()))["household_no"]
    mine = pl.col("pid").is_in(on_roll.implode())
    rank = pl.when(mine).then(0).when(pl.col("household_no").is_in(booklets.implode())).then(1).otherwise(2)
    people = registry.select("pid", _rank=rank).group_by("pid").agg(pl.col("_rank").min()).sort("pid")
    drawn = people.with_columns(_draw=pl.int_range(pl.len()).shuffle(seed=seed)).sort("_rank", "_draw")
    return registry.join(drawn.head(RECIPIENTS), on="pid", how="semi", maintain_order="left")


def _contacts(city: Path, night: date, links: pl.DataFrame) -> pl.DataFrame:
    """Telephone and address of who is on the roll, and the one record that gave them."""
    rows = accepted(city / "landing", ROLL, night, ["record_no", "phone", "address", "division_code"])
    whose = links.filter(pl.col("source") == ROLL).select("record_no", "pid")
    rows = rows.join(whose, on="record_no").filter(pl.col("phone").is_not_null()).sort("record_no")
    return rows.unique("pid", keep="first", maintain_order=True).select("pid", "record_no", "phone")


def _people(recipients: pl.DataFrame, contacts: pl.DataFrame) -> pl.DataFrame:
    return recipients.join(contacts.select("pid", "phone"), on="pid", how="left", maintain_order="left").select(
        pl.col("pid").cast(pl.String).alias("person_id"), "id_number_raw", "name", "former_name", "sex", "birth_date",
        "phone", "address", "division_code", "household_no",
    )  # fmt: skip


def _told(city: Path, night: date, source: str, contacts: pl.DataFrame) -> pl.DataFrame:
    """Rows of a source; what a roll row gave to the recipient's own entry is not asked again."""
    rows = named(city / "landing", source, night)
    if source != ROLL:
        return rows
    gave = pl.col("record_no").is_in(contacts["record_no"].implode())
    return rows.with_columns(pl.when(~gave).then("phone").alias("phone"))


def _truth(
    rows: pl.DataFrame,
    identities: pl.DataFrame,
    links: pl.DataFrame,
    persons: pl.DataFrame,
    recipients: pl.DataFrame,
    city: Path,
    night: date,
) -> pl.DataFrame:
    placed = rows.join(identities, on=["source", *IDENTITY], nulls_equal=True, how="left")
    placed = placed.join(links.select(*_SEATED, "pid", "damage"), on=_SEATED, nulls_equal=True)
    mine = pl.col("pid").is_in(recipients["pid"].implode())
    return (
        placed.join(_groups(city, persons, night), on="pid", how="left")
        .with_columns(pl.col(group).fill_null(value=False) & mine for group in SUBGROUPS)
        .select(
            "row", "source", "record_no", "seat", "damage", "outsider", *SUBGROUPS,
            person_id=pl.when(mine).then(pl.col("pid").cast(pl.String)),
        )
        .sort(_SEATED)
    )  # fmt: skip


def _groups(city: Path, persons: pl.DataFrame, night: date) -> pl.DataFrame:
    """Subgroups of people by what is true of them."""
    registry = pl.read_parquet(
        city / "truth" / "canonical" / f"{REGISTRY}.parquet", columns=["pid", "hukou_type"]
    )
    rural = registry.filter(pl.col("hukou_type") == "rural")["pid"]
    born = pl.col("birth_date").dt.offset_by("80y")
    return persons.select(
        "pid", "outsider", dotted_name=pl.col("name").str.contains("·", literal=True),
        rural=pl.col("pid").is_in(rural.implode()), over_80=born <= night, two_characters=pl.col("name").str.len_chars() == 2,
    )  # fmt: skip
