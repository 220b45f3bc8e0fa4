"""`hedui train`: learns a model from a published night, writes it, and says what it would change.

Read from the restricted database alone: rows as they were accepted, gated ones as far as people have authorized them. The
spine is built anew of the registry only, for a roll would agree with its own copy of a telephone and an address. What
clerks decided since, the ledger tells. Not here: how figures are learned (matching), the command's options (train_cli.py).
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

import duckdb
import polars as pl

from casework.handing import hand_over, text
from casework.published import published
from ledger import link_decisions
from linking.seats import SPINE_READS, identity_columns, link_column
from matching import Links, Model, Spine, build_spine, link
from matching.block_yields import yields
from matching.model_file import read_model, versioned, written
from matching.training import Trained, expected_levels, train
from sources import CONTRACTS, Contract, Seat
from sql.connection import prepare
from sql.frames import keyed
from warehouse.book import check_ledger, open_ledger
from warehouse.paths import WarehousePaths

REGISTRY, ROLL = "household_registry", "assistance_roll"
Say = Callable[[str], None]


@dataclass(frozen=True)
class Moved:
    """A level whose figures are not the starting model's: ``bits`` by which its weight changed, ``seen`` true pairs."""

    field: str
    level: str
    old_m: float
    new_m: float
    old_u: float
    new_u: float
    bits: float
    seen: float


@dataclass(frozen=True)
class Learned:
    """A model that was written.

    Attributes:
        file: where it lies.
        moved: what changed, the most moved first.
        changed: ``before``, ``after`` (decision, or `other person`), ``n``: links that would not be as they were.
        identities: how many were matched with both models.
        labels: decisions of clerks that settled pairs.
        rules: what each blocking rule yields with the model (`matching.block_yields`), over all sources.
    """

    file: Path
    night: date
    model: Model
    trained: Trained
    moved: list[Moved]
    changed: pl.DataFrame
    identities: int
    labels: int
    rules: pl.DataFrame


def train_night(warehouse: Path, night: date | None, out: Path, start: Path | None, say: Say) -> Learned:
    """Train on a published night.

    Args:
        warehouse: the warehouse folder.
        night: a published night; the current one if None.
        out: the model file to write; one that is there is replaced.
        start: the model to begin from; the shipped one if None.
        say: told what is being done.

    Raises:
        CaseworkError: there is no such night, or the file cannot be written.
        ModelError: there is no such model to begin from.
    """
    begun = read_model(start)
    chosen = published(warehouse, night)
    day = chosen.night
    say(f"reading {chosen.database.name}")
    with chosen.opened() as connection:
        registry, delivered = _registry(connection), _identities(connection)
        people = connection.sql(f"SELECT record_no, person_id FROM core.{REGISTRY} ORDER BY record_no").pl()  # noqa: S608
    say(f"spine of {registry.height:,} registry rows")
    counting = replace(begun, names=None)  # the names to learn are this place's
    spine = _spine(registry, counting)
    say(f"learning from {sum(frame.height for frame in delivered.values()):,} identities")
    labels = _labels(chosen.paths, people, spine)
    trained = train(list(delivered.values()), spine, counting, labels=labels)
    say("matching with both models")
    before = _matched(delivered, spine if begun.names is None else _spine(registry, begun), begun)
    learned = _spine(registry, trained.model)
    after = _matched(delivered, learned, trained.model)
    model = versioned(replace(trained.model, expected=expected_levels(after)), day)
    model_text = written(
        model, origin=begun.version, identities=trained.identities, people=trained.people, day=day
    )
    hand_over(out, text(model_text))
    return Learned(
        out,
        day,
        model,
        trained,
        _moved(begun, trained),
        _changed(before, after),
        after.links.height,
        len(labels),
        _yields(delivered, learned, trained.model),
    )


def _registry(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    columns = ", ".join(SPINE_READS[REGISTRY])
    query = f"SELECT {columns}, record_no AS identity_id FROM core.{REGISTRY} ORDER BY record_no"  # noqa: S608 - our own
    found: pl.DataFrame = connection.sql(query).pl()
    return found


def _identities(connection: duckdb.DuckDBPyConnection) -> dict[str, pl.DataFrame]:
    """Return the distinct identities of each seat of each source but the registry's, where anybody sits there at all."""
    every = {
        f"{contract.name} {seat.id_number}": _of_seat(connection, contract, seat)
        for contract in CONTRACTS.values()
        if contract.name != REGISTRY
        for seat in contract.seats
    }
    # To match nobody takes as long as to match a few.
    return {name: frame for name, frame in every.items() if frame.height} or every


def _of_seat(connection: duckdb.DuckDBPyConnection, contract: Contract, seat: Seat) -> pl.DataFrame:
    listed = ", ".join(f"{column} AS {name}" for name, column in identity_columns(contract, seat).items())
    query = (
        f"SELECT DISTINCT {link_column(seat, 'identity_id')} AS identity_id, {listed} FROM core.{contract.name}"  # noqa: S608 - a contract's own column names
        f" WHERE coalesce({seat.id_number_raw}, {seat.name}) IS NOT NULL ORDER BY ALL"
    )
    found: pl.DataFrame = connection.sql(query).pl()
    return found


def _spine(registry: pl.DataFrame, model: Model) -> Spine:
    """Build the registry's people, under ids that mean nothing outside this training."""
    roll = pl.DataFrame(schema=dict.fromkeys((*SPINE_READS[ROLL], "identity_id"), pl.String))
    anchors = pl.DataFrame(schema=dict.fromkeys(("person_id", "kind", "anchor"), pl.String))
    with duckdb.connect() as connection:
        prepare(connection, b"ids of a training")

        return build_spine(registry, roll, anchors, partial(keyed, connection), model)


def _labels(paths: WarehousePaths, people: pl.DataFrame, spine: Spine) -> pl.DataFrame:
    """Return what clerks decided on identities up to now, about the people of the training's spine.

    Args:
        paths: of the warehouse; without a ledger there are no decisions.
        people: ``record_no``, ``person_id`` of the registry's rows, as the night has them.
        spine: the training's.
    """
    check_ledger(paths)
    if isinstance(paths.ledger, Path) and not paths.ledger.exists():
        return pl.DataFrame(schema=dict.fromkeys(("identity_id", "person_id", "verdict"), pl.String))
    with open_ledger(paths) as book:
        decisions = link_decisions(book, book.sequence())
    decided = decisions.filter((pl.col("subject") == "identity") & pl.col("in_force")).select(
        "identity_id", "person_id", "verdict"
    )
    own = spine.links.select("record_no", trained="person_id")
    same = people.join(own, on="record_no").select("person_id", "trained").unique()
    known = decided.join(same, on="person_id").select("identity_id", person_id="trained", verdict="verdict")
    return known.filter(pl.col("verdict").is_in(["same", "different"])).unique().sort(pl.all())


def _matched(delivered: dict[str, pl.DataFrame], spine: Spine, model: Model) -> Links:
    """Match every identity, each seat's as a night would."""
    found = []
    for name, frame in delivered.items():
        ids = pl.concat_str(pl.lit(name), pl.int_range(pl.len()).cast(pl.String), separator="|")
        found.append(link(frame.with_columns(identity_id=ids), spine, model))
    return Links(pl.concat([one.links for one in found]), pl.concat([one.evidence for one in found]))


def _yields(delivered: dict[str, pl.DataFrame], spine: Spine, model: Model) -> pl.DataFrame:
    """Add up what each blocking rule yields of each seat's identities."""
    each = [yields(frame, spine.index, model) for frame in delivered.values()]
    return pl.concat(each).group_by("rule", maintain_order=True).agg(pl.exclude("rule").sum())


def _moved(old: Model, trained: Trained) -> list[Moved]:
    rows = []
    for field, levels in old.comparisons.items():
        for name, level in levels.items():
            new = trained.model.comparisons[field][name]
            bits = math.log2(new.m / new.u) - math.log2(level.m / level.u)
            seen = trained.seen.get(f"{field}.{name}", 0.0)
            if abs(bits) >= 0.005:
                rows.append(Moved(field, name, level.m, new.m, level.u, new.u, bits, seen))
    return sorted(rows, key=lambda row: (-abs(row.bits), row.field, row.level))


def _changed(before: Links, after: Links) -> pl.DataFrame:
    who = pl.coalesce("person_id", "candidate_person_id")
    old = before.links.select("identity_id", before="decision", was=who)
    new = after.links.select("identity_id", after="decision", now=who)
    both = old.join(new, on="identity_id")
    same = pl.col("before") == pl.col("after")
    other = same & (pl.col("before") != "unlinked") & (pl.col("was") != pl.col("now"))
    shown = both.with_columns(after=pl.when(other).then(pl.lit("other person")).otherwise("after"))
    counts = shown.filter(~same | other).group_by("before", "after").agg(n=pl.len())
    return counts.sort("before", "after")
