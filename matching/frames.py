"""A spine as named frames and back, so that whoever calls may keep it between nights.

Not here: where frames are kept, what makes two spines the same.
"""

from collections.abc import Callable, Iterable
from dataclasses import fields
from typing import Final

import polars as pl

from matching.frequencies import Frequencies
from matching.index import SpineIndex
from matching.spine import Spine

BLOCK: Final = "block_"
SHARES: Final = "shares"
_TABLES: Final = tuple(field.name for field in fields(Spine) if field.name != "index")
_INDEX: Final = ("entries", "exact", "owners", "booklets")


def to_frames(spine: Spine) -> dict[str, pl.DataFrame]:
    """Return everything of a spine by name; `tables_of` alone are results, the rest is for matching."""
    index = spine.index
    return {
        **{name: getattr(spine, name) for name in _TABLES},
        **{name: getattr(index, name) for name in _INDEX},
        SHARES: index.common.table(),
        **{f"{BLOCK}{name}": frame for name, frame in index.blocks.items()},
    }


def from_frames(read: Callable[[str], pl.DataFrame], names: Iterable[str]) -> Spine:
    """Return the spine that `to_frames` made frames of.

    Args:
        read: gives a frame by its name.
        names: the names there are.
    """
    common = Frequencies.of_table(read(SHARES))
    assert common is not None, "a spine is kept with its frequencies"  # noqa: S101 - narrows the type
    blocks = {name.removeprefix(BLOCK): read(name) for name in names if name.startswith(BLOCK)}
    index = SpineIndex(
        **{name: read(name) for name in _INDEX}, blocks=blocks, common=common, people=common.people
    )
    return Spine(**{name: read(name) for name in _TABLES}, index=index)
