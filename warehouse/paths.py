"""Where everything of a warehouse lies. Paths only; nothing here reads or writes a file."""

import os
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

_DAY: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class WarehousePaths:
    """The file layout of outputs.md, "Files of a warehouse"."""

    root: Path

    @property
    def lock(self) -> Path:
        """Held by the one night that may write."""
        return self.root / "work" / "lock"

    @property
    def manifests(self) -> Path:
        """Digests of every input and output, a file a night."""
        return self.root / "published" / "manifest"

    @property
    def states(self) -> Path:
        """What outlives a night, a file a night; its presence means that the night was committed."""
        return self.root / "state"

    @property
    def ledger(self) -> Path | str:
        """Decisions that no night rewrites: a file of the warehouse, or the database that `HEDUI_LEDGER` names by URL."""
        return os.environ.get("HEDUI_LEDGER") or self.root / "ledger" / "ledger.sqlite"

    @property
    def cache(self) -> Path:
        """What a night may take from earlier ones; can be deleted whenever no night is running."""
        return self.root / "cache"

    def work(self, night: date, run: str) -> Path:
        """The folder in which one run makes everything; deleted after."""
        return self.root / "work" / f"{night}-{run}"

    def audience(self, audience: str) -> Path:
        """The folder of one audience's published files."""
        return self.root / "published" / audience

    def published(self, audience: str, night: date) -> Path:
        """One night's file for one audience."""
        return self.audience(audience) / f"{night}.duckdb"

    def current(self, audience: str) -> Path:
        """The relative symlink that always names a whole, finished night."""
        return self.audience(audience) / "current.duckdb"

    def manifest(self, night: date) -> Path:
        """One night's manifest."""
        return self.manifests / f"{night}.json"

    def state(self, night: date) -> Path:
        """One night's state."""
        return self.states / f"{night}.duckdb"


def night_of(path: Path, ending: str) -> date | None:
    """Return the night that a file is named after, as ``2021-12-31.duckdb``; None for a file with another name."""
    day = path.name.removesuffix(ending)
    if not _DAY.fullmatch(day) or path.name == day:
        return None
    try:
        return date.fromisoformat(day)
    except ValueError:  # the 30th of February
        return None


def quoted(path: Path) -> str:
    """Return a path as an SQL string: a folder's name may hold an apostrophe."""
    return "'" + str(path).replace("'", "''") + "'"
