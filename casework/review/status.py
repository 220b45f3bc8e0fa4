"""How far review has come, and how far two clerks agree on what both have seen.

Here belong counts over the ledger. Nothing here names a person of the spine. Not here: what the answers say of the
matcher's errors (`audit.link_quality`).
"""

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Final

import polars as pl

from casework.published import paths_of
from ledger import link_decisions, review_draws, subject_key
from warehouse.book import open_ledger

SCHEMA: Final = {"key": pl.String, "decided_by": pl.String, "verdict": pl.String}


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two clerks on the pairs that both decided: share that agrees, and Cohen's kappa.

    ``kappa`` is None where chance alone would make them agree always (both gave one and the same verdict).
    """

    clerks: tuple[str, str]
    pairs: int
    agreed: float
    kappa: float | None


@dataclass(frozen=True, slots=True)
class Drawn:
    """One draw: its pairs, and how many somebody decided, on whatever night the answer was given."""

    draw_id: str
    night: date
    pairs: int
    decided: int

    @property
    def open(self) -> int:
        """Pairs that nobody decided."""
        return self.pairs - self.decided


@dataclass(frozen=True, slots=True)
class Status:
    """The state of review in a warehouse: answers in force by verdict, answers by clerk, draws, agreement."""

    verdicts: dict[str, int]
    clerks: dict[str, int]
    draws: list[Drawn]
    agreement: list[Agreement]

    def as_json(self) -> dict[str, object]:
        """Return what the command prints."""
        draws = [{**asdict(draw), "night": draw.night.isoformat(), "open": draw.open} for draw in self.draws]
        return {**asdict(self), "draws": draws}


def review_status(warehouse: Path) -> Status:
    """Count decisions and draws of a warehouse.

    Raises:
        CaseworkError: there is no such warehouse.
        LedgerError: the ledger cannot be opened.
    """
    with open_ledger(paths_of(warehouse)) as book:
        upto = book.sequence()
        decisions = link_decisions(book, upto).with_columns(key=subject_key())
        drawn = review_draws(book, upto).with_columns(key=subject_key())
    decided = set(decisions["key"])
    counted = drawn.group_by("draw_id", "night", maintain_order=True).agg(
        pairs=pl.len().cast(pl.Int64), decided=pl.col("key").is_in(decided).sum().cast(pl.Int64)
    )
    own = decisions.filter(pl.col("seq") == pl.col("seq").max().over("key", "decided_by"))
    return Status(
        dict(sorted(Counter(decisions.filter("in_force")["verdict"]).items())),
        dict(sorted(Counter(own["decided_by"]).items())),
        [Drawn(*row) for row in counted.iter_rows()],
        agreement(own.select(*SCHEMA)),
    )


def agreement(answers: pl.DataFrame) -> list[Agreement]:
    """Return the agreement of every two clerks who decided a pair in common.

    Args:
        answers: key (the pair), decided_by, verdict; one row a clerk and pair.
    """
    by_clerk = {
        str(name): rows
        for (name,), rows in answers.sort("decided_by").group_by("decided_by", maintain_order=True)
    }
    found: list[Agreement] = []
    for one, other in combinations(by_clerk, 2):
        both = by_clerk[one].join(by_clerk[other], on="key", suffix="_other")
        if both.height:
            agreed, kappa = kappa_of(both["verdict"], both["verdict_other"])
            found.append(Agreement((one, other), both.height, agreed, kappa))
    return found


def kappa_of(one: pl.Series, other: pl.Series) -> tuple[float, float | None]:
    """Return the share that agrees and Cohen's kappa (Cohen 1960) of two series of one length, not empty."""
    agreed = int((one == other).sum()) / len(one)
    here, there = Counter(one), Counter(other)
    by_chance = sum(here[word] * there[word] for word in here) / len(one) ** 2
    return agreed, None if by_chance == 1 else (agreed - by_chance) / (1 - by_chance)
