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
from assets.gathering import add_evidence, add_reach, arrived, remember
from assets.groups import group_of
from assets.models import NIGHTS
from assets.night import Night
from assets.timing import timed
from linking.gated import gated
from linking.linked import linked
from linking.seats import Meeting, by_fields, by_identity, core_rows
from sources import CONTRACTS, Contract, Intake
from sql.frames import registered


def source_asset(contract: Contract) -> dg.AssetsDefinition:
    """Return the assets of one source: `raw.<source>` (counts only where gated) and `core.<source>`."""
    before = [["link", "person"], ["link", "authorized"], ["policy", "gated_source"]]

    def spec(layer: str, deps: list[list[str]], description: str, metadata: Metadata) -> dg.AssetSpec:
        return dg.AssetSpec(
            dg.AssetKey([layer, contract.name]),
            deps=deps,
            group_name=group_of([layer, contract.name]),
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
                [["policy", "gated_source"]],  # one step makes both, so this waits for authorization too
                f"{contract.grain} As delivered; where gated, counts only, known when the rows were authorized.",
                of_delivery(contract),
            ),
            spec("core", [["raw", contract.name], *before], contract.grain, of_source(contract)),
        ],
        check_specs=check_specs(contract),
        partitions_def=NIGHTS,
    )
    def source(night: dg.ResourceParam[Night]) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
        needs_authorization = contract.name in night.inputs.gated
        intake, rows = (_gated if needs_authorization else _ungated)(night, contract)
        yield dg.MaterializeResult(asset_key=["raw", contract.name], metadata=counts(intake))
        yield from check_results(contract, intake, night.date)
        yield dg.MaterializeResult(asset_key=["core", contract.name], metadata={"dagster/row_count": rows})

    return source


def _ungated(night: Night, contract: Contract) -> tuple[Intake, int]:
    """Take a source in, link its identities, and make its canonical rows."""
    with timed(night, f"raw.{contract.name}") as step:
        arrival = arrived(night, contract)
        step.rows, step.note = night.count(f"raw.{contract.name}"), note(arrival.intake)
    with timed(night, f"core.{contract.name}") as step:
        found = [linked(night.spine, contract, seat, arrival.key) for seat in contract.seats]
        step.rows = _canonical(
            night, contract, f"raw.{contract.name}", [one.links for one in found], by_fields
        )
        for one in found:
            add_evidence(night, one.evidence)
    return arrival.intake, step.rows


def _gated(night: Night, contract: Contract) -> tuple[Intake, int]:
    """Take in and link a gated source; its rows are never anywhere but in memory until they are authorized."""
    with timed(night, f"core.{contract.name}") as step:
        found = gated(night.spine, contract, night.arrivals)
        remember(night, contract, found.intake, gated=True)
        with registered(night.connection, gated_rows=found.rows):
            step.rows = _canonical(night, contract, "gated_rows", [found.links], by_identity)
        add_evidence(night, found.evidence)
        add_reach(night, contract, found.reach)
        step.note = note(found.intake)
    return found.intake, step.rows


def _canonical(
    night: Night, contract: Contract, rows: str, links: list[pl.DataFrame], meeting: Meeting
) -> int:
    """Make `core.<source>` and return its row count."""
    named = {f"links_{position}": frame for position, frame in enumerate(links)}
    with registered(night.connection, **named):
        night.connection.execute(core_rows(contract, rows, list(named), meeting))
    return night.count(f"core.{contract.name}")


source_assets = [source_asset(contract) for name, contract in CONTRACTS.items() if name not in BLOCKING]
