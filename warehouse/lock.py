"""One night at a time on one warehouse, by an operating-system lock that a killed run cannot leave behind."""

import fcntl
from pathlib import Path
from typing import IO


class WarehouseBusyError(RuntimeError):
    """Another night holds the warehouse."""


def take(path: Path) -> IO[str]:
    """Take the lock and return the handle that holds it; closing it gives it back.

    Raises:
        WarehouseBusyError: another process holds it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = path.open("a", encoding="utf-8")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        handle.close()
        raise WarehouseBusyError(
            f"Another night is running on {path.parent.parent}. Two nights must not write one warehouse; "
            "wait until it has ended, or give this one a warehouse of its own."
        ) from None
    return handle
