"""Entries of the spine: every (number, name, address, ...) under which a person is known, ready to compare.

A person has one entry a registry row and name (former names included), and one for a roll row that
founded or corrected him. Keys and shares that blocking and comparisons use are made here, once a night.
"""

import polars as pl

from matching import normalise
from matching.frequencies import Frequencies

ATTRIBUTES = ("name_key", "latin", "unknown", "surname", "given", "pinyin", "pinyin_turned")


def prepared(frame: pl.DataFrame) -> pl.DataFrame:
    """Normalises ``id_number_raw``, ``name``, ``address``, ``phone``, ``division_code`` of any frame.

    Adds the columns of ``normalise.*`` (``birth_date`` and ``sex`` of the number as ``number_birth_date``
    and ``number_sex``), ``paper`` where there is no number, and ``last4``, ``first6``, ``first4`` where they are visible.
    """
    texts = ("id_number_raw", "name", "address", "phone", "division_code")
    frame = frame.with_columns(pl.col(texts).cast(pl.String))
    if "id_class" not in frame.columns:  # numbers are read before all else where most rows need nothing else
        frame = frame.drop("id_number", "masked_number", strict=False).hstack(
            read_numbers(frame["id_number_raw"])
        )
    out = frame.hstack([*normalise.names(frame["name"]), *normalise.addresses(frame["address"])])
    shown = pl.coalesce("id_number", "masked_number")
    return out.with_columns(
        valid=pl.col("id_class") == "valid",
        paper=_papers(out),
        last4=pl.when(shown.str.contains("[0-9]{3}[0-9X]$")).then(shown.str.tail(4)),
        first6=pl.col("division6"),
        first4=pl.when(shown.str.contains("^[0-9]{4}")).then(shown.str.head(4)),
        phone=normalise.telephones(frame["phone"]),
        division_code=pl.when(pl.col("division_code").str.contains("^[0-9]{12}$")).then("division_code"),
    )


def _papers(rows: pl.DataFrame) -> pl.Series:
    """What stands in the place of a number, of the few rows that have none."""
    nothing = pl.Series([None], dtype=pl.String).new_from_index(0, len(rows))
    without = (
        rows["id_number"].is_null() & rows["masked_number"].is_null() & rows["id_number_raw"].is_not_null()
    )
    at = without.arg_true()
    return nothing.scatter(at, normalise.papers(rows["id_number_raw"].gather(at))) if len(at) else nothing


def read_numbers(raw: pl.Series) -> pl.DataFrame:
    """Columns of ``normalise.identity_numbers``, what they show of birth and sex as ``number_birth_date``, ``number_sex``."""
    return normalise.identity_numbers(raw).rename({"birth_date": "number_birth_date", "sex": "number_sex"})


def with_shares(entries: pl.DataFrame, common: Frequencies, floor: float) -> pl.DataFrame:
    """Adds what term-frequency adjustment needs: shares of the entry's name, number parts, telephone, door.

    Names, surnames and number parts by the pinned frequencies; a whole name, its sound, a telephone, a door by the
    people of the entries themselves.
    """
    entries = common.of(entries, floor).with_columns(serial=pl.col("last4").str.head(3))
    for kind in ("surname", "first6", "first4", "serial"):
        entries = common.joined(entries, kind)
    for column in ("name_key", "pinyin", "phone", "door_key"):
        # A person has several entries; people are counted.
        count = entries.select(column, "person_id").unique().group_by(column).agg(_n=pl.len())
        share = pl.when(pl.col(column).is_not_null()).then(pl.col("_n") / common.people)
        entries = entries.join(count, on=column, how="left", maintain_order="left")
        entries = entries.with_columns(share.alias(f"share_{column}")).drop("_n")
    # One bearer is the person himself: only the others say how common the name is.
    others = pl.col("share_name_key") - 1 / common.people
    return entries.with_columns(
        share_name=pl.max_horizontal("share_delivered_name", others).fill_null(1.0),
        share_sound=(pl.col("share_pinyin") - 1 / common.people).clip(0.5 / common.people, 1.0),
        share_door=pl.col("share_door_key"),
    ).drop("share_delivered_name", "share_name_key", "share_pinyin", "share_door_key", "serial")
