"""The night that is running: what it is a function of, and what is open while it runs.

What one step hands to the next are tables, which Dagster's graph orders; the one thing that is no table is the spine in memory,
which the asset `link.person` holds here and every source after it is matched to. Not here: where the inputs come from
(pipelines/settings.py), the life of the work folder (pipelines/resources.py), what is done with them.
"""

import datetime
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import polars as pl

from linking.arrival import Arrivals
from linking.kept_spine import KeptSpine
from matching import Model
from policy import Profile
from sources import Layout
from sql.frames import count, frame, store
from warehouse.paths import WarehousePaths


@dataclass(frozen=True, slots=True)
class NightInputs:
    """Everything that a night is a function of but the deliveries, the state before and the ledger: read and checked, once.

    Attributes:
        date: the date the night is for.
        figures: the typed tables of the place's policy on that date (`policy.night_tables`).
        key: the installation's; `key_made` tells whether it was made just now.
        memory: bytes for the whole process.
        threads: of the database; all cores if None.
        use_cache: whether anything may be taken from earlier nights.
        keep_days: for how many days published nights stay; 0 keeps all.
    """

    date: datetime.date
    landing: Path
    paths: WarehousePaths
    profile: Profile
    figures: Mapping[str, pl.DataFrame]
    layout: Layout
    model: Model
    key: bytes
    key_made: bool
    memory: int
    threads: int | None
    use_cache: bool
    keep_days: int

    @property
    def gated(self) -> frozenset[str]:
        """The sources that may be used for authorized people alone."""
        return frozenset(self.figures["policy.gated_source"]["source"])


@dataclass(slots=True)
class Night:
    """One run for one date, open for writing.

    Attributes:
        run: id of the run; in no table of `core` or `out`.
        connection: the only writer of the work file.
        arrivals: what departments delivered, taken in ahead of the night, and the cache.
        say: tells the operator one line of progress; never anything personal.
        spine: set by the asset `link.person`, let go of when every source is linked.
        seconds: what each step took (`audit.step`).
    """

    inputs: NightInputs
    run: str
    connection: duckdb.DuckDBPyConnection
    arrivals: Arrivals
    say: Callable[[str], None]
    spine: KeptSpine = field(init=False)
    started: float = field(default_factory=time.time)
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def date(self) -> datetime.date:
        """The date the night is for."""
        return self.inputs.date

    @property
    def paths(self) -> WarehousePaths:
        """Where everything of the warehouse lies."""
        return self.inputs.paths

    def store(self, table: str, rows: pl.DataFrame) -> int:
        """Make ``table`` (schema-qualified) of a frame and return its row count."""
        return store(self.connection, table, rows)

    def frame(self, query: str, parameters: Mapping[str, object] | None = None) -> pl.DataFrame:
        """Return the result of ``query`` as a frame."""
        return frame(self.connection, query, parameters)

    def count(self, table: str) -> int:
        """Return the number of rows of ``table``."""
        return count(self.connection, table)
