"""What people earn, contribute and draw: `tax_income`, `social_insurance`, `public_payroll` of the base.

Here: wages of employees, odd jobs of people on a case, other taxed income, contributions, pensions, posts.
Not here: what follows for a means test.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from synth.frames import chosen, days, fen, mark, months_before
from synth.population import YEAR, day_number
from synth.serials import entity_codes
from synth.streams import chance, pick

if TYPE_CHECKING:
    from synth.scene import Scene
    from synth.streams import Floats, Ints

MONTHS = 14
"""Months of tax that a delivery holds, the last the one before the night's."""
THRESHOLD, RATE = 5000.0, 0.03
_TRADES = ("纺织", "电子", "机械", "食品", "服装", "建材", "物流", "家具", "环保", "印刷")
_ENDS = ("有限公司", "厂", "合作社", "股份有限公司")
_OTHER = ("labour", "royalties", "business", "interest", "lease", "transfer", "incidental")
_UNITS = (
    "第一小学",
    "第二中学",
    "人民医院",
    "图书馆",
    "水利站",
    "农技站",
    "财政所",
    "社保所",
    "交通局",
    "档案馆",
)
_POSTS = ("civil_servant", "institution", "contract", "public_welfare", "retired")


def employers(count: int) -> tuple[pl.Series, pl.Series]:
    """Codes and names of the city's employers."""
    at = np.arange(count)
    names = (
        chosen(["苇塘", "鹭港", "芦埠", "澄泾", "枫浜", "渚墩", "杏渡"], at % 7)
        + pl.Series(at // 70 + 1).cast(pl.String).replace("1", "")
        + chosen(_TRADES, at // 7 % 10)
        + chosen(_ENDS, at % 4)
    )
    return entity_codes(9_000_000 + at, company=pl.Series(np.ones(count, dtype=bool))), names


def _months(scene: Scene, owners: Ints, gross: Floats, item: pl.Series, kept: float) -> pl.DataFrame:
    """A row a person and month, a few months missing where `kept` is under 1."""
    rng, size = scene.rng("tax:months"), len(owners)
    first = np.datetime64(months_before(scene.night, MONTHS), "M")
    months = (first + np.arange(MONTHS)).astype("datetime64[D]").astype(np.int64)
    at = np.repeat(np.arange(size), MONTHS)
    here = chance(rng, kept, len(at))
    at, period = at[here], np.tile(months, size)[here]
    wobble = 1 + (0.03 * rng.standard_normal(len(at)) if kept < 1 else 0.0)
    money = np.round(gross[at] * wobble, 0)
    return pl.DataFrame(
        {
            "pid": owners[at], "period": days(period), "income_item": item.gather(at),
            "gross_amount": fen(money), "tax_amount": fen(np.round(np.maximum(0, money - THRESHOLD) * RATE, 2)),
        }
    )  # fmt: skip


def tax_income(scene: Scene) -> pl.DataFrame:
    """Wages of employees by month, odd jobs of people on a case, and other income of some others."""
    rng, c = scene.rng("tax"), scene.c
    taxed = np.flatnonzero((c.wage > 0) & chance(rng, 0.33, len(c.wage)))
    owners = scene.with_strangers("tax", taxed)
    gross = np.concatenate([c.wage[taxed], rng.uniform(2800, 9000, len(owners) - len(taxed))])
    wages = _months(scene, owners, gross, chosen(["wages"], np.zeros(len(owners), dtype=np.int64)), 0.93)
    odd = np.flatnonzero(c.odd_wage > 0)
    items = chosen(["wages", "labour"], rng.integers(0, 2, len(odd)))
    odd_rows = _months(scene, odd, c.odd_wage[odd], items, 1.0)
    odd_rows = odd_rows.with_columns(tax_amount=pl.lit(0, pl.Int64))
    some = np.flatnonzero((c.age > 25) & (c.case == 0) & c.present & chance(rng, 0.02, len(c.age)))
    others = pl.DataFrame(
        {
            "pid": some,
            "period": days(np.full(len(some), day_number(months_before(scene.night, 3)))),
            "income_item": chosen(_OTHER, pick(rng, (30, 3, 25, 18, 14, 6, 4), len(some))),
            "gross_amount": fen(np.round(rng.lognormal(7.2, 0.8, len(some)))),
            "tax_amount": np.zeros(len(some), dtype=np.int64),
        }
    )
    rows = pl.concat([wages, odd_rows, others])
    codes, names = employers(max(20, len(c.age) // 80))
    payer = (rows["pid"].to_numpy() * 7919 + 13) % len(codes)
    rows = rows.with_columns(payer_code=codes.gather(payer), payer_name=names.gather(payer))
    return mark(rows, firm=scene.firm(rows["pid"].to_numpy()))


def _spells(scene: Scene, label: str, at: Ints, scheme: str, money: Floats, start: Ints) -> pl.DataFrame:
    """Open spells of a scheme for the residents at `at`, and some people from elsewhere."""
    pids = scene.with_strangers(f"insurance:{label}", at)
    more = scene.rng(f"insurance:{label}").integers(0, max(1, len(at)), len(pids) - len(at))
    source = np.concatenate([np.arange(len(at)), more])
    return pl.DataFrame(
        {
            "pid": pids,
            "scheme": chosen([scheme], np.zeros(len(pids), dtype=np.int64)),
            "monthly_amount": fen(money[source]),
            "from_month": days(start[source]).dt.truncate("1mo"),
        }
    )


def social_insurance(scene: Scene) -> pl.DataFrame:
    """Contributions and pensions, a row a spell; a few spells ended long ago."""
    rng, c, today = scene.rng("insurance"), scene.c, scene.today
    birth = scene.people["birth"].cast(pl.Int64).to_numpy()
    working = np.flatnonzero(c.wage > 0)
    idle = (c.wage == 0) & (c.age >= 18) & (c.age < 60) & c.present & ~c.custody & ~c.enrolled
    resident = np.flatnonzero(idle & chance(rng, 0.55, len(idle)))
    employee, old = np.flatnonzero(c.employee_pension), np.flatnonzero((c.pension > 0) & ~c.employee_pension)
    jobless = np.flatnonzero(idle & (c.case == 0) & chance(rng, 0.006, len(idle)))
    since = today - rng.integers(450, 4500, len(c.age))
    retired = np.minimum(birth + int(60 * YEAR), today - 460)
    parts = [
        _spells(scene, "work", working, "employee_contribution", c.wage[working], since[working]),
        _spells(scene, "resident", resident, "resident_contribution", np.full(len(resident), 40.0), since[resident]),
        _spells(scene, "employee", employee, "employee_pension", c.pension[employee], retired[employee]),
        _spells(scene, "old", old, "resident_pension", c.pension[old], retired[old]),
        _spells(scene, "jobless", jobless, "unemployment_benefit", np.full(len(jobless), 1560.0), today - 120 + 0 * jobless),
    ]  # fmt: skip
    ended = working[chance(rng, 0.06, len(working))]
    before = _spells(scene, "ended", ended, "employee_contribution", c.wage[ended] * 0.8, since[ended] - 2500)
    parts.append(before.with_columns(to_month=pl.col("from_month").dt.offset_by("18mo")))
    rows = pl.concat(parts, how="diagonal")
    _, names = employers(max(20, len(c.age) // 80))
    boss = names.gather((rows["pid"].to_numpy() * 7919 + 13) % len(names))
    works = rows["scheme"] == "employee_contribution"
    nobody = pl.Series([None], dtype=pl.String).new_from_index(0, rows.height)
    rows = rows.with_columns(employer_name=boss.zip_with(works, nobody))
    return mark(rows, firm=scene.firm(rows["pid"].to_numpy()))


def public_payroll(scene: Scene) -> pl.DataFrame:
    """Posts of some employees, past posts, and the retired of the public service."""
    rng, c = scene.rng("payroll"), scene.c
    inside = np.flatnonzero((c.wage > 0) & chance(rng, 0.075, len(c.wage)))
    old = np.flatnonzero(c.employee_pension & c.present & chance(rng, 0.03, len(c.wage)))
    pids = scene.with_strangers("payroll", np.concatenate([inside, old]))
    size = len(pids)
    post = pick(rng, (22, 45, 28, 5), size)
    post = np.where((np.arange(size) >= len(inside)) & (np.arange(size) < len(inside) + len(old)), 4, post)
    wage = np.concatenate(
        [c.wage[inside], c.pension[old], rng.uniform(3500, 9000, size - len(inside) - len(old))]
    )
    rows = pl.DataFrame(
        {
            "pid": pids,
            "unit_name": chosen(_UNITS, rng.integers(0, len(_UNITS), size)),
            "post_type": chosen(_POSTS, post),
            "from_date": days(scene.today - rng.integers(400, 7000, size)),
            "monthly_salary": fen(np.round(wage)),
            "status": chosen(["in_post", "left"], chance(rng, 0.07, size).astype(np.int64)),
        }
    )
    return mark(rows, firm=scene.firm(pids))
