"""What every reader yields: batches of rows as text, with the lines that are no rows at all.

Here belongs the shape that all formats share. Not here: formats, types, contracts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import polars as pl

LINE = "\0line"
"""Name of the line column inside a batch; no delivered header can collide with it."""

Lines = npt.NDArray[np.int64]
RawText = Callable[[Sequence[int]], list[str]]


def _no_text(positions: Sequence[int]) -> list[str]:
    return ["" for _ in positions]


@dataclass(frozen=True)
class Batch:
    """Some rows of one file.

    `rows` holds `LINE` (physical line or sheet row, from 1) and one text column per delivered column: known
    ones under their canonical name, others under ``+header``. `broken` are the lines that could not be split
    into fields. The raw text of either is made only when it is asked for, by position.
    """

    rows: pl.DataFrame
    broken: Lines = field(default_factory=lambda: np.zeros(0, np.int64))
    row_text: RawText = _no_text
    broken_text: RawText = _no_text
    private_use: int = 0
    """Characters of the private use area U+E000 to U+EFFF: what GB18030 fonts drew for unencoded names."""

    @property
    def delivered(self) -> int:
        """Rows of the file in this batch, good or bad."""
        return self.rows.height + len(self.broken)
