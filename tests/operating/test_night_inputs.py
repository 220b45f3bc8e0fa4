"""Nobody chooses the inputs of a night but who starts `hedui serve`: neither configuration nor tags of a run change them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from unittest.mock import Mock

import dagster as dg
import pytest

from pipelines import resources
from pipelines.definitions import defs
from pipelines.resources import ScheduledNight
from pipelines.settings import Settings

JOBS = ("nightly", "__ASSET_JOB")
"""The second is Dagster's own: what *Materialize* on a single table launches."""
INPUTS = ("landing", "warehouse", "place", "layout", "threads", "memory_limit", "use_cache", "model")
OURS = {
    "HEDUI_LANDING": "/srv/landing",
    "HEDUI_WAREHOUSE": "/srv/warehouse",
    "HEDUI_PLACE": "rugao",
    "HEDUI_LAYOUT": "jiangsu",
}


@pytest.mark.parametrize("job", JOBS)
@pytest.mark.parametrize("name", INPUTS)
def test_a_run_cannot_be_configured_with_inputs(job: str, name: str) -> None:
    graph = defs().resolve_job_def(job)
    assert dg.validate_run_config(graph, {})
    with pytest.raises(dg.DagsterInvalidConfigError, match=name):
        dg.validate_run_config(graph, {"resources": {"night": {"config": {name: "/tmp/evil"}}}})  # noqa: S108


@pytest.mark.parametrize("job", JOBS)
def test_the_night_is_the_only_resource_of_ours_and_has_no_field(job: str) -> None:
    location = defs().resolve_job_def(job)
    assert set(location.resource_defs) == {"night", "io_manager"}
    assert ScheduledNight.model_fields == {}


def test_tags_change_no_input(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Settings] = []

    @contextmanager
    def opened(settings: Settings, _: str) -> Iterator[str]:
        seen.append(settings)
        yield "night"

    monkeypatch.setattr(resources, "check", lambda settings: settings)
    monkeypatch.setattr(resources, "open_night", opened)
    for name, value in OURS.items():
        monkeypatch.setenv(name, value)
    tags = {"dagster/partition": "2021-12-31", "HEDUI_LANDING": "/tmp/evil"}  # noqa: S108
    tags |= {f"{before}/{name}": "/tmp/evil" for before in ("hedui", "dagster") for name in INPUTS}  # noqa: S108
    run = dg.DagsterRun(
        job_name="nightly", tags=tags, run_config={"resources": {"night": {"config": {"place": "evil"}}}}
    )
    with ScheduledNight().yield_for_execution(Mock(run=run)) as night:
        assert night == "night"
    (settings,) = seen
    assert settings == Settings(
        date(2021, 12, 31), Path("/srv/landing"), Path("/srv/warehouse"), "rugao", "jiangsu"
    )


@pytest.mark.parametrize("night", ["../../elsewhere", "2021-12-31/../..", "/tmp/evil", ""])  # noqa: S108
def test_a_partition_is_a_date_or_nothing_opens(monkeypatch: pytest.MonkeyPatch, night: str) -> None:
    monkeypatch.setattr(resources, "open_night", Mock(side_effect=AssertionError("a night was opened")))
    context = Mock(run=dg.DagsterRun(job_name="nightly", tags={"dagster/partition": night}))
    with pytest.raises(ValueError, match="isoformat"), ScheduledNight().yield_for_execution(context):
        pass
