"""The `hedui` command, a module a command: options, help, and what is said at the end.

Here belongs the list of the commands. What a command does is elsewhere: nights in `pipelines`, what people do with a published
night in `casework`. Shared options are in options.py, endings and exit codes in endings.py.
"""

import importlib.metadata
import logging
import sys
from typing import Annotated

import typer

from pipelines.commands.accept import accept
from pipelines.commands.check import check
from pipelines.commands.endings import Told
from pipelines.commands.export import export_app
from pipelines.commands.layout import layout_app
from pipelines.commands.policy import policy_app
from pipelines.commands.report import report
from pipelines.commands.review import review_app
from pipelines.commands.run import demo, run
from pipelines.commands.serve import serve
from pipelines.commands.synth import synth
from pipelines.commands.train import train
from pipelines.commands.whatif import whatif

app = typer.Typer(
    name="hedui",
    cls=Told,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="核对: verifies every night the economic status of households on or near social assistance.",
    epilog="Exit codes: 0 published or done; 1 failed and nothing published, or published while the rows of the roll or the "
    "registry jumped; 2 bad arguments or configuration.",
)
for command in (run, demo, synth, check, report, accept, whatif, train, serve):
    app.command()(command)
for group in (export_app, review_app, policy_app, layout_app):
    app.add_typer(group)


def _version(wanted: bool) -> None:
    """Say the version and end."""
    if wanted:
        typer.echo(f"hedui {importlib.metadata.version('hedui')}")
        raise typer.Exit


@app.callback()
def hedui(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version and end.")
    ] = False,
) -> None:
    """核对: verifies every night the economic status of households on or near social assistance."""


def main() -> None:
    """Run the command line."""
    logging.basicConfig(
        stream=sys.stderr, level=logging.WARNING, format="%(asctime)s  %(message)s", datefmt="%H:%M:%S"
    )
    logging.getLogger("hedui").setLevel(logging.INFO)
    app()
