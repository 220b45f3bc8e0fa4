"""The schedule ticks for real: `hedui serve` starts Dagster, a tick launches a night, the night is published and told of.

Two minutes of waiting for clocks, so it is a long test; the tick, its request and the night it asks for are run without
the daemon in test_tick.py.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest

from pipelines.schedules import SHANGHAI
from synth import make_city

HEDUI = Path(sys.executable).with_name("hedui")
KEEP = 'import sys; open(sys.argv[1], "ab").write(sys.stdin.buffer.read() + bytes([10]))'
PATIENCE = 600  # seconds; two minutes on a machine that has nothing else to do


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(what: str, found: Callable[[], object], server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while not found():
        assert server.poll() is None, f"`hedui serve` ended by itself before {what}"
        assert time.monotonic() < until, f"no {what} within {PATIENCE} s"
        time.sleep(0.5)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`hedui serve` on a tiny city whose newest night is yesterday, with one tick in a minute or two."""
    tick = datetime.now(SHANGHAI) + timedelta(seconds=75)
    night = tick.date() - timedelta(days=1)
    make_city(tmp_path / "city", 300, 5, night=night)
    log = (tmp_path / "log").open("wb")
    environment = {name: value for name, value in os.environ.items() if name != "DAGSTER_HOME"} | {
        "HEDUI_SCHEDULE": f"{tick.minute} {tick.hour} * * *",
        "HEDUI_LATE_UNTIL": "23:59:59",
        "HEDUI_QUIET_SECONDS": "1",
        "HEDUI_NOTICE_COMMAND": f"{sys.executable} -c '{KEEP}' '{tmp_path / 'notices'}'",
    }
    server = subprocess.Popen(
        [
            HEDUI,
            "serve",
            "--landing",
            tmp_path / "city" / "landing",
            "--warehouse",
            tmp_path / "warehouse",
            "--place",
            "rugao",
            "--layout",
            "jiangsu",
            "--port",
            str(free_port()),
        ],
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    yield server
    server.send_signal(signal.SIGTERM)
    try:
        server.wait(timeout=60)
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)


@pytest.mark.soak
def test_a_tick_publishes_the_night_and_a_late_delivery_runs_it_again(
    served: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    told = tmp_path / "notices"

    def notices() -> list[dict[str, object]]:
        return [json.loads(line) for line in told.read_text().splitlines()] if told.exists() else []

    wait_for("publication", lambda: notices(), served)
    (first,) = notices()
    assert first["outcome"] == "published", first
    current = tmp_path / "warehouse" / "published" / "restricted" / "current.duckdb"
    assert current.resolve().stem == first["night"]

    newest = max((tmp_path / "city" / "landing" / "deaths").iterdir())
    shutil.copytree(newest, newest.with_name(str(first["night"])), dirs_exist_ok=True)
    wait_for("second run, for the late delivery", lambda: len(notices()) > 1, served)
    assert notices()[1]["outcome"] == "published"
    with dg.DagsterInstance.from_config(str(tmp_path / "warehouse" / "dagster")) as instance:
        runs = instance.get_runs()
    assert [run.tags.get("hedui/late") for run in runs] == ["deaths", None]
    assert {run.tags["dagster/partition"] for run in runs} == {first["night"]}
