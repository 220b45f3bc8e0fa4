"""The findings with their sentences, and the catalogue of rules: the two results that SQL alone cannot make.

Not here: the grounds (sql/rule), the renderer (sql/explain.py), the lists and flags (sql/out).
"""

import dagster as dg

from assets.described import of_table
from assets.models import NIGHTS
from assets.night import Night
from assets.timing import timed
from sql.catalogue import rule_table, rules
from sql.explain import COLUMNS, published


@dg.asset(
    key=dg.AssetKey(["out", "rule"]),
    deps=[dg.AssetKey(["policy", "figure"])],
    group_name="out",
    kinds={"duckdb"},
    partitions_def=NIGHTS,
)
def out_rule(night: dg.ResourceParam[Night]) -> dg.MaterializeResult:
    """The catalogue of rules that this night ran."""
    with timed(night, "out.rule") as step:
        step.rows = night.store("out.rule", rule_table(rules()))
    return dg.MaterializeResult(metadata={"dagster/row_count": step.rows})


@dg.asset(
    key=dg.AssetKey(["out", "finding"]),
    deps=[dg.AssetKey(["held", "standing"])],
    group_name="out",
    kinds={"polars"},
    metadata=of_table(COLUMNS),
    partitions_def=NIGHTS,
    check_specs=[dg.AssetCheckSpec("every_finding_is_explained", asset=["out", "finding"], blocking=True)],
)
def out_finding(night: dg.ResourceParam[Night]) -> dg.MaterializeResult:
    """Every rule that fired for a household or person, with what a clerk could read aloud."""
    with timed(night, "out.finding") as step:
        rows = published(night.frame("SELECT * FROM held.standing ORDER BY finding_id"), rules())
        step.rows = night.store("out.finding", rows)
    unexplained = rows.filter((rows["explanation_zh"] == "") | (rows["green_if_zh"] == "")).height
    return dg.MaterializeResult(
        metadata={"dagster/row_count": step.rows},
        check_results=[
            dg.AssetCheckResult(
                check_name="every_finding_is_explained",
                passed=unexplained == 0,
                metadata={"unexplained": unexplained},
            )
        ],
    )


results = [out_rule, out_finding]
