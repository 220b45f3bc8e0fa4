"""Two departments as badly kept as the worst that were met, as frames: a bank's customers, a land registry's owners.

Here belongs how such rows are drawn from the people of a made city and spoilt: numbers written in a dozen ways, hidden, lost or
mistyped, names and telephones too, addresses by hand; birth dates delivered or not. Not here: the cities' own deliveries
(`cities`), linking, counting. Recipients and truth are as in `cities.Prepared`.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from benchmarks.linkage.cities import SUBGROUPS, Prepared
from benchmarks.linkage.delivered import IDENTITY
from synth.conditions import draw_conditions
from synth.damage_tables import TRADITIONAL
from synth.mangling import manglers
from synth.places import make_places
from synth.population import make_people
from synth.settle import settle
from synth.streams import Streams, chance, pick

NIGHT: Final = date(2021, 12, 31)
RESIDENTS: Final = 500_000
RECIPIENTS: Final = 100_000
ROWS: Final = {"bank": 400_000, "house": 300_000}
WRITTEN: Final = ("id_space", "id_fullwidth", "id_lower_x", "quoted", "id_15", "id_15")
"""The same number in another writing: normalising undoes it."""
SPOILT: Final = {
    "id_mask": 30, "mask_birth_shown": 10, "id_missing": 30, "other_paper": 8, "id_digit": 20, "id_transpose": 7,
    "id_month_day": 2, "id_relative": 1, "id_excel": 6,
}  # fmt: skip
HIDDEN: Final = {
    "id_mask": 45, "mask_birth_shown": 25, "id_missing": 15, "id_digit": 10, "id_transpose": 3, "id_excel": 2,
}  # fmt: skip
"""Of the variant: most of what is spoilt is hidden on purpose."""
NAMES: Final = {
    "nm_homophone": 12, "nm_lookalike": 8, "nm_trad": 10, "nm_star": 8, "nm_space": 8, "nm_pinyin": 4, "nm_swap": 2, "nm_dot": 3,
    "nm_former": 3, "nm_missing": 2,
}  # fmt: skip


@dataclass(frozen=True)
class Kept:
    """How a department keeps its rows: shares of rows whose number is written otherwise, spoilt, whose name is."""

    written: float
    spoilt: float
    named: float


KEPT: Final = {
    ("bank", "base"): Kept(0.07, 0.08, 0.05),
    ("house", "base"): Kept(0.17, 0.17, 0.07),
    ("bank", "hard"): Kept(0.12, 0.21, 0.10),
    ("house", "hard"): Kept(0.17, 0.27, 0.12),
    ("bank", "variant"): Kept(0.04, 0.15, 0.12),
    ("house", "variant"): Kept(0.10, 0.22, 0.15),
}
LEVELS: Final = ("base", "hard", "variant")


def prepare_departments(out: Path, seed: int, level: str, *, birth_dates: bool) -> Prepared:
    """Make the frames in ``out``, unless they are there."""
    frames = Prepared(out)
    if frames.truth.exists():
        return frames
    out.mkdir(parents=True, exist_ok=True)
    streams = Streams(seed)
    everybody = _everybody(streams)
    rng = streams.of("departments")
    residents = everybody.filter(~pl.col("outsider") & pl.col("in_registry"))
    chosen = residents["hh"].unique().sort().shuffle(seed=seed)
    mine = residents.filter(
        pl.col("hh").is_in(chosen.head(int(len(chosen) * RECIPIENTS / len(residents))).implode())
    )
    rows = pl.concat(_rows(rng, source, everybody, level, birth_dates=birth_dates) for source in ROWS)
    rows = rows.with_columns(
        person_id=pl.when(pl.col("pid").is_in(mine["pid"].implode())).then(pl.col("pid").cast(pl.String))
    )
    identities = rows.select("source", *IDENTITY).unique().sort(pl.all()).with_row_index("row")
    truth = rows.join(identities, on=["source", *IDENTITY], nulls_equal=True, how="left").select(
        "row", "source", pl.int_range(pl.len()).cast(pl.String).alias("record_no"), pl.lit(None, pl.String).alias("seat"),
        "damage", "outsider", *(pl.lit(value=False).alias(group) for group in SUBGROUPS), "person_id",
    )  # fmt: skip
    _people(rng, mine).write_parquet(frames.people)
    identities.write_parquet(frames.rows)
    truth.write_parquet(frames.truth)
    return frames


def _everybody(streams: Streams) -> pl.DataFrame:
    places = make_places(RESIDENTS)
    people = make_people(streams, places, RESIDENTS, NIGHT)
    conditions = draw_conditions(streams, people, NIGHT)
    return settle(streams, places, people, conditions, NIGHT, 0, damaged=True)[1]


def _people(rng: np.random.Generator, people: pl.DataFrame) -> pl.DataFrame:
    known = pl.Series(chance(rng, 0.7, people.height))
    return people.select(
        pl.col("pid").cast(pl.String).alias("person_id"), pl.col("id_number_registered").alias("id_number_raw"),
        "name", "former_name",
        pl.when("male").then(pl.lit("male")).otherwise(pl.lit("female")).alias("sex"), pl.col("birth").alias("birth_date"),
        pl.when(known).then("phone").alias("phone"), "address", "division_code", "household_no",
    )  # fmt: skip


def _rows(
    rng: np.random.Generator, source: str, everybody: pl.DataFrame, level: str, *, birth_dates: bool
) -> pl.DataFrame:
    at = rng.integers(0, everybody.height, ROWS[source])
    d = everybody[at]
    mates = everybody.select(
        pl.when(pl.col("hh") == pl.col("hh").shift(-1)).then(pl.col("id_number").shift(-1)).alias("mate")
    )["mate"].gather(at)
    d = d.select(
        "pid",
        "outsider",
        "birth",
        "phone",
        "address",
        "former_name",
        pl.col("male"),
        number="id_number_registered",
        name="name",
    ).with_columns(mate=mates, row=pl.int_range(pl.len()))
    kept = KEPT[source, level]
    d = _spoilt(rng, d, kept.named, NAMES, "name_damage")
    d = _spoilt(rng, d, kept.spoilt, HIDDEN if level == "variant" else SPOILT, "number_damage")
    d = _written(rng, d, kept.written)
    nothing = pl.lit(None, pl.String)
    born = _birth_dates(rng, d) if birth_dates else pl.lit(None, pl.Date)
    return d.select(
        "pid", "outsider",
        pl.concat_str(["number_damage", "name_damage"], separator="+", ignore_nulls=True).replace("", "none").alias("damage"),
        pl.lit(source).alias("source"), pl.col("number").alias("id_number_raw"), "name",
        (_telephones(rng, d) if source == "bank" else nothing).alias("phone"),
        (_addresses(rng, d) if source == "house" else nothing).alias("address"),
        *(nothing.alias(c) for c in ("division_code", "certificate_no", "partner_id_number_raw", "partner_name")),
        born.cast(pl.String).alias("birth_date"),
        pl.when(birth_dates).then(pl.when("male").then(pl.lit("male")).otherwise(pl.lit("female"))).alias("sex"),
    )  # fmt: skip


def _spoilt(
    rng: np.random.Generator, d: pl.DataFrame, share: float, kinds: dict[str, int], told: str
) -> pl.DataFrame:
    """Mangle a share of the rows, each in one way."""
    kind = pl.Series(list(kinds)).gather(pick(rng, list(kinds.values()), d.height))
    d = d.with_columns(pl.when(pl.Series(chance(rng, share, d.height))).then(kind).alias(told))
    parts = [d.filter(pl.col(told).is_null())]
    number = pl.col("number")
    own = {
        "mask_birth_shown": number.str.head(14) + "****",
        "other_paper": pl.concat_str(pl.lit("E"), number.str.slice(9, 8)),
    }
    for name in kinds:
        part = d.filter(pl.col(told) == name)
        if part.is_empty():
            continue
        after = part.with_columns(number=own[name]) if name in own else manglers()[name](part, rng)
        same = after["number"].eq_missing(part["number"]) & after["name"].eq_missing(part["name"])
        parts.append(after.with_columns(pl.when(~same).then(told).alias(told)))
    return pl.concat(parts).sort("row")


def _written(rng: np.random.Generator, d: pl.DataFrame, share: float) -> pl.DataFrame:
    way = pl.Series(WRITTEN).gather(rng.integers(0, len(WRITTEN), d.height))
    d = d.with_columns(
        way=pl.when(pl.Series(chance(rng, share, d.height)) & pl.col("number_damage").is_null()).then(way)
    )
    parts = [d.filter(pl.col("way").is_null())]
    for name in dict.fromkeys(WRITTEN):
        part = d.filter(pl.col("way") == name)
        parts.append(
            part.with_columns(number="'" + pl.col("number"))
            if name == "quoted"
            else manglers()[name](part, rng)
        )
    return pl.concat(parts).sort("row")


def _birth_dates(rng: np.random.Generator, d: pl.DataFrame) -> pl.Expr:
    """One in twenty missing, one in a hundred the first of January, one in sixty a day or a month off."""
    how = pl.lit(pl.Series(rng.random(d.height)))
    birth = pl.col("birth")
    return (
        pl.when(how < 0.05).then(None)
        .when(how < 0.06).then(pl.date(birth.dt.year(), 1, 1))
        .when(how < 0.07).then(birth.dt.offset_by("10d"))
        .when(how < 0.076).then(birth.dt.offset_by("1y"))
        .otherwise(birth)
    )  # fmt: skip


def _telephones(rng: np.random.Generator, d: pl.DataFrame) -> pl.Expr:
    """Three in ten missing, a quarter another one (seldom somebody else's), some written otherwise."""
    how, phone = pl.lit(pl.Series(rng.random(d.height))), pl.col("phone")
    other = d["phone"].shuffle(seed=int(rng.integers(1 << 30)))
    fresh = pl.lit(pl.Series(rng.integers(10**7, 10**8, d.height)).cast(pl.String))
    return (
        pl.when(how < 0.3).then(None)
        .when(how < 0.32).then(pl.lit(other))
        .when(how < 0.55).then(phone.str.head(3) + fresh)
        .when(how < 0.58).then(pl.concat_str(pl.lit("+86 "), phone.str.head(3), pl.lit("-"), phone.str.slice(3)))
        .otherwise(phone)
    )  # fmt: skip


def _addresses(rng: np.random.Generator, d: pl.DataFrame) -> pl.Expr:
    """A quarter elsewhere or missing, the others written by hand."""
    how, other = (
        pl.lit(pl.Series(rng.random(d.height))),
        d["address"].shuffle(seed=int(rng.integers(1 << 30))),
    )
    way = pl.lit(pl.Series(rng.random(d.height)))
    address = pl.col("address")
    short = address.str.replace(r"^(江苏省南通市)?如皋市", "")
    hand = (
        pl.when(way < 0.25).then(short)
        .when(way < 0.4).then(short.str.replace("组", "队"))
        .when(way < 0.5).then(address.str.replace("幢", "号楼").str.replace("室", ""))
        .when(way < 0.6).then(address.str.replace_many(list(TRADITIONAL), list(TRADITIONAL.values())))
        .when(way < 0.7).then(address.str.replace(r"\d+号$", ""))
        .otherwise(address)
    )  # fmt: skip
    return pl.when(how < 0.1).then(None).when(how < 0.25).then(pl.lit(other)).otherwise(hand)
