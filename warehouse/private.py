"""Files that are their owner's alone, and that are there whole or not at all.

Here belong the mask under which everything is written that speaks of people, and the writing aside with a rename at the end. Not
here: the publication of a night (commit.py), which the analysts may read, and the rename that commits it.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

OTHERS: Final = 0o077
"""What everybody but the owner may do with what is written from now on: nothing."""


def owner_alone() -> None:
    """Let no file that this process makes from now on be read by anybody but its owner."""
    os.umask(OTHERS)


def aside(file: Path) -> Path:
    """Return the hidden name beside ``file`` under which this process makes it."""
    return file.with_name(f".{file.name}.{os.getpid()}")


@contextmanager
def whole(file: Path) -> Iterator[Path]:
    """Yield the name to write ``file`` under; it gets its own name when all went well, else it is removed.

    Raises:
        OSError: the folder cannot be made, or the file not be renamed.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    part = aside(file)
    try:
        yield part
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
