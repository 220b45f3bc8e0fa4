"""Starts Dagster's web page and daemon as two processes and ends them together, with everything that they started.

Here belongs what is checked, started and said. Not here: the page and who may come to it (`page`, `door`, `address`,
`casework.guard`), how processes end (`processes`), what the schedule runs (`pipelines.schedules`).
"""

import logging
import os
import sys
from pathlib import Path
from typing import Final

from casework.guard import Guard
from pipelines.instance import end_stale_runs, home
from pipelines.schedules import SHANGHAI, cron
from pipelines.serving.address import keep, kept_key
from pipelines.serving.door import Door
from pipelines.serving.processes import Together
from pipelines.serving.told import Told
from pipelines.settings import Settings, check
from warehouse.manifest import HOUSE

log = logging.getLogger("hedui")
PAGE: Final = "pipelines.serving.page"
WORKSPACE: Final = """load_from:
  - python_module:
      module_name: pipelines.definitions
      working_directory: {house}
      location_name: hedui
"""


def serve(settings: Settings, door: Door) -> int:
    """Run both until one ends or the user stops them; returns the exit code.

    Raises:
        SettingsError: the night that would run cannot run, or the page cannot be where it is wanted; nothing was started.
    """
    door, tick = door.checked(), cron()
    check(settings)
    with door.opened() as listening:
        own = home(settings.warehouse).resolve()
        guard = door.guard(listening.getsockname()[1], kept_key(own))
        line = f"{_where(guard, keep(own, guard))} - the schedule is on: {tick}, {SHANGHAI.key}"
        workspace = own / "workspace.yaml"
        workspace.write_text(WORKSPACE.format(house=HOUSE), encoding="utf-8")
        end_stale_runs(settings.warehouse)
        if door.behind_proxy:
            _warn(door, guard.port)
        told = Told(listening.fileno(), guard, str(workspace), line).written()
        log.info("Starting Dagster's web page and daemon. Ctrl-C ends both, and a night that runs.")
        with Together(os.environ | _environment(settings, own), HOUSE) as processes:
            processes.start("web page", [sys.executable, "-m", PAGE], told, inherits=(listening.fileno(),))
            processes.start("daemon", [_program("dagster-daemon"), "run", "-w", str(workspace)])
            ended = processes.wait()
            if ended is None:
                log.info("Ending ...")
                return 0
            log.error("Dagster's %s ended by itself; the rest is ended too.", ended)
    return 1


def _where(guard: Guard, file: Path) -> str:
    """Return where the page is: with the key on a terminal only, for a journal is kept and read by others."""
    if sys.stderr.isatty():
        return " and ".join(guard.addresses)
    return f"{guard.origins[0]}, entered by the address in {file}"


def _warn(door: Door, port: int) -> None:
    """Say what now rests on the proxy."""
    log.warning(
        "BEHIND A PROXY: the page answers to %s. Whoever passes the proxy and has the address sees every run and may start"
        " and stop nights. The proxy must ask for a log-in, speak TLS and pass the Host header on.",
        ", ".join(door.public)
        or f"requests that the proxy passes on for 127.0.0.1:{port} or localhost:{port} alone (name its own address with"
        " --public-origin https://NAME)",
    )
    if not door.is_local():
        log.warning(
            "PORT %d OF %s IS OPEN TO OTHER MACHINES, without TLS: let a firewall close it to all but the proxy.",
            port,
            door.host,
        )


def _environment(settings: Settings, own: Path) -> dict[str, str]:
    """Return what the scheduled night is told; nothing else tells it (`pipelines.resources.ScheduledNight`)."""
    return {
        "HEDUI_LANDING": str(settings.landing.resolve()),
        "HEDUI_WAREHOUSE": str(settings.warehouse.resolve()),
        "HEDUI_PLACE": settings.place,
        "HEDUI_LAYOUT": settings.layout,
        "HEDUI_THREADS": str(settings.threads or 0),
        "HEDUI_MEMORY_LIMIT": settings.memory_limit,
        "HEDUI_MODEL": str(settings.model.resolve()) if settings.model else "",
        "DAGSTER_HOME": str(own),
    }


def _program(name: str) -> str:
    """Return the program beside this interpreter."""
    return str(Path(sys.executable).with_name(name))
