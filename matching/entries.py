"""Entries of the spine: every (number, name, address, ...) under which a person is known, ready to compare.

A person has one entry a registry row and name (former names included), and one for a roll row that
founded or corrected him. Keys and shares that blocking and comparisons use are made here, once a night.
"""

from dataclasses import dataclass

import polars as pl

from matching import normalise
from matching.model import Model

ATTRIBUTES = ("name_key", "latin", "unknown", "surname", "given", "pinyin", "pinyin_turned")


@dataclass(frozen=True)
class Frequencies:
    """How common names are on the spine: shares of surnames and of given names."""

    surname: pl.DataFrame
    given: pl.DataFrame
    people: int
    floor: float

    def of(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Adds ``share_delivered_name``: the chance that somebody bears the name, by its two parts."""
        unseen = 0.5 / max(self.people, 1)
        return (
            frame.join(self.surname, on="surname", how="left", maintain_order="left")
            .join(self.given, on="given", how="left", maintain_order="left")
            .with_columns(
                share_delivered_name=(
                    pl.col("surname_share").fill_null(unseen) * pl.col("given_share").fill_null(unseen)
                ).clip(self.floor, 1.0)
            )
            .drop("surname_share", "given_share")
        )


def frequencies(entries: pl.DataFrame, model: Model) -> Frequencies:
    """Counts names over people; entries with unknown characters or letters teach nothing."""
    bearers = (
        entries.filter(pl.col("name_key").is_not_null() & ~pl.col("unknown") & ~pl.col("latin"))
        .select("person_id", "surname", "given")
        .unique()
    )
    people = max(entries["person_id"].n_unique(), 1)
    surname = bearers.group_by("surname").agg(surname_share=pl.len() / people).sort("surname")
    given = bearers.group_by("given").agg(given_share=pl.len() / people).sort("given")
    return Frequencies(surname, given, people, model.name_floor)


def prepared(frame: pl.DataFrame) -> pl.DataFrame:
    """Normalises ``id_number_raw``, ``name``, ``address``, ``phone``, ``division_code`` of any frame.

    Adds the columns of ``normalise.*`` (``birth_date`` and ``sex`` of the number as ``number_birth_date``
    and ``number_sex``) and ``last4``, ``first6``, ``first4`` where they are visible.
    """
    texts = ("id_number_raw", "name", "address", "phone", "division_code")
    frame = frame.with_columns(pl.col(texts).cast(pl.String))
    numbers = normalise.identity_numbers(frame["id_number_raw"]).rename(
        {"birth_date": "number_birth_date", "sex": "number_sex"}
    )
    places = normalise.addresses(frame["address"])
    out = frame.drop("id_number", "masked_number", "id_class", strict=False).hstack(
        [*numbers, *normalise.names(frame["name"]), *places]
    )
    shown = pl.coalesce("id_number", "masked_number")
    return out.with_columns(
        valid=pl.col("id_class") == "valid",
        last4=pl.when(shown.str.contains("[0-9]{3}[0-9X]$")).then(shown.str.tail(4)),
        first6=pl.col("division6"),
        first4=pl.when(shown.str.contains("^[0-9]{4}")).then(shown.str.head(4)),
        phone=pl.col("phone").str.replace_all("[^0-9]", "").str.extract("([0-9]{7,11})$", 1),
        division_code=pl.when(pl.col("division_code").str.contains("^[0-9]{12}$")).then("division_code"),
    )


def with_shares(entries: pl.DataFrame, names: Frequencies) -> pl.DataFrame:
    """Adds what term-frequency adjustment needs: shares of the entry's name, number parts, phone, door."""
    people = names.people
    entries = names.of(entries).rename({"share_delivered_name": "share_name"})

    for column in ("name_key", "first6", "first4", "phone", "door_key", "surname"):
        count = entries.group_by(column).agg(_n=pl.len())
        share = pl.when(pl.col(column).is_not_null()).then(pl.col("_n") / people)
        entries = entries.join(count, on=column, how="left", maintain_order="left")
        entries = entries.with_columns(share.alias(f"share_{column}")).drop("_n")
    serial = pl.col("last4").str.head(3)
    counts = entries.select(serial=serial).group_by("serial").agg(_n=pl.len())
    entries = entries.with_columns(serial=serial).join(counts, on="serial", how="left", maintain_order="left")
    # One bearer is the person himself: only the others say how common the name is.
    return entries.with_columns(
        share_name=pl.max_horizontal("share_name", pl.col("share_name_key") - 1 / people).fill_null(1.0),
        share_serial=(pl.col("_n") + 1) / (people + 1000),
        share_door=pl.col("share_door_key"),
    ).drop("_n", "share_name_key", "share_door_key", "serial")
