"""Exports from a published night, written down in the ledger.

Not here: what a workbook looks like (exports), what the ledger is (ledger).
"""

import getpass
import logging
import os
from datetime import date
from pathlib import Path

from assets.warehouse.book import open_ledger
from assets.warehouse.paths import WarehousePaths
from exports import ExportError, export_spot_check
from ledger import Export, ExportedFile, record_export

log = logging.getLogger("hedui")


def export_night(warehouse: Path, night: date | None, out: Path | None) -> list[Path]:
    """Write the visit list of a published night and record it.

    Args:
        warehouse: the warehouse folder.
        night: a published night; None for the current one.
        out: folder of the workbooks; ``<warehouse>/exports/<night>`` when None.

    Returns:
        The workbooks, one a township.

    Raises:
        ExportError: there is no such night.
    """
    os.umask(0o077)  # workbooks hold names and addresses: the owner's alone
    paths = WarehousePaths(warehouse.resolve())
    database = paths.current("restricted") if night is None else paths.published("restricted", night)
    if not database.is_file():
        wanted = "night" if night is None else f"night of {night}"
        raise ExportError(f"{warehouse} holds no published {wanted}. Run it first: hedui run --help.")
    database = database.resolve()
    found = date.fromisoformat(database.stem)
    folder = out or paths.root / "exports" / found.isoformat()
    with open_ledger(
        paths
    ) as book:  # before anything is written: a list that nobody recorded must not go out
        lists = export_spot_check(
            database, folder, lambda name, done, of: log.info("%s (%d of %d)", name, done, of)
        )
        files = tuple(
            ExportedFile(entry.list_id, entry.path.name, entry.sha256, entry.households) for entry in lists
        )
        record_export(book, Export("spot_check", found, "restricted", getpass.getuser(), files))
    return [entry.path for entry in lists]
