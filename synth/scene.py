"""What every source of the clean base is made from.

Here: the residents with their conditions and the people from elsewhere, and the draws of who stands in a
department's rows. Not here: any source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from synth.population import day_number

if TYPE_CHECKING:
    from datetime import date

    import polars as pl

    from synth.conditions import Conditions
    from synth.streams import Flags, Ints, Streams


@dataclass(frozen=True)
class Scene:
    """The clean base of a city.

    Attributes:
        streams: its generators.
        night: its night.
        people: the residents (population.py), pid equal to position.
        c: their conditions.
        strangers: pids of people from elsewhere.
        shadows: those of them who have the name and birth date of somebody on a case: a damaged row of theirs
            could fairly go to review there.
    """

    streams: Streams
    night: date
    people: pl.DataFrame
    c: Conditions
    strangers: Ints
    shadows: Ints

    @property
    def today(self) -> int:
        """The night in days since 1970-01-01."""
        return day_number(self.night)

    def rng(self, label: str) -> np.random.Generator:
        """The generator of a source."""
        return self.streams.of(f"source:{label}")

    def with_strangers(self, label: str, residents: Ints, share: float = 0.06) -> Ints:
        """Adds people from elsewhere to the residents of a source: a share of their number, one at least."""
        count = max(1, int(len(residents) * share)) if len(residents) else 0
        rng = self.streams.of(f"strangers:{label}")
        return np.concatenate([residents, self.strangers[rng.integers(0, len(self.strangers), count)]])

    def firm(self, pids: Ints) -> Flags:
        """Whose rows are never damaged; of people from elsewhere, the shadows'."""
        known = np.concatenate([self.c.held, [False]])
        sure: Flags = known[np.minimum(pids, len(self.c.held))] | np.isin(pids, self.shadows)
        return sure
