"""Lists of civil affairs and rural revitalisation: `children_care`, `poverty_monitoring` of the base.

Here: listed children with their guardians, monitored people. Not here: who they are (conditions.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from synth.frames import chosen, days, mark
from synth.serials import numbered
from synth.streams import chance

if TYPE_CHECKING:
    from synth.scene import Scene


def children_care(scene: Scene) -> pl.DataFrame:
    """Children listed, and some whose listing is over; the head of the booklet is the guardian."""
    rng, c, hh = scene.rng("children"), scene.c, scene.people["hh"].to_numpy()
    listed = np.flatnonzero(c.listed > 0)
    over = np.flatnonzero(
        (c.listed == 0) & (c.age > 4) & (c.age < 16) & c.present & chance(rng, 0.006, len(c.age))
    )
    at = np.concatenate([listed, over])
    pids = scene.with_strangers("children", at, 0.04)
    size = len(pids)
    head = np.searchsorted(hh, hh[at])
    elder = scene.strangers[rng.integers(0, len(scene.strangers), size - len(at))]
    born = np.append(scene.people["birth"].cast(pl.Int64).to_numpy(), 0)[np.minimum(pids, len(c.age))]
    since = np.maximum(scene.today - rng.integers(80, 900, size), np.minimum(born + 60, scene.today - 60))
    ended = np.isin(np.arange(size), np.arange(len(listed), len(at)))
    kind = np.append(c.listed, 1)[np.minimum(pids, len(c.age))]
    rows = pl.DataFrame(
        {
            "pid": pids,
            "pid2": np.concatenate([head, elder]),
            "kind": chosen(["left_behind", "left_behind", "orphan", "unsupported"], np.where(ended, 1, kind)),
            "identified_on": days(since),
            "removed_on": days(np.where(ended, np.minimum(since + 50, scene.today - 5), 0)),
        }
    )
    return mark(rows, firm=scene.firm(pids))


def poverty_monitoring(scene: Scene) -> pl.DataFrame:
    """Monitored people, a row each, and people whose risk was removed."""
    rng, c, hh = scene.rng("poverty"), scene.c, scene.people["hh"].to_numpy()
    watched = np.flatnonzero(c.monitored)
    done = np.flatnonzero(~c.monitored & (c.age > 20) & c.present & chance(rng, 0.0015, len(c.age)))
    at = np.concatenate([watched, done])
    pids = scene.with_strangers("poverty", at, 0.05)
    size = len(pids)
    booklet = np.concatenate([hh[at], 90_000_000 + np.arange(size - len(at))])
    ended = np.isin(np.arange(size), np.arange(len(watched), len(at)))
    since = scene.today - rng.integers(60, 900, size)
    rows = pl.DataFrame(
        {
            "pid": pids,
            "monitored_household": numbered("JC", booklet, 8),
            "kind": chosen(["unstable", "marginal", "sudden_hardship"], booklet % 3),
            "identified_on": days(since),
            "removed_on": days(np.where(ended, np.minimum(since + 40, scene.today - 3), 0)),
        }
    )
    return mark(rows, firm=scene.firm(pids))
