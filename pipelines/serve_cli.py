"""The command `serve`: options, help, exit codes. What it starts is elsewhere (`serving`).

Exit codes: 0 stopped by the user or the system, 1 the web page or the daemon ended by itself, 2 bad arguments or
configuration, or a port that is in use; nothing was started.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from pipelines.settings import Settings, SettingsError


def serve(
    landing: Annotated[Path, typer.Option(help="The landing area: <source>/<YYYY-MM-DD>/files.")],
    warehouse: Annotated[Path, typer.Option(help="Where results lie; made if it does not exist.")],
    place: Annotated[str, typer.Option(help="The policy profile of the place, e.g. rugao.")],
    layout: Annotated[
        str, typer.Option(help="How departments deliver: a name in sources/layouts, or a folder.")
    ],
    host: Annotated[
        str, typer.Option(help="Where the web page listens; this machine alone by default.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port of the web page.")] = 3000,
    behind_proxy: Annotated[  # noqa: FBT002 - typer declares options as defaults
        bool,
        typer.Option(
            "--behind-proxy",
            help="A proxy with TLS and a log-in stands before the page; name it with --public-origin.",
        ),
    ] = False,
    public_origin: Annotated[
        list[str] | None,
        typer.Option(help="Address of that proxy, e.g. https://hedui.example.gov; may be given again."),
    ] = None,
    threads: Annotated[
        int | None, typer.Option(min=1, help="Threads of the database; all cores by default.")
    ] = None,
    memory_limit: Annotated[
        str, typer.Option(help="What the whole process may use; the database gets half.")
    ] = "8GB",
    model: Annotated[
        Path | None,
        typer.Option(
            envvar="HEDUI_MODEL",
            help="A matching model that `hedui train` wrote; the shipped one by default.",
        ),
    ] = None,
) -> None:
    """Start Dagster's web page, behind a key, and daemon: a night runs at HEDUI_SCHEDULE, 01:30 Asia/Shanghai."""
    settings = Settings(
        datetime.now(UTC).date(), landing, warehouse, place, layout, threads, memory_limit, model=model
    )
    try:
        from pipelines.serving.door import Door
        from pipelines.serving.starting import (
            serve as start,
        )  # a wrong HEDUI_SCHEDULE is refused already here

        code = start(settings, Door(host, port, behind_proxy, tuple(public_origin or ())))
    except SettingsError as error:
        typer.echo(f"hedui: {error}", err=True)
        code = 2
    raise typer.Exit(code)
