"""Clerks' decisions on links and numbers that departments claim, as matching takes them.

Here belongs which of the ledger's entries are in force for what. Not here: how they are written (ledger), which numbers are
claimed (sql/link/claim.sql, of the night before), what they do (matching.clerical).
"""

import hashlib
from collections.abc import Iterable
from functools import partial
from typing import Final

import duckdb
import polars as pl

from matching import Decisions
from matching.clerical import BY_CLAIM, BY_IDENTITY, PAIRS, SAME
from sql.frames import frame, keyed

CLAIMED: Final = "SELECT claim_id, person_id FROM state.claim ORDER BY ALL"
_CLAIM: Final = "C"
"""Prefix of a claim's id, with which it was written down (casework/review)."""


def clerks_of(connection: duckdb.DuckDBPyConnection) -> Decisions:
    """Return the decisions in force (`ledger.link_decision`); of one identity only the newest ``same`` stands, and goes last."""
    entries = frame(connection, "SELECT * FROM ledger.link_decision ORDER BY seq")
    of_identity = entries.filter(pl.col("subject") == "identity")
    return Decisions(
        by_identity=_standing(of_identity.filter("in_force"), BY_IDENTITY),
        by_claim=_standing(of_identity.filter("claim_in_force"), BY_CLAIM),
        pairs=entries.filter((pl.col("subject") == "pair") & pl.col("in_force")).select(*PAIRS),
        keyed=partial(keyed, connection, _CLAIM),
        numbers=frame(connection, CLAIMED),
    )


def digest(clerks: Decisions) -> str:
    """Return the digest of everything that is in force."""
    told = [
        frame.sort(pl.all()).write_json()
        for frame in (clerks.by_identity, clerks.by_claim, clerks.pairs, clerks.numbers)
    ]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _standing(entries: pl.DataFrame, schema: Iterable[str]) -> pl.DataFrame:
    """Return the entries without a ``same`` that a later one about somebody else replaces."""
    frame = entries.select("seq", *schema)
    key = frame.columns[1]
    last = frame.filter(pl.col("verdict") == SAME).unique(key, keep="last", maintain_order=True)
    standing = pl.concat([frame.filter(pl.col("verdict") != SAME), last])
    return standing.sort("seq").drop("seq")  # of people who are merged later, the newest word stands
