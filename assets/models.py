"""An asset of every SQL model: its dependencies parsed from the query, its grain a blocking check.

Not here: tables that one SELECT cannot make (raw, link, core rows of sources, findings with their text).
"""

import dagster as dg

from assets.described import of_model
from assets.night import Night
from assets.timing import timed
from sql.models import SqlModel, build, models

NIGHTS = dg.DailyPartitionsDefinition(start_date="2012-01-01", timezone="Asia/Shanghai", end_offset=1)


def model_asset(model: SqlModel) -> dg.AssetsDefinition:
    """Return the asset that fills ``model``'s table and proves its grain."""
    key = dg.AssetKey([model.schema, model.table])

    @dg.asset(
        key=key,
        deps=[dg.AssetKey(name.split(".")) for name in sorted(model.reads)],
        description=model.description,
        group_name=model.schema,
        kinds={"duckdb", "sql"},
        code_version=model.version,
        metadata=of_model(model),
        partitions_def=NIGHTS,
        check_specs=[dg.AssetCheckSpec("grain_is_unique", asset=key, blocking=True)],
    )
    def table(night: dg.ResourceParam[Night]) -> dg.MaterializeResult:
        with timed(night, model.name) as step:
            step.rows, keys = build(night.connection, model)
        return dg.MaterializeResult(
            metadata={"dagster/row_count": step.rows},
            check_results=[
                dg.AssetCheckResult(
                    check_name="grain_is_unique",
                    passed=step.rows == keys,
                    metadata={"rows": step.rows, "keys": keys, "grain": ", ".join(model.grain)},
                )
            ],
        )

    return table


tables = [model_asset(model) for model in models().values()]
