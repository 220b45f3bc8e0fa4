"""A warning where a rule's findings or a source's rows jumped, so that findings are held.

Here belongs what an operator is told of it. Not here: what a jump is, what it holds (sql/held), the acceptance (ledger).
"""

from typing import Final

import dagster as dg
import polars as pl

from assets.measures import change_of
from assets.night import Night

HELD: Final = dg.AssetKey(["audit", "held"])
JUMPED: Final = """
    SELECT kind, item, measure, before, now, findings_held
    FROM audit.held
    WHERE accepted_seq IS NULL
    ORDER BY kind, item
"""


@dg.asset_check(
    asset=HELD,
    name="no_unaccepted_jump",
    description="No rule's findings and no source's rows jumped beyond the place's bands, but what somebody accepted.",
    blocking=False,
)
def no_unaccepted_jump(night: dg.ResourceParam[Night]) -> dg.AssetCheckResult:
    """Warn where findings are held; the night goes on and is published."""
    jumped = night.frame(JUMPED)
    told = in_words(jumped)
    if told:
        night.say(told)
    return dg.AssetCheckResult(
        passed=jumped.is_empty(),
        severity=dg.AssetCheckSeverity.WARN,
        metadata={
            row["item"]: f"{change_of(row)}, {row['findings_held']:,} held" for row in jumped.to_dicts()
        },
    )


def in_words(jumped: pl.DataFrame) -> str:
    """Return what an operator is told of jumps (columns of `JUMPED`); empty if there is none."""
    if jumped.is_empty():
        return ""
    each = ", ".join(f"{row['item']} {change_of(row)}" for row in jumped.to_dicts())
    return f"jump: {each}; what rests on it is held until somebody accepts (hedui accept --list)"
