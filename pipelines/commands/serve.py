"""The command `serve`: options, help, exit codes. What it starts is elsewhere (`serving`).

Exit codes: 0 stopped by the user or the system, 1 the web page or the daemon ended by itself, 2 bad arguments or
configuration, or a port that is in use; nothing was started.
"""

from datetime import UTC, datetime
from typing import Annotated

import typer

from pipelines.commands.options import Landing, Layout, Memory, Model, Place, Threads, Warehouse
from pipelines.settings import Settings


def serve(
    landing: Landing,
    warehouse: Warehouse,
    place: Place,
    layout: Layout,
    host: Annotated[
        str, typer.Option(help="Where the web page listens; this machine alone by default.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port of the web page.")] = 3000,
    behind_proxy: Annotated[
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
    threads: Threads = None,
    memory_limit: Memory = "8GB",
    model: Model = None,
) -> None:
    """Start Dagster's web page, behind a key, and daemon: a night runs at HEDUI_SCHEDULE, 01:30 Asia/Shanghai."""
    settings = Settings(
        datetime.now(UTC).date(), landing, warehouse, place, layout, threads, memory_limit, model=model
    )
    from pipelines.serving.door import Door
    from pipelines.serving.starting import serve as start  # a wrong HEDUI_SCHEDULE is refused already here

    raise typer.Exit(start(settings, Door(host, port, behind_proxy, tuple(public_origin or ()))))
