"""The assistance roll of the clean base: who receives what, in order.

Here: household cases with amounts that follow from the family's income, personal allowances, children's
programmes, one-off relief, ended cases, supporters. Not here: planted cases (plants/).
Amounts follow the policy of profile `rugao`; every beneficiary of the base is entitled (rules.md 6).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from synth import conditions as who
from synth.frames import chosen, days, fen, mark
from synth.numbers import ymd
from synth.places import COUNTY
from synth.population import YEAR, day_number
from synth.streams import Streams, chance

if TYPE_CHECKING:
    from datetime import date

    from synth.conditions import Conditions
    from synth.streams import Flags, Floats, Ints

STANDARD = 750.0
TEKUN = (975.0, 1795.0)
"""Rural, urban."""
ORPHAN = 2070.0
DISREGARD = 150.0
JOB_COST = 0.10

COLUMNS = (
    "case_no", "program", "status", "role", "relation", "phone", "address", "division_code", "covered",
    "monthly_amount", "declared_monthly_income", "start_date", "end_date", "status_since", "last_reviewed",
    "authorized_on", "authorized_until", "relative_of_official",
)  # fmt: skip


def net_income(c: Conditions) -> Floats:
    """What counts of a person's month: odd wages less job costs, resident pension less the disregard."""
    pension = np.where(c.employee_pension, c.pension, np.maximum(0.0, c.pension - DISREGARD))
    net: Floats = c.odd_wage * (1 - JOB_COST) + pension
    return net


class _Roll:
    """Collects the rows of one programme after another, numbering the cases."""

    def __init__(self, streams: Streams, people: pl.DataFrame, night: date) -> None:
        self.rng, self.people, self.today = streams.of("roll"), people, day_number(night)
        self.parts: list[pl.DataFrame] = []
        self.cases = 0

    def add(
        self,
        at: Ints,
        program: pl.Series,
        amount: Floats,
        *,
        case_of: Ints | None = None,
        declared: Floats | None = None,
        earliest: Ints | int = 0,
        role: pl.Series | None = None,
        relation: pl.Series | None = None,
    ) -> pl.DataFrame:
        """Adds rows of the people at `at`; people with one `case_of` share a case. Returns the rows."""
        size = len(at)
        of = np.arange(size) if case_of is None else np.unique(case_of, return_inverse=True)[1]
        count = int(of.max()) + 1 if size else 0
        start = self.today - self.rng.integers(400, 2600, count)
        start = np.maximum(start[of], earliest)
        reviewed = self.today - self.rng.integers(8, 140, count)[of]
        until = np.where(chance(self.rng, 0.25, count), self.today + self.rng.integers(40, 900, count), 0)[of]
        person = self.people[at]
        same = pl.Series(np.full(size, "applicant"))
        numbers = pl.Series(self.cases + of).cast(pl.String).str.zfill(8)
        rows = pl.DataFrame(
            {
                "pid": at,
                "case_no": f"AJ{COUNTY}" + numbers,
                "program": program,
                "status": pl.Series(np.full(size, "active")),
                "role": same if role is None else role,
                "relation": pl.Series(np.full(size, "01")) if relation is None else relation,
                "phone": person["phone"],
                "address": person["address"],
                "division_code": person["division_code"],
                "covered": pl.Series(np.full(size, fill_value=True)),
                "monthly_amount": fen(amount),
                "declared_monthly_income": pl.Series([None], dtype=pl.Int64).new_from_index(0, size)
                if declared is None
                else fen(declared),
                "start_date": days(start),
                "end_date": days(np.zeros(size, dtype=np.int64)),
                "status_since": days(start),
                "last_reviewed": days(np.maximum(reviewed, start)),
                "authorized_on": days(start),
                "authorized_until": days(until),
                "relative_of_official": pl.Series(np.zeros(size, dtype=bool)),
            }
        )
        self.cases += count
        self.parts.append(rows)
        return rows


def _household_cases(roll: _Roll, c: Conditions, people: pl.DataFrame) -> None:
    """Dibao, tekun, marginal and rigid cases: the whole booklet, the head applies."""
    at = np.flatnonzero(c.case > 0)
    hh, case, net = people["hh"].to_numpy()[at], c.case[at], net_income(c)[at]
    heads, income = np.bincount(hh)[hh], np.bincount(hh, weights=net)[hh]
    tekun = np.where(people["urban"].to_numpy()[at], TEKUN[1], TEKUN[0])
    dibao = np.maximum(0.0, STANDARD - income / heads)
    amount = np.select([case == who.DIBAO, case == who.TEKUN], [np.round(dibao, 2), tekun], 0.0)
    relation = people["relation"].gather(at)
    role = pl.Series(["member", "applicant"]).gather((relation == "01").cast(pl.Int64))
    cases = roll.add(
        at, chosen(who.PROGRAMS, case), amount, case_of=hh, declared=net, role=role, relation=relation,
    )  # fmt: skip
    cases = _renewed(_one_start(cases))
    roll.parts[-1] = cases
    _supporters(roll, c, people, cases.filter(pl.col("program") == "tekun"))


def _one_start(cases: pl.DataFrame) -> pl.DataFrame:
    """Gives everybody the case's one start."""
    first = {x: pl.col(x).min().over("case_no") for x in ("start_date", "status_since", "authorized_on")}
    return cases.with_columns(**first)


def _renewed(cases: pl.DataFrame) -> pl.DataFrame:
    """Gives rigid-expenditure cases a status as young as their last re-check: they are recognised anew every year."""
    rigid = pl.col("program") == "rigid_expenditure"
    return cases.with_columns(
        status_since=pl.when(rigid)
        .then(pl.col("last_reviewed").min().over("case_no"))
        .otherwise("status_since")
    )


def _supporters(roll: _Roll, c: Conditions, people: pl.DataFrame, cases: pl.DataFrame) -> None:
    """Gives a few tekun cases a supporter past working age, who owes nothing (rules.md 5)."""
    able = np.flatnonzero((c.age >= 61) & (c.age < 78) & c.present & (c.case == 0) & ~c.custody & ~c.held)
    count = min(cases.height // 8, len(able))
    if not count:
        return
    at = roll.rng.permutation(able)[:count]
    male = people["male"].gather(at)
    supporter = people[at].select("pid", "phone", "address", "division_code")
    kept = [x for x in cases.columns if x not in supporter.columns]
    rows = pl.concat([cases.select(kept)[:count], supporter], how="horizontal").with_columns(
        role=pl.lit("supporter"),
        relation=pl.when(male).then(pl.lit("20")).otherwise(pl.lit("30")),
        covered=pl.lit(value=False),
        monthly_amount=pl.lit(0, pl.Int64),
        declared_monthly_income=pl.lit(None, pl.Int64),
    )
    roll.parts.append(rows.select(cases.columns))


def _reached(birth: Ints, years: int) -> Ints:
    """The day a person turned `years`, to within a day of leap years (never too early)."""
    day: Ints = birth + int(np.ceil(years * YEAR)) + 1
    return day


def owed_elder_allowance(c: Conditions, birth: Ints, night: date) -> Flags:
    """Living `normal` people who turned 80 before the night's month and are not on tekun (O09)."""
    first = ymd(np.array([day_number(night.replace(day=1)) - 1]))[0]
    owed: Flags = ((first - ymd(birth)) // 10_000 >= 80) & c.present & (c.case != who.TEKUN)
    return owed


def _personal(roll: _Roll, c: Conditions, people: pl.DataFrame, night: date) -> None:
    """Allowances and children's programmes: everybody who is owed one has it."""
    birth = people["birth"].cast(pl.Int64).to_numpy()
    tekun = c.case == who.TEKUN
    wanted: list[tuple[str, Flags, Floats | float, Ints | int]] = [
        ("elder_allowance", owed_elder_allowance(c, birth, night), 60.0, _reached(birth, 80)),
        ("disability_nursing", (c.level >= 1) & (c.level <= 2) & ~tekun, 120.0, birth + 400),
        ("disability_living", (c.level >= 1) & (c.case == who.DIBAO), 80.0, birth + 400),
        ("orphan", c.listed == 2, ORPHAN, birth + 200),
        ("unsupported_child", c.listed == 3, ORPHAN, birth + 200),
    ]
    for program, flags, amount, earliest in wanted:
        at = np.flatnonzero(flags)
        start = np.minimum(earliest[at] if isinstance(earliest, np.ndarray) else earliest, roll.today - 32)
        roll.add(
            at, chosen([program], np.zeros(len(at), dtype=np.int64)), np.full(len(at), amount), earliest=start
        )


def _passing(roll: _Roll, c: Conditions, people: pl.DataFrame) -> None:
    """One-off relief and medical assistance, one a booklet, and dibao cases that ended long ago."""
    heads = people["relation"].to_numpy() == "01"
    able = np.flatnonzero(
        heads & c.present & (c.case == 0) & ~c.custody & ~c.held & (c.age < 75) & (c.listed == 0)
    )
    order = roll.rng.permutation(able)
    relief, medical, ended = (max(1, int(len(c.age) * share)) for share in (0.0012, 0.0004, 0.0006))
    one = roll.add(
        order[:relief],
        chosen(["temporary_relief"], np.zeros(relief, dtype=np.int64)),
        np.full(relief, 1500.0),
    )
    since = days(roll.today - roll.rng.integers(15, 340, relief))
    dates = dict.fromkeys(("start_date", "status_since", "authorized_on"), since)
    roll.parts[-1] = one.with_columns(last_reviewed=since, **dates)
    at = order[relief : relief + medical]
    roll.add(at, chosen(["medical_assistance"], np.zeros(len(at), dtype=np.int64)), np.full(len(at), 300.0))
    at = order[relief + medical : relief + medical + ended]
    old = roll.add(at, chosen(["dibao"], np.zeros(len(at), dtype=np.int64)), np.full(len(at), 700.0))
    over = days(roll.today - roll.rng.integers(420, 900, len(at)))
    start = days(roll.today - roll.rng.integers(1000, 2600, len(at)))
    roll.parts[-1] = old.with_columns(
        status=pl.lit("ended"), end_date=over, status_since=over, last_reviewed=start, start_date=start,
        authorized_on=start, authorized_until=over,
    )  # fmt: skip


def base_roll(streams: Streams, people: pl.DataFrame, c: Conditions, night: date) -> pl.DataFrame:
    """Makes the roll of the clean base."""
    roll = _Roll(streams, people, night)
    _household_cases(roll, c, people)
    _personal(roll, c, people, night)
    _passing(roll, c, people)
    return mark(pl.concat(roll.parts, how="vertical_relaxed"))
