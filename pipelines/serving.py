"""Starts Dagster's web server and daemon as two processes and stops them together.

Not here: what the schedule runs (schedules.py).
"""

import logging
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Final

from assets.warehouse.manifest import HOUSE
from pipelines.instance import end_stale_runs, home
from pipelines.settings import Settings, check

log = logging.getLogger("hedui")
WORKSPACE: Final = """load_from:
  - python_module:
      module_name: pipelines.definitions
      working_directory: {house}
      location_name: hedui
"""


def serve(settings: Settings, host: str, port: int) -> int:
    """Run both until one ends or the user stops them; returns the exit code.

    Raises:
        SettingsError: the night that would run cannot run.
    """
    check(settings)
    environment = os.environ | _environment(settings)
    end_stale_runs(settings.warehouse)
    workspace = Path(environment["DAGSTER_HOME"]) / "workspace.yaml"
    workspace.write_text(WORKSPACE.format(house=HOUSE), encoding="utf-8")
    location = ["-w", str(workspace)]
    commands = [
        [_program("dagster-webserver"), "-h", host, "-p", str(port), *location],
        [_program("dagster-daemon"), "run", *location],
    ]
    # Started with SIGINT ignored, Dagster ignores SIGTERM too: give children the default handlers.
    children = [
        subprocess.Popen(command, env=environment, cwd=HOUSE, preexec_fn=_default_signals)  # noqa: S603
        for command in commands
    ]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    log.info(
        "http://%s:%d - the schedule is on: 01:30 Asia/Shanghai every night. Ctrl-C stops both.", host, port
    )
    try:
        os.wait()
    except (KeyboardInterrupt, SystemExit):
        return 0
    else:
        return 1  # one of the two ended by itself
    finally:
        for child in children:
            child.terminate()
        for child in children:
            child.wait(timeout=30)


def _environment(settings: Settings) -> dict[str, str]:
    """Return what the scheduled night is told."""
    return {
        "HEDUI_LANDING": str(settings.landing.resolve()),
        "HEDUI_WAREHOUSE": str(settings.warehouse.resolve()),
        "HEDUI_PLACE": settings.place,
        "HEDUI_LAYOUT": settings.layout,
        "HEDUI_THREADS": str(settings.threads or 0),
        "HEDUI_MEMORY_LIMIT": settings.memory_limit,
        "HEDUI_MODEL": str(settings.model.resolve()) if settings.model else "",
        "DAGSTER_HOME": str(home(settings.warehouse)),
    }


def _program(name: str) -> str:
    """Return the program beside this interpreter."""
    return str(Path(sys.executable).with_name(name))


def _default_signals() -> None:
    """Give a child the handlers that a shell in the background may have taken away."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
