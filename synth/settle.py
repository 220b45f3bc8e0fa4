"""Everybody of a city in one frame: residents with what befell them, planted people, people from elsewhere.

Here: joining the three and naming them. Not here: drawing them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from synth.civil import registry_doubles
from synth.frames import days
from synth.naming import name_everybody, outsiders, together
from synth.places import Places, addresses, phones
from synth.plants import Book, grow, planted_people
from synth.scene import Scene

if TYPE_CHECKING:
    from datetime import date

    from synth.conditions import Conditions
    from synth.streams import Streams


def _befallen(people: pl.DataFrame, c: Conditions) -> pl.DataFrame:
    """Residents with registry status and date of death."""
    status = pl.Series(["normal", "moved_out", "death_cancelled"])
    gone = np.where(c.cancelled, 2, np.where(c.moved > 0, 1, 0))
    return people.with_columns(
        status=status.gather(gone),
        status_date=days(np.where(c.cancelled, c.died + 20, c.moved)),
        died=days(c.died),
        plant=pl.lit(-1, pl.Int64),
        outsider=pl.lit(value=False),
        in_registry=pl.lit(value=True),
    )


def _housed(streams: Streams, places: Places, book: Book, booklets: int) -> pl.DataFrame:
    """Planted people with addresses, one a booklet, and telephones."""
    people = planted_people(book)
    rng = streams.of("plants:addresses")
    urban = np.zeros(book.booklets + 1, dtype=bool)
    urban[people.filter("urban")["hh"].drop_nulls().to_numpy()] = True
    division, address = addresses(rng, places, urban)
    at = people["hh"].fill_null(0)
    return people.with_columns(
        division_code=division.gather(at),
        address=address.gather(at),
        phone=phones(people["pid"].to_numpy(), streams.seed),
        hh=pl.col("hh") + booklets,
    )


def settle(
    streams: Streams,
    places: Places,
    people: pl.DataFrame,
    c: Conditions,
    night: date,
    copies: int,
    *,
    damaged: bool,
) -> tuple[Scene, pl.DataFrame, Book]:
    """Makes everybody.

    Returns:
        The clean base, everybody with names and numbers in order of pid, the planted things.
    """
    residents = _befallen(people, c)
    book = grow(night, people.height, copies, damaged=damaged)
    parts = [residents]
    if book.people:
        parts.append(_housed(streams, places, book, int(people["hh"].to_numpy().max()) + 1))
    elsewhere = outsiders(streams, people, sum(p.height for p in parts))
    everybody = together(*parts, elsewhere)
    on_case = pl.Series(np.flatnonzero(c.case > 0)).implode()
    shadows = elsewhere.filter(pl.col("name_of").is_in(on_case))["pid"].to_numpy()
    scene = Scene(streams, night, residents, c, elsewhere["pid"].to_numpy(), shadows)
    return scene, name_everybody(streams, everybody, registry_doubles(scene)[1]), book
