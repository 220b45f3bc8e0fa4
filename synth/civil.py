"""Registry, deaths, marriages, custody: the rows of police, funeral homes and civil affairs.

Here: the base rows of `household_registry`, `deaths`, `marriages`, `inmates`. Not here: care lists (care.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from synth.frames import chosen, days, mark
from synth.streams import chance
from synth.templates import TEMPLATES

if TYPE_CHECKING:
    from synth.scene import Scene
    from synth.streams import Ints

MARITAL = ("single", "married", "widowed", "divorced")


def registry_doubles(scene: Scene) -> tuple[Ints, Ints, Ints]:
    """Draws who is registered twice: under his number, under a second one, and in whose booklets.

    Only people and booklets on which no determined fact of the base rests.
    """
    c, rng = scene.c, scene.rng("doubles")
    roomy = np.array([len(t.slots) >= 3 for t in TEMPLATES])[scene.people["shape"].to_numpy()]
    plain = np.flatnonzero(
        roomy
        & (c.case == 0)
        & ~c.held
        & c.present
        & ~c.custody
        & (c.age >= 18)
        & (c.age < 78)
        & (c.listed == 0)
    )
    order = rng.permutation(plain)
    same, second = max(1, len(c.age) // 1700), max(1, len(c.age) // 1100)
    return order[:same], order[same : same + second], order[same + second : 2 * (same + second)]


def registry_columns() -> dict[str, pl.Expr]:
    """The contract's columns from the columns of everybody (naming.PEOPLE)."""
    return {
        "former_name": pl.col("former_name"),
        "sex": pl.when(pl.col("male")).then(pl.lit("male")).otherwise(pl.lit("female")),
        "birth_date": pl.coalesce("registered_birth", "birth"),
        "ethnicity": pl.col("ethnicity"),
        "household_no": pl.col("household_no"),
        "relation": pl.col("relation"),
        "marital_status": pl.col("marital").replace_strict(dict(enumerate(MARITAL)), return_dtype=pl.String),
        "hukou_type": pl.when(pl.col("urban")).then(pl.lit("urban")).otherwise(pl.lit("rural")),
        "division_code": pl.col("division_code"),
        "address": pl.col("address"),
        "status": pl.col("status"),
        "status_date": pl.col("status_date"),
    }


def household_registry(scene: Scene, everybody: pl.DataFrame) -> pl.DataFrame:
    """One row a resident, and the second rows of those registered twice."""
    same, second, hosts = registry_doubles(scene)
    residents = everybody[: scene.people.height]
    rows = mark(residents.select(pl.col("pid"), **registry_columns()), firm=scene.c.held)
    extra = np.concatenate([same, second])
    where = residents[hosts[: len(extra)]].select("household_no", "division_code", "address")
    again = rows[extra].drop("household_no", "division_code", "address").hstack(where).select(rows.columns)
    kind = np.arange(len(extra)) >= len(same)
    again = again.with_columns(
        relation=pl.lit("90"), firm=pl.lit(value=True), second=pl.Series(kind),
        hurt=chosen(["registry_duplicate", "second_number"], kind.astype(np.int64)),
    )  # fmt: skip
    return pl.concat([rows.with_columns(second=pl.lit(value=False)), again.select([*rows.columns, "second"])])


def deaths(scene: Scene) -> pl.DataFrame:
    """One row a death that was told, and deaths of people from elsewhere."""
    rng, c = scene.rng("deaths"), scene.c
    dead = np.flatnonzero((c.died > 0) & c.told)
    pids = scene.with_strangers("deaths", dead, 0.14)
    day = np.concatenate([c.died[dead], scene.today - rng.integers(5, 480, len(pids) - len(dead))])
    evidence = chosen(["cremation", "medical_certificate"], rng.integers(0, 2, len(pids)))
    frame = pl.DataFrame({"pid": pids, "died_on": days(day), "evidence": evidence})
    # Where the registry does not know of the death, other findings hang on this row alone.
    alone = np.append(~c.cancelled, False)[np.minimum(pids, len(c.age))]
    return mark(frame, firm=scene.firm(pids) | alone)


def couples(scene: Scene) -> tuple[Ints, Ints]:
    """Positions of husband and wife of one booklet: head and spouse, or the head's two parents."""
    people = scene.people
    hh, relation, male = people["hh"].to_numpy(), people["relation"].to_numpy(), people["male"].to_numpy()
    beside = hh[1:] == hh[:-1]
    pair = ((relation[:-1] == "01") & (relation[1:] == "10")) | (
        (relation[:-1] == "50") & (relation[1:] == "50")
    )
    first = np.flatnonzero(beside & pair & (male[1:] != male[:-1]))
    return np.where(male[first], first, first + 1), np.where(male[first], first + 1, first)


def marriages(scene: Scene) -> pl.DataFrame:
    """Weddings of three couples in four, and divorces of the divorced from people elsewhere."""
    rng, people = scene.rng("marriages"), scene.people
    birth = people["birth"].cast(pl.Int64).to_numpy()
    husband, wife = couples(scene)
    wed = chance(rng, 0.75, len(husband))
    husband, wife = husband[wed], wife[wed]
    married = np.maximum(birth[husband], birth[wife]) + rng.integers(7600, 11_000, len(husband))
    single_again = np.flatnonzero((people["marital"].to_numpy() == 3) & chance(rng, 0.6, people.height))
    other = scene.strangers[rng.integers(0, len(scene.strangers), len(single_again))]
    male = people["male"].to_numpy()[single_again]
    left = birth[single_again] + rng.integers(9000, 12_500, len(single_again))
    day = np.concatenate([married, left])
    frame = pl.DataFrame(
        {
            "pid": np.concatenate([husband, np.where(male, single_again, other)]),
            "pid2": np.concatenate([wife, np.where(male, other, single_again)]),
            "event": chosen(["marriage", "divorce"], (np.arange(len(day)) >= len(husband)).astype(np.int64)),
            "event_date": days(np.minimum(day, scene.today - 400 - day % 300)),
        }
    )
    return mark(frame, firm=scene.firm(frame["pid"].to_numpy()) | scene.firm(frame["pid2"].to_numpy()))


def inmates(scene: Scene) -> pl.DataFrame:
    """Sentences being served, and some that are over."""
    rng, c = scene.rng("inmates"), scene.c
    inside = np.flatnonzero(c.custody)
    able = np.flatnonzero((c.age > 22) & (c.age < 60) & c.present & ~c.custody)
    before = rng.choice(able, max(1, len(c.age) // 1500), replace=False)
    pids = scene.with_strangers("inmates", np.concatenate([inside, before]), 0.4)
    size = len(pids)
    start = scene.today - rng.integers(60, 1400, size)
    end = scene.today + rng.integers(90, 1800, size)
    over = np.isin(np.arange(size), np.arange(len(inside), len(inside) + len(before)))
    start, end = (
        np.where(over, start - 2000, start),
        np.where(over, scene.today - rng.integers(200, 600, size), end),
    )
    frame = pl.DataFrame(
        {
            "pid": pids,
            "from_date": days(start),
            "to_date": days(end),
            "kind": chosen(
                ["prison", "compulsory_rehabilitation"], (rng.random(size) < 0.2).astype(np.int64)
            ),
        }
    )
    return mark(frame, firm=scene.firm(pids))
