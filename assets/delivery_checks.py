"""What is checked of every delivery, and what an operator is told of it: counts and file names only.

Registry and roll block the night; of every other source a refused snapshot is a warning, for an older one
stands in. Not here: what makes a snapshot refused or a row quarantined (sources).
"""

from datetime import date
from typing import Final

import dagster as dg
import polars as pl

from sources import Contract, Intake

BLOCKING: Final = ("household_registry", "assistance_roll")
ENDS: Final = ("rows_accepted", "rows_quarantined", "rows_dropped_unauthorized")


def check_specs(contract: Contract) -> list[dg.AssetCheckSpec]:
    """Return the checks of a source's delivery."""
    key, blocking = dg.AssetKey(["raw", contract.name]), contract.name in BLOCKING
    honours = "No delivered snapshot had to be refused; of registry and roll, one could be used."
    conserved = (
        "Rows delivered are rows accepted, quarantined, or dropped for want of authorization, file by file."
    )
    fresh = f"The snapshot used is no older on the night than the contract's {contract.fresh_for_days} days."
    return [
        dg.AssetCheckSpec("honours_contract", asset=key, blocking=blocking, description=honours),
        dg.AssetCheckSpec("rows_are_conserved", asset=key, blocking=blocking, description=conserved),
        dg.AssetCheckSpec("fresh_on_the_night", asset=key, description=fresh),
    ]


def check_results(contract: Contract, intake: Intake, night: date) -> list[dg.AssetCheckResult]:
    """Return what the checks found."""
    key, blocking = dg.AssetKey(["raw", contract.name]), contract.name in BLOCKING
    severity = dg.AssetCheckSeverity.ERROR if blocking else dg.AssetCheckSeverity.WARN
    refused = refused_files(intake)
    used = intake.files.filter(pl.col("refused_why").is_null())
    return [
        dg.AssetCheckResult(
            check_name="honours_contract",
            asset_key=key,
            passed=refused.is_empty() or (blocking and intake.snapshot_date is not None),
            severity=severity,
            metadata={
                "files_refused": refused.height,
                "why": "; ".join(refused["refused_why"].unique(maintain_order=True)),
            },
        ),
        dg.AssetCheckResult(
            check_name="rows_are_conserved",
            asset_key=key,
            passed=used.filter(pl.sum_horizontal(ENDS) != pl.col("rows_delivered")).is_empty(),
            severity=severity,
            metadata=counts(intake),
        ),
        _fresh(contract, intake, night),
    ]


def _fresh(contract: Contract, intake: Intake, night: date) -> dg.AssetCheckResult:
    """Return whether the snapshot is young enough: by its own date, for the table is made anew every night."""
    age = None if intake.snapshot_date is None else (night - intake.snapshot_date).days
    told: dict[str, str | int] = {
        "limit_days": contract.fresh_for_days,
        "snapshot": str(intake.snapshot_date or "absent"),
    }
    if age is not None:
        told["age_days"] = age
    return dg.AssetCheckResult(
        check_name="fresh_on_the_night",
        asset_key=dg.AssetKey(["raw", contract.name]),
        passed=age is not None and age <= contract.fresh_for_days,
        severity=dg.AssetCheckSeverity.WARN,
        metadata=told,
    )


def counts(intake: Intake) -> dict[str, int]:
    """Return the row counts of the used snapshot."""
    used = intake.files.filter(pl.col("refused_why").is_null())
    return {column: int(used[column].sum() or 0) for column in ("rows_delivered", *ENDS)}


def refused_files(intake: Intake) -> pl.DataFrame:
    """Return the files of refused snapshots."""
    return intake.files.filter(pl.col("refused_why").is_not_null())


def note(intake: Intake) -> str:
    """Return the remark on a step's line: date, quarantine, refusals."""
    if intake.snapshot_date is None:
        return f"absent: {intake.unlisted or 'what rests on it says so'}"
    refused = refused_files(intake).height
    parts = [f"of {intake.snapshot_date}"]
    parts += [f"{intake.quarantine.height:,} quarantined"] if intake.quarantine.height else []
    parts += [f"{refused} file(s) refused or not read"] if refused else []
    return ", ".join(parts)


def no_snapshot(contract: Contract, intake: Intake, night: object, landing: object) -> str:
    """Return the sentence that ends a night without registry or roll."""
    refused = refused_files(intake).select("snapshot_date", "file", "refused_why").unique(maintain_order=True)
    reasons = "; ".join(
        f"{day}/{file}: {why}" if day else why for day, file, why in refused.head(3).iter_rows()
    )
    absent = intake.unlisted or "none has been delivered"
    found = f"every snapshot was refused ({reasons})" if reasons else absent
    found = found.rstrip(".")
    return (
        f"{contract.name} ({contract.department_zh}) has no usable snapshot dated {night} or earlier under {landing}: {found}. "
        "Without it nobody can be verified, so nothing was published and the last publication stands. "
        "Ask the department to deliver again, then run the night again."
    )
