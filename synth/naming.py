"""Names and numbers of everybody: residents, planted people, people from elsewhere.

Here: people from elsewhere, some with a resident's name and birth date or a number beside a resident's; the
one pass that names and numbers all people; numbers given out twice; former names. Not here: who the
residents are (population.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from synth import name_lists, names
from synth.numbers import id_numbers
from synth.places import COUNTY, ELSEWHERE
from synth.streams import Streams, chance, pick
from synth.templates import TEMPLATES

if TYPE_CHECKING:
    from synth.streams import Ints

OUTSIDERS = 0.07
"""People from elsewhere who stand in departments' rows, a resident."""

PEOPLE = {
    "pid": pl.Int64, "hh": pl.Int64, "shape": pl.Int64, "relation": pl.String, "male": pl.Boolean,
    "birth": pl.Date, "registered_birth": pl.Date, "marital": pl.Int64, "urban": pl.Boolean, "ethnicity": pl.String,
    "division_code": pl.String, "address": pl.String, "household_no": pl.String, "phone": pl.String,
    "place": pl.Int64, "name_of": pl.Int64, "number_of": pl.Int64, "plant": pl.Int64, "outsider": pl.Boolean,
    "in_registry": pl.Boolean, "status": pl.String, "status_date": pl.Date, "died": pl.Date,
}  # fmt: skip
"""Columns of everybody before names and numbers; `name_of`, `number_of`: whose name and registered number he has."""


def outsiders(streams: Streams, residents: pl.DataFrame, first_pid: int) -> pl.DataFrame:
    """Makes the people from elsewhere; pids go on from `first_pid`."""
    rng = streams.of("outsiders")
    size = max(6, int(residents.height * OUTSIDERS))
    twin = residents[rng.integers(0, residents.height, size)]
    kind = pick(rng, (0.7, 0.15, 0.15), size)
    near, namesake = kind == 1, kind == 2
    place = np.where(
        chance(rng, 0.25, size), COUNTY, np.array(ELSEWHERE)[rng.integers(0, len(ELSEWHERE), size)]
    )
    place = np.where(near, twin["place"].to_numpy(), place)
    place = np.where(namesake & (place == COUNTY), ELSEWHERE[0], place)
    alive = twin["birth"].dt.year() < 2004
    birth = pl.Series(rng.integers(-11_000, 11_500, size)).cast(pl.Int32).cast(pl.Date)
    copied = pl.Series(near | namesake)
    male = np.where(near | namesake, twin["male"].to_numpy(), rng.random(size) < 0.5)
    none = pl.Series([None], dtype=pl.Int64).new_from_index(0, size)
    return pl.DataFrame(
        {
            "pid": first_pid + np.arange(size),
            "male": male,
            "birth": twin["birth"].zip_with(copied & alive, birth),
            "ethnicity": pl.Series(["汉族"]).new_from_index(0, size),
            "place": place,
            "name_of": twin["pid"].zip_with(pl.Series(namesake), none),
        }
    ).with_columns(
        relation=pl.lit("90"), outsider=pl.lit(value=True), in_registry=pl.lit(value=False), plant=pl.lit(-1)
    )


def together(*parts: pl.DataFrame) -> pl.DataFrame:
    """Puts residents, planted people and people from elsewhere into one frame in order of pid."""
    whole = pl.concat(
        [p.select(pl.col(c) for c in PEOPLE if c in p.columns) for p in parts], how="diagonal_relaxed"
    )
    missing = [pl.lit(None, kind).alias(c) for c, kind in PEOPLE.items() if c not in whole.columns]
    return whole.with_columns(missing).select(pl.col(c).cast(kind) for c, kind in PEOPLE.items()).sort("pid")


def _families(people: pl.DataFrame) -> tuple[Ints, np.ndarray]:
    """Whose surname everybody may share, and who does."""
    hh = (
        people["hh"].to_numpy(allow_copy=True)
        if not people["hh"].null_count()
        else people["hh"].fill_null(-1).to_numpy()
    )
    own = int(hh.max(initial=0)) + 1 + np.arange(people.height)
    couple = np.array([*(t.couple for t in TEMPLATES), False])[
        people["shape"].fill_null(len(TEMPLATES)).to_numpy()
    ]
    relation, male = people["relation"].cast(pl.Int64).to_numpy(), people["male"].to_numpy()
    # Planted booklets have no shape: a head beside whom a spouse stands is one of a couple.
    couple |= people["shape"].is_null().to_numpy() & np.isin(hh, hh[relation == 10]) & (hh >= 0)
    shares = (
        np.isin(relation, (20, 30, 40))
        | (male & np.isin(relation, (1, 10, 50)))
        | ((relation == 1) & ~couple)
    )
    return np.where(hh >= 0, hh, own), shares


def name_everybody(streams: Streams, people: pl.DataFrame, second: Ints) -> pl.DataFrame:
    """Adds name, former_name, id_number, id_number_registered and second_number.

    Numbers are all different; `id_number_registered` is another person's for the few whose number the police
    gave out twice, `second_number` a second number of the people at the positions `second`.
    """
    rng = streams.of("names")
    family, shares = _families(people)
    dotted = (people["ethnicity"] == name_lists.ETHNICITIES[1][0]).to_numpy()
    male, years = people["male"].to_numpy(), people["birth"].dt.year().to_numpy().astype(np.int64)
    name = names.full_names(
        rng, family=family, shares_family_name=shares, birth_year=years, male=male, is_dotted=dotted
    )
    # A namesake's own namesake would need a second pass: the pairs are disjoint by construction.
    source = people["name_of"].fill_null(people["pid"]).to_numpy()
    name = name.gather(source)
    renamed = pl.Series(chance(rng, 0.012, people.height) & ~dotted)
    former = name.str.head(1) + names.given_names(rng, years, male)
    count = people.height
    twice = np.concatenate([np.arange(count), second])
    numbers = id_numbers(
        people["place"].to_numpy()[twice],
        people["birth"].cast(pl.Int64).to_numpy()[twice],
        male[twice],
        streams.seed,
    )
    nobody = pl.Series([None], dtype=pl.String).new_from_index(0, count)
    return people.with_columns(
        name=name,
        former_name=former.zip_with(renamed & ~people["outsider"], nobody),
        id_number=numbers[:count],
        id_number_registered=numbers.gather(people["number_of"].fill_null(people["pid"])),
        second_number=nobody.scatter(second, numbers[count:]),
    )
