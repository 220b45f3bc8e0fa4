"""All sources of a city as frames: the clean base's rows and the planted ones.

Here: which module makes which source, and what planted rows take from their people. Not here: how a row is
made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from synth import assets, care, civil, health, income, money, roll
from synth.layout import SOURCES
from synth.plants import Book, planted_rows, source_schema

if TYPE_CHECKING:
    from collections.abc import Callable

    from synth.scene import Scene

MAKERS: dict[str, Callable[[Scene], pl.DataFrame]] = {
    "assistance_roll": lambda s: roll.base_roll(s.streams, s.people, s.c, s.night),
    "tax_income": income.tax_income,
    "real_estate": assets.real_estate,
    "bank_accounts": money.bank_accounts,
    "medical_settlements": health.medical_settlements,
    "vehicles": assets.vehicles,
    "business_registrations": assets.business_registrations,
    "social_insurance": income.social_insurance,
    "public_payroll": income.public_payroll,
    "deaths": civil.deaths,
    "disability_certificates": health.disability_certificates,
    "students": health.students,
    "financial_products": money.financial_products,
    "inmates": civil.inmates,
    "poverty_monitoring": care.poverty_monitoring,
    "marriages": civil.marriages,
    "children_care": care.children_care,
}


def fitted(source: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Gives a frame all columns of its source, in order and type."""
    schema = source_schema(source)
    default = {"second": pl.lit(value=False), "hurt": pl.lit(None, pl.String)}
    missing = [default.get(c, pl.lit(None, t)).alias(c) for c, t in schema.items() if c not in frame.columns]
    return frame.with_columns(missing).select(pl.col(c).cast(t) for c, t in schema.items())


def _completed(source: str, rows: pl.DataFrame, everybody: pl.DataFrame) -> pl.DataFrame:
    """Fills what planted rows leave open from the people they name."""
    person = everybody[rows["pid"]] if rows.height else everybody.clear()
    fill = {"assistance_roll": ["phone", "address", "division_code"], "real_estate": ["division_code"]}
    return rows.with_columns(pl.col(c).fill_null(person[c]) for c in fill.get(source, []))


def _registered(scene: Scene, everybody: pl.DataFrame, book: Book) -> pl.DataFrame:
    """Registry rows of planted people; undamaged, for people's findings hang on them."""
    planted = everybody[scene.people.height : scene.people.height + len(book.people)].filter(
        pl.col("in_registry")
    )
    rows = planted.select("pid", pl.col("plant").cast(pl.Int32), **civil.registry_columns())
    return rows.with_columns(key=pl.lit(value=False), hurt=pl.lit(None, pl.String), firm=pl.lit(value=True))


LENT = ("real_estate", "medical_settlements", "vehicles", "social_insurance")
"""Sources where a few people from elsewhere stand with a resident's number."""


def _lent(scene: Scene, source: str, base: pl.DataFrame) -> pl.DataFrame:
    """Gives a few rows of people from elsewhere the number of a resident of the base, on no case."""
    rng = scene.rng(f"lent:{source}")
    theirs = np.flatnonzero(base["pid"].to_numpy() >= scene.people.height)
    rows = rng.permutation(theirs)[: max(1, scene.people.height // 4000)]
    plain = np.flatnonzero((scene.c.case == 0) & ~scene.c.held & ~scene.c.twice & scene.c.present)
    number = np.full(base.height, -1)
    number[rows] = rng.choice(plain, len(rows), replace=False)
    mine = pl.Series(number >= 0)
    return base.with_columns(
        number_of=pl.when(mine).then(pl.Series(number)),
        hurt=pl.when(mine).then(pl.lit("stranger_with_resident_number")).otherwise("hurt"),
    )


def frames(scene: Scene, everybody: pl.DataFrame, book: Book) -> dict[str, pl.DataFrame]:
    """Makes every source's frame, in the order of layout.SOURCES."""
    out = {}
    for source in SOURCES:
        if source == "household_registry":
            base, planted = civil.household_registry(scene, everybody), _registered(scene, everybody, book)
        else:
            base, planted = MAKERS[source](scene), _completed(source, planted_rows(book, source), everybody)
            base = _lent(scene, source, base) if source in LENT else base
        out[source] = pl.concat([fitted(source, base), fitted(source, planted)])
    return out


def hosts(scene: Scene) -> pl.Series:
    """Residents registered twice and their second booklets' people."""
    same, second, where = civil.registry_doubles(scene)
    pids = pl.concat([pl.Series(x).cast(pl.Int64) for x in (same, second, where)])
    booklets = scene.people["hh"].gather(pids).implode()
    return scene.people.filter(pl.col("hh").is_in(booklets))["pid"]
