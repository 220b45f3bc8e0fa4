"""Damage of identities: which rows, of which kind, and whether a careful matcher could still tell.

Here: the draw, the mangling of the drawn rows, what of it is recoverable. Not here: the tables and the
mangling itself. Rows marked firm are left alone; rows with a kind of their own (`hurt`) keep it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from synth import damage_tables as tables
from synth import name_lists
from synth.descriptions import layouts
from synth.mangling import manglers
from synth.streams import chance, pick

if TYPE_CHECKING:
    from synth.streams import Streams

PRESET = ("registry_duplicate", "second_number", "shared_number", "stranger_with_resident_number")
"""Kinds that assemble.py has already done."""


def _drawn(rng: np.random.Generator, source: str, level: str, d: pl.DataFrame) -> pl.Series:
    """The kind that each row of a seat gets; null for none."""
    hard = level == "hard"
    rate = tables.RATES[level] * tables.SOURCE_FACTOR.get(source, 1.0)
    soft = source in ("assistance_roll", "household_registry")
    kinds = [k for k in tables.KINDS if not soft or k in tables.SOFT]
    kind = pl.Series(kinds).gather(pick(rng, [tables.KINDS[k][hard] for k in kinds], d.height))
    nothing = pl.Series([None], dtype=pl.String).new_from_index(0, d.height)
    out = kind.zip_with(pl.Series(chance(rng, rate, d.height)), nothing)
    own = {
        "nm_dot": d["name"].str.contains("·", literal=True),
        "nm_rare": d["name"].str.contains_any(list(name_lists.RARE)),
        "nm_former": d["former_name"].is_not_null(),
    }
    if level != "none" and not soft:
        for name, has in own.items():
            hit = has & pl.Series(chance(rng, tables.OWN_SHARES[name][hard], d.height))
            out = pl.Series([name]).new_from_index(0, d.height).zip_with(hit, out)
    repair = pl.Series(tables.REPAIRABLE).gather(rng.integers(0, len(tables.REPAIRABLE), d.height))
    wanted = d["hurt"]
    return (
        pl.select(
            pl.when(wanted == "repairable").then(repair)
            .when(wanted.is_not_null()).then(wanted)
            .when(d["shared"]).then(pl.lit("shared_number"))
            .when(d["firm"]).then(None)
            .otherwise(out)
        ).to_series()
    )  # fmt: skip


def _seat_frame(rows: pl.DataFrame, people: pl.DataFrame, number: str, name: str, pid: str) -> pl.DataFrame:
    """The identities of a seat with what mangling needs to know of the people."""
    whose = rows[pid]
    near = people.select(
        mate=pl.when(pl.col("hh") == pl.col("hh").shift(-1)).then(pl.col("id_number").shift(-1)).otherwise(
            pl.when(pl.col("hh") == pl.col("hh").shift(1)).then(pl.col("id_number").shift(1))
        )
    )["mate"]  # fmt: skip
    first = pid == "pid"
    nothing = pl.Series([None], dtype=pl.String).new_from_index(0, rows.height)
    return pl.DataFrame(
        {
            "row": np.arange(rows.height),
            "number": rows[f"sent_{number}"],
            "name": rows[f"sent_{name}"],
            "former_name": people["former_name"].gather(whose),
            "mate": near.gather(whose),
            "hurt": rows["hurt"] if first else nothing,
            "firm": rows["firm"],
            "shared": (people["number_of"].is_not_null()).gather(whose),
        }
    )


def _mangled(rng: np.random.Generator, d: pl.DataFrame) -> pl.DataFrame:
    """Rows with a kind, mangled; kind `none` where there was nothing to mangle."""
    parts = []
    known = manglers()
    for (kind,), part in (
        d.filter(pl.col("kind").is_not_null()).sort("kind", "row").group_by("kind", maintain_order=True)
    ):
        after = part if kind in PRESET else known[str(kind)](part, rng)
        changed = (after["number"].fill_null("") != part["number"]) | (
            after["name"].fill_null("") != part["name"]
        )
        keep = changed | pl.Series([kind in PRESET]).new_from_index(0, part.height)
        parts.append(
            after.with_columns(
                kind=pl.select(pl.when(keep).then(pl.lit(kind)).otherwise(pl.lit("none"))).to_series()
            )
        )
    return pl.concat(parts) if parts else d.clear()


def _recoverable(d: pl.DataFrame, people: pl.DataFrame) -> pl.Series:
    """Whether the evidence that is left fits nobody else."""
    taken = d["number"].is_in(people["id_number"].implode()) & d["kind"].is_in(
        ["id_digit", "id_transpose", "id_month_day"]
    )
    ends = people.select("name", head=pl.col("id_number").str.head(4), tail=pl.col("id_number").str.slice(-4))
    crowd = ends.group_by("name", "head", "tail").len("like")
    masked = d.select("name", head=pl.col("number").str.head(4), tail=pl.col("number").str.slice(-4))
    like = masked.join(crowd, on=["name", "head", "tail"], how="left", maintain_order="left")[
        "like"
    ].fill_null(0)
    hopeless = d["kind"].is_in(list(tables.UNRECOVERABLE))
    return ~(hopeless | taken | ((d["kind"] == "id_mask") & (like > 1)))


def damaged(
    streams: Streams, source: str, rows: pl.DataFrame, people: pl.DataFrame, level: str
) -> pl.DataFrame:
    """Damages the identities of a source.

    Returns the rows with `sent_` columns as delivered and, a seat, `damage`, `recoverable` and
    `number_delivered` (second seats: with a 2 behind).
    """
    for at, ((number, name, _), pid) in enumerate(
        zip(layouts()[source].seats, ("pid", "pid2"), strict=False)
    ):
        rng, end = streams.of(f"damage:{source}:{at}"), "2" if at else ""
        d = _seat_frame(rows, people, number, name, pid)
        d = d.with_columns(kind=_drawn(rng, source, level, d))
        hit = _mangled(rng, d)
        hit = hit.with_columns(recoverable=_recoverable(hit, people))
        place = hit["row"]
        kinds = pl.Series(["none"]).new_from_index(0, rows.height).scatter(place, hit["kind"])
        sure = (
            pl.Series([True])
            .new_from_index(0, rows.height)
            .scatter(place, hit["recoverable"] | (hit["kind"] == "none"))
        )
        rows = rows.with_columns(
            rows[f"sent_{number}"].scatter(place, hit["number"]),
            rows[f"sent_{name}"].scatter(place, hit["name"]),
            kinds.alias(f"damage{end}"),
            sure.alias(f"recoverable{end}"),
            (~kinds.is_in(list(tables.WITHOUT_NUMBER))).alias(f"number_delivered{end}"),
        )
    return rows
