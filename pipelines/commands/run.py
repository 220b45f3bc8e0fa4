"""The commands `run` and `demo`: one night, on what departments delivered or on a made city."""

from datetime import date
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from pipelines.commands.endings import result, say, stop
from pipelines.commands.options import Landing, Layout, Memory, Model, Night, Place, Threads, Warehouse
from pipelines.commands.synth import make_city
from pipelines.interruption import ended, stop_as_by_ctrl_c
from pipelines.loading import uncollected
from pipelines.settings import Settings

LAST_DAY = date(2021, 12, 31)
Record = Annotated[
    bool, typer.Option(help="Show the night on Dagster's page (`hedui serve`) too; takes two seconds.")
]


def run(
    night: Night,
    landing: Landing,
    warehouse: Warehouse,
    place: Place,
    layout: Layout,
    threads: Threads = None,
    memory_limit: Memory = "8GB",
    record: Record = True,
    cache: Annotated[
        bool,
        typer.Option(help="Take what did not change from earlier nights; the result is the same without."),
    ] = True,
    model: Model = None,
) -> None:
    """Run one night: take in, link, judge, publish. The last line on standard output is JSON."""
    settings = Settings(night.date(), landing, warehouse, place, layout, threads, memory_limit, cache, model)
    _run(settings, record=record)


def demo(
    folder: Annotated[Path, typer.Option(help="Where the made city and its warehouse go.")] = Path("demo"),
    residents: Annotated[int, typer.Option(min=200, help="Residents of the made city.")] = 20_000,
    seed: Annotated[int, typer.Option(help="Another seed, another city.")] = 1,
    threads: Threads = None,
    memory_limit: Memory = "8GB",
    record: Record = True,
) -> None:
    """Make a city of invented people and run a night on it."""
    city = folder / f"city-{residents}-{seed}"
    if not (city / "truth" / "city.json").exists():
        make_city(city, residents, seed, LAST_DAY, "base")
    settings = Settings(
        LAST_DAY, city / "landing", folder / "warehouse", "rugao", "jiangsu", threads, memory_limit
    )
    _run(settings, record=record)


def _run(settings: Settings, *, record: bool) -> None:
    """Run a night and end the process as a scheduler expects."""
    stop_as_by_ctrl_c()
    try:
        with uncollected():
            from pipelines.run import (
                run_night,
            )  # Dagster takes two seconds to import; bad arguments should not
            from pipelines.summary import doubtful, in_words

        outcome = run_night(settings, record=record)
    except KeyboardInterrupt:
        _failed(settings, ended())
    if not outcome.published:
        _failed(settings, outcome.why)
    for line in in_words(outcome.summary):
        say(line)
    result(outcome.summary)
    if why := doubtful(outcome.summary):
        stop(why, 1)


def _failed(settings: Settings, why: str) -> NoReturn:
    """End a night that did not publish: for the scheduler as JSON, for people as a sentence."""
    result({"night": settings.night.isoformat(), "status": "failed", "why": why})
    stop(why, 1)
