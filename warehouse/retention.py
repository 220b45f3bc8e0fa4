"""How long nights stay: what is older than the configured number of days is removed after a commit.

Both published files and the state of a forgotten night go; its manifest stays, for it names by digest what the night was made of.
The newest night never goes, nor the state that the oldest night kept started from, so that it can be run again.
Not here: how a night is committed or repaired (commit.py).
"""

from datetime import date, timedelta

from warehouse.commit import AUDIENCES, committed_nights
from warehouse.paths import WarehousePaths


def forget(paths: WarehousePaths, days: int, just_run: date) -> list[date]:
    """Remove the nights more than ``days`` days older than the newest; 0 keeps every night.

    Args:
        paths: the warehouse; its lock must be held.
        days: for how many days nights stay.
        just_run: a night that somebody asked for just now, which stays however old it is.

    Returns:
        The nights whose files went, oldest first.

    Raises:
        OSError: a file cannot be removed; the next call goes on where this one stopped.
    """
    nights = committed_nights(paths)
    if days <= 0 or not nights:
        return []
    old = [night for night in nights if night < nights[-1] - timedelta(days=days)]
    going = [night for night in old if night != just_run]
    return [night for night in going if _forget_night(paths, night, keep_state=night == old[-1])]


def _forget_night(paths: WarehousePaths, night: date, *, keep_state: bool) -> bool:
    """Remove a night's files, the state last: while it lies there the night counts as committed. Tells if any went."""
    files = [paths.published(audience, night) for audience in AUDIENCES]
    files += [] if keep_state else [paths.state(night)]
    present = [file for file in files if file.exists()]
    for file in present:
        file.unlink()
    return bool(present)
