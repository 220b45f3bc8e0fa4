"""A spine as named frames and back, so that whoever calls may keep it between nights.

Not here: where frames are kept, what makes two spines the same.
"""

from collections.abc import Callable, Iterable
from dataclasses import fields
from typing import Final

import polars as pl

from matching.entries import Frequencies
from matching.index import SpineIndex
from matching.spine import Spine

BLOCK: Final = "block_"
FACTS: Final = "people"
_TABLES: Final = tuple(field.name for field in fields(Spine) if field.name != "index")
_INDEX: Final = ("entries", "exact", "owners", "booklets")
_NAMES: Final = ("surname", "given")


def to_frames(spine: Spine) -> dict[str, pl.DataFrame]:
    """Return everything of a spine by name; `tables_of` alone are results, the rest is for matching."""
    index, names = spine.index, spine.index.names
    facts = {"index": [index.people], "names": [names.people], "floor": [names.floor]}
    return {
        **{name: getattr(spine, name) for name in _TABLES},
        **{name: getattr(index, name) for name in _INDEX},
        **{name: getattr(names, name) for name in _NAMES},
        **{f"{BLOCK}{name}": frame for name, frame in index.blocks.items()},
        FACTS: pl.DataFrame(facts),
    }


def from_frames(read: Callable[[str], pl.DataFrame], names: Iterable[str]) -> Spine:
    """Return the spine that `to_frames` made frames of.

    Args:
        read: gives a frame by its name.
        names: the names there are.
    """
    facts = read(FACTS).row(0, named=True)
    frequencies = Frequencies(read("surname"), read("given"), facts["names"], facts["floor"])
    blocks = {name.removeprefix(BLOCK): read(name) for name in names if name.startswith(BLOCK)}
    index = SpineIndex(
        **{name: read(name) for name in _INDEX}, blocks=blocks, names=frequencies, people=facts["index"]
    )
    return Spine(**{name: read(name) for name in _TABLES}, index=index)
