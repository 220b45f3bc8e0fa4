"""The command `whatif`: options, help, formats, exit codes. What it does is elsewhere (pipelines/whatif).

Exit codes: 0 answered, 2 bad arguments or configuration. Nothing is ever published.
"""

import io
import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from pipelines.whatif.answer import Answer

PRIVATE = 0o077
Warehouse = Annotated[Path, typer.Option(help="A warehouse that holds a published night; only read.")]
Night = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="A published night; the current one by default.")
]
Place = Annotated[
    str | None, typer.Option(help="Whose figures to judge by; the night's own place by default.")
]
Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="NAME=VALUE", help="A figure, e.g. dibao_standard.rural=800; may be given again."
    ),
]
Since = Annotated[
    datetime | None,
    typer.Option("--from", formats=["%Y-%m-%d"], help="From when it holds; the whole ledger by default."),
]
Format = Annotated[
    Literal["table", "csv", "json"], typer.Option("--format", help="For people, a sheet, a program.")
]


def whatif(
    warehouse: Warehouse,
    night: Night = None,
    place: Place = None,
    settings: Set = None,
    since: Since = None,
    form: Format = "table",
    out: Annotated[Path | None, typer.Option(help="A file for what is shown; its owner's alone.")] = None,
    threads: Annotated[int | None, typer.Option(min=1, help="Threads of the database.")] = None,
    memory_limit: Annotated[str, typer.Option(help="What the database may use before it spills.")] = "4GB",
) -> None:
    """Judge a published night by other figures: who comes in, who leaves, the cost. Publishes nothing. Restricted."""
    from pipelines.settings import SettingsError, memory_bytes
    from pipelines.whatif.answer import answer
    from pipelines.whatif.question import PolicyError, WhatIfError, ask
    from pipelines.whatif.worlds import judged_twice

    os.umask(PRIVATE)
    if out is not None and not out.absolute().parent.is_dir():
        typer.echo(
            f"hedui: --out {out}: there is no folder {out.absolute().parent}. Make it first.", err=True
        )
        raise typer.Exit(2)
    try:
        question = ask(
            warehouse, night.date() if night else None, place, settings or [], since.date() if since else None
        )
        memory = memory_bytes(memory_limit)
        with judged_twice(question, threads, memory, _say) as connection:
            found = answer(question, connection)
    except (WhatIfError, PolicyError, SettingsError) as error:
        typer.echo(f"hedui: {error}", err=True)
        raise typer.Exit(2) from error
    text = found.csv() if form == "csv" else found.json() if form == "json" else None
    shown = text if text is not None else _shown(found, plain=out is not None)
    if out is None:
        typer.echo(shown, nl=False)
    else:
        _file(found, shown, out, warehouse)


def _shown(found: "Answer", *, plain: bool) -> str:
    """Return the report as text: coloured for a terminal, plain and wide for a file or a pipe."""
    from rich.console import Console

    from pipelines.policy_tables import WIDTH
    from pipelines.whatif.report import report

    terminal = Console()
    coloured = terminal.is_terminal and not plain
    text = io.StringIO()
    Console(width=terminal.width if coloured else WIDTH, force_terminal=coloured, file=text).print(
        report(found)
    )
    return text.getvalue()


def _file(found: "Answer", text: str, out: Path, warehouse: Path) -> None:
    """Write the text to a file that is its owner's alone and record it."""
    from ledger import LedgerError
    from pipelines.whatif.filed import file_answer

    try:
        file_answer(found, text, out, warehouse)
    except OSError as error:
        typer.echo(f"hedui: --out {out} cannot be written: {error.strerror}. Name another file.", err=True)
        raise typer.Exit(2) from error
    except LedgerError as error:
        typer.echo(f"hedui: {error} Nothing was written.", err=True)
        raise typer.Exit(2) from error
    typer.echo(f"Written to {out}, readable by its owner alone; the ledger records it.", err=True)


def _say(sentence: str) -> None:
    typer.echo(sentence, err=True)
