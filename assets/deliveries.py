"""The assets of every source but registry and roll: what arrived, and who each row speaks of.

Authorization comes first (rules.md 3): the roll is linked and `link.authorized` stands before any source
here is read, so that a gated one is decoded, matched and filtered in one step. Not here: readers and
contracts (sources), comparisons (matching), the spine (spine.py).
"""

from collections.abc import Iterator

import dagster as dg
import polars as pl

from assets.delivery_checks import BLOCKING, check_results, check_specs, counts, note
from assets.described import Metadata, of_delivery, of_source
from assets.gathering import add_evidence, remember
from assets.intake import GatedSink, TableSink, seat_identities
from assets.models import NIGHTS
from assets.night import Night
from assets.seats import core_rows
from assets.timing import timed
from matching import link
from sources import CONTRACTS, Contract, Intake, take_in


def source_asset(contract: Contract) -> dg.AssetsDefinition:
    """Return the assets of one source: `raw.<source>` (counts only where gated) and `core.<source>`."""
    before = [["link", "person"], ["link", "authorized"], ["policy", "gated_source"]]

    def spec(layer: str, deps: list[list[str]], description: str, metadata: Metadata) -> dg.AssetSpec:
        return dg.AssetSpec(
            dg.AssetKey([layer, contract.name]),
            deps=deps,
            group_name=layer,
            kinds={"polars", "duckdb"},
            description=description,
            metadata=metadata,
            partitions_def=NIGHTS,
        )

    @dg.multi_asset(
        name=contract.name,
        specs=[
            spec(
                "raw",
                before,
                f"{contract.grain} As delivered; where gated, counts only.",
                of_delivery(contract),
            ),
            spec("core", [["raw", contract.name], *before], contract.grain, of_source(contract)),
        ],
        check_specs=check_specs(contract),
        partitions_def=NIGHTS,
    )
    def source(night: dg.ResourceParam[Night]) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
        gated = contract.name in set(night.frame("SELECT source FROM policy.gated_source")["source"])
        intake, rows = (_gated if gated else _ungated)(night, contract)
        yield dg.MaterializeResult(asset_key=["raw", contract.name], metadata=counts(intake))
        yield from check_results(contract, intake, night.date)
        yield dg.MaterializeResult(asset_key=["core", contract.name], metadata={"dagster/row_count": rows})

    return source


def _ungated(night: Night, contract: Contract) -> tuple[Intake, int]:
    """Take a source into its table, link its identities, and make its canonical rows."""
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
        remember(night, contract, intake, gated=False)
        step.rows, step.note = night.count(f"raw.{contract.name}"), note(intake)
    with timed(night, f"core.{contract.name}") as step:
        found = [
            link(seat_identities(night, contract, seat), night.spine, night.model) for seat in contract.seats
        ]
        for seat_found in found:
            add_evidence(night, seat_found.evidence)
        night.store("link.found", pl.concat([seat_found.links for seat_found in found]))
        night.connection.execute(core_rows(contract, f"raw.{contract.name}", "link.found"))
        step.rows = night.count(f"core.{contract.name}")
    return intake, step.rows


def _gated(night: Night, contract: Contract) -> tuple[Intake, int]:
    """Decode, match and filter a gated source in one step; only authorized people's rows are ever written."""
    with timed(night, f"core.{contract.name}") as step:
        authorized = night.frame("SELECT person_id FROM link.authorized ORDER BY person_id")["person_id"]
        sink = GatedSink(night, contract, night.spine, authorized)
        intake = take_in(
            night.landing,
            contract,
            night.layout[contract.name],
            night.date,
            gated=True,
            open_sink=lambda _: sink,
        )
        remember(night, contract, intake, gated=True)
        night.connection.register("gated_rows", sink.rows)
        night.connection.register("gated_links", sink.links)
        night.connection.execute(core_rows(contract, "gated_rows", "gated_links"))
        night.connection.unregister("gated_rows")
        night.connection.unregister("gated_links")
        add_evidence(night, sink.evidence)
        step.rows, step.note = night.count(f"core.{contract.name}"), note(intake)
    return intake, step.rows


source_assets = [source_asset(contract) for name, contract in CONTRACTS.items() if name not in BLOCKING]
