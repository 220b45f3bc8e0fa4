"""The commands `policy show` and `policy diff`: options, help, formats. What holds is policy's to say."""

import csv
import io
import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Literal

import typer
from rich.console import Console

from pipelines.commands.endings import stop
from pipelines.commands.options import DAY
from policy import Profile, load_profile, tables
from policy.listing import differences, lines, missing

Format = Annotated[
    Literal["table", "csv", "json"], typer.Option("--format", help="For people, for a sheet, for a program.")
]
Place = Annotated[str, typer.Option(help="The policy profile of the place, e.g. rugao.")]
Day = Annotated[datetime | None, typer.Option("--from", formats=DAY, help="The earlier day of --place.")]
Then = Annotated[datetime | None, typer.Option("--to", formats=DAY, help="The later day of --place.")]

policy_app = typer.Typer(
    name="policy", no_args_is_help=True, help="Read the dated figures of a place. 查看某地的政策参数。"
)


@policy_app.command("show")
def show(
    *,
    place: Place,
    night: Annotated[datetime, typer.Option(formats=DAY, help="The day on which they hold.")],
    form: Format = "table",
    every: Annotated[bool, typer.Option("--all", help="Past and future values too.")] = False,
) -> None:
    """列出当日有效的全部参数及依据。Show every figure in force with its unit, day, reference and file."""
    profile = load_profile(place)
    listed = list(lines(profile, night.date(), every=every))
    lacking = missing(profile, night.date())
    if form == "table":
        Console(width=_width()).print(tables.of_place(profile, night.date(), listed, lacking))
    elif form == "csv":
        typer.echo(_csv([line.row() for line in listed]), nl=False)
    else:
        told = {
            "place": profile.place,
            "night": night.date().isoformat(),
            "lineage": list(profile.lineage),
            "missing": lacking,
            "figures": [line.row() for line in listed],
        }
        typer.echo(json.dumps(told, ensure_ascii=False))


@policy_app.command("diff")
def diff(
    sides: Annotated[
        list[str] | None, typer.Argument(metavar="A B", help="Two places on a day: rugao@2021-06-30.")
    ] = None,
    place: Annotated[str | None, typer.Option(help="One place on two days, with --from and --to.")] = None,
    since: Day = None,
    then: Then = None,
    form: Format = "table",
) -> None:
    """比较两日或两地的参数。Show what differs between two days or two places, with references."""
    (old, on), (new, day) = _sides(sides or [], place, since, then)
    found = differences(old, on, new, day)
    if form == "table":
        console = Console(width=_width())
        console.print(tables.of_differences(f"{old.place}@{on}", f"{new.place}@{day}", found))
        return
    rows = tables.rows_of(found)
    typer.echo(_csv(rows) if form == "csv" else json.dumps(rows, ensure_ascii=False), nl=form == "json")


def _sides(
    sides: Sequence[str], place: str | None, since: datetime | None, then: datetime | None
) -> tuple[tuple[Profile, date], tuple[Profile, date]]:
    """Return the two places and days that are compared."""
    if place is not None and since is not None and then is not None and not sides:
        profile = load_profile(place)
        return (profile, since.date()), (profile, then.date())
    if place is not None or since is not None or then is not None or len(sides) != 2:
        stop(
            "name two places on a day, `hedui policy diff rugao@2021-06-30 rugao@2021-12-31`, "
            "or one place and two days, `--place rugao --from 2021-06-30 --to 2021-12-31`."
        )
    return _side(sides[0]), _side(sides[1])


def _side(text: str) -> tuple[Profile, date]:
    place, at, day = text.partition("@")
    try:
        on = date.fromisoformat(day if at else "")
    except ValueError:
        stop(f"{text!r} is no place on a day. Write it as rugao@2021-12-31.")
    return load_profile(place), on


def _csv(rows: Sequence[dict[str, str | None]]) -> str:
    """Return rows as CSV with their names first."""
    text = io.StringIO()
    if rows:
        writer = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return text.getvalue()


def _width() -> int | None:
    """Return the width of a table: the terminal's; where output goes to a file, one that holds a reference."""
    return None if Console().is_terminal else tables.WIDTH
