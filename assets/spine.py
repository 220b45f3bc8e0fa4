"""Registry and roll, and the spine they make: everybody known tonight.

Not here: the other sources (deliveries.py), how two rows are found to be one person (matching).
"""

from collections.abc import Iterator
from typing import Final

import dagster as dg

from assets.delivery_checks import BLOCKING, check_results, check_specs, no_snapshot, note
from assets.described import of_delivery, of_source
from assets.gathering import add_evidence, arrived
from assets.groups import group_of
from assets.models import NIGHTS
from assets.night import Night
from assets.timing import timed
from linking.clerks import clerks_of
from linking.code import digest_of_matchers
from linking.kept_spine import Rests, spine_of
from linking.seats import by_record, core_rows
from matching.frames import SHARES
from sources import CONTRACTS, Contract
from warehouse.comments import BY_HAND
from warehouse.key import fingerprint
from warehouse.paths import quoted

KNOWN: Final = (
    ["state", "person_anchor"],
    ["state", "frequency"],
    ["state", "claim"],
    ["ledger", "link_decision"],
)
"""What is known beside the deliveries: of earlier nights, and from clerks."""
TABLES: Final = {
    ("link", "person"): "person",
    ("link", "anchor"): "anchors",
    ("link", "spine_link"): "links",
    ("link", "frequency"): SHARES,
    ("core", "person_same_as"): "same_as",
    ("core", "person_event"): "events",
}
"""The tables, and which frame of the spine each is made of."""


ROWS: Final = "SELECT source, rows_key FROM raw.arrived WHERE source IN ('household_registry', 'assistance_roll') ORDER BY source"
"""Digests of what made registry's and roll's rows; null where they are looked into each night."""

CLAIMED: Final = (
    "INSERT INTO core.person_event BY NAME SELECT person_id, 'number_claimed' AS event, $night AS night FROM state.claim"
    " SEMI JOIN state.night ON claim.claimed_on = night.night ORDER BY ALL"
)
"""The first night that links by a claimed number says so."""


def raw_asset(contract: Contract) -> dg.AssetsDefinition:
    """Return the asset that takes in registry or roll; without a usable snapshot the night ends."""

    @dg.asset(
        key=dg.AssetKey(["raw", contract.name]),
        deps=[dg.AssetKey(["policy", "night"])],
        group_name=group_of("raw"),
        kinds={"polars", "duckdb"},
        partitions_def=NIGHTS,
        description=contract.grain,
        metadata=of_delivery(contract),
        check_specs=check_specs(contract),
    )
    def raw_source(night: dg.ResourceParam[Night]) -> dg.MaterializeResult:
        with timed(night, f"raw.{contract.name}") as step:
            arrival = arrived(night, contract)
            intake = arrival.intake
            if intake.snapshot_date is None:
                raise dg.Failure(description=no_snapshot(contract, intake, night.date, night.inputs.landing))
            step.rows, step.note = night.count(f"raw.{contract.name}"), note(intake)
        return dg.MaterializeResult(
            metadata={"dagster/row_count": step.rows},
            check_results=check_results(contract, intake, night.date),
        )

    return raw_source


@dg.multi_asset(
    name="spine",
    specs=[
        dg.AssetSpec(
            dg.AssetKey(table),
            deps=[
                *(["raw", name] for name in BLOCKING),
                *KNOWN,
            ],
            description=BY_HAND.get(".".join(table)),
            group_name=group_of(table),
            kinds={"polars"},
            partitions_def=NIGHTS,
        )
        for table in TABLES
    ],
    partitions_def=NIGHTS,
)
def spine(night: dg.ResourceParam[Night]) -> Iterator[dg.MaterializeResult]:
    """Everybody known tonight: registry people, and people only the roll names."""
    with timed(night, "link.person") as step:
        night.spine = spine_of(_rests(night), dict(night.frame(ROWS).iter_rows()))
        kept = night.spine.entry
        for table, part in TABLES.items():
            of_night = f", DATE '{night.date}' AS night" if part == "events" else ""
            select = f"SELECT *{of_night} FROM read_parquet({quoted(kept.path(part))})"  # noqa: S608 - our own file
            night.connection.execute(f"CREATE OR REPLACE TABLE {'.'.join(table)} AS {select}")
        night.connection.execute(CLAIMED, {"night": night.date})
        add_evidence(night, kept.read("evidence"))
        step.rows = night.count("link.person")
    for table in TABLES:
        yield dg.MaterializeResult(
            asset_key=table, metadata={"dagster/row_count": night.count(".".join(table))}
        )


def _rests(night: Night) -> Rests:
    """Return what the night's spine and links rest on beside rows."""
    return Rests(
        connection=night.connection,
        cache=night.arrivals.cache,
        code=digest_of_matchers(),
        installation=fingerprint(night.inputs.key),
        model=night.inputs.model,
        clerks=clerks_of(night.connection),
    )


def core_asset(contract: Contract) -> dg.AssetsDefinition:
    """Return the asset of registry's or roll's canonical rows with the person each speaks of."""

    @dg.asset(
        key=dg.AssetKey(["core", contract.name]),
        deps=[dg.AssetKey(["raw", contract.name]), dg.AssetKey(["link", "spine_link"])],
        group_name=group_of("core"),
        kinds={"duckdb"},
        partitions_def=NIGHTS,
        description=contract.grain,
        metadata=of_source(contract),
    )
    def core_source(night: dg.ResourceParam[Night]) -> dg.MaterializeResult:
        with timed(night, f"core.{contract.name}") as step:
            links = f"(SELECT * FROM link.spine_link WHERE source = '{contract.name}')"  # noqa: S608
            night.connection.execute(core_rows(contract, f"raw.{contract.name}", [links], by_record))
            step.rows = night.count(f"core.{contract.name}")
        return dg.MaterializeResult(metadata={"dagster/row_count": step.rows})

    return core_source


spine_assets = [
    *(raw_asset(CONTRACTS[name]) for name in BLOCKING),
    spine,
    *(core_asset(CONTRACTS[name]) for name in BLOCKING),
]
