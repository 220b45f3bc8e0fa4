"""The command `report`: the 核对报告 of one household.

Exit codes: 0 the report is written, 1 a page could not be set, 2 bad arguments or configuration.
"""

from pathlib import Path
from typing import Annotated, Literal

import typer

from pipelines.commands.endings import result, stop
from pipelines.commands.options import Chosen, OutFolder, Published, day

Case = Annotated[str | None, typer.Option(help="The case number of the household.")]
Household = Annotated[
    str | None, typer.Option(help="Instead of a case: a household_id of core.household, H and 20 characters.")
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
    warehouse: Published,
    case: Case = None,
    household: Household = None,
    night: Chosen = None,
    out: OutFolder = None,
    shape: Shape = "both",
    contact: Contact = "",
    objection_days: Days = None,
    fonts: Fonts = None,
) -> None:
    """Write the 核对报告 of one household, PDF and HTML: Chinese, restricted; the ledger records it."""
    from casework.report import Asked, export_report
    from exports.report import Objection

    if (case is None) == (household is None):
        stop("Name the household: either --case CASE_NO or --household HOUSEHOLD_ID.")
    asked = Asked(case, household, shape, Objection(contact, objection_days), fonts)
    files, made = export_report(warehouse, day(night), asked, out)
    result({"status": "exported", "files": [str(file) for file in files], "missing_characters": made.missing})
