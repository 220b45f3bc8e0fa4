"""A published night: found, opened for reading, with the key and the ledger that belong to it.

Everything that people do begins here, so that a night that is not there, was published by an earlier version or belongs to another
installation is told in one way. Not here: what leaves the house (handing.py), how a night is published (warehouse/commit.py).
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import duckdb

from casework.errors import CaseworkError
from warehouse import key as installation_key
from warehouse.commit import committed_nights
from warehouse.errors import WarehouseError
from warehouse.manifest import fingerprint_of
from warehouse.paths import WarehousePaths
from warehouse.private import owner_alone

RUN_FIRST: Final = "Run it first: hedui run --help."
EXPLAINED: Final = "SELECT 1 FROM duckdb_columns() WHERE (schema_name, table_name, column_name) = ('out', 'finding', 'explanation')"
SHOWN: Final = 5
"""How many of a warehouse's nights are named where another one was asked for."""


@dataclass(frozen=True, slots=True)
class Published:
    """A night that is published: its warehouse, its date, its restricted database."""

    paths: WarehousePaths
    night: date
    database: Path

    @property
    def exports(self) -> Path:
        """The folder where what is made of it goes, unless the user names another."""
        return self.paths.root / "exports" / self.night.isoformat()

    def earlier(self) -> CaseworkError:
        """Return what is said of a night that lacks what is asked for."""
        return CaseworkError(
            f"The night of {self.night} was published by an earlier version of hedui, without what is asked for. Run that night"
            " again."
        )

    def check_version(self) -> None:
        """Refuse a night whose findings are not told by their parts: reports, reviews and what-ifs show or compare them.

        Raises:
            CaseworkError: an earlier version published it, or it cannot be read.
        """
        with self.opened() as connection:
            found = connection.execute(EXPLAINED).fetchall()
        if not found:
            raise self.earlier()

    @contextmanager
    def opened(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Open the database for reading.

        Raises:
            CaseworkError: it cannot be read, or lacks what is read of it.
        """
        with self.reading(), duckdb.connect(str(self.database), read_only=True) as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Say in our words what DuckDB says of a database that cannot be read, or lacks what is read of it.

        Raises:
            CaseworkError: as said.
        """
        try:
            yield
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            raise self.earlier() from error
        except duckdb.Error as error:
            raise CaseworkError(
                f"{self.database} cannot be read as a finished night ({type(error).__name__}). Run that night again."
            ) from error


def published(warehouse: Path, night: date | None = None) -> Published:
    """Return a published night; from now on what this process writes is its owner's alone.

    Args:
        warehouse: the warehouse folder.
        night: its date; the current night if None.

    Raises:
        CaseworkError: there is no such warehouse or night, or it may not be read.
    """
    paths = paths_of(warehouse)
    file = paths.current("restricted") if night is None else paths.published("restricted", night)
    if not file.is_file():
        wanted = "night" if night is None else f"night of {night}"
        kept = committed_nights(paths)[-SHOWN:]
        known = f" It holds: {', '.join(map(str, kept))}." if kept else ""
        raise CaseworkError(f"{warehouse} holds no published {wanted}.{known} {RUN_FIRST}")
    if not os.access(file, os.R_OK):
        raise CaseworkError(
            f"{file} cannot be read by this user. It is restricted: ask the verification centre, or use the analysts' file."
        )
    database = file.resolve()
    return Published(paths, date.fromisoformat(database.stem), database)


def paths_of(warehouse: Path) -> WarehousePaths:
    """Return the paths of a warehouse that is there.

    Raises:
        CaseworkError: there is no such folder, or it is one inside a warehouse.
    """
    owner_alone()
    if warehouse.is_file() or {"analyst", "restricted"} & set(warehouse.parts[-2:]):
        raise CaseworkError(
            f"{warehouse} is no warehouse. Give the folder above published/: what speaks of people is made from the restricted"
            " file, never from the analysts' one, which holds no names."
        )
    if not warehouse.is_dir():
        raise CaseworkError(
            f"--warehouse {warehouse}: there is no such folder. Run a night first: hedui run --help."
        )
    return WarehousePaths(warehouse.resolve())


def key_of(paths: WarehousePaths, made_with: str | None = None) -> bytes:
    """Return the installation's key that a warehouse was made with; none is made.

    Args:
        paths: of the warehouse.
        made_with: the key's fingerprint; that of the newest manifest if None.

    Raises:
        CaseworkError: it is not there or cannot be read, or the warehouse was made with another one.
    """
    file = installation_key.path()
    try:
        if not file.exists():
            raise CaseworkError(
                f"There is no installation key {file}. Set HEDUI_KEY_FILE to the one of {paths.root}: with another one nobody's"
                " id is found again."
            )
        key, _ = installation_key.load()
        known = made_with or fingerprint_of(paths)
    except (installation_key.KeyError_, WarehouseError) as error:
        raise CaseworkError(str(error)) from error
    if known not in (None, installation_key.fingerprint(key)):
        raise CaseworkError(installation_key.another(paths.root))
    return key
