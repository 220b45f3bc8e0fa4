"""The last step: the results become one published file, named with its digests, or nothing changes.

Here belong the order of publication, the row that names the run, the manifest and the call that commits.
Not here: what a file holds (published_file.py), how files are renamed and repaired (warehouse/commit.py).
"""

import importlib.metadata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import dagster as dg
import polars as pl

from assets.deliveries import source_assets
from assets.groups import group_of
from assets.masked import masked_texts
from assets.models import NIGHTS, tables
from assets.night import Night
from assets.spine import spine_assets
from assets.timing import timed
from warehouse import digest, manifest, state
from warehouse.commit import commit, open_to_analysts, staged
from warehouse.key import fingerprint
from warehouse.published_file import seal, write_for_analysts
from warehouse.results import PUBLISHED

DESCRIPTIONS: Final = {
    "analyst": "The night's database for everybody else: the same tables, masked; readers open current.duckdb.",
    "restricted": "The night's database for the verification centre; readers open current.duckdb.",
}
# Dagster shows a publication as overdue when people come to work and last night's run has made none.
BY_SEVEN: Final = dg.FreshnessPolicy.cron("0 7 * * *", timedelta(hours=12), "Asia/Shanghai")


def _inputs() -> list[dg.AssetKey]:
    """Return every asset that the published file rests on."""
    made = [
        key
        for definition in [*tables, *spine_assets, *source_assets, masked_texts]
        for key in definition.keys
    ]
    return sorted(key for key in made if key.path[0] in (*PUBLISHED, "analyst", "carry"))


@dg.multi_asset(
    name="published",
    specs=[
        dg.AssetSpec(
            dg.AssetKey(["published", audience]),
            deps=_inputs(),
            group_name=group_of("published"),
            kinds={"duckdb"},
            partitions_def=NIGHTS,
            description=description,
            freshness_policy=BY_SEVEN,
        )
        for audience, description in DESCRIPTIONS.items()
    ],
)
def published(night: dg.ResourceParam[Night]) -> Iterator[dg.MaterializeResult]:
    """Publish the night: digest, both files, manifest, state, `current`. What is staged is nobody's until it commits."""
    rows = {}
    with timed(night, "publish for analysts") as step, ThreadPoolExecutor(1, "digest") as beside:
        # The digest reads the tables that the analysts' are made of: each alone leaves half of the cores idle.
        told = beside.submit(digest.of_results, night.connection.cursor())
        target = staged(night.paths.published("analyst", night.date), night.run)
        step.rows = rows["analyst"] = write_for_analysts(
            night.connection, target, then=lambda: _store_run(night, told.result())
        )
    with timed(night, "publish") as step:
        state_file = staged(night.paths.state(night.date), night.run)
        state.write(night.connection, state_file, night.date, night.run, told.result())
        manifest.write(staged(night.paths.manifest(night.date), night.run), _manifest(night, state_file))
        step.rows = rows["restricted"] = rows["analyst"]
        seal(night.connection, staged(night.paths.published("restricted", night.date), night.run))
        open_to_analysts(night.paths, staged(night.paths.published("analyst", night.date), night.run))
        commit(night.paths, night.date, night.run)
    for audience, written in rows.items():
        yield dg.MaterializeResult(
            asset_key=["published", audience], metadata={"rows": written, "digest": told.result()}
        )


def _store_run(night: Night, digest_of_results: str) -> None:
    """Fill `audit.run`, the one row that names what the night was a function of."""
    ((ledger_seq,),) = night.connection.execute("SELECT seq FROM ledger.upto").fetchall()
    columns = {
        "night": night.date,
        "run": night.run,
        "version": importlib.metadata.version("hedui"),
        "place": night.inputs.profile.place,
        # UTC without a zone: Python clients need one more package (pytz) to read a column with one.
        "started": datetime.fromtimestamp(night.started, UTC).replace(tzinfo=None),
        "finished": datetime.now(UTC).replace(tzinfo=None),
        "model_version": night.inputs.model.version,
        **_digests(night),
        "ledger_seq": ledger_seq,
        "key_fingerprint": fingerprint(night.inputs.key),
        "digest": digest_of_results,
    }
    listed = ", ".join(f"${name} AS {name}" for name in columns)
    night.connection.execute(f"CREATE OR REPLACE TABLE audit.run AS SELECT {listed}", columns)
    steps = {"step": list(night.seconds), "seconds": list(night.seconds.values())}
    night.store("audit.step", pl.DataFrame(steps, schema={"step": pl.String, "seconds": pl.Float64}))


def _digests(night: Night) -> dict[str, object]:
    """Return the digest of each thing that the night is a function of."""
    files = night.frame("SELECT source, snapshot_date, file, sha256 FROM audit.source_snapshot ORDER BY ALL")
    earlier = state.newest_before(night.paths, night.date)
    return {
        "code_digest": manifest.digest_of_code(),
        "lock_digest": manifest.digest_of_files([manifest.HOUSE / "requirements.lock"], manifest.HOUSE),
        "policy_digest": manifest.digest_of_text(
            night.frame("SELECT * FROM policy.figure ORDER BY ALL").write_csv()
        ),
        "layout_digest": night.inputs.layout.digest,
        "model_digest": night.inputs.model.digest(),
        "landing_digest": manifest.digest_of_text(files.write_csv()),
        "state_digest": None if earlier is None else manifest.digest_of_files([earlier], earlier.parent),
    }


def _manifest(night: Night, state_file: Path) -> dict[str, object]:
    """Return what the manifest says; by the checksum of its state the next night knows that it starts from what was left."""
    run = night.frame("SELECT * FROM audit.run").row(0, named=True)
    ((ledger_digest,),) = night.connection.execute("SELECT digest FROM ledger.upto").fetchall()
    files = night.frame(
        "SELECT source, snapshot_date, file, sha256, refused_why FROM audit.source_snapshot ORDER BY ALL"
    )
    return {
        **run,
        "files": files.to_dicts(),
        "layout": night.inputs.layout.name,
        "ledger_digest": ledger_digest,
        "state_sha256": manifest.digest_of_file(state_file),
        "state_bytes": state_file.stat().st_size,
    }
