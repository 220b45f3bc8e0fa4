"""The explanations of the night's findings once more, from masked values.

Not here: how a value is masked in a sentence (findings/phrase.py), in a column (sql/masks.py).
"""

import dagster as dg

from assets.groups import group_of
from assets.models import NIGHTS
from assets.night import Night
from assets.timing import timed
from findings.catalogue import rules
from findings.explain import render


@dg.asset(
    key=dg.AssetKey(["analyst", "text"]),
    deps=[dg.AssetKey(["held", "standing"])],
    group_name=group_of("analyst.text"),
    kinds={"polars"},
    partitions_def=NIGHTS,
)
def masked_texts(night: dg.ResourceParam[Night]) -> dg.MaterializeResult:
    """What every finding says to an analyst."""
    with timed(night, "analyst.text") as step:
        night.connection.execute("CREATE SCHEMA IF NOT EXISTS analyst")
        findings = night.frame("SELECT * FROM held.standing ORDER BY finding_id")
        step.rows = night.store("analyst.text", render(findings, rules(), masked=True))
    return dg.MaterializeResult(metadata={"dagster/row_count": step.rows})
