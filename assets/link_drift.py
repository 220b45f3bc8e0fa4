"""The night's matching model as a table, and a warning where tonight's links are not what it was trained on.

Here belongs what a night says of its model. Not here: the comparison itself (sql/audit/link_drift.sql), the model file
(matching).
"""

from typing import Final

import dagster as dg
import polars as pl

from assets.groups import group_of
from assets.models import NIGHTS
from assets.night import Night
from assets.timing import timed
from matching import Model

COLUMNS: Final = {
    "field": pl.String,
    "level": pl.String,
    "m": pl.Float64,
    "u": pl.Float64,
    "per": pl.String,
    "expected": pl.Float64,
}
DRIFT: Final = dg.AssetKey(["audit", "link_drift"])
MOVED: Final = """
    SELECT field, max(stability_index) AS stability_index
    FROM audit.link_drift
    WHERE drifted
    GROUP BY field
    ORDER BY field
"""


def levels_of(model: Model) -> pl.DataFrame:
    """Return one row a level of each comparison: its figures, and its share among the links of the training."""
    rows = [
        (field, name, level.m, level.u, level.per, (model.expected or {}).get(field, {}).get(name))
        for field, levels in model.comparisons.items()
        for name, level in levels.items()
    ]
    return pl.DataFrame(rows, schema=COLUMNS, orient="row")


@dg.asset(
    key=dg.AssetKey(["link", "model_level"]),
    group_name=group_of("link.model_level"),
    kinds={"polars"},
    partitions_def=NIGHTS,
)
def model_level(night: dg.ResourceParam[Night]) -> dg.MaterializeResult:
    """The matching model's figures, level by level."""
    with timed(night, "link.model_level") as step:
        step.rows = night.store("link.model_level", levels_of(night.inputs.model))
        step.note = f"model {night.inputs.model.version}"
    return dg.MaterializeResult(metadata={"dagster/row_count": step.rows})


@dg.asset_check(
    asset=DRIFT,
    name="links_are_as_trained",
    description="No comparison's levels are spread among tonight's links as among others than those of the training.",
    blocking=False,
)
def links_are_as_trained(night: dg.ResourceParam[Night]) -> dg.AssetCheckResult:
    """Warn where links have moved away from the model's training; the night goes on."""
    moved = night.frame(MOVED)
    told = in_words(moved)
    if told:
        night.say(told)
    return dg.AssetCheckResult(
        passed=moved.is_empty(),
        severity=dg.AssetCheckSeverity.WARN,
        metadata={row["field"]: row["stability_index"] for row in moved.to_dicts()},
    )


def in_words(moved: pl.DataFrame) -> str:
    """Return what an operator is told of comparisons that drifted (``field``, ``stability_index``); empty if none did."""
    if moved.is_empty():
        return ""
    fields = ", ".join(
        f"{field} {index:.2f}" for field, index in moved.select("field", "stability_index").iter_rows()
    )
    return f"drift: links are not as the model was trained ({fields}); see audit.link_drift, train anew with hedui train"
