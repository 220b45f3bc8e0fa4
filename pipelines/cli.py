"""The `hedui` command. Options, help and exit codes; what a command does is elsewhere.

Exit codes: 0 published or done; 1 failed and nothing published, or published with everything held that rests on a roll
or registry whose rows jumped; 2 bad arguments or configuration.
"""

import importlib.metadata
import json
import logging
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal, NoReturn

import typer
from typer.core import TyperGroup

from pipelines.accept_cli import accept
from pipelines.interruption import ended, stop_as_by_ctrl_c
from pipelines.layout_cli import check, layout_app
from pipelines.policy_cli import policy_app
from pipelines.quality_cli import link, quality
from pipelines.reject_cli import rejects
from pipelines.report_cli import report
from pipelines.review_cli import review_app
from pipelines.serve_cli import serve
from pipelines.settings import Settings, SettingsError
from pipelines.train_cli import train
from pipelines.whatif_cli import whatif


class Told(TyperGroup):
    """The commands; what is wrong with a warehouse's own files or its ledger ends each of them with a sentence."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - typer's own class is private
        """Run a command."""
        try:
            return super().invoke(ctx)
        except Exception as error:
            from assets.warehouse.errors import WarehouseError
            from ledger import (
                LedgerError,  # known by the time that one is raised; most commands need no database
            )

            if isinstance(error, LedgerError | WarehouseError):
                _stop(str(error), 2)
            raise


app = typer.Typer(
    name="hedui",
    cls=Told,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="核对: verifies every night the economic status of households on or near social assistance.",
    epilog="Exit codes: 0 published or done; 1 failed and nothing published, or published while the rows of the roll or the "
    "registry jumped; 2 bad arguments or configuration.",
)
export = typer.Typer(no_args_is_help=True, help="Write what people take away from a published night.")
app.add_typer(export, name="export")
export.command("rejects")(rejects)
export.command("quality")(quality)
export.command("link")(link)
app.add_typer(layout_app, name="layout")
app.add_typer(policy_app, name="policy")
app.add_typer(review_app, name="review")
app.command()(accept)
app.command()(check)
app.command()(train)
app.command()(whatif)
app.command()(report)
app.command()(serve)

Damage = Literal["none", "base", "hard"]
Night = Annotated[datetime, typer.Option(help="The date the night is for.", formats=["%Y-%m-%d"])]
Landing = Annotated[Path, typer.Option(help="The landing area: <source>/<YYYY-MM-DD>/files.")]
Warehouse = Annotated[Path, typer.Option(help="Where results lie; made if it does not exist.")]
Place = Annotated[str, typer.Option(help="The policy profile of the place, e.g. rugao.")]
Layout = Annotated[str, typer.Option(help="How departments deliver: a name in sources/layouts, or a folder.")]
Threads = Annotated[int | None, typer.Option(min=1, help="Threads of the database; all cores by default.")]
Model = Annotated[
    Path | None,
    typer.Option(
        envvar="HEDUI_MODEL", help="A matching model that `hedui train` wrote; the shipped one by default."
    ),
]
Memory = Annotated[str, typer.Option(help="What the whole process may use; the database gets half.")]


def _version(wanted: bool) -> None:
    """Say the version and end."""
    if wanted:
        typer.echo(f"hedui {importlib.metadata.version('hedui')}")
        raise typer.Exit


@app.callback()
def hedui(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version and end.")
    ] = False,
) -> None:
    """核对: verifies every night the economic status of households on or near social assistance."""


@app.command()
def run(
    night: Night,
    landing: Landing,
    warehouse: Warehouse,
    place: Place,
    layout: Layout,
    threads: Threads = None,
    memory_limit: Memory = "8GB",
    record: Annotated[
        bool,
        typer.Option("--record", help="Show the run in Dagster's web server too; takes 10 s and more."),
    ] = False,
    cache: Annotated[
        bool,
        typer.Option(help="Take what did not change from earlier nights; the result is the same without."),
    ] = True,
    model: Model = None,
) -> None:
    """Run one night: take in, link, judge, publish. The last line on standard output is JSON."""
    settings = Settings(night.date(), landing, warehouse, place, layout, threads, memory_limit, cache, model)
    _run(settings, record=record)


@app.command()
def demo(
    folder: Annotated[Path, typer.Option(help="Where the made city and its warehouse go.")] = Path("demo"),
    residents: Annotated[int, typer.Option(min=200, help="Residents of the made city.")] = 20_000,
    seed: Annotated[int, typer.Option(help="Another seed, another city.")] = 1,
    threads: Threads = None,
    memory_limit: Memory = "8GB",
) -> None:
    """Make a city of invented people and run a night on it."""
    city = folder / f"city-{residents}-{seed}"
    if not (city / "truth" / "city.json").exists():
        _make_city(city, residents, seed, date(2021, 12, 31), "base")
    _run(
        Settings(
            date(2021, 12, 31),
            city / "landing",
            folder / "warehouse",
            "rugao",
            "jiangsu",
            threads,
            memory_limit,
        )
    )


@app.command()
def synth(
    out: Annotated[Path, typer.Option(help="The city's folder: landing/ and truth/.")],
    residents: Annotated[int, typer.Option(min=200, help="How many people live there.")] = 20_000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same city.")] = 1,
    night: Annotated[
        datetime,
        typer.Option(formats=["%Y-%m-%d"], help="The date the night is for.", show_default="2021-12-31"),
    ] = datetime(2021, 12, 31, tzinfo=UTC),
    damage: Annotated[Damage, typer.Option(help="How badly identities are delivered.")] = "base",
    layout: Annotated[str, typer.Option(help="How its departments deliver: jiangsu or anhui.")] = "jiangsu",
) -> None:
    """Make a city of invented people with its truth, in one of the layouts that `synth` can write."""
    _make_city(out, residents, seed, night.date(), damage, layout)


@export.command("spot-check")
def spot_check(
    warehouse: Annotated[Path, typer.Option(help="A warehouse that holds a published night.")],
    out: Annotated[
        Path | None, typer.Option(help="Folder of the workbooks; <warehouse>/exports/<night> by default.")
    ] = None,
    night: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="A published night; the current one by default."),
    ] = None,
) -> None:
    """Write the visit list: one workbook a township, Chinese, numbers masked."""
    from exports import ExportError
    from pipelines.exporting import export_night

    try:
        written = export_night(warehouse, None if night is None else night.date(), out)
    except ExportError as error:
        _stop(str(error), 2)
    except OSError as error:
        _stop(
            f"The workbooks cannot be written to {error.filename}: {error.strerror}. Name another folder with --out.",
            2,
        )
    typer.echo(
        json.dumps({"status": "exported", "workbooks": [str(path) for path in written]}, ensure_ascii=False)
    )


def main() -> None:
    """Run the command line."""
    logging.basicConfig(
        stream=sys.stderr, level=logging.WARNING, format="%(asctime)s  %(message)s", datefmt="%H:%M:%S"
    )
    logging.getLogger("hedui").setLevel(logging.INFO)
    app()


def _run(settings: Settings, *, record: bool = False) -> None:
    """Run a night and end the process as a scheduler expects."""
    stop_as_by_ctrl_c()
    try:
        from pipelines.run import run_night  # Dagster takes two seconds to import; bad arguments should not
        from pipelines.summary import doubtful, in_words

        outcome = run_night(settings, record=record)
    except SettingsError as error:
        _stop(str(error), 2)
    except KeyboardInterrupt:
        _failed(settings, ended())
    if not outcome.published:
        _failed(settings, outcome.why)
    for line in in_words(outcome.summary):
        typer.echo(line, err=True)
    typer.echo(json.dumps(outcome.summary, ensure_ascii=False, default=str))
    if why := doubtful(outcome.summary):
        _stop(why, 1)


def _failed(settings: Settings, why: str) -> NoReturn:
    """End a night that did not publish: for the scheduler as JSON, for people as a sentence."""
    told = {"night": settings.night.isoformat(), "status": "failed", "why": why}
    typer.echo(json.dumps(told, ensure_ascii=False))
    _stop(why, 1)


def _make_city(
    out: Path, residents: int, seed: int, night: date, damage: Damage, layout: str = "jiangsu"
) -> None:
    """Make a city and say so."""
    from synth import make_city

    typer.echo(f"Making a city of {residents:,} invented residents in {out} ...", err=True)
    try:
        make_city(out, residents, seed, night=night, damage=damage, delivered_as=layout)
    except ValueError as error:
        _stop(str(error), 2)
    except OSError as error:
        _stop(f"{out} cannot be written: {error.strerror}. Name another folder.", 2)


def _stop(sentence: str, code: int) -> NoReturn:
    """End with one sentence on standard error."""
    typer.echo(f"hedui: {sentence}", err=True)
    raise typer.Exit(code)
