"""What a start looks at before anything runs: whether the warehouse's own files can be used at all.

What the night needs and cannot make again (the state that it starts from, the newest manifest, the ledger) refuses it;
everything else that is damaged, or is none of ours, is said and left alone. Not here: undoing what a killed run left
(commit.py), what a file means.
"""

import os
from datetime import date
from pathlib import Path
from typing import Final

from warehouse import manifest, state
from warehouse.commit import AUDIENCES, committed_nights
from warehouse.errors import WarehouseError
from warehouse.paths import WarehousePaths, night_of

DUCKDB: Final = b"DUCK"
MAGIC_AT: Final = 8
"""Where a DuckDB file says that it is one."""


def inspect(paths: WarehousePaths, night: date) -> None:
    """Refuse a warehouse that the night of ``night`` could not start from, or could not be published in.

    Raises:
        WarehouseError: says which file, why it matters and what to do.
    """
    _check_folders(paths)
    for audience in AUDIENCES:
        current = paths.current(audience)
        if current.is_dir() and not current.is_symlink():
            raise WarehouseError(
                f"{current} is a folder. It must be the link that names the newest night, and nobody can publish while the"
                " folder stands there. Look what is in it, and move it elsewhere; the next night makes the link."
            )
    manifest.newest(paths)
    state.check(paths, night)


def oddities(paths: WarehousePaths, night: date) -> list[str]:
    """Return a sentence for each thing that is damaged or none of ours, and that the night of ``night`` can do without."""
    needed = state.newest_before(paths, night)
    found = [
        f"{path.name} in {paths.states} is nothing that a night left there; it is left alone"
        for path in sorted(paths.states.iterdir() if paths.states.is_dir() else ())
        if not path.name.startswith(".") and night_of(path, ".duckdb") is None
    ]
    for earlier in committed_nights(paths):
        file = paths.state(earlier)
        if file != needed and (why := _no_state(file, manifest.of_night(paths, earlier).get("state_bytes"))):
            found.append(
                f"{file} {why}. This night does not need it; before its night's next one is run again, restore it from its"
                " backup, or run its night again"
            )
    manifests = sorted(paths.manifests.glob("*.json") if paths.manifests.is_dir() else ())
    spoilt = (
        file for file in manifests if night_of(file, ".json") is None or manifest.readable(file) is None
    )
    return found + [
        f"{file} is no manifest that can be read: cut off, or none of ours; restore it from its backup"
        for file in spoilt
    ]


def _check_folders(paths: WarehousePaths) -> None:
    """Raise where a file stands in the place of a folder that the night writes in."""
    audiences = [paths.audience(audience) for audience in AUDIENCES]
    for folder in (*audiences, paths.manifests, paths.states, paths.cache, paths.lock.parent):
        for place in (folder.parent, folder):
            if os.path.lexists(place) and not place.is_dir():
                raise WarehouseError(
                    f"{place} is no folder. A warehouse keeps its files in a folder of that name: look what it is, and move"
                    " it elsewhere."
                )
    if paths.lock.is_dir():
        raise WarehouseError(
            f"{paths.lock} is a folder, where the lock of the warehouse should be. Move it elsewhere."
        )


def _no_state(file: Path, size: object) -> str | None:
    """Return why a file cannot be a whole state, as far as a glance shows; None where it may be one."""
    if file.is_symlink() or not file.is_file():
        return "is no file"
    try:
        with file.open("rb") as opened:
            start = opened.read(MAGIC_AT + len(DUCKDB))
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    if start[MAGIC_AT:] != DUCKDB:
        return "is damaged: it is no database"
    if size is not None and file.stat().st_size != size:
        return f"is damaged: it has {file.stat().st_size:,} bytes where its manifest says {size:,}"
    return None
