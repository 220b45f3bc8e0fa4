"""The night as a Dagster resource: locks the warehouse, repairs it, opens the work file, cleans up.

Here belongs the life of the work folder. Not here: checks of arguments (settings.py), the graph (assets).
"""

import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import dagster as dg
import duckdb

from assets.arrival import Arrivals
from assets.night import Night
from pipelines.settings import Inputs, Settings, check, keep_days, memory_bytes
from sql.connection import prepare
from warehouse import lock, manifest, results, state
from warehouse.cache import Cache
from warehouse.commit import AUDIENCES, discard, point_current, repair
from warehouse.inspection import oddities
from warehouse.paths import WarehousePaths, quoted
from warehouse.private import owner_alone  # what a night writes, but for what publication opens to analysts
from warehouse.retention import forget

log = logging.getLogger("hedui")
SCHEMAS = ("raw", "link", "policy", "state", "means", "rule", "held", "draw", "carry", "change", "ledger")


class NightResource(dg.ConfigurableResource[Night]):
    """Opens one night, for who holds its settings: `hedui run`, in this process. The date is the run's partition."""

    landing: str
    warehouse: str
    place: str
    layout: str
    threads: int = 0
    memory_limit: str = "8GB"
    use_cache: bool = True
    model: str = ""

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator[Night]:
        """Yield the open night of the run's partition."""
        run = context.run
        if run is None:
            raise dg.DagsterInvariantViolationError("A night runs as a whole: launch the job `nightly`.")
        settings = Settings(
            night=date.fromisoformat(run.tags["dagster/partition"]),
            landing=Path(self.landing),
            warehouse=Path(self.warehouse),
            place=self.place,
            layout=self.layout,
            threads=self.threads or None,
            memory_limit=self.memory_limit,
            use_cache=self.use_cache,
            model=Path(self.model) if self.model else None,
        )
        with open_night(check(settings), run.run_id[:8]) as night:
            yield night


class ScheduledNight(dg.ConfigurableResource[Night]):
    """Opens the night whose inputs the environment names, for every run that Dagster launches.

    It has no field: a field is configuration, and whoever launches a run may configure it. So nobody chooses the
    landing area, the warehouse or the place of a night but who starts `hedui serve`.
    """

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator[Night]:
        """Yield the open night of the run's partition."""
        with night_from_environment().yield_for_execution(context) as night:
            yield night


def night_from_environment() -> NightResource:
    """Return what a scheduled night is told; `HEDUI_*` name its inputs."""
    return NightResource(
        landing=os.environ.get("HEDUI_LANDING", "landing"),
        warehouse=os.environ.get("HEDUI_WAREHOUSE", "demo/warehouse"),
        place=os.environ.get("HEDUI_PLACE", "rugao"),
        layout=os.environ.get("HEDUI_LAYOUT", "jiangsu"),
        threads=int(os.environ.get("HEDUI_THREADS", "0")),
        memory_limit=os.environ.get("HEDUI_MEMORY_LIMIT", "8GB"),
        model=os.environ.get("HEDUI_MODEL", ""),
    )


@contextmanager
def open_night(inputs: Inputs, run: str) -> Iterator[Night]:
    """Lock and repair the warehouse, open a work file, and remove both when the run ends.

    Raises:
        WarehouseBusyError: another night runs on this warehouse.
    """
    settings, paths = inputs.settings, inputs.paths
    owner_alone()
    for folder in (*(paths.audience(audience) for audience in AUDIENCES), paths.manifests, paths.states):
        folder.mkdir(parents=True, exist_ok=True)
    held = lock.take(paths.lock)
    work = paths.work(settings.night, run)
    try:
        _clear_work(paths.lock.parent)
        for sentence in repair(paths, lambda night: state.run_of(paths, night)):
            log.warning("repaired: %s", sentence)
        for sentence in oddities(paths, settings.night):
            log.warning("%s", sentence)
        work.mkdir(parents=True)
        with (
            duckdb.connect(str(work / "night.duckdb")) as connection,
            _arrivals(inputs, paths.cache if settings.use_cache else work / "cache", run) as arrivals,
        ):
            _configure(connection, settings, work)
            prepare(connection, inputs.key)
            results.attach(connection, work)
            night = Night(
                date=settings.night,
                run=run,
                landing=settings.landing,
                paths=paths,
                profile=inputs.profile,
                layout=inputs.layout,
                model=inputs.model,
                key=inputs.key,
                connection=connection,
                say=log.info,
                arrivals=arrivals,
            )
            yield night
        if "published" in night.facts:  # Dagster comes back here after a failed step, too
            _forget_old_nights(paths, night.date)
    finally:
        shutil.rmtree(work, ignore_errors=True)
        discard(paths, run)
        point_current(paths)  # of a run that was ended between its commit and this
        held.close()


def _forget_old_nights(paths: WarehousePaths, just_run: date) -> None:
    """Remove nights past their days; a night that is published does not fail for want of tidiness."""
    try:
        gone = forget(paths, keep_days(), just_run)
    except OSError as error:
        log.warning("An old night could not be removed: %s: %s", error.filename, error.strerror)
        return
    if gone:
        log.info("removed %d night(s) up to %s; their manifests stay", len(gone), gone[-1])


@contextmanager
def _arrivals(inputs: Inputs, folder: Path, run: str) -> Iterator[Arrivals]:
    """Take in what departments delivered, beside the night and no longer than it."""
    cache = Cache(folder, run)
    settings = inputs.settings
    arrivals = Arrivals(settings.landing, inputs.layout, settings.night, cache, manifest.digest_of_program())
    try:
        yield arrivals
    finally:
        arrivals.close()
        _clear(cache)
        if not settings.use_cache:  # what earlier nights kept does not grow old because it is left alone
            _clear(Cache(inputs.paths.cache, run))


def _clear(cache: Cache) -> None:
    """Remove entries past their days; a night that is published does not fail for want of tidiness."""
    try:
        cache.clear()
    except OSError as error:
        log.warning("An old cache entry could not be removed: %s: %s", error.filename, error.strerror)


def _configure(connection: duckdb.DuckDBPyConnection, settings: Settings, work: Path) -> None:
    """Bind DuckDB to its half of the memory and to the work folder; frames have the other half."""
    connection.execute(f"SET memory_limit = '{memory_bytes(settings.memory_limit) // 2} B'")
    # No table has an order of its own; keeping the order of what was read holds much in memory.
    connection.execute("SET preserve_insertion_order = false")
    connection.execute(f"SET temp_directory = {quoted(work / 'spill')}")
    if settings.threads:
        connection.execute(f"SET threads = {settings.threads}")
    for schema in SCHEMAS:
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")


def _clear_work(work: Path) -> None:
    """Remove what killed runs left; the lock says that none is running."""
    for folder in work.iterdir():
        if folder.is_dir():
            shutil.rmtree(folder)
