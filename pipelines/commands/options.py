"""Options that several commands share, so that each is called, explained and read in one way.

Here belong types only. Not here: what an option does (each command), how a command ends (endings.py).
"""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

DAY = ["%Y-%m-%d"]

Published = Annotated[Path, typer.Option("--warehouse", help="A warehouse that holds a published night.")]
Chosen = Annotated[
    datetime | None,
    typer.Option("--night", formats=DAY, help="A published night; the current one by default."),
]
OutFolder = Annotated[
    Path | None,
    typer.Option("--out", help="Folder of the files; <warehouse>/exports/<night> by default."),
]

Night = Annotated[datetime, typer.Option(help="The date the night is for.", formats=DAY)]
Landing = Annotated[Path, typer.Option(help="The landing area: <source>/<YYYY-MM-DD>/files.")]
Warehouse = Annotated[Path, typer.Option(help="Where results lie; made if it does not exist.")]
Place = Annotated[str, typer.Option(help="The policy profile of the place, e.g. rugao.")]
Layout = Annotated[str, typer.Option(help="How departments deliver: a name in sources/layouts, or a folder.")]
Threads = Annotated[int | None, typer.Option(min=1, help="Threads of the database; all cores by default.")]
Memory = Annotated[str, typer.Option(help="What the whole process may use; the database gets half.")]
Model = Annotated[
    Path | None,
    typer.Option(
        envvar="HEDUI_MODEL", help="A matching model that `hedui train` wrote; the shipped one by default."
    ),
]


def day(given: datetime | None) -> date | None:
    """Return the date of an option that was given."""
    return None if given is None else given.date()
