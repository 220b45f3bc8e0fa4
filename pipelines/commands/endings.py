"""How a command ends: a sentence on standard error and an exit code, or one line of JSON on standard output.

Every error that is written for people becomes its sentence here, whichever command met it. Exit codes: 0 published or done; 1
failed and nothing published, or published with a jump; 2 bad arguments or configuration. Not here: the errors themselves.
"""

import json
from pathlib import Path
from typing import Any, NoReturn

import typer
from typer.core import TyperGroup


class Told(TyperGroup):
    """The commands; what is wrong with what people gave ends each of them with a sentence."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - typer's own class is private
        """Run a command."""
        try:
            return super().invoke(ctx)
        except Exception as error:
            code = _code(error)
            if code is None:
                raise
            stop(str(error), code)


def stop(sentence: str, code: int = 2) -> NoReturn:
    """End with one sentence on standard error."""
    typer.echo(f"hedui: {sentence}", err=True)
    raise typer.Exit(code)


def say(sentence: str) -> None:
    """Tell the operator something beside the result."""
    typer.echo(sentence, err=True)


def result(told: object) -> None:
    """Print what was done as one line of JSON, for schedulers and scripts."""
    typer.echo(json.dumps(told, ensure_ascii=False, default=str))


def check_folder(out: Path) -> None:
    """End now, not after minutes of work, where the folder of a file to be written is not there."""
    if not out.absolute().parent.is_dir():
        stop(f"--out {out}: there is no folder {out.absolute().parent}. Make it first, or name another file.")


def _code(error: Exception) -> int | None:
    """Return the exit code of an error that is written for people; None for any other."""
    # Known by the time that one is raised; most commands need neither a database nor Dagster.
    from casework.errors import CaseworkError
    from exports import ExportError, ReviewFileError
    from exports.report import PageError
    from ledger import LedgerError
    from matching import ModelError
    from pipelines.settings import SettingsError
    from policy import PolicyError
    from sources import LayoutError
    from warehouse.errors import WarehouseError

    if isinstance(error, PageError):
        return 1
    told = (
        CaseworkError, ExportError, LayoutError, LedgerError, ModelError, PolicyError, ReviewFileError, SettingsError,
        WarehouseError,
    )  # fmt: skip
    return 2 if isinstance(error, told) else None
