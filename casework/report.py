"""The 核对报告 of one household: from a published night into files.

Not here: what a report says, how its pages look (exports.report), how it is handed out (handing.py).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from casework.handing import handing_out
from casework.published import published
from exports.report import Objection, Report, fonts_of, household_of, html_of, legible, pdf_of, report_of
from exports.text import file_stem
from findings.phrase import words

Format = Literal["pdf", "html", "both"]


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose report is asked for, and how.

    Attributes:
        case: a case number; or
        household: a household_id, for a household without a case.
        shape: pdf, html or both.
        objection: where objections go and until when.
        fonts: a folder of further fonts for rare characters.
    """

    case: str | None = None
    household: str | None = None
    shape: Format = "both"
    objection: Objection = field(default_factory=Objection)
    fonts: Path | None = None


def export_report(
    warehouse: Path, night: date | None, asked: Asked, out: Path | None
) -> tuple[list[Path], Report]:
    """Write the report of one household and record it in the ledger.

    Args:
        warehouse: the warehouse folder.
        night: a published night; the current one if None.
        asked: whose report, and how.
        out: folder of the files; ``<warehouse>/exports/<night>`` if None.

    Returns:
        The files, and what they say.

    Raises:
        CaseworkError: there is no such night, an earlier version published it, or a file cannot be written.
        ExportError: there is no such case or household, or no Chinese font; the message says what to do.
    """
    chosen = published(warehouse, night)
    chosen.check_version()
    with chosen.reading():
        household = household_of(chosen.database, asked.case, asked.household)
        report = report_of(chosen.database, household, words(), asked.objection)
    pages = _pages(report, asked)
    stem = file_stem("report", asked.case or household, chosen.night.isoformat())
    folder = out or chosen.exports
    with handing_out(chosen, "report") as handing:
        files = [
            handing.file(folder / f"{stem}.{ending}", _bytes(page), about=household, households=1)
            for ending, page in pages.items()
        ]
    return files, report


def _pages(report: Report, asked: Asked) -> dict[str, bytes]:
    """Both pages are made from one content; without a PDF the fonts of the reader's own machine decide."""
    if asked.shape == "html":
        return {"html": html_of(report).encode()}
    fonts = fonts_of(asked.fonts)
    shown = legible(report, fonts)
    pages = {"pdf": pdf_of(shown, fonts)}
    return pages if asked.shape == "pdf" else pages | {"html": html_of(shown).encode()}


def _bytes(page: bytes) -> Callable[[Path], object]:
    return lambda file: file.write_bytes(page)
