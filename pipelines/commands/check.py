"""The command `check`: what a night would say of the landing area, before it runs.

Exit codes: 0 fine, 1 the night would refuse a delivery or could not run, 2 bad arguments or configuration.
"""

from datetime import datetime
from typing import Annotated

import typer
from rich.console import Console

from pipelines.commands.endings import result
from pipelines.commands.options import DAY, Landing, Layout, day

OfDay = Annotated[
    datetime | None,
    typer.Option("--night", help="The date of the night; that of the newest roll by default.", formats=DAY),
]
OfPlace = Annotated[str | None, typer.Option("--place", help="The policy profile to check too, e.g. rugao.")]
Only = Annotated[list[str] | None, typer.Option("--source", help="Only this source; may be given again.")]
Advice = Annotated[
    bool | None, typer.Option(help="Hold the layout against the files: by default without --place.")
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object on standard output, for schedulers.")]


def check(
    landing: Landing,
    layout: Layout,
    place: OfPlace = None,
    night: OfDay = None,
    source: Only = None,
    advice: Advice = None,
    as_json: AsJson = False,
) -> None:
    """Say what a night would say of the landing area, and help the author of a layout. Writes nothing."""
    from pipelines import checking
    from pipelines.check_report import as_json as told
    from pipelines.check_report import show

    wanted = place is None if advice is None else advice
    with Console(stderr=True).status("...") as status:
        done = checking.check(
            landing,
            layout,
            place,
            day(night),
            source or (),
            advice=wanted,
            say=lambda what: status.update(f"checking {what}"),
        )
    if as_json:
        result(told(done))
    else:
        console = Console()
        show(done, Console(width=max(console.width, 160)) if not console.is_terminal else console)
    raise typer.Exit(done.code)
