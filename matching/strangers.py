"""How often levels agree when row and person are not one: u, from random pairs of identities and entries.

A level whose u is multiplied by a share (a name's, a door's) has its factor estimated: how often it was seen over how
often the shares alone would have it. Levels hardly ever seen between strangers keep the starting figure. Not here: m.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

import numpy as np
import polars as pl

from matching.classes import CLASS, TAUGHT_IN
from matching.comparisons import COMPARISONS
from matching.expectation import PSEUDO
from matching.index import SpineIndex
from matching.model import Level, Model
from matching.teaching import compared_pairs

PAIRS: Final = 1_000_000
SEED: Final = 20211231
KEPT: Final = frozenset({("name", "former"), ("partner", "in_booklet")})
"""Not to be seen on random pairs: an entry under a former name exists of few; a partner is looked up, not compared."""
_FREE: Final = ("birth_date", "sex")
_OWN: Final = ("same", "month_day", "one_edit", "booklet")
"""Levels of a number that random pairs reach only where somebody met himself or his family."""
_WHOLE: Final = 10**12
"""Shares are summed as whole numbers, so that no order of summation shows in the last digit."""
_DOOR: Final = pl.col("door_key").is_not_null() & pl.col("p_door_key").is_not_null()


def with_random_u(batch: pl.DataFrame, index: SpineIndex, model: Model, pairs: int = PAIRS) -> Model:
    """Returns the model with u from random pairs of the identities and the spine's entries.

    Args:
        batch: identities as ``teaching.attended`` gives them, in an order of their own.
        index: the spine.
        model: the starting model; each of its u counts as if ``expectation.PSEUDO`` agreements had shown it.
        pairs: how many pairs are drawn, of a small place no more than there are.
    """
    counted = [_counted(drawn, model) for drawn in _drawn(batch, index, model, pairs)]
    if not counted:
        return model
    totals = {name: float(np.sum([one[name] for one in counted])) for name in counted[0]}
    comparisons = {
        field: {name: _renewed(level, f"{field}.{name}", totals) for name, level in levels.items()}
        for field, levels in model.comparisons.items()
    }
    return replace(model, comparisons=comparisons)


def _drawn(batch: pl.DataFrame, index: SpineIndex, model: Model, pairs: int) -> Iterator[pl.DataFrame]:
    """Random pairs, compared; birth date and sex whatever the numbers say."""
    if not len(batch) or not len(index.entries):
        return
    chance, pairs = np.random.default_rng(SEED), min(pairs, len(batch) * len(index.entries))
    rows = batch["row"].gather(chance.integers(0, len(batch), pairs))
    entries = index.entries["entry"].gather(chance.integers(0, len(index.entries), pairs))
    drawn = pl.DataFrame({"row": rows, "entry": entries})
    for start in range(0, pairs, model.batch_rows):
        made = compared_pairs(drawn.slice(start, model.batch_rows), batch, index)
        made = made.filter(~pl.col("level_number").is_in(_OWN)).with_columns(number=pl.col("level_number"))
        opened = made.with_columns(level_number=pl.lit("silent")).select(
            _first(field).alias(f"level_{field}") for field in _FREE
        )
        yield made.with_columns(opened.get_columns())


def _first(field: str) -> pl.Expr:
    expression = pl.lit(None, dtype=pl.String)
    for name, condition in reversed(COMPARISONS[field]):
        expression = pl.when(condition).then(pl.lit(name)).otherwise(expression)
    return expression


def _counted(pairs: pl.DataFrame, model: Model) -> Mapping[str, float]:
    """For each learned level: ``seen`` and how often its share alone would have had it, ``due``."""
    sums = []
    for field, kinds in TAUGHT_IN.items():
        for kind, levels in kinds.items():
            within = (pl.col(f"level_{field}") != "silent") & (CLASS[field] == kind)
            for name in levels:
                level = model.comparisons[field][name]
                share = pl.lit(1.0) if level.per in (None, "spine") else pl.col(f"share_{level.per}")
                here = within & _reachable(field, name)
                sums.append((here & (pl.col(f"level_{field}") == name)).sum().alias(f"{field}.{name}.seen"))
                due = pl.when(here).then((share.clip(0, 1) * _WHOLE).round().cast(pl.Int64)).otherwise(0)
                sums.append(due.sum().alias(f"{field}.{name}.due"))
    found = pairs.select(sums).row(0, named=True)
    return {name: total / _WHOLE if name.endswith(".due") else total for name, total in found.items()}


def _reachable(field: str, level: str) -> pl.Expr:
    """Pairs that could have reached a level of their class at all."""
    if field == "name":
        return ~pl.col("p_former")
    if level == "same_door":
        return _DOOR
    if level == "visible_serial":
        return pl.col("serial_seen")
    if level == "visible":
        return pl.col("birth_seen") & ~pl.col("serial_seen")
    return pl.lit(value=True)


def _renewed(level: Level, name: str, totals: Mapping[str, float]) -> Level:
    field, own = name.split(".")
    due = totals.get(f"{name}.due", 0.0)
    if not due or (field, own) in KEPT or level.per == "spine" or (field == "number" and own in _OWN):
        return level
    u = (totals[f"{name}.seen"] + PSEUDO) / (due + PSEUDO / level.u)
    return replace(level, u=u if level.per else min(u, 1.0))
