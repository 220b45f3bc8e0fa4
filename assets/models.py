"""An asset of every step of judging: its dependencies as the step says, its promises as blocking checks.

Not here: tables that are no judging (raw, link, core rows of sources), what a step does (judging).
"""

import dagster as dg

from assets.described import of_model, of_table
from assets.groups import group_of
from assets.night import Night
from assets.timing import timed
from findings.explain import COLUMNS
from judging import Made, Step, steps
from warehouse.comments import BY_HAND

NIGHTS = dg.DailyPartitionsDefinition(start_date="2012-01-01", timezone="Asia/Shanghai", end_offset=1)
EXPLAINED = "every_finding_is_explained"
UNIQUE = "grain_is_unique"


def step_asset(step: Step) -> dg.AssetsDefinition:
    """Return the asset that makes a step's table and proves what it promises."""
    schema, _, table_name = step.name.partition(".")
    key = dg.AssetKey([schema, table_name])
    promised = [UNIQUE] if step.model else [EXPLAINED] if step.name == "out.finding" else []

    @dg.asset(
        key=key,
        deps=[dg.AssetKey(name.split(".")) for name in sorted(step.reads)],
        description=step.model.description if step.model else BY_HAND[step.name],
        group_name=group_of(step.name),
        kinds={"duckdb", "sql"} if step.model else {"polars"},
        code_version=step.model.version if step.model else None,
        metadata=of_model(step.model) if step.model else of_table(COLUMNS) if promised else None,
        partitions_def=NIGHTS,
        check_specs=[dg.AssetCheckSpec(name, asset=key, blocking=True) for name in promised],
    )
    def table(night: dg.ResourceParam[Night]) -> dg.MaterializeResult:
        with timed(night, step.name) as running:
            made = step.make(night.connection)
            running.rows = made.rows
        return dg.MaterializeResult(
            metadata={"dagster/row_count": made.rows},
            check_results=[_kept(name, step, made) for name in promised],
        )

    return table


def _kept(name: str, step: Step, made: Made) -> dg.AssetCheckResult:
    """Return whether a promise was kept, with the counts that show it."""
    if name == EXPLAINED:
        return dg.AssetCheckResult(
            check_name=name, passed=made.unexplained == 0, metadata={"unexplained": made.unexplained or 0}
        )
    grain = step.model.grain if step.model else ()
    return dg.AssetCheckResult(
        check_name=name,
        passed=made.rows == made.keys,
        metadata={"rows": made.rows, "keys": made.keys or 0, "grain": ", ".join(grain)},
    )


tables = [step_asset(step) for step in steps().values()]
