"""What a night starts from: the figures in force, the earlier night's state, the ledger, the divisions.

Not here: deliveries (deliveries.py), how a figure is written (policy), how a state is kept (warehouse).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import dagster as dg
import polars as pl

from assets.groups import group_of
from assets.models import NIGHTS
from assets.night import Night
from assets.timing import timed
from ledger import Ledger, acceptances, exports, link_decisions
from policy import SCHEMAS
from sources import LandingError, divisions
from warehouse import state
from warehouse.book import open_ledger
from warehouse.comments import BY_HAND

DIVISION: Final = dict.fromkeys(("division_code", "name_zh", "level", "parent_code"), pl.String)


def _specs(tables: Iterable[str]) -> list[dg.AssetSpec]:
    """Return a spec for each table, named with its schema."""
    keys = [dg.AssetKey(table.split(".")) for table in tables]
    return [
        dg.AssetSpec(key, group_name=group_of(key.path), kinds={"duckdb"}, partitions_def=NIGHTS)
        for key in keys
    ]


@dg.multi_asset(name="policy_figures", specs=_specs(SCHEMAS), partitions_def=NIGHTS)
def policy_figures(night: dg.ResourceParam[Night]) -> Iterator[dg.MaterializeResult]:
    """Store every figure of the place as typed tables of the night."""
    with timed(night, "policy") as step:
        step.rows = sum(night.store(table, rows) for table, rows in night.inputs.figures.items())
    for table, rows in night.inputs.figures.items():
        yield dg.MaterializeResult(asset_key=table.split("."), metadata={"dagster/row_count": rows.height})


@dg.multi_asset(
    name="earlier_state", specs=_specs(f"state.{table}" for table in state.TABLES), partitions_def=NIGHTS
)
def earlier_state(night: dg.ResourceParam[Night]) -> Iterator[dg.MaterializeResult]:
    """Read what the newest committed night before this date left."""
    with timed(night, "state") as step:
        earlier = state.newest_before(night.paths, night.date)
        step.rows = state.read_into(night.connection, earlier)
        step.note = "people known before" if earlier else "first night"
    for name in state.TABLES:
        yield dg.MaterializeResult(
            asset_key=["state", name], metadata={"dagster/row_count": night.count(f"state.{name}")}
        )


LEDGER: Final[Mapping[str, Callable[[Ledger, int], pl.DataFrame]]] = {
    "ledger.acceptance": acceptances,
    "ledger.export": exports,
    "ledger.link_decision": link_decisions,
}
"""What a night reads of the ledger: tables, and what makes each of the entries up to a sequence number."""


UPTO: Final = "ledger.upto"
"""One row: the sequence number, and the digest of the entries up to it."""


@dg.multi_asset(name="ledger", specs=_specs([*LEDGER, UPTO]), partitions_def=NIGHTS)
def ledger_entries(night: dg.ResourceParam[Night]) -> Iterator[dg.MaterializeResult]:
    """What people decided and took away up to now, read at one sequence number."""
    with timed(night, "ledger") as step, open_ledger(night.paths) as book:
        sequence = book.sequence()
        rows = {table: night.store(table, read(book, sequence)) for table, read in LEDGER.items()}
        upto = {"seq": [sequence], "digest": [book.digest(sequence)]}
        rows[UPTO] = night.store(UPTO, pl.DataFrame(upto, schema={"seq": pl.Int64, "digest": pl.String}))
        step.rows, step.note = sequence, "entries"
    for table, count in rows.items():
        metadata = {"dagster/row_count": count, "ledger_seq": sequence}
        yield dg.MaterializeResult(asset_key=table.split("."), metadata=metadata)


def _divisions(landing: Path) -> tuple[pl.DataFrame | None, str]:
    """Return the place's divisions, or why codes must stand for names: names are no reason to stop a night."""
    try:
        found = divisions(landing)
    except LandingError as error:
        return None, f"codes stand for names: {error}"
    return found, "" if found is not None else "absent: codes stand for names"


@dg.asset(
    key=dg.AssetKey(["core", "division"]),
    description=BY_HAND["core.division"],
    group_name=group_of("core.division"),
    kinds={"duckdb"},
    partitions_def=NIGHTS,
)
def core_division(night: dg.ResourceParam[Night]) -> dg.MaterializeResult:
    """Divisions of the place, province to village, as the landing area's reference names them."""
    with timed(night, "core.division") as step:
        found, missing = _divisions(night.inputs.landing)
        rows = pl.DataFrame(schema=DIVISION) if found is None else found.select(*DIVISION)
        step.rows = night.store("core.division", rows)
        step.note = missing
    return dg.MaterializeResult(metadata={"dagster/row_count": step.rows})
