"""Something is handed out of a published night: files made aside, written down in the ledger, then given their names.

In this order, so that no file is found that nobody recorded, and none that is cut off: a list that nobody recorded must not go out.
Not here: how a file looks (exports), where a night is found (published.py).
"""

import getpass
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from casework.errors import CaseworkError
from casework.published import Published
from ledger import Export, ExportedFile, Ledger, record_export
from warehouse.book import open_ledger
from warehouse.manifest import digest_of_file
from warehouse.private import whole

What = Literal["spot_check", "rejects", "review", "link", "report", "whatif"]
Write = Callable[[Path], object]
"""Writes one file under the name it is given."""


@dataclass(frozen=True, slots=True)
class Handing:
    """What is being handed out; recorded and named when its block ends well.

    Attributes:
        book: the ledger, open: what else belongs to the same act is recorded here.
        aside: the files as they are made, under names that nobody looks for.
        recorded: what the ledger will say of each.
    """

    book: Ledger
    aside: ExitStack
    recorded: list[ExportedFile] = field(default_factory=list)

    def file(self, file: Path, write: Write, *, about: str | Iterable[str], households: int = 0) -> Path:
        """Make one file, aside until everything is recorded, and return the name that it will have.

        Args:
            file: that name.
            write: makes the file.
            about: the list, household, draw or snapshot that the ledger names; of several, one entry each.
            households: how many it speaks of.

        Raises:
            CaseworkError: it cannot be written.
        """
        with told(file):
            part = self.aside.enter_context(whole(file))
            write(part)
            sha256 = digest_of_file(part)
        named = [about] if isinstance(about, str) else about
        self.recorded.extend(ExportedFile(each, file.name, sha256, households) for each in named)
        return file


@contextmanager
def handing_out(night: Published, what: What) -> Iterator[Handing]:
    """Yield what takes the files; at the end of the block all of them are recorded and named, or none.

    Nothing is recorded where no file was made.

    Raises:
        CaseworkError: a file cannot be written.
        LedgerError: the ledger cannot be opened or written; then nothing is handed out.
    """
    with open_ledger(night.paths) as book, ExitStack() as aside:
        handing = Handing(book, aside)
        yield handing
        if handing.recorded:
            files = tuple(handing.recorded)
            record_export(book, Export(what, night.night, "restricted", getpass.getuser(), files))
        with told(night.exports):
            aside.pop_all().close()


def hand_over(file: Path, write: Write) -> Path:
    """Make one file that speaks of nobody, so that the ledger need not name it; whole or not at all.

    Raises:
        CaseworkError: it cannot be written.
    """
    with told(file), whole(file) as part:
        write(part)
    return file


@contextmanager
def told(file: Path) -> Iterator[None]:
    """Say in our words why a file cannot be written.

    Raises:
        CaseworkError: as said.
    """
    try:
        yield
    except OSError as error:
        raise CaseworkError(
            f"{file} cannot be written: {error.strerror or error}. Name another place with --out. Nothing was handed out."
        ) from error


def text(content: str) -> Write:
    """Return what writes a text as UTF-8."""
    return lambda file: file.write_text(content, encoding="utf-8")
