"""Illness, disability and school: `medical_settlements`, `disability_certificates`, `students` of the base.

Here: bills that stay under every hardship figure, certificates of everybody with a level and lapsed ones of
others, enrolments by age. Not here: who is disabled (conditions.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from synth.frames import chosen, days, fen, mark
from synth.serials import numbered
from synth.streams import chance, pick

if TYPE_CHECKING:
    from synth.scene import Scene
    from synth.streams import Floats, Ints

MOST_SELF_PAID = 8000.0
"""Yuan a booklet over the whole delivery: under the floor of 10,000 that O05 and O11 begin at."""

_VISITS = ("inpatient", "outpatient", "chronic", "pharmacy")
_CODES = (
    "I10.x00",
    "E11.900",
    "K29.500",
    "J06.900",
    "M51.200",
    "K80.200",
    "J44.900",
    "S52.500",
    "N18.900",
    "C34.900",
    "I63.900",
)
_STAGES = (
    "preschool",
    "primary",
    "junior",
    "senior",
    "vocational",
    "college",
    "undergraduate",
    "postgraduate",
)


def _self_paid(scene: Scene, pids: Ints, wanted: Floats) -> Floats:
    """Lowers what booklets pay themselves to the most that leaves the base clean."""
    hh = np.append(scene.people["hh"].to_numpy(), -1)[np.minimum(pids, scene.people.height)]
    booklet = np.where(hh < 0, int(hh.max()) + 1 + pids, hh)
    _, at = np.unique(booklet, return_inverse=True)
    total = np.bincount(at, weights=wanted)
    return np.floor(wanted * np.minimum(1.0, MOST_SELF_PAID / np.maximum(total, 1.0))[at])


def medical_settlements(scene: Scene) -> pl.DataFrame:
    """Settlements of 22 months, older people's oftener."""
    rng, c = scene.rng("medical"), scene.c
    weight = np.where(c.died > 0, 0.0, 0.12 + 0.0085 * c.age)
    count = rng.poisson(weight * 0.82)
    pids = scene.with_strangers("medical", np.repeat(np.arange(len(count)), count))
    size = len(pids)
    visit = pick(rng, (8, 58, 16, 18), size)
    total = np.round(np.array([8600, 460, 900, 320])[visit] * rng.lognormal(0, 0.7, size), 2)
    paid = np.round(total * rng.uniform(0.5, 0.85, size), 2)
    own = _self_paid(scene, pids, np.maximum(0.0, total - paid) * 0.8)
    outside = np.round(own * rng.uniform(0.05, 0.25, size), 2)
    code = pick(rng, (24, 14, 10, 16, 10, 6, 8, 6, 0.15, 0.25, 0.4), size)
    rows = pl.DataFrame(
        {
            "pid": pids,
            "settled_on": days(scene.today - rng.integers(7, 680, size)),
            "visit_type": chosen(_VISITS, visit),
            "diagnosis_code": chosen(_CODES, code),
            "total_amount": fen(total),
            "fund_paid": fen(np.maximum(0.0, total - own - outside)),
            "assistance_paid": np.zeros(size, dtype=np.int64),
            "self_paid_in_scope": fen(own),
            "self_paid_out_of_scope": fen(outside),
            "hospital_code": numbered("H320682", rng.integers(1, 40, size), 6),
        }
    )
    return mark(rows, firm=scene.firm(pids))


def disability_certificates(scene: Scene) -> pl.DataFrame:
    """Valid certificates of everybody with a level; lapsed, cancelled and frozen ones of some others."""
    rng, c = scene.rng("disability"), scene.c
    has = np.flatnonzero(c.level > 0)
    lapsed = np.flatnonzero(
        (c.level == 0) & (c.age > 30) & (c.case == 0) & c.present & chance(rng, 0.0018, len(c.age))
    )
    pids = scene.with_strangers("disability", np.concatenate([has, lapsed]), 0.05)
    size = len(pids)
    level = np.concatenate([c.level[has], rng.integers(2, 5, size - len(has))])
    kind = np.concatenate([c.kind[has], rng.integers(1, 5, size - len(has))])
    birth = np.append(scene.people["birth"].cast(pl.Int64).to_numpy(), 0)[
        np.minimum(pids, scene.people.height)
    ]
    issued = np.maximum(scene.today - rng.integers(70, 2600, size), np.minimum(birth + 400, scene.today - 70))
    is_lapsed = np.isin(np.arange(size), np.arange(len(has), len(has) + len(lapsed)))
    status = np.where(is_lapsed, pick(rng, (40, 40, 20), size), 0)
    ends = np.where(
        is_lapsed & (status == 0),
        scene.today - rng.integers(30, 900, size),
        scene.today + rng.integers(60, 3000, size),
    )
    rows = pl.DataFrame(
        {
            "pid": pids,
            "disability_class": pl.Series(kind).cast(pl.String),
            "disability_level": pl.Series(level).cast(pl.String),
            "issued_on": days(np.where(is_lapsed, scene.today - 4000, issued)),
            "expires_on": days(ends),
            "status": chosen(["valid", "cancelled", "frozen"], status),
        }
    )
    return mark(rows, firm=scene.firm(pids))


def students(scene: Scene) -> pl.DataFrame:
    """Enrolments of everybody at school, and of some who have left."""
    rng, c = scene.rng("students"), scene.c
    at_school = np.flatnonzero(c.enrolled)
    gone = np.flatnonzero((c.age > 23) & (c.age < 30) & chance(rng, 0.12, len(c.age)))
    pids = scene.with_strangers("students", np.concatenate([at_school, gone]))
    size = len(pids)
    age = np.append(c.age, 12)[np.minimum(pids, len(c.age))]
    later = np.array([5, 6, 6])[rng.integers(0, 3, size)]
    stage = np.select(
        [age < 6, age < 12, age < 15, age < 18], [0, 1, 2, np.where(chance(rng, 0.6, size), 3, 4)], later
    )
    left = np.isin(np.arange(size), np.arange(len(at_school), len(at_school) + len(gone)))
    autumn = np.datetime64(f"{scene.night.year - 1}-09-01").astype("datetime64[D]").astype(np.int64)
    rows = pl.DataFrame(
        {
            "pid": pids,
            "school_name": chosen(["苇塘", "鹭港", "芦埠", "澄泾", "枫浜"], rng.integers(0, 5, size))
            + chosen(["幼儿园", "小学", "初级中学", "高级中学", "职业学校", "学院", "大学", "大学"], stage),
            "stage": chosen(_STAGES, stage),
            "enrolled_on": days(np.where(left, autumn - 2557, autumn - 365 * rng.integers(0, 2, size))),
            "status": chosen(["enrolled", "left"], left.astype(np.int64)),
        }
    )
    return mark(rows, firm=scene.firm(pids))
