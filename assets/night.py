"""The night that is running: what every asset is handed.

Here belongs the open work file and the night's inputs, as one object. Not here: where they come from
(pipelines/resources.py), what is done with them.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from assets.arrival import Arrivals
from matching import Decisions, Model, Spine
from matching.clerical import undecided
from matching.incremental import Changes
from policy import Profile
from sources import Layout
from sql.frames import count, frame, keyed, store
from warehouse.cache import Cache
from warehouse.paths import WarehousePaths


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
        return store(self.connection, table, rows)

    def frame(self, query: str, parameters: Mapping[str, object] | None = None) -> pl.DataFrame:
        """Return the result of ``query`` as a frame."""
        return frame(self.connection, query, parameters)

    def gated_sources(self) -> set[str]:
        """Return the sources that may be used for authorized people alone."""
        return set(self.frame("SELECT source FROM policy.gated_source")["source"])

    def count(self, table: str) -> int:
        """Return the number of rows of ``table``."""
        return count(self.connection, table)

    def keyed(self, prefix: str, messages: pl.Series) -> pl.Series:
        """Return keyed ids of ``messages``."""
        return keyed(self.connection, prefix, messages)
