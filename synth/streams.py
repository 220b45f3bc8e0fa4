"""Random streams of a made city: one seed, one independent stream a label.

Here: how a label becomes a generator, and the few draws that every module makes. Not here: what is drawn.
A label keeps its stream whatever the other modules draw, so that a change in one source leaves the others
as they were.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Streams:
    """The generators of one city."""

    seed: int

    def of(self, label: str) -> np.random.Generator:
        """Gives the generator of a label, the same one for the same seed and label."""
        return np.random.default_rng([self.seed, zlib.crc32(label.encode())])


def pick(rng: np.random.Generator, shares: Sequence[float], size: int) -> Ints:
    """Draws `size` positions of `shares`, each with its share of the sum."""
    edges = np.cumsum(np.asarray(shares, dtype=np.float64))
    return np.searchsorted(edges / edges[-1], rng.random(size), side="right").astype(np.int64)


def fronted(rng: np.random.Generator, length: int, size: int, bend: float = 1.7) -> Ints:
    """Draws positions below `length`, the first ones oftener: lists are written commonest first."""
    return np.minimum((length * rng.random(size) ** bend).astype(np.int64), length - 1)


def chance(rng: np.random.Generator, probability: float | Floats, size: int) -> Flags:
    """Draws `size` yes or no."""
    hit: Flags = rng.random(size) < probability
    return hit
