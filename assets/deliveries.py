"""The assets of what departments deliver: registry and roll first, the spine, then every other source.

Authorization comes first (rules.md 3): the roll is linked and `link.authorized` stands before any other
source is read, so that a gated one is decoded, matched and filtered in one step. Not here: readers and
contracts (sources), comparisons (matching).
"""

from collections.abc import Iterator
from typing import Final

import dagster as dg
import polars as pl

from assets.intake import GatedSink, TableSink, seat_identities
from assets.models import NIGHTS
from assets.night import Night
from assets.seats import core_columns, core_joins, link_column
from assets.timing import timed
from matching import Spine, build_spine, link
from sources import CONTRACTS, Contract, Intake, take_in

SPINE_SOURCES: Final = ("household_registry", "assistance_roll")
SPINE_TABLES: Final = (
    ["link", "person"],
    ["link", "anchor"],
    ["link", "spine_link"],
    ["core", "person_same_as"],
    ["core", "person_event"],
)
GATHERED: Final = (
    ["raw", "source_state"],
    ["raw", "delivery_file"],
    ["raw", "quarantined_row"],
    ["raw", "refused_cell"],
    ["link", "evidence"],
)


def _checks(contract: Contract) -> list[dg.AssetCheckSpec]:
    """Return the checks of a source's delivery; those of registry and roll stop the night."""
    key, blocking = dg.AssetKey(["raw", contract.name]), contract.name in SPINE_SOURCES
    return [dg.AssetCheckSpec(name, asset=key, blocking=blocking) for name in ("honours_contract", "rows_are_conserved")]


def _check_results(contract: Contract, intake: Intake) -> list[dg.AssetCheckResult]:
    """Return what the checks found: counts and file names only."""
    key, blocking = dg.AssetKey(["raw", contract.name]), contract.name in SPINE_SOURCES
    severity = dg.AssetCheckSeverity.ERROR if blocking else dg.AssetCheckSeverity.WARN
    refused = intake.files.filter(pl.col("refused_why").is_not_null())
    used = intake.files.filter(pl.col("refused_why").is_null())
    ended = pl.sum_horizontal("rows_accepted", "rows_quarantined", "rows_dropped_unauthorized")
    return [
        dg.AssetCheckResult(
            check_name="honours_contract",
            asset_key=key,
            # An older snapshot stands in for a refused one: a warning, unless there is none at all.
            passed=refused.is_empty() or (blocking and intake.snapshot_date is not None),
            severity=severity,
            metadata={"files_refused": refused.height, "why": "; ".join(refused["refused_why"].unique(maintain_order=True))},
        ),
        dg.AssetCheckResult(
            check_name="rows_are_conserved",
            asset_key=key,
            passed=used.filter(ended != pl.col("rows_delivered")).is_empty(),
            severity=severity,
            metadata={"rows_delivered": int(used["rows_delivered"].sum() or 0)},
        ),
    ]


def _remember(night: Night, contract: Contract, intake: Intake, *, gated: bool) -> None:
    """Add what the intake found to the tables that the audit reads."""
    state = pl.DataFrame(
        {
            "source": [contract.name],
            "snapshot_date": [intake.snapshot_date],
            "gated": [gated],
            "fresh_for_days": [contract.fresh_for_days],
            "first_month": [intake.first_month],
            "last_month": [intake.last_month],
        },
        schema_overrides={"snapshot_date": pl.Date, "first_month": pl.Date, "last_month": pl.Date},
    )
    frames = {"arrived": state, "delivery_file": intake.files, "quarantined_row": intake.quarantine, "refused_cell": intake.cells_refused}
    for table, rows in frames.items():
        night.connection.register("rows_to_add", rows)
        night.connection.execute(f"CREATE TABLE IF NOT EXISTS raw.{table} AS SELECT * FROM rows_to_add LIMIT 0")  # noqa: S608
        night.connection.execute(f"INSERT INTO raw.{table} BY NAME SELECT * FROM rows_to_add")  # noqa: S608
        night.connection.unregister("rows_to_add")


def _add_evidence(night: Night, evidence: pl.DataFrame) -> None:
    """Append evidence of links to `link.evidence`."""
    night.connection.execute(
        "CREATE TABLE IF NOT EXISTS link.evidence"
        " (identity_id VARCHAR, person_id VARCHAR, rank INTEGER, field VARCHAR, level VARCHAR, weight DOUBLE)"
    )
    if evidence.height:
        night.connection.register("evidence_to_add", evidence)
        night.connection.execute("INSERT INTO link.evidence BY NAME SELECT * FROM evidence_to_add")
        night.connection.unregister("evidence_to_add")


def _store_core(night: Night, contract: Contract, rows: str, links: str) -> int:
    """Make `core.<source>` of its rows and their links and return its row count."""
    night.connection.execute(
        f"CREATE OR REPLACE TABLE core.{contract.name} AS SELECT {core_columns(contract)}"  # noqa: S608
        f" FROM {rows} AS delivered {core_joins(contract, links)}"
    )
    return night.count(f"core.{contract.name}")


def spine_source_asset(contract: Contract) -> dg.AssetsDefinition:
    """Return the asset that takes in registry or roll; without a usable snapshot the night ends."""

    @dg.asset(
        key=dg.AssetKey(["raw", contract.name]),
        deps=[dg.AssetKey(["policy", "night"])],
        group_name="raw",
        kinds={"duckdb"},
        partitions_def=NIGHTS,
        description=contract.grain,
        check_specs=_checks(contract),
    )
    def raw_source(night: dg.ResourceParam[Night]) -> dg.MaterializeResult:
        with timed(night, f"raw.{contract.name}") as step:
            sink = TableSink(night, contract)
            intake = take_in(night.landing, contract, night.layout[contract.name], night.date, False, lambda _: sink)  # noqa: FBT003
            if intake.snapshot_date is None:
                raise dg.Failure(description=_no_snapshot(night, contract, intake))
            _remember(night, contract, intake, gated=False)
            step.rows, step.note = night.count(f"raw.{contract.name}"), _note(intake)
        return dg.MaterializeResult(
            metadata={"dagster/row_count": step.rows}, check_results=_check_results(contract, intake)
        )

    return raw_source


def _no_snapshot(night: Night, contract: Contract, intake: Intake) -> str:
    """Return the sentence that ends a night without registry or roll."""
    refused = intake.files.filter(pl.col("refused_why").is_not_null()).select("snapshot_date", "file", "refused_why").unique(maintain_order=True)
    reasons = "; ".join(f"{date}/{file}: {why}" for date, file, why in refused.head(3).iter_rows())
    found = f"every snapshot was refused ({reasons})" if reasons else "none has been delivered"
    return (
        f"{contract.name} ({contract.department_zh}) has no usable snapshot dated {night.date} or earlier under "
        f"{night.landing}: {found}. Without it nobody can be verified, so nothing was published and the last "
        "publication stands. Ask the department to deliver again, then run the night again."
    )


def _note(intake: Intake) -> str:
    """Return the remark on a step's line: date, quarantine, refusals."""
    if intake.snapshot_date is None:
        return "absent: what rests on it says so"
    quarantined = intake.quarantine.height
    refused = intake.files.filter(pl.col("refused_why").is_not_null()).height
    parts = [f"of {intake.snapshot_date}"]
    parts += [f"{quarantined:,} quarantined"] if quarantined else []
    parts += [f"{refused} newer file(s) refused"] if refused else []
    return ", ".join(parts)


@dg.multi_asset(
    name="spine",
    specs=[
        dg.AssetSpec(
            dg.AssetKey(table),
            deps=[["raw", "household_registry"], ["raw", "assistance_roll"], ["state", "person_anchor"]],
            group_name=table[0],
            kinds={"polars"},
            partitions_def=NIGHTS,
        )
        for table in SPINE_TABLES
    ],
    partitions_def=NIGHTS,
)
def spine(night: dg.ResourceParam[Night]) -> Iterator[dg.MaterializeResult]:
    """Everybody known tonight: registry people, and people only the roll names."""
    with timed(night, "link.person") as step:
        registry = night.frame("SELECT * FROM raw.household_registry ORDER BY record_no")
        roll = night.frame("SELECT * FROM raw.assistance_roll ORDER BY record_no")
        anchors = night.frame("SELECT person_id, kind, anchor FROM state.person_anchor ORDER BY ALL")
        found = build_spine(registry, roll, anchors, night.keyed, night.model)
        night.facts["spine"] = found
        step.rows = night.store("link.person", found.person)
        night.store("link.anchor", found.anchors)
        night.store("link.spine_link", found.links)
        night.store("core.person_same_as", found.same_as)
        night.store("core.person_event", found.events.with_columns(night=pl.lit(night.date)))
        _add_evidence(night, found.evidence)
    for table in SPINE_TABLES:
        yield dg.MaterializeResult(asset_key=table, metadata={"dagster/row_count": night.count(".".join(table))})


def linked_spine_asset(contract: Contract) -> dg.AssetsDefinition:
    """Return the asset of registry's or roll's canonical rows with the person each speaks of."""

    @dg.asset(
        key=dg.AssetKey(["core", contract.name]),
        deps=[dg.AssetKey(["raw", contract.name]), dg.AssetKey(["link", "spine_link"])],
        group_name="core",
        kinds={"duckdb"},
        partitions_def=NIGHTS,
        description=contract.grain,
    )
    def core_source(night: dg.ResourceParam[Night]) -> dg.MaterializeResult:
        with timed(night, f"core.{contract.name}") as step:
            step.rows = _store_core(night, contract, f"raw.{contract.name}", f"(SELECT * FROM link.spine_link WHERE source = '{contract.name}')")  # noqa: S608
        return dg.MaterializeResult(metadata={"dagster/row_count": step.rows})

    return core_source


def source_asset(contract: Contract) -> dg.AssetsDefinition:
    """Return the assets of one source: what arrived, and its canonical rows with the person each speaks of."""
    before = [["link", "person"], ["link", "authorized"], ["policy", "gated_source"]]

    @dg.multi_asset(
        name=contract.name,
        specs=[
            dg.AssetSpec(dg.AssetKey(["raw", contract.name]), deps=before, group_name="raw", kinds={"polars"}, description=f"{contract.grain} As delivered; counts only where gated.", partitions_def=NIGHTS),
            dg.AssetSpec(dg.AssetKey(["core", contract.name]), deps=[["raw", contract.name], *before], group_name="core", kinds={"polars", "duckdb"}, description=contract.grain, partitions_def=NIGHTS),
        ],
        check_specs=_checks(contract),
        partitions_def=NIGHTS,
    )
    def source(night: dg.ResourceParam[Night]) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
        gated = contract.name in set(night.frame("SELECT source FROM policy.gated_source")["source"])
        intake, rows = (_gated if gated else _ungated)(night, contract)
        yield dg.MaterializeResult(asset_key=["raw", contract.name], metadata=_counts(intake))
        yield from _check_results(contract, intake)
        yield dg.MaterializeResult(asset_key=["core", contract.name], metadata={"dagster/row_count": rows})

    return source


def _ungated(night: Night, contract: Contract) -> tuple[Intake, int]:
    """Take a source into its table, link its identities, and make its canonical rows."""
    with timed(night, f"raw.{contract.name}") as step:
        sink = TableSink(night, contract)
        intake = take_in(night.landing, contract, night.layout[contract.name], night.date, False, lambda _: sink)  # noqa: FBT003
        _remember(night, contract, intake, gated=False)
        step.rows, step.note = night.count(f"raw.{contract.name}"), _note(intake)
    with timed(night, f"core.{contract.name}") as step:
        found = [link(seat_identities(night, contract, seat), _spine(night), night.model) for seat in contract.seats]
        for seat_found in found:
            _add_evidence(night, seat_found.evidence)
        night.store("link.found", pl.concat([seat_found.links for seat_found in found]))
        step.rows = _store_core(night, contract, f"raw.{contract.name}", "link.found")
    return intake, step.rows


def _gated(night: Night, contract: Contract) -> tuple[Intake, int]:
    """Decode, match and filter a gated source in one step; only authorized people's rows are ever written."""
    with timed(night, f"core.{contract.name}") as step:
        authorized = night.frame("SELECT person_id FROM link.authorized ORDER BY person_id")["person_id"]
        sink = GatedSink(night, contract, _spine(night), authorized)
        intake = take_in(night.landing, contract, night.layout[contract.name], night.date, True, lambda _: sink)  # noqa: FBT003
        if intake.snapshot_date is None:
            sink.discard()
            sink.finish(pl.DataFrame(schema={"snapshot_date": pl.Date, "file": pl.String, "line": pl.Int64}))
        _remember(night, contract, intake, gated=True)
        links = sink.links if sink.links.width else link(seat_identities_of_nobody(), _spine(night), night.model).links
        night.connection.register("gated_rows", sink.rows)
        night.connection.register("gated_links", links)
        step.rows = _store_core(night, contract, "gated_rows", "gated_links")
        night.connection.unregister("gated_rows")
        night.connection.unregister("gated_links")
        _add_evidence(night, sink.evidence)
        step.note = _note(intake)
    return intake, step.rows


def seat_identities_of_nobody() -> pl.DataFrame:
    """Return no identities: what an absent gated source delivers."""
    return pl.DataFrame(schema={"identity_id": pl.String, "id_number_raw": pl.String, "name": pl.String})


def _spine(night: Night) -> Spine:
    """Return the spine made earlier in this night."""
    found = night.facts["spine"]
    assert isinstance(found, Spine)  # noqa: S101 - made by the asset `spine`
    return found


def _counts(intake: Intake) -> dict[str, int]:
    """Return the counts of a delivery, for the operator."""
    used = intake.files.filter(pl.col("refused_why").is_null())
    columns = ("rows_delivered", "rows_accepted", "rows_quarantined", "rows_dropped_unauthorized")
    return {column: int(used[column].sum() or 0) for column in columns}


@dg.multi_asset(
    name="gathered",
    specs=[
        dg.AssetSpec(dg.AssetKey(table), deps=[["raw", name] for name in CONTRACTS] + [["link", "spine_link"]], group_name=table[0], kinds={"duckdb"}, partitions_def=NIGHTS)
        for table in GATHERED
    ],
    partitions_def=NIGHTS,
)
def gathered(night: dg.ResourceParam[Night]) -> Iterator[dg.MaterializeResult]:
    """What the deliveries of the night amount to: each source's state, files, quarantine, refused cells, evidence."""
    with timed(night, "raw.source_state") as step:
        night.connection.execute(SOURCE_STATE, {"night": night.date})
        step.rows = night.count("raw.source_state")
    for table in GATHERED:
        yield dg.MaterializeResult(asset_key=table, metadata={"dagster/row_count": night.count(".".join(table))})


SOURCE_STATE: Final = (
    "CREATE OR REPLACE TABLE raw.source_state AS SELECT *, CAST($night AS DATE) - snapshot_date AS age_days,"
    " CASE WHEN snapshot_date IS NULL THEN 'absent' WHEN CAST($night AS DATE) - snapshot_date > fresh_for_days"
    " THEN 'stale' ELSE 'fresh' END AS state FROM raw.arrived"
)

others = [contract for name, contract in CONTRACTS.items() if name not in SPINE_SOURCES]
source_assets = [
    *(spine_source_asset(CONTRACTS[name]) for name in SPINE_SOURCES),
    spine,
    *(linked_spine_asset(CONTRACTS[name]) for name in SPINE_SOURCES),
    *(source_asset(contract) for contract in others),
    gathered,
]
