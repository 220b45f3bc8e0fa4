"""Dagster's own home: where its records of runs lie, and what a stopped machine left open in them.

Here belongs the instance that `hedui serve` works with and `hedui run` shows its nights in. Not here: the processes that serve
it (`pipelines.serving`), results of a night (never in an instance: counts only).
"""

import logging
import os
import shutil
from pathlib import Path

import dagster as dg

from pipelines.sensors import GOING
from warehouse.lock import WarehouseBusyError, take
from warehouse.manifest import HOUSE
from warehouse.paths import WarehousePaths

log = logging.getLogger("hedui")


def home(warehouse: Path) -> Path:
    """Make Dagster's home ready and return it: `DAGSTER_HOME`, else `dagster` inside the warehouse.

    The home inside the warehouse is ours and gets our `dagster.yaml` anew; in a home of the operator's own the
    operator's file stands, so that its storage can be moved.
    """
    own = os.environ.get("DAGSTER_HOME")
    folder = Path(own) if own else warehouse.resolve() / "dagster"
    folder.mkdir(parents=True, exist_ok=True)
    if not own or not (folder / "dagster.yaml").exists():
        shutil.copyfile(HOUSE / "dagster.yaml", folder / "dagster.yaml")
    return folder


def instance_of(warehouse: Path) -> dg.DagsterInstance:
    """Open the instance that the web server shows; the caller closes it."""
    return dg.DagsterInstance.from_config(str(home(warehouse)))


def end_stale_runs(warehouse: Path) -> int:
    """Close the runs that a stopped machine left open, for they would keep every later night waiting; returns how many.

    Nothing is closed while a night holds the warehouse.
    """
    try:
        take(WarehousePaths(warehouse.resolve()).lock).close()
    except WarehouseBusyError:
        return 0
    with instance_of(warehouse) as instance:
        left = instance.get_runs(dg.RunsFilter(statuses=GOING))
        for run in left:
            instance.report_run_failed(
                run, "The machine stopped while this night ran or waited. Nothing was published."
            )
    if left:
        log.warning("closed %d run(s) that a stopped machine had left open", len(left))
    return len(left)
