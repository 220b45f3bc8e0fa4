"""The 核对报告 of one household: from a published night into files, and the record in the ledger that it was made.

Not here: what a report says, how its pages look (exports.report).
"""

import getpass
import hashlib
import os
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final, Literal

import duckdb

from assets.warehouse.book import open_ledger
from assets.warehouse.paths import WarehousePaths
from exports import ExportError
from exports.report import Objection, Report, fonts_of, household_of, html_of, legible, pdf_of, report_of
from exports.text import file_stem
from findings.phrase import words
from ledger import Export, ExportedFile, record_export

PRIVATE: Final = 0o077
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
        ExportError: there is no such night, case or household, or no Chinese font; the message says what to do.
    """
    os.umask(PRIVATE)  # a family's whole situation: the owner's alone
    database = _published(warehouse, night)
    try:
        household = household_of(database, asked.case, asked.household)
        report = report_of(database, household, words(), asked.objection)
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise _earlier(database) from error
    pages = _pages(report, asked)
    folder = out or WarehousePaths(warehouse.resolve()).root / "exports" / database.stem
    stem = file_stem("report", asked.case or household, database.stem)
    with open_ledger(WarehousePaths(warehouse.resolve())) as book:
        files = [_written(folder / f"{stem}.{ending}", page) for ending, page in pages.items()]
        recorded = tuple(
            ExportedFile(household, file.name, hashlib.sha256(page).hexdigest(), 1)
            for file, page in zip(files, pages.values(), strict=True)
        )
        made = Export("report", date.fromisoformat(database.stem), "restricted", getpass.getuser(), recorded)
        record_export(book, made)
    return files, report


def _pages(report: Report, asked: Asked) -> dict[str, bytes]:
    """Both pages are made from one content; without a PDF the fonts of the reader's own machine decide."""
    if asked.shape == "html":
        return {"html": html_of(report).encode()}
    fonts = fonts_of(asked.fonts)
    shown = legible(report, fonts)
    pages = {"pdf": pdf_of(shown, fonts)}
    return pages if asked.shape == "pdf" else pages | {"html": html_of(shown).encode()}


def _published(warehouse: Path, night: date | None) -> Path:
    if warehouse.is_file() or "analyst" in warehouse.parts[-2:]:
        raise ExportError(
            f"{warehouse} is no warehouse. Give the folder above published/: reports are made from its restricted file, "
            "never from the analysts' one, which holds no names."
        )
    paths = WarehousePaths(warehouse.resolve())
    database = paths.current("restricted") if night is None else paths.published("restricted", night)
    if not database.is_file():
        wanted = "night" if night is None else f"night of {night}"
        kept = sorted(file.stem for file in paths.current("restricted").parent.glob("????-??-??.duckdb"))
        known = f" It holds: {', '.join(kept[-5:])}." if kept else ""
        raise ExportError(f"{warehouse} holds no published {wanted}.{known} Run it first: hedui run --help.")
    return database.resolve()


def _earlier(database: Path) -> ExportError:
    return ExportError(
        f"The night of {database.stem} was published by an earlier version, without what a report shows. Run it again."
    )


def _written(file: Path, page: bytes) -> Path:
    """Write a page whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = file.with_name(f".{file.name}.{os.getpid()}")
    aside.write_bytes(page)
    aside.replace(file)
    return file
