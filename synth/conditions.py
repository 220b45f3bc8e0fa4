"""What befell the residents: death, moving, poverty, custody, work, pensions, disability, hardship.

Here: one array a condition, drawn so that the base of the city is clean: who receives is entitled, who is
entitled receives. Not here: the rows that departments hold about it (civil, income, assets, health, roll).

Clean by construction means, for every household outside the plants:
- a severely disabled or monitored person outside the roll lives where pensions and wages that anybody may
  see are well over every line (`well_off`); the rows that show it are never damaged (`held`);
- of the parents of a minor at most the spouse of the head may die, and neither is disabled or in custody;
- a never-married person of 60 or more who lives alone is on tekun or draws an employee pension.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from synth.numbers import ymd
from synth.population import day_number
from synth.streams import Streams, chance, pick
from synth.templates import SHAPE, TEMPLATES

if TYPE_CHECKING:
    from datetime import date

    import polars as pl

    from synth.streams import Flags, Floats, Ints

NONE, DIBAO, TEKUN, MARGINAL, RIGID = range(5)
PROGRAMS = ("", "dibao", "tekun", "marginal", "rigid_expenditure")
WELL_OFF = 1700.0
"""Yuan a head and month that pensions and contribution bases alone must show."""


@dataclass
class Conditions:
    """One entry a resident; days are counted from 1970-01-01, 0 means never.

    Attributes:
        age: whole years on the night.
        died: day of death.
        told: the death stands in `deaths`.
        cancelled: the registry cancelled the person for death.
        moved: day of moving out.
        case: household programme, an index of PROGRAMS.
        custody: in prison on the night.
        wage: contribution base and gross wage of an employee, yuan a month, 0 without work.
        pension: yuan a month, 0 without one; `employee_pension` says of which kind.
        level: disability level 1 to 4, 0 without a valid certificate.
        kind: disability class 1 to 7.
        severe: level 1-2, or 3 in class 5 or 6.
        monitored: in poverty monitoring, not removed.
        listed: 0 no, 1 left-behind, 2 orphan, 3 unsupported child.
        well_off: lives where open sources show means over every line.
        enrolled: at school on the night.
        odd_wage: gross wage of odd jobs of people on a case, yuan a month.
        held: whose rows are never damaged.
        twice: who shares a number with somebody.
    """

    age: Ints
    died: Ints
    told: Flags
    cancelled: Flags
    moved: Ints
    case: Ints
    custody: Flags
    wage: Floats
    pension: Floats
    employee_pension: Flags
    level: Ints
    kind: Ints
    severe: Flags
    monitored: Flags
    listed: Ints
    well_off: Flags
    enrolled: Flags
    odd_wage: Floats
    held: Flags
    twice: Flags

    @property
    def present(self) -> Flags:
        """Living, and `normal` in the registry."""
        there: Flags = (self.died == 0) & (self.moved == 0)
        return there


class _Drawing:
    """The draws in their order; each sees what was drawn before it."""

    def __init__(self, streams: Streams, people: pl.DataFrame, night: date) -> None:
        self.rng = streams.of("conditions")
        self.night, self.today = night, day_number(night)
        self.hh = people["hh"].to_numpy()
        self.booklets = int(self.hh.max()) + 1
        self.shape = people["shape"].to_numpy()
        self.relation = people["relation"].cast(int).to_numpy()
        self.male = people["male"].to_numpy()
        self.urban = people["urban"].to_numpy()
        self.single = people["marital"].to_numpy() == 0
        birth = people["birth"].cast(int).to_numpy()
        self.age = ((ymd(np.array([self.today])) - ymd(birth)) // 10_000).astype(np.int64)
        self.size = len(self.hh)
        twice = people.filter(people["number_of"].is_not_null())
        self.twice = np.isin(np.arange(len(self.hh)), np.concatenate([twice["pid"], twice["number_of"]]))
        self.minors = np.array([t.minors for t in TEMPLATES])[self.shape]
        self.alone = np.array([len(t.slots) == 1 for t in TEMPLATES])[self.shape]

    def any_of(self, flags: Flags) -> Flags:
        """Everybody in a booklet where anybody is flagged."""
        there: Flags = (np.bincount(self.hh, weights=flags, minlength=self.booklets) > 0)[self.hh]
        return there

    def departures(self) -> tuple[Ints, Flags, Flags, Ints]:
        """Deaths of the last 16 months (who told whom) and moves of the last years."""
        may = np.isin(self.relation, (10, 50)) | (self.shape == SHAPE["old_alone"])
        hazard = 0.0009 * np.exp(0.083 * (np.maximum(self.age, 50) - 50)) * 4.2
        died = may & ~self.twice & (self.age >= 50) & (self.rng.random(self.size) < hazard)
        day = np.where(died, self.today - self.rng.integers(4, 480, self.size), 0)
        cancelled = died & (self.today - day > 45) & chance(self.rng, 0.8, self.size)
        told = died & (chance(self.rng, 0.92, self.size) | ~cancelled)
        goes = (self.shape == SHAPE["grown_child"]) & np.isin(self.relation, (20, 30))
        moved = np.where(
            goes & chance(self.rng, 0.02, self.size), self.today - self.rng.integers(90, 2400, self.size), 0
        )
        return day, told, cancelled, moved

    def cases(self, gone: Flags) -> Ints:
        """Household programmes, whole booklets at a time, of booklets nobody has left."""
        bachelor = (self.shape == SHAPE["old_alone"]) & self.single & (self.age >= 60)
        draw = self.rng.random(self.booklets)[self.hh]
        # Dibao and marginal families with a spare adult or an old pensioner are what the roll is made of.
        case = np.where(
            draw < 0.014, DIBAO, np.where(draw < 0.0175, MARGINAL, np.where(draw < 0.0187, RIGID, NONE))
        )
        case = np.where(bachelor, np.where(draw < 0.5, TEKUN, NONE), case)
        case[self.any_of(gone | self.twice)] = NONE
        return case

    def work(self, case: Ints, idle: Flags) -> Floats:
        """Gross wages of employees, who are on no case."""
        able = (self.age >= 20) & (self.age < np.where(self.male, 60, 55)) & ~idle & (case == NONE)
        able &= chance(self.rng, np.where(self.urban, 0.66, 0.47), self.size)
        able &= (self.age > 22) | chance(self.rng, 0.4, self.size)
        wage = np.clip(self.rng.lognormal(8.68, 0.38, self.size), 2600, 26_000)
        return np.where(able, np.round(wage), 0.0)

    def school(self, wage: Floats, out: Flags) -> Flags:
        """Who is enrolled: all of 4 to 15, most to 18, some students after."""
        share = np.select(
            [self.age < 4, self.age < 16, self.age < 19, self.age < 23], [0.2, 1.0, 0.93, 0.45], 0.0
        )
        there: Flags = chance(self.rng, share, self.size) & (self.age >= 3) & ~out & (wage == 0)
        return there

    def odd_jobs(self, case: Ints, at_school: Flags, level: Ints) -> Floats:
        """What people on a case earn: every one of 16 to 59 who could, far under his line."""
        works = (self.age >= 16) & (self.age < 60) & ~at_school & (level == 0) & (case != NONE)
        low, high = np.array([0, 200, 0, 500, 1500])[case], np.array([0, 450, 0, 1000, 2500])[case]
        return np.where(works, np.round(low + (high - low) * self.rng.random(self.size)), 0.0)

    def pensions(self, case: Ints, gone: Flags) -> tuple[Floats, Flags]:
        """Pensions: of employees for some, of residents for most of the others of 60 and more."""
        bachelor = (self.shape == SHAPE["old_alone"]) & self.single & (case == NONE)
        old = (self.age >= np.where(self.male, 60, 55)) & ~gone
        employee = (
            old & (case == NONE) & (bachelor | chance(self.rng, np.where(self.urban, 0.56, 0.38), self.size))
        )
        resident = (self.age >= 60) & ~gone & ~employee & chance(self.rng, 0.86, self.size)
        money = np.where(employee, np.round(np.clip(self.rng.normal(3350, 800, self.size), 1900, 8000)), 0.0)
        return np.where(resident, np.round(self.rng.uniform(175, 290, self.size)), money), employee

    def disabilities(self, case: Ints, out: Flags, well_off: Flags) -> tuple[Ints, Ints]:
        """Levels and classes; severe ones only where the base stays clean."""
        parents = self.minors & np.isin(self.relation, (1, 10))
        share = np.where(np.isin(case, (DIBAO, TEKUN)), 0.27, 0.019 + 0.0005 * self.age)
        has = (
            (self.rng.random(self.size) < share)
            & ~(out | parents | self.twice)
            & ~np.isin(case, (MARGINAL, RIGID))
            & (self.age >= 2)
        )
        level = np.array([1, 2, 3, 4])[pick(self.rng, (0.16, 0.24, 0.28, 0.32), self.size)]
        kind = np.array([1, 2, 3, 4, 5, 6, 7])[pick(self.rng, (14, 24, 3, 40, 8, 8, 3), self.size)]
        may_be_severe = well_off | np.isin(case, (DIBAO, TEKUN))
        level = np.where(~may_be_severe & (level <= 2), level + 2, level)
        kind = np.where(~may_be_severe & np.isin(kind, (5, 6)), 4, kind)
        return np.where(has, level, 0), np.where(has, kind, 0)

    def listings(self, case: Ints, out: Flags) -> Ints:
        """Children whom civil affairs lists: left behind mostly, some orphans and unsupported."""
        child = (self.age < 16) & (self.age >= 1) & ~out & (case == NONE)
        with_old = child & (self.relation == 40)
        left = (with_old & chance(self.rng, 0.62, self.size)) | (
            child & (self.shape == SHAPE["three_ages"]) & chance(self.rng, 0.07, self.size)
        )
        state = with_old & ~left & chance(self.rng, 0.22, self.size)
        return np.where(left, 1, np.where(state, self.rng.integers(2, 4, self.size), 0))


def draw_conditions(streams: Streams, people: pl.DataFrame, night: date) -> Conditions:
    """Draws every condition of the residents."""
    d = _Drawing(streams, people, night)
    died, told, cancelled, moved = d.departures()
    gone = (died > 0) | (moved > 0)
    case = d.cases(gone)
    custody = d.male & (d.age >= 20) & (d.age < 56) & ~gone & (case == NONE) & ~d.minors
    custody &= chance(d.rng, 0.006, d.size)
    out = gone | custody
    wage = d.work(case, out)
    pension, employee = d.pensions(case, gone)
    shown = np.bincount(d.hh, weights=wage + np.where(employee & ~out, pension, 0.0), minlength=d.booklets)
    heads = np.maximum(1, np.bincount(d.hh, weights=~out, minlength=d.booklets))
    well_off = (shown / heads >= WELL_OFF)[d.hh] & ~d.any_of(out) & (case == NONE)
    level, kind = d.disabilities(case, out, well_off)
    severe = ((level >= 1) & (level <= 2)) | ((level == 3) & np.isin(kind, (5, 6)))
    watched = (d.rng.random(d.booklets) < 0.016)[d.hh] & well_off
    monitored = (watched | (np.isin(case, (DIBAO, MARGINAL)) & (d.rng.random(d.booklets) < 0.2)[d.hh])) & ~out
    listed = d.listings(case, out)
    enrolled = d.school(wage, out)
    odd_wage = d.odd_jobs(case, enrolled, level)
    bachelor = (d.shape == SHAPE["old_alone"]) & d.single
    held = d.any_of(severe | monitored | (listed > 1) | bachelor)
    return Conditions(
        d.age, died, told, cancelled, moved, case, custody, wage, pension, employee,
        level, kind, severe, monitored, listed, well_off, enrolled, odd_wage, held, d.twice,
    )  # fmt: skip
