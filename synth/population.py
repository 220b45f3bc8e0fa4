"""The people of a made city, before they have names and numbers.

Here: booklets drawn from the shapes, ages, sexes, marital status, hukou, addresses, telephones, twins, people
who moved out. Not here: who is poor, ill or dead (conditions.py), names and numbers (naming.py).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from synth import name_lists
from synth.places import COUNTY, ELSEWHERE, Places, addresses, phones
from synth.streams import Streams, chance, pick
from synth.templates import TEMPLATES, Slot, Template

if TYPE_CHECKING:
    from synth.streams import Floats, Ints

YEAR = 365.2425


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - date(1970, 1, 1).toordinal()


def _age(rng: np.random.Generator, slot: Slot, head: Floats, parent: Floats) -> Floats:
    size = len(head)
    if slot.age == "head":
        return slot.low + (slot.high - slot.low) * rng.beta(1.2, 1.35, size)
    if slot.age == "spouse":
        return np.clip(head + rng.normal(-1.2, 2.4, size), 21.0, 97.0)
    if slot.age == "parent":
        return np.clip(head + rng.uniform(slot.low, slot.high, size), 45.0, 98.0)
    if slot.age == "parents_spouse":
        return np.clip(parent + rng.normal(0.0, 2.0, size), 45.0, 98.0)
    return np.clip(rng.uniform(slot.low, slot.high, size), 0.02, np.maximum(slot.low + 0.02, head - 20.5))


def _marital(rng: np.random.Generator, template: Template, slot: Slot, age: Floats) -> Ints:
    """0 single, 1 married, 2 widowed, 3 divorced."""
    size, two_parents = len(age), any(s.age == "parents_spouse" for s in template.slots)
    if slot.age in ("head", "spouse") and template.couple:
        return np.ones(size, dtype=np.int64)
    if slot.age in ("parent", "parents_spouse"):
        return np.full(size, 1 if two_parents else 2, dtype=np.int64)
    if slot.age == "child":
        return np.zeros(size, dtype=np.int64)
    alone = np.where(age < 30, 0, np.array([0, 2, 3, 3])[rng.integers(0, 4, size)])
    shares = np.where(rng.random(size) < 0.86, 2, np.where(rng.random(size) < 0.5, 0, 3))
    with_family = np.array([2, 3, 3])[rng.integers(0, 3, size)]
    if len(template.slots) > 1:
        return with_family
    chosen: Ints = np.where(age >= 60, shares, alone)
    return chosen


def _booklets(rng: np.random.Generator, template: Template, size: int) -> list[dict[str, np.ndarray]]:
    """Draws `size` booklets of one shape: a dict of columns for each slot."""
    head_age, parent_age, columns = np.zeros(size), np.zeros(size), []
    male_head = chance(rng, 0.72 if template.couple else 0.5, size)
    parent_male = chance(rng, 0.4, size)
    for slot in template.slots:
        age = _age(rng, slot, head_age, parent_age)
        head_age = age if slot.age == "head" else head_age
        parent_age = age if slot.age == "parent" else parent_age
        male = {
            "head": male_head,
            "spouse": ~male_head,
            "parent": parent_male,
            "parents_spouse": ~parent_male,
            "child": chance(rng, 0.52, size),
        }[slot.age]
        relation = np.full(size, int(slot.relation), dtype=np.int64)
        relation[(relation == 20) & ~male] = 30
        marital = _marital(rng, template, slot, age)
        columns.append({"relation": relation, "age": age, "male": male, "marital": marital})
    return columns


def _draw(rng: np.random.Generator, residents: int) -> dict[str, np.ndarray]:
    """Draws booklets until they hold at least `residents` people, and puts them in random order."""
    shares = [t.share for t in TEMPLATES]
    per_booklet = sum(t.share * len(t.slots) for t in TEMPLATES) / sum(shares)
    shape = pick(rng, shares, int(residents / per_booklet * 1.02) + 12)
    sizes = np.array([len(t.slots) for t in TEMPLATES])[shape]
    shape = shape[: int(np.searchsorted(np.cumsum(sizes), residents)) + 1]
    parts: list[dict[str, np.ndarray]] = []
    for number, template in enumerate(TEMPLATES):
        mine = np.flatnonzero(shape == number)
        for place, slot in enumerate(_booklets(rng, template, len(mine))):
            parts.append({**slot, "hh": mine, "place": np.full(len(mine), place), "shape": shape[mine]})
    whole = {key: np.concatenate([p[key] for p in parts]) for key in parts[0]}
    order = np.lexsort((whole["place"], whole["hh"]))
    return {key: values[order] for key, values in whole.items()}


def _twins(rng: np.random.Generator, drawn: dict[str, np.ndarray], birth: Ints) -> Ints:
    """Gives a few second children their elder's birth date."""
    later = np.flatnonzero(
        (drawn["hh"][1:] == drawn["hh"][:-1])
        & np.isin(drawn["relation"][1:], (20, 30))
        & np.isin(drawn["relation"][:-1], (20, 30))
    )
    chosen = later[chance(rng, 0.05, len(later))] + 1
    birth[chosen] = birth[chosen - 1]
    return birth


def _doubles(
    rng: np.random.Generator, drawn: dict[str, np.ndarray], birth: Ints, place: Ints
) -> tuple[Ints, Ints]:
    """Pairs people of one sex and nearly one age: namesakes born on one day, and numbers given out twice.

    Wives and people who live alone: their surname is their own. Nobody of 70 or more shares a number: two
    allowances on one number would be a finding of its own. Changes `birth` and `place` of the second.
    """
    alone = np.array([len(t.slots) == 1 for t in TEMPLATES])[drawn["shape"]]
    free = np.flatnonzero(((drawn["relation"] == 10) & ~drawn["male"]) | alone)
    free = free[np.lexsort((birth[free], drawn["male"][free]))]
    first, second = free[:-1:2], free[1::2]
    close = (drawn["male"][first] == drawn["male"][second]) & (np.abs(birth[first] - birth[second]) < 60)
    pairs = rng.permutation(np.flatnonzero(close))
    names = max(1, len(birth) // 400)
    young = np.flatnonzero(drawn["age"][second[pairs[names:]]] < 70) + names
    shared = pairs[young[: max(1, len(birth) // 6000)]]
    name_of, number_of = np.full(len(birth), -1), np.full(len(birth), -1)
    name_of[second[pairs[:names]]] = first[pairs[:names]]
    number_of[second[shared]] = first[shared]
    both = np.concatenate([pairs[:names], shared])
    birth[second[both]] = birth[first[both]]
    place[second[shared]] = place[first[shared]]
    return name_of, number_of


def make_people(streams: Streams, places: Places, residents: int, night: date) -> pl.DataFrame:
    """Makes the residents, one row each, booklets together, the head first.

    Columns: pid, hh (booklet's position), shape, relation, male, birth, marital (0 single, 1 married, 2 widowed,
    3 divorced), urban, ethnicity, division_code, address, household_no, phone, place (6 digits of the
    number), name_of (pid of a namesake born on the same day, or null), number_of (pid of somebody born there
    and then whose number was given out to him again, or null).
    """
    rng = streams.of("population")
    drawn = _draw(rng, residents)
    size, booklets = len(drawn["hh"]), int(drawn["hh"].max()) + 1
    birth = _twins(rng, drawn, day_number(night) - np.floor(drawn["age"] * YEAR).astype(np.int64))
    urban = chance(rng, 0.46, booklets)
    division, address = addresses(rng, places, urban)
    ethnicity = pick(rng, [w for _, w in name_lists.ETHNICITIES], booklets)
    hh = drawn["hh"]
    native = chance(rng, np.where(drawn["relation"] == 10, 0.82, 0.95), size)
    place = np.where(native, COUNTY, np.array(ELSEWHERE)[rng.integers(0, len(ELSEWHERE), size)])
    name_of, number_of = _doubles(rng, drawn, birth, place)
    return pl.DataFrame(
        {
            "pid": np.arange(size),
            "hh": hh,
            "shape": drawn["shape"],
            "relation": pl.Series(drawn["relation"]).cast(pl.String).str.zfill(2),
            "male": drawn["male"],
            "birth": pl.Series(birth).cast(pl.Int32).cast(pl.Date),
            "marital": drawn["marital"],
            "urban": urban[hh],
            "ethnicity": pl.Series([e for e, _ in name_lists.ETHNICITIES]).gather(ethnicity[hh]),
            "division_code": division.gather(hh),
            "address": address.gather(hh),
            "household_no": f"{COUNTY}" + pl.Series(hh).cast(pl.String).str.zfill(8),
            "phone": phones(np.arange(size), streams.seed),
            "place": place,
            "name_of": pl.Series(name_of).replace(-1, None),
            "number_of": pl.Series(number_of).replace(-1, None),
        }
    )
