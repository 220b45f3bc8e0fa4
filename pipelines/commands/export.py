"""The commands `export ...`: what people take away from a published night."""

from pathlib import Path
from typing import Annotated

import typer

from pipelines.commands.endings import result
from pipelines.commands.options import Chosen, OutFolder, Published, day
from pipelines.commands.options import Night as OfNight

export_app = typer.Typer(
    name="export", no_args_is_help=True, help="Write what people take away from a published night."
)
Page = Annotated[
    Path | None, typer.Option("--out", help="The page; in <warehouse>/exports/<night> by default.")
]
Identity = Annotated[list[str], typer.Option(help="An identity_id of core.person_link; may be given again.")]
Out = Annotated[Path, typer.Option(help="Folder of the files; a folder a source is made in it.")]
Source = Annotated[str | None, typer.Option(help="Only this source; all by default.")]
OfLayout = Annotated[
    str | None, typer.Option("--layout", help="Layout of the night; the bundled one it names by default.")
]
Delivered = Annotated[
    Path | None, typer.Option("--landing", help="The landing area: headers are then those delivered.")
]


@export_app.command("rejects")
def rejects(
    night: OfNight,
    warehouse: Published,
    out: Out,
    source: Source = None,
    layout: OfLayout = None,
    landing: Delivered = None,
) -> None:
    """Write the rows that a night could not use, to be sent back: a folder a department, with a note."""
    from casework.rejects import export_rejects

    files = export_rejects(warehouse, night.date(), out, source=source, layout=layout, landing=landing)
    result({"status": "exported", "files": [str(file) for file in files]})


@export_app.command("quality")
def quality(warehouse: Published, night: Chosen = None, out: Page = None) -> None:
    """Write how good the night's links are: scores, the model, sources, groups, drift. One HTML file, counts only."""
    from casework.quality import export_quality

    result({"status": "exported", "file": str(export_quality(warehouse, day(night), out))})


@export_app.command("link")
def link(warehouse: Published, identity: Identity, night: Chosen = None, out: Page = None) -> None:
    """Write why rows were linked: each field's weight, best candidate and runner-up. Restricted; the ledger records it."""
    from casework.quality import export_links

    result({"status": "exported", "file": str(export_links(warehouse, day(night), identity, out))})


@export_app.command("spot-check")
def spot_check(warehouse: Published, out: OutFolder = None, night: Chosen = None) -> None:
    """Write the visit list: one workbook a township, Chinese, numbers masked."""
    from casework.visits import export_visits

    workbooks = export_visits(warehouse, day(night), out)
    result({"status": "exported", "workbooks": [str(workbook) for workbook in workbooks]})
