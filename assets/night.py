"""The night that is running: what every asset is handed.

Here belongs the open work file and the night's inputs, as one object. Not here: where they come from
(pipelines/resources.py), what is done with them.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from assets.arrival import Arrivals
from assets.warehouse.cache import Cache
from assets.warehouse.paths import WarehousePaths
from matching import Decisions, Model, Spine
from matching.clerical import undecided
from matching.incremental import Changes
from policy import Profile
from sources import Layout


@dataclass(slots=True)
class Night:
    """One run for one date, open for writing.

    Attributes:
        date: the date the night is for.
        run: id of the run; in no table of `core` or `out`.
        connection: the only writer of the work file.
        say: tells the operator one line of progress; never anything personal.
        arrivals: what departments delivered, taken in ahead of the night.
        clerks: what people decided about links, once the ledger was read.
        spine: gives the spine, made or recalled when something must be matched to it.
        spine_key: digest of everything that made the spine; None where registry or roll are looked into each night.
        changes: what is not as it was when an earlier spine was matched to, by that spine's key.
        rows_keys: digests of what made registry's and roll's rows; None where they are looked into each night.
        facts: digests and counts that the manifest names.
    """

    date: date
    run: str
    landing: Path
    paths: WarehousePaths
    profile: Profile
    layout: Layout
    model: Model
    key: bytes
    connection: duckdb.DuckDBPyConnection
    say: Callable[[str], None]
    arrivals: Arrivals
    clerks: Decisions = field(default_factory=undecided)
    spine: Callable[[], Spine] = field(init=False)
    spine_key: str | None = field(init=False)
    changes: dict[str, Changes | None] = field(default_factory=dict)
    started: float = field(default_factory=time.time)
    rows_keys: dict[str, str | None] = field(default_factory=dict)
    facts: dict[str, object] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def cache(self) -> Cache:
        """What may be taken from earlier nights."""
        return self.arrivals.cache

    def matched_by(self) -> dict[str, object]:
        """Return what every link rests on: the spine (with it registry, roll, known ids, key), model and code."""
        return {"spine": self.spine_key or self.run, "code": self.arrivals.code}

    def store(self, table: str, rows: pl.DataFrame) -> int:
        """Make ``table`` (schema-qualified) of a frame and return its row count."""
        self.connection.register("frame_to_store", rows)
        self.connection.execute(f"CREATE OR REPLACE TABLE {table} AS SELECT * FROM frame_to_store")  # noqa: S608
        self.connection.unregister("frame_to_store")
        return rows.height

    def frame(self, query: str, parameters: Mapping[str, object] | None = None) -> pl.DataFrame:
        """Return the result of ``query`` as a frame."""
        found: pl.DataFrame = self.connection.sql(query, params=dict(parameters or {})).pl()
        return found

    def gated_sources(self) -> set[str]:
        """Return the sources that may be used for authorized people alone."""
        return set(self.frame("SELECT source FROM policy.gated_source")["source"])

    def count(self, table: str) -> int:
        """Return the number of rows of ``table``."""
        ((rows,),) = self.connection.execute(f"SELECT count(*) FROM {table}").fetchall()  # noqa: S608
        return int(rows)

    def keyed(self, prefix: str, messages: pl.Series) -> pl.Series:
        """Return keyed ids of ``messages``: HMAC-SHA256 with the installation's key, vectorised in DuckDB."""
        frame = pl.DataFrame(
            {"row": pl.arange(len(messages), eager=True), "message": messages.cast(pl.String)}
        )
        self.connection.register("messages_to_key", frame)
        found = self.frame(
            "SELECT keyed_id($prefix, message) AS id FROM messages_to_key ORDER BY row", {"prefix": prefix}
        )
        self.connection.unregister("messages_to_key")
        return found["id"]


@contextmanager
def registered(night: Night, **frames: pl.DataFrame) -> Iterator[None]:
    """Let SQL read frames by name."""
    for name, frame in frames.items():
        night.connection.register(name, frame)
    try:
        yield
    finally:
        for name in frames:
            night.connection.unregister(name)
