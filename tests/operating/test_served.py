"""The schedule ticks for real: `hedui serve` starts Dagster, a tick launches a night, the night is published and told of.

Two minutes of waiting for clocks, so these are long tests; the tick, its request and the night it asks for are run
without the daemon in test_tick.py, what the page answers in test_serve.py.
"""

import json
import shutil
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest

from pipelines.instance import end_stale_runs
from pipelines.schedules import SHANGHAI
from synth import make_city
from tests.operating.marked import living
from tests.operating.served import LAUNCH, served

KEEP = 'import sys; open(sys.argv[1], "ab").write(sys.stdin.buffer.read() + bytes([10]))'


@pytest.mark.soak
def test_a_tick_publishes_the_night_and_a_late_delivery_runs_it_again(tmp_path: Path) -> None:
    """On a tiny city whose newest night is yesterday, with one tick in a minute or two."""
    told = tmp_path / "notices"
    tick = datetime.now(SHANGHAI) + timedelta(seconds=90)
    make_city(tmp_path / "city", 300, 5, night=tick.date() - timedelta(days=1))
    landing, warehouse = tmp_path / "city" / "landing", tmp_path / "warehouse"

    def notices() -> list[dict[str, object]]:
        return [json.loads(line) for line in told.read_text().splitlines()] if told.exists() else []

    environment = {
        "HEDUI_SCHEDULE": f"{tick.minute} {tick.hour} * * *",
        "HEDUI_LATE_UNTIL": "23:59:59",
        "HEDUI_QUIET_SECONDS": "1",
        "HEDUI_NOTICE_COMMAND": f"{sys.executable} -c '{KEEP}' '{told}'",
    }
    with served(tmp_path, landing, **environment) as server:
        server.wait_for("publication", notices)
        (first,) = notices()
        assert first["outcome"] == "published", first
        current = warehouse / "published" / "restricted" / "current.duckdb"
        assert current.resolve().stem == first["night"]

        newest = max((landing / "deaths").iterdir())
        shutil.copytree(newest, newest.with_name(str(first["night"])), dirs_exist_ok=True)
        server.wait_for("second run, for the late delivery", lambda: len(notices()) > 1)
        assert notices()[1]["outcome"] == "published"
        assert server.end() == 0
    with dg.DagsterInstance.from_config(str(warehouse / "dagster")) as instance:
        runs = instance.get_runs()
    assert [run.tags.get("hedui/late") for run in runs] == ["deaths", None]
    assert {run.tags["dagster/partition"] for run in runs} == {first["night"]}


@pytest.mark.soak
def test_sigterm_ends_a_running_night_too(tmp_path: Path) -> None:
    """It is in the middle of its work; nothing is published, and nothing that the next night would wait for is left."""
    make_city(tmp_path / "city", 3000, 5, night=date(2021, 12, 31))
    warehouse = tmp_path / "warehouse"
    with served(tmp_path, tmp_path / "city" / "landing", HEDUI_SCHEDULE="0 0 1 1 *") as server:
        before = len(living(server.mark))
        assert server.ask(LAUNCH, config={})["launchRun"] == {"__typename": "LaunchRunSuccess"}
        server.wait_for("work folder of the night", lambda: [*warehouse.glob("work/*/night.duckdb")])
        assert len(living(server.mark)) > before
        assert server.end() == 0
        assert living(server.mark) == []
    assert [*warehouse.glob("published/*/*.duckdb")] == []
    end_stale_runs(warehouse)  # as the next start does, in case the run had no time to say that it ended
    with dg.DagsterInstance.from_config(str(warehouse / "dagster")) as instance:
        (run,) = instance.get_runs()
    assert run.status in (dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED), run.status
