"""How a figure that is watched for jumps is said: a number of findings or rows, or a share of rows.

Not here: what is watched and what a jump is (sql/held).
"""

from collections.abc import Mapping
from typing import Any, Final

UNITS: Final = {"findings": "findings", "rows_delivered": "rows", "rows_usable": "usable rows"}
SHARES: Final = {"with_candidate": "of the rows with a candidate", "linked": "of the rows linked"}
"""Shares are counted in parts of ten thousand."""


def change_of(row: Mapping[str, Any]) -> str:
    """Return how a figure changed, with its unit; of a row with `measure`, `before` and `now`."""
    if row["measure"] in SHARES:
        return f"{row['before'] / 100:.1f} % -> {row['now'] / 100:.1f} % {SHARES[row['measure']]}"
    return f"{row['before']:,} -> {row['now']:,} {UNITS.get(row['measure'], row['measure'])}"
