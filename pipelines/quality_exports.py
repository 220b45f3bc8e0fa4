"""Pages about links, from a published night: its quality as a whole, and why single rows were linked.

Here belong where a page lies and the record that one about people was made. Not here: what a page shows (exports).
"""

import getpass
import hashlib
import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb

from assets.warehouse.book import open_ledger
from assets.warehouse.paths import WarehousePaths
from exports import ExportError
from exports.link_page import link_page
from exports.quality_page import quality_page
from ledger import Export, ExportedFile, record_export

PRIVATE = 0o077


def export_quality(warehouse: Path, night: date | None, out: Path | None) -> Path:
    """Write the page of a night's links; counts alone, so nothing is recorded.

    Args:
        warehouse: the warehouse folder.
        night: a published night; the current one if None.
        out: the file; ``<warehouse>/exports/<night>/quality.html`` if None.

    Raises:
        ExportError: there is no such night, or an earlier version of hedui published it.
    """
    database = _published(warehouse, night)
    try:
        text = quality_page(database)
    except (duckdb.CatalogException, duckdb.BinderException, KeyError) as error:
        raise ExportError(
            f"The night of {database.stem} was published by an earlier version, without what this page shows. Run it again."
        ) from error
    return _written(out or _default(warehouse, database, "quality.html"), text)


def export_links(warehouse: Path, night: date | None, identities: Sequence[str], out: Path | None) -> Path:
    """Write why identities were linked, and record in the ledger whose page was made.

    Args:
        warehouse: the warehouse folder.
        night: a published night; the current one if None.
        identities: ``identity_id``s of core.person_link.
        out: the file; ``<warehouse>/exports/<night>/link.html`` if None.

    Raises:
        ExportError: there is no such night, or it knows no such identity.
    """
    database = _published(warehouse, night)
    text = link_page(database, identities)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    with open_ledger(WarehousePaths(warehouse.resolve())) as book:
        file = _written(out or _default(warehouse, database, "link.html"), text)
        files = tuple(ExportedFile(identity, file.name, sha256, 0) for identity in dict.fromkeys(identities))
        record_export(
            book, Export("link", date.fromisoformat(database.stem), "restricted", getpass.getuser(), files)
        )
    return file


def _published(warehouse: Path, night: date | None) -> Path:
    paths = WarehousePaths(warehouse.resolve())
    database = paths.current("restricted") if night is None else paths.published("restricted", night)
    if not database.is_file():
        wanted = "night" if night is None else f"night of {night}"
        raise ExportError(f"{warehouse} holds no published {wanted}. Run it first: hedui run --help.")
    return database.resolve()


def _default(warehouse: Path, database: Path, name: str) -> Path:
    return WarehousePaths(warehouse.resolve()).root / "exports" / database.stem / name


def _written(file: Path, text: str) -> Path:
    """Write a page that is its owner's alone, whole or not at all."""
    os.umask(PRIVATE)
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = file.with_name(f".{file.name}.{os.getpid()}")
    aside.write_text(text, encoding="utf-8")
    aside.replace(file)
    return file
