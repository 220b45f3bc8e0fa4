"""What a source delivered, as a file of typed rows: from the cache where the same was taken in before.

Ungated sources alone: nothing of a gated one is kept but what is authorized (gated.py). While one source is worked on, the next
are taken in beside it. Not here: what makes a row acceptable (sources), whom it speaks of.
"""

import itertools
import json
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

import polars as pl

from linking.rows_file import REJECTED, RowsFile
from sources import Contract, Intake, LandingError, Layout, beside, content, looked_at, stamp, take_in
from sources.numbers import fell
from warehouse.cache import Cache, Entry, digest_of

FRAMES: Final = ("files", "quarantine", "cells_refused")
FACTS: Final = "facts"
PARTS: Final = ("", REJECTED, *FRAMES, FACTS)
REFUSED: Final = "refused"


@dataclass(frozen=True, slots=True)
class Arrival:
    """What one source amounts to, the file of its rows, and the digest of what made them."""

    intake: Intake
    rows: Entry
    key: str | None


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Takes in the sources of a night, one ahead of the night where it may.

    Attributes:
        code: digest of the readers (`linking.code`).
        usable_before: share of usable identity numbers of the delivery that stood before, by source.
    """

    landing: Path
    layout: Layout
    night: date
    cache: Cache
    code: str
    usable_before: Mapping[str, float]
    pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "arrivals"))
    coming: dict[str, Future[Arrival]] = field(default_factory=dict)

    def begin(self, contracts: Iterable[Contract]) -> None:
        """Take in sources in the background, in this order."""
        for contract in contracts:
            self.coming[contract.name] = self.pool.submit(self._arrive, contract)

    def take(self, contract: Contract) -> Arrival:
        """Return what a source delivered, waiting for it where it is under way."""
        ahead = self.coming.pop(contract.name, None)
        return self._arrive(contract) if ahead is None else ahead.result()

    def close(self) -> None:
        """Take in no more."""
        self.pool.shutdown(cancel_futures=True)

    def find(
        self, contract: Contract, made_by: dict[str, object], parts: Iterable[str]
    ) -> tuple[Entry | None, list[str]]:
        """Look for what the same snapshots came to before.

        Args:
            contract: the source.
            made_by: what the entry rests on beside snapshots, layout and code.
            parts: what the entry must hold.

        Returns:
            The entry, or None; and the keys of the snapshots looked at, of full deliveries the newest, the newest
            two and so on, until one may be used.
        """
        seen: list[str] = []
        for key in self._keys(contract, made_by):
            seen.append(key)
            if kept := self.cache.find(contract.name, key, parts):
                if self._would_be_refused(contract, kept):
                    break
                return kept, seen
            if not self.cache.find(contract.name, key, [REFUSED]):
                break
        return None, seen

    def keep(
        self, contract: Contract, made_by: dict[str, object], intake: Intake, draft: Entry, seen: list[str]
    ) -> str | None:
        """Name a draft by the snapshots that were read, and return the key; ``seen`` becomes the keys of all of them.

        None where no snapshot could be used, one holds more than plain files, or disk or network failed on one:
        these are looked into each night.
        """
        if intake.snapshot_date is None or intake.passing:
            return None
        layout = self.layout[contract.name]
        read = intake.files["snapshot_date"].n_unique() if layout and layout.delivery == "full" else 1
        if len(seen) < read:
            seen[:] = itertools.islice(self._keys(contract, made_by), read)
        if len(seen) < read:
            return None
        for refused in seen[: read - 1]:
            marked = Entry(draft.folder, refused)
            marked.write({REFUSED: facts(intake)})
            marked.seal()
        self.cache.keep(draft, seen[read - 1])
        return seen[read - 1]

    def _would_be_refused(self, contract: Contract, kept: Entry) -> bool:
        """Whether what was usable then is not now, held against another delivery before."""
        layout = self.layout[contract.name]
        said = layout is not None and layout.usable_numbers is not None
        return not said and fell(self.usable_before.get(contract.name), recalled(kept).usable_numbers)

    def stamp(self, contract: Contract) -> object:
        """Return when and how large the files are that a night would read.

        Another stamp after reading than before: something was written meanwhile, and what was read may not be what
        its digest says.
        """
        layout = self.layout[contract.name]
        try:
            return stamp(looked_at(self.landing, contract.name, layout, self.night)) if layout else None
        except LandingError:
            return None

    def _keys(self, contract: Contract, made_by: dict[str, object]) -> Iterator[str]:
        """Yield the keys of what a night would read: of full deliveries the newest, the newest two, and so on."""
        layout = self.layout[contract.name]
        try:
            found = looked_at(self.landing, contract.name, layout, self.night) if layout else []
        except LandingError:
            return
        made_by = {"source": contract.name, "layout": self.layout.digest, "code": self.code, **made_by}
        first = 1 if layout and layout.delivery == "full" else max(len(found), 1)
        for taken in range(first, len(found) + 1):
            digest = content(found[:taken])
            if digest is None:
                return
            yield digest_of(content=digest, **made_by)

    def _arrive(self, contract: Contract) -> Arrival:
        """Return what a source delivered: kept from before, or taken in now."""
        stamp = self.stamp(contract)
        kept, seen = self.find(contract, {}, PARTS)
        if kept:
            return Arrival(beside(self.landing, contract, recalled(kept)), kept, seen[-1])
        draft = self.cache.draft(contract.name)
        rows = RowsFile(contract, draft)
        intake = take_in(
            self.landing,
            contract,
            self.layout[contract.name],
            self.night,
            gated=False,
            open_sink=lambda _: rows,
            usable_before=self.usable_before.get(contract.name),
        )
        rows.close()
        draft.write(parts_of(intake))
        still = self.stamp(contract) == stamp
        key = self.keep(contract, {}, intake, draft, seen) if still else None
        intake = beside(self.landing, contract, intake)
        return Arrival(intake, draft if key is None else Entry(draft.folder, key), key)


def parts_of(intake: Intake) -> dict[str, pl.DataFrame]:
    """Return an intake as the parts of an entry."""
    return {**{name: getattr(intake, name) for name in FRAMES}, FACTS: facts(intake)}


def facts(intake: Intake) -> pl.DataFrame:
    """Return what an intake says in single values, as one row."""
    told = {
        "snapshot_date": pl.Series([intake.snapshot_date], dtype=pl.Date),
        "first_month": pl.Series([intake.first_month], dtype=pl.Date),
        "last_month": pl.Series([intake.last_month], dtype=pl.Date),
        "unlisted": pl.Series([intake.unlisted], dtype=pl.String),
        "usable_numbers": pl.Series([intake.usable_numbers], dtype=pl.Float64),
        "private_use": pl.Series([json.dumps(intake.private_use)]),
    }
    return pl.DataFrame(told)


def recalled(entry: Entry) -> Intake:
    """Return the intake that an entry keeps."""
    told: dict[str, Any] = entry.read(FACTS).row(0, named=True)
    told |= {name: entry.read(name) for name in FRAMES}
    return Intake(**told | {"private_use": json.loads(told["private_use"])})
