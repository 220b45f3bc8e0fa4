"""Registry and roll, and the spine they make: everybody known tonight.

Not here: the other sources (deliveries.py), how two rows are found to be one person (matching).
"""

from collections.abc import Iterator
from typing import Final

import dagster as dg
import polars as pl

from assets.delivery_checks import BLOCKING, check_results, check_specs, no_snapshot, note
from assets.described import of_delivery, of_source
from assets.gathering import add_evidence, remember
from assets.intake import TableSink
from assets.models import NIGHTS
from assets.night import Night
from assets.seats import core_rows
from assets.timing import timed
from matching import build_spine
from matching.normalise import identity_numbers
from sources import CONTRACTS, Contract, take_in

TABLES: Final = (
    ["link", "person"],
    ["link", "anchor"],
    ["link", "spine_link"],
    ["core", "person_same_as"],
    ["core", "person_event"],
)


def raw_asset(contract: Contract) -> dg.AssetsDefinition:
    """Return the asset that takes in registry or roll; without a usable snapshot the night ends."""

    @dg.asset(
        key=dg.AssetKey(["raw", contract.name]),
        deps=[dg.AssetKey(["policy", "night"])],
        group_name="raw",
        kinds={"polars", "duckdb"},
        partitions_def=NIGHTS,
        description=contract.grain,
        metadata=of_delivery(contract),
        check_specs=check_specs(contract),
    )
    def raw_source(night: dg.ResourceParam[Night]) -> dg.MaterializeResult:
        with timed(night, f"raw.{contract.name}") as step:
            sink = TableSink(night, contract)
            intake = take_in(
                night.landing,
                contract,
                night.layout[contract.name],
                night.date,
                gated=False,
                open_sink=lambda _: sink,
            )
            if intake.snapshot_date is None:
                raise dg.Failure(description=no_snapshot(contract, intake, night.date, night.landing))
            remember(night, contract, intake, gated=False)
            step.rows, step.note = night.count(f"raw.{contract.name}"), note(intake)
        return dg.MaterializeResult(
            metadata={"dagster/row_count": step.rows}, check_results=check_results(contract, intake, night.date)
        )

    return raw_source


@dg.multi_asset(
    name="spine",
    specs=[
        dg.AssetSpec(
            dg.AssetKey(table),
            deps=[*(["raw", name] for name in BLOCKING), ["state", "person_anchor"]],
            group_name=table[0],
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
        registry = night.frame("SELECT * FROM raw.household_registry ORDER BY record_no")
        roll = night.frame("SELECT * FROM raw.assistance_roll ORDER BY record_no")
        found = build_spine(
            registry,
            roll,
            night.frame("SELECT person_id, kind, anchor FROM state.person_anchor ORDER BY ALL"),
            night.keyed,
            night.model,
        )
        night.spine = found
        step.rows = night.store("link.person", found.person)
        night.store("link.anchor", found.anchors)
        night.store(
            "link.spine_link", _with_numbers(found.links, household_registry=registry, assistance_roll=roll)
        )
        night.store("core.person_same_as", found.same_as)
        night.store("core.person_event", found.events.with_columns(night=pl.lit(night.date)))
        add_evidence(night, found.evidence)
    for table in TABLES:
        yield dg.MaterializeResult(
            asset_key=table, metadata={"dagster/row_count": night.count(".".join(table))}
        )


def _with_numbers(links: pl.DataFrame, **rows: pl.DataFrame) -> pl.DataFrame:
    """Return the links of registry and roll rows with each row's number as normalised."""
    numbers = [
        frame.select(pl.lit(source).alias("source"), "record_no").with_columns(
            identity_numbers(frame["id_number_raw"])["id_number"]
        )
        for source, frame in rows.items()
    ]
    return links.join(pl.concat(numbers), on=["source", "record_no"], how="left")


def core_asset(contract: Contract) -> dg.AssetsDefinition:
    """Return the asset of registry's or roll's canonical rows with the person each speaks of."""

    @dg.asset(
        key=dg.AssetKey(["core", contract.name]),
        deps=[dg.AssetKey(["raw", contract.name]), dg.AssetKey(["link", "spine_link"])],
        group_name="core",
        kinds={"duckdb"},
        partitions_def=NIGHTS,
        description=contract.grain,
        metadata=of_source(contract),
    )
    def core_source(night: dg.ResourceParam[Night]) -> dg.MaterializeResult:
        with timed(night, f"core.{contract.name}") as step:
            links = f"(SELECT * FROM link.spine_link WHERE source = '{contract.name}')"  # noqa: S608
            night.connection.execute(core_rows(contract, f"raw.{contract.name}", links, by_row=True))
            step.rows = night.count(f"core.{contract.name}")
        return dg.MaterializeResult(metadata={"dagster/row_count": step.rows})

    return core_source


spine_assets = [
    *(raw_asset(CONTRACTS[name]) for name in BLOCKING),
    spine,
    *(core_asset(CONTRACTS[name]) for name in BLOCKING),
]
