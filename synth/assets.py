"""What people own: `real_estate`, `vehicles`, `business_registrations` of the base.

Here: dwellings by booklet, cars, market entities; little for people on a case, and nothing that a rule counts.
Not here: money (money.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from synth.civil import couples
from synth.frames import chosen, days, fen, mark
from synth.serials import entity_codes, numbered, plates
from synth.streams import chance, pick

if TYPE_CHECKING:
    from synth.scene import Scene
    from synth.streams import Floats, Ints

_USAGES = ("residential", "homestead", "garage", "commercial", "other")


def _units(
    scene: Scene, label: str, heads: Ints, usage: Ints, *, far: bool
) -> dict[str, np.ndarray | pl.Series]:
    """One unit a head: at home, or `far` at another address."""
    rng, people, size = scene.rng(f"estate:{label}"), scene.people, len(heads)
    known = np.minimum(heads, people.height - 1)
    address = people["address"].gather(known)
    if far:
        address = address.str.replace("如皋市", "如皋市东", literal=True)
    registered = scene.today - rng.integers(3000, 9500, size)
    price = np.round(rng.uniform(180, 900, size)) * 1000
    bought = (usage != 1) & chance(rng, 0.55, size) & far
    return {
        "usage": usage, "address": address, "division_code": people["division_code"].gather(known),
        "area_m2": np.round(np.where(usage == 2, rng.uniform(14, 40, size), rng.uniform(48, 160, size)), 1),
        "registered_on": registered, "transaction_amount": np.where(bought, price, 0.0),
    }  # fmt: skip


def real_estate(scene: Scene) -> pl.DataFrame:
    """Homes of four booklets in five, second homes, garages and shops of some who are on no case."""
    rng, people, c = scene.rng("estate"), scene.people, scene.c
    heads = np.flatnonzero((people["relation"] == "01").to_numpy())
    wives = np.full(people.height, -1)
    husband, wife = couples(scene)
    wives[husband], wives[wife] = wife, husband
    urban = people["urban"].to_numpy()
    free = (c.case == 0)[heads]
    own = scene.with_strangers("estate", heads[chance(rng, 0.87, len(heads))])
    known = np.minimum(own, people.height - 1)
    second, garage, shop = (heads[free & chance(rng, share, len(heads))] for share in (0.11, 0.06, 0.02))
    groups: list[tuple[str, Ints, Ints, bool]] = [
        ("home", own, np.where(urban[known], 0, 1), False),
        ("second", second, np.zeros(len(second), dtype=np.int64), True),
        ("garage", garage, np.full(len(garage), 2), False),
        ("shop", shop, np.where(chance(rng, 0.9, len(shop)), 3, 4), True),
    ]
    parts = [
        pl.DataFrame({"pid": at, **_units(scene, label, at, usage, far=far)})
        for label, at, usage, far in groups
    ]
    units = pl.concat(parts)
    units = units.with_columns(number=pl.int_range(units.height))
    pids = units["pid"].to_numpy()
    mates = np.where(pids < people.height, wives[np.minimum(pids, people.height - 1)], -1)
    shared = (mates >= 0) & chance(rng, 0.28, len(mates)) & np.isin(units["usage"].to_numpy(), (0, 1))
    units = units.with_columns(share_percent=pl.Series(np.where(shared, 50.0, 100.0)))
    rows = pl.concat([units, units.filter(pl.Series(shared)).with_columns(pid=pl.Series(mates[shared]))])
    return _estate_rows(scene, rows)


def _estate_rows(scene: Scene, rows: pl.DataFrame) -> pl.DataFrame:
    """Certificates, dates and, for some on no case, units that were given up."""
    rng = scene.rng("estate:rows")
    old = np.concatenate([scene.c.case == 0, [True]])[np.minimum(rows["pid"].to_numpy(), len(scene.c.case))]
    number = rows["number"].to_numpy()
    given_up = pl.Series(old & chance(rng, 0.04, int(number.max()) + 1)[number])
    price = fen(rows["transaction_amount"].to_numpy())
    nothing = pl.Series([None], dtype=pl.Date).new_from_index(0, rows.height)
    out = rows.with_columns(
        certificate_no=numbered("苏(2010)如皋市不动产权第", number, 8) + "号",
        usage=chosen(_USAGES, rows["usage"].to_numpy()),
        registered_on=days(rows["registered_on"].to_numpy()),
        cancelled_on=days(rows["registered_on"].to_numpy() + 1500).zip_with(given_up, nothing),
        transaction_amount=pl.when(pl.Series(price) > 0).then(pl.Series(price)),
    ).drop("number")
    return mark(out, firm=scene.firm(rows["pid"].to_numpy()))


def vehicles(scene: Scene) -> pl.DataFrame:
    """Cars of people on no case; tractors and motorcycles of some who are."""
    rng, c = scene.rng("vehicles"), scene.c
    adult = (c.age >= 20) & (c.age < 72) & c.present
    drivers = np.flatnonzero(adult & (c.case == 0) & chance(rng, 0.36, len(adult)))
    small = np.flatnonzero(adult & (c.case > 0) & chance(rng, 0.12, len(adult)))
    pids = scene.with_strangers("vehicles", np.concatenate([drivers, small]))
    size = len(pids)
    kinds = ("car", "truck", "bus", "motorcycle", "tricycle", "tractor", "disability")
    kind = pick(rng, (78, 5, 1, 11, 3, 1.5, 0.5), size)
    poor = np.isin(np.arange(size), np.arange(len(drivers), len(drivers) + len(small)))
    kind = np.where(poor, np.array([3, 4, 5])[rng.integers(0, 3, size)], kind)
    price = np.round(np.array([110, 140, 200, 7, 6, 30, 12])[kind] * rng.lognormal(0, 0.35, size)) * 1000.0
    rows = pl.DataFrame(
        {
            "pid": pids,
            "plate_no": plates(np.arange(size)),
            "vehicle_class": chosen(kinds, kind),
            "usage": chosen(
                ["private", "commercial"], ((kind == 1) & chance(rng, 0.5, size)).astype(np.int64)
            ),
            "first_registered_on": days(scene.today - rng.integers(60, 5200, size)),
            "status": chosen(["normal", "scrapped", "transferred"], pick(rng, (91, 5, 4), size)),
            "purchase_price": fen(price),
        }
    )
    return mark(rows, firm=scene.firm(pids))


def business_registrations(scene: Scene) -> pl.DataFrame:
    """Roles in companies, shops and cooperatives, of people on no case."""
    rng, c = scene.rng("business"), scene.c
    adult = (c.age >= 22) & (c.age < 68) & c.present & (c.case == 0)
    pids = scene.with_strangers("business", np.flatnonzero(adult & chance(rng, 0.045, len(adult))))
    size = len(pids)
    kind = pick(rng, (40, 53, 7), size)
    role = np.where(kind == 1, 2, rng.integers(0, 2, size))
    status = pick(rng, (74, 19, 7), size)
    founded = scene.today - rng.integers(500, 6000, size)
    ended = np.where(status > 0, np.minimum(founded + rng.integers(200, 2000, size), scene.today - 30), 0)
    name = (
        "如皋市"
        + chosen(list("澄芦鹭枫苇栖渚磐"), rng.integers(0, 8, size))
        + chosen(list("盛达祥和润丰瑞成"), rng.integers(0, 8, size))
    )
    ends = chosen(["商贸有限公司", "经营部", "农业专业合作社"], kind)
    rows = pl.DataFrame(
        {
            "pid": pids,
            "entity_code": entity_codes(np.arange(size), company=pl.Series(kind != 1)),
            "entity_name": name + ends,
            "entity_type": chosen(["company", "sole_trader", "cooperative"], kind),
            "role": chosen(["legal_representative", "shareholder", "operator"], role),
            "subscribed_capital": fen(_capital(rng, kind)),
            "status": chosen(["operating", "deregistered", "revoked"], status),
            "registered_on": days(founded),
            "deregistered_on": days(ended),
        }
    )
    return mark(rows, firm=scene.firm(pids))


def _capital(rng: np.random.Generator, kind: Ints) -> Floats:
    """Capital by kind of entity: companies pledge more."""
    return np.round(np.array([600, 60, 200])[kind] * rng.lognormal(0, 0.8, len(kind))) * 1000.0
