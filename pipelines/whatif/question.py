"""What is asked: which published night, which figures, from which day; checked before anything is built.

Here belong the sentences for what cannot be asked. Not here: options (whatif_cli.py), building (worlds.py).
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import duckdb

from assets.warehouse import key as installation_key
from assets.warehouse.paths import WarehousePaths
from policy import Assumption, PolicyError, Profile, load_profile, night_tables
from policy.listing import Difference, differences
from policy.night import ledger_months
from policy.profile import FOLDER

FIXED: Final = {
    "sources_needing_authorization": "a published night holds the rows of these sources of authorized people alone",
    "prohibited_features": "no rule may read them, whatever is asked",
}


class WhatIfError(ValueError):
    """It cannot be asked, or not of this night; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Question:
    """A published night and the figures to judge it by.

    ``since`` None: as if the figures had held through the whole ledger. ``figures_of`` is set where ``since`` lies after
    the night: then its facts, and every month of its ledger, are judged by the figures in force on that day.
    """

    database: Path
    night: date
    since: date
    figures_of: date | None
    before: Profile
    after: Profile
    key: bytes

    def figures(self) -> list[Difference]:
        """Return the figures that differ: what is set, and what else holds on another day or in another place."""
        return differences(self.before, self.night, self.after, self.figures_of or self.night)


def ask(
    warehouse: Path, night: date | None, place: str | None, texts: Sequence[str], since: date | None
) -> Question:
    """Return the checked question.

    Args:
        warehouse: the warehouse folder; its restricted database is read and nothing is written.
        night: a published night; the current one if None.
        place: whose figures to judge by; the night's own place if None.
        texts: ``name=value`` each.
        since: the day from which they hold; the first month of the ledger if None.

    Raises:
        WhatIfError: no such night, another key, or a figure that no what-if can change.
        PolicyError: no such place, figure or value.
    """
    database = _published(warehouse, night)
    published, own_place, fingerprint = _run(database)
    key = _key(fingerprint, warehouse)
    day = since or ledger_months(published)[0]
    assumptions = [Assumption(text, day) for text in texts]
    for assumption in assumptions:
        parameter, _ = assumption.entry()
        if parameter.name in FIXED:
            raise WhatIfError(f"{parameter.name} cannot be set: {FIXED[parameter.name]}.")
    named = [text.partition("=")[0].strip() for text in texts]
    twice = sorted({name for name in named if named.count(name) > 1})
    if twice:
        raise WhatIfError(f"{twice[0]} is set twice. Say one value.")
    before, after = load_profile(own_place), load_profile(place or own_place, FOLDER, assumptions)
    later = day if day > published else None
    night_tables(after, published, later)  # a figure that is missing is said now, not after minutes
    return Question(database, published, day, later, before, after, key)


def _published(warehouse: Path, night: date | None) -> Path:
    paths = WarehousePaths(warehouse.resolve())
    database = paths.current("restricted") if night is None else paths.published("restricted", night)
    if not database.is_file():
        wanted = "night" if night is None else f"night of {night}"
        raise WhatIfError(f"{warehouse} holds no published {wanted}. Run it first: hedui run --help.")
    if not os.access(database, os.R_OK):
        raise WhatIfError(f"{database} cannot be read by this user; a what-if needs the restricted database.")
    return database.resolve()


def _run(database: Path) -> tuple[date, str, str]:
    """Return the date, place and key fingerprint of a published night."""
    try:
        with duckdb.connect(str(database), read_only=True) as connection:
            (row,) = connection.execute("SELECT night, place, key_fingerprint FROM audit.run").fetchall()
    except duckdb.Error as error:
        raise WhatIfError(
            f"{database} cannot be opened as a published night: {str(error).splitlines()[0]}"
        ) from error
    return row[0], str(row[1]), str(row[2])


def _key(fingerprint: str, warehouse: Path) -> bytes:
    """Return the installation's key, if the night's ids were made with it; never make one."""
    file = installation_key.path()
    if not file.exists():
        raise WhatIfError(
            f"There is no installation key {file}. Set HEDUI_KEY_FILE to the one of {warehouse}."
        )
    try:
        key, _ = installation_key.load()
    except installation_key.KeyError_ as error:
        raise WhatIfError(str(error)) from error
    if installation_key.fingerprint(key) != fingerprint:
        raise WhatIfError(
            f"{warehouse} was made with another installation key than {file}: findings would not be recognised. "
            "Set HEDUI_KEY_FILE to that key."
        )
    return key


__all__ = ["PolicyError", "Question", "WhatIfError", "ask"]
