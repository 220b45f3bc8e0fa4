"""Whom the identities of an ungated source are: from the cache where the same rows met the same spine before.

Not here: how an identity is matched (matching), the rows' own file (arrival.py), gated sources (gated.py).
"""

from dataclasses import dataclass
from typing import Final

import duckdb
import polars as pl

from linking.kept_spine import KeptSpine
from linking.seats import identity_columns, identity_expression, seat_label
from matching import Links, link
from matching.incremental import Changes, rematch
from matching.linking import LINKED
from sources import Contract, Seat
from sql.frames import frame
from warehouse.cache import Entry, digest_of

EVIDENCE: Final = "evidence"
MADE: Final = "made"
"""Part of an entry that says which spine and code its links were made by."""


@dataclass(frozen=True, slots=True)
class Seated:
    """The distinct identities of one seat with their links, one row each, and the evidence for them."""

    links: pl.DataFrame
    evidence: pl.DataFrame


def linked(kept: KeptSpine, contract: Contract, seat: Seat, rows_key: str | None) -> Seated:
    """Return whom the identities of a seat are, beside the columns of the rows that make an identity.

    Args:
        kept: the spine; the source's rows stand in `raw.<source>` of its connection.
        contract: the source.
        seat: one of its seats.
        rows_key: digest of what made its rows; None where they are looked into each night.
    """
    if rows_key is None or kept.key is None:
        return _linked(kept, contract, seat)
    cache, code = kept.rests.cache, kept.rests.code
    label = f"{contract.name}-{seat_label(seat)}" if seat_label(seat) else contract.name
    key = digest_of(rows=rows_key, seat=seat.id_number, spine=kept.key, code=code)
    if before := cache.find(label, key, ["", EVIDENCE]):
        return Seated(before.read(), before.read(EVIDENCE))
    found = _linked(kept, contract, seat, cache.newest(label, ["", EVIDENCE, MADE]))
    draft = cache.draft(label)
    made = pl.DataFrame({"spine": [kept.key], "code": [code]})
    draft.write({"": found.links, EVIDENCE: found.evidence, MADE: made})
    cache.keep(draft, key)
    return found


def _linked(kept: KeptSpine, contract: Contract, seat: Seat, earlier: Entry | None = None) -> Seated:
    """Match the distinct identities of a seat, those only that an earlier night's links do not hold for."""
    rests, spine = kept.rests, kept.spine()
    identities = _identities(rests.connection, contract, seat)
    changed = _changes(kept, earlier)
    if earlier is None or changed is None:
        found = link(identities, spine, rests.model, rests.clerks)
    else:
        before = Links(earlier.read().select(LINKED), earlier.read(EVIDENCE))
        clerks = rests.clerks.of_heirs(spine.heirs)
        found = rematch(identities, spine.index, rests.model, clerks, before, changed)
    fields = identities.drop("identity_id").rename(identity_columns(contract, seat), strict=False)
    return Seated(pl.concat([fields, found.links], how="horizontal"), found.evidence)


def _changes(kept: KeptSpine, earlier: Entry | None) -> Changes | None:
    """Return what changed since earlier links were made; None where they were made by other code, or nobody can tell."""
    if earlier is None:
        return None
    made = earlier.read(MADE).row(0, named=True)
    return kept.changes_since(made["spine"]) if made["code"] == kept.rests.code else None


def _identities(connection: duckdb.DuckDBPyConnection, contract: Contract, seat: Seat) -> pl.DataFrame:
    """Return the distinct identities of one seat of `raw.<source>`, as matching.link takes them."""
    columns = identity_columns(contract, seat)
    listed = ", ".join(columns.values())
    distinct = f"SELECT DISTINCT {listed} FROM raw.{contract.name}"  # noqa: S608 - a contract's own column names
    if seat_label(seat) == "guardian":  # nobody need be named as guardian
        distinct += f" WHERE coalesce({seat.id_number_raw}, {seat.name}) IS NOT NULL"
    named = ", ".join(f"{column} AS {name}" for name, column in columns.items())
    expression = identity_expression(contract, seat)
    query = f"SELECT {expression} AS identity_id, {named} FROM ({distinct}) ORDER BY identity_id"  # noqa: S608 - as above
    return frame(connection, query)
