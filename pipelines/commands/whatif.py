"""The command `whatif`: options, help, formats. What it does is elsewhere (casework/whatif).

Exit codes: 0 answered, 2 bad arguments or configuration. Nothing is ever published.
"""

import io
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pipelines.commands.endings import check_folder, say
from pipelines.commands.options import DAY, Chosen, Threads, day

if TYPE_CHECKING:
    from casework.whatif.answer import Answer

Warehouse = Annotated[Path, typer.Option(help="A warehouse that holds a published night; only read.")]
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
    typer.Option("--from", formats=DAY, help="From when it holds; the whole ledger by default."),
]
Format = Annotated[
    Literal["table", "csv", "json"], typer.Option("--format", help="For people, a sheet, a program.")
]


def whatif(
    warehouse: Warehouse,
    night: Chosen = None,
    place: Place = None,
    settings: Set = None,
    since: Since = None,
    form: Format = "table",
    out: Annotated[Path | None, typer.Option(help="A file for what is shown; its owner's alone.")] = None,
    threads: Threads = None,
    memory_limit: Annotated[str, typer.Option(help="What the database may use before it spills.")] = "4GB",
) -> None:
    """Judge a published night by other figures: who comes in, who leaves, the cost. Publishes nothing. Restricted."""
    from casework.whatif.answer import answer
    from casework.whatif.filed import file_answer
    from casework.whatif.question import ask
    from casework.whatif.worlds import judged_twice
    from pipelines.settings import memory_bytes

    if out is not None:
        check_folder(out)
    question = ask(warehouse, day(night), place, settings or [], day(since))
    with judged_twice(question, threads, memory_bytes(memory_limit), say) as connection:
        found = answer(question, connection)
    text = found.csv() if form == "csv" else found.json() if form == "json" else None
    shown = text if text is not None else _shown(found, plain=out is not None)
    if out is None:
        typer.echo(shown, nl=False)
        return
    file_answer(found, shown, out)
    say(f"Written to {out}, readable by its owner alone; the ledger records it.")


def _shown(found: "Answer", *, plain: bool) -> str:
    """Return the report as text: coloured for a terminal, plain and wide for a file or a pipe."""
    from rich.console import Console

    from casework.whatif.report import report
    from policy.tables import WIDTH

    terminal = Console()
    coloured = terminal.is_terminal and not plain
    text = io.StringIO()
    Console(width=terminal.width if coloured else WIDTH, force_terminal=coloured, file=text).print(
        report(found)
    )
    return text.getvalue()
