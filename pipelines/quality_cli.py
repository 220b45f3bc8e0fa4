"""The commands `export quality` and `export link`: options, help, exit codes. What they do is elsewhere.

Exit codes: 0 the page is written, 2 bad arguments or configuration.
"""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

Warehouse = Annotated[Path, typer.Option(help="A warehouse that holds a published night.")]
Night = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="A published night; the current one by default.")
]
Out = Annotated[Path | None, typer.Option(help="The page; in <warehouse>/exports/<night> by default.")]
Identity = Annotated[list[str], typer.Option(help="An identity_id of core.person_link; may be given again.")]


def quality(warehouse: Warehouse, night: Night = None, out: Out = None) -> None:
    """Write how good the night's links are: scores, the model, sources, groups, drift. One HTML file, counts only."""
    from pipelines.quality_exports import export_quality

    _exported(lambda: export_quality(warehouse, None if night is None else night.date(), out))


def link(warehouse: Warehouse, identity: Identity, night: Night = None, out: Out = None) -> None:
    """Write why rows were linked: each field's weight, best candidate and runner-up. Restricted; the ledger records it."""
    from pipelines.quality_exports import export_links

    _exported(lambda: export_links(warehouse, None if night is None else night.date(), identity, out))


def _exported(write: Callable[[], Path]) -> None:
    """Write a page, and end as a caller expects."""
    from exports import ExportError

    try:
        file = write()
    except ExportError as error:
        _stop(str(error))
    except OSError as error:
        _stop(
            f"The page cannot be written to {error.filename}: {error.strerror}. Name another file with --out."
        )
    else:
        typer.echo(json.dumps({"status": "exported", "file": str(file)}, ensure_ascii=False))


def _stop(sentence: str) -> None:
    typer.echo(f"hedui: {sentence}", err=True)
    raise typer.Exit(2)
