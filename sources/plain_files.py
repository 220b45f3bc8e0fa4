"""The one way in which a delivered file is opened: a regular file, never what a link or a pipe leads to.

A department writes into its own folder. A link there may lead to anything that the night can read, the installation's
key too, and what cannot be read of it would be sent back as a rejected line; a pipe waits for ever. So below the
landing path, which the operator names and which may itself be a link, nothing but files and folders is followed.
Not here: what is in a file (readers), which snapshot is used (`intake`).
"""

import errno
import io
import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Final, Literal

from sources.errors import SnapshotRefused
from sources.refusal import Refusal

NOT_FOLLOWED: Final = "below the landing path only files and folders are read, nothing that leads elsewhere"
Kind = Literal["link", "pipe", "socket", "device"]


def open_plain(path: Path) -> io.BufferedReader:
    """Open a regular file for reading.

    Raises:
        SnapshotRefused: it is a link, pipe, device or socket.
        OSError: it is not there, a folder, or cannot be read.
    """
    refuse_irregular([path])
    # Between the look and the opening a department may have put another thing there: neither follow it nor wait for it.
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return os.fdopen(descriptor, "rb")
    os.close(descriptor)
    raise OSError(errno.EISDIR, "it is no file", str(path))


def kind_of(path: Path) -> Kind | None:
    """Return what stands in the place of a file or folder; None for a file, a folder or nothing at all."""
    try:
        mode = path.lstat().st_mode
    except OSError:
        return None
    if stat.S_ISLNK(mode):
        return "link"
    if stat.S_ISFIFO(mode):
        return "pipe"
    if stat.S_ISSOCK(mode):
        return "socket"
    return None if stat.S_ISREG(mode) or stat.S_ISDIR(mode) else "device"


def refuse_irregular(paths: Iterable[Path]) -> None:
    """Raise `SnapshotRefused`, by name, if any of `paths` is neither file nor folder."""
    for path in paths:
        if kind := kind_of(path):
            raise SnapshotRefused(Refusal.of("file_is_no_file", Refusal.of(kind), file=path.name))
