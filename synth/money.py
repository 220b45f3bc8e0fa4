"""What people have in banks and funds: `bank_accounts`, `financial_products` of the base.

Here: accounts of two banks (the second answers only whether a limit is passed) and holdings. Not here: limits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from synth.frames import chosen, days, fen, mark, months_before
from synth.population import day_number
from synth.serials import numbered
from synth.streams import chance, pick

if TYPE_CHECKING:
    from synth.scene import Scene


def bank_accounts(scene: Scene) -> pl.DataFrame:
    """Small accounts of everybody grown on a case, and accounts of some others."""
    rng, c = scene.rng("bank"), scene.c
    grown = (c.age >= 18) & c.present
    poor = np.flatnonzero(grown & (c.case > 0))
    others = np.flatnonzero(grown & (c.case == 0) & chance(rng, 0.1, len(grown)))
    pids = scene.with_strangers("bank", np.concatenate([poor, others]))
    size = len(pids)
    is_poor = np.arange(size) < len(poor)
    balance = np.where(
        is_poor, rng.uniform(80, 2600, size), np.clip(rng.lognormal(9.6, 1.4, size), 10, 3e6)
    ).round(2)
    second = chance(rng, 0.3, size)
    none = pl.Series([None], dtype=pl.Int64).new_from_index(0, size)
    first = pl.Series(~second)

    def only_first(money: np.ndarray) -> pl.Series:
        return pl.Series(fen(money)).zip_with(first, none)

    over = pl.Series(~is_poor & (balance > 40_000)).cast(pl.Boolean)
    end = day_number(months_before(scene.night, 0)) - 1
    rows = pl.DataFrame(
        {
            "pid": pids,
            "bank_code": chosen(["BANK-A", "BANK-B"], second.astype(np.int64)),
            "account_no": numbered("6217****", rng.integers(0, 10_000, size), 4),
            "account_type": chosen(
                ["demand", "term", "wealth", "settlement"], pick(rng, (60, 20, 8, 12), size)
            ),
            "currency": chosen(["CNY"], np.zeros(size, dtype=np.int64)),
            "balance": only_first(balance),
            "over_limit": pl.select(pl.when(pl.Series(second)).then(over)).to_series(),
            "average_balance_12m": only_first(balance * rng.uniform(0.75, 1.1, size)),
            "inflow_12m": only_first(balance * rng.uniform(0.4, 2.0, size)),
            "as_of": days(np.full(size, end)),
        }
    )
    return mark(rows, firm=scene.firm(pids))


def financial_products(scene: Scene) -> pl.DataFrame:
    """Securities, funds and insurance of people on no case, and small insurance of a few who are."""
    rng, c = scene.rng("products"), scene.c
    grown = (c.age >= 22) & c.present
    rich = np.flatnonzero(grown & (c.case == 0) & chance(rng, 0.013, len(grown)))
    poor = np.flatnonzero(grown & (c.case > 0) & chance(rng, 0.05, len(grown)))
    pids = scene.with_strangers("products", np.concatenate([rich, poor]))
    size = len(pids)
    small = np.isin(np.arange(size), np.arange(len(rich), len(rich) + len(poor)))
    kind = np.where(small, 2, pick(rng, (35, 35, 30), size))
    value = np.where(
        small, rng.uniform(200, 1500, size), np.clip(rng.lognormal(10.6, 1.0, size), 500, 5e6)
    ).round(2)
    rows = pl.DataFrame(
        {
            "pid": pids,
            "institution": chosen(["长江人寿", "沿海证券", "江淮基金", "苇塘农信"], rng.integers(0, 4, size)),
            "kind": chosen(["securities", "fund", "commercial_insurance"], kind),
            "market_value": fen(value),
            "as_of": days(np.full(size, day_number(months_before(scene.night, 0)) - 1)),
        }
    )
    return mark(rows, firm=scene.firm(pids))
