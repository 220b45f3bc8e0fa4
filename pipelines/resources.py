"""The night as a Dagster resource: locks the warehouse, repairs it, opens the work file, cleans up.

Here belongs the life of the work folder. Not here: checks of arguments (settings.py), the graph (assets).
"""

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import dagster as dg
import duckdb

from assets.night import Night, NightInputs
from linking.arrival import Arrivals
from linking.code import digest_of_readers
from pipelines.settings import check, from_environment
from sources import CONTRACTS
from sql.connection import prepare
from warehouse import lock, results, state
from warehouse.cache import Cache
from warehouse.commit import AUDIENCES, discard, point_current, repair
from warehouse.inspection import oddities
from warehouse.paths import quoted
from warehouse.private import owner_alone
from warehouse.retention import forget

log = logging.getLogger("hedui")
SCHEMAS = ("raw", "link", "policy", "state", "means", "rule", "held", "draw", "carry", "change", "ledger")


class ScheduledNight(dg.ConfigurableResource[Night]):
    """Opens the night whose inputs the environment names, for every run that Dagster launches.

    It has no field: a field is configuration, and whoever launches a run may configure it. So nobody chooses the
    landing area, the warehouse or the place of a night but who starts `hedui serve`.
    """

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator[Night]:
        """Yield the open night of the run's partition."""
        run = context.run
        if run is None:
            raise dg.DagsterInvariantViolationError("A night runs as a whole: launch the job `nightly`.")
        settings = from_environment(date.fromisoformat(run.tags["dagster/partition"]))
        with open_night(check(settings), run.run_id[:8]) as night:
            yield night


@contextmanager
def open_night(inputs: NightInputs, run: str) -> Iterator[Night]:
    """Lock and repair the warehouse, open a work file, and remove both when the run ends.

    Raises:
        WarehouseBusyError: another night runs on this warehouse.
    """
    paths = inputs.paths
    owner_alone()  # but for what publication opens to analysts
    for folder in (*(paths.audience(audience) for audience in AUDIENCES), paths.manifests, paths.states):
        folder.mkdir(parents=True, exist_ok=True)
    held = lock.take(paths.lock)
    work = paths.work(inputs.date, run)
    try:
        _clear_work(paths.lock.parent)
        for sentence in repair(paths, lambda night: state.run_of(paths, night)):
            log.warning("repaired: %s", sentence)
        for sentence in oddities(paths, inputs.date):
            log.warning("%s", sentence)
        work.mkdir(parents=True)
        with (
            duckdb.connect(str(work / "night.duckdb")) as connection,
            _arrivals(inputs, paths.cache if inputs.use_cache else work / "cache", run) as arrivals,
        ):
            _configure(connection, inputs, work)
            prepare(connection, inputs.key)
            results.attach(connection, work)
            yield Night(inputs, run, connection, arrivals, log.info)
        if state.run_of(paths, inputs.date) == run:  # Dagster comes back here after a failed step, too
            _forget_old_nights(inputs)
    finally:
        shutil.rmtree(work, ignore_errors=True)
        discard(paths, run)
        point_current(paths)  # of a run that was ended between its commit and this
        held.close()


def _forget_old_nights(inputs: NightInputs) -> None:
    """Remove nights past their days; a night that is published does not fail for want of tidiness."""
    try:
        gone = forget(inputs.paths, inputs.keep_days, inputs.date)
    except OSError as error:
        log.warning("An old night could not be removed: %s: %s", error.filename, error.strerror)
        return
    if gone:
        log.info("removed %d night(s) up to %s; their manifests stay", len(gone), gone[-1])


@contextmanager
def _arrivals(inputs: NightInputs, folder: Path, run: str) -> Iterator[Arrivals]:
    """Take in what departments delivered, beside the night and no longer than it; what needs no authorization at once."""
    cache = Cache(folder, run)
    usable = state.shares(inputs.paths, inputs.date, "usable_numbers")
    arrivals = Arrivals(inputs.landing, inputs.layout, inputs.date, cache, digest_of_readers(), usable)
    try:
        arrivals.begin(CONTRACTS[name] for name in _ahead(inputs.gated))
        yield arrivals
    finally:
        arrivals.close()
        _clear(cache)
        if not inputs.use_cache:  # what earlier nights kept does not grow old because it is left alone
            _clear(Cache(inputs.paths.cache, run))


def _ahead(gated: frozenset[str]) -> list[str]:
    """Return the sources to take in beside what the night does, the registry first; the roll is its first own work."""
    free = [name for name in CONTRACTS if name not in gated and name != "assistance_roll"]
    return sorted(free, key=lambda name: name != "household_registry")


def _clear(cache: Cache) -> None:
    """Remove entries past their days; a night that is published does not fail for want of tidiness."""
    try:
        cache.clear()
    except OSError as error:
        log.warning("An old cache entry could not be removed: %s: %s", error.filename, error.strerror)


def _configure(connection: duckdb.DuckDBPyConnection, inputs: NightInputs, work: Path) -> None:
    """Bind DuckDB to its half of the memory and to the work folder; frames have the other half."""
    connection.execute(f"SET memory_limit = '{inputs.memory // 2} B'")
    # No table has an order of its own; keeping the order of what was read holds much in memory.
    connection.execute("SET preserve_insertion_order = false")
    connection.execute(f"SET temp_directory = {quoted(work / 'spill')}")
    if inputs.threads:
        connection.execute(f"SET threads = {inputs.threads}")
    for schema in SCHEMAS:
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")


def _clear_work(work: Path) -> None:
    """Remove what killed runs left; the lock says that none is running."""
    for folder in work.iterdir():
        if folder.is_dir():
            shutil.rmtree(folder)
