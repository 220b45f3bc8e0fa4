"""The command `report`: options, help, exit codes. What it does is elsewhere.

Exit codes: 0 the report is written, 1 it could not be made, 2 bad arguments or configuration.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

Warehouse = Annotated[Path, typer.Option(help="A warehouse that holds a published night.")]
Case = Annotated[str | None, typer.Option(help="The case number of the household.")]
Household = Annotated[
    str | None, typer.Option(help="Instead of a case: a household_id of core.household, H and 20 characters.")
]
Night = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="A published night; the current one by default.")
]
Out = Annotated[
    Path | None, typer.Option(help="Folder of the files; <warehouse>/exports/<night> by default.")
]
Shape = Annotated[Literal["pdf", "html", "both"], typer.Option("--format", help="What to write.")]
Contact = Annotated[
    str,
    typer.Option(
        envvar="HEDUI_REPORT_CONTACT",
        help="Where objections go: office, address, telephone; the township's desk by default.",
    ),
]
Days = Annotated[
    int | None,
    typer.Option(
        min=1,
        envvar="HEDUI_OBJECTION_DAYS",
        help="Days to object after receipt; the policy's objection_days by default, else left to be filled in.",
    ),
]
Fonts = Annotated[
    Path | None,
    typer.Option(
        envvar="HEDUI_FONTS", help="A folder of further fonts for characters that Noto Sans CJK lacks."
    ),
]


def report(
    warehouse: Warehouse,
    case: Case = None,
    household: Household = None,
    night: Night = None,
    out: Out = None,
    shape: Shape = "both",
    contact: Contact = "",
    objection_days: Days = None,
    fonts: Fonts = None,
) -> None:
    """Write the 核对报告 of one household, PDF and HTML: Chinese, restricted; the ledger records it."""
    from exports import ExportError
    from exports.report import Objection, PageError
    from pipelines.reporting import Asked, export_report

    if (case is None) == (household is None):
        _stop("Name the household: either --case CASE_NO or --household HOUSEHOLD_ID.", 2)
    asked = Asked(case, household, shape, Objection(contact, objection_days), fonts)
    try:
        files, made = export_report(warehouse, None if night is None else night.date(), asked, out)
    except ExportError as error:
        _stop(str(error), 2)
    except PageError as error:
        _stop(str(error), 1)
    except OSError as error:
        _stop(
            f"The report cannot be written to {error.filename}: {error.strerror}. Name another folder with --out.",
            2,
        )
    else:
        summary = {
            "status": "exported",
            "files": [str(file) for file in files],
            "missing_characters": made.missing,
        }
        typer.echo(json.dumps(summary, ensure_ascii=False))


def _stop(sentence: str, code: int) -> None:
    typer.echo(f"hedui: {sentence}", err=True)
    raise typer.Exit(code)
