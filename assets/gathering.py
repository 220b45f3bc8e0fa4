"""What the deliveries of a night add up to: files, quarantine, refused cells, each source's state, evidence.

Every source adds its part while it is taken in; the assets here stand when all have. Not here: the audit
tables that readers see (sql/audit), which select from these.
"""

from collections.abc import Iterator
from typing import Final

import dagster as dg
import polars as pl

from assets.groups import group_of
from assets.models import NIGHTS
from assets.night import Night
from assets.timing import timed
from linking.arrival import Arrival
from linking.reach import reach_of_rows
from linking.rows_file import rows_of
from sources import CONTRACTS, Contract, Intake

GATHERED: Final = (
    ["raw", "source_state"],
    ["raw", "delivery_file"],
    ["raw", "quarantined_row"],
    ["raw", "refused_cell"],
    ["link", "evidence"],
    ["link", "reach"],
)
EVIDENCE: Final = (
    "identity_id VARCHAR, person_id VARCHAR, rank INTEGER, field VARCHAR, level VARCHAR, weight DOUBLE"
)
SOURCE_STATE: Final = (
    "CREATE OR REPLACE TABLE raw.source_state AS SELECT arrived.* EXCLUDE (rows_key),"
    " CAST($night AS DATE) - snapshot_date AS age_days,"
    " CASE WHEN snapshot_date IS NULL THEN 'absent' WHEN CAST($night AS DATE) - snapshot_date > fresh_for_days"
    " THEN 'stale' ELSE 'fresh' END AS state, reach.with_candidate, reach.linked FROM raw.arrived AS arrived LEFT JOIN ("
    "SELECT source, sum(with_candidate) / nullif(sum(rows), 0) AS with_candidate, coalesce(sum(rows) FILTER (decision IN"
    " ('linked', 'founded')), 0) / nullif(sum(rows), 0) AS linked FROM link.reach GROUP BY source) AS reach USING (source)"
)


def arrived(night: Night, contract: Contract) -> Arrival:
    """Take an ungated source in, let `raw.<source>` be its rows, and add what its intake found."""
    arrival = night.arrivals.take(contract)
    night.connection.execute(f"CREATE OR REPLACE VIEW raw.{contract.name} AS {rows_of(arrival.rows)}")
    remember(night, contract, arrival.intake, arrival.key, gated=False)
    return arrival


def remember(
    night: Night, contract: Contract, intake: Intake, rows_key: str | None = None, *, gated: bool
) -> None:
    """Add what one source's intake found."""
    arrived = pl.DataFrame(
        {
            "source": [contract.name],
            "snapshot_date": [intake.snapshot_date],
            "gated": [gated],
            "fresh_for_days": [contract.fresh_for_days],
            "first_month": [intake.first_month],
            "last_month": [intake.last_month],
            "usable_numbers": [intake.usable_numbers],
            "rows_key": [rows_key],
        },
        schema_overrides={
            "snapshot_date": pl.Date,
            "first_month": pl.Date,
            "last_month": pl.Date,
            "usable_numbers": pl.Float64,
            "rows_key": pl.String,
        },
    )
    frames = {
        "arrived": arrived,
        "delivery_file": intake.files,
        "quarantined_row": intake.quarantine,
        "refused_cell": intake.cells_refused,
    }
    for table, rows in frames.items():
        _append(night, f"raw.{table}", rows)


def add_evidence(night: Night, evidence: pl.DataFrame) -> None:
    """Append evidence of links to `link.evidence`."""
    night.connection.execute(f"CREATE TABLE IF NOT EXISTS link.evidence ({EVIDENCE})")
    if evidence.height:
        _append(night, "link.evidence", evidence)


def add_reach(night: Night, contract: Contract, reach: pl.DataFrame) -> None:
    """Append how far a source's links reach to `link.reach`."""
    _append(night, "link.reach", reach.with_columns(source=pl.lit(contract.name)))


def _append(night: Night, table: str, rows: pl.DataFrame) -> None:
    """Append a frame to a table, making the table the first time."""
    night.connection.register("rows_to_add", rows)
    night.connection.execute(f"CREATE TABLE IF NOT EXISTS {table} AS SELECT * FROM rows_to_add LIMIT 0")  # noqa: S608
    night.connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM rows_to_add")  # noqa: S608
    night.connection.unregister("rows_to_add")


@dg.multi_asset(
    name="gathered",
    specs=[
        dg.AssetSpec(
            dg.AssetKey(table),
            deps=[*(["raw", name] for name in CONTRACTS), *(["core", name] for name in CONTRACTS)],
            group_name=group_of(table),
            kinds={"duckdb"},
            partitions_def=NIGHTS,
        )
        for table in GATHERED
    ],
    partitions_def=NIGHTS,
)
def gathered(night: dg.ResourceParam[Night]) -> Iterator[dg.MaterializeResult]:
    """What the deliveries of the night amount to."""
    night.spine.forget()
    with timed(night, "raw.source_state") as step:
        for contract in CONTRACTS.values():
            if (
                contract.name not in night.inputs.gated
            ):  # of a gated one it is known before its rows are dropped
                add_reach(night, contract, reach_of_rows(night.connection, contract))
        night.connection.execute(SOURCE_STATE, {"night": night.date})
        step.rows = night.count("raw.source_state")
    for table in GATHERED:
        yield dg.MaterializeResult(
            asset_key=table, metadata={"dagster/row_count": night.count(".".join(table))}
        )
