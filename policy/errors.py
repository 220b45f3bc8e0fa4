"""The one error of this package, and how its sentences are put together.

Here belong the wording of "where" and the naming of what was probably meant. Not here: the checks themselves.
"""

import difflib
from collections.abc import Iterable


class PolicyError(ValueError):
    """A policy file cannot be used. The message says where, what is wrong, what to do."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Return ``" Did you mean 'x'?"`` for the known word most like ``word``, else an empty string."""
    found = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f" Did you mean {found[0]!r}?" if found else ""
