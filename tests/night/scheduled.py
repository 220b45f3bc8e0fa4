"""Runs the night that the environment names as Dagster's daemon runs it: every event goes to the storage of DAGSTER_HOME."""

import os
from pathlib import Path

from pipelines.definitions import defs
from pipelines.instance import instance_of

if __name__ == "__main__":
    with instance_of(Path(os.environ["HEDUI_WAREHOUSE"])) as instance:
        done = (
            defs()
            .resolve_job_def("nightly")
            .execute_in_process(partition_key=os.environ["NIGHT"], instance=instance)
        )
    raise SystemExit(0 if done.success else 1)
