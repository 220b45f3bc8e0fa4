"""Entries of kind ``export``: which lists left the house, for whom, as which files, made by which account.

Here belong the entry's shape and its table for the night (`ledger.export`). Not here: the making of files.
"""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Final, Literal

import polars as pl

from ledger.store import Ledger

KIND: Final = "export"

FILES: Final = pl.List(
    pl.Struct({"list_id": pl.String, "file": pl.String, "sha256": pl.String, "households": pl.Int64})
)
PAYLOAD: Final = pl.Struct(
    {
        "what": pl.String,
        "night": pl.String,
        "audience": pl.String,
        "exported_by": pl.String,
        "files": FILES,
    }
)


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """One file: the list it carries, its name without folder, the SHA-256 of its bytes, its households.

    Of rejects the list is source and snapshot, of pairs for review the draw; both have no households (0).
    """

    list_id: str
    file: str
    sha256: str
    households: int


@dataclass(frozen=True, slots=True)
class Export:
    """One export. ``exported_by`` is the operating system's account, for whom took the list must be known."""

    what: Literal["spot_check", "rejects", "review", "link", "report", "whatif"]
    night: date
    audience: Literal["restricted", "analyst"]
    exported_by: str
    files: tuple[ExportedFile, ...]


def record_export(ledger: Ledger, export: Export) -> int:
    """Write the export into the ledger and return its sequence number."""
    return ledger.append(KIND, {**asdict(export), "night": export.night.isoformat()})


def exports(ledger: Ledger, up_to: int) -> pl.DataFrame:
    """Return one row an exported file, oldest first: the content of the work table ``ledger.export``.

    Returns:
        columns seq (Int64), exported_at (Datetime, UTC without zone), what, night (Date), audience, list_id,
        file, sha256 (String), households (Int64), exported_by (String).
    """
    entries = ledger.entries(KIND, up_to)
    decoded = pl.col("payload").str.json_decode(PAYLOAD)
    return (
        entries.select("seq", pl.col("recorded_at").dt.replace_time_zone(None).alias("exported_at"), decoded)
        .unnest("payload")
        .explode("files", empty_as_null=False, keep_nulls=False)
        .unnest("files")
        .with_columns(pl.col("night").str.to_date("%Y-%m-%d"))
        .select(
            "seq",
            "exported_at",
            "what",
            "night",
            "audience",
            "list_id",
            "file",
            "sha256",
            "households",
            "exported_by",
        )
    )
