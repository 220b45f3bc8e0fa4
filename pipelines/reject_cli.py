"""The command `export rejects`: options, help, exit codes. What it does is elsewhere (`rejecting`).

Exit codes: 0 done, also where there is nothing to send back; 2 bad arguments or configuration.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

Night = Annotated[datetime, typer.Option(help="A published night.", formats=["%Y-%m-%d"])]
Warehouse = Annotated[Path, typer.Option(help="A warehouse that holds the night.")]
Out = Annotated[Path, typer.Option(help="Folder of the files; a folder a source is made in it.")]
Source = Annotated[str | None, typer.Option(help="Only this source; all by default.")]
Layout = Annotated[str | None, typer.Option(help="Layout of the night; the bundled one it names by default.")]
Landing = Annotated[Path | None, typer.Option(help="The landing area: headers are then those delivered.")]


def rejects(
    night: Night,
    warehouse: Warehouse,
    out: Out,
    source: Source = None,
    layout: Layout = None,
    landing: Landing = None,
) -> None:
    """Write the rows that a night could not use, to be sent back: a folder a department, with a note."""
    from exports import ExportError
    from pipelines.rejecting import export_night_rejects

    try:
        written = export_night_rejects(
            warehouse, night.date(), out, source=source, layout=layout, landing=landing
        )
    except (ExportError, OSError) as error:
        said = (
            f"{error.filename}: {error.strerror}. Name another --out."
            if isinstance(error, OSError)
            else error
        )
        typer.echo(f"hedui: {said}", err=True)
        raise typer.Exit(2) from None
    files = [str(path) for path in written]
    typer.echo(json.dumps({"status": "exported", "files": files}, ensure_ascii=False))
