"""The key to the page of `hedui serve`, in a file for its owner alone, so that an address outlives a restart.

Here belongs the file `hedui-address` in Dagster's home: the addresses, each with the key. Not here: what a key opens
(`casework.guard`).
"""

import logging
import os
import re
import stat
from pathlib import Path
from typing import Final

from casework.guard import Guard, new_key
from pipelines.settings import SettingsError

log = logging.getLogger("hedui")
FILE: Final = "hedui-address"
KEY: Final = re.compile(r"/enter\?key=([A-Za-z0-9_-]{32,})$", re.MULTILINE)


def kept_key(home: Path) -> str:
    """Return the key of the address that is kept, or a new one: where none is, or others could have read it.

    Raises:
        SettingsError: the file cannot be read.
    """
    file = home / FILE
    try:
        with os.fdopen(os.open(file, os.O_RDONLY | os.O_NOFOLLOW), encoding="utf-8") as handle:
            held = os.fstat(handle.fileno())
            found = KEY.search(handle.read())
    except FileNotFoundError:
        return new_key()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{file}, the address of the page, cannot be read: {error}. Remove it."
        ) from error
    if held.st_uid != os.geteuid() or stat.S_IMODE(held.st_mode) & 0o077:
        log.warning("%s could be read by others: the page gets a new key. Take the address anew.", file)
        return new_key()
    return found[1] if found else new_key()


def keep(home: Path, guard: Guard) -> Path:
    """Write the addresses down for their owner alone; returns the file.

    Raises:
        SettingsError: it cannot be written.
    """
    file = home / FILE
    part = file.with_name(f".{FILE}.part")
    try:
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
            handle.writelines(f"{address}\n" for address in guard.addresses)
        part.replace(file)
    except OSError as error:
        raise SettingsError(
            f"{file}, the address of the page, cannot be written: {error.strerror}."
        ) from error
    return file
