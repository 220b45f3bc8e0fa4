"""The one error of this package, and how its sentences are put together.

Here belong the wording of "where" and the naming of what was probably meant. Not here: the checks themselves.
"""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Path = tuple[str, ...]


class PolicyError(ValueError):
    """A policy file cannot be used. The message says where, what is wrong, what to do."""


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a file: its text begins every sentence about what is written there.

    ``lines`` are the lines of the file's keys by their path from the top; ``told`` are the words that follow the line.
    A file without lines (an option of a command) is said alone.
    """

    file: str
    lines: Mapping[Path, int] = field(default_factory=dict)
    path: Path = ()
    told: Path = ()

    def under(self, *keys: str, told: str | None = None) -> "Where":
        """Return the place of a key below this one, with a word of its own if ``told``."""
        return Where(self.file, self.lines, (*self.path, *keys), (*self.told, told) if told else self.told)

    def __str__(self) -> str:
        """Return ``file, line n, words``: the line of the key, else of the nearest key above that has one."""
        above = (self.path[:depth] for depth in range(len(self.path), 0, -1))
        line = next((self.lines[path] for path in above if path in self.lines), None)
        return ", ".join([self.file, *([f"line {line}"] if line else []), *self.told])


def nearest(word: str, known: Iterable[str]) -> str:
    """Return ``" Did you mean 'x'?"`` for the known word most like ``word``, else an empty string."""
    found = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f" Did you mean {found[0]!r}?" if found else ""
