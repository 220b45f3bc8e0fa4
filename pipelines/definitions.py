"""The code location: the assets folder, the nightly job, schedule and sensors, bound to this environment's inputs."""

from pathlib import Path

import dagster as dg

from pipelines.resources import night_from_environment
from pipelines.schedules import every_night, nightly
from pipelines.sensors import sensors


@dg.definitions
def defs() -> dg.Definitions:
    """Load ``assets/`` and bind it to the landing area and warehouse that the environment names."""
    return dg.Definitions.merge(
        dg.load_from_defs_folder(path_within_project=Path(__file__).parent),
        dg.Definitions(
            jobs=[nightly],
            schedules=[every_night],
            sensors=sensors,
            resources={"night": night_from_environment()},
            executor=dg.in_process_executor,
        ),
    )
