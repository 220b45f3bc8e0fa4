"""Whom the identities of a source are: from the cache where the same rows met the same spine before.

Not here: how an identity is matched (matching), the rows' own file (arrival.py).
"""

from dataclasses import dataclass
from typing import Final

import polars as pl

from assets.arrival import FACTS, FRAMES, Arrival, parts_of, recalled
from assets.intake import GatedSink
from assets.kept_spine import changes_since
from assets.night import Night
from linking.seats import identity_columns, identity_expression, seat_label
from matching import Links, link
from matching.incremental import Changes, rematch
from matching.linking import LINKED
from sources import Contract, Intake, Seat, take_in
from warehouse.cache import Entry, digest_of

LINKS: Final = "links"
EVIDENCE: Final = "evidence"
MADE: Final = "made"
"""Part of an entry that says which spine and code its links were made by."""


@dataclass(frozen=True, slots=True)
class Seated:
    """The distinct identities of one seat with their links, one row each, and the evidence for them."""

    links: pl.DataFrame
    evidence: pl.DataFrame


def linked(night: Night, contract: Contract, seat: Seat, arrival: Arrival) -> Seated:
    """Return whom the identities of a seat are, beside the columns of the rows that make an identity.

    Args:
        night: the running night; the source's rows stand in `raw.<source>`.
        contract: the source.
        seat: one of its seats.
        arrival: where its rows come from.
    """
    if arrival.key is None or night.spine_key is None:
        return _linked(night, contract, seat)
    label = f"{contract.name}-{seat_label(seat)}" if seat_label(seat) else contract.name
    key = digest_of(rows=arrival.key, seat=seat.id_number, **night.matched_by())
    if kept := night.cache.find(label, key, ["", EVIDENCE]):
        return Seated(kept.read(), kept.read(EVIDENCE))
    found = _linked(night, contract, seat, night.cache.newest(label, ["", EVIDENCE, MADE]))
    draft = night.cache.draft(label)
    made = {"spine": [night.spine_key], "code": [night.arrivals.code]}
    draft.write({"": found.links, EVIDENCE: found.evidence, MADE: pl.DataFrame(made)})
    night.cache.keep(draft, key)
    return found


def _linked(night: Night, contract: Contract, seat: Seat, earlier: Entry | None = None) -> Seated:
    """Match the distinct identities of a seat, those only that an earlier night's links do not hold for."""
    identities = _identities(night, contract, seat)
    spine = night.spine()
    changed = _changes(night, earlier)
    if earlier is None or changed is None:
        found = link(identities, spine, night.model, night.clerks)
    else:
        kept = Links(earlier.read().select(LINKED), earlier.read(EVIDENCE))
        clerks = night.clerks.of_heirs(spine.heirs)
        found = rematch(identities, spine.index, night.model, clerks, kept, changed)
    fields = identities.drop("identity_id").rename(identity_columns(contract, seat), strict=False)
    return Seated(pl.concat([fields, found.links], how="horizontal"), found.evidence)


def _changes(night: Night, earlier: Entry | None) -> Changes | None:
    """Return what changed since earlier links were made; None where they were made by other code, or nobody can tell."""
    if earlier is None:
        return None
    made = earlier.read(MADE).row(0, named=True)
    return changes_since(night, made["spine"]) if made["code"] == night.arrivals.code else None


def _identities(night: Night, contract: Contract, seat: Seat) -> pl.DataFrame:
    """Return the distinct identities of one seat of `raw.<source>`, as matching.link takes them."""
    columns = identity_columns(contract, seat)
    listed = ", ".join(columns.values())
    distinct = f"SELECT DISTINCT {listed} FROM raw.{contract.name}"  # noqa: S608 - a contract's own column names
    if seat_label(seat) == "guardian":  # nobody need be named as guardian
        distinct += f" WHERE coalesce({seat.id_number_raw}, {seat.name}) IS NOT NULL"
    named = ", ".join(f"{column} AS {name}" for name, column in columns.items())
    expression = identity_expression(contract, seat)
    return night.frame(
        f"SELECT {expression} AS identity_id, {named} FROM ({distinct}) ORDER BY identity_id"  # noqa: S608 - as above
    )


@dataclass(frozen=True, slots=True)
class Gated:
    """What a gated source amounts to: its intake, the rows kept of it, their links and evidence."""

    intake: Intake
    rows: pl.DataFrame
    links: pl.DataFrame
    evidence: pl.DataFrame


def gated(night: Night, contract: Contract) -> Gated:
    """Decode, match and filter a gated source in one step; only authorized people's rows are ever written."""
    authorized = night.frame("SELECT person_id FROM link.authorized ORDER BY person_id")["person_id"]
    made_by = {"authorized": digest_of(people=authorized.to_list()), **night.matched_by()}
    stamp = night.arrivals.stamp(contract)
    kept, seen = night.arrivals.find(contract, made_by, ["", LINKS, EVIDENCE, *FRAMES, FACTS])
    if kept:
        night.cache.only(contract.name, seen)
        return Gated(recalled(kept), kept.read(), kept.read(LINKS), kept.read(EVIDENCE))
    sink = GatedSink(night, contract, night.spine(), authorized)
    layout = night.layout[contract.name]
    intake = take_in(night.landing, contract, layout, night.date, gated=True, open_sink=lambda _: sink)
    draft = night.cache.draft(contract.name)
    draft.write({"": sink.rows, LINKS: sink.links, EVIDENCE: sink.evidence, **parts_of(intake)})
    if night.spine_key is not None and night.arrivals.stamp(contract) == stamp:
        night.arrivals.keep(contract, made_by, intake, draft, seen)
    night.cache.only(contract.name, seen)
    return Gated(intake, sink.rows, sink.links, sink.evidence)
