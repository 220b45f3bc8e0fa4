"""Expectation-maximisation over patterns: how often each level is seen when row and person are one.

Plain arrays in a fixed order, so that the same patterns give the same figures to the last bit. The objective is the
likelihood of every identity's candidates beside "none of them", the same posterior that a night uses
(``scoring.ranked``), times a prior for each level; it never falls. Not here: which pairs teach what (``teaching``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

PSEUDO: Final = 10.0
"""Each level weighs as though it had been seen so often, at the rate of the starting model: a level too rare for the
pairs at hand keeps its figure."""
ROUNDS: Final = 200
TOLERANCE: Final = 1e-6
SMALLEST: Final = 1e-9


@dataclass(frozen=True)
class Patterns:
    """Identities with equal candidates, counted.

    Attributes:
        group: for each candidate the position of its identity's pattern, rising.
        count: for each pattern the number of identities.
        rest: for each candidate, bits that do not depend on m: prior and u.
        codes: (candidates, fields): position of the field's level among the parameters; -1 where it is silent.
    """

    group: Ints
    count: Floats
    rest: Floats
    codes: Ints


@dataclass(frozen=True)
class Outcome:
    """Figures after the last round; ``history``: the objective (nats) before each round and at the end."""

    m: Floats
    seen: Floats
    history: tuple[float, ...]


def estimated(
    patterns: Patterns,
    start: Floats,
    origin: Floats,
    classes: Mapping[str, Sequence[int]],
    learn: frozenset[str],
) -> Outcome:
    """Estimates m of the levels in the classes ``learn``; all others stay as they are.

    Args:
        patterns: what was seen.
        start: m of every level, summing to one within its class.
        origin: what the prior of each level is centred on.
        classes: positions of each class's levels.
        learn: names of the classes to estimate.
    """
    m, history = start.copy(), []
    taught = {name: np.asarray(places, dtype=np.int64) for name, places in classes.items() if name in learn}
    while True:
        likelihood, seen = _expected(patterns, m)
        history.append(likelihood + _prior(m, origin, taught))
        if len(history) > ROUNDS:
            break
        before = m.copy()
        for places in taught.values():
            m[places] = _most_likely(seen[places], origin[places])
        if np.max(np.abs(m - before) / before, initial=0.0) < TOLERANCE:
            likelihood, seen = _expected(patterns, m)
            history.append(likelihood + _prior(m, origin, taught))
            break
    return Outcome(m, seen, tuple(history))


def posterior(patterns: Patterns, m: Floats) -> Floats:
    """Probability of each candidate; those of one identity and "none" sum to one."""
    return _posterior(patterns, m)[0]


def _posterior(patterns: Patterns, m: Floats) -> tuple[Floats, Floats]:
    bits = np.append(np.log2(m), 0.0)  # a silent field has code -1: the last place
    score = np.clip(patterns.rest + bits[patterns.codes].sum(axis=1), -200, 200)
    odds: Floats = np.asarray(np.exp2(score), dtype=np.float64)
    among = np.bincount(patterns.group, weights=odds, minlength=len(patterns.count))
    whole: Floats = np.asarray(1.0 + among, dtype=np.float64)
    share: Floats = odds / whole[patterns.group]
    return share, whole


def _expected(patterns: Patterns, m: Floats) -> tuple[float, Floats]:
    """Log-likelihood, and how often each level is expected among true pairs."""
    probability, whole = _posterior(patterns, m)
    weight = probability * patterns.count[patterns.group]
    seen = np.zeros(len(m) + 1)
    for field in range(patterns.codes.shape[1]):
        seen += np.bincount(patterns.codes[:, field] % (len(m) + 1), weights=weight, minlength=len(m) + 1)
    return float(np.sum(patterns.count * np.log(whole))), seen[:-1]


def _prior(m: Floats, origin: Floats, taught: Mapping[str, Ints]) -> float:
    """Log prior: of every level k*log(m) - k*m/origin, highest where m is the starting figure."""
    return float(sum(np.sum(PSEUDO * np.log(m[at]) - PSEUDO * m[at] / origin[at]) for at in taught.values()))


def _most_likely(seen: Floats, origin: Floats) -> Floats:
    """The m that maximise the objective given the counts: (seen + k) / (lagrange + k / origin), summing to one.

    The sum falls as the multiplier rises, so halving an interval finds it, in as many steps everywhere.
    """
    total = float(np.sum(seen)) + PSEUDO * len(seen)
    low, high = -float(np.min(PSEUDO / origin)), total
    for _ in range(200):
        middle = (low + high) / 2
        if np.sum((seen + PSEUDO) / (middle + PSEUDO / origin)) > 1:
            low = middle
        else:
            high = middle
    made = (seen + PSEUDO) / (high + PSEUDO / origin)
    return np.maximum(made / np.sum(made), SMALLEST)
